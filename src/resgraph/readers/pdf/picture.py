"""A page as a picture, for a program that recognises text in pictures."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from resgraph.readers.pdf.document import loaded, opened

if TYPE_CHECKING:
    from resgraph.model import Source

_DOTS = 300 / 72
"""Dots a point: 300 dots an inch are what text recognition is made for."""
_MOST_DOTS = 40_000_000
_WHITE = 0xFFFFFFFF


def page_picture(data: bytes, source: Source, number: int) -> bytes:
    """Page `number` (from 1) in shades of grey, as a portable graymap; nothing where the document has no such page."""
    with opened(data, source.path) as document:
        if number > pdfium.FPDF_GetPageCount(document):
            return b""
        with loaded(document, number - 1, source.path) as (page, _):
            return _picture(page)


def _picture(page: object) -> bytes:
    size = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(_DOTS, (_MOST_DOTS / max(1.0, size[0] * size[1])) ** 0.5)
    width, height = (max(1, round(length * scale)) for length in size)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_GRAYSCALE)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        rows = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    dots = b"".join(rows[start : start + width] for start in range(0, len(rows), stride))
    return b"P5 %d %d 255\n%b" % (width, height, dots)
