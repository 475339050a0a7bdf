"""Opening a PDF with pdfium, and saying why one cannot be opened."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from resgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAGES = 1_000

Handle = Any
"""A pointer that pdfium gives and takes."""

_TAIL = 4_096
_LINEAR_LENGTH = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s{0,4}(\d{1,10})")
_FAILURES = {
    pdfium.FPDF_ERR_PASSWORD: ("is an encrypted PDF document", "remove its password and give it again"),
    pdfium.FPDF_ERR_SECURITY: ("is an encrypted PDF document", "remove its protection and give it again"),
}
_DAMAGED = ("is a damaged PDF document", "fetch it again, or give its text")


@contextmanager
def opened(data: bytes, where: str) -> Iterator[Handle]:
    """The document as pdfium holds it. Raises InputError if it is cut off, encrypted, damaged, empty or too long."""
    if _is_cut_off(data):
        raise InputError(where, "is a PDF document whose end is missing", "fetch it again")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise InputError(where, *_FAILURES.get(error.err_code, _DAMAGED)) from error
    try:
        if len(document) > MAX_PAGES:
            what = f"has {len(document):,} pages, more than the {MAX_PAGES:,} that one document may have"
            raise InputError(where, what, "split it into its documents")
        yield document.raw
    finally:
        document.close()


@contextmanager
def loaded(document: Handle, index: int, where: str) -> Iterator[tuple[Handle, Handle]]:
    """A page of an open document, and its text. Raises InputError if pdfium cannot read it."""
    page = pdfium.FPDF_LoadPage(document, index)
    text = pdfium.FPDFText_LoadPage(page) if page else None
    try:
        if not text:
            raise InputError(f"{where}, page {index + 1}", "cannot be read", _DAMAGED[1])
        yield page, text
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        if page:
            pdfium.FPDF_ClosePage(page)


def _is_cut_off(data: bytes) -> bool:
    """Pdfium repairs a document whose end is missing, and says nothing of the pages that are lost with it.

    A document for the web begins with a table and an end of its own, and says how long the whole is.
    """
    length = _LINEAR_LENGTH.search(data[:_TAIL])
    return b"%%EOF" not in data[-_TAIL:] or (length is not None and int(length[1]) > len(data))
