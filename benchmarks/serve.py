"""Requests a second of a site, and of two other endpoints on the same graph, as a Markdown table.

    python benchmarks/serve.py STORE [--rounds 5] [--seconds 3] [--rdflib PYTHON] [--autocannon PROGRAM]
    python benchmarks/serve.py STORE --soak MINUTES

Needs wrk, and autocannon (`npm install autocannon`) for the latency at a fixed rate, half of the goal's: its figures
are corrected for requests that had to wait to be sent. `--soak` is another measurement: a mixed load (`soak.py`), and
the memory of all processes. The servers run all the while and are asked in turn, so that what else the machine does
falls on all of them.
PYTHON is one that has rdflib-endpoint, whose pins want an environment of their own; without it, it is left out.
Only answers with a good status count. The Oxigraph server comes from the package `oxigraph`, and is left out where that
is not installed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import soak
from pyoxigraph import RdfFormat

from resgraph.sparql import evaluate
from resgraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

_READ = "SELECT ?g ?symbol { GRAPH ?g { ?g rg:symbol ?symbol ; rg:adoptedOn ?day } } ORDER BY ?symbol LIMIT 1"
_RDFLIB = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph), port=int(sys.argv[2]), log_level="error")
"""
_PATHS = {"Oxigraph server": "/query", "rdflib-endpoint": "/"}
_START = 600
_TOLD = ("rate", "p50", "p99", "failed")
_HALF = {"page of a resolution": 200, "stored question": 750}
"""Half of the goals: requests a second."""


_SITE = (sys.executable, "-m", "resgraph", "serve")


def main() -> None:
    options = _options()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: apt install wrk")
    store = open_store(options.store)
    if options.soak:
        _soak(options, store)
        return
    ((document, symbol),) = evaluate(store, _READ).values
    lookup = f"/sparql?query={quote(f'SELECT ?p ?o {{ <{document}> ?p ?o }}')}"
    with ExitStack() as running, tempfile.TemporaryDirectory() as folder:
        site, _ = running.enter_context(_serving([*_SITE, str(options.store)]))
        sites = {"resgraph serve": site}
        if Path(_beside("oxigraph")).exists():
            copy = shutil.copytree(options.store, Path(folder) / "store", ignore=shutil.ignore_patterns("resgraph*"))
            command = [_beside("oxigraph"), "serve-read-only", "--location", str(copy), "--union-default-graph"]
            sites["Oxigraph server"], _ = running.enter_context(_serving(command, bind=True))
        if options.rdflib:
            quads = Path(folder) / "graph.nq"
            store.dump(str(quads), RdfFormat.N_QUADS)
            command = [options.rdflib, "-c", _RDFLIB, str(quads)]
            sites["rdflib-endpoint"], _ = running.enter_context(_serving(command, plain=True))
        asked = {
            "page of a resolution": {"resgraph serve": f"/{str(symbol).replace(' ', '')}"},
            "stored question": {"resgraph serve": f"/questions/resolution?resolution={quote(str(symbol))}&format=json"},
            "SPARQL look-up": {name: _PATHS.get(name, "/sparql") + lookup[7:] for name in sites},
        }
        targets = [(what, name, sites[name] + path) for what, paths in asked.items() for name, path in paths.items()]
        _print(_measured(targets, options.rounds, options.seconds))
        if options.autocannon:
            _print_latencies([target for target in targets if target[0] in _HALF], options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rdflib", metavar="PYTHON")
    parser.add_argument("--autocannon", metavar="PROGRAM", default=shutil.which("autocannon"))
    parser.add_argument("--soak", metavar="MINUTES", type=float)
    return parser.parse_args()


def _beside(name: str) -> str:
    """A program of the environment that runs this."""
    return str(Path(sys.executable).with_name(name))


@contextmanager
def _serving(command: list[str], *, bind: bool = False, plain: bool = False) -> Iterator[tuple[str, int]]:
    """The address of a server that was started, and is ended; and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    more = [str(port)] if plain else ["--bind", f"127.0.0.1:{port}"] if bind else ["--port", str(port)]
    if not bind and not plain:
        more += ["--max-per-address", "64"]
    with subprocess.Popen([*command, *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603 (the programs named above)
        try:
            _await(process, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()


def _await(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(f"{address}/", timeout=10).close()  # noqa: S310 (our own address)
        except URLError as error:
            if hasattr(error, "code"):  # an answer, if an unkind one
                return
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"{process.args!r} did not start")


def _measured(targets: list[tuple[str, str, str]], rounds: int, seconds: int) -> dict[tuple[str, str], list[float]]:
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(rounds):
        for what, name, address in targets:
            command = [
                "wrk",
                "-t1",
                "-c12",
                f"-d{seconds}s",
                "-H",
                "Accept: application/sparql-results+json, text/html",
                address,
            ]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
            refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
            rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
            failed = int(refused[1]) / seconds if refused else 0.0
            found[what, name].append(max(0.0, float(rate[1]) - failed) if rate else 0.0)
    return found


def _print_latencies(targets: list[tuple[str, str, str]], options: argparse.Namespace) -> None:
    """Rounds in turns, as above; the median of their percentiles, in milliseconds."""
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    for _ in range(options.rounds):
        for what, _, address in targets:
            rate = str(_HALF[what])
            asking = [options.autocannon, "-j", "-c", "12", "-d", str(options.seconds), "-R", rate, address]
            told = json.loads(subprocess.run(asking, capture_output=True, text=True, check=True).stdout)  # noqa: S603
            failed = told["non2xx"] + told["errors"] + told["timeouts"]
            found[what].append({**told["latency"], "rate": told["requests"]["average"], "failed": failed})
    print("\n| what | asked a second | answered | p50, ms | p99, ms | failed |\n|---|---|---|---|---|---|")
    for what, rounds in found.items():
        rate, p50, p99, failed = (statistics.median(one[key] for one in rounds) for key in _TOLD)
        print(f"| {what} | {_HALF[what]} | {rate:,.0f} | {p50:.0f} | {p99:.0f} | {failed:.0f} |")


def _soak(options: argparse.Namespace, store: Store) -> None:
    with _serving([*_SITE, str(options.store), "--max-time", "5"]) as (address, process):
        found = soak.soak(store, address, process, options.soak)
    print(soak.told(found))
    sys.exit(found.grown)


def _print(found: dict[tuple[str, str], list[float]]) -> None:
    model = next((line.partition(": ")[2] for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?")
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"{os.cpu_count()} processors ({model}), load averages at the end {loads}\n")
    print("| what | server | requests/s, median | lowest to highest | to resgraph serve |\n|---|---|---|---|---|")
    for (what, name), rates in found.items():
        median = statistics.median(rates)
        ratio = median / (statistics.median(found[what, "resgraph serve"]) or 1)
        print(f"| {what} | {name} | {median:,.0f} | {min(rates):,.0f} to {max(rates):,.0f} | {ratio:.2f} |")


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


if __name__ == "__main__":
    main()
