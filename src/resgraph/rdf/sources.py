"""Sources: the file that was read, its text, and what a careful reader would remark on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.rdf.graphs import Graph
from resgraph.vocab import DCTERMS, RDF, RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from resgraph.iris import Iris
    from resgraph.model import Problem, Source
    from resgraph.rdf.graphs import Said


def source_graph(source: Source, iris: Iris, problems: Iterable[Problem] = ()) -> Graph:
    """A source in its own graph, with the problems of the file that are no resolution's."""
    node = iris.source(source.sha256)
    statements: list[Said] = [
        (node, RDF.type, RG.Source),
        (node, RG.sha256, source.sha256),
        (node, RG.fileName, source.name),
        (node, DCTERMS.format, source.media_type),
        (node, RG.text, source.text),
        *problem_statements(node, problems, iris),
    ]
    return Graph(node, statements)


def problem_statements(owner: NamedNode, problems: Iterable[Problem], iris: Iris) -> Iterator[Said]:
    """The problems of a resolution or a source."""
    for count, problem in enumerate(problems, 1):
        node = iris.problem(owner, count)
        yield owner, RG.hasProblem, node
        yield node, RDF.type, RG.Problem
        yield node, RG.problemKind, problem.kind
        yield node, RG.message, problem.message
        if problem.span:
            yield node, RG.start, problem.span.start
            yield node, RG.end, problem.span.end
