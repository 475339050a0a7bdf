"""A derived statement and its quads: the triple, and a node that says by which rule it follows and from what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Quad

from resgraph.literals import literal
from resgraph.vocab import PROV, RDF, RG, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from resgraph.iris import Iris
    from resgraph.rdf.terms import Statement as Triple

CHANGES = {
    "same": "the same words",
    "reworded": "reworded",
    "moved": "moved to another place",
    "hardened": "hardened",
    "softened": "softened",
}
ANSWERS = {
    "answered": "answered",
    "due-later": "due later than the documents read reach",
    "none-in-corpus": "no answer in the documents read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """`evidence` is what it rests on, `as_of` the date of the resolution that completes it, empty if unknown."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode
    rule: str
    evidence: tuple[NamedNode, ...]
    as_of: str = ""
    similarity: float | None = None
    changes: tuple[str, ...] = ()
    missing: tuple[NamedNode, ...] = ()
    figures: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        return self.subject.value, self.predicate.value, self.object.value


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """Each statement once, in a fixed order, with the evidence of all that say it; the first rule stands."""
    found: dict[tuple[str, str, str], Statement] = {}
    for statement in statements:
        first = found.get(statement.key, statement)
        found[statement.key] = replace(first, evidence=(*first.evidence, *statement.evidence))
    return [found[key] for key in sorted(found)]


def statement_quads(statement: Statement, iris: Iris) -> Iterator[Quad]:
    """The triple itself and its derivation."""
    graph = iris.derived_graph
    yield Quad(statement.subject, statement.predicate, statement.object, graph)
    yield from (Quad(*triple, graph) for triple in _derivation(statement, iris))


def _derivation(statement: Statement, iris: Iris) -> Iterator[Triple]:
    node = iris.derivation(statement.subject, statement.predicate, statement.object)
    yield node, RDF.type, RG.Derivation
    yield node, RG.subject, statement.subject
    yield node, RG.property, statement.predicate
    yield node, RG.object, statement.object
    yield node, RG.rule, literal(statement.rule)
    for evidence in sorted(set(statement.evidence), key=lambda part: part.value):
        yield node, PROV.wasDerivedFrom, evidence
    if statement.as_of:
        yield node, RG.asOf, Literal(statement.as_of, datatype=XSD.date)
    if statement.similarity is not None:
        yield node, RG.similarity, _decimal(statement.similarity)
    for change in statement.changes:
        yield node, RG.change, iris.change(change)
    for session in statement.missing:
        yield node, RG.missingSession, session
    for count, (before, after) in enumerate(statement.figures, 1):
        figure = iris.figure_change(node, count)
        yield node, RG.hasFigureChange, figure
        yield figure, RDF.type, RG.FigureChange
        yield figure, RG.figureBefore, literal(before)
        yield figure, RG.figureAfter, literal(after)


def _decimal(value: float) -> Literal:
    """Canonical: `0.87`, `1`, as Oxigraph writes it."""
    return Literal(f"{value:.3f}".rstrip("0").rstrip("."), datatype=XSD.decimal)


def concept_quads(iris: Iris) -> Iterator[Quad]:
    """The kinds of change and of answer, as concepts."""
    schemes = (("changes", "Changes of wording", iris.change, CHANGES), ("answers", "Answers", iris.answer, ANSWERS))
    for slug, title, mint, labels in schemes:
        scheme = iris.scheme(slug)
        yield Quad(scheme, RDF.type, SKOS.ConceptScheme, iris.derived_graph)
        yield Quad(scheme, SKOS.prefLabel, literal(title), iris.derived_graph)
        for key, label in labels.items():
            node = mint(key)
            yield Quad(node, RDF.type, SKOS.Concept, iris.derived_graph)
            yield Quad(node, SKOS.prefLabel, literal(label), iris.derived_graph)
            yield Quad(node, SKOS.notation, literal(key), iris.derived_graph)
            yield Quad(node, SKOS.inScheme, scheme, iris.derived_graph)
