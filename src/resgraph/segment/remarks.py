"""What a careful reader would still remark on: fragments, residue of the page, text outside every resolution."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model import Problem, Span
from resgraph.segment.block import Role
from resgraph.segment.heads import symbol_of_file
from resgraph.segment.lines import Kind
from resgraph.segment.structure import ends

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from resgraph.model import Source
    from resgraph.segment.divide import Draft
    from resgraph.segment.footnotes import Matched
    from resgraph.segment.lines import Line
    from resgraph.segment.sheet import Sheet
    from resgraph.segment.structure import Body

_BROKEN_SYMBOL = re.compile(r"^[AEST](?:/[A-Z][\w.]*)*/(?:\d+/)?$", re.MULTILINE)


def unread_spans(lines: Sequence[Line], read: Set[int]) -> list[Span]:
    """Stretches of words and notes that no resolution took up; `read` are the orders of the lines that one did."""
    spans: list[Span] = []
    joined = False
    for line in lines:
        if line.kind not in (Kind.TEXT, Kind.NOTE):
            continue
        if line.order in read:
            joined = False
        elif joined:
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(Span(line.start, line.end))
            joined = True
    return spans


_TAG = re.compile(r"^(?:\[DU\d\]|<<ODS)", re.MULTILINE)


def text_problems(unread: Sequence[Span], source: Source) -> list[Problem]:
    out = [
        Problem(
            "unread-text",
            f"{span.end - span.start} characters from line {source.line_of(span.start)} on belong to no resolution",
            span,
        )
        for span in unread
    ]
    out += [
        Problem("residue", f"the symbol {match[0]!r} is broken off", Span(match.start(), match.end()))
        for match in (_BROKEN_SYMBOL.finditer(source.text) if "/\n" in f"{source.text}\n" else ())
    ]
    tagged = "<<ODS" in source.text or "[DU" in source.text
    if tagged and (tags := list(_TAG.finditer(source.text))):
        place = Span(tags[0].start(), tags[-1].end())
        out.append(Problem("residue", f"{len(tags)} tags of a word processor stand in the text", place))
    return out


def fault(draft: Draft, body: Body, symbol: str | None, sheet: Sheet, *, last: bool) -> Problem | None:
    """Pages cut out of a volume begin and end in the middle of a neighbour: such a fragment is no resolution."""
    label = symbol or "a resolution"
    if not body.operative or not body.operative[0].spans:
        return _fragment(f"{label} has no operative paragraph here", draft)
    if symbol is None:
        return _fragment("no number tells which resolution this is", draft)
    if sheet.sole or draft.closed or symbol.removesuffix(draft.letter) == symbol_of_file(sheet.source.name):
        return None
    if _breaks_off(draft, body, sheet, last=last):
        return _fragment(f"{label} breaks off without an end", draft)
    return None


def _breaks_off(draft: Draft, body: Body, sheet: Sheet, *, last: bool) -> bool:
    """Whether a resolution without a closing is one that a page cuts off.

    The volumes print the meeting and the date below each; where they do not (1946), the last of the pages that were cut
    out for another resolution runs on. A last paragraph ends with a full stop, others with a semicolon. A document that
    is no bare text is whole.
    """
    if sheet.source.media_type != "text/plain":
        return False
    if last and (sheet.closed or symbol_of_file(sheet.source.name) is not None):
        return True
    open_end = not draft.annexes and ends(sheet.text, body.operative[-1]) in ("", ";", ",")
    return open_end and (last or sheet.closed)


def _fragment(message: str, draft: Draft) -> Problem:
    blocks = [block for block in draft.blocks() if block.spans]
    return Problem("fragment", message, Span(blocks[0].start, blocks[-1].spans[-1].end))


def layout_problems(draft: Draft, body: Body, matched: Matched, sheet: Sheet) -> list[Problem]:
    out, text = [], sheet.text
    numbers = [block for block in draft.body if block.role is Role.NUMBER and block.spans]
    alone = [Span(b.start, b.spans[0].start) for b in numbers if "\n" in text[b.start : b.spans[0].start]]
    if alone:
        message = f"{len(alone)} paragraph numbers stand on lines of their own"
        out.append(Problem("number-on-own-line", message, alone[0]))
    starts = [spans[0].start for _, spans in matched.notes if spans]
    parted = bool(sheet.parting & matched.lines)
    if parted and draft.below and min(starts) < draft.below[0].start < max(starts):
        message = "footnotes stand before and after the closing"
        out.append(Problem("notes-after-closing", message, Span(min(starts), max(starts))))
    if body.operative and not ends(text, body.operative[-1]):
        last = body.operative[-1].spans
        out.append(Problem("no-end", "the last paragraph breaks off", last[-1] if last else None))
    return out
