"""Plain text: bytes in an encoding that is certain → the text as the graph stores it.

UTF-8, and UTF-16 with or without a byte order mark; Windows-1252 where nothing speaks against it. The rest is refused:
a wrong guess would put words into the graph that no document has.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from resgraph.errors import InputError

if TYPE_CHECKING:
    from resgraph.model import Source

_SAVE_AS_UTF8 = "save it as UTF-8 text and give it again"
_SAMPLE = 65_536
_MAX_FOREIGN = 0.2
"""The share of bytes above 127 from which Windows-1252 would be a guess: Latin letters of a UN text stay under 0.1."""

_MAX_COMBINING = 30
"""The longest run of combining marks (Unicode Standard Annex 15, stream-safe text): normalising is quadratic in it."""

_LINE_ENDS = re.compile("[\r\v\f\x85\u2028\u2029]")
_SOFT_HYPHEN_AT_LINE_END = re.compile("\u00ad(?=\n)")
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH_BYTES = re.compile(rb"[\x80-\xff]")
_ABOVE_LATIN = re.compile(f"[^\x00-\u02ff]{{{_MAX_COMBINING + 1},}}")


def read_text(data: bytes, source: Source) -> Source:
    """The source with its text."""
    return replace(source, text=decode(data, source.path))


def decode(data: bytes, where: str) -> str:
    """The text of a file, normalised. Raises InputError if it is empty, binary or in no certain encoding."""
    if not data:
        raise InputError(where, "is empty", "give a file that holds the text of a resolution")
    text = normalise(_decode(data, where), where)
    if not text.strip():
        raise InputError(where, "holds no text", "give a file that holds the text of a resolution")
    return text


def normalise(text: str, where: str) -> str:
    """NFC, line feeds as the only line ends, and neither control nor invisible formatting characters.

    A soft hyphen that ends a line is kept as a hyphen, since a word is broken there.
    """
    text = _SOFT_HYPHEN_AT_LINE_END.sub("-", _LINE_ENDS.sub("\n", text.replace("\r\n", "\n")))
    text = INVISIBLE.sub("", text)
    if any(_has_long_combining_run(run.group()) for run in _ABOVE_LATIN.finditer(text)):
        raise InputError(where, "piles combining marks upon one letter without end", "give a text without them")
    return unicodedata.normalize("NFC", text)


def _has_long_combining_run(text: str) -> bool:
    length = 0
    for character in text:
        length = length + 1 if unicodedata.combining(character) else 0
        if length > _MAX_COMBINING:
            return True
    return False


def _decode(data: bytes, where: str) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise InputError(where, "is in UTF-32", _SAVE_AS_UTF8)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16", where)
    if b"\x00" in data:
        return _strictly(data, _utf16_without_mark(data, where), where)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _windows_1252(data, error, where)


def _strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(where, f"is damaged {encoding.upper()} at byte {error.start}", _SAVE_AS_UTF8) from error


def _utf16_without_mark(data: bytes, where: str) -> str:
    """The byte order that a plain pattern of zero bytes shows: in English text every second byte is one."""
    sample = data[:_SAMPLE]
    half = len(sample) / 2
    first, second = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if second > 0.8 and first < 0.01:
        return "utf-16-le"
    if first > 0.8 and second < 0.01:
        return "utf-16-be"
    raise InputError(where, "is binary, not text", "give the text of a resolution")


def _windows_1252(data: bytes, error: UnicodeDecodeError, where: str) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    place = f"{where}:{line}"
    if _CONTROLS.search(data):
        raise InputError(where, "is binary, not text", "give the text of a resolution") from error
    if _is_damaged_utf8(data):
        raise InputError(place, f"is damaged UTF-8 (byte 0x{data[error.start]:02x})", _SAVE_AS_UTF8) from error
    if len(_HIGH_BYTES.findall(data)) > _MAX_FOREIGN * len(data):
        raise InputError(where, "is in an encoding that cannot be told for sure", _SAVE_AS_UTF8) from error
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as second:
        line = data.count(b"\n", 0, second.start) + 1
        what = f"is in no known encoding (byte 0x{data[second.start]:02x} is neither UTF-8 nor Windows-1252)"
        raise InputError(f"{where}:{line}", what, _SAVE_AS_UTF8) from second


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is whole UTF-8 sequences, or the only fault is lone surrogates."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        lenient = data.decode("utf-8", "replace")
        broken = lenient.count("\ufffd")
        whole = len(lenient) - broken - sum(map(str.isascii, lenient))
        return whole >= broken
    return True
