"""Metadata lines fill what documents leave open, and never overrule them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from resgraph.errors import InputError
from resgraph.iris import Iris
from resgraph.pipeline import quads
from resgraph.readers.metadata import read_metadata, set_apart
from resgraph.vocab import DCTERMS, RG

if TYPE_CHECKING:
    from pathlib import Path

LINE = {
    "symbol": "A/RES/75/902",
    "title": "Another title",
    "adoption_meeting": "42nd plenary meeting",
    "adoption_date": "11 December 2020",
    "originating_document": "A/75/L.8 and A/75/L.8/Add.1",
    "report_paragraph": "N.A.",
    "agenda_item": "Agenda item 128",
    "agenda_item_name": "Strengthening",
    "adoption_type": "By a recorded vote",
    "MS_in_favour_count": "2",
    "MS_against_count": "0",
    "MS_abstaining_count": "1",
    "pv": "A/75/PV.42",
    "MS_in_favour": ["CHILE", "VIET NAM"],
    "MS_against": [],
    "MS_abstaining": ["COTE D'IVOIRE"],
    "sponsors": ["CHILE", "SUBMITTED BY THE CHAIR"],
    "additional_sponsors": ["PERU"],
    "SDGs": ["14"],
    "subjects": [["ISLANDS", "UNBIS Thesaurus"]],
}
TEXT = """75/902. A title

The General Assembly,
Recalling its resolution 45/158 of 18 December 1990,
Decides to remain seized of the matter.

41st plenary meeting
10 December 2020
"""


def write(folder: Path, *lines: object) -> Path:
    path = folder / "lines.json"
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n", "utf-8")
    return path


def test_a_line_tells_of_one_resolution(tmp_path: Path):
    told = read_metadata(write(tmp_path, LINE)).told["A/RES/75/902"]
    assert told.drafts == ("A/75/L.8", "A/75/L.8/Add.1")
    assert (told.sponsors, told.additional_sponsors, told.submitted_by) == (("Chile",), ("Peru",), "THE CHAIR")
    assert [(b.state, b.choice) for b in told.adoption.ballots][-1] == ("Côte d’Ivoire", "abstained")
    assert [(s.label, s.iri) for s in told.subjects] == [
        ("sdg 14", "http://metadata.un.org/sdg/14"),
        ("ISLANDS", None),
    ]


def test_a_line_for_several_parts_tells_of_each(tmp_path: Path):
    told = read_metadata(write(tmp_path, LINE | {"symbol": "A/RES/75/101 A-C"})).told
    assert sorted(told) == ["A/RES/75/101A", "A/RES/75/101B", "A/RES/75/101C"]


def test_metadata_among_the_sources_are_joined_by_symbol(tmp_path: Path):
    write(tmp_path, LINE)
    (tmp_path / "resolution.txt").write_text(TEXT, "utf-8")
    iris = Iris()
    said = list(quads([tmp_path], iris))
    node = iris.document("A/RES/75/902")
    values = {q.predicate: q.object.value for q in said if q.subject == node}
    assert values[DCTERMS.title] == "A title"
    assert values[RG.meetingRecord] == iris.document("A/75/PV.42").value
    assert values[RG.abstentions] == "1"
    assert sum(q.predicate == RG.castBy for q in said) == 3
    kinds = {q.object.value for q in said if q.predicate == RG.problemKind}
    assert "metadata-differ" in kinds
    assert {q.object for q in said if q.subject == node and q.predicate == RG.sponsor} == {iris.agent("chile")}


@pytest.mark.parametrize("line", ["{}", "[1]", '{"symbol": 3}', "no json", '{"symbol": "x"'])
def test_a_line_of_another_form_is_named(tmp_path: Path, line: str):
    path = tmp_path / "lines.json"
    path.write_text(json.dumps(LINE) + "\n" + line + "\n", "utf-8")
    with pytest.raises(InputError) as caught:
        read_metadata(path)
    assert caught.value.where == f"{path}:2"


def test_metadata_are_told_by_what_a_file_holds(tmp_path: Path):
    path, other = write(tmp_path, LINE), tmp_path / "text.json"
    other.write_text(TEXT, "utf-8")
    metadata, documents, faults = set_apart([path, other])
    assert (list(metadata.told), documents, faults) == (["A/RES/75/902"], (other,), ())
