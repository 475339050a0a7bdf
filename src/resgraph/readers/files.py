"""The files that a user means, and their bytes."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from resgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

MAX_BYTES = 20 * 1024 * 1024
"""The most that one document may hold."""

MAX_ARCHIVE = 200 * 1024 * 1024
"""The most that an archive of documents may hold."""

STDIN = Path("-")
_ZIP = b"PK"


def find_sources(paths: Iterable[Path]) -> Iterator[Path]:
    """The files among `paths` as given, and every file under the folders among them, sorted; hidden ones are skipped.

    A path that names nothing, and a folder without files, are passed on for the reader to report. No file comes twice,
    and no folder is entered through a link.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _files_under(path):
            resolved = os.path.realpath(file)
            if resolved not in seen:
                seen.add(resolved)
                yield file


def _files_under(path: Path) -> Iterator[Path]:
    """`path` itself, unless it is a folder that holds files."""
    if path == STDIN:
        yield path
        return
    unlisted: list[Path] = []
    found = 0
    for parent, folders, files in os.walk(path, onerror=lambda error: unlisted.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            found += 1
            yield Path(parent, name)
    if not found:
        yield path
    yield from (folder for folder in unlisted if folder != path)


def read_bytes(path: Path) -> bytes:
    """The bytes of an ordinary file, or of standard input for `-`. Raises InputError for anything else."""
    try:
        if path == STDIN:
            return bounded(sys.stdin.buffer, str(path))
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(str(path), "is a folder without files that can be read", "check its permissions")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(str(path), "is no ordinary file", "give a file or a folder of files")
        if status.st_size > MAX_ARCHIVE:
            raise InputError(str(path), *_too_large(status.st_size, MAX_BYTES))
        with path.open("rb") as file:
            return bounded(file, str(path), status.st_size)
    except FileNotFoundError as error:
        raise InputError(str(path), "does not exist", "check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(str(path), f"cannot be read ({reason})", "check the path and its permissions") from error


def bounded(file: BinaryIO, where: str, size: int = 0) -> bytes:
    """What a file holds up to the cap of its kind, however much it grows meanwhile. Raises InputError beyond it."""
    head = file.read(len(_ZIP))
    most = MAX_ARCHIVE if head == _ZIP else MAX_BYTES
    data = head + file.read(most + 1 - len(head)) if size <= most else head
    if max(size, len(data)) > most:
        raise InputError(where, *_too_large(max(size, len(data)), most))
    return data


def too_large(data: bytes, where: str) -> InputError | None:
    """The refusal of a document beyond the cap, which archives may exceed."""
    return InputError(where, *_too_large(len(data), MAX_BYTES)) if len(data) > MAX_BYTES else None


def _too_large(size: int, most: int) -> tuple[str, str]:
    what = "one document" if most == MAX_BYTES else "one archive"
    return f"holds {size:,} bytes, more than the {most:,} that {what} may hold", "split it into its documents"
