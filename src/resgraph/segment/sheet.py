"""What all resolutions of a source share while they are put together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from resgraph.segment.lines import Kind
from resgraph.segment.passages import Mark, Vocabulary, build, vocabulary

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

    `sole`: it holds one resolution; `shared`: all it holds have one number, and so one masthead (parts A to C).
    """

    source: Source
    notes: tuple[Note, ...]
    words: Vocabulary
    furniture: str
    breaks: tuple[int, ...]
    parting: frozenset[int]
    sole: bool
    shared: bool

    @property
    def text(self) -> str:
        return self.source.text

    def clean(self, spans: Sequence[Span], marks: Sequence[Mark]) -> Passage:
        """The words of some lines, without the marks that stand in them."""
        return build(self.text, spans, marks, self.words)


def lay_out(
    source: Source, lines: Sequence[Line], notes: Sequence[Note], drafts: Sequence[Draft], layout: Layout
) -> Sheet:
    numbers = {(draft.number.session, draft.number.number) if draft.number else None for draft in drafts}
    return Sheet(
        source=source,
        notes=tuple(notes),
        words=vocabulary(source.text, filled=layout.greedy),
        furniture="\n".join(line.text for line in lines if line.kind in (Kind.MASTHEAD, Kind.HEADER, Kind.PAGE)),
        breaks=tuple(line.order for line in lines if line.kind is Kind.BREAK),
        parting=_parting(lines),
        sole=len(drafts) == 1,
        shared=len(numbers) == 1,
    )


def _parting(lines: Sequence[Line]) -> frozenset[int]:
    printed = [line for line in lines if line.kind is not Kind.BLANK]
    return frozenset(a.order for a, b in pairwise(printed) if a.kind is Kind.NOTE and b.kind is Kind.TEXT)
