"""The shares of all documents become one graph in a store, in bulk; memory does not grow with their number.

While what the documents say is loaded, what follows from it is found beside that (`deriving`).
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from resgraph.authority import authority_quads
from resgraph.build.parts import nquads
from resgraph.build.shared import Shared
from resgraph.build.shares import documents_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from pyoxigraph import Store

    from resgraph.build.deriving import Deriving
    from resgraph.build.shares import Share
    from resgraph.build.shelf import Shelf
    from resgraph.iris import Iris
    from resgraph.shacl.sample import Sample

    Lines = tuple[Share | None, bytes]

_CHUNK = 4 * 1024 * 1024
"""Sixteen times as much needs five times the memory, and no less time."""
_AT_ONCE = 2
"""Chunks that are loaded at a time: a third adds memory, and the store takes them one after another."""


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
        loader = stack.enter_context(_Loader(store, workers, sample))
        compared = aside.submit(_compare, shares, shelf, shared, iris, deriving)
        loader.take(_own(shares, shelf, iris, loader.bad))
        compared.result()
        loader.take((None, some) for some in shared.settled(documents_of(shares, iris)))
        loader.wait()
        if deriving and loader.bad:
            deriving.compare([share for share in shares if share not in loader.bad])
        if deriving:
            loader.take((None, some) for some in deriving.lines(store))
            loader.wait()
        return loader.bad


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


class _Loader:
    """Loads lines in chunks, some at a time; `bad` are the shares whose lines cannot be loaded."""

    def __init__(self, store: Store, workers: int, sample: Sample | None) -> None:
        self.bad: list[Share] = []
        self._store = store
        self._sample = sample
        self._threads = ThreadPoolExecutor(min(workers, _AT_ONCE), "loader")
        self._waiting: deque[Future[list[Share]]] = deque()

    def take(self, lines: Iterable[Lines]) -> None:
        chunk: list[Lines] = []
        size = 0
        for share, said in lines:
            if self._sample:
                self._sample.note(said)
            chunk.append((share, said))
            size += len(said)
            if size > _CHUNK:
                self._load(chunk)
                chunk, size = [], 0
        self._load(chunk)

    def wait(self) -> None:
        """Until all is loaded."""
        while self._waiting:
            self.bad += self._waiting.popleft().result()

    def _load(self, chunk: list[Lines]) -> None:
        if len(self._waiting) == _AT_ONCE:
            self.bad += self._waiting.popleft().result()
        self._waiting.append(self._threads.submit(_load, self._store, chunk))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)


def _load(store: Store, chunk: list[Lines]) -> list[Share]:
    """Loads a chunk, or what of it can be loaded."""
    if _loaded(store, b"".join(said for _, said in chunk)):
        return []
    return [share for share, said in chunk if not _loaded(store, said) and share]


def _loaded(store: Store, lines: bytes) -> bool:
    try:
        store.bulk_load(lines, RdfFormat.N_QUADS)
    except SyntaxError:
        return False
    return True
