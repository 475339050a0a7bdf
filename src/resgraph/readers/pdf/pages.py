"""The pieces of text on each page of a PDF, with their places.

pdfium gives a page's text in one call and breaks it into lines. A box is asked for where a piece begins and ends, for
digits, which may be note marks, and for the spaces that pdfium put in by itself: few calls a line, none a character.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from itertools import accumulate, compress, repeat
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from resgraph.errors import InputError
from resgraph.readers.pdf.document import Handle, loaded, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_CHARACTERS = 100_000
"""The most that one page may hold; a densely printed one holds about 8,000."""

HYPHEN = "\ufffe"
"""What pdfium puts for a hyphen at the end of a line, in place of the line's end."""

DOUBTFUL = "\u200a"
"""A space too narrow to be one; whether it is, the words beside it must tell."""

_PIECE = re.compile(rf"[^\r\n{HYPHEN}]+{HYPHEN}?")
_IN_WORD = re.compile(r"[^\s.,;:!?] \S")
_AFTER_HYPHEN = re.compile(r"(?<=\w)-( )(?=\w)")
_DIGITS = re.compile(r"(?<![\d/-])\d+(?![\d/-])")
_SMALL = 0.82
"""Note marks are set at 55 to 70 per cent of the size of their line, old-style and small figures at 85 and more."""
_LIFTED = 0.2
"""The share of a line's height that lies below a mark; marks are lifted by a third, the figure of CO2 lowered."""
_DESCENT = 0.22
_NARROW = 0.17
"""In line heights: the spaces of justified text are wider, the gaps that kerning leaves within a word narrower."""


class Box(NamedTuple):
    """A place on a page, in points; the height is the font's from its lowest to its highest stroke."""

    left: float
    bottom: float
    right: float
    height: float

    def raises(self, other: Box) -> bool:
        """Whether the other box is that of a mark raised above a line of this box."""
        return other.height < _SMALL * self.height and other.base - self.base > _LIFTED * self.height

    @property
    def base(self) -> float:
        """Where the letters stand; the strokes of a p or g reach below it."""
        return self.bottom + _DESCENT * self.height


class Piece(NamedTuple):
    """Text that pdfium gives as one line; `digits` are its digits with their boxes, as far as they may be raised."""

    text: str
    box: Box
    digits: tuple[tuple[int, Box], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page's pieces in the order of the file; `shows` tells whether there is anything else on it."""

    bottom: float
    top: float
    pieces: tuple[Piece, ...]
    shows: bool


def read_pages(data: bytes, where: str) -> tuple[Page, ...]:
    """The pages of a PDF. Raises InputError if it is damaged, encrypted or beyond the limits."""
    with opened(data, where) as document:
        return tuple(_page(document, index, where) for index in range(pdfium.FPDF_GetPageCount(document)))


def _page(document: Handle, index: int, where: str) -> Page:
    with loaded(document, index, where) as (page, handle):
        size = pdfium.FPDFText_CountChars(handle)
        if size > MAX_CHARACTERS:
            what = f"holds {size:,} characters, more than the {MAX_CHARACTERS:,} that a page may hold"
            raise InputError(f"{where}, page {index + 1}", what, "give the text of the document")
        pieces = tuple(_TextPage(handle, size).pieces())
        frame = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(frame))
        return Page(frame.bottom, frame.top, pieces, bool(pieces) or pdfium.FPDFPage_CountObjects(page) > 0)


def _bare(function: Handle, *kinds: type) -> Callable[..., int]:
    """A function of pdfium with pointers as plain numbers, at half the cost of a call."""
    return ctypes.PYFUNCTYPE(ctypes.c_int, *kinds)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_IS_GENERATED = _bare(pdfium.FPDFText_IsGenerated, ctypes.c_void_p, ctypes.c_int)
_GET_BOX = _bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class _TextPage:
    """A page's text and the boxes of its characters.

    Offsets into the text are pdfium's indices of characters, except where characters stand for nothing (`_shifted`).
    """

    __slots__ = ("_address", "_handle", "_place", "_rectangle", "_shifted", "_text")

    def __init__(self, handle: Handle, size: int) -> None:
        self._handle = handle
        self._address = ctypes.cast(handle, ctypes.c_void_p).value
        self._rectangle = pdfium.FS_RECTF()
        self._place = ctypes.addressof(self._rectangle)
        units = (ctypes.c_ushort * (size + 1))()
        written = pdfium.FPDFText_GetText(handle, 0, size, units) - 1
        self._shifted = written != size
        self._text = bytes(units).decode("utf-16-le", "replace")[: max(0, written)]
        for space in self._doubtful_spaces():
            self._text = f"{self._text[:space]}{DOUBTFUL}{self._text[space + 1 :]}"

    def pieces(self) -> Iterator[Piece]:
        for match in _PIECE.finditer(self._text):
            text = match[0]
            if not text.isspace():
                offset = match.start()
                first = offset + len(text) - len(text.lstrip())
                yield self._piece(text, offset, first, offset + len(text.rstrip()) - 1)

    def _piece(self, text: str, offset: int, first: int, last: int) -> Piece:
        begin, end = self._box(first), self._box(last)
        tallest = begin if begin.height >= end.height else end
        box = Box(begin.left, tallest.bottom, end.right, tallest.height)
        return Piece(text, box, tuple(self._raised(text, offset, box)) if _DIGITS.search(text) else ())

    def _box(self, index: int) -> Box:
        found = self._rectangle
        _GET_BOX(self._address, self._index(index) if self._shifted else index, self._place)
        bottom = found.bottom
        return Box(found.left, bottom, found.right, found.top - bottom)

    def _index(self, offset: int) -> int:
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._handle, offset))

    def _raised(self, text: str, offset: int, box: Box) -> Iterator[tuple[int, Box]]:
        """The digits that may be raised: all of a piece of digits, elsewhere those that are smaller and higher."""
        alone = text.strip().isdigit()
        for match in _DIGITS.finditer(text):
            for at in range(match.end() - 1, match.start() - 1, -1):
                place = self._box(at + offset)
                if not (alone or box.raises(place)):
                    break
                yield at, place

    def _doubtful_spaces(self) -> list[int]:
        """Spaces of pdfium's own, or of no width, as word processors put them after a hyphen that holds a line."""
        text = self._text
        ends = accumulate(map(len, text.split(" ")[:-1]))
        spaces = [end + n for n, end in enumerate(ends)]
        indices = map(self._index, spaces) if self._shifted else spaces
        generated = compress(spaces, map(_IS_GENERATED, repeat(self._address), indices))
        after_hyphen = (match.start(1) for match in _AFTER_HYPHEN.finditer(text))
        return [n for n in {*generated, *after_hyphen} if _IN_WORD.match(text, n - 1) and self._is_narrow(n)]

    def _is_narrow(self, index: int) -> bool:
        """Whether there is hardly a gap, and what follows is no raised mark, before which there may be none."""
        before, after = self._box(index - 1), self._box(index + 1)
        raised = after.height < 0.9 * before.height and after.base > before.base
        return not raised and after.left - before.right < _NARROW * before.height
