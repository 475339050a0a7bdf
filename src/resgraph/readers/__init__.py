"""Files in, sources out: one reader a file format, chosen by what a file holds and never by how its name ends."""

from __future__ import annotations

import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from resgraph.errors import InputError
from resgraph.model import Source
from resgraph.readers.media import media_type
from resgraph.readers.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BYTES = 20 * 1024 * 1024

READERS = {"text/plain": decode}
"""By media type: bytes and the path for messages → the text as the graph stores it."""


def read_source(path: Path) -> Source:
    """The file at `path` as a `Source`.

    Raises InputError, naming the path, for a file that is missing, unreadable, too large, empty or of a foreign format.
    """
    data = _read_bytes(path)
    found = media_type(data)
    if found.media_type not in READERS:
        raise InputError(str(path), f"is {found.label}, which resgraph does not read", found.todo)
    text = READERS[found.media_type](data, str(path))
    return Source(path.name, sha256(data).hexdigest(), found.media_type, text, str(path))


def find_sources(paths: Iterable[Path]) -> Iterator[Path]:
    """The files among `paths` as given, and every file under the folders among them, sorted; hidden ones are skipped.

    A path that names nothing, and a folder without files, are passed on for `read_source` to report. No file comes
    twice.
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


def _read_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(str(path), "is a folder without files that can be read", "check its permissions")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(str(path), "is no ordinary file", "give a file or a folder of files")
        if status.st_size > MAX_BYTES:
            raise InputError(str(path), *_too_large(status.st_size))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(str(path), "does not exist", "check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(str(path), f"cannot be read ({reason})", "check the path and its permissions") from error
    if len(data) > MAX_BYTES:
        raise InputError(str(path), *_too_large(len(data)))
    return data


def _too_large(size: int) -> tuple[str, str]:
    return (
        f"holds {size:,} bytes, more than the {MAX_BYTES:,} that one document may hold",
        "split it into its documents",
    )
