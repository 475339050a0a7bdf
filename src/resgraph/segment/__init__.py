"""Text into resolutions as printed: masthead, preamble, operative paragraphs, points, footnotes, annexes, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.segment.assemble import assemble
from resgraph.segment.blocks import read_blocks
from resgraph.segment.divide import divide
from resgraph.segment.layout import read_layout
from resgraph.segment.lines import read_lines
from resgraph.segment.notes import find_notes

if TYPE_CHECKING:
    from resgraph.model import Segmented, Source

__all__ = ["segment"]


def segment(source: Source) -> Segmented:
    """The resolutions that a source prints, and the words that belong to none of them."""
    lines = read_lines(source.text)
    layout = read_layout(lines)
    lines, notes = find_notes(lines, layout)
    blocks = read_blocks(lines, layout)
    drafts = divide(blocks, source.text)
    return assemble(source, lines, notes, drafts, layout)
