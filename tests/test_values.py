"""Small values: equal and hashed by what they hold, without room for more."""

from __future__ import annotations

import pytest

from resgraph.model import Span


def test_values_are_equal_and_hashed_by_what_they_hold():
    assert Span(1, 2) == Span(1, 2) != Span(1, 3)
    assert len({Span(1, 2), Span(1, 2), Span(1, 3)}) == 2


def test_a_value_has_no_room_for_what_its_class_does_not_name():
    with pytest.raises(AttributeError):
        Span(1, 2).colour = "red"  # type: ignore[attr-defined]
