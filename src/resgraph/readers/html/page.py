"""A page as a tree, or an error: libxml2 empties what is too deep or too long and says so only in its log."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from lxml import etree

from resgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAVE_AS_TEXT = "save the page as plain text and give that file"
_MAX_DEPTH = 250
_MAX_WORDS = 8_000_000
"""The most characters that one stretch of text may have: the parser drops those of more than ten million."""

_HEAD = 4_096
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_NUL = re.compile(r"\x00|&#(?:0+|[xX]0+)(?![0-9a-fA-F]);?")
_ENTITIES = re.compile(r"<!ENTITY", re.IGNORECASE)
_LATIN = frozenset(("ascii", "iso8859-1", "cp1252"))
"""Pages that claim the first two are read as Windows-1252, as every browser does."""

_MAIN = ("main", "article")
_ENOUGH = 400
_MAIN_NAMES = re.compile(
    r"^(?:main|content|main-?content|page-?content|mw-content-text|bodycontent|article-?body)$", re.IGNORECASE
)


def parse_page(data: bytes, where: str) -> etree._Element:
    """The root of a page. Raises InputError where the parser lost anything; a NUL, at which it stops, is taken out."""
    text = _DECLARATION.sub("", _NUL.sub("", _decode(data, where)), count=1)
    if _ENTITIES.search(text, 0, _HEAD):
        raise InputError(where, "declares entities", "remove the declaration; nothing of it is read")
    _refuse_long(text, where)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(where, f"is no HTML page that can be parsed ({_words(error)})", _SAVE_AS_TEXT) from error
    fatal = parser.error_log.filter_from_fatals()
    if root is None or len(fatal):
        words = _words(fatal[0].message) if len(fatal) else "nothing is left of it"
        raise InputError(where, f"is an HTML page of which the parser lost a part ({words})", _SAVE_AS_TEXT)
    _refuse_deep(root, where)
    return root


def _decode(data: bytes, where: str) -> str:
    """By byte order mark, then by what the page claims, then as UTF-8, then as Windows-1252."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, name, where)
    if data[:_HEAD].count(0) > 0.3 * len(data[:_HEAD]):
        return _strictly(data, "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", where)
    claim = _XML_ENCODING.search(data[:_HEAD]) or _CHARSET.search(data[:_HEAD])
    try:
        claimed = codecs.lookup(claim[1].decode("ascii")).name if claim else ""
    except (LookupError, OSError):
        claimed = ""
    if claimed and claimed not in _LATIN and not claimed.startswith("utf"):
        return _strictly(data, claimed, where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if claimed == "utf-8":
            return data.decode("utf-8", "replace") if _mostly_utf8(data) else data.decode("cp1252", "replace")
        return _strictly(data, "cp1252", where)


def _mostly_utf8(data: bytes) -> bool:
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    return len(lenient) - sum(map(str.isascii, lenient)) > 4 * broken


def _strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise InputError(
            where, f"is no sound {encoding.upper()}", "save the page as UTF-8 and give it again"
        ) from error


def _refuse_long(text: str, where: str) -> None:
    """A stretch without a tag that is longer than the parser keeps."""
    at = 0
    while at < len(text):
        following = text.find("<", at)
        following = len(text) if following < 0 else following
        if following - at > _MAX_WORDS:
            what = f"holds more than the {_MAX_WORDS:,} characters between two tags that one page may hold"
            raise InputError(where, what, _SAVE_AS_TEXT)
        at = following + 1


def _refuse_deep(root: etree._Element, where: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, ("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise InputError(
                where, f"is nested more than the {_MAX_DEPTH} levels deep that one page may be", _SAVE_AS_TEXT
            )


def main_part(root: etree._Element) -> etree._Element:
    """What the page itself marks as its content, where that holds more than a few words; else its body."""
    for element in _candidates(root):
        if len("".join(map(str, element.itertext()))) > _ENOUGH:
            return element
    body = root.find("body")
    return root if body is None else body


def _candidates(root: etree._Element) -> Iterator[etree._Element]:
    """Elements that are their kind's only one in the page."""
    for name in _MAIN:
        found = list(root.iter(name))
        if len(found) == 1:
            yield found[0]
    for attribute in ("role", "id"):
        named = [element for element in root.iter(etree.Element) if _MAIN_NAMES.match(element.get(attribute, ""))]
        if len(named) == 1:
            yield named[0]


def title_of(root: etree._Element) -> str:
    return " ".join("".join(map(str, title.itertext())).split()) if (title := root.find(".//title")) is not None else ""


def _words(error: object) -> str:
    return " ".join(str(error).split())[:120]
