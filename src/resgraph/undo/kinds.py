"""What the nodes of the export are, in the classes of UNDO, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.rdf.terms import literal
from resgraph.undo.terms import ALLOT, UNDO
from resgraph.vocab import DCTERMS, RDF, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from resgraph.rdf.terms import Statement
    from resgraph.undo.tables import Tables

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


def described(nodes: Iterable[object], tables: Tables) -> Iterator[Statement]:
    """The class and the name of every node that the graph describes."""
    wanted = set(nodes)
    for node in (node for node in tables.subjects(RDF.type) if node in wanted):
        classes = tables.nodes(node, RDF.type)
        kind = next((theirs for ours, theirs in KINDS if ours in classes), None)
        if kind is not None:
            yield node, RDF.type, kind
        if label := _label(node, tables):
            yield node, RDFS.label, literal(label)
        if RG.Resolution in classes and (title := tables.text(node, DCTERMS.title)):
            yield node, DCTERMS.title, literal(title)


def _label(node: NamedNode, tables: Tables) -> str:
    if holder := tables.node(node, RG.sessionOf):
        return f"{tables.text(holder, SKOS.prefLabel)}, session {tables.text(node, RG.sessionLabel)}"
    names = (tables.text(node, predicate) for predicate in (RG.symbol, SKOS.prefLabel, RDFS.label))
    return next(filter(None, names), "")
