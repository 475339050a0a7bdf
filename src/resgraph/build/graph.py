"""The shares of all documents become one graph in a store, in bulk; memory does not grow with their number.

While what the documents say is loaded, what follows from it is found beside that (`deriving`).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import chain
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from resgraph.authority import authority_quads
from resgraph.build.parts import nquads
from resgraph.build.shared import Shared
from resgraph.build.shares import documents_of
from resgraph.bulk import AT_ONCE, CHUNK, ahead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Store

    from resgraph.build.deriving import Deriving
    from resgraph.build.shares import Share
    from resgraph.build.shelf import Shelf
    from resgraph.iris import Iris
    from resgraph.shacl.sample import Sample

    Lines = tuple[Share | None, bytes]


def fill(
    store: Store,
    shares: Sequence[Share],
    shelf: Shelf,
    iris: Iris,
    workers: int,
    *,
    derive: bool = False,
    folder: Path | None = None,
    sample: Sample | None = None,
) -> list[Share]:
    """Loads the shares and what they share, and gives the shares whose part was damaged and is left out.

    What follows from them is added where that is wanted. What does not stay waits in files of `folder`; a `sample`
    notes all that is loaded.
    """
    with ExitStack() as stack:
        shared = stack.enter_context(Shared())
        deriving = stack.enter_context(_deriving(shelf, shared, iris, folder)) if derive else None
        aside = stack.enter_context(ThreadPoolExecutor(1, "deriver"))
        load = partial(_load, store, workers, sample)
        compared = aside.submit(_compare, shares, shelf, shared, iris, deriving)
        bad: list[Share] = []
        bad += filter(None, load(_own(shares, shelf, iris, bad)))
        compared.result()
        left_out = load((None, some) for some in shared.settled(documents_of(shares, iris)))
        if deriving and bad:
            deriving.compare([share for share in shares if share not in bad])
        if deriving:
            left_out += load((None, some) for some in deriving.lines(store))
        if sample:
            sample.is_all = not bad and not left_out
        return bad


@contextmanager
def _deriving(shelf: Shelf, shared: Shared, iris: Iris, folder: Path | None) -> Iterator[Deriving]:
    """It is imported where it is wanted: that takes a while."""
    from resgraph.build.deriving import Deriving

    with TemporaryFile(dir=folder) as parts, TemporaryFile(dir=folder) as found:
        yield Deriving(shelf, shared, iris, parts, found)


def _own(shares: Iterable[Share], shelf: Shelf, iris: Iris, bad: list[Share]) -> Iterator[Lines]:
    """The N-Quads of each share that go into graphs of its own."""
    for share in shares:
        try:
            yield share, share.own(shelf.open(share.entry.key), iris)
        except ValueError:
            bad.append(share)


def _compare(shares: Sequence[Share], shelf: Shelf, shared: Shared, iris: Iris, deriving: Deriving | None) -> None:
    """Gathers what documents share, and finds what follows from them."""
    shared.add(nquads(authority_quads(iris)))
    for share in shares:
        with suppress(ValueError):
            shared.add(share.shared(shelf.open(share.entry.key)))
    if deriving:
        deriving.compare(shares)


def _load(store: Store, workers: int, sample: Sample | None, lines: Iterable[Lines]) -> list[Share | None]:
    """Loads lines in chunks, and gives the shares whose lines cannot be loaded, None for lines of no share."""
    noted = _noted(lines, sample) if sample else lines
    return list(chain.from_iterable(ahead(partial(_load_chunk, store), _chunks(noted), min(workers, AT_ONCE))))


def _noted(lines: Iterable[Lines], sample: Sample) -> Iterator[Lines]:
    for share, said in lines:
        sample.note(said)
        yield share, said


def _chunks(lines: Iterable[Lines]) -> Iterator[list[Lines]]:
    chunk: list[Lines] = []
    size = 0
    for share, said in lines:
        chunk.append((share, said))
        size += len(said)
        if size > CHUNK:
            yield chunk
            chunk, size = [], 0
    yield chunk


def _load_chunk(store: Store, chunk: list[Lines]) -> list[Share | None]:
    """Loads a chunk, or what of it can be loaded."""
    if _loaded(store, b"".join(said for _, said in chunk)):
        return []
    return [share for share, said in chunk if not _loaded(store, said)]


def _loaded(store: Store, lines: bytes) -> bool:
    try:
        store.bulk_load(lines, RdfFormat.N_QUADS)
    except SyntaxError:
        return False
    return True
