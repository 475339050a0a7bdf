"""Strangers who want more of the site than answers: to reach other hosts through it, to stop it, to read its files."""

from __future__ import annotations

import asyncio
import json
import socket
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx
import pytest
from pyoxigraph import Store

from resgraph.serve.pool import Pool, Question
from resgraph.serve.refusals import RefusalError
from resgraph.serve.settings import Limits, Settings
from resgraph.serve.site import Site
from serving import Canary, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 2
KILLERS = 20

REACHING = {
    "SERVICE": "SELECT * { SERVICE <CANARY> { ?s ?p ?o } }",
    "in lower case": "select * { service <CANARY> { ?s ?p ?o } }",
    "SILENT": "SELECT * { SERVICE SILENT <CANARY> { ?s ?p ?o } }",
    "in EXISTS": "ASK { ?s ?p ?o FILTER EXISTS { SERVICE <CANARY> { ?s ?p ?o } } }",
    "in a sub-select": "SELECT * { { SELECT ?s { SERVICE SILENT <CANARY> { ?s ?p ?o } } } }",
    "in MINUS": "SELECT * { ?s ?p ?o MINUS { SERVICE <CANARY> { ?s ?p ?o } } } LIMIT 1",
    "bound by VALUES": "SELECT * { VALUES ?to { <CANARY> } SERVICE ?to { ?s ?p ?o } }",
    "by a prefixed name": "PREFIX c: <CANARY/> SELECT * { SERVICE c:x { ?s ?p ?o } }",
    "after a comment": "SELECT * { #}\n SERVICE#<\n<CANARY> { ?s ?p ?o } }",
    "in CONSTRUCT": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <CANARY> { ?s ?p ?o } }",
    "FROM": "SELECT * FROM <CANARY> { ?s ?p ?o }",
    "FROM NAMED": "SELECT * FROM NAMED <CANARY> { GRAPH ?g { ?s ?p ?o } }",
    "DESCRIBE": "DESCRIBE <CANARY>",
    "LOAD": "LOAD <CANARY>",
    "LOAD after a query": "ASK {} ; LOAD <CANARY>",
    "escaped": "SELECT * { \\u0053ERVICE <CANARY> { ?s ?p ?o } }",
}
KILLING = {
    "cross join": ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", 503),
    "many UNIONs": ("SELECT * {" + "UNION".join(["{}"] * 20_000) + "}", 413),
    "UNIONs within the limit of size": ("SELECT * {" + "UNION".join(["{}"] * 9_000) + "}", (200, 503)),
    "many ||": ("SELECT * { FILTER(" + "1||" * 20_000 + "1) }", 503),
    "braces": ("SELECT * " + "{" * 9_000 + "}" * 9_000, 400),
    "parentheses": ("SELECT * { FILTER(" + "(" * 9_000 + "1" + ")" * 9_000 + ") }", 400),
    "ORDER BY": ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i", 503),
    "DISTINCT": ("SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", (200, 503)),
    "path": ("SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b . ?c (!<x:x>|^!<x:x>)* ?d }", 503),
    "growing text": (
        "SELECT ?z { "
        + " ".join(f"BIND(CONCAT(?v{n},?v{n},?v{n},?v{n}) AS ?v{n + 1})" for n in range(20)).replace("?v0", '"xxxx"')
        + " BIND(?v20 AS ?z) }",
        503,
    ),
}
PATHS = (
    "/../../../../etc/passwd",
    "/..%2f..%2f..%2fetc/passwd",
    "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/static/../../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/%2e%2e/app.py",
    "/static/..%5c..%5capp.py",
    "/static//etc/passwd",
    "/static/%2Fetc%2Fpasswd",
    "/questions/../../../../../etc/passwd",
    "/questions/..%2f..%2fpyproject.toml",
    "//etc/passwd",
    "/etc/passwd%00.html",
    "/sparql/../../../etc/passwd",
    "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
)
INJECTED = (
    "'",
    '"',
    "\\",
    "}",
    "> } INSERT DATA { <x:a> <x:b> <x:c> } #",
    "x:a> FROM <x:b",
    '" } UNION { ?s ?p ?o } #',
    "\\u0022 } #",
    "a\r\nX-Injected: yes",
    "\x00",
    "%00",
    "\u202e",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "x" * 5_000,
)


@pytest.fixture
def canary() -> Iterator[Canary]:
    canary = Canary()
    yield canary
    canary.close()


@pytest.fixture(scope="module")
def client(graph: Path) -> Iterator[httpx.Client]:
    options = ("--max-time", str(SECONDS), "--max-memory", "700000000", "--max-per-address", "25", "--workers", "2")
    with serving(graph, *options) as client:
        yield client


def count(client: httpx.Client) -> str:
    response = client.post("/sparql", data={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"})
    assert response.status_code == 200, response.text
    return str(response.json()["results"]["bindings"][0]["n"]["value"])


def test_the_canary_would_be_heard(canary: Canary):
    with pytest.raises(OSError, match="404"):
        list(Store().query(REACHING["SERVICE"].replace("CANARY", canary.url)))  # type: ignore[call-overload]
    assert len(canary.requests) == 1


@pytest.mark.parametrize("name", REACHING)
def test_no_other_host_is_reached(client: httpx.Client, canary: Canary, name: str):
    query = REACHING[name].replace("CANARY", canary.url)
    response = client.post("/sparql", data={"query": query})
    if name in ("FROM", "FROM NAMED", "DESCRIBE"):
        assert response.status_code == 200
    else:
        assert 400 <= response.status_code < 500, response.text
    assert canary.requests == []


def test_no_graph_is_fetched_that_a_request_names(client: httpx.Client, canary: Canary):
    for name in ("default-graph-uri", "named-graph-uri"):
        response = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", name: canary.url})
        assert response.json()["results"]["bindings"] == []
    assert canary.requests == []


def test_a_worker_reaches_no_host_even_where_nobody_looked_at_the_query(graph: Path, canary: Canary):
    """Without the screen, which is a courtesy: the caps alone."""

    async def ask_all() -> list[str]:
        pool = Pool(Site.open(Settings(graph, limits=Limits(workers=1))))
        await pool.start()
        said = []
        for query in REACHING.values():
            question = Question(query.replace("CANARY", canary.url), "http://localhost/sparql")
            try:
                said.append((await pool.ask(question, "test")).body.decode())
            except RefusalError as error:
                said.append(str(error))
        await pool.stop()
        return said

    said = asyncio.run(ask_all())
    assert canary.requests == []
    assert len([text for text in said if "Too many open files" in text]) >= 5


@pytest.mark.parametrize("name", KILLING)
def test_a_query_of_death_gets_a_reason_and_the_next_an_answer(client: httpx.Client, name: str):
    query, status = KILLING[name]
    began = time.monotonic()
    response = client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"})
    assert time.monotonic() - began < SECONDS + 8
    assert response.status_code in (status if isinstance(status, tuple) else (status,)), response.text[:300]
    if response.status_code != 200:
        assert "resgraph serve --max-" in response.text
    assert int(count(client)) > 0


def test_health_answers_while_twenty_killers_are_at_work(client: httpx.Client):
    query = KILLING["cross join"][0]
    took: list[float] = []
    done = threading.Event()

    def watch() -> None:
        with httpx.Client(base_url=client.base_url, timeout=30) as watcher:
            while not done.is_set():
                began = time.monotonic()
                assert watcher.get("/health").json()["status"] == "ok"
                took.append(time.monotonic() - began)
                time.sleep(0.02)

    with ThreadPoolExecutor(KILLERS + 1) as threads:
        watching = threads.submit(watch)
        kills = [threads.submit(client.post, "/sparql", data={"query": query}) for _ in range(KILLERS)]
        answers = [kill.result() for kill in kills]
        done.set()
        watching.result()
    assert {answer.status_code for answer in answers} == {503}
    assert len(took) > 20
    assert statistics.quantiles(took, n=20)[-1] < 0.2
    assert int(count(client)) > 0


def test_an_address_has_its_share_of_the_workers(graph: Path):
    with serving(graph, "--max-time", "2", "--max-per-address", "2", "--max-queue", "2") as client:
        with ThreadPoolExecutor(8) as threads:
            query = {"query": KILLING["cross join"][0]}
            kills = [threads.submit(client.post, "/sparql", data=query) for _ in range(8)]
            answers = [kill.result() for kill in kills]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert len(refused) == 6
        assert {answer.status_code for answer in answers} == {429, 503}
        assert all(answer.headers["retry-after"] for answer in refused)
        assert "--max-per-address" in refused[0].text


def test_who_finds_the_queue_full_is_told_to_come_again(graph: Path):
    options = ("--max-time", "2", "--workers", "1", "--max-queue", "1", "--trusted-proxy", "127.0.0.1")
    with serving(graph, *options) as client:
        query = {"query": KILLING["cross join"][0]}
        with ThreadPoolExecutor(6) as threads:
            kills = [
                threads.submit(client.post, "/sparql", data=query, headers={"X-Forwarded-For": f"192.0.2.{number}"})
                for number in range(6)
            ]
            answers = [kill.result() for kill in kills]
        assert {answer.status_code for answer in answers} == {503}
        assert len([answer for answer in answers if "--max-queue" in answer.text]) == 4
        assert all(answer.headers.get("retry-after") for answer in answers if "--max-queue" in answer.text)


def test_an_address_is_believed_of_a_trusted_proxy_only(client: httpx.Client):
    """Else a stranger would have as many addresses as he likes."""
    forged = [{"X-Forwarded-For": f"192.0.2.{number}"} for number in range(60)]
    query = {"query": KILLING["cross join"][0]}
    with ThreadPoolExecutor(60) as threads:
        answers = list(threads.map(lambda headers: client.post("/sparql", data=query, headers=headers), forged))
    assert 429 in {answer.status_code for answer in answers}


def test_no_path_leads_to_a_file(client: httpx.Client):
    for path in PATHS:
        answer = raw(client, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        status = int(answer.split(b" ", 2)[1])
        assert 300 <= status < 500, (path, answer)
        assert b"root:" not in answer
        assert b"import " not in answer


@pytest.mark.parametrize("parameter", ["query", "default-graph-uri", "named-graph-uri", "other"])
def test_no_parameter_breaks_out(client: httpx.Client, parameter: str):
    before = count(client)
    for text in INJECTED:
        parameters = {"query": "SELECT * { ?s ?p ?o } LIMIT 1", parameter: text}
        for response in (client.get("/sparql", params=parameters), client.post("/sparql", data=parameters)):
            assert response.status_code in (200, 400, 403), (text, response.text)
            assert "x-injected" not in response.headers
            assert response.headers["content-type"].partition(";")[0] in (
                "text/plain",
                "application/sparql-results+json",
            )
    assert count(client) == before


@pytest.mark.parametrize("header", ["Accept", "Content-Type", "Prefer", "Host", "X-Forwarded-For", "Origin"])
def test_no_header_breaks_out(client: httpx.Client, header: str):
    for text in INJECTED:
        value = text.encode("utf-8").replace(b"\r", b"").replace(b"\n", b"").replace(b"\x00", b"")
        head = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nConnection: close\r\n"
        host = b"" if header == "Host" else b"Host: localhost\r\n"
        answer = raw(client, head + host + header.encode() + b": " + value + b"\r\n\r\n")
        assert int(answer.split(b" ", 2)[1]) < 500, (header, text, answer)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /?" + b"a" * 3_000_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 3_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 400_000 + b"\r\n",
    ],
    ids=["address", "header", "headers"],
)
def test_an_endless_head_is_cut_off(client: httpx.Client, sent: bytes):
    answer = raw(client, sent)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
    assert client.get("/health").json()["status"] == "ok"


def test_a_body_is_read_up_to_the_limit_only(client: httpx.Client):
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        for _ in range(1_000):
            read += 10_000
            yield b"x" * 10_000

    for kind in ("application/sparql-query", "application/x-www-form-urlencoded"):
        try:
            response = client.post("/sparql", content=endless(), headers={"Content-Type": kind})
        except httpx.WriteError:
            continue  # the site hung up before all was sent
        assert response.status_code == 413
        assert "--max-query" in response.text
    assert int(count(client)) > 0


def test_an_answer_larger_than_the_limit_is_refused(graph: Path):
    with serving(graph, "--max-answer", "5000") as client:
        for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
            response = client.post("/sparql", data={"query": query})
            assert response.status_code == 503
            assert "--max-answer" in response.text
        assert json.loads(client.post("/sparql", data={"query": "ASK {}"}).text)["boolean"]


def raw(client: httpx.Client, sent: bytes) -> bytes:
    """What the server says to these very bytes."""
    url = client.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as connection:
        try:
            connection.sendall(sent)
            answer = b""
            while chunk := connection.recv(65536):
                answer += chunk
        except (ConnectionResetError, BrokenPipeError):
            return b""
    return answer
