"""pySHACL, which takes the shapes that cannot be compiled, and that the engine is held against."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import lru_cache
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import rdflib
from pyoxigraph import NamedNode
from rdflib import SH
from rdflib.plugins.sparql import prepareQuery

from resgraph.bridge import from_term
from resgraph.errors import GraphError
from resgraph.shacl.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result as QueryResult
    from rdflib.term import Node

    from resgraph.shacl import shape


def pyshacl_findings(
    graph: rdflib.Graph, shapes: rdflib.Graph, only: Collection[shape.Node] | None = None
) -> list[Finding]:
    """What pySHACL finds; `only` are the shapes to use; with one that has no IRI all are.

    The graph is to be whole: a shape may look anywhere in it.
    """
    import pyshacl

    named = only is not None and all(isinstance(node, NamedNode) for node in only)
    try:
        with _ill_typed_literals_unlogged():
            _, report, text = pyshacl.validate(
                _Graph(graph.store, graph.identifier),
                shacl_graph=shapes,
                inference="none",
                advanced=False,
                js=False,
                do_owl_imports=False,
                use_shapes=[node.value for node in only] if only and named else None,
            )
    except TypeError as error:  # it compares what cannot be, as a date with a number
        remedy = "correct the datatypes, or validate the graph as a file or store"
        raise GraphError("graph", f"pySHACL fails on a value ({shorten(str(error), 200)})", remedy) from error
    if not isinstance(report, rdflib.Graph):
        raise GraphError("shapes.ttl", f"pySHACL cannot validate ({shorten(text, 200)})", "correct the shapes")
    return [_finding(report, entry) for entry in report.objects(None, SH.result)]


def _finding(report: rdflib.Graph, entry: Node) -> Finding:
    def said(predicate: rdflib.URIRef) -> str:
        return str(report.value(entry, predicate) or "")

    value = report.value(entry, SH.value)
    (focus,) = report.objects(entry, SH.focusNode)
    return Finding(
        focus=from_term(focus),
        shape=said(SH.sourceShape),
        component=said(SH.sourceConstraintComponent),
        path=said(SH.resultPath) or None,
        value=None if value is None else from_term(value),
        severity=said(SH.resultSeverity).rpartition("#")[2],
        message=min(map(str, report.objects(entry, SH.resultMessage)), default=""),
    )


class _Graph(rdflib.Graph):
    """A graph that parses the text of a query once; pySHACL gives the text anew for each focus node."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> QueryResult:  # noqa: ANN401 (as rdflib has it)
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


@lru_cache(maxsize=64)
def _prepared(text: str) -> Query:
    return prepareQuery(text)


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
