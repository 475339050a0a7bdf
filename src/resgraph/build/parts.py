"""What one document gives, as bytes that a process hands over and a disk keeps: a part of the graph and of the report.

A part knows nothing of other documents: which of its resolutions count is decided where all parts meet.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyoxigraph import RdfFormat, serialize

from resgraph.rdf import resolution_graphs, source_graph
from resgraph.report import Findings, Tally, findings_of, problems_of, unread_of
from resgraph.versions import marks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from resgraph.iris import Iris
    from resgraph.pipeline import Document
    from resgraph.versions import Marks

_SIZE = 8
_LEVEL = 1
"""Of compression: the fastest takes a tenth of N-Quads, and the best half of that in eight times the time."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One resolution of a document: its findings; how many bytes are said in its own graph and of what is shared."""

    symbol: str
    findings: Findings
    own: int
    shared: int


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a part without opening it; `source` is the number of bytes that are said of the source."""

    problems: tuple[str, ...]
    unread: tuple[str, ...]
    source: int
    pieces: tuple[Piece, ...]

    @property
    def symbols(self) -> tuple[str, ...]:
        return tuple(piece.symbol for piece in self.pieces)

    @classmethod
    def read(cls, text: str) -> About:
        """Raises ValueError where the text is not that of a part."""
        try:
            told = json.loads(text)
            return cls(
                _lines(told["problems"]),
                _lines(told["unread"]),
                int(told["source"]),
                tuple(map(_piece, told["pieces"])),
            )
        except (TypeError, KeyError, RecursionError) as error:
            raise ValueError(f"{type(error).__name__}: {error}") from error


def _piece(told: dict[str, Any]) -> Piece:
    found = told["findings"]
    tally = Tally(**{name: int(count) for name, count in found["tally"].items()})
    lines = (_lines(found[name]) for name in ("problems", "unknown_verbs", "without_addressee"))
    return Piece(str(told["symbol"]), Findings(tally, *lines), int(told["own"]), int(told["shared"]))


def _lines(told: list[object]) -> tuple[str, ...]:
    return tuple(map(str, told))


@dataclass(frozen=True)
class Part:
    """N-Quads of a document, compressed: its own graphs, and what it says of what documents share; `marks` as JSON."""

    text: str
    marks: bytes
    shared: bytes
    quads: bytes

    @cached_property
    def about(self) -> About:
        return About.read(self.text)

    def pack(self) -> bytes:
        pieces = (self.text.encode(), self.marks, self.shared, self.quads)
        return b"".join(len(piece).to_bytes(_SIZE, "big") + piece for piece in pieces)

    @classmethod
    def unpack(cls, data: bytes, iris: Iris) -> Part:
        """A part from a process that may have been subverted: it speaks of its own graphs only, whatever it says there.

        Raises ValueError where the bytes are none.
        """
        pieces, place = [], 0
        while place < len(data):
            size = int.from_bytes(data[place : place + _SIZE], "big")
            pieces.append(data[place + _SIZE : place + _SIZE + size])
            place += _SIZE + size
        text, marks, shared, quads = pieces
        part = cls(text.decode(), marks, shared, quads)
        part._check(iris)
        return part

    def _check(self, iris: Iris) -> None:
        about = self.about
        opened = Opened.of(about, self.quads, self.shared)
        graphs = [iris.document(symbol) for symbol in about.symbols]
        said = [*zip(opened.own, graphs, strict=True), *((lines, iris.authority_graph) for lines in opened.shared)]
        for lines, graph in said:
            if lines.count(f" {graph} .\n".encode()) != lines.count(b"\n") or lines[-1:] not in (b"", b"\n"):
                raise ValueError(f"it speaks of more than {graph.value}")
        if len(marks_in(self.marks)) != len(about.pieces):
            raise ValueError("it lacks marks")


@dataclass(frozen=True, slots=True)
class Opened:
    """The N-Quads of a part: of the source, and of each resolution."""

    source: bytes
    own: tuple[bytes, ...]
    shared: tuple[bytes, ...]

    @classmethod
    def of(cls, about: About, quads: bytes, shared: bytes) -> Opened:
        """`quads` and `shared` as a part has them. Raises ValueError where they are damaged."""
        sizes = (about.source, *(piece.own for piece in about.pieces))
        try:
            source, *own = _cut(zlib.decompress(quads), sizes)
            others = tuple(_cut(zlib.decompress(shared), [piece.shared for piece in about.pieces]))
        except zlib.error as error:
            raise ValueError(str(error)) from error
        return cls(source, tuple(own), others)


def _cut(data: bytes, sizes: Iterable[int]) -> Iterator[bytes]:
    place = 0
    for size in sizes:
        yield data[place : place + size]
        place += size
    if place != len(data):
        raise ValueError(f"{len(data):,} bytes where {place:,} are announced")


def marks_in(packed: bytes) -> list[Marks]:
    """The marks of each resolution of a part."""
    told = json.loads(zlib.decompress(packed))
    return [{(place, aspect): word for place, aspect, word in marks} for marks in told]


def part_of(document: Document, iris: Iris) -> Part:
    """All that one document says."""
    source = source_graph(document.source, iris, document.problems).nquads()
    own: list[bytes] = []
    shared: list[bytes] = []
    pieces: list[Piece] = []
    for resolution in document.resolutions:
        here, there = resolution_graphs(resolution, iris)
        own.append(here.nquads())
        shared.append(there.nquads())
        pieces.append(Piece(resolution.symbol, findings_of(resolution), len(own[-1]), len(shared[-1])))
    about = About(problems_of(document), unread_of(document), len(source), tuple(pieces))
    marks = [[(*key, word) for key, word in marks_of(resolution).items()] for resolution in document.resolutions]
    return Part(
        json.dumps(asdict(about), ensure_ascii=False),
        zlib.compress(json.dumps(marks).encode(), _LEVEL),
        zlib.compress(b"".join(shared), _LEVEL),
        zlib.compress(b"".join((source, *own)), _LEVEL),
    )


def nquads(quads: Iterable[Quad]) -> bytes:
    return serialize(quads, format=RdfFormat.N_QUADS) or b""
