"""A graph in the terms of UNDO, the United Nations System Document Ontology.

A document mentions what it names or means; an act is a relation of a proponent, a concept and one receiver, annotated
on its document; a printed verb is a term that is annotated on the English text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad

from resgraph.literals import literal
from resgraph.properties import Properties
from resgraph.rdf.agents import slug
from resgraph.sparql import iris_of
from resgraph.undo.acts import ReadAct, read_acts
from resgraph.undo.kinds import described
from resgraph.undo.terms import ALLOT, ISO_639, OA, PREFIXES, UNDO
from resgraph.vocab import DCTERMS, RDF, RDFS, RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode, Store

    from resgraph.iris import Iris
    from resgraph.rdf.terms import Statement

__all__ = ["PREFIXES", "undo_quads"]

_OF_A_PART = (RG.cites, RG.refersTo, RG.names)
_OF_AN_ACT = (RG.addressee, RG.submitTo, RG.dueSession, RG.scheduledFor, RG.madeIn)


def undo_quads(store: Store) -> Iterator[Quad]:
    """What a graph says of resolutions that were read, as one graph without a name."""
    graph, iris = Properties(store), iris_of(store)
    said = dict.fromkeys(_statements(graph, iris))
    nodes = dict.fromkeys(node for subject, _, value in said for node in (subject, value))
    yield from (Quad(*statement) for statement in said)
    yield from (Quad(*statement) for statement in described(nodes, graph))


def _statements(graph: Properties, iris: Iris) -> Iterator[Statement]:
    for resolution in graph.subjects(RG.adoptedBy):
        parts = list(_parts(resolution, graph))
        acts = read_acts(resolution, parts, graph)
        yield from _mentions(resolution, parts, acts, graph)
        yield from _version(resolution, iris)
        for act in acts:
            yield from _relations(act, resolution, iris)
            yield from _term(act, resolution, iris)


def _parts(resolution: NamedNode, graph: Properties) -> Iterator[NamedNode]:
    """Paragraphs and their points, in no order, and footnotes."""
    waiting = [*graph.nodes(resolution, RG.hasParagraph), *graph.nodes(resolution, RG.hasFootnote)]
    for part in waiting:
        yield part
        waiting += graph.nodes(part, RG.hasPoint)


def _mentions(
    resolution: NamedNode, parts: Iterable[NamedNode], acts: Iterable[ReadAct], graph: Properties
) -> Iterator[Statement]:
    holders = [(part, _OF_A_PART) for part in parts] + [(act.node, _OF_AN_ACT) for act in acts]
    for holder, properties in holders:
        for mentioned in (node for name in properties for node in graph.nodes(holder, name)):
            if mentioned != resolution:
                yield resolution, ALLOT.mentions, mentioned


def _version(resolution: NamedNode, iris: Iris) -> Iterator[Statement]:
    """Only English texts are read."""
    version = iris.english(resolution)
    yield resolution, ALLOT.hasRealization, version
    yield version, RDF.type, UNDO.DocumentVersion
    yield version, DCTERMS.language, ISO_639.en


def _relations(act: ReadAct, resolution: NamedNode, iris: Iris) -> Iterator[Statement]:
    """One relation for each receiver, since UNDO has exactly one; none for a verb that is no concept."""
    if act.verb is None or act.proponent is None:
        return
    for receiver in act.receivers:
        relation = iris.relation(act.node, receiver)
        yield relation, RDF.type, UNDO.Relation
        yield relation, UNDO.hasProponent, act.proponent
        yield relation, UNDO.hasSemantics, act.verb
        yield relation, UNDO.hasReceiver, receiver
        yield from _annotation(relation, relation, resolution, iris)


def _term(act: ReadAct, resolution: NamedNode, iris: Iris) -> Iterator[Statement]:
    words = slug(act.verb_text)
    if act.verb is None or not words:
        return
    term = iris.resource(f"term/{words}")
    yield term, RDF.type, ALLOT.Term
    yield term, RDFS.label, literal(words.replace("-", " "))
    yield term, UNDO.hasRelatedConcept, act.verb
    yield from _annotation(act.node, term, iris.english(resolution), iris)


def _annotation(place: NamedNode, body: NamedNode, target: NamedNode, iris: Iris) -> Iterator[Statement]:
    annotation = iris.annotation(place)
    yield annotation, RDF.type, UNDO.Annotation
    yield annotation, OA.hasBody, body
    yield annotation, OA.hasTarget, target
