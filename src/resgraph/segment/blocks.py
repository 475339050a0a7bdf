"""Lines into blocks: paragraphs with their numbers and labels, headings, formulas, closings, across page breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model import Span
from resgraph.segment.block import Block, Here, Role, State
from resgraph.segment.layout import is_ended
from resgraph.segment.lines import Kind, Line
from resgraph.segment.openings import labelled, landmark
from resgraph.segment.running import in_bracket, is_heading, runs_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.segment.layout import Layout

_PARTING = frozenset((Kind.BLANK, Kind.RULE))
_INLINE = re.compile(r"(?<=\s)\(([a-z]{1,4})\)(?=\s)")


def read_blocks(lines: Sequence[Line], layout: Layout) -> list[Block]:
    """All blocks of a text; footnotes and page furniture among the lines only part what stands around them."""
    blocks: list[Block] = []
    state = State()
    words = [line for line in lines if line.kind is Kind.TEXT]
    before: Line | None = None
    for n, line in enumerate(words):
        between = {gap.kind for gap in lines[before.order + 1 : line.order]} if before else set()
        blank, page = not _PARTING.isdisjoint(between), not between <= _PARTING
        ended = before is None or not layout.wrapped or (blank and not page) or _ended(before, line, layout)
        here = Here(line, line.text, before, words[n + 1 : n + 13], blank, page, ended, layout)
        inside = in_bracket(here, blocks)
        block = None if inside else landmark(here, state, blocks) or labelled(here, state, blocks)
        if block is None and (inside or runs_on(here, state, blocks)):
            blocks[-1].spans.append(Span(line.start, line.end))
        else:
            heading = state.inside and is_heading(here, state.last + 1)
            blocks.append(block or Block(Role.PLAIN, line.start, [Span(line.start, line.end)], heading=heading))
            blocks[-1].first = line.text
            _advance(state, blocks[-1])
        last = blocks[-1]
        last.lines.append(line.order)
        if "(" in line.text and (labels := _INLINE.findall(line.text)):
            last.inline = labels[-1]
        before = line
    return blocks


def _ended(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a line that no blank line parts from the next may end a paragraph."""
    return is_ended(before.text) or layout.ends_early(before.text, line.text)


def _advance(state: State, block: Block) -> None:
    match block.role:
        case Role.FORMULA:
            state.outer = state.last if state.inside else 0
            state.inside = state.preamble = True
            state.last, state.label = 0, ""
        case Role.NUMBER:
            state.preamble, state.last, state.label = False, int(block.label), ""
        case Role.POINT:
            state.label = block.label
        case Role.HEAD:  # in 1946 some resolutions had no formula of their own
            state.inside = state.preamble = block.bare
            state.last = state.outer = 0
        case Role.CLOSING | Role.ANNEX:
            state.inside = state.preamble = False
        case _:
            pass
