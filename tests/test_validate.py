"""Validation reads stores and graphs alike, and its report leads to the words concerned."""

from __future__ import annotations

import json
import logging

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib.compare import isomorphic

from resgraph.data import data_folder
from resgraph.validate import validate
from resgraph.vocab import RG

EXAMPLES = data_folder("ontology") / "examples"
ACROSS_DOCUMENTS = [
    "Type--missing",
    "ResolutionBody--not-a-body",
    "SymbolOfSecurityCouncil--other-form",
    "VerbScheme--other-scheme",
    "DueSessionBody--other-body",
    "DueSessionAfterAdoption--before",
    "TargetOnce--agent",
    "SpanExact--byte-offsets",
    "Label--two",
]


def path_of(name):
    return next(EXAMPLES.glob(f"*/{name}.ttl"))


def store_of(name):
    """An example with its resolution in a named graph and all else in another, as a build has it."""
    store = Store()
    for quad in parse(path_of(name).read_bytes(), RdfFormat.TURTLE):
        whole = quad.subject.value.partition("#")[0]
        graph = NamedNode(whole if "/RES/" in whole else "https://w3id.org/resgraph/graph/authority")
        store.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    return store


def move(store, predicate, value, of=""):
    """Gives the one statement of the predicate, about a subject with `of` in its IRI, another value."""
    (old,) = (quad for quad in store.quads_for_pattern(None, predicate, None, None) if of in quad.subject.value)
    store.remove(old)
    store.add(Quad(old.subject, predicate, Literal(value), old.graph_name))


def graph_of(name):
    return rdflib.Graph().parse(path_of(name))


def test_the_named_graphs_of_a_store_are_united():
    assert validate(store_of("request")).results == ()


@pytest.mark.parametrize("name", ACROSS_DOCUMENTS)
def test_a_store_and_a_graph_of_rdflib_give_the_same_report(name):
    assert validate(store_of(name)) == validate(graph_of(name))


def test_an_empty_store_conforms():
    report = validate(Store())
    assert report.conforms
    assert report.to_text() == "The graph conforms: no result.\n"


def test_a_warning_alone_leaves_the_graph_conforming():
    report = validate(graph_of("DistributionAfterAdoption--before"))
    assert report.conforms
    assert report.count("Warning") == 1
    assert "The graph conforms: 1 warning." in report.to_text()


def test_a_result_leads_to_the_words_concerned():
    store = store_of("SpanExact--other-words")
    move(store, RG.text, "One\nTwo\nDecides to consider the question.", of="source/")
    move(store, RG.start, 8)
    move(store, RG.end, 41)
    (result,) = validate(store).results
    assert result.shape_name == "SpanExact"
    assert (result.symbol, result.part) == ("A/RES/57/201", "op1")
    assert result.words == "Decides to postpone the question."
    assert (result.file, result.line, result.column) == ("57-201.txt", 3, 1)


def test_long_words_are_cut_short():
    store = store_of("RequestAskedAct--missing")
    move(store, RG.exact, "Requests the Secretary-General " * 5, of="#op1.1")
    (result,) = validate(store).results
    assert result.words.endswith("the Secretary-General …")
    assert len(result.words) <= 100


def test_a_node_that_is_described_nowhere_is_reported_where_it_is_mentioned():
    (result,) = validate(store_of("Type--missing")).results
    assert result.focus.value == "https://w3id.org/resgraph/A/57/291"
    assert (result.symbol, result.part) == ("A/RES/57/201", "op1")
    assert "Node: https://w3id.org/resgraph/A/57/291" in validate(store_of("Type--missing")).to_text()


def test_the_text_is_ordered_by_resolution_and_says_what_to_do():
    report = validate(store_of("RequestAddressee--missing"))
    (result,) = report.results
    assert report.to_text().splitlines() == [
        "A/RES/57/201",
        "  Warning RequestAddressee: op1.1",
        f"    {result.message}",
        "    Words: “Requests the Secretary-General to report to the Assembly at its fifty-eighth session.”",
        "",
        "The graph conforms: 1 warning.",
    ]


@pytest.mark.parametrize("name", ["AdoptionDateForm--no-day", "Label--language", "SpanExact--other-words", "minimal"])
def test_turtle_and_json_hold_the_same_shacl_report(name):
    report = validate(graph_of(name))
    expected = report.to_rdflib()
    assert isomorphic(rdflib.Graph().parse(data=report.to_turtle(), format="turtle"), expected)
    assert isomorphic(rdflib.Graph().parse(data=report.to_json(), format="json-ld"), expected)


def test_json_says_where_to_look():
    (result,) = json.loads(validate(graph_of("SpanInsideText--beyond")).to_json())["result"]
    assert [result[key] for key in ("resolution", "paragraph", "file", "line", "column")] == [
        "A/RES/57/201",
        "op1",
        "57-201.txt",
        1,
        1,
    ]


def test_progress_ends_with_the_whole():
    seen = []
    validate(store_of("minimal"), lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == list(range(1, seen[-1][1] + 1))


def test_an_ill_typed_literal_is_a_result_and_not_a_traceback(caplog):
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    report = validate(store_of("AdoptionDateForm--no-day"))
    assert report.count("Violation") == 1
    assert caplog.records == []
    assert logger.level == level


def test_two_runs_give_the_same_text():
    assert (
        validate(store_of("DueSessionBody--other-body")).to_text()
        == validate(store_of("DueSessionBody--other-body")).to_text()
    )
