"""A graph as individuals: the same as the graph says, in order, a document at a time."""

import re
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

import resgraph
from resgraph.errors import GraphError
from resgraph.individuals import Objects
from resgraph.vocab import RG

PAGE = (Path(__file__).parent.parent / "docs" / "guide" / "objects.md").read_text(encoding="utf-8")


@pytest.fixture
def objects(seeds_graph) -> Objects:
    return resgraph.objects(seeds_graph)


def test_a_resolution_has_its_class_and_values(objects):
    resolution = objects["A/RES/57/201"]
    assert isinstance(resolution, objects.ontology.Resolution)
    assert isinstance(resolution, objects.ontology.Document)
    assert resolution.adoptedOn == [date(2002, 12, 18)]
    assert [body.prefLabel.first() for body in resolution.adoptedBy] == ["General Assembly"]
    assert resolution.hasParagraph[0].paragraphOf is resolution


def test_parts_come_in_the_order_in_which_they_are_printed(objects):
    parts = objects["A/RES/57/201"].hasParagraph
    kinds = [isinstance(part, objects.ontology.OperativeParagraph) for part in parts]
    assert kinds == sorted(kinds)
    assert [part.position for part in parts if isinstance(part, objects.ontology.OperativeParagraph)] == list(
        range(1, 10)
    )


def test_only_what_is_asked_for_is_read(objects):
    resolution = objects["A/RES/57/201"]
    (before,) = resolution.previousInSeries
    assert before.symbol == ["A/RES/55/88"]
    assert before.hasParagraph == [], "named, and not read yet"
    assert len(objects[before].hasParagraph) == 16
    assert len(before.hasParagraph) == 16, "the same individual, now with its parts"
    assert before.symbol == ["A/RES/55/88"], "and nothing twice"


def test_the_individuals_say_what_the_graph_says(objects, seeds_graph):
    resolutions = list(objects.resolutions())
    assert [r.symbol[0] for r in resolutions] == sorted(r.symbol[0] for r in resolutions)
    for name in ("hasParagraph", "cites", "hasFootnote", "agendaItem", "onReport", "adoptedOn", "aknAlias", "title"):
        for resolution in resolutions:
            node = next(seeds_graph.quads_for_pattern(None, RG.symbol, None)).subject.__class__(resolution.iri)
            said = [
                q
                for q in seeds_graph.quads_for_pattern(node, None, None)
                if re.split("[#/]", q.predicate.value)[-1] == name
            ]
            assert len(getattr(resolution, name)) == len(said), (resolution, name)


def test_a_date_without_a_day_and_any_other_value_is_given():
    store = Store()
    store.load(
        b"""@prefix rg: <https://w3id.org/resgraph/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @base <https://w3id.org/resgraph/> .
        <A/RES/1/1> a rg:Resolution ; rg:symbol "A/RES/1/1" ; rg:hasParagraph <A/RES/1/1#op1> .
        <A/RES/1/1#op1> a rg:OperativeParagraph ; rg:hasAction <A/RES/1/1#op1.1> .
        <A/RES/1/1#op1.1> a rg:Request ; rg:dueDate "2015"^^xsd:gYear .""",
        RdfFormat.TURTLE,
    )
    (act,) = resgraph.objects(store)["A/RES/1/1"].hasParagraph[0].hasAction
    assert str(act.dueDate[0]) == "2015"


def test_what_is_not_described_is_refused(objects):
    assert "A/RES/57/201" in objects
    assert "A/RES/1/1" not in objects
    with pytest.raises(GraphError, match="is not described in the graph"):
        objects["A/RES/1/1"]


def test_a_path_and_an_open_graph_serve_too(graph):
    assert resgraph.objects(graph)["A/RES/57/201"].symbol == ["A/RES/57/201"]
    with resgraph.open(graph) as opened:
        assert resgraph.objects(opened)["A/RES/55/88"].symbol == ["A/RES/55/88"]
    assert callable(resgraph.objects)


def test_the_page_shows_what_happens(graph, monkeypatch, capsys):
    monkeypatch.chdir(graph.parent)
    (code,) = re.findall(r"(?s)```python\n(.*?)```", PAGE)
    (shown,) = re.findall(r"(?s)```text\n(.*?)```", PAGE)
    exec(code, {})
    assert capsys.readouterr().out == shown
