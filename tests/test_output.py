from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from resgraph import output
from resgraph.errors import OutputError
from resgraph.output import whole_file, whole_folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def fill(folder, text):
    (folder / "deep").mkdir()
    (folder / "deep" / "file").write_text(text)


def always(_):
    return True


def never(_):
    return False


def test_a_file_stands_in_its_place_only_when_complete(tmp_path):
    path = tmp_path / "graph.nq"
    with whole_file(path) as file:
        file.write(b"half")
        assert not path.exists()
    assert path.read_bytes() == b"half"
    assert names(tmp_path) == ["graph.nq"]


def test_a_failure_keeps_the_old_file_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "graph.nq"
    path.write_bytes(b"old")
    with pytest.raises(KeyError), whole_file(path) as file:
        file.write({}[b"new"])
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["graph.nq"]


def test_a_file_has_the_permissions_of_any_new_file(tmp_path):
    (tmp_path / "plain").write_bytes(b"")
    with whole_file(tmp_path / "graph.nq"):
        pass
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "graph.nq")}
    assert len(modes) == 1


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.nq").write_bytes(b"old")
    (tmp_path / "link.nq").symlink_to("real.nq")
    with whole_file(tmp_path / "link.nq") as file:
        file.write(b"new")
    assert (tmp_path / "link.nq").is_symlink()
    assert (tmp_path / "real.nq").read_bytes() == b"new"


def test_a_folder_cannot_be_written_as_a_file(tmp_path):
    with pytest.raises(OutputError, match="no ordinary file"), whole_file(tmp_path):
        pass


@pytest.mark.parametrize("writer", [whole_file, lambda path: whole_folder(path, always)])
def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path, writer):
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "none" / "graph", tmp_path / "file" / "graph"):
        with pytest.raises(OutputError) as caught, writer(place):
            pass
        assert str(place) in str(caught.value)
        assert "\n" not in str(caught.value)
    assert names(tmp_path) == ["file"]


def test_a_full_disk_is_one_clear_error_and_leaves_nothing(tmp_path):
    script = (
        "import resource, signal, sys, pathlib\n"
        "from resgraph.output import whole_file\n"
        "from resgraph.errors import OutputError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    with whole_file(pathlib.Path(sys.argv[1])) as file:\n"
        "        file.write(b'x' * 5000)\n"
        "except OutputError as error:\n"
        "    print(error)\n"
    )
    path = tmp_path / "graph.nq"
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert "file too large" in done.stdout
    assert names(tmp_path) == []


def test_a_new_folder_stands_in_its_place_only_when_complete(tmp_path):
    path = tmp_path / "store"
    with whole_folder(path, never) as folder:
        fill(folder, "new")
        assert not path.exists()
    assert (path / "deep" / "file").read_text() == "new"
    assert names(tmp_path) == ["store"]


@pytest.mark.parametrize("swaps", [True, False])
def test_an_old_folder_stays_until_the_new_one_is_complete(tmp_path, monkeypatch, swaps):
    if not swaps:
        monkeypatch.setattr(output, "_exchange", lambda *_: False)
    path = tmp_path / "store"
    path.mkdir()
    fill(path, "old")
    with whole_folder(path, always) as folder:
        fill(folder, "new")
        assert (path / "deep" / "file").read_text() == "old"
    assert (path / "deep" / "file").read_text() == "new"
    assert names(tmp_path) == ["store"]


def test_a_failure_keeps_the_old_folder(tmp_path):
    path = tmp_path / "store"
    path.mkdir()
    fill(path, "old")
    with pytest.raises(KeyError), whole_folder(path, always) as folder:
        fill(folder, {}["new"])
    assert (path / "deep" / "file").read_text() == "old"
    assert names(tmp_path) == ["store"]


def test_a_failure_of_the_last_move_puts_the_old_folder_back(tmp_path, monkeypatch):
    path = tmp_path / "store"
    path.mkdir()
    fill(path, "old")
    monkeypatch.setattr(output, "_exchange", lambda *_: False)
    with pytest.raises(OutputError), whole_folder(path, always) as folder:
        folder.rmdir()
    assert (path / "deep" / "file").read_text() == "old"
    assert names(tmp_path) == ["store"]


def test_a_folder_of_other_things_is_not_replaced(tmp_path):
    path = tmp_path / "letters"
    path.mkdir()
    fill(path, "dear")
    with pytest.raises(OutputError, match="no store"), whole_folder(path, never):
        pass
    assert (path / "deep" / "file").read_text() == "dear"


def test_an_empty_folder_is_replaced_but_a_file_is_not(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("dear")
    with whole_folder(tmp_path / "empty", never) as folder:
        fill(folder, "new")
    with pytest.raises(OutputError), whole_folder(tmp_path / "file", always):
        pass
    assert names(tmp_path) == ["empty", "file"]
    assert names(tmp_path / "empty") == ["deep"]


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_a_kill_in_the_middle_leaves_the_old_file(tmp_path):
    path = tmp_path / "graph.nq"
    path.write_bytes(b"old")
    script = (
        "import os, signal, sys, pathlib\n"
        "from resgraph.output import whole_file\n"
        "with whole_file(pathlib.Path(sys.argv[1])) as file:\n"
        "    file.write(b'new')\n"
        "    file.flush()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert path.read_bytes() == b"old"
