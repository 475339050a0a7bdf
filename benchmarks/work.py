"""The work that is measured, one piece a process: `python benchmarks/work.py NAME [ARGUMENT...]`, answer as JSON.

A process of its own per piece, since it is asked for the most memory it had.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pyoxigraph import Store

    from resgraph.queries import StoredQuery

Answer = dict[str, float]

SAMPLED = (
    *("resolutions", "most-cited", "citation-counts", "addressees", "acts"),
    *("cited-by", "opening-verbs", "reports-due", "words", "instruments-by-body"),
)
"""The stored queries that rdflib is given too: lists, counts, paths, words, one resolution."""


def texts(most: str, *folders: str) -> Answer:
    """Reads each text into lines of N-Quads, as a build does: documents, quads and seconds of the processor."""
    from resgraph.errors import InputError
    from resgraph.iris import Iris
    from resgraph.pipeline import read_document
    from resgraph.rdf import resolution_graphs, source_graph

    iris, read, quads = Iris(), 0, 0

    def said(path: Path) -> int:
        document = read_document(path)
        graphs = [source_graph(document.source, iris, document.problems)]
        for resolution in document.resolutions:
            graphs += resolution_graphs(resolution, iris)
        return sum(graph.nquads().count(b"\n") for graph in graphs)

    paths = [path for folder in folders for path in sorted(Path(folder).iterdir())]
    said(paths.pop())
    start = time.process_time()
    for path in paths[: int(most) or None]:
        try:
            quads += said(path)
            read += 1
        except InputError as error:
            print(error, file=sys.stderr)
    return {"documents": read, "quads": quads, "seconds": time.process_time() - start}


def bare_pdf(folder: str, most: str) -> Answer:
    """What pypdfium2 takes for the text of each page: seconds by the clock, in one process."""
    from readers import bare_pdf as extract

    files = [path.read_bytes() for path in sorted(Path(folder).glob("*.pdf"))[: int(most)]]
    extract(files[0])
    start = time.perf_counter()
    for data in files:
        extract(data)
    return {"seconds": time.perf_counter() - start, "documents": len(files)}


def pdf_graph(folder: str, most: str, out: str) -> Answer:
    """PDF to a file of N-Quads with two workers, which have started: seconds by the clock."""
    from resgraph.build import build
    from resgraph.readers.sandbox.pool import SANDBOX

    paths = sorted(Path(folder).glob("*.pdf"))[: int(most)]

    def built(some: list[Path]) -> float:
        start = time.perf_counter()
        build(some, Path(out), validate=False, derive=False, workers=2, fresh=True)
        return time.perf_counter() - start

    first = built(paths[:2])
    try:
        return {"seconds": built(paths), "starting": first}
    finally:
        SANDBOX.close()


def sample(store: str, quads: str, out: str) -> Answer:
    """Whole documents of a store as N-Quads until there are so many quads; what all share is left out."""
    from pyoxigraph import RdfFormat, serialize

    from resgraph.store import open_store
    from resgraph.vocab import RG

    opened, said, documents = open_store(Path(store)), 0, 0
    names = sorted({quad.graph_name for quad in opened.quads_for_pattern(None, RG.hasParagraph, None, None)}, key=str)
    with Path(out).open("wb") as file:
        for name in names:
            if said >= int(quads):
                break
            some = list(opened.quads_for_pattern(None, None, None, name))
            serialize(some, file, RdfFormat.N_QUADS)
            said, documents = said + len(some), documents + 1
    return {"quads": said, "documents": documents}


def ours(quads: str, folder: str) -> Answer:
    """Quads written as N-Quads by our writer and loaded into a store on disk."""
    from pyoxigraph import RdfFormat, parse

    from resgraph.bulk import add_quads
    from resgraph.store import fill_store

    held = list(parse(path=quads, format=RdfFormat.N_QUADS))

    def written_and_loaded() -> None:
        fill_store(Path(folder), lambda store: add_quads(store, held, Path(folder).parent))

    return _with_memory(written_and_loaded)


def rdflib(quads: str, out: str) -> Answer:
    """The same put into an rdflib.Graph, serialised and loaded into another."""
    import rdflib
    from pyoxigraph import RdfFormat, parse

    from resgraph.bridge import to_term

    held = [
        (to_term(quad.subject), to_term(quad.predicate), to_term(quad.object))
        for quad in parse(path=quads, format=RdfFormat.N_QUADS)
    ]

    def written_and_loaded() -> None:
        graph = rdflib.Graph()
        for triple in held:
            graph.add(triple)
        graph.serialize(out, format="nt")
        del graph
        rdflib.Graph().parse(out, format="nt")

    return _with_memory(written_and_loaded)


def _with_memory(task: Callable[[], None]) -> Answer:
    """Seconds by the clock, and the megabytes that the task needs beside those that its input takes."""
    page = resource.getpagesize()
    before = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * page
    start = time.perf_counter()
    task()
    seconds = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"seconds": seconds, "megabytes": max(0, most - before) / 1e6}


def query(store: str, name: str, times: str) -> Answer:
    """Milliseconds of a stored query on a store, after a first time."""
    from resgraph.queries import index
    from resgraph.store import open_store

    opened, question, spent = open_store(Path(store)), index()[name], []
    params = _required(question, _given(opened))
    question.run(opened, params)
    for _ in range(int(times)):
        start = time.perf_counter()
        question.run(opened, params)
        spent.append(1000 * (time.perf_counter() - start))
    return {"ms": median(spent)}


def _required(question: StoredQuery, given: Mapping[str, object]) -> dict[str, object]:
    return {p.name: given.get(p.name, given.get(p.type)) for p in question.parameters if p.required}


def _given(store: Store) -> Mapping[str, object]:
    """Values for parameters, by name or type, with much to find: what is cited, asked and done the most."""
    from resgraph.queries import run

    shown = run(store, "resolutions")
    symbols = [str(row["symbol"]) for row in shown if row["adopted_by"] == "UNGA"] or [
        str(row["symbol"]) for row in shown
    ]
    middle = len(symbols) // 2
    return {
        "document": "A/RES/70/1",
        "symbol": symbols[middle],
        "other": symbols[middle - 1],
        "agent": "secretary-general",
        "verb": "request",
        "instrument": "CHARTER",
        "string": "human rights",
        "integer": 20,
    }


def beside_rdflib(folder: str) -> Answer:
    """Ratios of rdflib's time to ours for the sampled queries, on the same quads in memory."""
    from pyoxigraph import Store

    from resgraph.bridge import to_rdflib, to_term
    from resgraph.queries import index
    from resgraph.sparql import iris_of
    from resgraph.store import open_store

    store = Store()
    store.bulk_extend(open_store(Path(folder)))
    graph, given, iris = to_rdflib(store), _given(store), iris_of(store)
    ratios: Answer = {"quads": len(store)}
    for name in SAMPLED:
        question = index()[name]
        params = _required(question, given)
        bound = {key: to_term(term) for key, term in question.bindings(params, iris).items()}
        start = time.perf_counter()
        question.run(store, params)
        between = time.perf_counter()
        list(graph.query(question.text, initBindings=bound))
        ratios[name] = (time.perf_counter() - between) / (between - start)
    return ratios


def validating(store: str) -> Answer:
    """Seconds of the processor to hold a store against the shapes."""
    from resgraph.store import open_store
    from resgraph.validate import validate

    opened = open_store(Path(store))
    start = time.process_time()
    validate(opened)
    return {"seconds": time.process_time() - start}


def deriving(store: str) -> Answer:
    """Seconds of the processor to derive, with the reading of the store."""
    from resgraph.derive import derive
    from resgraph.sparql import iris_of
    from resgraph.store import open_store

    opened = open_store(Path(store))
    start = time.process_time()
    derive(opened, iris_of(opened))
    return {"seconds": time.process_time() - start}


WORK: Mapping[str, Callable[..., Answer]] = {
    work.__name__: work
    for work in (texts, bare_pdf, pdf_graph, sample, ours, rdflib, query, beside_rdflib, validating, deriving)
}


def main() -> None:
    name, *arguments = sys.argv[1:]
    print(json.dumps(WORK[name](*arguments)))


if __name__ == "__main__":
    main()
