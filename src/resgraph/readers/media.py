"""What a file is, by its first bytes."""

from __future__ import annotations

from dataclasses import dataclass

_SAVE_AS_TEXT = "save it as plain text and give that file"


@dataclass(frozen=True, slots=True)
class Media:
    """A file format; `label` and `todo` are the words of a message about it."""

    media_type: str
    label: str
    todo: str = _SAVE_AS_TEXT


TEXT = Media("text/plain", "plain text")

_SIGNATURES = (
    (b"%PDF-", Media("application/pdf", "a PDF document")),
    (b"PK\x03\x04", Media("application/zip", "a Word document or another zip archive")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Media("application/msword", "an old Word document")),
    (b"\xffWPC", Media("application/vnd.wordperfect", "a WordPerfect document")),
    (b"{\\rtf", Media("application/rtf", "a Rich Text document")),
    (b"\x1f\x8b", Media("application/gzip", "a gzip archive", "unpack it and give the file inside")),
    (b"\x89PNG", Media("image/png", "a picture", "give the text of the document")),
    (b"\xff\xd8\xff", Media("image/jpeg", "a picture", "give the text of the document")),
    (b"GIF8", Media("image/gif", "a picture", "give the text of the document")),
    (b"II*\x00", Media("image/tiff", "a picture", "give the text of the document")),
    (b"MM\x00*", Media("image/tiff", "a picture", "give the text of the document")),
    (b"\x7fELF", Media("application/x-executable", "a program", "give the text of a resolution")),
    (b"SQLite format 3\x00", Media("application/vnd.sqlite3", "a database", "give the text of a resolution")),
)

_MARKUP = (
    (b"<?xml", Media("application/xml", "an XML document")),
    (b"<!doctype html", Media("text/html", "an HTML page")),
    (b"<html", Media("text/html", "an HTML page")),
    (b"<akomantoso", Media("application/akn+xml", "an Akoma Ntoso document")),
)

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def media_type(data: bytes) -> Media:
    """The format that the first bytes of a file show; plain text where they show none."""
    for signature, media in _SIGNATURES:
        if data.startswith(signature):
            return media
    head = data[:512]
    for bom in _BOMS:
        head = head.removeprefix(bom)
    head = head.replace(b"\x00", b"").lstrip().lower()
    for signature, media in _MARKUP:
        if head.startswith(signature):
            return media
    return TEXT
