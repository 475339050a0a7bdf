"""Sources: the file that was read, its text, and what a careful reader would remark on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad

from resgraph.rdf.terms import literal
from resgraph.vocab import DCTERMS, RDF, RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from resgraph.iris import Iris
    from resgraph.model import Problem, Source
    from resgraph.rdf.terms import Statement


def source_quads(source: Source, iris: Iris, problems: Iterable[Problem] = ()) -> Iterator[Quad]:
    """A source in its own graph, with the problems of the file that are no resolution's."""
    node = iris.source(source.sha256)
    statements: list[Statement] = [
        (node, RDF.type, RG.Source),
        (node, RG.sha256, literal(source.sha256)),
        (node, RG.fileName, literal(source.name)),
        (node, DCTERMS.format, literal(source.media_type)),
        (node, RG.text, literal(source.text)),
        *problem_statements(node, problems, iris),
    ]
    return (Quad(*statement, node) for statement in statements)


def problem_statements(owner: NamedNode, problems: Iterable[Problem], iris: Iris) -> Iterator[Statement]:
    """The problems of a resolution or a source."""
    for count, problem in enumerate(problems, 1):
        node = iris.problem(owner, count)
        yield owner, RG.hasProblem, node
        yield node, RDF.type, RG.Problem
        yield node, RG.problemKind, literal(problem.kind)
        yield node, RG.message, literal(problem.message)
        if problem.span:
            yield node, RG.start, literal(problem.span.start)
            yield node, RG.end, literal(problem.span.end)
