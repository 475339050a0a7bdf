"""Pieces into the lines that a reader sees, with raised digits for note marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from resgraph.readers.pdf.pages import DOUBTFUL, HYPHEN, Box, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
LEVEL = str.maketrans(RAISED, "0123456789")
_TO_RAISED = str.maketrans("0123456789", RAISED)
_BEFORE_MARK = re.compile(rf"(?<=\S)\s+(?=[{RAISED}])")
_HYPHENS = "-\u00ad\u2010"
_UNITS = ("m", "km", "cm", "mm")
_GAP = 0.15


class Line(NamedTuple):
    """A line of print; a hyphen at its end is pdfium's sign for one. `size` is its height in steps of half a point."""

    text: str
    box: Box
    size: float


def read_lines(pieces: Iterable[Piece]) -> list[Line]:
    """The lines of a page in the order of the file: pieces side by side are one line, raised ones included."""
    lines: list[Line] = []
    row: list[Piece] = []
    for piece in pieces:
        if row and not _continues(row, piece):
            lines.append(_line(row))
            row = []
        row.append(piece)
    if row:
        lines.append(_line(row))
    return lines


def _continues(row: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece stands beside the last ones, to the right of them."""
    box, last = piece.box, row[-1].box
    if box.left < last.right - 0.3 * min(last.height, box.height) or row[-1].text.endswith(HYPHEN):
        return False
    last = max((other.box for other in row), key=_height)
    shared = min(last.bottom + last.height, box.bottom + box.height) - max(last.bottom, box.bottom)
    return shared > 0.5 * min(last.height, box.height)


def _height(box: Box) -> float:
    return box.height


def _line(row: Sequence[Piece]) -> Line:
    if len(row) == 1 and not row[0].digits:
        return Line(_ended(row[0].text), row[0].box, round(2 * row[0].box.height) / 2)
    tallest = max((piece.box for piece in row), key=_height)
    text = ""
    right = row[0].box.left
    for piece in row:
        words = _with_marks(piece, tallest, text) if piece.digits else piece.text
        apart = piece.box.left - right > _GAP * tallest.height
        text += f" {words}" if text and apart else words
        right = piece.box.right
    box = Box(row[0].box.left, tallest.bottom, right, tallest.height)
    return Line(_ended(_BEFORE_MARK.sub("", text)), box, round(2 * tallest.height) / 2)


def _ended(text: str) -> str:
    """The words of a line with pdfium's sign for a hyphen at its end, whatever it made of it."""
    if text[-1] not in _HYPHENS:
        return text
    before = text[:-1].rstrip(DOUBTFUL)
    return before + HYPHEN if before[-1:].isalnum() else text


def _with_marks(piece: Piece, line: Box, before: str) -> str:
    """The words of a piece with raised digits where the print has them, except in `km2`."""
    raised = [at for at, box in piece.digits if line.raises(box)]
    if not raised:
        return piece.text
    words = list(piece.text)
    for at in raised:
        words[at] = words[at].translate(_TO_RAISED)
    unit = (before + piece.text[: min(raised)]).rstrip().rpartition(" ")[2]
    return piece.text if unit in _UNITS and len(raised) == 1 else "".join(words)
