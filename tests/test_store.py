from __future__ import annotations

import os
import subprocess
import sys

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from resgraph.authority import authority_quads
from resgraph.errors import GraphError, OutputError, UsageError
from resgraph.export import FORMATS as EXPORTS
from resgraph.export import export_to_file
from resgraph.rdf import graph_quads, settle
from resgraph.store import FORMATS, is_store, open_store, write_store
from sample import RESOLUTION

QUADS = list(settle([*graph_quads([RESOLUTION]), *authority_quads()]))
PLACE = NamedNode("https://example.org/s")


def broken():
    yield from QUADS[:50]
    raise ValueError("the input broke off")


def test_a_store_gives_back_its_quads(tmp_path):
    write_store(tmp_path / "store", iter(QUADS))
    assert set(open_store(tmp_path / "store")) == set(QUADS)
    assert is_store(tmp_path / "store")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_an_old_store_is_replaced_by_a_complete_one(tmp_path):
    path = tmp_path / "store"
    write_store(path, [Quad(PLACE, PLACE, Literal("old"))])
    write_store(path, QUADS)
    assert set(open_store(path)) == set(QUADS)
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_broken_build_keeps_the_old_store(tmp_path):
    path = tmp_path / "store"
    write_store(path, QUADS)
    with pytest.raises(ValueError, match="broke off"):
        write_store(path, broken())
    assert set(open_store(path)) == set(QUADS)
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_an_old_store_that_is_being_read_can_be_replaced(tmp_path):
    path = tmp_path / "store"
    write_store(path, [Quad(PLACE, PLACE, Literal("old"))])
    reader = open_store(path)
    write_store(path, QUADS)
    assert [quad.object.value for quad in reader] == ["old"]
    assert len(open_store(path)) == len(QUADS)


@pytest.mark.skipif(os.name == "nt", reason="no resource module")
def test_a_full_disk_keeps_the_old_store(tmp_path):
    path = tmp_path / "store"
    write_store(path, [Quad(PLACE, PLACE, Literal("old"))])
    script = (
        "import pathlib, resource, sys\n"
        "from pyoxigraph import Literal, NamedNode, Quad\n"
        "from resgraph.errors import OutputError\n"
        "from resgraph.store import write_store\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "place = NamedNode('https://example.org/s')\n"
        "try:\n"
        "    write_store(pathlib.Path(sys.argv[1]), (Quad(place, place, Literal(f'{n}' * 50)) for n in range(9999)))\n"
        "except OutputError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True)
    assert "cannot be written" in done.stdout, done.stderr
    assert [quad.object.value for quad in open_store(path)] == ["old"]
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_folder_with_anything_else_in_it_is_not_replaced(tmp_path):
    path = tmp_path / "store"
    write_store(path, QUADS)
    (path / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="no store"):
        write_store(path, QUADS)
    assert (path / "notes.txt").read_text() == "mine"


def test_a_store_is_opened_to_be_read_only(tmp_path):
    write_store(tmp_path / "store", QUADS)
    with pytest.raises(RuntimeError, match="read-write"):
        open_store(tmp_path / "store").add(QUADS[0])


def test_every_format_that_is_written_can_be_opened(tmp_path):
    assert {f".{name}" for name in EXPORTS} == set(FORMATS)
    for name in EXPORTS:
        path = tmp_path / f"graph.{name}"
        export_to_file(QUADS, path)
        assert {quad.triple for quad in open_store(path)} == {quad.triple for quad in QUADS}


def test_a_path_that_leads_nowhere_is_refused(tmp_path):
    with pytest.raises(GraphError, match=r"none\.nq: there is no such file"):
        open_store(tmp_path / "none.nq")


def test_an_unknown_ending_is_refused(tmp_path):
    (tmp_path / "graph.txt").write_text("")
    with pytest.raises(UsageError, match=r"'\.txt' names no format; use one of \.nq"):
        open_store(tmp_path / "graph.txt")


def test_a_folder_that_is_no_store_is_refused(tmp_path):
    with pytest.raises(GraphError, match="no store"):
        open_store(tmp_path)
    (tmp_path / "CURRENT").write_text("nonsense")
    with pytest.raises(GraphError, match="cannot be opened"):
        open_store(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"<https://x/a> <https://x/b> 1 .\n<https://x/a> 'x' 1 .", r"a\.ttl, line 2: it is no valid"),
        ("a.nq", b"\n\n<a", r"a\.nq, line 3: "),
        ("a.jsonld", b'{\n"@context": [}', r"a\.jsonld, line 2: "),
        ("a.rdf", b"<a", r"a\.rdf: it is no valid"),
        ("a.ttl", b"\xff\xfe\x00", r"a\.ttl, line 1"),
    ],
)
def test_a_file_that_cannot_be_parsed_is_refused_with_its_line(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GraphError, match=message):
        open_store(tmp_path / name)


def test_a_context_from_elsewhere_is_not_fetched(tmp_path):
    (tmp_path / "a.jsonld").write_text('{"@context": "http://127.0.0.1:9/context.jsonld"}')
    with pytest.raises(GraphError, match="remote context"):
        open_store(tmp_path / "a.jsonld")


def test_entities_of_xml_are_not_expanded(tmp_path):
    (tmp_path / "a.rdf").write_text('<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>')
    with pytest.raises(GraphError, match="document type"):
        open_store(tmp_path / "a.rdf")


@pytest.mark.parametrize("depth", [120, 20_000])
def test_json_nested_beyond_reason_is_refused(tmp_path, depth):
    (tmp_path / "a.jsonld").write_text('{"@graph":' * depth + "1" + "}" * depth)
    with pytest.raises(GraphError, match="nested"):
        open_store(tmp_path / "a.jsonld")


def test_json_that_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "a.jsonld").write_bytes(b'{"a": "\xff"}')
    with pytest.raises(GraphError, match="UTF-8"):
        open_store(tmp_path / "a.jsonld")


def test_a_file_is_a_whole_store_in_memory(tmp_path):
    export_to_file(QUADS, tmp_path / "graph.nq")
    store = open_store(tmp_path / "graph.nq")
    assert isinstance(store, Store)
    assert set(store) == set(QUADS)
