"""Resolutions as RDF: one function for each class of the model. Nothing else makes a triple of a resolution.

What a resolution says stands in the named graph of its symbol, the text of a source in the graph of that source. What
several documents share (a cited document, a session, an agent that no table knows) is described in the authority graph.
No triple may stand in two graphs: over the union of graphs, Oxigraph gives a solution for each graph that holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.iris import Iris
from resgraph.rdf.resolutions import resolution_graphs
from resgraph.rdf.sources import source_graph
from resgraph.vocab import DCTERMS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from resgraph.model import Problem, Resolution, Source

NAMES = frozenset((SKOS.prefLabel, RG.symbol, RG.itemNumber, DCTERMS.title))
"""Of each of these, a node that documents share has one."""

__all__ = ["NAMES", "graph_quads", "resolution_graphs", "resolution_quads", "settle", "source_graph", "source_quads"]


def source_quads(source: Source, iris: Iris, problems: Iterable[Problem] = ()) -> Iterator[Quad]:
    """A source, with the problems of the file that are no resolution's."""
    return source_graph(source, iris, problems).quads()


def resolution_quads(resolution: Resolution, iris: Iris) -> Iterator[Quad]:
    """All that one resolution says; its source is apart, since a source may hold several."""
    for graph in resolution_graphs(resolution, iris):
        yield from graph.quads()


def graph_quads(resolutions: Iterable[Resolution], iris: Iris | None = None) -> Iterator[Quad]:
    """All that resolutions say, with their sources; each source once."""
    iris = iris or Iris()
    sources: set[str] = set()
    for resolution in resolutions:
        if resolution.source.sha256 not in sources:
            sources.add(resolution.source.sha256)
            yield from source_quads(resolution.source, iris)
        yield from resolution_quads(resolution, iris)


def settle(quads: Iterable[Quad], iris: Iris | None = None) -> Iterator[Quad]:
    """The same triples, each in one graph: what has a graph of its own is not described in the authority graph as well.

    Quads of documents and sources pass through; those of the authority graph follow at the end, without repetition, and
    with one spelling of each name (the first in the order of Unicode) where documents differ.
    """
    authority = (iris or Iris()).authority_graph
    shared: dict[object, Quad] = {}
    own: set[object] = set()
    for quad in quads:
        if quad.graph_name != authority:
            own.add(quad.graph_name)
            yield quad
            continue
        key = (quad.subject, quad.predicate) if quad.predicate in NAMES else quad
        if key not in shared or str(quad.object) < str(shared[key].object):
            shared[key] = quad
    yield from (quad for quad in shared.values() if quad.subject not in own)
