"""Where parts are kept from one build to the next: an SQLite file beside the graph, which may be deleted at any time.

A part is written as soon as it is made, so that a build that was broken off goes on where it stood.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from resgraph.build.parts import About, Opened, Part, marks_in
from resgraph.errors import FullError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resgraph.versions import Marks

NOWHERE = Path()
"""The place of a shelf that is gone when it is closed."""

_FORM = 1
"""Of the file: one with another number is not read but made anew."""

_TABLES = (
    "CREATE TABLE parts (key TEXT PRIMARY KEY, told TEXT, about TEXT, marks BLOB, shared BLOB, quads BLOB)",
    "CREATE TABLE refused (key TEXT PRIMARY KEY, line TEXT, what TEXT, todo TEXT)",
)
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
_FILES = ("", "-wal", "-shm", "-journal")


@contextmanager
def shelf_at(path: Path, *, fresh: bool, kept: bool) -> Iterator[Shelf]:
    """The shelf at a path; a `fresh` one is empty, and one that is not `kept` is gone once the block succeeds."""
    if fresh:
        remove(path)
    try:
        shelf = Shelf(path)
        try:
            yield shelf
        finally:
            shelf.close()
    except sqlite3.OperationalError as error:
        kind = FullError if error.sqlite_errorcode in _FULL else OutputError
        raise kind(str(path), f"it cannot be written ({error})", "make room, or choose another place") from error
    if not kept:
        remove(path)


def remove(path: Path) -> None:
    """Removes a shelf with what SQLite may have left beside it."""
    if path != NOWHERE:
        for ending in _FILES:
            path.with_name(path.name + ending).unlink(missing_ok=True)


class Shelf:
    """Parts by their keys. Several threads may `open` them."""

    def __init__(self, path: Path) -> None:
        self._file = _opened(path)
        self._opening = Lock()

    def about(self, key: str) -> tuple[str, About] | None:
        """The digest of what metadata told of a part, and what is known of it; None where there is no such part."""
        row = self._file.execute("SELECT told, about FROM parts WHERE key = ?", (key,)).fetchone()
        with suppress(ValueError):
            return (row[0], About.read(row[1])) if row else None
        return None

    def put(self, key: str, told: str, part: Part) -> None:
        row = (key, told, part.text, part.marks, part.shared, part.quads)
        self._file.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?)", row)

    def refused(self, key: str) -> tuple[str, str, str] | None:
        """Where in a document, and why, and what to do, if it was refused by a reader that would refuse it again."""
        row = self._file.execute("SELECT line, what, todo FROM refused WHERE key = ?", (key,)).fetchone()
        return tuple(row) if row else None

    def refuse(self, key: str, line: str, what: str, todo: str) -> None:
        self._file.execute("INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?)", (key, line, what, todo))

    def marks(self, key: str) -> list[Marks]:
        return marks_in(self._file.execute("SELECT marks FROM parts WHERE key = ?", (key,)).fetchone()[0])

    def open(self, key: str) -> Opened:
        """A part's N-Quads. Raises ValueError where they are damaged."""
        with self._opening:
            row = self._file.execute("SELECT about, quads, shared FROM parts WHERE key = ?", (key,)).fetchone()
        return Opened.of(About.read(row[0]), *row[1:])

    def drop(self, key: str) -> None:
        self._file.execute("DELETE FROM parts WHERE key = ?", (key,))

    def keep(self, keys: Iterable[str]) -> None:
        """Drops all parts and refusals but these."""
        self._file.execute("BEGIN")
        self._file.execute("CREATE TEMP TABLE used (key TEXT PRIMARY KEY) WITHOUT ROWID")
        self._file.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((key,) for key in keys))
        for table in ("parts", "refused"):
            self._file.execute(f"DELETE FROM {table} WHERE key NOT IN (SELECT key FROM used)")  # noqa: S608 (our own names)
        self._file.execute("DROP TABLE used")
        self._file.execute("COMMIT")

    def close(self) -> None:
        self._file.close()


def _opened(path: Path, *, anew: bool = False) -> sqlite3.Connection:
    """The file at a path; where it is none of ours, or damaged, a new one."""
    if anew:
        remove(path)
    file = sqlite3.connect("" if path == NOWHERE else path, isolation_level=None, check_same_thread=False)
    try:
        form = file.execute("PRAGMA user_version").fetchone()[0]
        if not form and not file.execute("SELECT 1 FROM sqlite_master").fetchone():
            for line in ("PRAGMA auto_vacuum = FULL", "PRAGMA journal_mode = WAL", *_TABLES):
                file.execute(line)
            file.execute(f"PRAGMA user_version = {_FORM}")
        elif form != _FORM:
            raise sqlite3.DatabaseError("it is of another form")
        file.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.DatabaseError as error:
        file.close()
        if anew or isinstance(error, sqlite3.OperationalError):
            raise
        return _opened(path, anew=True)
    return file
