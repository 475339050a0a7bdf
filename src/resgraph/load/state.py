"""What was loaded where: a journal beside the graph, written before and after each graph is sent.

Each line is `{"store": ..., "graph": ..., "sha256": ..., "statements": ...}`, and the last of a graph counts. Without a
hash it is being sent, so that nobody knows what the store has of it; with `"removed": true` it is not there any more.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from resgraph.errors import GraphError
from resgraph.output import whole_file

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    store: str
    graph: str
    sha256: str | None = None
    statements: int = 0
    removed: bool = False


class Journal:
    """The journal at a path, which need not be there yet, as far as it tells of one store."""

    def __init__(self, path: Path, store: str) -> None:
        self.path = path
        self.store = store
        self._entries = {(entry.store, entry.graph): entry for entry in _read(path)}

    def hash_of(self, graph: str) -> str | None:
        """None where the store may have anything, or nothing, in the place of this graph."""
        entry = self._entries.get((self.store, graph))
        return entry.sha256 if entry else None

    def graphs(self) -> list[str]:
        """All that this store has, or may have, of ours."""
        return sorted(graph for (store, graph), entry in self._entries.items() if store == self.store)

    def statements(self) -> dict[str, int]:
        """How many this store has of each graph that was sent whole."""
        known = (entry for entry in self._entries.values() if entry.store == self.store and entry.sha256)
        return {entry.graph: entry.statements for entry in known}

    def sending(self, graph: str) -> None:
        """On the disk when this returns: after a power cut, that line must not be missing while the graph has changed.

        The others need not be: what is lost of them is sent, or removed, once more.
        """
        self._note(Entry(self.store, graph), synced=True)

    def sent(self, graph: str, sha256: str, statements: int) -> None:
        self._note(Entry(self.store, graph, sha256, statements))

    def removed(self, graph: str) -> None:
        self._note(Entry(self.store, graph, removed=True))

    def _note(self, entry: Entry, *, synced: bool = False) -> None:
        with self.path.open("ab") as file:
            file.write(_line(entry))
            if synced:
                file.flush()
                os.fsync(file.fileno())
        self._entries[entry.store, entry.graph] = entry
        if entry.removed:
            del self._entries[entry.store, entry.graph]

    def tidy(self) -> None:
        """Writes the journal anew, with one line a graph."""
        with whole_file(self.path) as file:
            file.writelines(_line(entry) for _, entry in sorted(self._entries.items()))


def _line(entry: Entry) -> bytes:
    return json.dumps(asdict(entry), ensure_ascii=False).encode() + b"\n"


def _read(path: Path) -> list[Entry]:
    """A last line that was cut off says nothing: its graph is still marked as being sent."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise GraphError(str(path), f"it cannot be read ({error.strerror})", "check the file") from error
    entries: dict[tuple[str, str], Entry] = {}
    for number, line in enumerate(lines[:-1], 1):
        entry = _entry(path, number, line)
        entries[entry.store, entry.graph] = entry
    return [entry for entry in entries.values() if not entry.removed]


def _entry(path: Path, number: int, line: bytes) -> Entry:
    try:
        said: dict[str, Any] = json.loads(line)
        return Entry(**said)
    except (ValueError, TypeError) as error:
        raise GraphError(f"{path}, line {number}", "it is no journal of a load", "remove it, and load all") from error
