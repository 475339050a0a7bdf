"""How the time to derive grows with the graph: a quarter, a half and all of its resolutions.

Usage: python benchmarks/derive.py STORE

A share holds whole matters, resolutions of one title together, so that each has as many series for its size as the
whole. Each is derived from a store of its own on disk, in a process whose processor time and memory are shown: what a
build spares, which notes the graph while it writes it, is the time to read the store.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from pyoxigraph import Literal

from resgraph.derive import Facts, derive
from resgraph.derive.wording import title_key
from resgraph.sparql import iris_of
from resgraph.store import open_store, write_store
from resgraph.vocab import DCTERMS, PROV, RG

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
PARTS = 4
SHARES = (1, 2, 4)


def share(store: Path, parts: int, folder: Path) -> int:
    """Writes a store of `parts` quarters of the matters; the number of its resolutions."""
    whole = open_store(store)
    graph = iris_of(whole)
    read = {quad.subject for quad in whole.quads_for_pattern(None, RG.hasParagraph, None, None)}
    left = {
        quad.subject
        for quad in whole.quads_for_pattern(None, DCTERMS.title, None, None)
        if quad.subject in read
        and isinstance(quad.object, Literal)
        and crc32(title_key(quad.object.value).encode()) % PARTS >= parts
    }
    sources = {quad.object for node in left for quad in whole.quads_for_pattern(node, PROV.wasDerivedFrom, None, None)}
    out = left | sources | {graph.derived_graph}
    write_store(folder, (quad for quad in whole if quad.graph_name not in out))
    return len(read - left)


def measured(folder: Path) -> tuple[float, float, int, int]:
    """Seconds of the processor to read and to derive, megabytes at the most, and derived statements."""
    store = open_store(folder)
    iris = iris_of(store)
    start = time.process_time()
    facts = Facts.of(store, iris)
    read = time.process_time()
    count = sum(quad.object == RG.Derivation for quad in derive(store, iris, facts))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return read - start, time.process_time() - read, memory, count


def alone(task: Callable[..., T], *args: object) -> T:
    """Runs a task in a process of its own, started by this small one: a process inherits the memory that it reports."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(task, *args).result()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    store = parser.parse_args().store
    print(f"{'resolutions':>11} {'quads':>10} {'derived':>10} {'read s':>7} {'derive s':>8} {'MB':>5} {'ms each':>7}")
    for parts in SHARES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "store"
            resolutions = alone(share, store, parts, path)
            read, seconds, memory, count = alone(measured, path)
            quads = len(open_store(path))
        each = 1000 * (read + seconds) / max(1, resolutions)
        print(
            f"{resolutions:>11,} {quads:>10,} {count:>10,} {read:>7.1f} {seconds:>8.1f} {memory:>5,} {each:>7.1f}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
