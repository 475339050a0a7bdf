"""What a graph holds, counted in one pass."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from resgraph.vocab import RDF, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import BlankNode, Quad, Triple

    Node = NamedNode | BlankNode | Triple

_DIGITS = 12


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file that was read."""

    name: str
    sha256: str
    node: NamedNode


@dataclass(frozen=True, slots=True)
class Census:
    """`digest` is the same for the same quads in whatever order; `bodies` has the labels of those that adopted."""

    triples: int
    subjects: int
    objects: int
    properties: Mapping[NamedNode, int]
    classes: Mapping[NamedNode, int]
    files: tuple[File, ...]
    resolutions: int
    bodies: tuple[str, ...]
    first: str
    last: str
    digest: str

    @property
    def vocabularies(self) -> tuple[str, ...]:
        """The namespaces of all properties and classes."""
        return tuple(sorted({_namespace(term.value) for term in (*self.properties, *self.classes)}))


def census(quads: Iterable[Quad], left_out: NamedNode) -> Census:
    """Counts every graph but one. A triple stands in one graph only, so that the quads are the triples."""
    count = _Count()
    for quad in quads:
        if quad.graph_name != left_out:
            count.add(quad)
    return count.census()


class _Count:
    """The counts as they grow."""

    def __init__(self) -> None:
        self._triples = 0
        self._sum = 0
        self._subjects: set[object] = set()
        self._objects: set[object] = set()
        self._properties: Counter[NamedNode] = Counter()
        self._classes: Counter[NamedNode] = Counter()
        self._texts: dict[NamedNode, dict[Node, str]] = {
            predicate: {} for predicate in (RG.fileName, RG.sha256, RG.adoptedOn, SKOS.prefLabel)
        }
        self._bodies: set[NamedNode] = set()
        self._resolutions: set[Node] = set()

    def add(self, quad: Quad) -> None:
        self._triples += 1
        self._sum += int.from_bytes(sha256(str(quad).encode()).digest(), "big")
        self._subjects.add(quad.subject)
        self._objects.add(quad.object)
        self._properties[quad.predicate] += 1
        if quad.predicate == RDF.type and isinstance(quad.object, NamedNode):
            self._classes[quad.object] += 1
        elif quad.predicate == RG.adoptedBy and isinstance(quad.object, NamedNode):
            self._bodies.add(quad.object)
            self._resolutions.add(quad.subject)
        elif quad.predicate in self._texts and isinstance(quad.object, Literal):
            self._texts[quad.predicate][quad.subject] = quad.object.value

    def census(self) -> Census:
        dates = sorted(self._texts[RG.adoptedOn].get(node, "") for node in self._resolutions)
        dates = [date for date in dates if date]
        labels = self._texts[SKOS.prefLabel]
        return Census(
            self._triples,
            len(self._subjects),
            len(self._objects),
            self._properties,
            self._classes,
            tuple(sorted(self._files())),
            len(self._resolutions),
            tuple(sorted(labels[body] for body in self._bodies if body in labels)),
            dates[0] if dates else "",
            dates[-1] if dates else "",
            f"{self._sum % 2**256:064x}"[:_DIGITS],
        )

    def _files(self) -> Iterator[File]:
        names = self._texts[RG.fileName]
        for node, digest in self._texts[RG.sha256].items():
            if isinstance(node, NamedNode):
                yield File(names.get(node, ""), digest, node)


def _namespace(iri: str) -> str:
    hash_, stroke = iri.rfind("#"), iri.rfind("/")
    return iri[: (hash_ if hash_ >= 0 else stroke) + 1]
