"""Pages without their furniture: running heads, feet and job numbers off, footnotes apart from the words above them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from resgraph.readers.pdf.lines import LEVEL, RAISED, Line, read_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from resgraph.readers.pdf.pages import Page


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one page says: its words and its footnotes, line by line."""

    words: tuple[Line, ...]
    notes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """All pages; `job` is the job number that the foot of the first page gives, `height` that of most lines."""

    sheets: tuple[Sheet, ...]
    job: str | None
    height: float


_FOOT_ZONE = 0.16
_HEAD_ZONE = 0.16
_JOB = re.compile(r"(?:GE\.)?\d{2}-\d{5}(?: ?\([A-Z]\))?|N\d{7}E?")
# "2/12 23-20100", "23-20100 (E) 271023", "*2320100*", "GE.22-11111(E)", "Please recycle", "- 3 -", "/..."
_FOOT = re.compile(
    rf"(?:(?:{_JOB.pattern}|\d{{1,4}}(?:/\d{{1,3}})?|\d{{6}}|\*\d{{5,9}}\*|[-–—] ?\d{{1,4}} ?[-–—]"
    r"|Page \d{1,4}(?: of \d{1,4})?|\([A-Z]\)|/?\.\.\.|Please recycle.{0,6}|[^\w\s]{1,3})\s*){1,6}",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\b[A-Z][A-Za-z]{0,7}(?:/[\w.()\-]{1,24}){2,7}(?: \((?:19|20)\d\d\))?")
_MOST_HEADS = 6
_RULE = re.compile(r"^[_—–-]{5,}$")
_NOTE = re.compile(rf"^(?:[{RAISED}]|\*{{1,3}} ?\w|[a-z] [A-Z])")
_SMALLER = 0.95


def read_sheets(pages: Sequence[Page]) -> Sheets:
    """Pages as sheets. What recurs at the top of pages is no part of any; so is what stands there beside a symbol."""
    printed = [read_lines(page.pieces) for page in pages]
    height = _usual_height(line for lines in printed for line in lines)
    jobs: list[str] = []
    bodies = [_without_foot(lines, page, jobs) for lines, page in zip(printed, pages, strict=True)]
    tops = [_top(lines, page) for lines, page in zip(bodies, pages, strict=True)]
    recurring = _recurring(tops)
    symbols = _symbols(tops[0]) if tops else ()
    kept = [
        _without_head(lines, [line for line in top if _key(line) in recurring or (n and _is_head(line, symbols))], top)
        for n, (lines, top) in enumerate(zip(bodies, tops, strict=True))
    ]
    return Sheets(tuple(_cut(kept, height)), jobs[0] if jobs else None, height)


def _usual_height(lines: Iterable[Line]) -> float:
    counts: Counter[float] = Counter()
    for line in lines:
        counts[line.size] += len(line.text)
    return max(counts, key=lambda size: counts[size], default=0.0)


def _without_foot(lines: list[Line], page: Page, jobs: list[str]) -> list[Line]:
    """Page numbers, job numbers and bar codes stand in the lowest part of a page and are nothing else."""
    limit = page.bottom + _FOOT_ZONE * (page.top - page.bottom)
    kept = []
    for line in lines:
        if line.box.bottom < limit and _FOOT.fullmatch(words := line.text.translate(LEVEL)):
            jobs += _JOB.findall(words)
        else:
            kept.append(line)
    return kept


def _top(lines: Sequence[Line], page: Page) -> list[Line]:
    """The lines that stand close together at the very top of a page, apart from those below."""
    limit = page.top - _HEAD_ZONE * (page.top - page.bottom)
    high = sorted((line for line in lines if line.box.bottom > limit), key=lambda line: -line.box.bottom)
    for n, (above, below) in enumerate(pairwise(high), 1):
        if above.box.bottom - below.box.bottom > 1.7 * above.box.height:
            return high[:n]
    return high if len(high) < len(lines) else []


def _recurring(tops: Iterable[Sequence[Line]]) -> frozenset[str]:
    counts = Counter(key for top in tops for key in {_key(line) for line in top})
    return frozenset(key for key, count in counts.items() if count > 1)


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _symbols(cover: Iterable[Line]) -> frozenset[str]:
    """The symbols in the masthead: on its other pages a document bears its own beside its title."""
    return frozenset(match[0].rstrip("*") for line in cover for match in _SYMBOL.finditer(line.text))


def _without_head(lines: list[Line], heads: Sequence[Line], top: Sequence[Line]) -> list[Line]:
    """The lines without the running head: the heads, and what stands above them."""
    if not heads or len(top) > _MOST_HEADS:
        return lines
    lowest = min(line.box.bottom for line in heads)
    return [line for line in lines if line not in top or line.box.bottom < lowest - 0.5]


def _is_head(line: Line, symbols: Collection[str]) -> bool:
    """A page number, or a line with the document's symbol on one side."""
    return line.text.isdigit() or any(line.text.startswith(name) or line.text.endswith(name) for name in symbols)


def _cut(printed: Iterable[list[Line]], height: float) -> Iterator[Sheet]:
    """The lines of each page as words and notes; a note that does not end goes on at the foot of the next page."""
    open_note = False
    for lines in printed:
        start = _notes_start(lines, height, open_note)
        notes = tuple(line for line in lines[start:] if not _RULE.match(line.text))
        open_note = bool(notes) and not notes[-1].text.endswith((".", ".”", ".)"))
        yield Sheet(tuple(lines[:start]), notes)


def _notes_start(lines: Sequence[Line], height: float, open_note: bool) -> int:
    """Notes stand at the foot of a page in smaller type, under a rule, which may be drawn and so be no text."""
    start = len(lines)
    while start and (lines[start - 1].box.height < _SMALLER * height or _NOTE.match(lines[start - 1].text)):
        start -= 1
    for n in range(start, len(lines)):
        ruled = n > 0 and bool(_RULE.match(lines[n - 1].text))
        if open_note or ruled or _RULE.match(lines[n].text) or _NOTE.match(lines[n].text):
            return n
    return len(lines)
