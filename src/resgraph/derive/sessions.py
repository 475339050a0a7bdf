"""Sessions between two others, also those of which the graph does not speak yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph import model
from resgraph.rdf.graphs import Graph
from resgraph.rdf.shared import session_statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode, Quad

    from resgraph.derive.records import Corpus, Session
    from resgraph.iris import Iris


def between(before: Session | None, after: Session | None, corpus: Corpus, iris: Iris) -> tuple[NamedNode, ...]:
    """The regular sessions of one body between two of them."""
    if before is None or after is None or before.body != after.body or not (before.regular and after.regular):
        return ()
    body = corpus.notations.get(after.body, "")
    numbers = range(before.number + 1, after.number)
    return tuple(iris.session(model.Session(body, str(number))) for number in numbers) if body else ()


def unspoken_quads(sessions: Iterable[NamedNode], corpus: Corpus, iris: Iris) -> Iterator[Quad]:
    """Descriptions of the sessions that no resolution names."""
    for node in sorted(set(sessions) - set(corpus.sessions), key=lambda session: session.value):
        agent, _, label = node.value.removeprefix(iris.base).partition("/session/")
        session = model.Session(agent.removeprefix("agent/"), label)
        yield from Graph(iris.derived_graph, [*session_statements(session, iris)]).quads()
