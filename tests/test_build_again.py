"""A second build reads only what is new, and gives what a build from nothing gives."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, Quad, Store

from pdfs import Sheet, document
from resgraph import validate as validation
from resgraph.build import build, export_store, making, rules, writing
from resgraph.build.manifest import Manifest, read_manifest, write_manifest
from resgraph.iris import Iris
from resgraph.readers import read_found, reading
from resgraph.readers.sandbox.outcomes import Caps
from resgraph.shacl_report import Report, Result
from resgraph.store import MANIFEST
from resgraph.vocab import RG, XSD

if TYPE_CHECKING:
    from resgraph.report import BuildReport

SEEDS = sorted((Path(__file__).parent.parent / "seeds").iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose sources `a.txt` and `b.txt` are built into `graph`."""
    (tmp_path / "in").mkdir()
    for name, seed in zip("ab", SEEDS, strict=False):
        shutil.copy(seed, tmp_path / "in" / f"{name}.txt")
    again(tmp_path)
    return tmp_path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that are read."""
    names: list[str] = []

    def read(found, finish):
        names.append(found.source.name)
        return read_found(found, finish)

    monkeypatch.setattr(making, "read_found", read)
    return names


def again(folder: Path, **options: object) -> BuildReport:
    return build([folder / "in"], folder / "graph", **({"validate": False} | options))  # type: ignore[arg-type]


def exported(folder: Path, graph: str = "graph") -> bytes:
    export_store(folder / graph, folder / f"{graph}.nq")
    return (folder / f"{graph}.nq").read_bytes()


def is_as_if_new(folder: Path) -> bool:
    build([folder / "in"], folder / "new", validate=False)
    return exported(folder) == exported(folder, "new")


def test_where_nothing_changed_nothing_is_read_and_nothing_written(folder: Path, asked: list[str]):
    before = [(path.name, path.stat().st_ino, path.stat().st_mtime_ns) for path in sorted((folder / "graph").iterdir())]
    first = again(folder, fresh=True)
    assert (first.changed, asked) == (False, ["a.txt", "b.txt"])
    asked.clear()
    report = again(folder)
    assert (report.changed, report.written, asked) == (False, True, [])
    after = [(path.name, path.stat().st_ino, path.stat().st_mtime_ns) for path in sorted((folder / "graph").iterdir())]
    assert after == before
    assert report.files == first.files
    assert "unchanged: " in report.render()


def test_a_document_that_changed_is_read_and_no_other(folder: Path, asked: list[str]):
    text = folder / "in" / "a.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("Convention", "Treaty"), encoding="utf-8")
    assert again(folder).changed
    assert asked == ["a.txt"]
    assert is_as_if_new(folder)


def test_a_document_that_is_gone_leaves_the_graph(folder: Path, asked: list[str]):
    (folder / "in" / "a.txt").unlink()
    assert len(again(folder).files) == 1
    assert asked == []
    assert is_as_if_new(folder)


def test_a_document_that_came_is_added(folder: Path, asked: list[str]):
    shutil.copy(SEEDS[2], folder / "in" / "c.txt")
    assert again(folder).changed
    assert asked == ["c.txt"]
    assert is_as_if_new(folder)


def test_a_document_of_another_name_is_another_document(folder: Path, asked: list[str]):
    (folder / "in" / "a.txt").rename(folder / "in" / "0.txt")
    assert again(folder).changed
    assert asked == ["0.txt"]
    assert is_as_if_new(folder)


def test_another_folder_of_the_same_documents_is_the_same_graph(folder: Path, asked: list[str]):
    (folder / "in").rename(folder / "moved")
    report = build([folder / "moved"], folder / "graph", validate=False)
    assert (report.changed, asked) == (False, [])
    assert report.files[0].path == str(folder / "moved" / "a.txt")


def test_metadata_reach_the_documents_they_are_of(folder: Path, asked: list[str]):
    metadata = folder / "in" / "votes.jsonl"
    for count, read in (("100", ["a.txt"]), ("101", ["a.txt"]), ("101", [])):
        entry = {"symbol": "A/RES/57/201", "adoption_type": "Recorded vote", "MS_in_favour_count": count}
        metadata.write_text(json.dumps(entry) + "\n")
        asked.clear()
        assert again(folder).changed is bool(read)
        assert asked == read
    assert is_as_if_new(folder)


def test_other_rules_read_everything_again(folder: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch):
    for module in (making, writing):
        monkeypatch.setattr(module, "rules_digest", lambda: "others")
    assert again(folder).changed
    assert asked == ["a.txt", "b.txt"]


def test_the_rules_are_the_code_its_data_and_the_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    digests = [rules.rules_digest.__wrapped__()]
    for name, text in (("a.py", "x = 1"), ("b.toml", "x = 1"), ("b.toml", "x = 2"), ("c.txt", "x")):
        monkeypatch.setattr(rules, "_PACKAGE", tmp_path)
        (tmp_path / name).write_text(text)
        digests.append(rules.rules_digest.__wrapped__())
    assert len(set(digests)) == 4
    assert digests[-1] == digests[-2]
    monkeypatch.setattr(rules, "version", lambda name: "0")
    assert rules.rules_digest.__wrapped__() != digests[-1]
    assert {"pyoxigraph", "ahocorasick-rs", "pyshacl"} <= rules._libraries()


def test_what_was_refused_is_refused_again_unread(folder: Path, asked: list[str]):
    (folder / "in" / "bad.txt").write_text("Dear Sir,\n\nthank you for your letter.\n")
    (folder / "in" / "worse.txt").write_bytes("Dear Sir,\n\nça va.\n".encode() + b"\xff\n")
    first, second = again(folder), again(folder)
    assert (len(first.failures), first.changed, second.changed) == (2, False, False)
    assert [(str(a), str(b)) for a, b in zip(first.failures, second.failures, strict=True) if str(a) != str(b)] == []
    assert asked == ["bad.txt", "worse.txt"]
    (folder / "in" / "bad.txt").rename(folder / "in" / "worse.txt")
    assert Path(again(folder).failures[0].where).name == "worse.txt"
    assert asked[2:] == ["worse.txt"]


def test_what_went_over_a_cap_is_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch):
    text = folder / "in" / "c.html"
    shutil.copy(SEEDS[2], text)
    text.write_text(f"<html><pre>{text.read_text(encoding='utf-8')}</pre></html>")
    monkeypatch.setitem(reading.READERS, "text/html", reading.Reader("misbehaving", "sleep", Caps(wall=0.2)))
    assert "cap on time" in str(again(folder).failures[0])
    monkeypatch.undo()
    report = again(folder)
    assert (report.failures, report.changed) == ((), True)


def test_the_better_source_goes_and_the_other_counts(tmp_path: Path, asked: list[str]):
    (tmp_path / "in").mkdir()
    lines = (tmp_path.parent / "x", "57/201. Words", "The General Assembly,", "1. Decides to remain seized of it.")[1:]
    (tmp_path / "in" / "b.txt").write_text("\n\n".join(lines) + "\n")
    sheet = Sheet(y=700)
    for line in lines:
        sheet.paragraph([line])
    (tmp_path / "in" / "a.pdf").write_bytes(document([sheet]))
    again(tmp_path)
    assert sorted(asked) == ["a.pdf", "b.txt"]
    (tmp_path / "in" / "b.txt").unlink()
    assert again(tmp_path).changed
    assert len(asked) == 2
    assert is_as_if_new(tmp_path)


def test_the_outcome_of_validation_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch):
    told: list[int] = []
    first = again(folder, validate=True, told=lambda done, total: told.append(done))
    assert (first.changed, bool(told)) == (False, True)
    monkeypatch.setattr(validation, "validate", None)
    second = again(folder, validate=True)
    assert first.validation
    assert second.validation == first.validation
    assert again(folder).validation is None


def test_what_validation_said_is_read_as_it_was_written(tmp_path: Path):
    node, number = Iris().document("A/RES/1/1"), Literal("1", datatype=XSD.integer)
    values = (None, node, number, Literal('a "line"\n\u2028 more'), Literal("mot", language="fr"))
    told = [
        Result(severity="Warning", focus=node, message="é", shape="s", component="c", value=value, line=n)
        for n, value in enumerate(values)
    ]
    written = Manifest("x", Report.of({*told, replace(told[0], severity="Violation", focus=number)}))
    write_manifest(tmp_path, written)
    assert read_manifest(tmp_path) == written
    (tmp_path / "1.sst").write_bytes(b"new")
    assert read_manifest(tmp_path) is None


def test_a_store_that_others_wrote_to_is_made_again(folder: Path, asked: list[str]):
    before = exported(folder)
    store = Store(str(folder / "graph"))
    node = Iris().document("A/RES/1/1")
    store.add(Quad(node, RG.cites, node, node))
    store.flush()
    del store
    assert exported(folder) != before
    assert again(folder).changed
    assert (exported(folder), asked) == (before, [])


@pytest.mark.parametrize("left", [b"", b"{", b"[]", b'{"files": null}', b"\xff"])
def test_a_manifest_that_makes_no_sense_is_none(folder: Path, left: bytes):
    (folder / "graph" / MANIFEST).write_bytes(left)
    assert again(folder).changed
    assert not again(folder).changed


def test_without_its_parts_the_graph_is_the_same(folder: Path, asked: list[str]):
    (folder / ".graph.parts").unlink()
    assert not again(folder).changed
    assert asked == ["a.txt", "b.txt"]


@pytest.mark.parametrize("garbage", [b"no database", bytes(10_000), b"SQLite format 3\0" + bytes(5_000)])
def test_a_damaged_shelf_is_made_anew(folder: Path, asked: list[str], garbage: bytes):
    (folder / ".graph.parts").write_bytes(garbage)
    assert not again(folder).changed
    assert asked == ["a.txt", "b.txt"]


@pytest.mark.parametrize("column", ["quads", "shared", "about"])
def test_a_damaged_part_costs_its_document_once(folder: Path, asked: list[str], column: str):
    shelf = sqlite3.connect(folder / ".graph.parts")
    value = "{" if column == "about" else b"torn"
    shelf.execute(f"UPDATE parts SET {column} = ? WHERE about LIKE '%A/RES/57/201%'", (value,))
    shelf.commit()
    shelf.close()
    shutil.copy(SEEDS[2], folder / "in" / "c.txt")
    report = again(folder)
    lost = column != "about"
    assert [Path(failure.where).name for failure in report.failures] == ["a.txt"] * lost
    assert sorted(asked) == ["c.txt"] if lost else ["a.txt", "c.txt"]
    assert not again(folder).failures
    assert is_as_if_new(folder)


def test_parts_that_no_source_has_any_more_are_dropped(folder: Path):
    (folder / "in" / "a.txt").unlink()
    again(folder)
    shelf = sqlite3.connect(folder / ".graph.parts")
    assert shelf.execute("SELECT count(*) FROM parts").fetchone() == (1,)
    shelf.close()


def test_beside_a_file_nothing_stays(folder: Path):
    build([folder / "in"], folder / "file.nq", validate=False)
    assert sorted(path.name for path in folder.iterdir()) == [".graph.parts", "file.nq", "graph", "in"]
