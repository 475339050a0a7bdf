"""Zip archives: what they say of their sizes is checked before anything is unpacked, and never believed after."""

from __future__ import annotations

import io
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from resgraph.errors import InputError

if TYPE_CHECKING:
    from zipfile import ZipInfo

    from resgraph.model import Source

LABEL = "a zip archive"
MB = 1024 * 1024
MAX_MEMBERS = 2_000
MAX_MEMBER = 50 * MB
MAX_TOTAL = 100 * MB
MAX_RATIO = 100
MAX_ARCHIVE_TOTAL = 1024 * MB
MAX_DIRECTORY = 4 * MB
_SMALL = MB
"""Up to this size a member may shrink as far as it likes: lines of one letter do."""

_END = b"PK\x05\x06"
_ENCRYPTED = 0x1


def members(data: bytes, source: Source) -> tuple[str, ...]:
    """The documents in an archive, by name; folders and hidden files are left out."""
    archive = open_archive(data, source.path, LABEL, MAX_ARCHIVE_TOTAL)
    return tuple(info.filename for info in _documents(archive))


def member(data: bytes, source: Source, index: int) -> bytes:
    """The bytes of one of them."""
    archive = _again(data)
    return _read(archive, _documents(archive)[index], source.path, LABEL)


@lru_cache(maxsize=1)
def _again(data: bytes) -> ZipFile:
    """The archive whose members are asked for one after another."""
    return open_archive(data, "archive", LABEL, MAX_ARCHIVE_TOTAL)


def _documents(archive: ZipFile) -> list[ZipInfo]:
    return [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info.filename)]


def _is_hidden(name: str) -> bool:
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/"))


def open_archive(data: bytes, where: str, label: str, total: int = MAX_TOTAL) -> ZipFile:
    """The archive, once its directory is found sound and within the caps."""
    noun = label.split(" ", 1)[1]
    end = data.rfind(_END, max(0, len(data) - 65_557))
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > MAX_DIRECTORY:
        raise _over(where, noun, f"lists more than the {MAX_MEMBERS:,} members")
    try:
        archive = ZipFile(io.BytesIO(data))
    except (BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, IndexError, OSError) as error:
        raise InputError(where, f"is a damaged {noun} ({_words(error)})", "get a whole copy of it") from error
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise _over(where, noun, f"holds {len(infos):,} members, more than the {MAX_MEMBERS:,}")
    if sum(info.file_size for info in infos) > total:
        raise _over(where, noun, f"unpacks to more than the {total // MB:,} MB")
    return archive


def read_member(archive: ZipFile, name: str, where: str, label: str) -> bytes | None:
    """The bytes of a member; None where there is none of that name."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    return _read(archive, info, where, label)


def _read(archive: ZipFile, info: ZipInfo, where: str, label: str) -> bytes:
    noun = label.split(" ", 1)[1]
    if info.flag_bits & _ENCRYPTED:
        raise InputError(where, f"is an encrypted {noun}", "remove its password and give it again")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise InputError(where, f"is a {noun} packed in an unusual way", "save or pack it again")
    if info.file_size > MAX_MEMBER:
        raise _over(where, noun, f"has a member of more than the {MAX_MEMBER // MB} MB")
    if info.file_size > max(_SMALL, MAX_RATIO * info.compress_size):
        raise _over(where, noun, f"unpacks to more than the {MAX_RATIO} times its size")
    try:
        with archive.open(info) as file:
            data = file.read(MAX_MEMBER + 1)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, ValueError, OSError) as error:
        raise InputError(where, f"is a damaged {noun} ({_words(error)})", "get a whole copy of it") from error
    if len(data) != info.file_size:
        raise InputError(where, f"is a damaged {noun} (a member is cut short)", "get a whole copy of it")
    return data


def _over(where: str, noun: str, what: str) -> InputError:
    return InputError(where, f"{what} that one {noun} may have", "check whether the file is sound")


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:120].lower() or type(error).__name__
