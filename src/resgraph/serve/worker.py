"""The process that evaluates strangers' SPARQL: it opens the store, gives up what it does not need, and answers.

Once its caps are set it can open no file and no socket, so that SERVICE reaches nobody. It is ended at the deadline by
the other side, and by the system where it outlives that. A question is a line of JSON; an answer is a line of JSON and
as many bytes as that says. Nothing of an answer is sent before all of it is there.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse_query_results,
    serialize,
)

import resgraph.symbols  # noqa: F401 (a question with a symbol needs it when no file can be opened any more)
from resgraph.errors import QueryError
from resgraph.iris import foreign
from resgraph.queries import index
from resgraph.sparql import iris_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

    from pyoxigraph import QueryTriples

    from resgraph.iris import Iris

_ROWS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
_NICE = 5


class _EnoughError(Exception):
    """The answer has as many rows as it may."""


class _TooLargeError(Exception):
    """The answer has more bytes than it may."""


class _Limited(BytesIO):
    """Keeps what is written until there are too many bytes, or lines enough."""

    def __init__(self, size: int, lines: float = float("inf")) -> None:
        super().__init__()
        self._size = size
        self._lines = lines

    def write(self, data: bytes) -> int:  # type: ignore[override]
        super().write(data)
        self._lines -= data.count(b"\n")
        self._check()
        if self._lines < 0:
            raise _EnoughError
        return len(data)

    def whole(self) -> bytes:
        """All that was written; checked again, for a writer may drop an error of its last write."""
        self._check()
        return self.getvalue()

    def _check(self) -> None:
        if self.tell() > self._size:
            raise _TooLargeError


def stored_answer(store: Store, iris: Iris, name: str, given: Mapping[str, str]) -> tuple[str, bytes]:
    """The family of the answer to a stored question, and the answer: rows as JSON, or statements as N-Triples."""
    rows = index()[name].run(store, given, iris)
    if rows.statements is None:
        return "rows", rows.json(None).encode()
    return "graph", serialize(rows.statements, format=_GRAPHS["nt"]) or b""


class Worker:
    """A store, and how much an answer may be."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._store = Store.read_only(told["store"])
        self._iris = iris_of(self._store)
        self._prefixes: dict[str, str] = told["prefixes"]
        self._rows: int = told["rows"]
        self._size: int = told["size"]

    def answer(self, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """What is said of the answer, and the answer."""
        try:
            return self._stored(asked) if "stored" in asked else self._evaluate(asked)
        except QueryError as error:
            return {"failed": "question", "message": str(error)}, b""
        except SyntaxError as error:
            return {"failed": "syntax", "message": str(error.msg)}, b""
        except _TooLargeError:
            return {"failed": "size"}, b""
        except MemoryError:
            return {"failed": "memory", "spent": True}, b""
        except (RuntimeError, OSError, ValueError) as error:
            return {"failed": "evaluation", "message": str(error)}, b""

    def _stored(self, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        family, body = stored_answer(self._store, self._iris, asked["stored"], asked["given"])
        if len(body) > self._size:
            raise _TooLargeError
        return {"family": family, "cut": False}, body

    def _evaluate(self, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        dataset = _dataset(asked)
        found = self._store.query(asked["query"], base_iri=asked["base"], prefixes=self._prefixes, **dataset)
        family = "rows" if isinstance(found, QueryBoolean | QuerySolutions) else "graph"
        form = asked[family]
        if form is None:
            return {"failed": "form", "family": family}, b""
        if isinstance(found, QueryBoolean):
            body, cut = found.serialize(format=_ROWS[form]) or b"", False
        elif isinstance(found, QuerySolutions):
            body, cut = self._table(found, form)
        else:
            body, cut = self._graph(found, form)
        return {"family": family, "cut": cut}, body

    def _table(self, solutions: QuerySolutions, form: str) -> tuple[bytes, bool]:
        """The rows by way of TSV, where a row is a line, so that they can be counted without being looked at."""
        lines = _Limited(self._size, self._rows + 1)
        with suppress(_EnoughError):
            solutions.serialize(lines, _ROWS["tsv"])
        body = lines.whole()
        if cut := body.count(b"\n") > self._rows + 1:
            body = b"".join(islice(BytesIO(body), self._rows + 1))
        if form == "tsv":
            return body, cut
        out = _Limited(self._size)
        parse_query_results(body, _ROWS["tsv"]).serialize(out, _ROWS[form])
        return out.whole(), cut

    def _graph(self, triples: QueryTriples, form: str) -> tuple[bytes, bool]:
        out = _Limited(self._size)
        serialize(islice(triples, self._rows), out, _GRAPHS[form], prefixes=self._prefixes)
        return out.whole(), next(triples, None) is not None


def _dataset(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The graphs that the request names, else those that the query names, else the union of all."""
    default, named = asked["default"], asked["named"]
    if default or named:
        return {"default_graph": [*map(foreign, default)], "named_graphs": [*map(foreign, named)]}
    return {"use_default_graph_as_union": not asked["names_dataset"]}


def _cap(memory: int) -> None:
    """Sets the caps. Where no descriptor can be forbidden, there is no worker; memory is capped where it can be."""
    os.nice(_NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    if sys.platform != "darwin":  # which has the name, and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _allow(seconds: int) -> None:
    """Processor time for one question; it ends a worker that nobody is left to end."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds, hard))


def _resident() -> Callable[[], int]:
    """How much memory this process has, in bytes, asked of a file that is opened now; 0 where the system has none."""
    try:
        statm = os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return lambda: 0
    page = os.sysconf("SC_PAGE_SIZE")
    return lambda: int(os.pread(statm, 100, 0).split()[1]) * page


def _send(pipe: BinaryIO, header: Mapping[str, Any], body: bytes = b"") -> None:
    pipe.write(json.dumps({**header, "size": len(body)}).encode() + b"\n")
    pipe.write(body)
    pipe.flush()


def main() -> None:
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    told = json.loads(sys.argv[1])
    worker, resident = Worker(told), _resident()
    index()  # read now: no file can be opened once the caps are set
    _cap(told["memory"])
    _send(answers, {"ready": True})
    while line := questions.readline():
        _allow(told["seconds"])
        began = time.process_time()
        header, body = worker.answer(json.loads(line))
        header["seconds"] = time.process_time() - began
        if resident() > told["spent"]:
            header["spent"] = True
        _send(answers, header, body)
