"""A store that cannot fit is refused before anything of it is written."""

from __future__ import annotations

import shutil

import pytest

from resgraph.build.room import check_room
from resgraph.errors import FullError


def test_a_store_that_cannot_fit_is_refused_with_what_there_is_and_what_it_takes(tmp_path):
    size = shutil.disk_usage(tmp_path).total * 2
    with pytest.raises(FullError, match=r"needs [\d,]+ MB at least, and the disk has [\d,]+ MB left") as refused:
        check_room(tmp_path / "graph", size)
    assert refused.value.exit_code == 5
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 1_000])
def test_a_store_that_may_fit_is_not_refused(tmp_path, size):
    check_room(tmp_path / "graph", size)
    check_room(tmp_path / "none" / "graph", size)
