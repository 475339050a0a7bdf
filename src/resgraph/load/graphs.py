"""The named graphs of a store as what is sent: sorted lines with a hash, in chunks."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, serialize

from resgraph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad, Store


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """`lines` are its statements, each with its line feed, in one order whatever the store."""

    name: str
    lines: tuple[bytes, ...]

    @property
    def sha256(self) -> str:
        digest = sha256()
        for line in self.lines:
            digest.update(line)
        return digest.hexdigest()


def named_graphs(store: Store, where: str, rdf_format: RdfFormat = RdfFormat.N_TRIPLES) -> Iterator[NamedGraph]:
    """One by one, by name, in N-Triples or N-Quads.

    Raises GraphError where a second load could not find what the first has left.
    """
    if next(store.quads_for_pattern(None, None, None, DefaultGraph()), None) is not None:
        todo = "give the store folder, or a file in N-Quads or TriG"
        raise GraphError(where, "it has statements outside every named graph", todo)
    names = [graph for graph in store.named_graphs() if isinstance(graph, NamedNode)]
    if len(names) < sum(1 for _ in store.named_graphs()):
        raise _unnamed(where)
    for graph in sorted(names, key=str):
        yield _named_graph(graph, store, where, rdf_format)


def _named_graph(graph: NamedNode, store: Store, where: str, rdf_format: RdfFormat) -> NamedGraph:
    quads = list(store.quads_for_pattern(None, None, None, graph))
    if any(map(_has_blank_node, quads)):
        raise _unnamed(where)
    statements = quads if rdf_format == RdfFormat.N_QUADS else (quad.triple for quad in quads)
    data = serialize(statements, format=rdf_format) or b""
    return NamedGraph(graph.value, tuple(sorted(line + b"\n" for line in data.split(b"\n") if line)))


def _has_blank_node(quad: Quad) -> bool:
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)


def _unnamed(where: str) -> GraphError:
    return GraphError(where, "it has blank nodes, which a second load would double", "give them IRIs")


def chunks(lines: tuple[bytes, ...], size: int) -> list[tuple[bytes, ...]]:
    """Runs of lines of `size` bytes at most; a line is never cut. There is one chunk at least."""
    runs: list[tuple[bytes, ...]] = []
    start = length = 0
    for number, line in enumerate(lines):
        if number > start and length + len(line) > size:
            runs.append(lines[start:number])
            start, length = number, 0
        length += len(line)
    return [*runs, lines[start:]]
