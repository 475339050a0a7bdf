"""Every command and every piece of Python in these guide pages runs."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from resgraph.cli import main
from resgraph.store import write_store

GUIDE = Path(__file__).parent.parent / "docs" / "guide"
PAGES = [
    GUIDE / name
    for name in (
        "compare.md",
        "timeline.md",
        "undo.md",
        "reasoning.md",
        "dataset.md",
        "build.md",
        "tables.md",
        "zotero.md",
        "validation.md",
        "gephi.md",
        "akn.md",
    )
]
COMMANDS = [
    command for page in PAGES for command in re.findall(r"(?m)^\$ resgraph (.+)$", page.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def folder(seeds_graph, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("guide")
    write_store(path / "graph", seeds_graph)
    for name in ("queries", "seeds"):
        (path / name).symlink_to(GUIDE.parent.parent / name, target_is_directory=True)
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_works(command, folder, monkeypatch):
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, shlex.split(command))
    assert result.exit_code == 0, result.output
    files = [word for word in shlex.split(command) if re.fullmatch(r"[\w-]+\.(?:html|csv|graphml|gexf|svg)", word)]
    assert all((folder / file).stat().st_size for file in files)


def test_the_python_works(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    (code,) = re.findall(r"(?s)```python\n(.*?)```", (GUIDE / "compare.md").read_text(encoding="utf-8"))
    exec(code, {})
    assert "op3 Calls upon -> Again calls upon harder" in capsys.readouterr().out
