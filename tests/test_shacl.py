"""The engine finds what pySHACL finds, node by node; what it cannot say is pySHACL's."""

from __future__ import annotations

from functools import cache

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from conftest import TINY
from mutants import mutant
from resgraph.bridge import to_rdflib
from resgraph.data import data_folder
from resgraph.errors import GraphError
from resgraph.shacl.engine import compiled, findings
from resgraph.shacl.questions import is_flat
from resgraph.shacl.reference import pyshacl_findings
from resgraph.shacl.shape import read_shapes
from resgraph.validate import shapes, store_findings

FOLDER = data_folder("ontology")
EXAMPLES = sorted(FOLDER.glob("examples/*/*.ttl"))
MUTANTS = 200


@cache
def read():
    store = Store()
    store.load(path=FOLDER / "shapes.ttl", format=RdfFormat.TURTLE)
    return read_shapes(store)


@cache
def example(path):
    store = Store()
    store.load(path=path, format=RdfFormat.TURTLE)
    return store


def by_engine(store):
    asked, outside = compiled(store, read())
    assert outside == {}
    return sorted(set(findings(store, asked)), key=str)


def by_pyshacl(store):
    return sorted(set(pyshacl_findings(to_rdflib(store), shapes())), key=str)


@pytest.fixture(scope="module")
def bases():
    """The valid examples, and as many times a graph with a bit of everything."""
    valid = [example(path) for path in EXAMPLES if path.parent.name == "valid"]
    return [*valid, *[example(TINY)] * len(valid)]


def test_all_shapes_are_compiled():
    assert read().outside == ()
    assert compiled(Store(), read())[1] == {}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_gives_the_results_of_pyshacl(path):
    assert by_engine(example(path)) == by_pyshacl(example(path))


def test_the_seeds_give_the_results_of_pyshacl(seeds_graph):
    assert by_engine(seeds_graph) == by_pyshacl(seeds_graph)


@pytest.mark.parametrize("number", range(MUTANTS))
def test_a_mutated_document_gives_the_results_of_pyshacl(number, bases):
    name, store = mutant(bases, number)
    try:
        expected = by_pyshacl(store)
    except GraphError:  # pySHACL cannot compare a date with a text: another fault takes the place of this one
        name, store = mutant(bases, number + MUTANTS)
        expected = by_pyshacl(store)
    assert by_engine(store) == expected, name


OUTSIDE = """
@prefix : <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rg: <https://w3id.org/resgraph/ontology#> .
:Closed a sh:NodeShape ; sh:targetClass rg:Vote ; sh:closed true ; sh:message "Closed." .
:Long a sh:PropertyShape ; sh:targetClass rg:Vote ; sh:path rg:castBy ; sh:minCount 2 ; sh:message "Two." .
"""


def test_a_shape_that_cannot_be_compiled_goes_to_pyshacl(monkeypatch):
    store = Store()
    store.load(OUTSIDE.encode(), RdfFormat.TURTLE)
    data = example(FOLDER / "examples" / "valid" / "recorded-vote.ttl")
    graph = rdflib.Graph().parse(data=OUTSIDE, format="turtle")
    monkeypatch.setattr("resgraph.validate.shapes", lambda: graph)
    read_here = read_shapes(store)
    assert [(node.value, why) for node, why in read_here.outside] == [("https://example.org/Closed", "sh:closed")]
    found = sorted(set(store_findings(data, read_here)), key=str)
    assert {finding.shape.rpartition("/")[2] for finding in found} == {"Closed", "Long"}
    assert found == sorted(set(pyshacl_findings(to_rdflib(data), graph)), key=str)


@pytest.mark.parametrize(
    ("query", "flat"),
    [
        ("SELECT $this WHERE { $this a ?class }", True),
        ("SELECT $this WHERE { $this a ?class FILTER NOT EXISTS { $this ?p ?o } }", True),
        ("SELECT $this (MAX(?o) AS ?most) WHERE { $this ?p ?o } GROUP BY $this", True),
        ("SELECT (MAX(?o) AS ?most) $this WHERE { $this ?p ?o }", False),
        ("SELECT $this WHERE { OPTIONAL { $this a ?class } FILTER(!BOUND(?class)) }", False),
        ("SELECT $this WHERE { $this a ?class { ?s ?p ?o FILTER(?s != $this) } }", False),
        ("SELECT $this WHERE { $this a ?class OPTIONAL { ?s ?p $this } }", False),
        ("SELECT $this WHERE { ?class a $this }", False),
        ("SELECT $this WHERE { ?s ?p ?o . $this a ?s }", True),
        ("SELECT $this WHERE { ?s ?p ?o FILTER EXISTS { ?s ?p ?o . $this a ?s } }", False),
        ("SELECT $this WHERE { ?s ?p ?o FILTER(?o > 1) . $this a ?s }", False),
        ("SELECT $this WHERE { $this a ?class } LIMIT 1", False),
    ],
)
def test_a_query_is_asked_for_all_nodes_at_once_only_where_nothing_hides_this(query, flat):
    assert is_flat(query) is flat
