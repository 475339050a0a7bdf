"""Requests a second of a site, and of two other endpoints on the same graph, as a Markdown table.

    python benchmarks/serve.py STORE [--rounds 5] [--seconds 3] [--rdflib PYTHON]

Needs wrk. The servers run all the while and are asked in turn, so that what else the machine does falls on all of them.
PYTHON is one that has rdflib-endpoint, whose pins want an environment of their own; without it, it is left out.
Only answers with a good status count. The Oxigraph server comes from the package `oxigraph`, and is left out where that
is not installed.
"""

from __future__ import annotations

import argparse
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

from pyoxigraph import RdfFormat

from resgraph.sparql import evaluate
from resgraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def main() -> None:
    options = _options()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: apt install wrk")
    store = open_store(options.store)
    ((document, symbol),) = evaluate(store, _READ).values
    lookup = f"/sparql?query={quote(f'SELECT ?p ?o {{ <{document}> ?p ?o }}')}"
    with ExitStack() as running, tempfile.TemporaryDirectory() as folder:
        sites = {"resgraph serve": running.enter_context(_serving([_beside("resgraph"), "serve", str(options.store)]))}
        if Path(_beside("oxigraph")).exists():
            copy = shutil.copytree(options.store, Path(folder) / "store", ignore=shutil.ignore_patterns("resgraph*"))
            command = [_beside("oxigraph"), "serve-read-only", "--location", str(copy), "--union-default-graph"]
            sites["Oxigraph server"] = running.enter_context(_serving(command, bind=True))
        if options.rdflib:
            quads = Path(folder) / "graph.nq"
            store.dump(str(quads), RdfFormat.N_QUADS)
            command = [options.rdflib, "-c", _RDFLIB, str(quads)]
            sites["rdflib-endpoint"] = running.enter_context(_serving(command, plain=True))
        asked = {
            "page of a resolution": {"resgraph serve": f"/{str(symbol).replace(' ', '')}"},
            "stored question": {"resgraph serve": f"/questions/resolution?resolution={quote(str(symbol))}&format=json"},
            "SPARQL look-up": {name: _PATHS.get(name, "/sparql") + lookup[7:] for name in sites},
        }
        targets = [(what, name, sites[name] + path) for what, paths in asked.items() for name, path in paths.items()]
        _print(_measured(targets, options.rounds, options.seconds))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rdflib", metavar="PYTHON")
    return parser.parse_args()


def _beside(name: str) -> str:
    """A program of the environment that runs this."""
    return str(Path(sys.executable).with_name(name))


@contextmanager
def _serving(command: list[str], *, bind: bool = False, plain: bool = False) -> Iterator[str]:
    """The address of a server that was started, and is ended."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    more = [str(port)] if plain else ["--bind", f"127.0.0.1:{port}"] if bind else ["--port", str(port)]
    if not bind and not plain:
        more += ["--max-per-address", "64"]
    with subprocess.Popen([*command, *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603 (the programs named above)
        try:
            _await(process, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
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
