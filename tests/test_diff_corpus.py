"""Print and markup of a resolution give the same graph but for what docs/guide/diff.md lists, with the reason."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from resgraph.build import build
from resgraph.diff import Comparison, diff

CORPUS = Path(os.environ.get("RESGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))
PRINTS = sorted((CORPUS / "pdf").glob("A_RES_78_*.pdf"))
MARKUPS = CORPUS / "akn" / "GA" / "78session-sample"
GUIDE = (Path(__file__).parents[1] / "docs" / "guide" / "diff.md").read_text("utf-8")
ONLY_IN_MARKUP = {"way of adoption", "votes for", "votes against", "abstentions", "votes"}

pytestmark = pytest.mark.skipif(
    not (PRINTS and MARKUPS.is_dir()), reason="no corpus: set RESGRAPH_CORPUS to its folder"
)


def markup_of(path: Path) -> Path:
    (found,) = (other for other in MARKUPS.glob("*.xml") if re.split("[-_](?=[^_-]*$)", other.stem)[0] == path.stem)
    return found


def compared(folder: Path, prints: list[Path]) -> Comparison:
    for name, files in (("print", prints), ("markup", [markup_of(path) for path in prints])):
        report = build(files, folder / f"{name}.nq", validate=False, derive=False)
        assert not report.failures
    return diff(folder / "print.nq", folder / "markup.nq")


def test_no_difference_is_unexplained_and_no_explanation_idle(tmp_path: Path):
    found = compared(tmp_path, PRINTS)
    assert found.counts == (len(PRINTS),) * 3
    told = {(d.symbol, d.where, d.aspect) for d in found.differences if d.first or d.where not in ONLY_IN_MARKUP}
    listed = re.findall(r"(?m)^\| (A/RES/\S+) \| ([\w ]+) \| (\w+) \| .+ \|$", GUIDE)
    assert sorted(told) == sorted(listed)


def test_the_example_of_the_guide_is_what_the_command_says(tmp_path: Path):
    found = compared(tmp_path, [CORPUS / "pdf" / "A_RES_78_195.pdf"])
    assert found.to_text().partition("\n")[2].partition("\n")[2] in GUIDE
