"""Lines into paragraphs, over lines and pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median
from typing import TYPE_CHECKING

from resgraph.readers.pdf.lines import RAISED
from resgraph.readers.pdf.pages import HYPHEN
from resgraph.readers.pdf.words import read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resgraph.readers.pdf.lines import Line
    from resgraph.readers.pdf.sheets import Sheet, Sheets

_CLOSED = rf"[”’\"')\]]*[{RAISED}]*$"
_OPENS = re.compile(r"^(?:\d{1,3}\.\s|\([a-z]{1,4}\)\s|[–—•]\s)")
_ENDS = re.compile(rf"[.;:,](?: (?:and|or))?{_CLOSED}")
_FULL_STOP = re.compile(rf"[.;:]{_CLOSED}")
_NOTE = re.compile(rf"^(?:[{RAISED}]|\*{{1,3}} ?\w)")
_ORGAN = r"(?:General Assembly|Security Council|Human Rights Council|Economic and Social Council|Trusteeship Council)"
_COVER = re.compile(
    rf"^(?:United Nations(?: \S+/\S+.*)?$|{_ORGAN}(?: Distr\b.*)?$|Distr\b|Original ?:|Agenda items? \d|Item \d"
    r"|Resolution adopted by |Resolution \d+ \(\d{4}\)$|Adopted by |\d{1,2} [A-Z][a-z]+ \d{4}$"
    r"|[\w ()-]{4,60} session\*?$)"
)
_DATE = re.compile(r"^\d{1,2} [A-Z][a-z]+ \d{4}$")
_LEADS_ON = re.compile(r"\b(?:on|the|of|and|at|by|meeting,|,)$")
_FORMULA = re.compile(r"^The (?:(?:[A-Z][\w-]+|and|of|on|for|the) ?){1,12},?$")

_USUAL_LEADING = 1.2
"""In line heights: the distance of lines within a paragraph where a document has too few to tell."""
_SPARE = 0.3
"""In line heights: what a distance has over the usual one where it parts paragraphs (6 points after 12, as a rule)."""
_INDENT = 0.8
_OTHER_TYPE = 0.08


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a page and its document are set in: the margins of the page, the distance of lines by their height."""

    left: float
    right: float
    leading: dict[float, float]

    def parts(self, above: Line, below: Line) -> bool:
        """Whether there is more space between two lines than within a paragraph."""
        usual = self.leading.get(below.size, _USUAL_LEADING * below.box.height)
        return above.box.bottom - below.box.bottom > usual + _SPARE * below.box.height

    def indents(self, line: Line) -> bool:
        return line.box.left > self.left + _INDENT * line.box.height

    def stands_right(self, above: Line, line: Line) -> bool:
        """The meeting and date below a resolution begin in the right half of the page, each at a place of its own."""
        own = abs(line.box.left - above.box.left) > 1 or bool(_DATE.match(line.text))
        return own and line.box.left > self.left + 0.45 * (self.right - self.left)


@dataclass(slots=True)
class _Reader:
    """Where the reading of a document stands."""

    groups: list[list[Line]]
    above: Line | None = None
    cover: bool = True

    def add(self, line: Line, measure: _Measure, *, first: bool) -> None:
        if self.above is None or self._starts(self.above, line, measure, first):
            self.groups.append([])
        self.groups[-1].append(line)
        self.above = line
        self.cover = self.cover and not _FORMULA.match(line.text)

    def _starts(self, above: Line, line: Line, measure: _Measure, first: bool) -> bool:
        if above.text[-1] == HYPHEN and above.size == line.size:
            return False
        if self.cover and (_COVER.match(line.text) or _COVER.match(above.text)) and not _runs_on(above, line):
            return True
        if above.size != line.size and _is_other_type(above, line):
            return True
        if first or above.box.bottom - line.box.bottom < -0.5 * line.box.height:
            return _starts_apart(above, line, measure)
        if measure.parts(above, line) or measure.stands_right(above, line):
            return True
        return line.box.left > above.box.left + _INDENT * line.box.height and bool(_ENDS.search(above.text))


def paragraphs(sheets: Sheets) -> list[str]:
    """The words of all pages, one paragraph an entry, then the footnotes likewise."""
    leading = _leading(sheets.sheets)
    words = read_words(chain.from_iterable((sheet.words, sheet.notes) for sheet in sheets.sheets))
    reader = _Reader([])
    for sheet in sheets.sheets:
        measure = _Measure(*_margins(sheet.words), leading)
        for n, line in enumerate(sheet.words):
            reader.add(line, measure, first=n == 0)
    notes = _note_groups(line for sheet in sheets.sheets for line in sheet.notes)
    return [words.join(group) for group in (*reader.groups, *notes)]


def _leading(sheets: Iterable[Sheet]) -> dict[float, float]:
    """The distance of lines within paragraphs, by their height: that of lines that go on in lower case.

    Where none does, as in a document of short paragraphs, it is no more than is usual.
    """
    gaps: defaultdict[float, list[float]] = defaultdict(list)
    sure: defaultdict[float, list[float]] = defaultdict(list)
    for lines in chain.from_iterable((sheet.words, sheet.notes) for sheet in sheets):
        for above, below in pairwise(lines):
            gap = above.box.bottom - below.box.bottom
            if above.size == below.size and 0.9 * below.size < gap < 3 * below.size:
                (sure if below.text[0].islower() else gaps)[below.size].append(gap)
    found = {size: min(*distances, _USUAL_LEADING * size) for size, distances in gaps.items()}
    return found | {size: median(distances) for size, distances in sure.items()}


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Where the lines of a page begin and end, but for the few that stand out."""
    lefts = Counter(round(line.box.left) for line in lines if len(line.text) > 20)
    common = [left for left, count in lefts.items() if count > 1] or list(lefts) or [0]
    rights = sorted(line.box.right for line in lines)
    return float(min(common)), rights[int(0.9 * (len(rights) - 1))] if rights else 0.0


def _is_other_type(above: Line, line: Line) -> bool:
    heights = above.box.height, line.box.height
    return abs(heights[0] - heights[1]) > _OTHER_TYPE * max(heights)


def _runs_on(above: Line, line: Line) -> bool:
    """Whether a line of the distribution block is the second of an entry: `Adopted by ... meeting, on`."""
    return line.text[:1].islower() or bool(_LEADS_ON.search(above.text))


def _starts_apart(above: Line, line: Line, measure: _Measure) -> bool:
    """Across pages and columns only the words and the indent tell."""
    if not _ENDS.search(above.text):
        return False
    if _OPENS.match(line.text) or measure.indents(line):
        return True
    short = above.box.right < measure.right - 0.07 * (measure.right - measure.left)
    return bool(_FULL_STOP.search(above.text)) and not line.text[:1].islower() and short


def _note_groups(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each note; one that goes on at the foot of the next page has no mark there."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or _NOTE.match(line.text):
            groups.append([])
        groups[-1].append(line)
    return groups
