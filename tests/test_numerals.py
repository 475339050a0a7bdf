from datetime import date

import pytest

from resgraph.numerals import cardinal, first_date, ordinal, roman


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("fifty-eighth", 58),
        ("Sixty-first", 61),
        ("twelfth", 12),
        ("twentieth", 20),
        ("58th", 58),
        ("one hundred and tenth", 110),
        ("hundred and first", 101),
        ("eightieth", 80),
    ],
)
def test_an_ordinal_in_words_or_figures_is_read(words: str, number: int) -> None:
    assert ordinal(words) == number


@pytest.mark.parametrize("words", ["", "next", "fifty", "second-fifty", "regular", "X"])
def test_what_is_no_ordinal_is_none(words: str) -> None:
    assert ordinal(words) is None


@pytest.mark.parametrize(
    ("words", "number"), [("six", 6), ("one", 1), ("twenty-one", 21), ("8", 8), ("only", None), ("", None)]
)
def test_a_cardinal_is_read(words: str, number: int | None) -> None:
    assert cardinal(words) == number


@pytest.mark.parametrize(("numeral", "number"), [("XXI", 21), ("IV", 4), ("XLVIII", 48), ("A", None), ("", None)])
def test_a_roman_numeral_is_read(numeral: str, number: int | None) -> None:
    assert roman(numeral) == number


def test_the_first_full_date_is_read_and_an_impossible_one_is_none() -> None:
    assert first_date("of 18 December 1990, by which") == date(1990, 12, 18)
    assert first_date("on 31 February 1990") is None
    assert first_date("in June 1993") is None
