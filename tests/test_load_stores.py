"""Loading into Oxigraph's server and into Virtuoso 7, both as they are, also over a line that loses and delays."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from loading import OXIGRAPH, VIRTUOSO, Proxy, http_server, oxigraph_server, virtuoso_server
from resgraph.cli.load import load
from resgraph.load.client import Patience
from resgraph.load.credentials import Credentials
from resgraph.load.kinds import target
from resgraph.load.loading import Options, load_graph
from resgraph.load.state import Journal
from resgraph.store import open_store, write_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

needs_oxigraph = pytest.mark.skipif(
    OXIGRAPH is None, reason="the Oxigraph server is not installed: pip install oxigraph"
)
needs_virtuoso = pytest.mark.skipif(
    VIRTUOSO is None, reason="virtuoso-t is not installed (Debian: virtuoso-opensource)"
)
FAULTS = ("drop", "500", "", "lose", "slow", "busy", "timeout")
XSD = "http://www.w3.org/2001/XMLSchema#"
DBA = Credentials("dba", "dba")


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "oxigraph"
    folder.mkdir()
    with oxigraph_server(folder) as address:
        yield address


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as address:
        yield address


@pytest.fixture
def few(graph: Path, tmp_path: Path) -> Path:
    """The seeds without the authority data."""
    path = tmp_path / "few"
    write_store(path, [quad for quad in open_store(graph) if not quad.graph_name.value.endswith("/authority")])
    return path


def in_oxigraph(address: str) -> set[Quad]:
    answer = httpx.get(f"{address}/store", headers={"Accept": "application/n-quads"})
    return set(parse(answer.content, RdfFormat.N_QUADS))


def in_virtuoso(address: str, graph: str) -> set[Triple]:
    url = f"{address}/sparql-graph-crud"
    answer = httpx.get(url, params={"graph-uri": graph}, headers={"Accept": "text/plain"}, timeout=60)
    return {quad.triple for quad in parse(answer.content, RdfFormat.N_TRIPLES)}


def names(path: Path) -> list[str]:
    return sorted(graph.value for graph in open_store(path).named_graphs())


def triples(path: Path, graph: str) -> set[Triple]:
    return {quad.triple for quad in open_store(path).quads_for_pattern(None, None, None, NamedNode(graph))}


@needs_oxigraph
def test_oxigraph_has_what_the_graph_has_and_a_second_load_changes_nothing(graph, tmp_path, oxigraph, run):
    arguments = (graph, "--to", "oxigraph", oxigraph, "--state", tmp_path / "state")
    result = run(load, *arguments)
    assert (result.exit_code, result.output.count("the store's counts agree")) == (0, 1)
    first = in_oxigraph(oxigraph)
    assert first == set(open_store(graph))
    assert run(load, *arguments).exit_code == 0
    assert in_oxigraph(oxigraph) == first
    again = run(load, *arguments, "--only-changed")
    assert f"0 graphs sent with 0 statements, {len(names(graph))} unchanged" in again.output


@needs_oxigraph
def test_what_the_line_loses_is_sent_again_until_oxigraph_has_all(graph, tmp_path, oxigraph):
    proxy = Proxy(oxigraph, FAULTS, slowness=3)
    options = Options(chunk=300_000, patience=Patience(timeout=2.5, first_wait=0.01))
    with http_server(proxy) as address:
        done = load_graph(graph, target("oxigraph", address), None, options, tmp_path / "state")
        assert set(proxy.done) == set(FAULTS)
        assert any(request.method == "POST" for request in proxy.writes)
        assert in_oxigraph(oxigraph) == set(open_store(graph))
        assert done.statements == len(open_store(graph))
        proxy.requests.clear()
        again = Options(only_changed=True)
        assert load_graph(graph, target("oxigraph", address), None, again, tmp_path / "state").sent == 0
        assert proxy.writes == []
        assert proxy.requests != []


@needs_oxigraph
def test_a_load_that_was_killed_within_a_graph_is_resumed(graph, tmp_path, oxigraph):
    proxy = Proxy(oxigraph)
    proxy.hold = lambda request: len([seen for seen in proxy.writes if seen.method == "POST"]) == 2
    with http_server(proxy) as address:
        command = [sys.executable, "-m", "resgraph", "load", str(graph), "--to", "oxigraph", address]
        command += ["--chunk-mb", "0.5", "--state", str(tmp_path / "state")]
        with subprocess.Popen(command) as process:
            assert proxy.holding.wait(60)
            process.kill()
        broken = in_oxigraph(oxigraph)
        assert set() < broken < set(open_store(graph))
        whole = {quad.graph_name.value for quad in broken} - {proxy.writes[-1].parameters["graph"][0]}
        proxy.hold = lambda _: False
        proxy.requests.clear()
        resumed = subprocess.run([*command, "--only-changed"], capture_output=True, text=True)
        assert resumed.returncode == 0, resumed.stderr
        assert {request.parameters["graph"][0] for request in proxy.writes} == set(names(graph)) - whole
        assert len(whole) > 3
        assert in_oxigraph(oxigraph) == set(open_store(graph))


@needs_oxigraph
def test_a_load_that_was_killed_after_the_store_had_done_it_and_before_it_was_noted(few, tmp_path, oxigraph):
    """The line that is lost costs one request more, which changes nothing."""
    proxy = Proxy(oxigraph)
    proxy.hold_answer = lambda request: len(proxy.writes) == 3
    state = tmp_path / "state"
    with http_server(proxy) as address:
        command = [sys.executable, "-m", "resgraph", "load", str(few), "--to", "oxigraph", address]
        command += ["--state", str(state)]
        with subprocess.Popen(command) as process:
            assert proxy.holding.wait(60)
            process.kill()
        (*done, cut) = names(few)[:3]
        assert in_oxigraph(oxigraph) == {quad for quad in open_store(few) if quad.graph_name.value in (*done, cut)}
        journal = Journal(state, f"{address}/store")
        assert (journal.graphs(), journal.hash_of(cut)) == ([*done, cut], None)
        assert all(map(journal.hash_of, done))
        proxy.hold_answer = lambda _: False
        proxy.requests.clear()
        resumed = subprocess.run([*command, "--only-changed"], capture_output=True, text=True)
        assert (resumed.returncode, "the store's counts agree" in resumed.stdout) == (0, True), resumed.stderr
        assert [request.parameters["graph"][0] for request in proxy.writes] == names(few)[2:]
        assert in_oxigraph(oxigraph) == set(open_store(few))


@needs_oxigraph
def test_a_store_that_was_emptied_is_filled_again_though_the_journal_says_it_is_full(few, tmp_path, oxigraph, run):
    arguments = (few, "--to", "oxigraph", oxigraph, "--state", tmp_path / "state")
    assert run(load, *arguments).exit_code == 0
    httpx.delete(f"{oxigraph}/store", params={"graph": names(few)[0]}).raise_for_status()
    assert "1 graphs sent" in run(load, *arguments, "--only-changed").output
    assert in_oxigraph(oxigraph) == set(open_store(few))


@needs_oxigraph
def test_replace_all_removes_what_was_ours_and_is_gone_and_nothing_else(few, tmp_path, oxigraph, run):
    state = ("--state", tmp_path / "state")
    of_others = Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"), NamedNode("https://w3id.org/resgraph/other"))
    put = httpx.put(f"{oxigraph}/store", params={"graph": of_others.graph_name.value}, content=f"{of_others.triple} .",
                    headers={"Content-Type": "application/n-triples"})  # fmt: skip
    put.raise_for_status()
    assert run(load, few, "--to", "oxigraph", oxigraph, *state).exit_code == 0
    gone = names(few)[0]
    fewer = tmp_path / "fewer"
    write_store(fewer, [quad for quad in open_store(few) if quad.graph_name.value != gone])
    to_fewer = (fewer, "--to", "oxigraph", oxigraph, *state)
    assert f"DELETE {oxigraph}/store?graph={gone}" in run(load, *to_fewer, "--replace-all", "--dry-run").output
    assert "0 removed" in run(load, *to_fewer).output
    assert in_oxigraph(oxigraph) == {*open_store(few), of_others}
    assert "1 removed" in run(load, *to_fewer, "--replace-all").output
    assert in_oxigraph(oxigraph) == {*open_store(fewer), of_others}
    assert "0 removed" in run(load, *to_fewer, "--replace-all").output


@needs_virtuoso
def test_virtuoso_has_every_statement_of_the_seeds_over_a_line_that_loses(graph, tmp_path, virtuoso):
    proxy = Proxy(virtuoso, FAULTS, slowness=0.5)
    options = Options(chunk=500_000, patience=Patience(timeout=30, first_wait=0.01))
    with http_server(proxy) as address:
        done = load_graph(graph, target("virtuoso", address), DBA, options, tmp_path / "state")
        assert set(proxy.done) == set(FAULTS)
        assert any(request.method == "POST" for request in proxy.writes)
        for name in names(graph):
            assert in_virtuoso(virtuoso, name) == triples(graph, name), name
        proxy.faults = ()
        assert load_graph(graph, target("virtuoso", address), DBA, options, tmp_path / "state") == done
        for name in names(graph):
            assert in_virtuoso(virtuoso, name) == triples(graph, name), name
        proxy.requests.clear()
        again = Options(only_changed=True, patience=options.patience)
        assert load_graph(graph, target("virtuoso", address), DBA, again, tmp_path / "state").sent == 0
        assert proxy.writes == []


@needs_virtuoso
def test_virtuoso_may_cut_off_its_answers(few, tmp_path):
    (tmp_path / "store").mkdir()
    with virtuoso_server(tmp_path / "store", rows=5) as address:
        proxy = Proxy(address)
        with http_server(proxy) as passed_on:
            done = load_graph(few, target("virtuoso", passed_on), DBA, Options(), tmp_path / "state")
    asked = [request for request in proxy.requests if not request.writes and "authorization" in request.headers]
    assert done.sent == len(names(few)) > 10
    assert 3 <= len(asked) <= 4, "five of these and of the three or so of its own a time"
    assert not any(b"VALUES" in request.body for request in asked)


def literal(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + datatype))


KEPT = [
    literal("1999", "gYear"), literal("1999-12", "gYearMonth"), literal("1999-12-31", "date"),
    literal("true", "boolean"),
    literal("2001-01-01T00:00:00Z", "dateTime"), literal("-5", "integer"), literal("0.95", "decimal"),
    literal("10", "decimal"), Literal("colour", language="en"), Literal(""),
    Literal('a\nb\r\tc"\\ \'x\''), Literal("“Ünïcödé” — ﬁ 中文 😀 𝔘"), Literal("e\u0301"), Literal(" <b>&amp;</b> "),
    Literal("\u0001\u007f\u202e"), Literal("The General Assembly, recalling " * 10_000),
]  # fmt: skip
CHANGED = {
    literal("123456789012345678901", "integer"): literal("123456789012345678901", "decimal"),
    literal("0.123456789012345678", "decimal"): literal("0.123456789012346", "decimal"),
}


@needs_virtuoso
def test_what_virtuoso_keeps_and_what_it_changes(tmp_path, virtuoso):
    name = NamedNode("https://w3id.org/resgraph/literals")
    subject, predicate = NamedNode("urn:s"), NamedNode("urn:p")
    values = [*KEPT, *CHANGED]
    write_store(tmp_path / "graph", [Quad(subject, predicate, value, name) for value in values])
    done = load_graph(tmp_path / "graph", target("virtuoso", virtuoso), DBA, Options(), tmp_path / "state")
    assert done.statements == len(values)
    assert {triple.object for triple in in_virtuoso(virtuoso, name.value)} == {*KEPT, *CHANGED.values()}


@needs_virtuoso
def test_virtuoso_refuses_a_wrong_password_once_and_for_all(graph, tmp_path, virtuoso, run, monkeypatch):
    monkeypatch.setitem(os.environ, "RESGRAPH_LOAD_USER", "dba")
    monkeypatch.setitem(os.environ, "RESGRAPH_LOAD_PASSWORD", "wrong")
    with pytest.raises(Exception, match=r"answers 401.*set RESGRAPH_LOAD_USER") as caught:
        run(load, graph, "--to", "virtuoso", virtuoso, "--state", tmp_path / "state")
    assert "wrong" not in str(caught.value)
