"""Two graphs compared in words: what one says of a resolution that the other does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from resgraph.build import build
from resgraph.cli import main
from resgraph.diff import Comparison, diff

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """57/201. Words of the Assembly

The General Assembly,

Recalling its resolution 48/141 of 20 December 1993,¹

Noting the report of the Secretary-General,

1. Requests the Secretary-General to report to the General Assembly at its fifty-eighth session;

2. Invites States:

(a) To submit their reports;

(b) To nominate experts of high standing.

77th plenary meeting
18 December 2002

¹ See resolution 2200 A (XXI), annex.
"""


def graph(folder: Path, name: str, text: str = TEXT) -> Path:
    source = folder / f"{name}.txt"
    source.write_text(text, encoding="utf-8")
    report = build([source], folder / f"{name}.nq", validate=False)
    assert not report.failures
    return folder / f"{name}.nq"


def found(folder: Path, *changes: tuple[str, str]) -> Comparison:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return diff(graph(folder, "a"), graph(folder, "b", text))


def told(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    return [(d.where, d.aspect, d.first, d.second) for d in comparison.differences]


def test_a_graph_is_the_same_as_itself_in_any_format(tmp_path: Path):
    one = graph(tmp_path, "a")
    build([tmp_path / "a.txt"], tmp_path / "store", validate=False)
    build([tmp_path / "a.txt"], tmp_path / "a.ttl", validate=False)
    for other in (one, tmp_path / "store", tmp_path / "a.ttl"):
        comparison = diff(one, other)
        assert (comparison.same, comparison.counts) == (True, (1, 1, 1))
    assert comparison.to_text().endswith("the same in all that is said of 1 resolution\n")


def test_spaces_and_kinds_of_hyphen_make_no_difference(tmp_path: Path):
    assert found(tmp_path, ("Secretary-General,", "Secretary\u2011General,")).same


def test_words_of_a_paragraph(tmp_path: Path):
    comparison = found(tmp_path, ("experts of high standing", "experts of good standing"))
    assert told(comparison) == [
        (
            "operative paragraph 2, point b",
            "text",
            "To nominate experts of high standing.",
            "To nominate experts of good standing.",
        )
    ]


def test_a_paragraph_that_only_one_has_moves_no_other(tmp_path: Path):
    comparison = found(tmp_path, ("Recalling its", "Guided by the Charter of the United Nations,\n\nRecalling its"))
    structure = [row for row in told(comparison) if row[1] == "structure" and not (row[2] and row[3])]
    assert structure == [("preambular paragraph 1", "structure", "", "Guided by the Charter of the United Nations,")]
    assert {row[1] for row in told(comparison)} == {"structure"}


def test_acts_citations_notes_and_metadata(tmp_path: Path):
    comparison = found(
        tmp_path,
        ("Invites States", "Urges States"),
        ("48/141", "48/142"),
        ("2200 A (XXI)", "217 A (III)"),
        ("Words of the Assembly", "Other words of the Assembly"),
        ("77th", "78th"),
    )
    rows = {(where, aspect): (first, second) for where, aspect, first, second in told(comparison)}
    assert rows["title", "metadata"] == ("Words of the Assembly", "Other words of the Assembly")
    assert rows["meeting", "metadata"] == ("UNGA/session/57/meeting/77", "UNGA/session/57/meeting/78")
    assert rows["preambular paragraph 1", "citations"] == ("A/RES/48/141", "A/RES/48/142")
    assert (
        rows["footnote 1", "citations"] == ("A/RES/2200(XXI), annex", "A/RES/217(III)A, annex")
        or rows["footnote 1", "citations"]
    )
    first, second = rows["operative paragraph 2", "acts"]
    assert (first.split(";")[0], second.split(";")[0]) == ("invite", "urge")


def test_a_mark_that_is_lost(tmp_path: Path):
    comparison = found(tmp_path, ("1993,¹", "1993,"))
    assert ("preambular paragraph 1", "notes", "1", "") in told(comparison)


def test_a_resolution_that_only_one_graph_has(tmp_path: Path):
    comparison = found(tmp_path, ("57/201", "57/202"))
    assert told(comparison) == [
        ("resolution", "structure", "A/RES/57/201", ""),
        ("resolution", "structure", "", "A/RES/57/202"),
    ]
    assert comparison.to_text().splitlines()[2:] == [
        "2 of 2 resolutions differ: structure 2",
        "",
        "A/RES/57/201",
        "  resolution: structure only in A",
        "",
        "A/RES/57/202",
        "  resolution: structure only in B",
    ]


def test_the_report_for_readers(tmp_path: Path):
    lines = found(tmp_path, ("high standing", "good standing")).to_text().splitlines()
    assert lines[0].startswith("A  ")
    assert lines[0].endswith("a.nq  1 resolution")
    assert lines[2:] == [
        "1 of 1 resolution differ: text 1",
        "",
        "A/RES/57/201",
        "  operative paragraph 2, point b: text",
        "    A  To nominate experts of high standing.",
        "    B  To nominate experts of good standing.",
    ]


def run(*arguments: object):
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def test_the_command_tells_by_its_exit_code(tmp_path: Path):
    one, other = graph(tmp_path, "a"), graph(tmp_path, "b", TEXT.replace("high", "good"))
    assert run(one, one).exit_code == 0
    assert run(one, other).exit_code == 1
    assert run(one, tmp_path / "none.nq").exit_code == 2


def test_the_report_for_programs(tmp_path: Path):
    one, other = graph(tmp_path, "a"), graph(tmp_path, "b", TEXT.replace("high", "good"))
    result = run(one, other, "--format", "json")
    said = json.loads(result.output)
    assert (said["same"], said["inBoth"], said["first"]["resolutions"]) == (False, 1, 1)
    assert said["differences"] == [
        {
            "symbol": "A/RES/57/201",
            "aspect": "text",
            "where": "operative paragraph 2, point b",
            "first": "To nominate experts of high standing.",
            "second": "To nominate experts of good standing.",
        }
    ]


@pytest.mark.parametrize("ending", ["nq", "ttl", "jsonld", "rdf"])
def test_formats_with_and_without_named_graphs_compare(tmp_path: Path, ending: str):
    one = graph(tmp_path, "a")
    build([tmp_path / "a.txt"], tmp_path / f"b.{ending}", validate=False)
    assert diff(one, tmp_path / f"b.{ending}").same
