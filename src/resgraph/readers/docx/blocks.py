"""Paragraphs, tables and text boxes as lines: one paragraph a line, one row a line, automatic numbers written out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resgraph.readers.docx.numbering import VAL, Numbering, W
from resgraph.readers.docx.styles import over, style_of
from resgraph.readers.docx.words import BREAK, Notes, Words, branch_of
from resgraph.readers.emphasis import OPEN, plain, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from resgraph.readers.docx.styles import Styles

_PARAGRAPH, _TABLE, _PROPERTIES = f"{W}p", f"{W}tbl", f"{W}pPr"
_STYLE, _LISTED, _LOOK = f"{W}pStyle", f"{W}numPr", f"{W}rPr"
_GONE = frozenset((f"{W}del", f"{W}moveFrom"))
_WITHIN = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_ENDS = (".", ",", ";", ":", "and", "or")
_SHORT = 250
"""A paragraph up to so many characters may be a heading or a closing, which are broken line by line."""

_MAX_CELL = 4
"""A cell of a table has a few paragraphs; one with more is a column of the page, and its paragraphs stay apart."""


class _Head(NamedTuple):
    """A paragraph's style, its properties where they number it, and whether the mark at its end was deleted or moved
    away, so that the next paragraph goes on with it.
    """

    style: str = ""
    listed: etree._Element | None = None
    runs_on: bool = False


_PLAIN = _Head()


@dataclass(slots=True)
class Blocks:
    """Turns what holds paragraphs into lines, and counts lists and notes as it goes.

    What is `spread` has a line for every paragraph of a cell, and no italics, as in a masthead or a note.
    """

    styles: Styles
    numbering: Numbering
    notes: Notes
    spread: bool = False

    def lines(self, parent: etree._Element) -> Iterator[str]:
        """The lines of a body, cell, header, note or text box; a paragraph whose end was deleted runs on."""
        carried = ""
        for child in self._blocks(parent):
            if child.tag == _TABLE:
                yield from self._rows(child)
                continue
            head = _head(child)
            text, boxes = self._paragraph(child, head)
            carried = f"{carried} {text}".strip() if carried else text
            if not head.runs_on:
                yield from broken(carried)
                carried = ""
            for box in boxes:
                yield from self.lines(box)
        yield from broken(carried)

    def _blocks(self, parent: etree._Element) -> Iterator[etree._Element]:
        for child in parent:
            if child.tag in (_PARAGRAPH, _TABLE):
                yield child
            elif child.tag in _WITHIN:
                yield from self._blocks(child)
            elif child.tag == _ALTERNATE and (branch := branch_of(child)) is not None:
                yield from self._blocks(branch)

    def _paragraph(self, paragraph: etree._Element, head: _Head) -> tuple[str, list[etree._Element]]:
        words = Words(self.styles, self.notes)
        text = words.read(paragraph)
        label = self._label(head)
        if OPEN in text:
            text = plain(tidy(text)) if self.spread else tidy(text)
        return (f"{label} {text}" if label and text else text), words.boxes

    def _label(self, head: _Head) -> str:
        """The paragraph's automatic number; it counts where the paragraph is empty, too."""
        look = self.styles.get(head.style)
        if head.listed is not None:
            look = over(style_of(head.listed, None), look)
        if look.number is None or look.number == "0":
            return ""
        level = self.numbering.level_of_style(look.number, head.style) if look.level is None else look.level
        return self.numbering.label(look.number, level)

    def _rows(self, table: etree._Element) -> Iterator[str]:
        for row in self._within(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = [lines for cell in self._within(row, f"{W}tc") if (lines := list(self.lines(cell)))]
            if len(cells) > 1 and max(map(len, cells)) <= _MAX_CELL and not self.spread:
                yield "\t".join(" ".join(lines) for lines in cells)
            else:
                yield from (line for lines in cells for line in lines)

    def _within(self, parent: etree._Element, tag: str) -> Iterator[etree._Element]:
        for child in parent:
            if child.tag == tag:
                yield child
            elif child.tag in _WITHIN:
                yield from self._within(child, tag)


def broken(text: str) -> list[str]:
    """A paragraph's lines: broken where a heading is broken by hand, or a point begins; joined within a sentence."""
    if BREAK not in text:
        return [text] if plain(text) else []
    short = len(text) <= _SHORT
    lines: list[str] = []
    for part in map(str.strip, text.split(BREAK)):
        words = plain(part)
        opens = words[:1].isupper() or words[:1].isdigit() or words[:1] in "([“"
        if lines and not (opens and (short or plain(lines[-1]).endswith(_ENDS))):
            lines[-1] = f"{lines[-1]} {part}"
        elif words:
            lines.append(part)
    return lines


def _head(paragraph: etree._Element) -> _Head:
    """What a paragraph's properties say of it; they are its first child."""
    style, listed, runs_on = "", None, False
    first = paragraph[0] if len(paragraph) else None
    if first is None or first.tag != _PROPERTIES:
        return _PLAIN
    for child in first:
        tag = child.tag
        if tag == _STYLE:
            style = child.get(VAL, "")
        elif tag == _LISTED:
            listed = first
        elif tag == _LOOK:
            runs_on = any(sign.tag in _GONE for sign in child)
    return _Head(style, listed, runs_on)
