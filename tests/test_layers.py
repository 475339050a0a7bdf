"""The house rules that a reader cannot see from one file: layers, budgets, and what makes a triple or an IRI."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP = Path(__file__).parent.parent
SOURCE = TOP / "src" / "resgraph"
MODULES = sorted(SOURCE.rglob("*.py"))

RDF_HALF = ("rdf", "authority.py", "bridge.py", "iris.py", "literals.py", "output.py", "vocab.py")
"""`export`, `store`, `sparql`, `queries` are not among these: they take apart IRIs, JSON, SPARQL, and no words."""

READS_FOREIGN_GRAPHS = ("bridge.py", "validate.py", "shacl_report.py")


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            function = node.func
            yield (function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")), node


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_imports_run_one_way():
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter, "--no-cache"], cwd=TOP, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_longer_than_300_lines(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_function_is_longer_than_50_lines(path: Path):
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {function: lines for function, lines in lengths.items() if lines > 50} == {}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_an_iri_is_minted_in_one_place_only(path: Path):
    if name(path) not in ("iris.py", "vocab.py"):
        assert [f"line {call.lineno}" for function, call in calls(path) if function == "NamedNode"] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_blank_node_is_made(path: Path):
    made = [call for function, call in calls(path) if function in ("BlankNode", "BNode")]
    if name(path) not in READS_FOREIGN_GRAPHS:
        assert [f"line {call.lineno}" for call in made] == []


@pytest.mark.parametrize("path", [path for path in MODULES if name(path).split("/")[0] in RDF_HALF], ids=name)
def test_the_rdf_half_never_sees_a_regular_expression(path: Path):
    assert not imports(path) & {"re", "re2", "regex"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_reads_the_clock_or_chance_into_a_graph(path: Path):
    if name(path) not in ("output.py", "readers/sandbox/process.py", "serve/stored.py", "serve/worker.py"):
        assert not imports(path) & {"random", "secrets", "time", "uuid"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_there_is_no_drawer_for_odds_and_ends(path: Path):
    assert path.stem not in ("utils", "util", "helpers", "misc", "common")
