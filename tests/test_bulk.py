"""Statements that are loaded in chunks."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from resgraph import bulk
from resgraph.build import graph as build_graph
from resgraph.bulk import add_quads, ahead


def quads(count):
    return [
        Quad(NamedNode(f"urn:s:{n}"), NamedNode("urn:p"), Literal(f"line\n{n}"), NamedNode("urn:g"))
        for n in range(count)
    ]


def test_what_is_done_ahead_comes_in_order_and_no_more_is_taken_than_threads_can_do():
    taken = []

    def items():
        for n in range(50):
            taken.append(n)
            yield n

    done = ahead(lambda n: n * n, items(), threads=2)
    assert next(done) == 0
    assert len(taken) <= 3
    assert list(done) == [n * n for n in range(1, 50)]


def test_a_failure_is_raised_where_its_turn_comes():
    done = ahead(lambda n: 1 // n, [1, 0, 1])
    assert next(done) == 1
    with pytest.raises(ZeroDivisionError):
        next(done)


def test_chunks_end_where_lines_do(monkeypatch, tmp_path):
    monkeypatch.setattr(bulk, "CHUNK", 100)
    store = Store()
    add_quads(store, quads(500), tmp_path)
    assert set(store) == set(quads(500))
    assert not list(tmp_path.iterdir())


def test_quads_may_be_made_of_the_store():
    store = Store()
    store.bulk_extend(quads(20))
    add_quads(store, (Quad(quad.subject, NamedNode("urn:q"), quad.object, quad.graph_name) for quad in store))
    assert len(store) == 40


def test_lines_of_no_share_that_cannot_be_loaded_are_told_too():
    store = Store()
    lines = [(None, b"<urn:s> <urn:p> <urn:o> <urn:g> .\n"), (None, b"no statement\n")]
    assert build_graph._load(store, 2, None, lines) == [None]
    assert len(store) == 1
