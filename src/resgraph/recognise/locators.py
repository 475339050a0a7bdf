"""Places inside a cited document: `annex`, `article 87`, `chap. III, sect. A`, `paras. 12 and 13`."""

from __future__ import annotations

import re

_NUMERAL = r"(?:\d{1,4}(?:\.\d{1,3})*|[IVXLC]{1,7}|[A-Z])(?![A-Za-z])(?: ?\([a-z0-9]{1,4}\)){0,3}"
_SERIES = rf"{_NUMERAL}(?:(?:, | and | to | or |[-–]){_NUMERAL}){{0,12}}"
_KIND = (
    r"(?:annex(?:es)?|appendix|enclosure|chap(?:ter|s?\.)|sect(?:ion|s?\.)|part|para(?:graph|s?\.)s?|art(?:icle|s?\.)s?"
    r"|title|goals?|targets?|vol\.)"
)
_ONE = rf"{_KIND}(?: {_SERIES})?"
_AFTER = re.compile(
    rf"\)?(?:,? (?:of \d{{1,2}} \w+ \d{{4}})?,? ?)?(?:contained in )?((?:{_ONE})(?:, (?:{_ONE})){{0,5}})(?![a-z])", re.I
)
_NAMING = (
    "the", "its", "general", "security", "economic", "human", "and", "social", "rights", "assembly", "council",
    "resolution", "resolutions",
)  # fmt: skip
_BEFORE = re.compile(
    rf"\b({_KIND} {_SERIES}|annex(?: [IVX]+)?) (?:of|to|in)(?: (?:{'|'.join(_NAMING)}))* ?$",
    re.I,
)


def _leads_on(before: str) -> bool:
    """Whether words end as those do that say a place in what is named next: `of`, `in the General Assembly`."""
    words = before.lower().split()
    while words and words[-1] in _NAMING:
        words.pop()
    return bool(words) and words[-1] in ("of", "to", "in")


def locator_of(text: str, start: int, end: int) -> str | None:
    """The place printed after `text[start:end]` (`, annex I, sect. A`) or before it (`article 87 of the ...`)."""
    before = max(0, start - 120)
    if _leads_on(text[before:start]) and (match := _BEFORE.search(text, before, start)):
        return match[1]
    match = _AFTER.match(text, end)
    return match[1].rstrip(",. ") if match else None
