"""The shares of all documents become one graph in a store, in bulk; memory does not grow with their number."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store, parse

from resgraph.authority import authority_quads
from resgraph.build.parts import nquads
from resgraph.build.shared import Shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from resgraph.build.shares import Share
    from resgraph.build.shelf import Shelf
    from resgraph.derive import Facts
    from resgraph.iris import Iris

    Lines = tuple[Share | None, bytes]

_CHUNK = 64 * 1024 * 1024
_AT_ONCE = 2
"""Chunks that are loaded at a time: a third adds memory, and the store takes them one after another."""


def fill(
    store: Store, shares: Sequence[Share], shelf: Shelf, iris: Iris, workers: int, facts: Facts | None = None
) -> list[Share]:
    """Loads the shares and what they share, and gives the shares whose part was damaged and is left out.

    `facts` take note of all that is loaded, while it is.
    """
    bad: list[Share] = []
    waiting: deque[Future[list[Share]]] = deque()
    with ThreadPoolExecutor(min(workers, _AT_ONCE), "loader") as threads:
        for chunk in _chunks(_lines(shares, shelf, iris, bad)):
            waiting.append(threads.submit(_load, store, chunk))
            if facts:
                _note(chunk, facts)
            if len(waiting) > _AT_ONCE:
                bad += waiting.popleft().result()
        return [*bad, *chain.from_iterable(future.result() for future in waiting)]


def _lines(shares: Iterable[Share], shelf: Shelf, iris: Iris, bad: list[Share]) -> Iterator[Lines]:
    """The N-Quads of each share, then those of what they share."""
    own: set[bytes] = set()
    with Shared() as shared:
        shared.add(nquads(authority_quads(iris)))
        for share in shares:
            try:
                opened = shelf.open(share.entry.key)
                yield share, share.own(opened, iris)
                shared.add(share.shared(opened))
            except ValueError:
                bad.append(share)
                continue
            own.update(str(iris.document(share.symbols[n])).encode() for n in share.sifted.kept)
        yield from ((None, some) for some in shared.settled(own))


def _chunks(lines: Iterable[Lines]) -> Iterator[list[Lines]]:
    chunk: list[Lines] = []
    size = 0
    for share, said in lines:
        chunk.append((share, said))
        size += len(said)
        if size > _CHUNK:
            yield chunk
            chunk, size = [], 0
    yield chunk


def _note(chunk: list[Lines], facts: Facts) -> None:
    for _, said in chunk:
        with suppress(SyntaxError):
            for _ in facts.noting(parse(said, RdfFormat.N_QUADS)):
                pass


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
