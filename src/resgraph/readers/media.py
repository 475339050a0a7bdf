"""What a file is, by what it holds: its first bytes, and the names that an archive lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SAVE_AS_TEXT = "save it as plain text and give that file"
_SAVE_AS_DOCX = "save it as a Word document (.docx) and give that file"


@dataclass(frozen=True, slots=True)
class Media:
    """A file format; `label` and `todo` are the words of a message about it."""

    media_type: str
    label: str
    todo: str = _SAVE_AS_TEXT


TEXT = Media("text/plain", "plain text")
PDF = Media("application/pdf", "a PDF document")
DOCX = Media("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a Word document")
DOC = Media("application/msword", "an old Word document", _SAVE_AS_DOCX)
HTML = Media("text/html", "an HTML page")
AKN = Media("application/akn+xml", "an Akoma Ntoso document")
ZIP = Media("application/zip", "a zip archive", "unpack it and give the files inside")
XML = Media("application/xml", "an XML document that is neither Akoma Ntoso nor HTML")

BY_NAME = {"text": TEXT, "pdf": PDF, "docx": DOCX, "doc": DOC, "html": HTML, "akn": AKN, "zip": ZIP}
"""The formats that are read, by the names that a user gives them."""

_SHEET = Media("application/vnd.ms-excel", "a spreadsheet", "give the text of a resolution")
_SLIDES = Media("application/vnd.ms-powerpoint", "a slide show", "give the text of a resolution")
_OPEN_DOCUMENT = Media("application/vnd.oasis.opendocument.text", "an OpenDocument file", _SAVE_AS_DOCX)
_ENCRYPTED = Media(
    "application/encrypted",
    "an encrypted document",
    "open it with its password, save it without one, and give that file",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_SIGNATURES = (
    (b"\xffWPC", Media("application/vnd.wordperfect", "a WordPerfect document", _SAVE_AS_DOCX)),
    (b"{\\rtf", Media("application/rtf", "a Rich Text document", _SAVE_AS_DOCX)),
    (b"\x1f\x8b", Media("application/gzip", "a gzip archive", "unpack it and give the file inside")),
    (b"BZh", Media("application/x-bzip2", "a bzip2 archive", "unpack it and give the file inside")),
    (b"\xfd7zXZ\x00", Media("application/x-xz", "an xz archive", "unpack it and give the file inside")),
    (
        b"7z\xbc\xaf\x27\x1c",
        Media("application/x-7z-compressed", "a 7-Zip archive", "unpack it and give the files inside"),
    ),
    (b"Rar!\x1a\x07", Media("application/vnd.rar", "a RAR archive", "unpack it and give the files inside")),
    (b"\x89PNG", Media("image/png", "a picture", "give the text of the document")),
    (b"\xff\xd8\xff", Media("image/jpeg", "a picture", "give the text of the document")),
    (b"GIF8", Media("image/gif", "a picture", "give the text of the document")),
    (b"II*\x00", Media("image/tiff", "a picture", "give the text of the document")),
    (b"MM\x00*", Media("image/tiff", "a picture", "give the text of the document")),
    (b"\x7fELF", Media("application/x-executable", "a program", "give the text of a resolution")),
    (b"SQLite format 3\x00", Media("application/vnd.sqlite3", "a database", "give the text of a resolution")),
)

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD = 16_384
_PDF_HEAD = 1_024
"""A PDF may have that much of anything before it, as its own standard allows readers to accept."""

_SKIPPED = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!doctype\b[^<>\[]*(?:\[[^\]]*\]\s*)?>", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([a-z][\w.-]*)[\s/>]")
_HTML_TAGS = frozenset(
    b"html head body title meta link base style script div p table center font h1 h2 h3 h4 h5 h6 a b i em strong span"
    b" pre hr br ul ol li dl blockquote article main section header nav form img".split()
)


def media_type(data: bytes) -> Media:
    """The format that a file's bytes show; plain text where they show none."""
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(_ZIP):
        return _zipped(data)
    for signature, media in _SIGNATURES:
        if data.startswith(signature):
            return media
    if data.startswith(b"%PDF-"):
        return PDF
    markup = _markup(data)
    if markup is TEXT and b"%PDF-" in data[:_PDF_HEAD]:
        return PDF
    return markup


def _compound(data: bytes) -> Media:
    """An OLE file, by the names of its streams."""
    for name, media in (
        ("EncryptedPackage", _ENCRYPTED),
        ("WordDocument", DOC),
        ("Workbook", _SHEET),
        ("PowerPoint Document", _SLIDES),
    ):
        if name.encode("utf-16-le") in data:
            return media
    return DOC


def _zipped(data: bytes) -> Media:
    """An archive, by the names in its directory, or by the first ones where the directory is cut off."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    names = data[:_HEAD]
    if end >= 0:
        size, start = (int.from_bytes(data[end + at : end + at + 4], "little") for at in (12, 16))
        names = data[start : start + size] if start + size <= end else data[max(0, end - size) : end]
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        return _OPEN_DOCUMENT
    if b"[Content_Types].xml" in names:
        return _SLIDES if b"ppt/presentation.xml" in names else _SHEET if b"xl/workbook." in names else DOCX
    return ZIP


def _markup(data: bytes) -> Media:
    head = data[:_HEAD]
    for bom in _BOMS:
        head = head.removeprefix(bom)
    head = head.replace(b"\x00", b"").lower()
    at = 0
    while match := _SKIPPED.match(head, at):
        at = match.end()
    root = _ROOT.match(head, at)
    name = root[1] if root else b""
    if name == b"akomantoso":
        return AKN
    if name in _HTML_TAGS or re.search(rb"<!doctype html", head[:at]):
        return HTML
    return XML if head.lstrip().startswith(b"<?xml") else TEXT
