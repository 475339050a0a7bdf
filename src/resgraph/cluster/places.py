"""Files wherever fsspec reaches: on disks that all machines share, in S3 or Google's storage, on the web.

A place on a disk is named by its path, any other by its URL.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from resgraph.errors import InputError, OutputError, ResgraphError, UsageError
from resgraph.output import whole_file
from resgraph.readers.files import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from fsspec import AbstractFileSystem

Done = TypeVar("Done")

_WEB = ("http:", "https:")
_BLOCK = 1024 * 1024

_AT_ONCE = {"block_size": 0, "size": 1}
"""For the web: fsspec would ask for the size first, and take any failure of that for a file that is not there."""


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
    fs.invalidate_cache()
    try:
        found = _driven(lambda: fs.glob(root) if "*" in root else fs.find(root))
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
    options = _AT_ONCE if url.startswith(_WEB) else {}

    def whole() -> bytes:
        with fs.open(path, "rb", **options) as file:
            return bounded(io.BufferedReader(_Stream(file)), url)

    try:
        return _driven(whole)
    except FileNotFoundError as error:
        raise InputError(url, "does not exist", "check the path") from error
    except (PermissionError, IsADirectoryError) as error:
        reason = error.strerror or str(error)
        raise InputError(url, f"cannot be read ({reason})", "check the path and its permissions") from error


class _Stream(io.RawIOBase):
    """A file of fsspec's, of which one `read` may give less than there is."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


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
        return bytes(_driven(lambda: fs.cat_file(path)))
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
        _driven(lambda: fs.pipe_file(place, data))


def write_from(url: str, source: BinaryIO) -> None:
    """The same, of a file that need not fit into memory."""
    fs, place = opened(url)
    path = local(url)
    if path:
        with whole_file(path) as file:
            _copy(source, file)
        return

    def put() -> None:
        with fs.open(place, "wb") as file:
            _copy(source, file)

    with _refusals(url):
        _driven(put)


def _copy(source: BinaryIO, target: BinaryIO) -> None:
    while block := source.read(_BLOCK):
        target.write(block)


def names_in(folder: str) -> list[str]:
    """The names of the files directly in a folder of ours; none where it is not there."""
    fs, path = opened(folder)
    fs.invalidate_cache()
    try:
        return [name_of(place) for place in _driven(lambda: fs.ls(path, detail=False))]
    except FileNotFoundError:
        return []


def remove(urls: Iterable[str]) -> None:
    for url in urls:
        fs, path = opened(url)
        with _refusals(url):
            _driven(partial(fs.rm, path, recursive=True))


@contextmanager
def _refusals(url: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(url, f"it cannot be written ({reason})", "choose another place") from error


def _driven(do: Callable[[], Done]) -> Done:
    """What a driver raises of its library's own becomes an OSError, which says that a second try may help.

    It is raised where the first is forgotten: some of those cannot be sent from a worker.
    """
    try:
        return do()
    except Exception as error:
        if isinstance(error, ResgraphError) or (isinstance(error, OSError) and type(error).__module__ == "builtins"):
            raise
        told = " ".join(f"{type(error).__name__}: {error}".split())
    raise OSError(told)
