from __future__ import annotations

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, serialize
from rdflib.compare import isomorphic

from resgraph.bridge import resolutions_to_rdflib, to_dataset, to_rdflib, to_term
from resgraph.iris import Iris
from resgraph.rdf import graph_quads, settle
from resgraph.vocab import XSD
from sample import ICRMW, RESOLUTION

IRIS = Iris()
QUADS = list(settle(graph_quads([RESOLUTION])))
RG = rdflib.Namespace("https://w3id.org/resgraph/ontology#")
PLACE = NamedNode("https://example.org/s")


def test_terms_are_the_same_terms():
    assert to_term(Literal("a")) == rdflib.Literal("a")
    assert to_term(Literal("a")).datatype is None
    assert to_term(Literal("a", language="en")) == rdflib.Literal("a", lang="en")
    assert to_term(Literal(7)) == rdflib.Literal("7", datatype=rdflib.XSD.integer)
    assert to_term(Literal("2001-02", datatype=XSD.gYearMonth)).datatype == rdflib.XSD.gYearMonth
    assert to_term(PLACE) == rdflib.URIRef("https://example.org/s")
    assert to_term(BlankNode("b")) == rdflib.BNode("b")


def test_the_graph_is_what_rdflib_itself_reads():
    turtle = serialize({q.triple for q in QUADS}, format=RdfFormat.N_TRIPLES)
    assert turtle is not None
    parsed = rdflib.Graph().parse(turtle, format="nt")
    assert len(parsed) == len({q.triple for q in QUADS})
    assert set(to_rdflib(QUADS)) == set(parsed)
    assert isomorphic(to_rdflib(QUADS), parsed)


def test_a_plain_string_is_found_by_a_query():
    rows = list(to_rdflib(QUADS).query('SELECT ?r WHERE { ?r rg:symbol "A/RES/57/201" }'))
    assert [str(row[0]) for row in rows] == ["https://w3id.org/resgraph/A/RES/57/201"]


def test_a_dataset_keeps_its_graphs_and_answers_over_their_union():
    dataset = to_dataset([*QUADS, Quad(PLACE, PLACE, Literal("loose"))])
    named = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    assert {q.graph_name.value for q in QUADS} <= named
    assert len(list(dataset.query("SELECT ?t WHERE { ?s ?p ?t }"))) == len({q.triple for q in QUADS}) + 1
    own = dataset.graph(rdflib.URIRef("https://w3id.org/resgraph/A/RES/57/201"))
    assert len(own) == sum(q.graph_name == IRIS.document("A/RES/57/201") for q in QUADS)


def test_a_resolution_brings_what_the_lexicon_says_of_what_it_mentions():
    graph = resolutions_to_rdflib([RESOLUTION])
    instrument = rdflib.URIRef(IRIS.instrument(ICRMW.short).value)
    assert (instrument, rdflib.SKOS.notation, rdflib.Literal("ICRMW")) in graph
    label = rdflib.URIRef(IRIS.agent("secretary-general").value), rdflib.SKOS.prefLabel
    assert graph.value(*label) == rdflib.Literal("Secretary-General")
    force = rdflib.URIRef(IRIS.force("directive").value)
    assert (force, rdflib.RDF.type, rdflib.SKOS.Concept) in graph
    unused = rdflib.URIRef(IRIS.verb("take-note").value)
    assert (unused, None, None) not in graph


def test_the_model_gives_the_same_graph():
    assert set(RESOLUTION.to_rdflib()) == set(resolutions_to_rdflib([RESOLUTION]))


def test_short_names_are_bound():
    text = RESOLUTION.to_rdflib().serialize(format="turtle")
    assert "@prefix rg: <https://w3id.org/resgraph/ontology#>" in text
    assert "agent:secretary-general" in text
