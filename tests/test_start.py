"""The starter file and what it installs from: pinned, hashed, and known to come without a compiler."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
LOCKS = sorted((TOP / "requirements").glob("*.lock"))
START = runpy.run_path(str(TOP / "start.py"), run_name="start")


def pinned(lock: Path) -> dict[str, str]:
    """The text of each entry by the name of its package."""
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8"))
    return {entry.partition("==")[0].strip(): entry for entry in entries}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_everything_is_pinned_with_a_hash_and_comes_from_wherever_pip_is_told(lock: Path):
    for name, entry in pinned(lock).items():
        assert re.match(r"[a-z0-9-]+==[0-9][\w.]*", entry), name
        assert "--hash=sha256:" in entry, name
        assert "://" not in entry
        assert "index" not in entry.replace("importlib", "")


def test_the_locks_have_what_the_project_asks_for():
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    run, test, build = (set(pinned(TOP / "requirements" / f"{name}.lock")) for name in ("run", "test", "build"))
    assert names(project["project"]["dependencies"]) <= run <= test
    assert names(project["project"]["optional-dependencies"]["test"]) <= test
    assert names(project["build-system"]["requires"]) <= build
    assert "setuptools" in build


def test_cython_is_not_installed_so_that_no_compiler_is_asked_for():
    assert not any("cython" in pinned(lock) for lock in LOCKS)


def test_the_locks_agree_on_versions():
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, entry in pinned(lock).items():
            versions.setdefault(name, set()).add(entry.split()[0])
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_the_questions_it_shows_are_stored():
    for _, (question, *_rest) in START["QUESTIONS"]:
        assert (TOP / "queries" / f"{question}.rq").exists()


def test_it_says_what_can_be_said_to_it():
    result = subprocess.run([sys.executable, TOP / "start.py", "dance"], capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr.startswith("start.py: say `start.py`")


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert "3.11 or newer" in START["main"]([])


def test_a_wheel_carries_the_ontology_the_queries_and_the_lexicon(tmp_path: Path):
    pytest.importorskip("hatchling", reason="hatchling is not installed; start.py installs it")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=TOP, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("resgraph-*-py3-none-any.whl")
    packed = {name.removeprefix("resgraph/") for name in zipfile.ZipFile(wheel).namelist()}
    kept = [path for folder in ("ontology", "queries") for path in (TOP / folder).rglob("*") if path.is_file()]
    assert {path.relative_to(TOP).as_posix() for path in kept} <= packed
    assert {"py.typed", "lexicon/verbs.toml", "__main__.py"} <= packed
