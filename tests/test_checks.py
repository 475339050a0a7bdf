"""The checks find nothing in a sound graph, and each finds the fault that it is there for."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from resgraph.queries import checks

PREFIXES = """
@prefix : <https://w3id.org/resgraph/A/RES/60/1#> .
@prefix b: <https://w3id.org/resgraph/E/RES/2006/5#> .
@prefix agent: <https://w3id.org/resgraph/agent/> .
@prefix instrument: <https://w3id.org/resgraph/instrument/> .
@prefix verb: <https://w3id.org/resgraph/verb/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rg: <https://w3id.org/resgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/resgraph/> .
"""

# a fault is what is added to the sound graph, what is taken away, or both
FAULTS = {
    "acts-outside": [
        (":op9.1 a rg:Action .", ""),
        (":op2 rg:hasAction :op1.1 .", ""),
        ("", ":op3 rg:hasCitation :op3.c1 ."),
    ],
    "agents-unnamed": [(":op3 rg:names agent:nobody .", ""), ("", 'agent:chad skos:prefLabel "Chad" .')],
    "blank-nodes": [(":op3 rg:hasNote [] .", "")],
    "citations-not-in-resolution": [
        ("", "<A/RES/60/1> rg:cites instrument:ICRMW ."),
        ("<A/RES/60/1> rg:cites <A/61/9> .", ""),
    ],
    "citations-unlisted": [("", ":fn1 rg:cites <A/RES/45/158> ."), (":op3 rg:cites <A/61/9> .", "")],
    "due-session-of-another-body": [(":op1.1 rg:dueSession <agent/ECOSOC/session/2006> .", "")],
    "due-session-past": [
        ("<agent/UNGA/session/60> rg:sessionNumber 63 .", "<agent/UNGA/session/60> rg:sessionNumber 60 ."),
    ],
    "inferred-and-absent": [
        ("<A/RES/45/158> rg:inferredProperty rg:adoptedOn ; rg:inferred true .", ""),
        ("", "<E/RES/2006/5> rg:inferred true ."),
    ],
    "notes-elsewhere": [(":op3 rg:hasNote b:fn1 .", "")],
    "paragraphs-one-way": [("", ":op3 rg:paragraphOf <A/RES/60/1> ."), ("", "<A/RES/60/1> rg:hasParagraph :op3 .")],
    "place-incomplete": [("", ':op3.c1 rg:exact "the Gadget Protocol" .')],
    "place-without-source": [("", f"<E/RES/2006/5> prov:wasDerivedFrom <source/{'2' * 64}> .")],
    "positions-shared": [(":op3 rg:position 2 .", ":op3 rg:position 3 ."), (":op2.b rg:position 1 .", "")],
    "positions-skipped": [
        (":op3 rg:position 4 .", ":op3 rg:position 3 ."),
        (":op3.1 rg:position 2 .", ":op3.1 rg:position 1 ."),
    ],
    "published-before-adoption": [('<A/RES/60/1> rg:publishedOn "2005-01-01"^^xsd:date .', "")],
    "references-unlisted": [("", ":op1 rg:refersTo instrument:ICRMW ."), (":op3 rg:refersTo <A/61/9> .", "")],
    "status-undated": [("", 'b:pp2.s1 rg:asOf "2006-07-20"^^xsd:date .'), ("", "b:pp2.s1 rg:ratificationsNeeded 3 .")],
    "symbol-shared": [('<A/61/9> rg:symbol "A/61/10" .', ""), ('<A/61/10> rg:symbol "A/61/9" .', "")],
    "targets-unnamed": [(":op3.c1 rg:target <A/1/1> .", ""), ("", 'instrument:ICRMW skos:notation "ICRMW" .')],
    "untyped-nodes": [(":op4 rg:position 4 .", ""), ("", ":fn2 a rg:Footnote .")],
    "verbs-without-force": [
        (":op3.1 rg:verb verb:frobnicate .", ""),
        ("", "verb:urge skos:broader <force/directive> ."),
    ],
    "words-elsewhere": [
        (":op3.c1 rg:start 7 .", ":op3.c1 rg:start 442 ."),
        (':op3.c1 rg:exact "a Gadget Protocol" .', ""),
    ],
}
CASES = [(name, *fault) for name, faults in FAULTS.items() for fault in faults]


def change(store: Store, added: str, removed: str) -> None:
    other = Store()
    graph = NamedNode("https://w3id.org/resgraph/A/RES/60/1")
    other.load((PREFIXES + removed).encode(), RdfFormat.TURTLE, to_graph=graph)
    for quad in other:
        assert quad in store, f"the sound graph has no {quad}"
        store.remove(quad)
    store.load((PREFIXES + added).encode(), RdfFormat.TURTLE, to_graph=graph)


def test_every_check_has_a_fault():
    assert set(FAULTS) == set(checks())


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.name)
def test_finds_nothing_in_a_sound_graph(check, tiny):
    assert list(check.run(tiny, {})) == []


@pytest.mark.parametrize(
    ("name", "added", "removed"), CASES, ids=[f"{name}-{at}" for at, (name, *_) in enumerate(CASES)]
)
def test_finds_its_fault(name, added, removed, tiny):
    change(tiny, added, removed)
    assert len(checks()[name].run(tiny, {})) >= 1
