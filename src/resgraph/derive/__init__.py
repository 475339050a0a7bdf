"""The derived graph: what follows from what the documents say, each statement with its rule and its evidence.

Nothing in it is stated by a document, and no derivation rests on another derivation's statements. Series, answers,
restatements, revisions and mandates compare words, in Python; what a query can say stands in `queries/derive/`.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Store

from resgraph.derive.constructs import constructed
from resgraph.derive.corpus import corpus_of
from resgraph.derive.derivation import Derivation
from resgraph.derive.facts import Facts
from resgraph.derive.unchanged import digest, parted, versioned
from resgraph.errors import UsageError
from resgraph.export import Options, export_to_file
from resgraph.sparql import iris_of
from resgraph.store import open_store, replace_graph
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad

    from resgraph.iris import Iris

NAMED_GRAPHS = (".nq", ".trig")

__all__ = ["Derivation", "Derived", "Facts", "derive", "rederive", "with_derived", "without_collection"]


def derive(store: Store, iris: Iris, facts: Facts | None = None) -> list[Quad]:
    """The quads of the derived graph of a store; what the store has derived already is not looked at.

    `facts` are what was noted of the quads when the store was filled; without them the store is read.
    """
    with without_collection():
        derivation = Derivation(corpus_of(facts or Facts.of(store, iris)), iris)
        return list(chain.from_iterable((*derivation.compared(), *derivation.concluded(store))))


def with_derived(quads: Iterable[Quad], iris: Iris) -> tuple[Quad, ...]:
    """The quads and all that follows from them."""
    facts = Facts()
    said = tuple(facts.noting(quads))
    store = Store()
    store.bulk_extend(said)
    return (*said, *derive(store, iris, facts))


@contextmanager
def without_collection() -> Iterator[None]:
    """Python's search for cyclic garbage, of which there is none here, doubles the time of building many objects."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Derived:
    """How many statements a graph derives, and whether it had to be changed for that."""

    statements: int
    changed: bool


def rederive(path: Path) -> Derived:
    """Replaces the derived graph of a store folder, or of a file with named graphs, unless it is what follows already.

    Raises UsageError for a file whose format has no named graphs, since stated and derived would be mixed there.
    """
    if not path.is_dir() and path.suffix not in NAMED_GRAPHS and path.exists():
        todo = f"give a store folder, or a file with the ending {', '.join(NAMED_GRAPHS)}"
        raise UsageError(str(path), "this format keeps no named graphs", todo)
    store = open_store(path)
    iris = iris_of(store)
    with without_collection():
        facts, rules = Facts.of(store, iris), list(constructed(store))
        quads, version = parted(store, iris)
        if changed := version != digest(facts, rules, quads):
            quads = derive(store, iris, facts)
            _replace(path, store, iris, versioned(quads, digest(facts, rules, quads), iris))
    return Derived(sum(quad.object == RG.Derivation for quad in quads), changed)


def _replace(path: Path, store: Store, iris: Iris, quads: list[Quad]) -> None:
    if path.is_dir():
        replace_graph(path, iris.derived_graph, quads)
    else:
        stated = (quad for quad in store if quad.graph_name != iris.derived_graph)
        export_to_file(chain(stated, quads), path, path.suffix[1:], Options(iris))
