"""Many statements into a store at once, in chunks, so that memory does not grow with their number."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import RdfFormat, serialize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad, Store

CHUNK = 4 * 1024 * 1024
"""Bytes that are loaded in one go. Sixteen times as much needs five times the memory, and no less time."""
AT_ONCE = 2
"""Chunks that are loaded at a time: a third adds memory, and the store takes them one after another."""

Given = TypeVar("Given")
Done = TypeVar("Done")


def ahead(task: Callable[[Given], Done], items: Iterable[Given], threads: int = AT_ONCE) -> Iterator[Done]:
    """What a task makes of items, in their order; items are taken as threads become free for them."""
    waiting: deque[Future[Done]] = deque()
    with ThreadPoolExecutor(threads, "loader") as pool:
        for item in items:
            if len(waiting) == threads:
                yield waiting.popleft().result()
            waiting.append(pool.submit(task, item))
        yield from (done.result() for done in waiting)


def add_quads(store: Store, quads: Iterable[Quad], folder: Path | None = None) -> None:
    """Adds quads that may be made of the store itself; they wait in a temporary file, of `folder` where it is given.

    Blank nodes, which resgraph does not make, would not stay the same from one chunk to the next.
    """
    with TemporaryFile(dir=folder) as file:
        serialize(quads, file, RdfFormat.N_QUADS)
        file.seek(0)
        chunks = iter(lambda: b"".join(file.readlines(CHUNK)), b"")
        deque(ahead(partial(store.bulk_load, format=RdfFormat.N_QUADS), chunks), maxlen=0)
