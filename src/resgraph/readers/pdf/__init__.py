"""PDF: the words of a document as its reader sees them, one paragraph a line, footnotes at the end.

Everything is imported at once: in a capped process no module can be opened later.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from resgraph.model import Problem
from resgraph.readers.ocr import without_text_layer
from resgraph.readers.pdf.pages import has_words, read_pages
from resgraph.readers.pdf.paragraphs import paragraphs
from resgraph.readers.pdf.picture import page_picture
from resgraph.readers.pdf.sheets import read_sheets
from resgraph.readers.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resgraph.model import Source
    from resgraph.readers.pdf.pages import Page

__all__ = ["page_picture", "read_pdf"]


def read_pdf(data: bytes, source: Source) -> Source:
    """The source with the text of a PDF document. Raises InputError if it cannot be opened or has no text layer.

    Note marks are raised digits; running heads and feet are left out but for the job number, which comes first.
    """
    pages = read_pages(data, source.path)
    if _is_scanned(pages):
        raise without_text_layer(source.path)
    sheets = read_sheets(pages)
    lines = [sheets.job] if sheets.job else []
    text = normalise("\n".join((*lines, *paragraphs(sheets))), source.path)
    return replace(source, text=text, problems=tuple(_scanned_pages(pages)))


def _scanned_pages(pages: Sequence[Page]) -> Iterator[Problem]:
    """Scans among pages of text, whose words are missing."""
    for number, page in enumerate(pages, 1):
        if page.pictured and not has_words(page.pieces):
            what = f"page {number} of {len(pages)} is a picture without text: what it says is missing"
            yield Problem("scanned-page", f"{what}; recognise its text (OCR) and give the result")


def _is_scanned(pages: Sequence[Page]) -> bool:
    """Whether half of the pages that show something or more have no words, or signs that stand for none."""
    shown = [page for page in pages if page.shows]
    return 2 * sum(not has_words(page.pieces) for page in shown) >= len(shown)
