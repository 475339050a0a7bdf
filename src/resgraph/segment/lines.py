"""Physical lines, and which of them are page furniture: headers, page numbers, rules, job numbers, mastheads."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

from resgraph.model.values import value
from resgraph.numerals import MONTH
from resgraph.segment.figures import ORDINAL_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(Enum):
    """What a line is: words of a document, or something that the page or the file put between them."""

    TEXT = auto()
    BLANK = auto()
    BREAK = auto()
    RULE = auto()
    PAGE = auto()
    HEADER = auto()
    MASTHEAD = auto()
    NOTE = auto()
    FOREIGN = auto()


@value
class Line:
    """A physical line without the white space around it; `start` and `end` are offsets into the source's text."""

    start: int
    end: int
    text: str
    kind: Kind
    order: int = 0


SYMBOL = r"(?:A|E|S|T|ST|UNEP|HSP|CCPR|CAT|CEDAW|CRC|CERD)(?:/[\w.()\-]+)+(?: \((?:19|20)\d\d\))?"
# "A/HRC/RES/54/1", "UNEP/EA.5/Res.14", "HSP/HA.1/Res.2", "E/ESCAP/RES/79/1"
RESOLUTION_SYMBOL = r"(?:[AEST]|UNEP|HSP)(?:/[\w.]+)*/(?:RES/|Res\.)[\w./\-]+(?: ?\([\w\-]+\))?"

_SYMBOL_TITLE = re.compile(rf"^{RESOLUTION_SYMBOL}(?:\s.{{0,110}})?$")
_ORGANS = r"(?:General Assembly|Security Council|Economic and Social Council|Human Rights Council|Trusteeship Council)"
_ORGAN_ALONE = re.compile(rf"^(?:{_ORGANS}|United Nations)$")
# "21 February 2001Fifty-fifth session": the text boxes of a cover run together
_COVER = re.compile(
    rf"^(?:\d{{1,2}}\s+{MONTH}\s+\d{{4}})?\s*"
    rf"(?:(?:\d{{4}}|{ORDINAL_WORDS})(?: emergency| special| resumed| regular){{0,2}} session\*?)?$"
    r"|^(?:GENERAL|LIMITED|ENGLISH)$"
    r"|^Agenda items? \d{1,3}\b.{0,90}$|^Items? \d{1,3}(?: ?\([a-z]+\))? of the (?:provisional )?agenda$",
    re.IGNORECASE,
)

# "<<ODS JOB NO>>N0056467E<<ODS JOB NO>>" and "[DU1]" are what the word-processor files of 1999-2005 leave behind
_ODS_TAG = r"(?:\[DU\d\])?<<ODS\b|\[DU\d\]$"
# "00 56467", "20-16931 (E) 1", "GE.23-19845(E)", "*2016931*"
_JOB = (
    r"(?:GE\.)?\d{2}[- ]\d{5}\s?(?:\(E\))?(?:\s+\d{1,6}){0,3}$|\*\d{7,8}\*$|N\d{7}E?$|Please recycle\b|/\.\.\."
    r"|\d{1,3} \d{2}-\d{5}$"
)
# the running heads of the printed volumes: "12 General Assembly—Twenty-fourth Session", "Resolutions adopted on the
# reports of the First Committee 7", "VIII. Resolutions adopted on the reports of the Fifth Committee"
_RUNNING = (
    r"(?:\d{1,4}\s+)?(?:General Assembly|Economic and Social Council|Security Council|Trusteeship Council)\s*[—–-]+\s*"
    r"[\w-]+(?: [\w-]+){0,3} Session(?:\s+\d{1,4})?$"
    r"|(?:\d{1,4}\s+)?(?:[IVXLC]+\.\s*)?(?:Resolutions|Decisions) adopted "
    r"(?:on|without|by the (?:Council|Security))\b.{0,90}$"
)
_MASTHEAD = (
    rf"United Nations(?:\s*{SYMBOL}.{{0,120}})?$"
    rf"|{_ORGANS}$|(?:{_ORGANS}\s*)?Distr\.?(?:\s*:.{{0,60}}|\s+(?:General|Limited|Restricted))?$|Original\s?:.{{0,40}}$"
)
# with a small letter only those begin of which the case does not matter
_MAY_BEGIN = (
    r"(?=[^a-z]|page |(?:general|security|human|economic|trusteeship) |united |distr|original|resolutions |decisions "
    r"|[ivxlc]+\.)"
)
# in the order in which they are tried; one pattern for all, since most lines are none of them
_FURNITURE = re.compile(
    rf"{_MAY_BEGIN}(?:"
    r"(?P<BREAK><!--.{0,40}-->$)"
    rf"|(?P<JOB>{_ODS_TAG}|{_JOB})"
    r"|(?P<RULE>[-_=*—–~. ]{3,}$|(?:Notes|NOTES|Footnotes)$)"
    r"|(?P<PAGE>(?:[-–—]\s?)?\d{1,4}(?:\s?[-–—])?$|(?i:Page \d{1,3}$))"
    r"|(?P<PAGE_OF>\d{1,3}/\d{1,3}$)"
    rf"|(?P<HEADER>{SYMBOL}/?\*?$|(?i:{_RUNNING}))"
    rf"|(?P<MASTHEAD>(?i:{_MASTHEAD})|UNITED(?:\s+NATIONS)?(?:\s+[AEST])?$|NATIONS$))"
)
_LONGEST = 200

_FRENCH = frozenset(
    "le la les des du de et à au aux par pour dans une un sur que qui ses sa son est en l’ d’ ce cette".split()
)
_ENGLISH = frozenset("the of and to in by for on with that at its which be or this shall from as is it".split())
_WORD = re.compile(r"[^\W\d_]+’?")


def read_lines(text: str) -> tuple[Line, ...]:
    """Every line of a text with its kind."""
    lines = [_line(text, start, end, order) for order, (start, end) in enumerate(_ranges(text))]
    return tuple(_other_language(_covers(_page_heads(lines))))


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _line(text: str, start: int, end: int, order: int) -> Line:
    raw = text[start:end]
    words = raw.strip()
    start += len(raw) - len(raw.lstrip())
    return Line(start, start + len(words), words, _kind(words), order)


def _kind(words: str) -> Kind:
    if not words:
        return Kind.BLANK
    match = _FURNITURE.match(words) if len(words) <= _LONGEST else None
    if match is None:
        return Kind.TEXT
    if match["PAGE_OF"]:  # `2/5` is page 2 of 5; `14/5` alone is the number of a resolution of the Human Rights Council
        page, pages = map(int, words.split("/"))
        return Kind.PAGE if page <= pages <= 40 else Kind.TEXT
    return Kind.PAGE if match["JOB"] else Kind[match.lastgroup or "TEXT"]


def _page_heads(lines: list[Line]) -> list[Line]:
    """Running heads such as `A/RES/75/1 Declaration on ...`: a symbol opening the first line of a page."""
    out: list[Line] = []
    before = Kind.BREAK
    for line in lines:
        if line.kind is Kind.TEXT and before is not Kind.TEXT and _SYMBOL_TITLE.match(line.text):
            line = replace(line, kind=Kind.HEADER)
        elif line.kind is Kind.PAGE and before is Kind.TEXT and re.match(r"^(?:19|20)\d\d$", line.text):
            line = replace(line, kind=Kind.TEXT)
        elif before is Kind.TEXT and line.kind is Kind.HEADER and line.text.endswith((".", ";", ",", ")")):
            line = replace(line, kind=Kind.TEXT)  # "Annexes, Annex No. 11, document", "A/5700."
        elif before is Kind.TEXT and line.kind is Kind.MASTHEAD and _ORGAN_ALONE.match(line.text):
            line = replace(line, kind=Kind.TEXT)  # "Observer status for ... in the", "General Assembly"
        elif line.text in ("st", "nd", "rd", "th") and out and out[-1].kind is Kind.PAGE:
            out[-1] = replace(out[-1], kind=Kind.TEXT)  # "48", "th", "plenary meeting"
        out.append(line)
        before = line.kind
    return out


def _covers(lines: list[Line]) -> list[Line]:
    """Date, session and agenda item belong to the masthead where they follow its other lines."""
    out: list[Line] = []
    before = Kind.BLANK
    for line in lines:
        if line.kind is Kind.TEXT and before in (Kind.MASTHEAD, Kind.HEADER) and _COVER.match(line.text):
            line = replace(line, kind=Kind.MASTHEAD)
        out.append(line)
        before = before if line.kind is Kind.BLANK else line.kind
    return out


def _other_language(lines: list[Line]) -> list[Line]:
    """The records of 1946-1950 print the French text beside the English: its lines are no words of the resolution."""
    if sum(map(_french, " ".join(line.text for line in lines).lower().split())) < 9:
        return lines
    counts = [_languages(line.text) if line.kind is Kind.TEXT else (0, 0) for line in lines]
    sure = sum(french > english and french >= 3 for french, english in counts)
    if sure < 3 or sum(english > french and english >= 3 for french, english in counts) < 3:
        return lines  # a few words of French, or a document that has no other language
    foreign = [french > english and (french >= 2 or english == 0) for french, english in counts]
    words = [n for n, line in enumerate(lines) if line.kind is Kind.TEXT]
    for before, n, after in zip(words, words[1:], words[2:], strict=False):
        # "Cent-dix-huitième séance plénière," between two lines of French
        foreign[n] = foreign[n] or (foreign[before] and foreign[after] and counts[n][1] == 0)
    return [replace(line, kind=Kind.FOREIGN) if other else line for line, other in zip(lines, foreign, strict=True)]


@lru_cache(maxsize=1 << 16)
def _french(chunk: str) -> int:
    return _languages(chunk)[0]


def _languages(words: str) -> tuple[int, int]:
    """How many of the words only French has, and only English."""
    tokens = _WORD.findall(words.lower().replace("'", "’"))
    return sum(map(_FRENCH.__contains__, tokens)), sum(map(_ENGLISH.__contains__, tokens))
