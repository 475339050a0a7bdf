"""PDF: the words of a document as its reader sees them, one paragraph a line, footnotes at the end.

Everything is imported at once: in a capped process no module can be opened later.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from resgraph.readers.ocr import without_text_layer
from resgraph.readers.pdf.pages import read_pages
from resgraph.readers.pdf.paragraphs import paragraphs
from resgraph.readers.pdf.picture import page_picture
from resgraph.readers.pdf.sheets import read_sheets
from resgraph.readers.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.model import Source
    from resgraph.readers.pdf.pages import Page

__all__ = ["page_picture", "read_pdf"]

_FEWEST_LETTERS = 12
"""A page with less is blank, a picture, or the scan of a page under a stamp or a page number."""

_LOOKED_AT = 8
"""Pieces of a page, whose first are a running head or a masthead and text."""


def read_pdf(data: bytes, source: Source) -> Source:
    """The source with the text of a PDF document. Raises InputError if it cannot be opened or has no text layer.

    Note marks are raised digits; running heads and feet are left out but for the job number, which comes first.
    """
    pages = read_pages(data, source.path)
    if _is_scanned(pages):
        raise without_text_layer(source.path)
    sheets = read_sheets(pages)
    lines = [sheets.job] if sheets.job else []
    return replace(source, text=normalise("\n".join((*lines, *paragraphs(sheets))), source.path))


def _is_scanned(pages: Sequence[Page]) -> bool:
    """Whether half of the pages that show something or more have no words, or signs that stand for none."""
    shown = [page for page in pages if page.shows]
    return 2 * sum(not _has_words(page) for page in shown) >= len(shown)


def _has_words(page: Page) -> bool:
    text = "".join(piece.text for piece in page.pieces[:_LOOKED_AT])
    letters = sum(map(str.isalpha, text))
    return letters >= _FEWEST_LETTERS and letters > 0.25 * len(text)
