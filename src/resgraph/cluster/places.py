"""Files wherever fsspec reaches: on disks that all machines share, in S3 or Google's storage, on the web.

A place on a disk is named by its path, any other by its URL.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from resgraph.errors import InputError, OutputError, UsageError
from resgraph.output import whole_file
from resgraph.readers.files import bounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from fsspec import AbstractFileSystem

_WEB = ("http:", "https:")
_BLOCK = 1024 * 1024


def opened(url: str) -> tuple[AbstractFileSystem, str]:
    """The file system of a place, and its path there. Raises UsageError where fsspec knows no such file system."""
    try:
        return url_to_fs(url)  # type: ignore[no-any-return]
    except (ImportError, ValueError) as error:
        raise UsageError(url, f"cannot be reached ({error})", "install the fsspec driver of its file system") from error


def find(urls: Iterable[str]) -> Iterator[str]:
    """The files that are meant, in the order in which `resgraph.readers.find_sources` finds those of a disk.

    No file comes twice, hidden ones are skipped, what names nothing is passed on for the reader to report.
    """
    seen: set[str] = set()
    for url in urls:
        for file in _files_under(url):
            if file not in seen:
                seen.add(file)
                yield file


def _files_under(url: str) -> list[str]:
    if url.startswith(_WEB):
        return [url]
    fs, root = opened(url)
    try:
        found = fs.glob(root) if "*" in root else fs.find(root)
    except OSError as error:
        raise UsageError(url, f"cannot be listed ({error})", "check the address and your rights") from error
    places = [(_walked(path, root), path) for path in found if not _hidden(path, root)]
    return [_name(fs, path) for _, path in sorted(places)] or [_name(fs, root)]


def _walked(path: str, root: str) -> tuple[tuple[bool, str], ...]:
    """Sorts the files of a folder before its folders."""
    *folders, file = path.removeprefix(root).split("/")
    return (*((True, name) for name in folders), (False, file))


def _hidden(path: str, root: str) -> bool:
    return any(name.startswith(".") for name in path.removeprefix(root).split("/"))


def _name(fs: AbstractFileSystem, path: str) -> str:
    return path if type(fs) is LocalFileSystem else str(fs.unstrip_protocol(path))


def name_of(url: str) -> str:
    return PurePosixPath(url).name


def read_source(url: str) -> bytes:
    """The bytes of a source. Raises InputError where they cannot be had, OSError where a second try might have them."""
    fs, path = opened(url)
    try:
        with fs.open(path, "rb") as file:
            return bounded(file, url)
    except FileNotFoundError as error:
        raise InputError(url, "does not exist", "check the path") from error
    except (PermissionError, IsADirectoryError) as error:
        reason = error.strerror or str(error)
        raise InputError(url, f"cannot be read ({reason})", "check the path and its permissions") from error


def within(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}"


def local(url: str) -> Path | None:
    """The path of a place on a disk."""
    fs, path = opened(url)
    return Path(path) if type(fs) is LocalFileSystem else None


def read(url: str) -> bytes | None:
    """The bytes of a file of ours; None where it is not there."""
    fs, path = opened(url)
    try:
        return bytes(fs.cat_file(path))
    except FileNotFoundError:
        return None


def write(url: str, data: bytes) -> None:
    """A file that is there whole or not at all: moved to its place on a disk, put there in one go elsewhere."""
    if path := local(url):
        with _refusals(url):
            path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write(data)
        return
    fs, place = opened(url)
    with _refusals(url):
        fs.pipe_file(place, data)


def write_from(url: str, source: BinaryIO) -> None:
    """The same, of a file that need not fit into memory."""
    fs, place = opened(url)
    path = local(url)
    if path:
        with whole_file(path) as file:
            _copy(source, file)
        return
    with _refusals(url), fs.open(place, "wb") as file:
        _copy(source, file)


def _copy(source: BinaryIO, target: BinaryIO) -> None:
    while block := source.read(_BLOCK):
        target.write(block)


def names_in(folder: str) -> list[str]:
    """The names of the files directly in a folder of ours; none where it is not there."""
    fs, path = opened(folder)
    fs.invalidate_cache(path)
    try:
        return [name_of(place) for place in fs.ls(path, detail=False)]
    except FileNotFoundError:
        return []


def remove(urls: Iterable[str]) -> None:
    for url in urls:
        fs, path = opened(url)
        with _refusals(url):
            fs.rm(path, recursive=True)


@contextmanager
def _refusals(url: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(url, f"it cannot be written ({reason})", "choose another place") from error
