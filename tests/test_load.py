"""What is sent to each kind of store, by a server that records; secrets; refusals; files for stores that read files."""

from __future__ import annotations

import base64
import configparser
import gzip
import json
import logging
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from loading import Recorder, http_server, query_of, reply
from resgraph.cli.load import load
from resgraph.errors import CountError, GraphError, RemoteError, UsageError
from resgraph.load.client import Client, Patience
from resgraph.load.credentials import Credentials, credentials
from resgraph.load.graphs import chunks, named_graphs
from resgraph.load.kinds import KINDS, shown, target
from resgraph.load.loading import Options, journal_path, load_graph, store_counts
from resgraph.load.state import Journal
from resgraph.store import open_store, write_store

if TYPE_CHECKING:
    from collections.abc import Callable

CANARY = "canary-7f3a9c"
LOGIN = Credentials("reader", CANARY)
HASTY = Options(patience=Patience(attempts=3, timeout=5, first_wait=0.01))
PLACES = {
    "gsp": ("/anywhere", "/anywhere", "/sparql"),
    "fuseki": ("/ds", "/ds/data", "/ds/query"),
    "graphdb": ("/repositories/un", "/repositories/un/rdf-graphs/service", "/repositories/un"),
    "virtuoso": ("", "/sparql-graph-crud-auth", "/sparql-auth"),
    "oxigraph": ("/", "/store", "/query"),
    "stardog": ("/un", "/un", "/un/query"),
}
GRAPH = NamedNode("https://w3id.org/resgraph/A/RES/60/1")


def quad(number: int, graph: NamedNode = GRAPH) -> Quad:
    return Quad(NamedNode(f"urn:s{number}"), NamedNode("urn:p"), Literal(f"statement {number}"), graph)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Two graphs of twenty statements each."""
    path = tmp_path / "graph"
    other = NamedNode("https://w3id.org/resgraph/A/RES/60/2")
    write_store(path, [*map(quad, range(20)), *(quad(number, other) for number in range(20))])
    return path


# ---------------------------------------------------------------- requests


@pytest.mark.parametrize("kind", PLACES)
def test_each_kind_is_sent_its_graphs_where_it_takes_them(kind, small):
    base, store, query = PLACES[kind]
    recorder = Recorder(KINDS[kind].parameter)
    with http_server(recorder) as address:
        to = target(kind, address + base, f"{address}{query}" if kind == "gsp" else None)
        done = load_graph(small, to, LOGIN if kind != "virtuoso" else None, HASTY)
    assert (done.sent, done.statements) == (2, 40)
    assert set(recorder.store) == set(open_store(small))
    assert [(request.method, request.path) for request in recorder.writes] == [("PUT", store)] * 2
    assert {request.path for request in recorder.requests if not request.writes} == {query}
    assert {request.headers["content-type"] for request in recorder.writes} == {KINDS[kind].media}
    if kind != "virtuoso":
        pair = base64.b64encode(f"reader:{CANARY}".encode()).decode()
        assert {request.headers["authorization"] for request in recorder.requests} == {f"Basic {pair}"}


def test_parameters_of_an_address_are_kept(small):
    recorder = Recorder()
    with http_server(recorder) as address:
        load_graph(small, target("gsp", f"{address}/s?repository=un", f"{address}/q"), None, HASTY)
    assert [request.parameters["repository"] for request in recorder.writes] == [["un"], ["un"]]


def test_a_large_graph_is_put_in_part_and_the_rest_posted(small):
    recorder = Recorder()
    with http_server(recorder) as address:
        load_graph(small, target("oxigraph", address), None, Options(chunk=300))
    assert [request.method for request in recorder.writes] == (["PUT"] + ["POST"] * 2) * 2
    assert max(len(request.body) for request in recorder.writes) <= 300
    assert set(recorder.store) == set(open_store(small))


def test_a_dry_run_prints_the_requests_and_sends_nothing(small, run):
    recorder = Recorder()
    with http_server(recorder) as address:
        result = run(load, small, "--to", "oxigraph", address, "--dry-run")
        assert result.output.splitlines()[0].startswith(f"PUT {address}/store?graph={GRAPH.value}, 20 statements, ")
        assert len(result.output.splitlines()) == 2
        assert recorder.requests == []
        assert not small.with_name("graph.loaded.jsonl").exists()
        assert run(load, small, "--to", "oxigraph", address).exit_code == 0
        assert run(load, small, "--to", "oxigraph", address, "--dry-run", "--only-changed").output == ""


def test_only_what_changed_is_sent(small, tmp_path):
    recorder = Recorder()
    with http_server(recorder) as address:
        to, state = target("oxigraph", address), tmp_path / "state"
        load_graph(small, to, None, HASTY, state)
        write_store(small, [*open_store(small), quad(99)])
        recorder.requests.clear()
        done = load_graph(small, to, None, Options(only_changed=True), state)
    assert (done.sent, done.unchanged) == (1, 1)
    assert [request.parameters["graph"] for request in recorder.writes] == [[GRAPH.value]]
    assert set(recorder.store) == set(open_store(small))


# ---------------------------------------------------------------- counts


def names(number: int) -> dict[str, int]:
    return {f"https://w3id.org/resgraph/A/RES/61/{n}": n % 3 + 1 for n in range(number)}


def with_graphs(expected: dict[str, int], **options: int) -> Recorder:
    recorder = Recorder(**options)
    for name, count in expected.items():
        recorder.store.extend(quad(n, NamedNode(name)) for n in range(count))
    return recorder


def counted(recorder: Callable[..., None], expected: dict[str, int]) -> dict[str, int]:
    with http_server(recorder) as address:
        client = Client(target("oxigraph", address), None, None, HASTY.patience)
        return store_counts(expected, client)


def test_all_graphs_are_counted_with_one_question():
    expected = names(250)
    recorder = with_graphs({**expected, "urn:of-others": 7})
    assert {name: count for name, count in counted(recorder, expected).items() if name in expected} == expected
    assert len(recorder.queries) == 1


@pytest.mark.parametrize("rows", [100, 99, 249, 250, 251])
def test_a_store_that_cuts_off_answers_is_asked_on(rows):
    expected = names(250)
    recorder = with_graphs(expected, rows=rows)
    assert counted(recorder, expected) == expected
    assert len(recorder.queries) == -(-250 // rows)
    assert not any("VALUES" in query for query in recorder.queries)


def test_graphs_that_are_missing_or_differ_are_asked_for_by_name():
    there = names(250)
    more, gone = "https://w3id.org/resgraph/A/RES/61/7", "urn:gone"
    recorder = with_graphs({**there, more: 9})
    assert counted(recorder, {**there, gone: 1}) == {**there, more: 9, gone: 0}
    (by_name,) = (query for query in recorder.queries if "VALUES" in query)
    assert all(f"<{name}>" in by_name for name in (more, gone))
    assert by_name.count("RES/61/") == 1


def test_a_store_that_cannot_count_all_it_has_is_asked_by_name():
    expected = names(250)
    recorder = with_graphs(expected)
    tired = []

    def answer(request, handler):
        if "ORDER BY" in query_of(request):
            tired.append(request)
            reply(handler, 503)
        else:
            recorder(request, handler)

    assert counted(answer, expected) == expected
    assert (len(tired), len(recorder.queries)) == (1, 3)


def test_a_store_that_answers_the_same_again_and_again_is_asked_no_more():
    recorder = with_graphs(names(2), rows=1)
    asked = []

    def answer(request, handler):
        asked.append(query_of(request))
        body = re.sub(rb"FILTER.*%22%29", b"", request.body) if "ORDER BY" in asked[-1] else request.body
        recorder(replace(request, body=body), handler)

    assert counted(answer, {list(names(2))[1]: 2}) != {}
    assert len(asked) == 3


# ---------------------------------------------------------------- refusals, again and again


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 415, 301])
def test_a_refusal_is_not_repeated(status, small, tmp_path):
    seen = []

    def refuse(request, handler):
        seen.append(request)
        reply(handler, status, b"no such thing here")

    with http_server(refuse) as address, pytest.raises(RemoteError, match=f"answers {status} .no such thing here"):
        load_graph(small, target("oxigraph", address), None, HASTY)
    assert len(seen) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_go_away_is_tried_again_as_often_as_asked(status, small):
    seen = []

    def refuse(request, handler):
        seen.append(request)
        reply(handler, status)

    with (
        http_server(refuse) as address,
        pytest.raises(RemoteError, match=f"answers {status}, 3 times; .*--only-changed"),
    ):
        load_graph(small, target("oxigraph", address), None, HASTY)
    assert len(seen) == 3
    assert len({(request.method, request.body) for request in seen}) == 1


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_it_waits_as_long_as_the_store_says(form, small, monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)

    def refuse(request, handler):
        reply(handler, 503, Retry_After="7" if form == "seconds" else soon)

    with http_server(refuse) as address, pytest.raises(RemoteError):
        load_graph(small, target("oxigraph", address), None, HASTY)
    expected = [7.0, 7.0] if form == "seconds" else [pytest.approx(20, abs=3)] * 2
    assert waits == expected


def test_without_a_word_of_the_store_it_waits_longer_each_time_and_never_the_same(small, monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    options = Options(patience=Patience(attempts=9, first_wait=1))
    for _ in range(12):
        with pytest.raises(RemoteError, match="gives no answer"):
            load_graph(small, target("oxigraph", "http://127.0.0.1:1"), None, options)
    tries = [waits[start : start + 8] for start in range(0, len(waits), 8)]
    most = [max(wait) for wait in zip(*tries, strict=True)]
    assert len(set(waits)) > 80
    assert all(wait <= min(60, 2**number) for number, wait in enumerate(most))
    assert most[6] > 4 * most[1]


def test_a_store_that_counts_otherwise_is_told_of_and_its_graphs_are_sent_again(small, tmp_path, run):
    recorder = Recorder()

    def forgetful(request, handler):
        recorder(request, handler)
        if request.writes:
            recorder.store.remove(quad(7))

    state = tmp_path / "state"
    with http_server(forgetful) as address, pytest.raises(CountError, match="60/1 has 19 statements instead of 20"):
        load_graph(small, target("oxigraph", address), None, HASTY, state)
    assert CountError("", "").exit_code == 4
    with http_server(recorder) as healed:
        journal = Journal(state, f"{address}/store")
        assert journal.hash_of(GRAPH.value) is None
        assert load_graph(small, target("oxigraph", healed), None, HASTY, state).sent == 2


def test_an_answer_that_is_no_result_is_told_of(small):
    with (
        http_server(lambda _, handler: reply(handler, 200, b"<html>")) as address,
        pytest.raises(RemoteError, match="answers no SPARQL results"),
    ):
        load_graph(small, target("oxigraph", address), None, HASTY)


# ---------------------------------------------------------------- secrets


def test_no_password_is_in_output_logs_errors_or_the_journal(small, tmp_path, caplog, capfd, run, monkeypatch):
    monkeypatch.setitem(os.environ, "RESGRAPH_LOAD_USER", "reader")
    monkeypatch.setitem(os.environ, "RESGRAPH_LOAD_PASSWORD", CANARY)
    caplog.set_level(logging.DEBUG)
    recorder = Recorder()
    pair = base64.b64encode(f"reader:{CANARY}".encode()).decode()
    told: list[str] = []

    def indiscreet(request, handler):
        secret = f"{request.headers['authorization']} reader:{CANARY}".encode()
        assert pair.encode() in secret
        reply(handler, 403 if request.writes else 500, secret)

    def failing(*arguments):
        with pytest.raises((RemoteError, UsageError)) as caught:
            run(load, small, *arguments)
        told.extend((str(caught.value), repr(caught.value.args)))

    with http_server(recorder) as address:
        result = run(load, small, "--to", "oxigraph", address)
        assert result.exit_code == 0
        assert pair in recorder.requests[0].headers["authorization"]
    with http_server(indiscreet) as address:
        failing("--to", "oxigraph", address)
        assert "answers 403 (Basic *** reader:***)" in told[0]
        failing("--to", "oxigraph", address, "--only-changed", "--attempts", "1")
    failing("--to", "oxigraph", f"http://reader:{CANARY}@127.0.0.1:1")
    failing("--to", "gsp", "http://127.0.0.1:1", "--query-url", f"http://{CANARY}@127.0.0.1:1")
    failing("--to", "oxigraph", "http://127.0.0.1:1", "--attempts", "1")
    written = [path.read_text() for path in tmp_path.glob("*.jsonl")]
    everything = [result.output, caplog.text, *capfd.readouterr(), repr(LOGIN), *told, *written]
    assert len(written) == 1
    assert "PUT" in caplog.text
    assert [text for text in everything if CANARY in text or pair in text] == []


def test_the_program_says_nothing_of_the_password_when_it_breaks(small):
    environment = {**os.environ, "RESGRAPH_LOAD_USER": "reader", "RESGRAPH_LOAD_PASSWORD": CANARY}
    command = [sys.executable, "-m", "resgraph", "load", str(small), "--to", "stardog", "http://127.0.0.1:1/un"]
    broken = subprocess.run([*command, "--attempts", "1"], env=environment, capture_output=True, text=True)
    assert broken.returncode == 2
    assert "gives no answer" in broken.stderr
    assert CANARY not in broken.stdout + broken.stderr


def test_a_file_names_the_user(tmp_path):
    path = tmp_path / "user"
    path.write_text(f"reader:{CANARY}:with a colon\nand more\n")
    assert credentials(path, {}) == Credentials("reader", f"{CANARY}:with a colon")
    assert credentials(None, {}) is None
    path.write_text(CANARY)
    with pytest.raises(UsageError, match="not NAME:PASSWORD") as caught:
        credentials(path, {})
    assert CANARY not in str(caught.value)
    with pytest.raises(UsageError, match="not both set"):
        credentials(None, {"RESGRAPH_LOAD_PASSWORD": CANARY})


def test_an_address_is_shown_without_what_may_be_secret():
    assert shown(f"https://a:{CANARY}@host:8/path?token={CANARY}#{CANARY}") == "https://host:8/path"


# ---------------------------------------------------------------- what cannot be loaded


@pytest.mark.parametrize("url", ["ftp://host/", "host:3030/ds", "http://", "http://host:port/", "http://[1/"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(UsageError, match="no http"):
        target("fuseki", url)


def test_addresses_that_lack_something_are_refused():
    with pytest.raises(UsageError, match="give --query-url"):
        target("gsp", "http://host/store")
    with pytest.raises(UsageError, match="no repository of GraphDB"):
        target("graphdb", "http://host:7200")


def test_statements_outside_every_graph_and_blank_nodes_are_refused():
    store = Store()
    store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o")))
    with pytest.raises(GraphError, match="outside every named graph"):
        list(named_graphs(store, "it"))
    for blank in (Quad(BlankNode(), NamedNode("urn:p"), Literal("o"), GRAPH), Quad(GRAPH, GRAPH, GRAPH, BlankNode())):
        store = Store()
        store.add(blank)
        with pytest.raises(GraphError, match="blank nodes"):
            list(named_graphs(store, "it"))


def test_the_journal_survives_a_line_that_was_cut_off(tmp_path):
    path = tmp_path / "state"
    journal = Journal(path, "http://a/store")
    journal.sent("urn:g", "f00", 3)
    journal.sending("urn:h")
    path.write_bytes(path.read_bytes() + b'{"store": "http://a')
    again = Journal(path, "http://a/store")
    again.tidy()
    again.sent("urn:i", "b00", 1)
    last = Journal(path, "http://a/store")
    assert (last.hash_of("urn:g"), last.hash_of("urn:h"), last.hash_of("urn:i")) == ("f00", None, "b00")
    assert last.graphs() == ["urn:g", "urn:h", "urn:i"]
    assert Journal(path, "http://b/store").graphs() == []
    path.write_text("something else\n")
    with pytest.raises(GraphError, match="line 1: it is no journal"):
        Journal(path, "http://a/store")


def test_that_a_graph_is_being_sent_is_on_the_disk_before_it_is_sent(small, tmp_path, monkeypatch):
    state, recorder = tmp_path / "state", Recorder()
    events: list[tuple[str, str]] = []
    sync = os.fsync

    def noted(handle):
        sync(handle)
        lines = state.read_bytes().splitlines() if state.exists() else []
        if lines and json.loads(lines[-1])["sha256"] is None:
            events.append(("synced", json.loads(lines[-1])["graph"]))

    def answer(request, handler):
        if request.writes:
            events.append(("sent", request.parameters["graph"][0]))
        recorder(request, handler)

    monkeypatch.setattr(os, "fsync", noted)
    with http_server(answer) as address:
        load_graph(small, target("oxigraph", address), None, HASTY, state)
    first, second = (f"https://w3id.org/resgraph/A/RES/60/{n}" for n in (1, 2))
    assert events == [("synced", first), ("sent", first), ("synced", second), ("sent", second)]


@given(st.lists(st.binary(min_size=1, max_size=30), max_size=40), st.integers(1, 100))
def test_chunks_are_the_lines_and_no_larger_than_asked(lines, size):
    parts = chunks(tuple(lines), size)
    assert [line for part in parts for line in part] == lines
    assert all(sum(map(len, part)) <= size or len(part) == 1 for part in parts)
    assert len(parts) == 1 or all(parts)


def test_a_login_is_sent_as_digest_where_the_store_wants_that(small):
    seen = []

    def challenging(request, handler):
        seen.append(request.headers.get("authorization", ""))
        reply(handler, 401, WWW_Authenticate='Digest realm="SPARQL", nonce="b1", qop="auth", algorithm="MD5"')

    with http_server(challenging) as address, pytest.raises(RemoteError, match="answers 401"):
        Client(target("virtuoso", address), LOGIN, None, HASTY.patience).put(GRAPH.value, [b""])
    assert seen[0] == ""
    assert seen[1].startswith(
        'Digest username="reader", realm="SPARQL", nonce="b1", uri="/sparql-graph-crud-auth?graph-uri='
    )


def test_a_store_that_wants_the_other_way_to_log_in_is_understood(small):
    def digesting(request, handler):
        reply(handler, 401, WWW_Authenticate='Digest realm="users", nonce="b1", qop="auth"')

    with http_server(digesting) as address, pytest.raises(RemoteError, match="answers 401; give --auth digest"):
        load_graph(small, target("fuseki", f"{address}/ds"), LOGIN, HASTY)


def test_the_journal_is_beside_the_graph_however_that_is_named(small, monkeypatch):
    monkeypatch.chdir(small)
    assert journal_path(Path()) == small.with_name("graph.loaded.jsonl")


GUIDE = Path(__file__).parent.parent / "docs" / "guide" / "load.md"
COMMANDS = re.findall(
    r"^(?:\$|   ) *(?:RESGRAPH.* )?resgraph (load .*)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE
)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_guide_is_one(command, small, run, monkeypatch):
    monkeypatch.chdir(small.parent)
    words = shlex.split(command)[1:]
    result = run(load, *words, *(() if "folder" in words or "--dry-run" in words else ("--dry-run",)))
    assert result.exit_code == 0, result.output
    assert f"={GRAPH.value}, 20 statements" in result.output or "40 statements in 1 parts" in result.output


def test_the_guide_shows_every_option_and_every_kind():
    text = GUIDE.read_text(encoding="utf-8")
    options = {option for parameter in load.params for option in parameter.opts if option.startswith("--")}
    assert {option for option in options if f"`{option}" not in text and f" {option} " not in text} == set()
    assert {kind for kind in (*KINDS, "qlever", "neptune") if f"| `{kind}` |" not in text} == set()
    assert len(COMMANDS) > 7


# ---------------------------------------------------------------- files


def read_back(folder: Path) -> set[Quad]:
    parts = sorted(folder.glob("part-*.nq.gz"))
    return {quad for part in parts for quad in parse(gzip.decompress(part.read_bytes()), RdfFormat.N_QUADS)}


def test_qlever_gets_its_input_and_a_qleverfile(small, tmp_path, run):
    folder = tmp_path / "qlever"
    arguments = (small, "--to", "qlever", folder, "--chunk-mb", "0.001")
    assert "40 statements in" in run(load, *arguments).output
    assert read_back(folder) == set(open_store(small))
    config = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
    config.optionxform = str  # type: ignore[assignment, method-assign]
    config.read(folder / "Qleverfile")
    assert config["data"]["FORMAT"] == "nq"
    assert config["index"]["CAT_INPUT_FILES"] == "gunzip -c part-*.nq.gz"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run(load, *arguments).exit_code == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_neptune_gets_parts_a_manifest_and_the_request_to_its_loader(small, tmp_path, run):
    folder = tmp_path / "neptune"
    role = "arn:aws:iam::123456789012:role/NeptuneLoad"
    where = ("--s3", "s3://bucket/un/", "--iam-role", role, "--region", "eu-west-1")
    assert run(load, small, "--to", "neptune", folder, *where, "--chunk-mb", "0.001").exit_code == 0
    assert read_back(folder) == set(open_store(small))
    request = json.loads((folder / "load.json").read_text())
    assert request["source"] == "s3://bucket/un/part-"
    assert (request["format"], request["iamRoleArn"], request["region"]) == ("nquads", role, "eu-west-1")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert sum(part["statements"] for part in manifest["parts"]) == sum(manifest["graphs"].values()) == 40
    assert [part["file"] for part in manifest["parts"]] == [path.name for path in sorted(folder.glob("part-*"))]
    with pytest.raises(UsageError, match="give --s3, --iam-role and --region"):
        run(load, small, "--to", "neptune", folder)


def test_a_folder_of_something_else_is_left_alone(small, tmp_path, run):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    with pytest.raises(Exception, match="it exists and is no folder of files to load"):
        run(load, small, "--to", "qlever", folder)
    assert (folder / "letter.txt").read_text() == "dear"


def test_without_httpx_it_says_what_to_install(small, run, monkeypatch):
    monkeypatch.setattr(sys.modules["resgraph.cli.load"], "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'resgraph\[load\]'"):
        run(load, small, "--to", "oxigraph", "http://127.0.0.1:1")
