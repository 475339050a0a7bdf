"""Dates, ordinals and raised digits as they stand on printed pages: any white space, and words run together."""

from __future__ import annotations

import re
from datetime import date

from resgraph.numerals import MONTH, MONTHS

DATE = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({MONTH}),?\s+(\d{{4}})")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_ONES = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = [*_ONES, *(f"{tens[:-1]}ieth" for tens in _TENS), *(f"{tens}-{one}" for tens in _TENS for one in _ONES[:9])]
_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
# no boundary before it: "21 February 2001Fifty-fifth session"
ORDINAL_WORDS = rf"(?:(?:(?:one|two|three|four)\s+)?hundred(?:th\b|\s+and\s+(?:{_WORD})\b)|(?:{_WORD})\b)"


def first_date(text: str) -> date | None:
    """The first date of a text that is a day of the calendar."""
    for match in DATE.finditer(text):
        try:
            return date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
        except ValueError:
            continue
    return None
