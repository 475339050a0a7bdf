"""Lines of N-Quads as a build writes them, taken apart once for all that takes note of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from resgraph.vocab import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Said = tuple[bytes, bytes, bytes]

TYPE = str(RDF.type).encode()
NONE = frozenset[bytes]()
_INTEGER = f'"^^{XSD.integer}'.encode()
_BOOLEAN = f'"^^{XSD.boolean}'.encode()


@dataclass(slots=True)
class Batch:
    """What lines say, each part as N-Quads have it.

    `described` has the marks of each node in each graph, and where its runs of lines begin; `said` the subject, value
    and graph of each statement with a predicate that is watched; `referred` the IRIs that are values of a predicate;
    `Sorts` adds the classes of each node that has any, the others with their predicates, and the documents whose own
    graphs begin here.
    """

    lines: list[bytes]
    described: dict[tuple[bytes, bytes], tuple[list[bytes], list[int]]] = field(default_factory=dict)
    said: Mapping[bytes, list[Said]] = field(default_factory=dict)
    referred: Mapping[bytes, set[bytes]] = field(default_factory=dict)
    kinds: dict[bytes, frozenset[bytes]] = field(default_factory=dict)
    untyped: list[tuple[bytes, frozenset[bytes]]] = field(default_factory=list)
    homes: set[bytes] = field(default_factory=set)

    def edges(self) -> set[bytes]:
        """The first and the last node, of which more may stand in the batch before or after."""
        return {subject for subject, _ in list(self.described)[:: max(len(self.described) - 1, 1)]}

    def said_of(self, subject: bytes, graph: bytes) -> list[bytes]:
        """Predicate and value of all that the lines say of a node in a graph."""
        start, end = subject + b" ", b" " + graph + b" ."

        def is_said(line: bytes) -> bool:
            return line.startswith(start) and line.endswith(end)

        _, runs = self.described[subject, graph]
        found = (takewhile(is_said, islice(self.lines, run, None)) for run in runs)
        return [line[len(start) : -len(end)] for line in chain.from_iterable(found)]


def read_batch(lines: bytes, watched: Iterable[bytes]) -> Batch:
    """Raises ValueError for lines that are not as a build writes them."""
    said: dict[bytes, list[Said]] = {predicate: [] for predicate in watched}
    referred: defaultdict[bytes, set[bytes]] = defaultdict(set)
    batch = Batch(list(dict.fromkeys(lines.splitlines())), said=said, referred=referred)
    marks: list[bytes] = []
    about = named = b""
    for at, line in enumerate(batch.lines):
        subject, predicate, rest = line.split(b" ", 2)
        value, graph, _ = rest.rsplit(b" ", 2)
        if subject != about or graph != named:
            about, named = subject, graph
            marks, runs = batch.described.setdefault((subject, graph), ([], []))
            runs.append(at)
        if value[:1] == b"<" != value[1:2] and predicate != TYPE:
            marks.append(predicate)
            referred[predicate].add(value)
        else:
            marks.append(_mark(predicate, value))
        if predicate in said:
            said[predicate].append((subject, value, graph))
    return batch


def _mark(predicate: bytes, value: bytes) -> bytes:
    """What a question about kinds can tell a statement by: its class, or what sort of value it has."""
    if value[:1] != b'"':
        return b"a " + value if predicate == TYPE else predicate + value[:2]
    kind = value[value.rindex(b'"') :]
    shown = value if kind == _BOOLEAN else value[:2] if value[:2] == b'""' else b""
    return predicate + shown + kind


def iris_of(nodes: Iterable[bytes]) -> list[NamedNode]:
    """IRIs as N-Quads have them, as terms."""
    statements = b"".join(b"%b %b %b .\n" % (node, TYPE, node) for node in nodes)
    return [quad.object for quad in parse(statements, format=RdfFormat.N_TRIPLES) if isinstance(quad.object, NamedNode)]


def document_of(node: bytes) -> bytes:
    """The document that a node is, or is a part of."""
    return node.partition(b"#")[0].rstrip(b">") + b">"


def integer(value: bytes) -> int:
    """Raises ValueError for anything but an integer that is not negative, and not too large for a store."""
    number = value[1 : -len(_INTEGER)]
    if not value.endswith(_INTEGER) or not number.isdigit() or len(number) > 15:
        raise ValueError(value)
    return int(number)
