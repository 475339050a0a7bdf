"""Numbers of operative paragraphs and labels of points, and which of them may follow which."""

from __future__ import annotations

import re

from resgraph.model.values import value
from resgraph.segment.layout import is_ended
from resgraph.segment.words import opens_operative

_NUMBER = re.compile(r"^[*_]{0,2}(\d{1,3})\s?[.]\s*[*_]{0,2}(?=[^\d\s]|$)")
# "86 Further decides": a full stop that was forgotten
_STOPLESS = re.compile(r"^([1-9]\d{0,2})\s+(?=[A-Z])")
# pages read by OCR print "I.", "l." or "\." for "1."
_OCR_COMMA = re.compile(r"^(\d{1,3}),\s+(?=[A-Z])")
_OCR_ONE = re.compile(r"^(?:I|l|\\|!)\.\s+(?=[A-Z])")
_LABEL = re.compile(
    r"^[“\"‘]?\(\s?([a-z]{1,4}|[IVX]{1,5}|[A-Z]|\d{1,2})\s?\)\s*(?=\S|$)|^([a-z]{1,3})\)\s+(?=\S)|^([–—•·▪-])\s+(?=\S)"
)
_LETTER_DOT = re.compile(r"^([a-z]|[a-z]{2,4})\.\s+(?=[A-Z“])")
# "I\t Functions and Powers ...": the title of a section on the line of its number
SECTION = re.compile(r"^[#*_ ]{0,5}[IVX]{1,5}[.]?\t\s*[A-Z]")
_ACT_LETTER = re.compile(r"^([A-Z])\.\s+(?=[A-Z])")
# "Principle I", "Article 1", "RULE 1" alone on their lines
ARTICLE = re.compile(
    r"^[#*_ ]{0,5}(?:Article|Rule|Principle|Regulation)\s+(?:(1|I|one)|\d{1,3}|[IVXLC]{1,7})[.]?[*_]{0,2}$",
    re.IGNORECASE,
)
FIRST = ("a", "i", "1", "A", "I")
BULLETS = frozenset("–—•·▪-")


@value
class Label:
    """A number or label, and the offset in the line at which the words start."""

    text: str
    rest: int


def read_operative_number(line: str, last: int) -> Label | None:
    """`5.`; and `I.` for the first paragraph, as OCR reads it, where a verb follows."""
    if match := _NUMBER.match(line):
        return Label(match[1].lstrip("0") or "0", _before_italics(line, match.end()))
    match = _OCR_COMMA.match(line)  # "4, Calls for international assistance"
    if match and int(match[1]) == last + 1 and opens_operative(line[match.end() :]):
        return Label(match[1], match.end())
    match = _STOPLESS.match(line)
    if match and int(match[1]) == last + 1 > 1 and opens_operative(line[match.end() :]):
        return Label(match[1], match.end())
    match = _OCR_ONE.match(line)
    if match and last == 0 and opens_operative(line[match.end() :]):
        return Label("1", match.end())
    return None


def read_act_letter(line: str) -> Label | None:
    """`A. Establishes an Economic Commission ...`: some resolutions of 1946-1950 letter their acts."""
    match = _ACT_LETTER.match(line)
    if match is None or not opens_operative(line[match.end() :]) or not is_ended(line):
        return None
    return Label(match[1], match.end())


def _before_italics(line: str, at: int) -> int:
    return at - 1 if at and line[at - 1 : at] == "*" and line[at - 2 : at - 1].isspace() else at


def read_label(line: str) -> Label | None:
    """`(a)`, `(iv)`, `(1)`, `a)`, a dash or bullet; `a.` or `ii.` before a capital."""
    match = _LABEL.match(line) or _LETTER_DOT.match(line)
    if match is None:
        return None
    return Label(next(group for group in match.groups() if group), match.end())


def successor(label: str, after: str) -> bool:
    """Whether `label` comes next after `after`: b after a, aa after z, ii after i, 2 after 1, a dash after a dash."""
    if label in BULLETS or after in BULLETS:
        return label == after
    return label in (_next_letter(after), _next_roman(after), _next_digit(after))


def _next_digit(label: str) -> str | None:
    return str(int(label) + 1) if label.isdigit() else None


def _next_letter(label: str) -> str | None:
    if not label.isalpha() or len(set(label)) != 1:
        return None
    if label in ("z", "zz", "zzz"):
        return "a" * (len(label) + 1)
    return chr(ord(label[0]) + 1) * len(label) if label[0] != "Z" else None


_LOW = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
        "xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv")  # fmt: skip


def _next_roman(label: str) -> str | None:
    low = label.lower()
    if low not in _LOW[:-1]:
        return None
    follower = _LOW[_LOW.index(low) + 1]
    return follower if label.islower() else follower.upper()
