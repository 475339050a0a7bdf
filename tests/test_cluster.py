"""A build on a cluster: a real scheduler and real workers, some of which are killed, give the graph of one machine."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store, parse

from clustering import two_workers
from resgraph import cluster
from resgraph.build import build
from resgraph.cli import main
from resgraph.cluster import running
from resgraph.cluster.assembling import assemble
from resgraph.cluster.places import find
from resgraph.derive import rederive
from resgraph.errors import UsageError
from resgraph.iris import Iris
from resgraph.readers import find_sources
from resgraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result
    from distributed import LocalCluster
    from pyoxigraph import Quad

    from resgraph.report import BuildReport

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
TEXT = (SEEDS / "000_d337d03f1aa31ce2.txt").read_text(encoding="utf-8")
COPIES = 4


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    with two_workers() as started:
        yield started


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds, copies of one under other symbols, a second text of one, the same file twice, and no resolution."""
    folder = tmp_path_factory.mktemp("cluster") / "docs"
    shutil.copytree(SEEDS, folder / "seeds")
    for n in range(COPIES):
        (folder / f"copy{n:02d}.txt").write_text(TEXT.replace("57/201", f"57/{900 + n}"), encoding="utf-8")
    (folder / "second.txt").write_text(TEXT.replace("updated report", "report"), encoding="utf-8")
    shutil.copy(folder / "copy00.txt", folder / "seeds" / "again.txt")
    (folder / "none.txt").write_text("Nothing was decided.", encoding="utf-8")
    (folder / "votes.jsonl").write_text('{"symbol": "A/RES/57/901", "title": "Of copies"}\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(docs: Path) -> tuple[Path, BuildReport]:
    """The graph of one machine."""
    path = docs.parent / "alone.nq"
    return path, build([docs], path, validate=False, derive=False)


@pytest.fixture(scope="module")
def together(workers: LocalCluster, docs: Path) -> tuple[Path, BuildReport]:
    """The parts of the same documents, three a task."""
    path = docs.parent / "together"
    return path, cluster.build(workers.scheduler_address, [str(docs)], str(path), chunk=3)


def said(path: Path) -> set[Quad]:
    """What the documents say, without the description, which counts the whole."""
    about = Iris().dataset_graph
    return {quad for quad in parse(path=path, format=RdfFormat.N_QUADS) if quad.graph_name != about}


def manifest(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_bytes())


def quads(folder: Path) -> list[Quad]:
    parts = [gzip.decompress((folder / part["file"]).read_bytes()) for part in manifest(folder)["parts"]]
    return [quad for part in parts for quad in parse(part, RdfFormat.N_QUADS)]


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_parts_have_the_quads_of_one_machine_each_once(together, alone):
    built = quads(together[0])
    assert set(built) == said(alone[0])
    assert len({quad.triple for quad in built}) == len(built)


def test_the_report_is_that_of_one_machine(together, alone):
    told, same = (report.render().replace(str(path), "") for path, report in (together, alone))
    assert told == same
    assert (together[1].exit_code, len(together[1].failures)) == (3, 1)


def test_the_manifest_has_every_file_with_its_hash_and_every_source(together, docs):
    folder, told = together[0], manifest(together[0])
    files = [told["sources"], *told["parts"]]
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["manifest.json", *(file["file"] for file in files)]
    )
    for file in files:
        data = (folder / file["file"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), sha256(data).hexdigest())
    for part in told["parts"]:
        assert part["statements"] == gzip.decompress((folder / part["file"]).read_bytes()).count(b"\n")
    assert [failed["source"] for failed in told["failed"]] == [str(docs / "none.txt")]
    lines = gzip.decompress((folder / told["sources"]["file"]).read_bytes()).splitlines()
    sources = {source["source"]: source for source in map(json.loads, lines)}
    assert set(sources) == {str(path) for path in find_sources([docs])} - {str(docs / "votes.jsonl")}
    kept = sources[str(docs / "copy01.txt")]
    assert kept["sha256"] == sha256((docs / "copy01.txt").read_bytes()).hexdigest()
    assert kept["part"] in {part["file"] for part in told["parts"]}
    assert sources[str(docs / "none.txt")]["failure"].startswith("holds no resolution")


def test_a_worker_killed_in_the_middle_costs_no_byte(together, workers, docs, tmp_path):
    out, killed = tmp_path / "out", threading.Event()

    def kill() -> None:
        while not list(out.glob(".drafts/*")):
            sleep(0.01)
        assert not (out / "manifest.json").exists()
        os.kill(next(iter(workers.workers.values())).pid, signal.SIGKILL)
        killed.set()

    thread = threading.Thread(target=kill)
    thread.start()
    report = cluster.build(workers.scheduler_address, [str(docs)], str(out), chunk=3)
    thread.join()
    assert killed.is_set()
    assert report.render().replace(str(out), str(together[0])) == together[1].render()
    assert bytes_in(out) == bytes_in(together[0])


def test_a_file_that_kills_workers_is_set_aside_and_named(workers, tmp_path, monkeypatch):
    """One death is enough here; with it go the tasks that wait at the same worker, and none of them may be lost."""
    monkeypatch.setattr(workers.scheduler, "allowed_failures", 0)
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in ("a", "b", "c", "d"):
        (docs / f"{name}.txt").write_text(TEXT.replace("57/201", f"57/{ord(name)}"), encoding="utf-8")
    expected = cluster.build(workers.scheduler_address, [f"mined://{docs}"], str(tmp_path / "sound"), chunk=5)
    (docs / "c-mine.txt").write_text(TEXT, encoding="utf-8")
    report = cluster.build(workers.scheduler_address, [f"mined://{docs}"], str(tmp_path / "out"), chunk=5)
    (failure,) = report.failures
    assert (failure.where, failure.what) == (f"mined://{docs}/c-mine.txt", "ended every worker that read it")
    assert report.exit_code == 3
    assert manifest(tmp_path / "out")["failed"][0]["source"] == failure.where
    assert manifest(tmp_path / "out")["parts"] == manifest(tmp_path / "sound")["parts"]
    assert not expected.failures


def test_a_build_that_was_broken_off_goes_on_from_its_drafts(together, workers, docs, tmp_path, monkeypatch):
    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr(cluster, "assemble", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            cluster.build(workers.scheduler_address, [str(docs)], str(out), chunk=3)
    drafts = {path: path.stat().st_mtime_ns for path in out.glob(".drafts/*")}
    monkeypatch.setattr(cluster, "assemble", lambda *told: (drafts_now.update(written(out)), assemble(*told))[1])
    drafts_now: dict[Path, int] = {}
    cluster.build(workers.scheduler_address, [str(docs)], str(out), chunk=3)
    assert drafts_now == drafts != {}
    assert bytes_in(out) == bytes_in(together[0])


def written(out: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in out.glob(".drafts/*")}


def test_parts_of_an_earlier_build_go_and_other_files_stay(together, workers, docs, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(together[0], out)
    (out / "README").write_text("ours", encoding="utf-8")
    cluster.build(workers.scheduler_address, [str(docs / "seeds")], str(out))
    told = manifest(out)
    kept = {"README", "manifest.json", told["sources"]["file"], *(part["file"] for part in told["parts"])}
    assert {path.name for path in out.iterdir()} == kept
    assert len(told["parts"]) == 2


def test_a_store_of_the_parts_derives_what_one_machine_derives(together, alone, tmp_path):
    store = Store(str(tmp_path / "graph"))
    for part in manifest(together[0])["parts"]:
        store.bulk_load(gzip.decompress((together[0] / part["file"]).read_bytes()), RdfFormat.N_QUADS)
    store.flush()
    del store
    shutil.copy(alone[0], tmp_path / "alone.nq")
    for graph in ("graph", "alone.nq"):
        assert rederive(tmp_path / graph).statements
    told = {quad for quad in open_store(tmp_path / "graph") if quad.subject != Iris().derived_graph}
    assert told == {quad for quad in said(tmp_path / "alone.nq") if quad.subject != Iris().derived_graph}


def test_sources_and_parts_may_be_in_a_bucket(workers, tmp_path):
    """Not S3, but read and written as such: by fsspec's functions, of workers and of the process that asks."""
    url = f"mined://{tmp_path}"
    shutil.copytree(SEEDS, tmp_path / "docs")
    report = cluster.build(workers.scheduler_address, [f"{url}/docs/*.txt"], f"mined://{tmp_path}/out")
    assert (report.exit_code, len(report.files)) == (0, 5)
    assert manifest(tmp_path / "out")["documents"] == 5


def test_files_are_found_in_the_order_of_one_machine(docs):
    assert list(find([str(docs), str(docs / "none.txt")])) == [str(path) for path in find_sources([docs])]
    assert list(find([f"mined://{docs}/seeds"])) == [f"mined://{path}" for path in find_sources([docs / "seeds"])]
    assert list(find([str(docs / "gone")])) == [str(docs / "gone")]
    assert list(find(["https://example.org/a.txt"])) == ["https://example.org/a.txt"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", *arguments])


def test_the_command_builds_on_a_cluster(workers, tmp_path):
    result = run(str(SEEDS), "--out", str(tmp_path / "out"), "--cluster", workers.scheduler_address, "--chunk", "3")
    assert result.exit_code == 0, result.output
    assert "5 read" in result.output
    assert len(manifest(tmp_path / "out")["parts"]) == 3


def test_options_that_make_no_sense_together_are_refused(tmp_path):
    out = str(tmp_path / "out")
    assert (
        "--workers makes no sense" in run(str(SEEDS), "--out", out, "--cluster", "tcp://x:1", "--workers", "2").output
    )
    assert "--format makes no sense" in run(str(SEEDS), "--out", out, "--cluster", "tcp://x:1", "--format", "nq").output
    assert "with --cluster only" in run(str(SEEDS), "--out", out, "--chunk", "2").output


def test_without_the_extra_the_command_says_what_to_install(tmp_path, monkeypatch):
    command = sys.modules["resgraph.cli.build"]
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "distributed" else object())
    result = run(str(SEEDS), "--out", str(tmp_path / "out"), "--cluster", "tcp://x:1")
    assert result.exit_code == 2
    assert "pip install 'resgraph[cluster]'" in result.output


def test_a_scheduler_that_does_not_answer_is_an_error_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "_PATIENCE", 1)
    result = run(str(SEEDS), "--out", str(tmp_path / "out"), "--cluster", "tcp://127.0.0.1:9")
    assert (result.exit_code, "no scheduler answers there" in result.output) == (2, True)


def test_other_rules_on_a_worker_are_an_error(workers, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "rules_digest", lambda: "other")
    with pytest.raises(UsageError, match="other rules"):
        cluster.build(workers.scheduler_address, [str(SEEDS)], str(tmp_path / "out"))


def test_a_build_on_one_machine_needs_neither_dask_nor_fsspec(tmp_path):
    code = """
import sys
from resgraph.cli import main
main(["build", *sys.argv[1:], "--no-derive", "--no-validate"], standalone_mode=False)
print([name for name in sys.modules if name.split(".")[0] in ("dask", "distributed", "fsspec")])
"""
    command = [sys.executable, "-c", code, SEEDS / "000_d337d03f1aa31ce2.txt", "--out", tmp_path / "out.nq"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
