"""What all resolutions of a source share while they are put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from resgraph.segment.heads import Number, symbol_of_file
from resgraph.segment.lines import Kind
from resgraph.segment.passages import Mark, Vocabulary, build, with_italics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.model import Passage, Source, Span
    from resgraph.segment.divide import Draft
    from resgraph.segment.layout import Layout
    from resgraph.segment.lines import Line
    from resgraph.segment.notes import Note


@dataclass(frozen=True, slots=True)
class Sheet:
    """A source with its lines and notes; `breaks` are the lines on which pages end, `parting` the
    lines of notes that part the text without a page's end.

    `sole`: it holds one resolution; `shared`: all it holds have one number, and so one masthead (parts A to C);
    `closed`: one of them has the meeting or the vote below it; `misread`: the Roman numeral of the session that OCR
    misread in the number of the resolution that the file is named after, and what the file's name has.
    """

    source: Source
    notes: tuple[Note, ...]
    words: Vocabulary
    furniture: str
    breaks: tuple[int, ...]
    parting: frozenset[int]
    sole: bool
    shared: bool
    closed: bool
    misread: tuple[str, str] | None

    @property
    def text(self) -> str:
        return self.source.text

    def number_of(self, draft: Draft) -> Number | None:
        """The number with its session as the file's name corrects it."""
        number = draft.number
        if number is not None and self.misread and number.style == "roman" and number.session == self.misread[0]:
            return replace(number, session=self.misread[1])
        return number

    def clean(self, spans: Sequence[Span], marks: Sequence[Mark]) -> Passage:
        """The words of some lines, without the marks that stand in them."""
        return with_italics(build(self.text, spans, marks, self.words), self.source.italics)


def lay_out(
    source: Source, lines: Sequence[Line], notes: Sequence[Note], drafts: Sequence[Draft], layout: Layout
) -> Sheet:
    numbers = {(draft.number.session, draft.number.number) if draft.number else None for draft in drafts}
    return Sheet(
        source=source,
        notes=tuple(notes),
        words=Vocabulary(_running_text(lines), layout.greedy),
        furniture="\n".join(line.text for line in lines if line.kind in (Kind.MASTHEAD, Kind.HEADER, Kind.PAGE)),
        breaks=tuple(line.order for line in lines if line.kind is Kind.BREAK),
        parting=_parting(lines),
        sole=len(drafts) == 1,
        shared=len(numbers) == 1,
        closed=any(draft.closed for draft in drafts),
        misread=next((pair for draft in drafts if (pair := _misread(draft, source.name))), None),
    )


_ROMAN_NAME = re.compile(r"/(\d+)\(([A-Z-]+)\)")


def _misread(draft: Draft, name: str) -> tuple[str, str] | None:
    """`174 (III)` in the file of 174 (II): its neighbour `175 (III)` was misread in the same way."""
    named = _ROMAN_NAME.search(symbol_of_file(name) or "")
    number = draft.number
    if named is None or number is None or number.style != "roman" or number.number != named[1]:
        return None
    return (number.session, named[2]) if number.session != named[2] else None


def _running_text(lines: Sequence[Line]) -> str:
    """The words line by line, then the notes: a word may be broken over a page (`consulta-`, the notes, `tion`)."""
    parts = ([line.text for line in lines if line.kind is kind] for kind in (Kind.TEXT, Kind.NOTE))
    return "\n\n".join("\n".join(part) for part in parts)


def _parting(lines: Sequence[Line]) -> frozenset[int]:
    printed = [line for line in lines if line.kind is not Kind.BLANK]
    return frozenset(a.order for a, b in pairwise(printed) if a.kind is Kind.NOTE and b.kind is Kind.TEXT)
