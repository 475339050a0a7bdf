"""A graph as owlready2 individuals: `objects["A/RES/57/201"].hasParagraph[0].text`; a document is read when needed."""

from __future__ import annotations

import io
from functools import cached_property
from typing import TYPE_CHECKING

import owlready2
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from resgraph.data import data_folder
from resgraph.errors import GraphError
from resgraph.export.order import union_in_order
from resgraph.iris import foreign
from resgraph.literals import literal
from resgraph.sparql import iris_of
from resgraph.vocab import RDF, RG, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

_ONTOLOGY = "https://w3id.org/resgraph/ontology"


class Objects:
    """Individuals of one graph, in a world of their own; `ontology` has the classes, as in `objects.ontology.Request`.

    What an individual refers to is there with its own statements; the parts of another document come with
    `objects[that]`. Values are lists in the order of the export, but single for functional properties.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._iris = iris_of(store)
        self._read: set[NamedNode] = set()
        self._said: set[Triple] = set()
        self.world = owlready2.World()
        text = (data_folder("ontology") / "resgraph.ttl").read_bytes()
        self.ontology = self._load(_ONTOLOGY, (quad.triple for quad in parse(text, RdfFormat.TURTLE)))

    def __getitem__(self, name: object) -> owlready2.Thing:
        """A document by its symbol; anything by its IRI; an individual that is there already, with its parts.

        Raises GraphError where the graph does not describe it.
        """
        node = self._node(name)
        self._read_whole(node)
        found = self.world[node.value]
        if found is None:
            raise GraphError(node.value, "is not described in the graph", "list what was read with .resolutions()")
        return found

    def __contains__(self, name: object) -> bool:
        return next(self._store.quads_for_pattern(self._node(name), RDF.type, None), None) is not None

    def resolutions(self) -> Iterator[owlready2.Thing]:
        """The resolutions that were read, in the order of their IRIs, each loaded when its turn comes."""
        read = (quad.subject for quad in self._store.quads_for_pattern(None, RG.adoptedBy, None))
        return (self[iri] for iri in sorted({node.value for node in read if isinstance(node, NamedNode)}))

    def _node(self, name: object) -> NamedNode:
        if isinstance(name, owlready2.Thing):
            return foreign(name.iri)
        text = str(name)
        return foreign(text) if "://" in text else self._iris.document(text)

    def _read_whole(self, node: NamedNode) -> None:
        """A node with its parts, and what these refer to with their types and plain values."""
        if node in self._read:
            return
        found: dict[Triple, None] = {}
        waiting, around = [node], dict[NamedNode, None]()
        for part in waiting:
            self._read.add(part)
            for triple in self._about(part):
                found[triple] = None
                other = triple.object
                if isinstance(other, NamedNode) and triple.predicate != RDF.type and other not in self._read:
                    inside = other.value.startswith(f"{node.value}#") and other not in waiting
                    waiting += [other] if inside else []
                    around[other] = None
        for other in around:
            found |= dict.fromkeys(triple for triple in self._about(other) if _is_plain(triple))
        self._load(f"{self._iris.base}graph/objects/{len(self._read)}", found)

    def _about(self, node: NamedNode) -> Iterator[Triple]:
        return (quad.triple for quad in self._store.quads_for_pattern(node, None, None))

    def _load(self, iri: str, triples: Iterable[Triple]) -> owlready2.Ontology:
        """Adds what has not been said before, and makes individuals forget values they have given already."""
        new = [triple for triple in triples if triple not in self._said]
        self._said.update(new)
        data = serialize(union_in_order(map(_readable, new)), format=RdfFormat.N_TRIPLES)
        loaded = self.world.get_ontology(f"{iri}#").load(fileobj=io.BytesIO(data or b""))
        for subject in {triple.subject for triple in new} if iri != _ONTOLOGY else ():
            if isinstance(subject, NamedNode):
                self._forget(self.world[subject.value])
        return loaded

    def _forget(self, individual: owlready2.Thing | None) -> None:
        for name in self._properties if individual is not None else ():
            individual.__dict__.pop(name, None)

    @cached_property
    def _properties(self) -> tuple[str, ...]:
        return tuple(found.python_name for found in self.world.properties())


def _is_plain(triple: Triple) -> bool:
    """A type or a literal: what makes an individual without drawing in others."""
    return triple.predicate == RDF.type or not isinstance(triple.object, NamedNode)


def _readable(triple: Triple) -> Quad:
    """Dates cut short as strings, since owlready2 reads no literal of their kinds."""
    value = triple.object
    if isinstance(value, Literal) and value.datatype in (XSD.gYear, XSD.gYearMonth):
        value = literal(value.value)
    return Quad(triple.subject, triple.predicate, value)
