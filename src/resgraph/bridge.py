"""From pyoxigraph's terms to rdflib's, for those who work with rdflib, and for pySHACL.

The conversion is our own: oxrdflib types plain strings, which rdflib then takes for other literals than untyped ones.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

from resgraph.authority import authority_about
from resgraph.iris import Iris
from resgraph.rdf import graph_quads, settle
from resgraph.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import DefaultGraph, Quad

    from resgraph.model import Resolution


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Graph:
    """The union of all graphs as one rdflib graph."""
    graph = _with_prefixes(rdflib.Graph(bind_namespaces="none"))
    for quad in quads:
        graph.add((to_term(quad.subject), to_term(quad.predicate), to_term(quad.object)))
    return graph


def to_dataset(quads: Iterable[Quad]) -> rdflib.Dataset:
    """An rdflib dataset with the same named graphs, which answers queries over their union."""
    dataset = rdflib.Dataset(default_union=True)
    _with_prefixes(dataset)
    for quad in quads:
        triple = to_term(quad.subject), to_term(quad.predicate), to_term(quad.object)
        named = isinstance(quad.graph_name, NamedNode | BlankNode)
        graph = dataset.graph(to_term(quad.graph_name)) if named else dataset.default_graph
        graph.add(triple)
    return dataset


def resolutions_to_rdflib(resolutions: Iterable[Resolution], iris: Iris | None = None) -> rdflib.Graph:
    """What the resolutions say, with their sources and what the lexicon says of whom and what they mention."""
    iris = iris or Iris()
    quads = list(graph_quads(resolutions, iris))
    mentioned = dict.fromkeys(quad.object for quad in quads)
    return to_rdflib(settle([*quads, *authority_about(mentioned, iris)], iris))


def to_term(term: NamedNode | BlankNode | Literal | Triple | DefaultGraph) -> rdflib.term.Identifier:
    """The same term in rdflib; a plain string carries no datatype there."""
    match term:
        case NamedNode():
            return _reference(term.value)
        case Literal(language=str()):
            return rdflib.Literal(term.value, lang=term.language)
        case Literal() if term.datatype == XSD.string:
            return rdflib.Literal(term.value)
        case Literal():
            return rdflib.Literal(term.value, datatype=_reference(term.datatype.value))
        case BlankNode():
            return rdflib.BNode(term.value)
    raise TypeError(f"rdflib has no {type(term).__name__}")


def from_term(term: rdflib.term.Node) -> NamedNode | BlankNode | Literal | Triple:
    """The same term in pyoxigraph, with the lexical form that it has."""
    quad: Quad = next(parse(f"<urn:a> <urn:b> {term.n3()} .", RdfFormat.N_TRIPLES))
    return quad.object


def to_store(graph: rdflib.Graph) -> Store:
    """The same graph in a store, which writes some literals in another form."""
    store = Store()
    store.load(graph.serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES)
    return store


@lru_cache(maxsize=65536)
def _reference(iri: str) -> rdflib.URIRef:
    return rdflib.URIRef(iri)


def _with_prefixes(graph: rdflib.Graph) -> rdflib.Graph:
    for prefix, namespace in Iris().prefixes.items():
        graph.bind(prefix, namespace, override=True)
    return graph
