"""How the time to derive grows with the graph: a quarter, a half and all of its resolutions.

Usage: python benchmarks/derive.py STORE

A share holds whole matters, resolutions of one title together, so that each has as many series for its size as the
whole. Each is derived from a store of its own on disk, in a process whose processor time and memory are shown.
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
from zlib import crc32

from pyoxigraph import Literal, Store

from resgraph.derive import derive
from resgraph.derive.wording import title_key
from resgraph.sparql import iris_of
from resgraph.store import open_store, write_store
from resgraph.vocab import DCTERMS, PROV, RG

PARTS = 4
SHARES = (1, 2, 4)


def share(whole: Store, parts: int, folder: Path) -> int:
    """Writes a store of `parts` quarters of the matters; the number of its resolutions."""
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


def measured(folder: Path) -> tuple[float, int, int]:
    """Seconds of the processor, megabytes at the most, and derived statements."""
    store = open_store(folder)
    start = time.process_time()
    count = sum(quad.object == RG.Derivation for quad in derive(store, iris_of(store)))
    return time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    whole = open_store(parser.parse_args().store)
    print(f"{'resolutions':>11} {'quads':>10} {'statements':>10} {'seconds':>8} {'MB':>6} {'ms each':>8}")
    for parts in SHARES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "store"
            resolutions = share(whole, parts, path)
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                seconds, memory, count = pool.submit(measured, path).result()
            quads = len(open_store(path))
        each = 1000 * seconds / max(1, resolutions)
        print(f"{resolutions:>11,} {quads:>10,} {count:>10,} {seconds:>8.1f} {memory:>6,} {each:>8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
