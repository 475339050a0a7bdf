"""The classes of each document's nodes, in little memory, so that what is said of them elsewhere needs no look-up."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from zlib import compress, decompress

from resgraph.shacl.batch import document_of

if TYPE_CHECKING:
    from resgraph.shacl.batch import Batch

    Kinds = frozenset[bytes]

_RECENT = 16
_FAST = 1


class Register:
    """Takes note of batches; of a document's nodes, it keeps the ends of their IRIs, compressed."""

    def __init__(self) -> None:
        self._numbers: dict[Kinds, int] = {}
        self._documents: dict[bytes, Kinds] = {}
        self._parts: dict[bytes, bytes] = {}
        self._recent: dict[bytes, dict[bytes, Kinds]] = {}

    def note(self, batch: Batch) -> None:
        parts: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for node, kinds in batch.kinds.items():
            whole, part, end = node.partition(b"#")
            if part:
                parts[whole].append(b"%b %d" % (end, self._numbers.setdefault(kinds, len(self._numbers))))
            elif node in batch.homes:
                self._documents[node] = kinds
        for whole, ends in parts.items():
            if whole + b">" in batch.homes:
                self._parts[whole + b">"] = compress(b"\n".join(ends), _FAST)

    def kinds(self, node: bytes) -> Kinds | None:
        """The classes of a node, if they are known."""
        if node in self._documents or document_of(node) not in self._parts:
            return self._documents.get(node)
        return self._ends(document_of(node)).get(node.partition(b"#")[2])

    def _ends(self, whole: bytes) -> dict[bytes, Kinds]:
        """The classes of the parts of a document by the ends of their IRIs."""
        if whole not in self._recent:
            if len(self._recent) == _RECENT:
                self._recent.clear()
            every = list(self._numbers)
            ends = (line.split(b" ") for line in decompress(self._parts[whole]).splitlines())
            self._recent[whole] = {end: every[int(number)] for end, number in ends}
        return self._recent[whole]
