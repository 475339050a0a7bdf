"""The graph in its place: loaded, derived from, validated, written; or left as it is where it is that already."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import Store

from resgraph.build.graph import fill
from resgraph.build.manifest import Manifest, read_manifest, write_manifest
from resgraph.build.room import check_room
from resgraph.build.rules import rules_digest
from resgraph.build.shares import digest_of
from resgraph.build.targets import STORE, write_graph
from resgraph.bulk import add_quads
from resgraph.dataset import Publication, description
from resgraph.export import Options
from resgraph.output import whole_folder
from resgraph.store import is_store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from resgraph.build.shares import Share
    from resgraph.build.shelf import Shelf
    from resgraph.iris import Iris
    from resgraph.shacl.sample import Sample
    from resgraph.shacl_report import Report

    Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made, and where."""

    out: Path
    target: str
    iris: Iris
    validate: bool
    derive: bool
    workers: int
    told: Told | None


@dataclass(frozen=True, slots=True)
class Written:
    """What became of it; `lost` are the documents whose part could not be loaded."""

    changed: bool
    lost: frozenset[str]
    validation: Report | None


def write(shares: Sequence[Share], shelf: Shelf, wish: Wish) -> Written:
    """Writes the graph of the shares where it is wanted."""
    if wish.target != STORE:
        return _write_file(shares, shelf, wish)
    about = (rules_digest(), wish.iris.base, wish.derive, Publication.of_environment(), digest_of(shares))
    graph = sha256(repr(about).encode()).hexdigest()
    known = read_manifest(wish.out)
    if known is None or known.graph != graph:
        return _write_store(shares, shelf, wish, graph)
    validation = known.validation
    if wish.validate and validation is None:
        validation = _validated(open_store(wish.out), wish)
        write_manifest(wish.out, Manifest(graph, validation))
    return Written(False, frozenset(), validation if wish.validate else None)


def _write_store(shares: Sequence[Share], shelf: Shelf, wish: Wish, graph: str) -> Written:
    check_room(wish.out, sum(share.size for share in shares))
    with whole_folder(wish.out, is_store) as folder:
        store = Store(str(folder))
        lost, validation = _filled(store, shares, shelf, wish, folder)
        store.flush()
        del store
        write_manifest(folder, Manifest("" if lost else graph, validation))
    return Written(True, _dropped(lost, shelf), validation)


def _write_file(shares: Sequence[Share], shelf: Shelf, wish: Wish) -> Written:
    store = Store()
    lost, validation = _filled(store, shares, shelf, wish)
    write_graph(store, wish.out, wish.target, Options(wish.iris))
    return Written(True, _dropped(lost, shelf), validation)


def _filled(
    store: Store, shares: Sequence[Share], shelf: Shelf, wish: Wish, folder: Path | None = None
) -> tuple[Sequence[Share], Report | None]:
    """Fills the store, and validates it while it is counted: no shape is about its description, which is added last."""
    from resgraph.shacl.sample import Sample

    sample = Sample() if wish.validate else None
    lost = fill(store, shares, shelf, wish.iris, wish.workers, derive=wish.derive, folder=folder, sample=sample)
    with ThreadPoolExecutor(1, "counter") as aside:
        described = aside.submit(_described, store, wish.iris)
        validation = _validated(store, wish, sample)
        add_quads(store, described.result(), folder)
    return lost, validation


def _described(store: Store, iris: Iris) -> list[Quad]:
    store.optimize()
    return list(description(store, iris))


def _dropped(lost: Sequence[Share], shelf: Shelf) -> frozenset[str]:
    for share in lost:
        shelf.drop(share.entry.key)
    return frozenset(share.entry.where for share in lost)


def _validated(store: Store, wish: Wish, sample: Sample | None = None) -> Report | None:
    """Holds what was built against the shapes, where that is wanted."""
    from resgraph.validate import validate

    return validate(store, wish.told, sample) if wish.validate else None
