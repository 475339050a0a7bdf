"""Stores to load into: Oxigraph's server and Virtuoso as they are, one that only records, a proxy that misbehaves."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Store

from serving import free_port, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
VIRTUOSO = shutil.which("virtuoso-t")
_VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
MaxQueryMem = 500M
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 2
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 4
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = {rows}
[Plugins]
"""


@contextmanager
def oxigraph_server(folder: Path) -> Iterator[str]:
    """The address of an empty Oxigraph server."""
    port = free_port()
    command = [str(OXIGRAPH), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with running(command, f"http://127.0.0.1:{port}", folder.with_name(f"{folder.name}.log"), folder) as address:
        yield address


@contextmanager
def virtuoso_server(folder: Path, rows: int = 100_000) -> Iterator[str]:
    """The address of an empty Virtuoso, whose user is dba with the password dba; `rows` are the most it answers."""
    port = free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(_VIRTUOSO_INI.format(folder=folder, port=port, sql_port=free_port(), rows=rows))
    command = [str(VIRTUOSO), "+foreground", "+wait", "+configfile", str(ini)]
    with running(command, f"http://127.0.0.1:{port}", folder.with_name(f"{folder.name}.log"), folder) as address:
        yield address


@dataclass(frozen=True)
class Seen:
    """A request as it came in."""

    method: str
    path: str
    parameters: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def writes(self) -> bool:
        return self.method in ("PUT", "DELETE") or (self.method == "POST" and b"query=" not in self.body[:6])


@contextmanager
def http_server(answer: Callable[[Seen, BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """A server that gives each request to `answer`, in a thread of its own."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            url = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer(Seen(self.command, url.path, parse_qs(url.query), headers, body), self)

        do_GET = do_PUT = do_POST = do_DELETE = handle_any  # noqa: N815 (names of the standard library's)

        def log_message(self, *arguments: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def reply(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def query_of(request: Seen) -> str:
    return parse_qs(request.body.decode())["query"][0]


class Recorder:
    """Takes graphs as the Graph Store Protocol says, in memory, and notes every request; answers cut to `rows`."""

    def __init__(self, parameter: str = "graph", rows: int = 1000) -> None:
        self.requests: list[Seen] = []
        self.store = Store()
        self.parameter = parameter
        self.rows = rows

    @property
    def writes(self) -> list[Seen]:
        return [request for request in self.requests if request.writes]

    @property
    def queries(self) -> list[str]:
        return [query_of(request) for request in self.requests if not request.writes]

    def __call__(self, request: Seen, handler: BaseHTTPRequestHandler) -> None:
        self.requests.append(request)
        if not request.writes:
            query = f"{query_of(request)} LIMIT {self.rows}"
            results = self.store.query(query).serialize(format=QueryResultsFormat.JSON)
            reply(handler, 200, results, Content_Type="application/sparql-results+json")
            return
        graph = NamedNode(request.parameters[self.parameter][0])
        if request.method in ("PUT", "DELETE"):
            self.store.remove_graph(graph)
        self.store.bulk_load(request.body, RdfFormat.TURTLE, to_graph=graph)
        reply(handler, 204)


class Proxy:
    """Passes requests on to a store, and does to each first attempt to write what `faults` says in turn.

    `drop` loses the request, `lose` and `500` the answer after the store has done it, `slow` gives it too late, `busy`
    is a 429 with `Retry-After`, `timeout` a 408. What `hold` picks never reaches the store; what `hold_answer` picks is
    done there and not answered; both tell of it by `holding`.
    """

    def __init__(self, store: str, faults: tuple[str, ...] = (), slowness: float = 1.0) -> None:
        self.store = store
        self.faults = faults
        self.slowness = slowness
        self.requests: list[Seen] = []
        self.done: list[str] = []
        self.hold: Callable[[Seen], bool] = lambda _: False
        self.hold_answer: Callable[[Seen], bool] = lambda _: False
        self.holding = threading.Event()
        self._met: set[tuple[object, ...]] = set()
        self._lock = threading.Lock()

    @property
    def writes(self) -> list[Seen]:
        return [request for request in self.requests if request.writes]

    def __call__(self, request: Seen, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.requests.append(request)
            fault = self._fault(request)
        if self.hold(request):
            self.holding.set()
            threading.Event().wait(30)
            return
        if fault in ("busy", "timeout"):
            reply(handler, *((429,) if fault == "busy" else (408,)), Retry_After="0")
            return
        if fault == "drop":
            return
        answer = self._passed_on(request, handler)
        if self.hold_answer(request):
            self.holding.set()
            threading.Event().wait(30)
            return
        if fault == "slow":
            time.sleep(self.slowness)
        if fault == "500":
            reply(handler, 500, b"the store did it, and fell over")
        elif fault != "lose":
            named = {
                name.replace("-", "_"): answer.headers[name]
                for name in ("content-type", "www-authenticate")
                if name in answer.headers
            }
            reply(handler, answer.status_code, answer.content, **named)

    def _fault(self, request: Seen) -> str:
        """None for a second attempt, or for one that the store will refuse for want of a password."""
        key = (request.method, str(request.parameters), request.body)
        digest = "crud-auth" in request.path
        if (
            not (self.faults and request.writes)
            or key in self._met
            or (digest and "authorization" not in request.headers)
        ):
            return ""
        self._met.add(key)
        self.done.append(self.faults[len(self.done) % len(self.faults)])
        return self.done[-1]

    def _passed_on(self, request: Seen, handler: BaseHTTPRequestHandler) -> httpx.Response:
        kept = {
            name: value
            for name, value in request.headers.items()
            if name in ("content-type", "accept", "authorization")
        }
        return httpx.request(request.method, self.store + handler.path, content=request.body, headers=kept, timeout=60)
