"""The lines that open a resolution: its number with its title, the enacting formula, and the letters of parts."""

from __future__ import annotations

import re

from resgraph.model.values import value

_DRESS = r"^[#_* ]{0,6}"
# "57/201. Title", "S-24/2. Title", "ES-10/13. Title", "2001/53. Title", "14/5" alone; OCR prints "34 / 172."
_SLASH = re.compile(
    _DRESS
    + r"(?:Resolution )?((?:S-|ES-|SS-)?(?:\d{1,4}|[IVX]{1,6}))\s?/\s?(\d{1,3})(?:\s?([A-Z])(?=[\s.]))?"
    + r"(?:\s?\.\s*|\t+|\s+(?=[A-Z][a-z])|$)(?=\S|$)"
)
# "217 A (III). Title", "1541 (XV). Title", "24(I). TITLE", "2603 A (XXIV). Title", "3201 (S-VI). Title"
_ROMAN = re.compile(
    _DRESS + r"(?:Resolution )?(\d{1,4})\s?([A-Z])?\s?\(((?:ES-|S-)?[IVXLC]{1,7})\)(?:\s?\.\s*(?=\S)|\s+(?=[A-Z]{2})|$)"
)
# "Resolution 1325 (2000)", "RESOLUTION 1267 (1999)", "109 (1955). Resolution of 14 December 1955"
_YEAR = re.compile(
    _DRESS
    + r"(?:Resolution (\d{1,4})\s?\(((?:19|20)\d\d)\)[_*]{0,2}\.?$"
    + r"|(\d{1,4})\s?\(((?:19|20)\d\d)\)\s?\.?\s*(?=Resolution\b))",
    re.IGNORECASE,
)
# "Commission on Human Rights resolution 2001/53"
_NAMED = re.compile(
    _DRESS
    + r"((?:[A-Z][\w-]+)(?: (?:[A-Z][\w-]+|on|of|the|for|and)){1,12}?) resolution "
    + r"((?:S-)?\d{1,4}/\d{1,3})(?:\s?([A-Z]))?[*_]{0,2}$"
)
# "A" alone on its line; "C\t Measures to uphold ..." with the title of the part
PART = re.compile(r"^[#_* ]{0,6}([A-Z])(?:[.]?[_* ]{0,2}$|\t\s*(?=[A-Z]))")


@value
class Number:
    """A resolution's printed number: `session` (57, S-24, XXIV, 2000) and `number`, with the letter of its part.

    `style` is `slash`, `roman`, `year` or `named`; `rest` is the offset in the line at which the title starts.
    """

    session: str
    number: str
    letter: str
    style: str
    rest: int
    body: str | None = None


def read_number(line: str) -> Number | None:
    """The number that opens a resolution, where the line prints one."""
    line = line[:400]
    if match := _NAMED.match(line):
        session, number = match[2].split("/")
        return Number(session, number, match[3] or "", "named", match.end(), match[1])
    if match := _YEAR.match(line):
        return Number(match[2] or match[4], match[1] or match[3], "", "year", match.end())
    if match := _ROMAN.match(line):
        return Number(match[3], match[1], match[2] or "", "roman", match.end())
    if match := _SLASH.match(line):
        return Number(match[1], match[2], match[3] or "", "slash", match.end())
    return None


def symbol_of(prefix: str, session: str, number: str, letter: str, style: str) -> str:
    """`A/RES/57/201`, `A/RES/217(III)A`, `S/RES/1325(2000)`."""
    if style in ("roman", "year"):
        return f"{prefix}{number}({session}){letter}"
    return f"{prefix}{session}/{number}{letter}"


_FILE_NAME = re.compile(
    r"^((?:(?:[A-Z][A-Za-z]{0,4}|CN\.\d{1,2}|Sub\.\d)[_/-]){1,3}RES)[_/-]"
    r"((?:ES-|S-)?\d{1,4}|[IVX]+)(?:[_/ -]?\(?((?:ES-|S-)?[IVXLC]+|(?:19|20)\d\d)\)?|[_/-](\d{1,3}))?"
    r"[_/ -]*([A-Z])?(?![A-Za-z])"
)


def symbol_of_file(name: str) -> str | None:
    """The symbol that a file's name spells: `A_RES_31_194.txt`, `S_RES_0379_1975_EN_GOLD.txt`, `E_RES_106_(VI).txt`."""
    match = _FILE_NAME.match(re.sub(r"\.\w{1,5}$", "", name))
    if match is None:
        return None
    prefix = re.sub(r"[_-]", "/", match[1]) + "/"
    if match[3] and (prefix == "S/RES/" or not match[3].isdigit() or "(" in name):
        return f"{prefix}{int(match[2]) if match[2].isdigit() else match[2]}({match[3]}){match[5] or ''}"
    second = match[4] or match[3]
    return f"{prefix}{match[2]}/{second}{match[5] or ''}" if second else None
