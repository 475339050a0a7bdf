"""The pieces of text on each page of a PDF, with their places.

pdfium gives a page's text in one call and breaks it into lines. A box is asked for where a piece begins and ends, for
digits, which may be note marks, and for the spaces that pdfium put in by itself: few calls a line, none a character.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from itertools import accumulate, compress, count, repeat
from operator import add
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from resgraph.errors import InputError
from resgraph.readers.pdf.document import Handle, loaded, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MAX_CHARACTERS = 100_000
"""The most that one page may hold; a densely printed one holds about 8,000."""

HYPHEN = "\ufffe"
"""What pdfium puts for a hyphen at the end of a line, in place of the line's end."""

DOUBTFUL = "\u200a"
"""A space too narrow to be one; whether it is, the words beside it must tell."""

_PIECE = re.compile(rf"[^\s{HYPHEN}][^\r\n{HYPHEN}]*{HYPHEN}?")
_IN_WORD = re.compile(r"[^\s.,;:!?] \S")
_AFTER_HYPHEN = re.compile(r"-( )(?=\w)")
_DIGITS = re.compile(r"[0-9]+")
_YEAR = 4
_LONGEST_MARK = 3
_SMALL = 0.82
"""Note marks are set at 55 to 70 per cent of the size of their line, old-style and small figures at 85 and more."""
_LIFTED = 0.2
"""The share of a line's height that lies below a mark; marks are lifted by a third, the figure of CO2 lowered."""
_DESCENT = 0.22
_FEWEST_LETTERS = 12
"""A page with less is blank, a picture, or the scan of a page under a stamp or a page number."""
_LOOKED_AT = 8
"""Pieces of a page, whose first are a running head or a masthead and text."""
_PICTURES = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
_MOST_OBJECTS = 10_000
_MUCH = 0.25
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
    """A page's pieces in the order of the file; `shows` tells whether there is anything else on it, `pictured` whether
    pictures cover much of a page that has hardly any words.
    """

    bottom: float
    top: float
    pieces: tuple[Piece, ...]
    shows: bool
    pictured: bool


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
        objects = pdfium.FPDFPage_CountObjects(page)
        pictured = not has_words(pieces) and _is_pictured(page, frame, min(objects, _MOST_OBJECTS))
        return Page(frame.bottom, frame.top, pieces, bool(pieces) or objects > 0, pictured)


def has_words(pieces: Sequence[Piece]) -> bool:
    """Whether a page has words, and not signs that stand for none."""
    text = "".join(piece.text for piece in pieces[:_LOOKED_AT])
    letters = sum(map(str.isalpha, text))
    return letters >= _FEWEST_LETTERS and letters > 0.25 * len(text)


def _is_pictured(page: Handle, frame: pdfium.FS_RECTF, objects: int) -> bool:
    """Whether pictures, of which a scan may have many, cover much of a page."""
    covered = 0.0
    corners = tuple(ctypes.c_float() for _ in range(4))
    for index in range(objects):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) in _PICTURES and pdfium.FPDFPageObj_GetBounds(item, *corners):
            left, bottom, right, top = (corner.value for corner in corners)
            covered += (right - left) * (top - bottom)
    return covered > _MUCH * float((frame.right - frame.left) * (frame.top - frame.bottom))


def _quick(function: Handle) -> Callable[..., int]:
    """A function of pdfium that converts none of its arguments, at a third of the cost of a call."""
    return ctypes.PYFUNCTYPE(ctypes.c_int)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_CORNERS = Struct("4f").unpack_from
_IS_GENERATED = _quick(pdfium.FPDFText_IsGenerated)
_GET_BOX = _quick(pdfium.FPDFText_GetLooseCharBox)


class _TextPage:
    """A page's text and the boxes of its characters.

    Offsets into the text are pdfium's indices of characters, except where characters stand for nothing (`_shifted`).
    """

    __slots__ = ("_handle", "_memory", "_place", "_shifted", "_text")

    def __init__(self, handle: Handle, size: int) -> None:
        self._handle = handle
        self._memory = bytearray(ctypes.sizeof(pdfium.FS_RECTF))
        self._place = ctypes.c_void_p(ctypes.addressof(pdfium.FS_RECTF.from_buffer(self._memory)))
        units = (ctypes.c_ushort * (size + 1))()
        written = pdfium.FPDFText_GetText(handle, 0, size, units) - 1
        self._shifted = written != size
        self._text = ctypes.string_at(units, 2 * max(0, written)).decode("utf-16-le", "replace")
        for space in self._doubtful_spaces():
            self._text = f"{self._text[:space]}{DOUBTFUL}{self._text[space + 1 :]}"

    def pieces(self) -> Iterator[Piece]:
        figures = [match.span() for match in _DIGITS.finditer(self._text) if self._may_be_mark(*match.span())]
        figures.reverse()
        for match in _PIECE.finditer(self._text):
            words = match[0].rstrip()
            first = match.start()
            end = first + len(words)
            box = self._around(first, end - 1)
            digits: tuple[tuple[int, Box], ...] = ()
            while figures and figures[-1][0] < end:
                raised = tuple(self._raised(figures.pop(), box, first, alone=words.isdigit()))
                digits += raised if len(raised) <= _LONGEST_MARK else ()
            yield Piece(words, box, digits)

    def _may_be_mark(self, start: int, end: int) -> bool:
        """Figures of a symbol are no marks, nor is a year by itself."""
        text = self._text
        if text[start - 1] in "/-" or text[end : end + 1] in ("/", "-"):
            return False
        return end - start != _YEAR or text[start : start + 2] not in ("19", "20")

    def _around(self, first: int, last: int) -> Box:
        begin, end = self._corners(first), self._corners(last)
        _, top, _, bottom = begin if begin[1] - begin[3] >= end[1] - end[3] else end
        return Box(begin[0], bottom, end[2], top - bottom)

    def _box(self, index: int) -> Box:
        left, top, right, bottom = self._corners(index)
        return Box(left, bottom, right, top - bottom)

    def _corners(self, index: int) -> tuple[float, ...]:
        """Left, top, right, bottom."""
        _GET_BOX(self._handle, self._index(index) if self._shifted else index, self._place)
        return _CORNERS(self._memory)

    def _index(self, offset: int) -> int:
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._handle, offset))

    def _raised(self, span: tuple[int, int], line: Box, offset: int, *, alone: bool) -> Iterator[tuple[int, Box]]:
        """The figures that may be raised, the last first: all of a piece of figures, elsewhere the small and high."""
        for at in range(span[1] - 1, span[0] - 1, -1):
            place = self._box(at)
            if not (alone or line.raises(place)):
                break
            yield at - offset, place

    def _doubtful_spaces(self) -> list[int]:
        """Spaces of pdfium's own, or of no width, as word processors put them after a hyphen that holds a line."""
        text = self._text
        spaces = list(map(add, accumulate(map(len, text.split(" ")[:-1])), count()))
        indices = map(self._index, spaces) if self._shifted else spaces
        found = list(compress(spaces, map(_IS_GENERATED, repeat(self._handle), indices)))
        found += [match.start(1) for match in _AFTER_HYPHEN.finditer(text)]
        return [space for space in found if _IN_WORD.match(text, space - 1) and self._is_narrow(space)]

    def _is_narrow(self, index: int) -> bool:
        """Whether there is hardly a gap, and what follows is no raised mark, before which there may be none."""
        _, top, right, bottom = self._corners(index - 1)
        if self._corners(index + 1)[0] - right >= _NARROW * (top - bottom):
            return False
        before, after = self._box(index - 1), self._box(index + 1)
        return after.height >= 0.9 * before.height or after.base <= before.base
