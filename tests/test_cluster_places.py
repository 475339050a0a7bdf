"""A build on a cluster whose sources and parts are in S3, as moto serves it, or whose sources are on the web."""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clustering import s3_server, two_workers, web_server
from resgraph import cluster
from resgraph.cluster.assembling import assemble
from resgraph.cluster.places import find, read_source
from resgraph.errors import InputError, OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import LocalCluster

    from clustering import WebServer
    from resgraph.report import BuildReport

missing = [name for name in ("aiohttp", "moto", "s3fs") if find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)} (the extra test)")

SEEDS = Path(__file__).parent.parent / "seeds"
TEXT = (SEEDS / "000_d337d03f1aa31ce2.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A bucket `papers`, by a file system that caches nothing."""
    with s3_server(tmp_path_factory.mktemp("s3") / "log") as address:
        from s3fs import S3FileSystem

        files = S3FileSystem(skip_instance_cache=True, use_listings_cache=False, endpoint_url=address)
        files.mkdir("papers")
        yield files


@pytest.fixture(scope="module")
def workers(s3: Any) -> Iterator[LocalCluster]:
    with two_workers() as started:
        yield started


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds in a folder of a folder, one under another symbol with a title in metadata, no resolution, a secret."""
    folder = tmp_path_factory.mktemp("places") / "docs"
    shutil.copytree(SEEDS, folder / "seeds")
    (folder / "copy.txt").write_text(TEXT.replace("57/201", "57/901"), encoding="utf-8")
    (folder / "none.txt").write_text("Nothing was decided.", encoding="utf-8")
    (folder / "votes.jsonl").write_text('{"symbol": "A/RES/57/901", "title": "Of copies"}\n', encoding="utf-8")
    (folder / ".hidden.txt").write_text(TEXT.replace("57/201", "57/902"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def on_disk(workers: LocalCluster, docs: Path) -> tuple[dict[str, bytes], BuildReport]:
    out = docs.parent / "out"
    report = cluster.build(workers.scheduler_address, [str(docs)], str(out), chunk=3)
    return {path.name: path.read_bytes() for path in out.iterdir()}, report


@pytest.fixture
def bucket(s3: Any, docs: Path) -> Iterator[str]:
    s3.put(str(docs), "papers/docs", recursive=True)
    yield "s3://papers"
    s3.rm("papers/docs", recursive=True)


def in_bucket(s3: Any, folder: str) -> dict[str, bytes]:
    return {path.removeprefix(f"{folder}/"): data for path, data in s3.cat(s3.find(folder)).items()}


def parts(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.startswith("part-")}


def test_a_build_from_a_bucket_into_a_bucket_has_the_bytes_of_one_on_a_disk(workers, s3, bucket, docs, on_disk):
    report = cluster.build(workers.scheduler_address, [f"{bucket}/docs"], f"{bucket}/out", chunk=3)
    files = in_bucket(s3, "papers/out")
    assert parts(files) == parts(on_disk[0])
    assert len(parts(files)) == 4
    assert set(files) == {"manifest.json", *(name for name in files if name.startswith("sources-")), *parts(files)}
    told, same = json.loads(files["manifest.json"]), json.loads(on_disk[0]["manifest.json"])
    assert (told["parts"], told["counts"], told["documents"]) == (same["parts"], same["counts"], 6)
    assert [failed["source"] for failed in told["failed"]] == [f"{bucket}/docs/none.txt"]
    there = report.render().replace(f"{bucket}/out", "OUT").replace(f"{bucket}/docs", "DOCS")
    assert there == on_disk[1].render().replace(str(docs.parent / "out"), "OUT").replace(str(docs), "DOCS")


def test_what_changed_in_a_bucket_is_seen_and_earlier_parts_go(workers, s3, bucket, docs):
    """In one process, which would otherwise believe the listing that it has."""
    cluster.build(workers.scheduler_address, [f"{bucket}/docs"], f"{bucket}/changed", chunk=3)
    s3.pipe_file("papers/changed/README", b"ours")
    s3.rm("papers/docs/copy.txt")
    s3.pipe_file("papers/docs/later.txt", TEXT.replace("57/201", "57/903").encode())
    report = cluster.build(workers.scheduler_address, [f"{bucket}/docs"], f"{bucket}/changed")
    files = in_bucket(s3, "papers/changed")
    told = json.loads(files["manifest.json"])
    assert f"{bucket}/docs/later.txt" in {file.path for file in report.files}
    assert f"{bucket}/docs/copy.txt" not in {file.path for file in report.files}
    assert set(files) == {"README", "manifest.json", told["sources"]["file"], *(part["file"] for part in told["parts"])}
    assert len(told["parts"]) == 2


def test_a_star_stands_for_names_in_a_bucket(workers, s3, bucket):
    found = list(find([f"{bucket}/docs/seeds/*.txt", f"{bucket}/docs"]))
    assert [name.rpartition("/")[2][:3] for name in found[:5]] == ["000", "001", "002", "003", "004"]
    assert found[5:] == [f"{bucket}/docs/{name}" for name in ("copy.txt", "none.txt", "votes.jsonl")]


def test_a_build_that_was_broken_off_has_no_manifest_and_goes_on(workers, s3, bucket, on_disk, monkeypatch):
    out = f"{bucket}/broken"
    with monkeypatch.context() as patched:
        patched.setattr(cluster, "assemble", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            cluster.build(workers.scheduler_address, [f"{bucket}/docs"], out, chunk=3)
    drafts = s3.find("papers/broken", detail=True)
    assert {name.split("/")[2] for name in drafts} == {".drafts"}
    written = {name: about["LastModified"] for name, about in drafts.items()}
    seen = {}

    def looked(*told):
        now = s3.find("papers/broken", detail=True)
        seen.update({name: about["LastModified"] for name, about in now.items()})
        return assemble(*told)

    monkeypatch.setattr(cluster, "assemble", looked)
    cluster.build(workers.scheduler_address, [f"{bucket}/docs"], out, chunk=3)
    assert seen == written
    files = in_bucket(s3, "papers/broken")
    assert parts(files) == parts(on_disk[0])
    assert not any(name.startswith(".drafts") for name in files)


def test_what_is_not_there_is_told_of(workers, s3, bucket, tmp_path):
    with pytest.raises(UsageError, match=r"cannot be listed .The specified bucket does not exist"):
        cluster.build(workers.scheduler_address, ["s3://no-such-bucket/docs"], str(tmp_path / "out"))
    report = cluster.build(workers.scheduler_address, [f"{bucket}/nothing"], str(tmp_path / "out"))
    assert [(each.where, each.what) for each in report.failures] == [(f"{bucket}/nothing", "does not exist")]
    with pytest.raises(OutputError, match=r"s3://no-such-bucket.*cannot be written .the specified bucket does not"):
        cluster.build(workers.scheduler_address, [f"{bucket}/docs/copy.txt"], "s3://no-such-bucket/out")


def test_a_store_that_cannot_be_reached_is_an_error_in_one_line(s3, monkeypatch):
    from s3fs import S3FileSystem

    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    S3FileSystem.clear_instance_cache()
    try:
        with pytest.raises(UsageError, match=r"cannot be listed .EndpointConnectionError: Could not connect"):
            list(find(["s3://papers/docs"]))
        with pytest.raises(OSError, match="EndpointConnectionError"):
            read_source("s3://papers/docs/copy.txt")
    finally:
        S3FileSystem.clear_instance_cache()


# ---------------------------------------------------------------- the web


@pytest.fixture
def web(docs: Path, tmp_path: Path) -> Iterator[WebServer]:
    """The documents, and more of them under names that fail."""
    shutil.copytree(docs, tmp_path / "docs")
    for number, name in enumerate(("busy", "cut", "dropped", "forbidden")):
        text = TEXT.replace("57/201", f"57/{910 + number}")
        (tmp_path / "docs" / f"{name}.txt").write_text(text, encoding="utf-8")
    with web_server(tmp_path / "docs") as server:
        yield server


def test_sources_on_the_web_give_the_parts_of_those_on_a_disk(workers, web, docs, on_disk, tmp_path):
    names = ["copy.txt", "none.txt", "votes.jsonl", *(f"seeds/{path.name}" for path in sorted(SEEDS.glob("*.txt")))]
    urls = [f"{web.address}/{name}" for name in names]
    report = cluster.build(workers.scheduler_address, urls, str(tmp_path / "out"), chunk=3)
    assert [(each.where, each.what) for each in report.failures] == [
        (f"{web.address}/none.txt", "holds no resolution that can be recognised")
    ]
    assert parts({path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}) == parts(on_disk[0])


def test_a_server_that_fails_for_a_while_is_asked_again(workers, web, tmp_path):
    urls = [f"{web.address}/{name}.txt" for name in ("copy", "busy", "cut")]
    report = cluster.build(workers.scheduler_address, urls, str(tmp_path / "out"), chunk=1)
    assert (report.exit_code, report.failures) == (0, ())
    assert (web.seen["busy.txt"], web.seen["cut.txt"]) == (3, 2)
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["documents"] == 3


def test_what_the_web_does_not_give_is_set_aside_and_named(workers, web, tmp_path):
    names = ("copy", "dropped", "forbidden", "gone")
    urls = [f"{web.address}/{name}.txt" for name in names]
    report = cluster.build(workers.scheduler_address, urls, str(tmp_path / "out"), chunk=4)
    told = {each.where.rpartition("/")[2]: each.what for each in report.failures}
    assert list(told) == ["dropped.txt", "forbidden.txt", "gone.txt"]
    assert told["gone.txt"] == "does not exist"
    assert told["forbidden.txt"].startswith("cannot be read (ClientResponseError: 403")
    assert told["dropped.txt"].startswith("cannot be read (ServerDisconnectedError")
    assert report.exit_code == 3


def test_the_web_cannot_be_written_to(workers, web, tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        cluster.build(workers.scheduler_address, [f"{web.address}/copy.txt"], f"{web.address}/out")


def test_a_file_that_comes_in_pieces_is_read_whole(web, docs):
    assert read_source(f"{web.address}/copy.txt") == (docs / "copy.txt").read_bytes()
    with pytest.raises(InputError, match="does not exist"):
        read_source(f"{web.address}/gone.txt")
