"""The names by which Akoma Ntoso knows a resolution, against those that the marked-up documents print."""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from resgraph.lexicon import load
from resgraph.rdf.akn import akn_alias, akn_paragraph, akn_work
from resgraph.vocab import RG

CORPUS = Path(os.environ.get("RESGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus")) / "akn"
LETTERS = re.compile(r"(?<=\d)[A-Z](?:-[A-Z])?$")
WORK = "/akn/un/statement/deliberation/"


@pytest.mark.parametrize(
    ("actor", "day", "number", "name"),
    [
        ("un-ga", date(2002, 12, 18), "57/201", "un-ga/2002-12-18/57-201"),
        ("un-sc", date(2021, 5, 27), "2576(2021)", "un-sc/2021-05-27/2576-2021"),
        ("un-ga", date(2022, 3, 2), "ES-11/1", "un-ga/2022-03-02/ES-11-1"),
        ("un-ga", date(2021, 12, 9), "76/84A-B", "un-ga/2021-12-09/76-84A-B"),
        ("un-ga", date(1948, 12, 10), "217(III)A", "un-ga/1948-12-10/217-III-A"),
    ],
)
def test_a_resolution_is_named_by_body_date_and_number(actor, day, number, name):
    assert akn_work(actor, day, number) == WORK + name


def test_a_paragraph_is_a_portion_of_the_main_component():
    assert akn_paragraph(WORK + "un-ga/2002-12-18/57-201", "8") == WORK + "un-ga/2002-12-18/57-201/!main~para_8"
    assert akn_paragraph(WORK + "un-ga/2002-12-18/57-201", "8 bis") is None


def test_the_seeds_have_their_aliases(seeds_graph):
    aliases = {q.subject.value.partition("resgraph/")[2]: q.object.value for q in _aliases(seeds_graph)}
    assert aliases["A/RES/57/201"] == WORK + "un-ga/2002-12-18/57-201"
    assert aliases["A/RES/57/201#op8"] == WORK + "un-ga/2002-12-18/57-201/!main~para_8"
    assert aliases["E/CN.4/RES/2001/53"] == WORK + "un-ecosoc-chr/2001-04-24/2001-53"
    assert {node.partition("#")[0] for node in aliases} == {
        "A/RES/54/158",
        "A/RES/55/88",
        "A/RES/57/201",
        "A/RES/59/262",
        "E/CN.4/RES/2001/53",
    }, "documents that are only cited have no date, and no alias"
    assert not [node for node in aliases if "#" in node and "#op" not in node]


def test_an_alias_names_one_thing(seeds_graph):
    aliases = [q.object.value for q in _aliases(seeds_graph)]
    assert len(aliases) == len(set(aliases)) > 5


def test_every_body_with_a_series_has_a_name_of_its_own():
    actors = [body.akn_actor for body in load().bodies if body.resolution_prefix]
    assert None not in actors
    assert len(set(actors)) == len(actors)


def test_the_marked_up_documents_print_the_same_names():
    """They leave out the hyphen behind `un`, close with a stroke, and name several parts of a resolution together."""
    if not CORPUS.is_dir():
        pytest.skip(f"there is no corpus of marked-up documents at {CORPUS}")
    from resgraph.pipeline import read_document

    checked, differing = 0, []
    for path in sorted(CORPUS.rglob("*.xml"))[::20]:
        printed = etree.parse(path).find(".//{*}FRBRWork/{*}FRBRuri").get("value").rstrip("/")
        if "/statement/deliberation/" not in printed:
            continue
        for resolution in read_document(path).resolutions:
            checked += 1
            minted = (akn_alias(resolution) or "").replace("/un-", "/un", 1)
            if LETTERS.sub("", minted) != LETTERS.sub("", printed):
                differing.append(f"{path.name}: {minted} is printed as {printed}")
    assert checked > 40
    assert differing == []


def _aliases(store):
    return list(store.quads_for_pattern(None, RG.aknAlias, None))
