"""What documents share, each statement once and in one graph: `resgraph.rdf.settle` for more than memory holds."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from resgraph.rdf import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

_MOST_SEEN = 50_000
_SOME = 1_000
_NAMES = frozenset(str(name).encode() for name in NAMES)
_ADD = """
INSERT INTO lines VALUES (?, ?)
ON CONFLICT (key) DO UPDATE SET line = excluded.line WHERE excluded.line < line
"""


class Shared:
    """Lines of N-Quads of the authority graph, gathered in a temporary file; for one thread after the other."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._file.execute("CREATE TABLE lines (key BLOB PRIMARY KEY, line BLOB) WITHOUT ROWID")
        self._file.execute("BEGIN")
        self._seen: set[bytes] = set()

    def add(self, lines: bytes) -> None:
        """Takes note of lines; of different names of one node, the first in the order of Unicode stays."""
        new = set(lines.splitlines()) - self._seen
        if len(self._seen) > _MOST_SEEN:
            self._seen.clear()
        self._seen |= new
        self._file.executemany(_ADD, ((_key(line), line) for line in new))

    def settled(self, own: set[bytes]) -> Iterator[bytes]:
        """The lines, some at a time, but for those about the nodes `own`, which have graphs of their own."""
        rows = self._file.execute("SELECT line FROM lines")
        while some := rows.fetchmany(_SOME):
            yield b"".join(line + b"\n" for (line,) in some if line.split(b" ", 1)[0] not in own)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def _key(line: bytes) -> bytes:
    """Subject and predicate of a name, of which there is one; another line stands for itself."""
    subject, predicate, _ = line.split(b" ", 2)
    return b"%b %b" % (subject, predicate) if predicate in _NAMES else line
