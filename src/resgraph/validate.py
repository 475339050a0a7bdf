"""Graphs held against the shapes of `ontology/shapes.ttl`.

A store is asked by the engine of `shacl/`, which has the shapes in SPARQL; a shape that it cannot say goes to pySHACL.
So does a whole graph of rdflib, since a store would rewrite some of its literals.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from resgraph.data import data_folder
from resgraph.shacl.engine import compiled, findings
from resgraph.shacl.places import Places
from resgraph.shacl.shape import Shapes, read_shapes
from resgraph.shacl_report import Report, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    import rdflib

    from resgraph.shacl.finding import Finding
    from resgraph.shacl.sample import Sample
    from resgraph.shacl.shape import Node

    Progress = Callable[[int, int], None]

__all__ = ["Report", "Result", "shapes", "validate"]


def validate(graph: Store | rdflib.Graph, progress: Progress | None = None, sample: Sample | None = None) -> Report:
    """Holds the union of all graphs against the shapes; `progress` is told how many questions of how many are done.

    A `sample` that noted all that a store was filled with spares the store most questions.
    """
    if isinstance(graph, Store):
        return _report(graph, store_findings(graph, read_here(), progress, sample))
    from resgraph.bridge import to_store
    from resgraph.shacl.reference import pyshacl_findings

    return _report(to_store(graph), pyshacl_findings(graph, shapes()))


def store_findings(
    store: Store, read: Shapes, progress: Progress | None = None, sample: Sample | None = None
) -> Iterable[Finding]:
    """What the engine finds in a store, and pySHACL for the shapes that the engine cannot take."""
    asked, outside = compiled(store, read)
    if sample:
        asked = sample.open_questions(store, asked)
    yield from findings(store, asked, progress)
    if outside:
        yield from _outside(store, outside)


def _outside(store: Store, nodes: Collection[Node]) -> Iterable[Finding]:
    from resgraph.bridge import to_rdflib
    from resgraph.shacl.reference import pyshacl_findings

    return pyshacl_findings(to_rdflib(store), shapes(), nodes)


@cache
def shapes() -> rdflib.Graph:
    """The shapes graph."""
    import rdflib

    return rdflib.Graph().parse(data_folder("ontology") / "shapes.ttl")


@cache
def read_here() -> Shapes:
    """The shapes for the engine."""
    store = Store()
    store.load(path=data_folder("ontology") / "shapes.ttl", format=RdfFormat.TURTLE)
    return read_shapes(store)


def _report(store: Store, found: Iterable[Finding]) -> Report:
    places = Places(store)
    return Report.of({places.result(finding) for finding in found})
