"""The identifiers that others gave: headings of thesauri, and Wikidata's for the agents that somebody has verified."""

import os
from pathlib import Path

import pytest
from pyoxigraph import Quad

from resgraph.authority import authority_quads
from resgraph.iris import Iris
from resgraph.lexicon import load
from resgraph.pipeline import quads
from resgraph.vocab import DCTERMS, SKOS

IRIS = Iris()
CASE = Path(__file__).parent / "cases" / "akn" / "assembly.xml"
CORPUS = Path(os.environ.get("RESGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus")) / "akn"
VERIFIED = {
    "united-nations": "Q1065",
    "UNGA": "Q47423",
    "UNSC": "Q37470",
    "ECOSOC": "Q170075",
    "secretariat": "Q220563",
    "ilo": "Q54129",
    "UNHRC": "Q205650",
}


def subjects(path: Path) -> tuple[set[str], list[Quad]]:
    said = list(quads([path], IRIS))
    return {quad.object.value for quad in said if quad.predicate == DCTERMS.subject}, said


def test_headings_are_said_by_the_iris_of_their_owners():
    found, said = subjects(CASE)
    assert found >= {
        "http://metadata.un.org/thesaurus/1003922",
        "http://metadata.un.org/sdg/14",
        "http://eurovoc.europa.eu/2107",
    }
    labels = {quad.subject.value: quad.object.value for quad in said if quad.predicate == SKOS.prefLabel}
    assert labels["http://metadata.un.org/thesaurus/1003922"] == "marine resources"
    assert found <= set(labels)


def test_headings_of_the_corpus_have_the_forms_of_their_thesauri():
    """UNBIS: seven digits for a concept, six for a category of the thesaurus, of which a few are headings too."""
    if not CORPUS.is_dir():
        pytest.skip(f"there is no corpus of marked-up documents at {CORPUS}")
    unbis: set[str] = set()
    for path in sorted(CORPUS.rglob("*.xml"))[::100]:
        found, _ = subjects(path)
        assert all(iri.startswith(("http://metadata.un.org/", "http://eurovoc.europa.eu/")) for iri in found)
        unbis |= {iri.rpartition("/")[2] for iri in found if "/thesaurus/" in iri}
    assert len(unbis) > 20
    assert {len(number) for number in unbis} <= {6, 7}
    assert all(number.isdecimal() for number in unbis)


def test_wikidata_is_said_of_those_agents_only_that_were_verified():
    lexicon = load()
    rows = (*lexicon.bodies, *lexicon.agents)
    assert {row.key: row.wikidata for row in rows if row.wikidata} == VERIFIED
    assert [instrument.short for instrument in lexicon.instruments if instrument.wikidata] == []


def test_the_match_is_stated_and_not_taken_for_the_thing_itself():
    said = list(authority_quads(IRIS))
    matches = {(quad.subject, quad.object) for quad in said if quad.predicate == SKOS.exactMatch}
    assert matches == {(IRIS.agent(key), IRIS.wikidata(entity)) for key, entity in VERIFIED.items()}
    assert not [quad for quad in said if quad.predicate.value.endswith("#sameAs")]
