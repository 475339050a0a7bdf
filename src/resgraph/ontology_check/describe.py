"""What a reader wants to know of each term: its definition, place and example, who asks for it, its counterparts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import rdflib
from rdflib import RDFS, SKOS
from rdflib.namespace import OWL

from resgraph.ontology_check.files import KINDS, alignments, core, kinds, local, names_after, terms, vocabularies
from resgraph.queries import index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

RELATIONS = {
    RDFS.subClassOf: "is a kind of",
    RDFS.subPropertyOf: "is a kind of",
    SKOS.closeMatch: "is close to",
}
_PLACES = {
    RDFS.subClassOf: "is a kind of",
    RDFS.subPropertyOf: "is a kind of",
    RDFS.domain: "from",
    RDFS.range: "to",
    OWL.inverseOf: "inverse of",
}
_KIND_NAMES = dict(zip(KINDS, ("class", "object property", "datatype property", "annotation property"), strict=True))


@dataclass(frozen=True, slots=True)
class Name:
    """A term by its name with a prefix, and the address of what says more of it."""

    short: str
    href: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """A line of alignments.ttl."""

    term: str
    relation: str
    other: Name
    vocabulary: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A stored question that uses a term."""

    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the ontology."""

    name: str
    iri: str
    kind: str
    label: str
    definition: str
    example: str
    places: tuple[tuple[str, tuple[Name, ...]], ...]
    questions: tuple[Asked, ...]
    alignments: tuple[Alignment, ...]


def described() -> tuple[Term, ...]:
    """All terms: classes first, then properties by kind, each by name."""
    graph, asked = core(), _questions()
    found = [_term(graph, term, asked) for term in terms(graph)]
    order = list(_KIND_NAMES.values())
    return tuple(sorted(found, key=lambda term: (order.index(term.kind), term.name.lower())))


@cache
def all_alignments() -> tuple[Alignment, ...]:
    """The lines of alignments.ttl that relate a term of ours to another, by term."""
    graph = alignments()
    lines = ((s, p, o) for p in RELATIONS for s, o in graph.subject_objects(p) if s in _ours())
    return tuple(
        sorted((_alignment(*line) for line in lines), key=lambda one: (one.term, one.relation, one.other.short))
    )


def _alignment(term: Node, relation: rdflib.URIRef, other: Node) -> Alignment:
    vocabulary = next(each for each in vocabularies() if each.has(other))
    return Alignment(local(term), RELATIONS[relation], _name(other), vocabulary.prefix)


def _term(graph: rdflib.Graph, term: rdflib.URIRef, asked: dict[str, tuple[Asked, ...]]) -> Term:
    def said(annotation: Node) -> str:
        return str(graph.value(term, annotation) or "")

    name = local(term)
    return Term(
        name=name,
        iri=str(term),
        kind=_KIND_NAMES[min(kinds(graph, term))],
        label=said(RDFS.label),
        definition=said(RDFS.comment),
        example=said(SKOS.example),
        places=tuple(_places(graph, term)),
        questions=asked.get(name, ()),
        alignments=tuple(each for each in all_alignments() if each.term == name),
    )


def _places(graph: rdflib.Graph, term: Node) -> Iterator[tuple[str, tuple[Name, ...]]]:
    for relation, words in _PLACES.items():
        names = {name for value in graph.objects(term, relation) for name in _members(graph, value)}
        if names:
            yield words, tuple(sorted(names, key=lambda name: name.short))
    below = {_name(each) for p in (RDFS.subClassOf, RDFS.subPropertyOf) for each in graph.subjects(p, term)}
    if below:
        yield "has the kinds", tuple(sorted(below, key=lambda name: name.short))


def _members(graph: rdflib.Graph, value: Node) -> Iterable[Name]:
    union = graph.value(value, OWL.unionOf)
    return [_name(value)] if union is None else [_name(member) for member in graph.items(union)]


def _name(term: Node) -> Name:
    if term in _ours():
        return Name(f"rg:{local(term)}", f"#{local(term)}")
    for vocabulary in vocabularies():
        if vocabulary.has(term):
            return Name(f"{vocabulary.prefix}:{str(term).removeprefix(vocabulary.namespace)}", str(term))
    prefix = "xsd" if str(term).startswith(str(rdflib.XSD)) else "rdfs"
    return Name(f"{prefix}:{local(term)}", str(term))


@cache
def _ours() -> frozenset[Node]:
    return frozenset(terms(core()))


def _questions() -> dict[str, tuple[Asked, ...]]:
    """The stored questions by the names of the terms in them."""
    found: dict[str, tuple[Asked, ...]] = {}
    for name, query in sorted(index().items()):
        for term in sorted(names_after("rg:", query.text)):
            found[term] = (*found.get(term, ()), Asked(name, query.summary))
    return found
