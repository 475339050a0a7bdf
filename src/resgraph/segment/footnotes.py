"""Marks and notes brought together: which note stands for which mark, and what is missing on either side."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from resgraph.model import Problem, Span
from resgraph.segment.marks import find_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resgraph.segment.notes import Note
    from resgraph.segment.passages import Mark


@dataclass(frozen=True, slots=True)
class Matched:
    """The marks of a resolution in printed order, and for each marker the lines of its note (None where it is lost)."""

    marks: tuple[Mark, ...]
    notes: tuple[tuple[str, tuple[Span, ...] | None], ...]
    lines: frozenset[int]
    problems: tuple[Problem, ...]


_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# what a note's words tell about its mark: a supplement of the Council's records prints the Commission's resolutions,
# a resolution's annex an instrument, a document of the session a report
_HINTS = (
    (
        re.compile(r"Official Records of the Economic and Social Council"),
        re.compile(r"Commission\b[^.;]{0,80}\bresolutions? \d|\bCommission on\b[^.;]{0,120}$"),
    ),
    (
        re.compile(r"^Resolution \d"),
        re.compile(r"\b(?:Convention|Covenants?|Declaration|Protocol|Charter)\b[^,.;]{0,120}$"),
    ),
    (re.compile(r"^[AES]/(?:\d|CN\.)"), re.compile(r"\b(?:report|note|letter|study)s?\b[^,.;]{0,80}$")),
    (re.compile(r"^(?:See )?A/CONF\."), re.compile(r"\b(?:Conference|Programme of Action|Platform)\b[^;]{0,120}$")),
    (re.compile(r"Treaty Series"), re.compile(r"\b(?:Convention|Treaty|Agreement|Protocol)\b[^,.;]{0,120}$")),
)


def match_notes(text: str, spans: Sequence[Span], notes: Sequence[Note], *, sole: bool) -> Matched:
    """Marks in `spans` with the notes; beside other resolutions only notes that are marked belong to this one."""
    numbered = [note for note in notes if note.marker]
    marks = find_marks(text, spans, (note.marker for note in numbered), sole=sole)
    marks = tuple(_unique(marks, Counter(note.marker for note in numbered)))
    pairs = dict(_named(numbered))
    problems: list[Problem] = []
    lost = [mark for mark in marks if mark.marker not in pairs]
    unnumbered = [note for note in notes if not note.marker]
    if unnumbered and lost:
        pairs |= _match_unnumbered(text, lost, unnumbered)
        message = f"{len(unnumbered)} footnotes without numbers were matched to the marks by order and wording"
        problems.append(Problem("unnumbered-footnotes", message, unnumbered[0].spans[0]))
    marked = {mark.marker for mark in marks}
    entries: list[tuple[str, tuple[Span, ...] | None]] = []
    for marker in sorted({*marked, *(pairs if sole else ())}, key=_order(marks)):
        note = pairs.get(marker)
        entries.append((marker, note.spans if note else None))
    problems += _problems(marks, pairs, marked, sole=sole)
    used = [note for marker, note in pairs.items() if marker in marked or sole]
    lines = frozenset(order for note in used for order in range(note.order, note.order + len(note.spans)))
    return Matched(marks, tuple(entries), lines, tuple(problems))


def _order(marks: Sequence[Mark]) -> Callable[[str], tuple[int, int, str]]:
    places = {mark.marker: n for n, mark in reversed(list(enumerate(marks)))}

    def key(marker: str) -> tuple[int, int, str]:
        digits = re.match(r"\d+", marker)
        return (0 if digits else 1, int(digits[0]) if digits else places.get(marker, 0), marker)

    return key


def _unique(marks: Sequence[Mark], notes: Counter[str]) -> list[Mark]:
    """Where numbering starts again on each page, the second note 1 of a resolution goes by `1-2`; a second mark 1 where
    there is but one note 1 refers to that again.
    """
    seen: Counter[str] = Counter()
    out = []
    for mark in marks:
        seen[mark.marker] += 1
        again = seen[mark.marker] > 1 and notes[mark.marker] != 1
        out.append(replace(mark, marker=f"{mark.marker}-{seen[mark.marker]}") if again else mark)
    return out


def _named(notes: Sequence[Note]) -> list[tuple[str, Note]]:
    seen: Counter[str] = Counter()
    out = []
    for note in notes:
        seen[note.marker] += 1
        out.append((note.marker if seen[note.marker] == 1 else f"{note.marker}-{seen[note.marker]}", note))
    return out


def _match_unnumbered(text: str, lost: Sequence[Mark], notes: Sequence[Note]) -> dict[str, Note]:
    """Notes without numbers stand in the order of the marks before them; the wording decides where some are lost."""
    pairs: dict[str, Note] = {}
    left = list(lost)
    for block in _note_blocks(notes):
        before = [mark for mark in left if mark.span.start < block[0].spans[0].start]
        chosen = _choose(text, before, block)
        pairs |= {mark.marker: note for mark, note in zip(chosen, block, strict=False)}
        left = [mark for mark in left if mark not in chosen]
    return pairs


def _note_blocks(notes: Sequence[Note]) -> list[list[Note]]:
    blocks: list[list[Note]] = []
    for note in notes:
        if blocks and note.order - (blocks[-1][-1].order + len(blocks[-1][-1].spans)) <= 0:
            blocks[-1].append(note)
        else:
            blocks.append([note])
    return blocks


def _choose(text: str, marks: Sequence[Mark], notes: Sequence[Note]) -> list[Mark]:
    """As many marks as there are notes, in order, so that words about the same thing meet."""
    if len(marks) <= len(notes):
        return list(marks)
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *((-1.0, ()) for _ in notes)]
    for n, mark in enumerate(marks):
        for k in range(len(notes), 0, -1):
            score, chosen = best[k - 1]
            if score >= 0 and score + _likeness(text, mark, notes[k - 1]) > best[k][0]:
                best[k] = (score + _likeness(text, mark, notes[k - 1]), (*chosen, n))
    return [marks[n] for n in best[-1][1]]


def _likeness(text: str, mark: Mark, note: Note) -> float:
    words = " ".join(text[span.start : span.end] for span in note.spans)
    before = " ".join(text[max(0, mark.span.start - 200) : mark.span.start].split())
    shared = set(_YEARS.findall(words)) & set(_YEARS.findall(before[-60:]))
    hints = sum(bool(of_note.search(words) and of_mark.search(before)) for of_note, of_mark in _HINTS)
    return 0.01 + len(shared) + hints


def _problems(marks: Sequence[Mark], pairs: dict[str, Note], marked: set[str], *, sole: bool) -> list[Problem]:
    out = [
        Problem("missing-footnote", f"mark {mark.marker} has no footnote", mark.digits)
        for mark in marks
        if mark.marker not in pairs
    ]
    if sole:
        out += [
            Problem(
                "note-without-mark",
                f"footnote {marker} is marked nowhere in the text",
                Span(note.spans[0].start, note.spans[-1].end),
            )
            for marker, note in pairs.items()
            if marker not in marked
        ]
    return out
