"""Graphs held against the shapes of `ontology/shapes.ttl`, by pySHACL.

A store is validated in batches of whole documents, each with one hop of what it refers to, so that memory does not grow
with the store. What a batch says of nodes that other documents own is left out, since their own batch judges them,
save by the shapes whose targets are the objects of a property.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Store
from rdflib import SH
from rdflib.plugins.sparql import prepareQuery

from resgraph.bridge import to_rdflib, to_term
from resgraph.data import data_folder
from resgraph.errors import GraphError
from resgraph.iris import whole_and_part
from resgraph.shacl_report import Report, Result
from resgraph.vocab import PROV, RDF, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Quad
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result as QueryResult
    from rdflib.term import Node

    Subject = NamedNode | BlankNode
    Progress = Callable[[int, int], None]

__all__ = ["Report", "Result", "shapes", "validate"]

_BATCH = 4000
_WORDS = 100
_STUB = {RDF.type, RG.sessionOf, RG.meetingOf, SKOS.inScheme, SKOS.broader}
_PARTS = [
    rdflib.URIRef(term.value)
    for term in (
        RG.hasParagraph,
        RG.hasPoint,
        RG.hasFootnote,
        RG.hasHeading,
        RG.hasAnnex,
        RG.hasAction,
        RG.hasCitation,
        RG.hasReference,
        RG.hasStatus,
        RG.hasVote,
        RG.hasProblem,
        RG.expects,
    )
]
_SYMBOL, _TEXT, _FILE_NAME, _START, _EXACT, _SOURCE = (
    rdflib.URIRef(term.value) for term in (RG.symbol, RG.text, RG.fileName, RG.start, RG.exact, PROV.wasDerivedFrom)
)


@dataclass(frozen=True, slots=True)
class _Batch:
    """All that is said of the nodes of whole documents, and stubs of the nodes that these mention."""

    graph: rdflib.Graph
    owned: frozenset[Node]
    mentioned: frozenset[Node]

    def judges(self, focus: Node, shape: Node | None) -> bool:
        """True for its own nodes, and for what it mentions where a shape asks that of all that is mentioned so."""
        if focus in self.owned or isinstance(focus, rdflib.Literal):
            return True
        return focus in self.mentioned and shape in _shapes_of_what_is_mentioned()


def validate(graph: Store | rdflib.Graph, progress: Progress | None = None) -> Report:
    """Holds the union of all graphs against the shapes; `progress` is told how many nodes of how many are done."""
    with _ill_typed_literals_unlogged():
        if isinstance(graph, Store):
            return Report.of(set(_results_of_store(graph, progress)))
        return Report.of(set(_results(_Batch(graph, frozenset(graph.all_nodes()), frozenset()))))


def _results_of_store(store: Store, progress: Progress | None) -> Iterator[Result]:
    documents = _subjects_by_document(store)
    total, done = sum(map(len, documents.values())), 0
    for subjects in _batches(documents):
        yield from _results(_batch(store, subjects))
        done += len(subjects)
        if progress:
            progress(done, total)


def _subjects_by_document(store: Store) -> dict[str, dict[Subject, int]]:
    """The subjects of each document or other whole, with the number of their triples."""
    documents: dict[str, dict[Subject, int]] = {}
    for quad in store:
        if isinstance(quad.subject, NamedNode | BlankNode):
            subjects = documents.setdefault(whole_and_part(quad.subject.value)[0], {})
            subjects[quad.subject] = subjects.get(quad.subject, 0) + 1
    return documents


def _batches(documents: dict[str, dict[Subject, int]]) -> Iterator[list[Subject]]:
    """Whole documents, as many as keep a batch small."""
    batch: list[Subject] = []
    size = 0
    for _, subjects in sorted(documents.items()):
        grown = size + sum(subjects.values())
        if batch and grown > _BATCH:
            yield batch
            batch, grown = [], grown - size
        batch = [*batch, *subjects]
        size = grown
    if batch:
        yield batch


def _batch(store: Store, subjects: Iterable[Subject]) -> _Batch:
    """What is mentioned comes with its types, its literals, and the body or scheme that it belongs to."""
    own = frozenset(subjects)
    said = [quad for subject in subjects for quad in store.quads_for_pattern(subject, None, None, None)]
    mentioned = {quad.object for quad in said if isinstance(quad.object, NamedNode | BlankNode)} - own
    graph = to_rdflib([*said, *_stubs(store, mentioned)])
    return _Batch(graph, frozenset(map(to_term, own)), frozenset(map(to_term, mentioned)))


def _stubs(store: Store, nodes: Iterable[Subject]) -> Iterator[Quad]:
    for node in nodes:
        for quad in store.quads_for_pattern(node, None, None, None):
            if isinstance(quad.object, Literal) or quad.predicate in _STUB:
                yield quad


# ---------------------------------------------------------------- pySHACL


class _Graph(rdflib.Graph):
    """A graph that parses the text of a query once; pySHACL gives the text anew for each focus node."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> QueryResult:  # noqa: ANN401 (as rdflib has it)
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


@lru_cache(maxsize=64)
def _prepared(text: str) -> Query:
    return prepareQuery(text)


@cache
def shapes() -> rdflib.Graph:
    """The shapes graph."""
    return rdflib.Graph().parse(data_folder("ontology") / "shapes.ttl")


@cache
def _shapes_of_what_is_mentioned() -> frozenset[Node]:
    targeted = set(shapes().subjects(SH.targetObjectsOf))
    return frozenset(targeted | {part for shape in targeted for part in shapes().objects(shape, SH.property)})


def _results(batch: _Batch) -> Iterator[Result]:
    import pyshacl

    _, report, text = pyshacl.validate(
        _Graph(batch.graph.store, batch.graph.identifier),
        shacl_graph=shapes(),
        inference="none",
        advanced=False,
        js=False,
        do_owl_imports=False,
    )
    if not isinstance(report, rdflib.Graph):
        raise GraphError("shapes.ttl", f"pySHACL cannot validate ({shorten(text, 200)})", "correct the shapes")
    for entry in report.objects(None, SH.result):
        focus = report.value(entry, SH.focusNode)
        if focus is not None and batch.judges(focus, report.value(entry, SH.sourceShape)):
            yield _result(report, entry, focus, batch.graph)


def _result(report: rdflib.Graph, entry: Node, focus: Node, graph: rdflib.Graph) -> Result:
    def said(predicate: rdflib.URIRef) -> str:
        return str(report.value(entry, predicate) or "")

    value = report.value(entry, SH.value)
    place = _place(graph, focus, value)
    *_, resolution = _ancestors(graph, place)
    source, start = _source(graph, resolution), _climb(graph, place, _START)
    words = _climb(graph, place, _EXACT)
    return Result(
        severity=_local(said(SH.resultSeverity)),
        focus=focus,
        message=min(map(str, report.objects(entry, SH.resultMessage)), default=""),
        shape=said(SH.sourceShape),
        component=said(SH.sourceConstraintComponent),
        path=said(SH.resultPath) or None,
        value=value,
        symbol=_text(graph, resolution, _SYMBOL),
        part=whole_and_part(place)[1] or None if isinstance(place, rdflib.URIRef) else None,
        words=shorten(words, _WORDS, placeholder=" …") if words else None,
        file=_text(graph, source, _FILE_NAME),
        line=_line(_text(graph, source, _TEXT), start),
    )


# ---------------------------------------------------------------- where a reader finds it


def _place(graph: rdflib.Graph, focus: Node, value: Node | None) -> Node:
    """The part that a reader should look at: of a node of which nothing is said, what refers to it."""
    if value is not None and (value, _START, None) in graph:
        return value
    if (focus, None, None) in graph:
        return focus
    return min(graph.subjects(None, focus), key=str, default=focus)


def _ancestors(graph: rdflib.Graph, node: Node) -> Iterator[Node]:
    """The node, what it is a part of, and so on up to the document."""
    seen: set[Node] = set()
    current: Node | None = node
    while current is not None and current not in seen:
        seen.add(current)
        yield current
        parents = (parent for predicate in _PARTS for parent in graph.subjects(predicate, current))
        current = min(parents, key=str, default=None)


def _climb(graph: rdflib.Graph, node: Node, predicate: rdflib.URIRef) -> str | None:
    """The nearest value, at the node or above it."""
    found = (_text(graph, ancestor, predicate) for ancestor in _ancestors(graph, node))
    return next((value for value in found if value is not None), None)


def _source(graph: rdflib.Graph, resolution: Node) -> Node | None:
    return min(graph.objects(resolution, _SOURCE), key=str, default=None)


def _text(graph: rdflib.Graph, node: Node | None, predicate: rdflib.URIRef) -> str | None:
    return None if node is None else min(map(str, graph.objects(node, predicate)), default=None)


def _line(text: str | None, start: str | None) -> int | None:
    if text is None or start is None or not start.isdecimal():
        return None
    return text.count("\n", 0, int(start)) + 1


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


@contextmanager
def _ill_typed_literals_unlogged() -> Iterator[None]:
    """Silence where rdflib logs a traceback for a literal that is no value of its datatype: the shapes report it."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
