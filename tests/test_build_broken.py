"""Whatever ends a build: the old graph or the new one is there, never a mixture, and the next build goes on."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from resgraph.build import build
from resgraph.cli import main
from resgraph.errors import BusyError
from resgraph.output import held
from resgraph.store import open_store

SEEDS = sorted((Path(__file__).parent.parent / "seeds").iterdir())
ON_POSIX = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")

FAULTS = """
import os, pathlib, shutil, signal, sys
from hashlib import sha256
from resgraph import output
from resgraph.build import build, graph, writing
from resgraph.store import open_store
from resgraph.lexicon import load
from resgraph.build.rules import rules_digest

load()
rules_digest()
folder, sources = pathlib.Path(sys.argv[1]), [pathlib.Path(name) for name in sys.argv[2:]]
out = folder / "graph"

def alone(work):
    '''The exit code of some work in a process of its own.'''
    if not (pid := os.fork()):
        try:
            os._exit(work() or 0)
        except BaseException as error:
            print("broken:", repr(error), flush=True)
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

def digest():
    return sha256("".join(sorted(map(str, open_store(out)))).encode()).digest()[0]

def built():
    build(sources, out, validate=False, derive=False)

sync = os.fsync

def killed_at(point):
    steps = iter(range(10_000))
    def counted(work):
        calls = iter(range(10_000))
        def step(*given, **named):
            # there are many files to sync, one like the other
            if (work is not sync or next(calls) % 5 == 0) and next(steps) == point:
                os.kill(os.getpid(), signal.SIGKILL)
            return work(*given, **named)
        return step
    steps_of = [(os, "replace"), (os, "rename"), (os, "mkdir"), (output, "_exchange"), (shutil, "rmtree")]
    if "slow" not in os.environ:
        steps_of += [(os, "fsync"), (os, "unlink"), (graph, "_loaded"), (writing, "write_manifest")]
    for home, name in steps_of:
        setattr(home, name, counted(getattr(home, name)))
    if "slow" in os.environ:
        output._exchange = lambda *pair: False
    built()

def listed(graph):
    return sorted((path.name, path.stat().st_size) for path in graph.iterdir())

def restored():
    for path in folder.glob("graph"), folder.glob(".graph*"):
        for one in path:
            shutil.rmtree(one) if one.is_dir() else one.unlink()
    shutil.copytree(folder / "old", out)
    shutil.copy(folder / "parts", folder / ".graph.parts")

alone(lambda: build(sources[:1], out, validate=False, derive=False) and 0)
shutil.copytree(out, folder / "old")
old = alone(digest)
alone(built)
new = alone(digest)
assert old != new
shutil.copy(folder / ".graph.parts", folder / "parts")
point, seen = 0, set()
while True:
    restored()
    code = alone(lambda: killed_at(point))
    if code == 0:
        break
    assert code == -signal.SIGKILL, (point, code)
    missing = not out.exists()
    assert not missing or "slow" in os.environ, point
    found = None if missing else old if listed(out) == listed(folder / "old") else alone(digest)
    assert missing or found in (old, new), (point, found, old, new)
    if missing or found == new or not point % 8:
        assert alone(built) == 0, point
        assert alone(digest) == new, point
        left = sorted(path.name for path in folder.iterdir())
        assert left == [".graph.parts", "graph", "old", "parts"], (point, left)
    seen.add(found)
    point += 1
assert {old, new} <= seen, seen
print(point)
"""


@ON_POSIX
@pytest.mark.parametrize("slow", [False, True], ids=["swapped", "moved aside"])
def test_a_kill_at_any_step_leaves_the_old_graph_or_the_new_one(tmp_path: Path, slow: bool):
    environment = {**os.environ, **({"slow": "1"} if slow else {})}
    done = subprocess.run(
        [sys.executable, "-c", FAULTS, tmp_path, *SEEDS[:2]], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.splitlines()[-1]) > (4 if slow else 10)


KILLED = """
import os, pathlib, signal, sys
from resgraph.build import build
from resgraph.build.shelf import Shelf
put, count = Shelf.put, int(sys.argv[1])
def counted(self, *row):
    global count
    put(self, *row)
    count -= 1
    if not count:
        os.kill(os.getpid(), signal.SIGKILL)
Shelf.put = counted
build([pathlib.Path(sys.argv[2])], pathlib.Path(sys.argv[3]), validate=False, derive=False, workers=1)
"""


@ON_POSIX
@pytest.mark.parametrize("name", ["graph", "graph.nq"])
def test_a_build_that_was_killed_goes_on_where_it_stood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    from resgraph.build import making
    from resgraph.readers import read_found

    (tmp_path / "in").mkdir()
    for seed in SEEDS[:3]:
        shutil.copy(seed, tmp_path / "in")
    command = [sys.executable, "-c", KILLED, "2", tmp_path / "in", tmp_path / name]
    assert subprocess.run(command).returncode == -signal.SIGKILL
    assert not (tmp_path / name).exists()
    asked: list[str] = []
    monkeypatch.setattr(making, "read_found", lambda f, finish: asked.append(f.source.name) or read_found(f, finish))
    report = build([tmp_path / "in"], tmp_path / name, validate=False, derive=False)
    assert (asked, len(report.files), report.exit_code) == ([SEEDS[2].name], 3, 0)
    build([tmp_path / "in"], tmp_path / "whole.nq", validate=False, derive=False)
    assert set(open_store(tmp_path / name)) == set(open_store(tmp_path / "whole.nq"))
    assert {path.name for path in tmp_path.iterdir()} == {"in", name, "whole.nq"} | (
        {".graph.parts"} & {f".{name}.parts"}
    )


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from resgraph.cli import main
main(sys.argv[2:], prog_name="resgraph")
"""


@ON_POSIX
@pytest.mark.parametrize("most", [8_000, 60_000, 400_000])
@pytest.mark.parametrize("name", ["graph", "graph.nq"])
def test_a_full_disk_keeps_the_old_graph(tmp_path: Path, most: int, name: str):
    out = tmp_path / name
    build(SEEDS[:1], out, validate=False, derive=False)
    before, left = set(open_store(out)), {path.name for path in tmp_path.iterdir()}
    shutil.rmtree(tmp_path / ".graph.parts", ignore_errors=True)
    command = [sys.executable, "-c", LIMITED, str(most), "build", *SEEDS, "--out", out, "--no-validate"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 5, done.stderr
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert set(open_store(out)) == before
    found = {path.name for path in tmp_path.iterdir() if not path.name.startswith(f".{name}.parts")}
    assert found == left - {f".{name}.parts"}
    assert build(SEEDS, out, validate=False, derive=False).exit_code == 0


HOLDING = """
import pathlib, sys, time
from resgraph.output import held
with held(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_build_ends_and_names_the_first(tmp_path: Path):
    out = tmp_path / "graph"
    with subprocess.Popen([sys.executable, "-c", HOLDING, out], stdout=subprocess.PIPE, text=True) as first:
        try:
            assert first.stdout
            assert first.stdout.readline() == "held\n"
            with pytest.raises(BusyError, match=f"is being written by process {first.pid} on {socket.gethostname()}"):
                build(SEEDS[:1], out)
            result = CliRunner().invoke(main, ["build", str(SEEDS[0]), "--out", str(out)])
            assert (result.exit_code, f"process {first.pid}" in result.output) == (4, True)
            assert {path.name for path in tmp_path.iterdir()} == {".graph.lock"}
        finally:
            first.kill()
    assert build(SEEDS[:1], out, validate=False, derive=False).written
    assert {path.name for path in tmp_path.iterdir()} == {".graph.parts", "graph"}


def test_a_place_is_held_once_and_then_free(tmp_path: Path):
    with held(tmp_path / "graph"):
        with held(tmp_path / "other"):
            pass
        with pytest.raises(BusyError), held(tmp_path / "graph"):
            pass
    with held(tmp_path / "graph"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_killed_writers_left_goes_and_nothing_else(tmp_path: Path):
    for name in (".graph.0a1b2c3d.partial", ".graph.old", ".graph.0a1b2c3d.partial.txt", ".graph.x.partial", "graph"):
        (tmp_path / name).mkdir()
    (tmp_path / ".graph.00000000.partial").write_bytes(b"half")
    with held(tmp_path / "graph"):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {".graph.0a1b2c3d.partial.txt", ".graph.x.partial", "graph"}


def test_a_folder_that_was_moved_aside_comes_back(tmp_path: Path):
    (tmp_path / ".graph.old").mkdir()
    (tmp_path / ".graph.old" / "file").write_text("old")
    with held(tmp_path / "graph"):
        pass
    assert (tmp_path / "graph" / "file").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1
