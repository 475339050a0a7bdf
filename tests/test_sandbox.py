"""Readers run in processes with caps: whatever a document does to its reader costs that document alone."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from making import canary, docx
from resgraph.build import build
from resgraph.errors import InputError
from resgraph.model import Source
from resgraph.readers import READERS, find_sources, read_all
from resgraph.readers.sandbox.outcomes import Caps, Crashed, Done, Limit, Refused, TimedOut, failure_of
from resgraph.readers.sandbox.pool import SANDBOX, Sandbox
from resgraph.readers.sandbox.process import Unpickler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.readers.sandbox.outcomes import Answer

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))
CAPS = Caps(memory=256 * 1024 * 1024, processor=1, wall=5)
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="this system cannot set all caps")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def ask(sandbox: Sandbox, call: str, data: bytes = b"words", caps: Caps = CAPS) -> Answer:
    return sandbox.run("misbehaving", call, data, Source("d", sha256(data).hexdigest(), "x/y", "", "in/d"), caps=caps)


def text(answer: Answer) -> str:
    assert isinstance(answer, Done), answer
    assert isinstance(answer.value, Source)
    return answer.value.text


def test_what_a_reader_gives_comes_back(sandbox: Sandbox):
    assert text(ask(sandbox, "well", "words – and more".encode())) == "words – and more"


@ON_LINUX
def test_all_caps_are_set(sandbox: Sandbox):
    ask(sandbox, "well")
    assert sandbox.missing == ()


@ON_LINUX
@pytest.mark.parametrize(
    ("call", "outcome"),
    [
        ("grow", Limit("memory", "256 MB")),
        ("abort", Limit("memory", "256 MB")),
        ("spin", Limit("processor time", "1 s")),
        ("die", Crashed(signal.SIGSEGV, "signal SIGSEGV")),
        ("leave", Crashed(None, "it ended with code 7")),
        ("fail", Crashed(None, "KeyError: 'a rule nobody wrote'; misbehaving.py, line 52")),
        ("refuse", Refused("in/d:3", "is odd", "make it even")),
        ("recurse", Refused("in/d", "is nested too deeply to be read", "save it again in another format")),
    ],
)
def test_whatever_happens_has_a_type_and_the_next_document_is_read(sandbox: Sandbox, call: str, outcome: Answer):
    assert ask(sandbox, call) == outcome
    assert text(ask(sandbox, "well")) == "words"


@ON_LINUX
def test_an_answer_beyond_the_cap_is_not_sent(sandbox: Sandbox):
    roomy = Caps(memory=1024 * 1024 * 1024)
    assert ask(sandbox, "swell", caps=roomy) == Limit("output", "64 MB")
    assert text(ask(sandbox, "well", caps=roomy)) == "words"


def test_a_reader_that_does_not_end_is_ended(sandbox: Sandbox):
    begin = time.perf_counter()
    assert ask(sandbox, "sleep", caps=Caps(wall=0.5)) == TimedOut(0.5)
    assert time.perf_counter() - begin < 5


@ON_LINUX
def test_no_file_can_be_opened_and_no_host_reached(sandbox: Sandbox, tmp_path: Path):
    for call, data in (("openly", b""), ("write", str(tmp_path / "out").encode())):
        answer = ask(sandbox, call, data)
        assert isinstance(answer, Crashed)
        assert "Too many open files" in answer.fault
    assert not (tmp_path / "out").exists()
    with canary() as (port, hits):
        assert isinstance(ask(sandbox, "connect", str(port).encode()), Crashed)
        assert hits == []


def test_a_library_that_mutters_disturbs_nothing(sandbox: Sandbox, capfd: pytest.CaptureFixture[str]):
    assert text(ask(sandbox, "mutter")) == "muttered"
    assert capfd.readouterr() == ("", "")


def test_an_answer_that_makes_no_sense_is_a_crash(sandbox: Sandbox):
    answer = ask(sandbox, "forge")
    assert isinstance(answer, Crashed)
    assert text(ask(sandbox, "well")) == "words"


def test_a_process_is_kept_while_it_behaves(sandbox: Sandbox):
    first = text(ask(sandbox, "process"))
    assert text(ask(sandbox, "process")) == first
    ask(sandbox, "leave")
    assert text(ask(sandbox, "process")) != first


@pytest.mark.parametrize(
    "forged",
    [
        b"cos\nsystem\n(S'touch /tmp/owned'\ntR.",
        pickle.dumps(print),
        pickle.dumps(Path("/")),
        b"cresgraph.model\nbisect_right\n.",
        b"cresgraph.readers.sandbox.outcomes\nInputError\n.",
    ],
)
def test_an_answer_can_hold_values_of_documents_only(forged: bytes):
    with pytest.raises(pickle.UnpicklingError, match="is no value of a document"):
        Unpickler(BytesIO(forged)).load()


def test_each_failure_says_where_what_and_what_to_do():
    outcomes = (Limit("memory", "256 MB"), TimedOut(60), Crashed(11, "signal SIGSEGV"), Refused("in/d", "is odd", "x"))
    for outcome in outcomes:
        error = failure_of(outcome, "in/d")
        assert error.where == "in/d"
        assert error.todo
    assert "cap on memory" in str(failure_of(outcomes[0], "in/d"))
    assert "cap on time: it was not read within 60 s" in str(failure_of(outcomes[1], "in/d"))


def test_readers_are_spawned_never_forked():
    for path in (Path(__file__).parent.parent / "src").rglob("*.py"):
        words = path.read_text(encoding="utf-8")
        assert "os.fork" not in words
        assert 'get_context("fork' not in words
        assert "set_start_method" not in words


def test_a_worker_imports_its_own_reader_only():
    for reader in READERS.values():
        if reader.module == "resgraph.readers.akn":
            continue
        program = (
            f"import sys; import resgraph.readers.sandbox.worker, {reader.module};"
            "print(*(m for m in ('click', 'rich', 'pyoxigraph', 'rdflib', 'owlready2', 'pyshacl', 'resgraph.segment',"
            " 'resgraph.lexicon') if m in sys.modules))"
        )
        result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert result.stdout.strip() == ""


# ---------------------------------------------------------------- builds


def garbage(name: str) -> bytes:
    return {
        "empty": b"",
        "noise.docx": b"PK\x03\x04" + os.urandom(5_000),
        "noise.pdf": b"%PDF-1.7\n" + os.urandom(5_000),
        "noise.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(5_000),
        "noise.html": b"<html>" + os.urandom(5_000),
        "noise.xml": b"<?xml version='1.0'?><akomaNtoso>" + os.urandom(5_000),
        "noise": os.urandom(5_000),
    }[name]


def test_a_folder_with_hostile_files_is_built_and_each_is_named(tmp_path: Path):
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["empty", "noise", "noise.doc", "noise.docx", "noise.html", "noise.pdf", "noise.xml"]
    for name in names:
        (folder / name).write_bytes(garbage(name))
    (folder / "bomb.docx").write_bytes(docx(body="<w:p><w:r><w:t>" + " " * 60_000_000 + "</w:t></w:r></w:p>"))
    (folder / "loop").symlink_to(folder)
    shutil.copy(SEED, folder / "zz.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe")
        names.append("pipe")
    begin = time.perf_counter()
    report = build([folder], tmp_path / "graph.nq", validate=False)
    assert time.perf_counter() - begin < 20
    assert report.exit_code == 3
    assert report.written
    assert {Path(failure.where).name for failure in report.failures} == {*names, "bomb.docx"}
    assert "more than the 50 MB" in next(str(f) for f in report.failures if "bomb" in f.where)
    build([SEED], tmp_path / "alone.nq", validate=False)
    written = (tmp_path / "graph.nq").read_bytes()
    assert written == (tmp_path / "alone.nq").read_bytes().replace(SEED.name.encode(), b"zz.txt")


@ON_LINUX
def test_the_report_names_the_cap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from resgraph.readers import reading

    monkeypatch.setitem(reading.READERS, "text/html", reading.Reader("misbehaving", "grow", CAPS))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text("<html><p>words")
    shutil.copy(SEED, tmp_path / "in" / "b.txt")
    report = build([tmp_path / "in"], tmp_path / "graph.nq", validate=False)
    assert report.exit_code == 3
    assert (
        "a.html: is over the cap on memory: it needs more than the 256 MB that one document may use" in report.render()
    )


def test_documents_come_in_order_however_long_each_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from resgraph.readers import reading

    monkeypatch.setitem(reading.READERS, "text/html", reading.Reader("misbehaving", "sleep", Caps(wall=1)))
    for n in range(6):
        (tmp_path / f"{n}.html").write_text("<html>")
        (tmp_path / f"{n}.txt").write_text(f"words {n}")
    begin = time.perf_counter()
    found = list(read_all(find_sources([tmp_path])))
    assert [Path(reading.where).name for reading in found] == [
        f"{n}.{kind}" for n in range(6) for kind in ("html", "txt")
    ]
    assert [isinstance(reading.outcome, TimedOut) for reading in found] == [True, False] * 6
    assert time.perf_counter() - begin < 10


def test_whoever_stops_listening_waits_for_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from resgraph.readers import reading

    monkeypatch.setitem(reading.READERS, "text/html", reading.Reader("misbehaving", "sleep", Caps(wall=30)))
    (tmp_path / "a.txt").write_text("words")
    for n in range(3):
        (tmp_path / f"b{n}.html").write_text("<html>")
    readings = read_all(find_sources([tmp_path]))
    begin = time.perf_counter()
    next(readings)
    threading.Timer(0.3, SANDBOX.close).start()
    next(readings)
    readings.close()
    assert time.perf_counter() - begin < 10


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from resgraph.readers import files

    path = tmp_path / "growing.txt"
    path.write_bytes(b"words " * 100)
    monkeypatch.setattr(files, "MAX_BYTES", 1_000)
    whole = files.bounded

    def meanwhile(file, path, size=0):
        with Path(path).open("ab") as more:
            more.write(b"more " * 1_000)
        return whole(file, path, size)

    monkeypatch.setattr(files, "bounded", meanwhile)
    with pytest.raises(InputError, match="more than the 1,000"):
        files.read_bytes(path)
