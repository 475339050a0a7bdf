"""The parts beneath `/sparql`: the screen, the choice of a form, the workers and their end."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store, parse_query_results

from resgraph.cli import main
from resgraph.errors import GraphError, UsageError
from resgraph.outline import outline
from resgraph.serve.connections import BoundedHttp
from resgraph.serve.negotiation import ROWS, best
from resgraph.serve.pool import Pool, Question, _network
from resgraph.serve.refusals import RefusalError
from resgraph.serve.screening import screen
from resgraph.serve.settings import Limits, Settings
from resgraph.serve.site import Site
from serving import free_port, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

SERVE = Path(__file__).parent.parent / "src" / "resgraph" / "serve"
HERE = "http://localhost/sparql"
PIECES = ['"', "'''", '"""a"', "<a", "#a", "a:\\", "((", "_:", '"\\', "'\\'", "-", ".", "a.", "a-", ":", "<", "é"]


@asynccontextmanager
async def workers(graph: Path, **limits: float) -> AsyncIterator[Pool]:
    pool = Pool(Site.open(Settings(graph, limits=Limits(**{"workers": 1, **limits}))))  # type: ignore[arg-type]
    await pool.start()
    try:
        yield pool
    finally:
        await pool.stop()


async def asked(pool: Pool, query: str, **about: str | None) -> bytes:
    return (await pool.ask(Question(query, HERE, **about), "test")).body  # type: ignore[arg-type]


# ------------------------------------------------------------ the screen


@pytest.mark.parametrize(
    ("query", "words", "depth"),
    [
        ("ASK { ?s ?p ?o }", "ASK", 1),
        ("ASK { FILTER(1 = ((2))) }", "ASK FILTER", 4),
        ('ASK { ?s ?p "SERVICE {{{" }', "ASK", 1),
        ("ASK { ?s ?p '''SERVICE ' {{{''' }", "ASK", 1),
        ('ASK { ?s ?p "\\"SERVICE {" }', "ASK", 1),
        ("ASK { ?s ?p ?o # SERVICE {{{\n }", "ASK", 1),
        ("ASK { <http://x/SERVICE#{> ?p ?o }", "ASK SERVICE", 1),
        ("ASK { ?s ?p 1.SERVICE <x:x> { } }", "ASK SERVICE", 2),
        ("ASK { <http://x/SERVICE#y> ?service $SERVICE }", "ASK", 1),
        ("ASK { ex:SERVICE SERVICE:ex :from }", "ASK", 1),
        ("ASK { ?a ?b 'x'@service }", "ASK", 1),
        ("ASK { FILTER(?a<?b) sErViCe <x:x> { } }", "ASK FILTER SERVICE", 2),
        ("ASK { _:SERVICE ?p ?o }", "ASK", 1),
        ("PREFIX a: <x:> BASE <x:y> select * from <x:z> { }", "PREFIX BASE SELECT FROM", 1),
    ],
)
def test_an_outline_has_the_words_that_are_keywords(query: str, words: str, depth: int):
    found = outline(query)
    assert (" ".join(word for word in found.words if word != "X"), found.depth) == (words, depth)


@pytest.mark.parametrize(
    ("query", "inside"),
    [
        ("SELECT * WHERE { in }", " in }"),
        ("select (exists { a } as ?e) where # { no\n{ in { WHERE { no } } }", " in { WHERE { no } } }"),
        ("CONSTRUCT { a } WHERE { in }", " in }"),
        ("SELECT ('WHERE {' AS ?x) FROM <x:WHERE> WHERE{in}", "in}"),
        ("SELECT ?where { in { SELECT * WHERE { no } } }", None),
        ("ASK { in }", None),
        ("WHERE", None),
    ],
)
def test_an_outline_says_where_the_outer_pattern_begins(query: str, inside: str | None):
    pattern = outline(query).pattern
    assert (None if pattern is None else query[pattern:]) == inside


@given(st.text(alphabet="{}()[]\"'<>#\\\n\r ?$:@aSERVICE.é", max_size=200))
def test_no_text_upsets_the_screen(text: str):
    assert outline(text).depth <= len(text)


@pytest.mark.parametrize("piece", PIECES)
def test_the_screen_takes_time_by_the_length(piece: str):
    """64,000 bytes of the worst, in less than a worker's turn."""
    began = os.times().user
    outline((piece * 64_000)[:64_000])
    assert os.times().user - began < 1.0


def test_the_screen_names_the_limit():
    limits = Limits(query_size=100, nesting=3)
    for query, status, option in (
        ("ASK {" + " " * 100 + "}", 413, "--max-query"),
        ("ASK {{{{}}}}", 400, "--max-nesting"),
    ):
        with pytest.raises(RefusalError, match=option) as caught:
            screen(query, limits)
        assert caught.value.status == status
    assert screen("ASK {{{}}}", limits).depth == 3


def test_every_option_that_a_refusal_names_is_one_of_the_command():
    named = {option for path in SERVE.glob("*.py") for option in re.findall(r'"(--[a-z-]+)"', path.read_text("utf-8"))}
    assert len(named) >= 8
    help_ = CliRunner().invoke(main, ["serve", "--help"]).output
    assert [option for option in named if option not in help_] == []


# ------------------------------------------------------------ forms


@given(st.lists(st.sampled_from([*ROWS, "text/*", "*/*", "image/png"]), min_size=1), st.data())
def test_the_best_form_is_accepted_and_none_is_better(ranges: list[str], data: st.DataObject):
    rated = [(media, data.draw(st.integers(0, 10)) / 10) for media in dict.fromkeys(ranges)]
    chosen = best(", ".join(f"{media};q={quality}" for media, quality in rated), tuple(ROWS))

    def quality(offer: str) -> float:
        said = dict(rated)
        return next((said[key] for key in (offer, offer.split("/")[0] + "/*", "*/*") if key in said), 0)

    top = max(map(quality, ROWS))
    assert (quality(chosen) == top) if chosen else top == 0


@given(st.text(max_size=100))
def test_no_accept_header_upsets_the_choice(text: str):
    assert best(text, tuple(ROWS)) in (None, *ROWS)


LITERALS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(
        lambda text: '"' + "".join(f"\\U{ord(letter):08X}" if letter in '"\\\n\r' else letter for letter in text) + '"'
    ),
    st.sampled_from(["1", "1.50", "1e0", "true", '"01"^^<http://www.w3.org/2001/XMLSchema#integer>', '"x"@en-GB']),
    st.sampled_from(['"a"^^<x:y>', "<x:y>", "UNDEF", '"2000-01-01"^^<http://www.w3.org/2001/XMLSchema#date>']),
)


@given(st.lists(st.tuples(LITERALS, LITERALS), max_size=6))
def test_nothing_is_lost_on_the_way_by_tsv(rows: list[tuple[str, str]]):
    """A worker counts rows as lines of TSV, and makes the other forms of that."""
    query = "SELECT ?a ?b { VALUES (?a ?b) { " + " ".join(f"({a} {b})" for a, b in rows) + " } }"
    store = Store()
    text = store.query(query).serialize(format=QueryResultsFormat.TSV)  # type: ignore[union-attr]
    assert (text or b"").count(b"\n") == len(rows) + 1
    solutions = parse_query_results(text or b"", QueryResultsFormat.TSV)
    for form in (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV):
        direct = store.query(query).serialize(format=form)  # type: ignore[union-attr]
        solutions = parse_query_results(text or b"", QueryResultsFormat.TSV)
        assert isinstance(solutions, QuerySolutions)
        assert solutions.serialize(format=form) == direct


# ------------------------------------------------------------ workers


def test_a_worker_that_is_killed_is_replaced(graph: Path):
    async def run() -> bytes:
        async with workers(graph) as pool:
            (worker,) = pool._all
            os.kill(worker._process.pid, signal.SIGKILL)
            with pytest.raises(RefusalError, match="SIGKILL"):
                await asked(pool, "ASK {}")
            assert worker not in pool._all
            return await asked(pool, "ASK {}")

    assert b"true" in asyncio.run(run())


def test_a_worker_has_no_way_out(graph: Path):
    """It has what it opened before, and can open nothing more."""

    async def run() -> str:
        async with workers(graph) as pool:
            (worker,) = pool._all
            return Path(f"/proc/{worker._process.pid}/limits").read_text()

    if not Path("/proc/self/limits").exists():
        pytest.skip("this system does not tell the limits of a process")
    limits = asyncio.run(run())
    assert re.search(r"Max open files +0 +0 ", limits)
    assert re.search(r"Max file size +0 +0 ", limits)
    assert re.search(r"Max address space +2000000000 +2000000000 ", limits)


def test_the_end_of_the_site_is_the_end_of_its_workers(graph: Path):
    async def run() -> list[int]:
        async with workers(graph, workers=2) as pool:
            return [worker._process.pid for worker in pool._all]

    for pid in asyncio.run(run()):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.parametrize(("share", "count"), [(0.5, 1), (0.001, 3)])
def test_a_worker_that_has_much_memory_is_replaced(
    graph: Path, monkeypatch: pytest.MonkeyPatch, share: float, count: int
):
    monkeypatch.setattr("resgraph.serve.pool._SPENT", share)

    async def run() -> set[int]:
        async with workers(graph) as pool:
            pids = set()
            for _ in range(3):
                await asked(pool, "ASK {}")
                while not pool._all:
                    await asyncio.sleep(0.02)
                pids |= {worker._process.pid for worker in pool._all}
            return pids

    assert len(asyncio.run(run())) == count


def test_questions_leave_no_trace_in_the_line(graph: Path):
    async def run() -> dict[str, int]:
        async with workers(graph) as pool:
            await asyncio.gather(*(asked(pool, "ASK {}") for _ in range(4)))
            many = await asyncio.gather(*(asked(pool, "ASK {}") for _ in range(6)), return_exceptions=True)
            assert ["--max-per-address" in str(answer) for answer in many] == [False] * 4 + [True] * 2
            with pytest.raises(RefusalError, match="line 1"):
                await asked(pool, "ASK")
            assert not pool._asking
            return pool.state

    assert asyncio.run(run()) == {"workers": 1, "idle": 1, "questions": 0}


def test_a_form_that_the_answer_has_not_is_told_by_its_kind(graph: Path):
    async def run() -> None:
        async with workers(graph) as pool:
            with pytest.raises(RefusalError, match="text/turtle"):
                await asked(pool, "CONSTRUCT WHERE { ?s ?p ?o }", graph=None)
            with pytest.raises(RefusalError, match="text/csv"):
                await asked(pool, "ASK {}", rows=None)

    asyncio.run(run())


def test_where_no_worker_can_live_the_site_does_not_start(graph: Path, tmp_path: Path):
    site = replace(Site.open(Settings(graph)), graph_path=tmp_path / "gone")
    with pytest.raises(GraphError, match="no process could be made"):
        asyncio.run(Pool(site).start())


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix socket", "unix socket"),
        ("", ""),
    ],
)
def test_addresses_are_told_apart(address: str, network: str):
    assert _network(address) == network


def test_a_household_is_one_address():
    assert _network("2001:db8:1:2::1") == _network("2001:db8:1:2:ffff::9") != _network("2001:db8:1:3::1")


# ------------------------------------------------------------ the command


def test_a_file_is_no_store(tiny_path: Path):
    with pytest.raises(UsageError, match="is no store folder"):
        Site.open(Settings(tiny_path))


def test_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, graph: Path):
    command = vars(sys.modules["resgraph.cli.serve"])  # under its name in the package stands the command
    monkeypatch.setitem(command, "find_spec", lambda name: None if name == "uvicorn" else name)
    result = CliRunner().invoke(main, ["serve", str(graph)])
    assert result.exit_code == 2
    assert "pip install 'resgraph[serve]'" in result.output


def test_who_is_slow_with_the_head_is_hung_up_on():
    class Hasty(BoundedHttp):
        slowest_head = 0.3

    async def app(scope: object, receive: object, send: object) -> None:
        raise AssertionError("no request was complete")

    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, http=Hasty, lifespan="off", interface="asgi3"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()

    async def drip() -> bytes:
        while not server.started:
            await asyncio.sleep(0.02)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        async with asyncio.timeout(10):
            answer = await reader.read()
        writer.close()
        return answer

    assert asyncio.run(drip()) == b""
    server.should_exit = True
    thread.join(10)


def test_a_stored_question_ends_at_the_deadline(graph: Path):
    async def run() -> bytes:
        async with workers(graph, time=2.0) as pool:
            (worker,) = pool._all
            os.kill(worker._process.pid, signal.SIGSTOP)
            with pytest.raises(RefusalError, match="--max-time") as caught:
                await pool.ask_stored("resolutions", {}, "test")
            assert (caught.value.status, "Retry-After" in caught.value.headers) == (503, False)
            return (await pool.ask_stored("resolutions", {}, "test")).body

    assert b"A/RES/57/201" in asyncio.run(run())


def test_when_the_parent_is_killed_its_processes_end(graph: Path):
    port = free_port()
    command = [sys.executable, "-m", "resgraph", "serve", str(graph), "--port", str(port), "--processes", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: listens(port))
        finally:
            process.kill()
    wait_until(lambda: not listens(port))


def listens(port: int) -> bool:
    """Whether a site answers there; a socket outlives its first process in those that share it."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=5).is_success
    except httpx.TransportError:
        return False


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_several_processes_serve_one_site(graph: Path):
    with serving(graph, "--processes", "2", "--workers", "2") as client:
        states = [client.get("/health", headers={"Connection": "close"}).json() for _ in range(10)]
        answers = {client.get("/questions/votes?format=json", headers={"Connection": "close"}).text for _ in range(10)}
        asked = client.get("/sparql", params={"query": "ASK {}"})
    assert all((state["status"], state["workers"]) == ("ok", 1) for state in states)
    assert len(answers) == 1
    assert asked.json()["boolean"] is True
