"""Drafts into printed resolutions: clean passages, masthead, footnotes, problems, and what was left unread."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from resgraph.model import (
    Annex,
    Heading,
    Passage,
    PrintedFootnote,
    PrintedParagraph,
    PrintedPoint,
    PrintedResolution,
    Problem,
    Segmented,
    Span,
)
from resgraph.segment.block import Block, Role
from resgraph.segment.footnotes import Matched, match_notes
from resgraph.segment.frame import closing_mark, formula_of, letter_behind, read_cover, settle, speaker_of, title_of
from resgraph.segment.labels import ARTICLE
from resgraph.segment.layout import is_ended
from resgraph.segment.masthead import read_masthead
from resgraph.segment.remarks import fault, layout_problems, text_problems, unread_spans
from resgraph.segment.sheet import Sheet, lay_out
from resgraph.segment.structure import Body, Node, read_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.model import Masthead, Source
    from resgraph.segment.divide import Draft
    from resgraph.segment.layout import Layout
    from resgraph.segment.lines import Line
    from resgraph.segment.notes import Note
    from resgraph.segment.passages import Mark


def assemble(
    source: Source, lines: Sequence[Line], notes: Sequence[Note], drafts: Sequence[Draft], layout: Layout
) -> Segmented:
    """All drafts as printed resolutions; fragments are left out and named among the problems."""
    sheet = lay_out(source, lines, notes, drafts, layout)
    printed: list[PrintedResolution] = []
    problems: list[Problem] = []
    read: set[int] = set()
    for n, draft in enumerate(drafts):
        settle(draft, sheet.text)
        body = read_body(draft.body, sheet.text)
        matched = match_notes(sheet.text, _marked_spans(draft, body, sheet.text), _near(draft, sheet), sole=sheet.sole)
        title, speaker = title_of(draft, sheet, matched.marks), speaker_of(draft, sheet.text)
        if letter := letter_behind(title, draft, sheet.text):
            draft.letter, title = letter, (title or "")[:-2]
        masthead = read_masthead(sheet.number_of(draft), draft.letter, speaker, title, read_cover(draft, sheet))
        problem = fault(draft, body, masthead.symbol if masthead else None, sheet, last=n == len(drafts) - 1)
        if problem is not None:
            problems.append(problem)
        elif masthead is not None:
            printed.append(_resolution(draft, body, masthead, matched, sheet))
            read |= matched.lines | {order for block in draft.blocks() for order in block.lines}
    unread = unread_spans(lines, read)
    problems = [*source.problems, *problems, *text_problems(unread, source)]
    return Segmented(source, tuple(printed), tuple(unread), tuple(problems))


def _resolution(draft: Draft, body: Body, masthead: Masthead, matched: Matched, sheet: Sheet) -> PrintedResolution:
    marks = matched.marks
    notes = ((marker, sheet.clean(spans, ()) if spans else None) for marker, spans in matched.notes)
    return PrintedResolution(
        masthead=masthead,
        formula=formula_of(draft, sheet),
        preamble=tuple(_paragraph(node, sheet, marks) for node in body.preamble if node.spans),
        operative=tuple(_paragraph(node, sheet, marks) for node in body.operative if node.spans),
        footnotes=tuple(PrintedFootnote(marker, passage) for marker, passage in notes),
        headings=tuple(Heading(sheet.clean(node.spans, marks), before) for node, before in body.headings),
        annexes=tuple(_annex(blocks, sheet, marks, masthead.title) for blocks in draft.annexes),
        problems=(*matched.problems, *layout_problems(draft, body, matched, sheet)),
    )


def _marked_spans(draft: Draft, body: Body, text: str) -> list[Span]:
    spans = [span for block in draft.title for span in block.spans]
    spans += [span for node in body.nodes() for span in node.spans]
    spans += [span for blocks in draft.annexes for block in blocks for span in block.spans]
    spans += closing_mark(draft, text)
    return sorted(spans, key=lambda span: span.start)


def _near(draft: Draft, sheet: Sheet) -> list[Note]:
    """Notes that may belong to a resolution: all in its own file, else those on the pages it stands on."""
    if sheet.sole:
        return list(sheet.notes)
    orders = [order for block in draft.blocks() for order in block.lines]
    page = bisect_left(sheet.breaks, max(orders))
    end = sheet.breaks[page] if page < len(sheet.breaks) else len(sheet.text)
    places = [note.order for note in sheet.notes]
    return list(sheet.notes[bisect_left(places, min(orders)) : bisect_left(places, end)])


def _paragraph(node: Node, sheet: Sheet, marks: Sequence[Mark]) -> PrintedParagraph:
    return PrintedParagraph(
        sheet.clean(node.spans, marks), node.label, tuple(_point(p, sheet, marks) for p in node.points if p.spans)
    )


def _point(node: Node, sheet: Sheet, marks: Sequence[Mark]) -> PrintedPoint:
    return PrintedPoint(
        node.label or "", sheet.clean(node.spans, marks), tuple(_point(p, sheet, marks) for p in node.points if p.spans)
    )


def _annex(blocks: Sequence[Block], sheet: Sheet, marks: Sequence[Mark], resolution: str | None) -> Annex:
    """The heading, with the title below it, and the paragraphs with their own numbers."""
    head, rest = blocks[0], list(blocks[1:])
    if head.role is Role.FORMULA:
        return Annex("Draft resolution", tuple(_whole(block, sheet, marks) for block in blocks if block.spans))
    if ARTICLE.match(head.first):  # a declaration that is proclaimed in the text bears the title of the resolution
        return Annex(resolution or head.first, tuple(_whole(block, sheet, marks) for block in blocks if block.spans))
    title = sheet.clean(head.spans, marks).text.strip("# ")
    below = rest[0].first if rest and rest[0].role is Role.PLAIN else ""
    if below and len(below) < 250 and not is_ended(below) and not ARTICLE.match(below):
        title = f"{title}: {sheet.clean(rest.pop(0).spans, marks).text}"
    return Annex(title, tuple(_whole(block, sheet, marks) for block in rest if block.spans))


def _whole(block: Block, sheet: Sheet, marks: Sequence[Mark]) -> Passage:
    return sheet.clean([Span(block.start, block.spans[0].end), *block.spans[1:]], marks)
