"""Footnotes: which lines are notes, wherever the layout left them, and under which markers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from resgraph.model import Span
from resgraph.model.values import value
from resgraph.numerals import MONTH
from resgraph.segment.figures import RAISED
from resgraph.segment.heads import read_number
from resgraph.segment.layout import is_ended
from resgraph.segment.lines import Kind
from resgraph.segment.words import opens_preamble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.segment.layout import Layout
    from resgraph.segment.lines import Line

# "¹ Resolution", "1/ Resolution" (1980s), "[1] Resolution" (web pages), "* Reissued" (covers) can be nothing else
_SURE = re.compile(
    r"^(?:([⁰¹²³⁴-⁹]{1,3})\s*(?=\S)|(\d{1,3})\s?/\s+(?=\S)|\[(\d{1,3})\]\s+(?=\S)|(\*{1,3})\s+(?=[A-Z])|(\*{1,3})(?=[A-Z][^*]{0,400}$))"
)
# where notes begin so, a line that begins with plain digits is a paragraph that lost its full stop
RAISED_START = re.compile(r"^[⁰¹²³⁴-⁹]{1,3}\s*\S")
# "1 Resolution 217 A (III).": a digit without a full stop, and no date ("18 December 2002")
_PLAIN = re.compile(rf"^(\d{{1,3}})\s+(?!{MONTH}\b|[a-zéû]+ (?:19|20)\d\d\b)(?=[^\W\d_]|[“\"'(‘\[*]|\d{{1,4}}[ /(])")
# how notes begin, where only their words tell
NOTE_WORDS = re.compile(
    r"^(?:See\b|Ibid\b|Idem\b|Official Records|Resolutions? \d|General Assembly resolutions? "
    r"|United Nations, (?:Treaty|document)|United Nations publication|Economic and Social Council resolution"
    r"|(?:A|E|S|T|ST)/[\w./()\-]+|Adopted |Documents? |League of Nations, "
    r"|Security Council resolution |Subsequently |For the text|As amended|Available (?:at|from)|Report of the )"
)
UNNUMBERED = re.compile(
    r"^(?:See (?:also )?(?:Official|A/|E/|S/|resolution|General)|Ibid\.|Official Records of|Resolutions? \d{1,4}[ /]"
    r"|United Nations, Treaty Series|(?:A|E|S)/[\w./()\-]+).{0,400}$"
)


@value
class Note:
    """A footnote as found: `marker` is empty where the source lost it; `spans` are its lines without the marker."""

    marker: str
    spans: tuple[Span, ...]
    order: int


@value
class _Start:
    marker: str
    at: int
    sure: bool


def _start(line: Line) -> _Start | None:
    words = line.text
    if words[:1].isalpha():
        return None
    if match := _SURE.match(words):
        marker = next(group for group in match.groups() if group)
        return _Start(marker.translate(RAISED), line.start + match.end(), True)
    match = _PLAIN.match(words)
    if match is None or read_number(words):
        return None
    return _Start(match[1], line.start + match.end(), False)


def find_notes(lines: Sequence[Line], layout: Layout) -> tuple[tuple[Line, ...], list[Note]]:
    """The lines, those of footnotes marked as such, and the notes."""
    notes: list[Note] = []
    taken: set[int] = set()
    raised = not layout.wrapped and any(RAISED_START.match(line.text) for line in lines)
    n, above = 0, ""
    while n < len(lines):
        start = _start(lines[n]) if lines[n].kind is Kind.TEXT else None
        stray = raised and start is not None and not start.sure and not NOTE_WORDS.match(_words(lines[n]))
        if start is None or stray or not _is_note(lines, n, start, notes, layout):
            above = lines[n].text if lines[n].kind is Kind.TEXT else above
            n += 1
            continue
        end = _end(lines, n, start.marker, layout, broken=not is_ended(above))
        spans = [Span(start.at, lines[n].end)]
        spans += [Span(line.start, line.end) for line in lines[n + 1 : end] if line.kind is Kind.TEXT]
        notes.append(Note(start.marker, tuple(spans), n))
        taken.update(range(n, end))
        n = end
    if not any(note.marker.isdigit() for note in notes):
        notes += _unnumbered(lines, layout, taken)
    return tuple(replace(line, kind=Kind.NOTE) if line.order in taken else line for line in lines), notes


def _unnumbered(lines: Sequence[Line], layout: Layout, taken: set[int]) -> list[Note]:
    """Notes whose numbers the source lost: paragraphs that are worded as notes are, and end as sentences do."""
    notes: list[Note] = []
    n = 0
    while n < len(lines):
        line, end = lines[n], n + 1
        if (
            line.kind is Kind.TEXT
            and UNNUMBERED.match(line.text)
            and not read_number(line.text)
            and _parted(lines, n, layout)
        ):
            while (
                layout.wrapped
                and not lines[end - 1].text.endswith(".")
                and end < min(n + 6, len(lines))
                and lines[end].kind is Kind.TEXT
            ):
                end += 1
            if lines[end - 1].text.endswith((".", ".”", '."')):
                notes.append(Note("", tuple(Span(line.start, line.end) for line in lines[n:end]), n))
                taken.update(range(n, end))
        n = end
    return notes


def _parted(lines: Sequence[Line], n: int, layout: Layout) -> bool:
    """Whether a line begins a paragraph."""
    before = lines[n - 1]
    return n > 0 and (
        not layout.wrapped
        or before.kind is not Kind.TEXT
        or is_ended(before.text)
        or layout.ends_early(before.text, lines[n].text)
    )


def _is_note(lines: Sequence[Line], n: int, start: _Start, notes: list[Note], layout: Layout) -> bool:
    if start.sure:
        return True
    before = lines[n - 1].kind if n else Kind.BREAK
    last = int(notes[-1].marker) if notes and notes[-1].marker.isdigit() else None
    number = int(start.marker)
    fits = number == 1 or last is None or number == last + 1
    worded = bool(NOTE_WORDS.match(_words(lines[n])))
    if before is Kind.RULE or _in_block(n, notes):
        return fits or worded
    if not layout.wrapped:
        return fits or worded  # with a paragraph a line, no paragraph opens with a number that has no full stop
    if before is Kind.BLANK:
        return _after_words(lines, n) and (fits or worded)
    return fits and worded and (is_ended(lines[n - 1].text) or _leads(lines, n, number))


def _leads(lines: Sequence[Line], n: int, number: int) -> bool:
    """Whether the next line starts the next note: a block of notes may stand where a sentence breaks off."""
    following = _start(lines[n + 1]) if n + 1 < len(lines) and lines[n + 1].kind is Kind.TEXT else None
    counted = following is not None and following.marker == str(number + 1)
    return counted and bool(NOTE_WORDS.match(_words(lines[n + 1])))


def _words(line: Line) -> str:
    return line.text.lstrip("0123456789 ")


def _in_block(n: int, notes: list[Note]) -> bool:
    """Whether a note ends on the line before."""
    return bool(notes) and notes[-1].order + len(notes[-1].spans) == n


def _after_words(lines: Sequence[Line], n: int) -> bool:
    """Notes stand at the foot of a page, below its words; what follows a page header is the text that runs on."""
    for line in reversed(lines[:n]):
        if line.kind is not Kind.BLANK:
            return line.kind is Kind.TEXT
    return False


def _end(lines: Sequence[Line], n: int, marker: str, layout: Layout, *, broken: bool) -> int:
    """The line after the note that starts on line n; only hard-wrapped notes have several lines."""
    end = n + 1
    while layout.wrapped and end < len(lines) and lines[end].kind is Kind.TEXT:
        start = _start(lines[end])
        if start and (start.sure or not marker.isdigit() or start.marker == str(int(marker) + 1)):
            break
        if _resumes(lines[end - 1].text, lines[end].text, layout, broken=broken):
            break
        end += 1
    return end


def _resumes(before: str, words: str, layout: Layout, *, broken: bool) -> bool:
    """Whether the text goes on after a note without a blank line between (pages read by OCR); `broken` where it broke
    off in the middle of a sentence (`during its 1988 ses`, the notes, `sion, the negotiations on ...`).
    """
    if not before.endswith((".", ".”", ".)", '."')):
        return False
    if words[0].islower():
        return broken and not _ABBREVIATED.search(before)
    return opens_preamble(words) or layout.ends_early(before, words) or bool(_NUMBERED.match(words))


_ABBREVIATED = re.compile(
    r"\b(?:[Nn]os?|[Vv]ols?|[Cc]hap|[Ss]ects?|[Pp]aras?|[Pp]p?|Corr|Add|Rev|[Aa]rts?|[Ii]bid|Suppl)\.$"
)
_NUMBERED = re.compile(r"^(?:\d{1,3}\.|\([a-z]{1,3}\))\s")
