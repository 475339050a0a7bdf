"""What the ontology entails and people ask for, worked out by the rules of `queries/reason/` into a graph of its own.

The rules are applied until nothing new follows. What stands in another graph is not repeated in this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad, QueryTriples

from resgraph.derive import NAMED_GRAPHS
from resgraph.errors import UsageError
from resgraph.export import Options, export_to_file
from resgraph.reason.rules import rules
from resgraph.sparql import iris_of
from resgraph.store import change_store, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import NamedNode, Store, Triple

    from resgraph.reason.rules import Rule

__all__ = ["infer", "reason"]


def reason(path: Path) -> int:
    """Replaces the inferred graph of a store folder, or of a file with named graphs; the number of its triples.

    Raises UsageError for a file whose format has no named graphs, since stated and inferred would be mixed there.
    """
    if not path.is_dir() and path.suffix not in NAMED_GRAPHS and path.exists():
        todo = f"give a store folder, or a file with the ending {', '.join(NAMED_GRAPHS)}"
        raise UsageError(str(path), "this format keeps no named graphs", todo)
    store = open_store(path)
    iris = iris_of(store)
    if path.is_dir():
        del store
        change_store(path, lambda changed: infer(changed, iris.inferred_graph))
        store = open_store(path)
    else:
        infer(store, iris.inferred_graph)
        export_to_file(store, path, path.suffix[1:], Options(iris))
    return sum(1 for _ in store.quads_for_pattern(None, None, None, iris.inferred_graph))


def infer(store: Store, graph: NamedNode) -> None:
    """Fills one graph of a store anew with all that follows from the others."""
    store.clear_graph(graph)
    concluded: set[Triple] = set()
    while sum(_apply(rule, store, graph, concluded) for rule in rules()):
        pass


def _apply(rule: Rule, store: Store, graph: NamedNode, concluded: set[Triple]) -> int:
    """Adds what follows by one rule and neither stands in the store nor has been concluded before, and counts it."""
    answer = store.query(rule.text, use_default_graph_as_union=True)
    found = {triple for triple in answer if triple not in concluded} if isinstance(answer, QueryTriples) else set()
    concluded |= found
    new = [
        Quad(triple.subject, triple.predicate, triple.object, graph)
        for triple in found
        if next(store.quads_for_pattern(*triple), None) is None
    ]
    store.bulk_extend(new)
    return len(new)
