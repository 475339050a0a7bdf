"""What the nodes of the export are, in the classes of UNDO, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.literals import literal
from resgraph.undo.terms import ALLOT, UNDO
from resgraph.vocab import DCTERMS, RDF, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from resgraph.properties import Properties
    from resgraph.rdf.terms import Statement

# The first that fits is said: special classes stand before general ones.
KINDS = (
    (RG.Resolution, UNDO.Resolution),
    (RG.Decision, UNDO.Decision),
    (RG.Treaty, UNDO.Treaty),
    (RG.Instrument, UNDO.NormativeDocument),
    (RG.Document, UNDO.Document),
    (RG.Body, ALLOT.Organization),
    (RG.Agent, UNDO.Agent),
    (RG.Session, ALLOT.Event),
    (SKOS.Concept, ALLOT.Concept),
)


def described(nodes: Iterable[object], graph: Properties) -> Iterator[Statement]:
    """The class and the name of every node that the graph describes."""
    wanted = set(nodes)
    for node in (node for node in graph.subjects(RDF.type) if node in wanted):
        classes = graph.nodes(node, RDF.type)
        kind = next((theirs for ours, theirs in KINDS if ours in classes), None)
        if kind is not None:
            yield node, RDF.type, kind
        if label := _label(node, graph):
            yield node, RDFS.label, literal(label)
        if RG.Resolution in classes and (title := graph.text(node, DCTERMS.title)):
            yield node, DCTERMS.title, literal(title)


def _label(node: NamedNode, graph: Properties) -> str:
    if holder := graph.node(node, RG.sessionOf):
        return f"{graph.text(holder, SKOS.prefLabel)}, session {graph.text(node, RG.sessionLabel)}"
    names = (graph.text(node, predicate) for predicate in (RG.symbol, SKOS.prefLabel, RDFS.label))
    return next(filter(None, names), "")
