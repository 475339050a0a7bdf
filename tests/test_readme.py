"""What the README shows is what happens: its commands run, its triples are in the graph, its files are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from resgraph.cli import main
from resgraph.iris import Iris
from resgraph.pipeline import quads

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


COMMANDS = [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines()]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds and a graph of them, as the README builds it."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "seeds").symlink_to(TOP / "seeds", target_is_directory=True)
    result = CliRunner().invoke(main, ["build", str(folder / "seeds"), "--out", str(folder / "graph"), "--no-validate"])
    assert result.exit_code == 0
    return folder


def test_the_first_thing_to_type_is_exactly_two_commands():
    first = re.search(r"^(?:    .*\n)+", README, re.MULTILINE)
    assert first
    assert [line.strip() for line in first.group().splitlines()] == ["python3 start.py", "python3 start.py test"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(command: str, place: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(place)
    program, *arguments = shlex.split(command)
    assert program == "resgraph"
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output


def test_the_example_in_python_runs(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.chdir(place)
    (example,) = blocks("python")
    exec(compile(example, "README.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    assert printed[:2] == ["A/RES/57/201 9 9", "A/RES/55/88 8 8"]
    assert "A/RES/57/201 58" in printed


def test_the_triples_shown_are_in_the_graph_of_the_seeds():
    (example,) = blocks("turtle")
    shown = {quad.triple for quad in parse(example, RdfFormat.TURTLE)}
    assert len(shown) > 15
    assert shown - {quad.triple for quad in quads([TOP / "seeds"], Iris())} == set()


def test_the_words_shown_are_those_of_the_seed():
    source = TOP / "seeds" / "000_d337d03f1aa31ce2.txt"
    text = source.read_text(encoding="utf-8")
    quoted = " ".join(line.removeprefix("> ") for line in README.splitlines() if line.startswith("> "))
    assert text.splitlines()[64] == quoted.replace("8\\.", "8.")
    assert text[5121:5135] == "the Convention"


@pytest.mark.parametrize("target", re.findall(r"\]\((?!https?:)([^)#]+)\)", README))
def test_a_link_leads_somewhere(target: str):
    assert (TOP / target).exists()


def test_every_file_of_the_plan_of_the_house_is_there():
    plan = README.partition("    src/resgraph/\n")[2].partition("    docs/")[0]
    named = re.findall(r"^ {6}(\S+(?: \S+)*?)(?: {2,}|$| values)", plan, re.MULTILINE)
    paths = [path for names in named for path in names.split()]
    assert len(paths) > 12
    assert [path for path in paths if not (TOP / "src" / "resgraph" / path).exists()] == []
