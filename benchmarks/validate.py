"""The engine beside pySHACL, shape for shape the same results: `python benchmarks/validate.py STORE [--documents N]`.

Three shares of the resolutions, each whole with its sources, and what all share. The engine validates every share;
pySHACL as many documents of the smallest share as are asked for (all is minutes), and both are compared on these, in
turns and in processor time. Each run has a store of its own on disk.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from resgraph.bridge import to_rdflib
from resgraph.iris import whole_and_part
from resgraph.shacl.reference import pyshacl_findings
from resgraph.store import open_store, write_store
from resgraph.validate import read_here, shapes, store_findings
from resgraph.vocab import PROV, RG

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Store

    from resgraph.shacl.finding import Finding

PARTS = 4
SHARES = (1, 2, 4)


def share(whole: Store, kept: Callable[[str], bool], folder: Path) -> tuple[int, int]:
    """A store of the resolutions that are kept and of all that is no resolution; how many they are, and its quads."""
    read = {quad.subject.value for quad in whole.quads_for_pattern(None, RG.hasParagraph, None, None)}
    left = {one for one in read if not kept(one)}
    texts = {
        quad.object.value
        for quad in whole.quads_for_pattern(None, PROV.wasDerivedFrom, None, None)
        if quad.subject.value in left
    }
    quads = [quad for quad in whole if whole_and_part(quad.subject.value)[0] not in left | texts]
    write_store(folder, quads)
    return len(read) - len(left), len(quads)


def timed(work: Callable[[], list[Finding]]) -> tuple[float, float, list[Finding]]:
    """Seconds of the processor and of the clock, and what was found."""
    started, clock = time.process_time(), time.perf_counter()
    found = work()
    return time.process_time() - started, time.perf_counter() - clock, found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--documents", type=int, default=40, help="how many resolutions pySHACL is given")
    asked = parser.parse_args()
    whole, read = open_store(asked.store), read_here()
    total = len({quad.subject for quad in whole.quads_for_pattern(None, RG.hasParagraph, None, None)})
    print(f"{'':9} {'resolutions':>11} {'quads':>10} {'cpu s':>8} {'clock s':>8} {'µs a quad':>9} {'results':>8}")
    with tempfile.TemporaryDirectory() as top:
        for parts in SHARES:
            folder = Path(top) / f"{parts}"
            size = share(whole, lambda iri, parts=parts: crc32(iri.encode()) % PARTS < parts, folder)  # type: ignore[misc]
            shown("engine", size, *timed(lambda folder=folder: list(store_findings(open_store(folder), read))))  # type: ignore[misc]
        folder = Path(top) / "sample"
        size = share(whole, lambda iri: crc32(iri.encode()) % total < asked.documents, folder)
        store = open_store(folder)
        ours = timed(lambda: list(store_findings(store, read)))
        theirs = timed(lambda: pyshacl_findings(to_rdflib(store), shapes()))
        shown("engine", size, *ours)
        shown("pySHACL", size, *theirs)
    print(f"pySHACL takes {theirs[0] / ours[0]:.1f} times the processor time on the same {size[1]:,} quads;")
    print(f"the results are {'the same' if set(ours[2]) == set(theirs[2]) else 'NOT the same'}.")
    return 0 if set(ours[2]) == set(theirs[2]) else 1


def shown(name: str, size: tuple[int, int], cpu: float, clock: float, found: list[Finding]) -> None:
    resolutions, quads = size
    each = 1_000_000 * cpu / quads
    print(
        f"{name:9} {resolutions:>11,} {quads:>10,} {cpu:>8.1f} {clock:>8.1f} {each:>9.1f} {len(set(found)):>8,}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
