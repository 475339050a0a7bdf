"""The order in which a graph is written: that of the documents, of their parts, and of the terms in the vocabulary."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from resgraph.iris import whole_and_part
from resgraph.vocab import DCTERMS, PROV, RDF, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Key = tuple[object, ...]
    Subject = NamedNode | BlankNode | Triple
    Object = NamedNode | BlankNode | Literal | Triple
    Statements = dict[Subject, set[tuple[NamedNode, Object]]]

_NUMBER = re.compile(r"([0-9]+)")
_PARTS = ("pp", "op", "h", "fn", "annex", "vote", "")
_RANKS = {
    term: rank
    for rank, term in enumerate(
        term
        for vocabulary in (RDF, RDFS, SKOS, DCTERMS, RG, PROV)
        for term in vars(vocabulary).values()
        if isinstance(term, NamedNode)
    )
}


def in_order(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Every quad once, by graph, subject, predicate and object."""
    graphs: dict[NamedNode | BlankNode | DefaultGraph, Statements] = {}
    for quad in quads:
        statements = graphs.setdefault(quad.graph_name, {})
        statements.setdefault(quad.subject, set()).add((quad.predicate, quad.object))
    for graph in sorted(graphs, key=_graph_key):
        for triple in _statements_in_order(graphs[graph]):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def union_in_order(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Every triple of any graph once, by subject, predicate and object."""
    statements: Statements = {}
    for quad in quads:
        statements.setdefault(quad.subject, set()).add((quad.predicate, quad.object))
    return _statements_in_order(statements)


def _statements_in_order(statements: Statements) -> Iterator[Triple]:
    for subject in sorted(statements, key=_node_key):
        for predicate, value in sorted(statements[subject], key=_statement_key):
            yield Triple(subject, predicate, value)


def _statement_key(statement: tuple[NamedNode, Object]) -> Key:
    """Predicates as in the vocabulary, others after them; special classes before general ones."""
    predicate, value = statement
    place = (_RANKS.get(predicate, len(_RANKS)), predicate.value)
    if isinstance(value, Literal):
        return (*place, 1, value.value, value.datatype.value, value.language or "")
    rank = -_RANKS.get(value, 0) if predicate == RDF.type and isinstance(value, NamedNode) else 0
    return (*place, 0, rank, _node_key(value))


def _graph_key(graph: NamedNode | BlankNode | DefaultGraph) -> Key:
    return () if isinstance(graph, DefaultGraph) else _node_key(graph)


def _node_key(node: NamedNode | BlankNode | Triple) -> Key:
    match node:
        case NamedNode():
            return iri_key(node.value)
        case BlankNode():
            return (1, node.value)
    return (2, str(node))


@lru_cache(maxsize=65536)
def iri_key(iri: str) -> Key:
    """A document before its parts, these as they are printed, and paragraph 10 after paragraph 9."""
    whole, part = whole_and_part(iri)
    rank = next(rank for rank, start in enumerate(_PARTS) if part.startswith(start)) if part else -1
    return (0, _natural(whole), rank, _natural(part))


def _natural(text: str) -> Key:
    return tuple(int(piece) if n % 2 else piece for n, piece in enumerate(_NUMBER.split(text)))
