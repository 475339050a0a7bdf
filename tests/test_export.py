from __future__ import annotations

import io
import json
import random
from dataclasses import replace

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from resgraph.authority import authority_quads
from resgraph.bridge import to_rdflib
from resgraph.errors import GraphError, UsageError
from resgraph.export import FORMATS, Options, export_graph, export_to_file, format_of
from resgraph.export.jsonld import packaged_context, terms_of
from resgraph.iris import Iris
from resgraph.rdf import graph_quads, settle
from resgraph.store import FORMATS as READERS
from resgraph.vocab import RDF, RG, XSD
from sample import RESOLUTION, TEXT

IRIS = Iris()
OWN = list(settle(graph_quads([RESOLUTION])))
QUADS = list(settle([*graph_quads([RESOLUTION]), *authority_quads()]))
UNION = {quad.triple for quad in QUADS}
S = NamedNode("https://w3id.org/resgraph/A/RES/1/1")


def written(name, quads=QUADS, options=None):
    out = io.BytesIO()
    export_graph(quads, out, name, options)
    return out.getvalue()


def read(name, data):
    return list(parse(data, READERS[f".{name}"]))


def triples(name, data):
    return {quad.triple for quad in read(name, data)}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_back_the_same_triples_each_once(name):
    data = read(name, written(name))
    assert {quad.triple for quad in data} == UNION
    assert len(data) == len(UNION)


@pytest.mark.parametrize("name", ["nq", "trig"])
def test_formats_with_graphs_keep_them(name):
    assert set(read(name, written(name))) == set(QUADS)


@pytest.mark.parametrize("name", FORMATS)
def test_the_order_and_number_of_the_input_do_not_matter(name):
    shuffled = QUADS * 2
    random.Random(1).shuffle(shuffled)
    assert written(name, shuffled) == written(name)


@pytest.mark.parametrize(("name", "theirs"), [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld"), ("nt", "nt")])
def test_rdflib_reads_the_same_graph(name, theirs):
    assert set(rdflib.Graph().parse(written(name, OWN), format=theirs)) == set(to_rdflib(OWN))


@pytest.mark.parametrize("name", FORMATS)
@given(text=st.text())
def test_any_text_of_a_document_survives(name, text):
    source = replace(RESOLUTION.source, text=TEXT + text)
    quads = list(graph_quads([replace(RESOLUTION, source=source, problems=())]))
    assert triples(name, written(name, quads)) == {quad.triple for quad in quads}


def test_turtle_reads_in_the_order_of_the_document():
    lines = written("ttl").decode().splitlines()
    parts = [line.split()[0].strip("<>").partition("57/201#")[2] for line in lines if line.startswith("<https")]
    wanted = """pp1 pp1.1 pp1.c1 pp2 pp2.1 pp2.r1 op1 op1.1 op1.r1 op1.s1 op2 op2.(1) op2.(1).1 op2.(1).1.report op2.a
        op2.a.1 op2.a.1.report op3 op3.1 op3.c1 op3.c2 h1 fn1 fn1.c1 fn2 annex1"""
    assert [part for part in parts if part and part[:4] not in ("prob", "vote")] == wanted.split()


def test_turtle_is_short_and_says_first_what_a_thing_is():
    text = written("ttl").decode()
    assert "@prefix rg: <https://w3id.org/resgraph/ontology#> ." in text
    assert "\n\n<https://w3id.org/resgraph/A/RES/57/201> a rg:Resolution , rg:Document ;\n\t" in text
    assert "#op2.a.1> a rg:Request , rg:Action ;\n\trg:position 1 ;\n\trg:verb verb:request ;\n" in text
    assert text.count("\n<https://w3id.org/resgraph/A/RES/57/201#op2.a.1> ") == 1


def test_prefixes_come_in_a_fixed_order():
    for name in ("ttl", "trig"):
        lines = written(name).decode().splitlines()
        prefixes = [line.split()[1].strip(":") for line in lines if line.startswith("@prefix")]
        assert prefixes == list(IRIS.prefixes)


def test_a_line_that_looks_like_an_end_stays_within_its_literal():
    text = "one .\ntwo .\n@prefix three: <x> .\n"
    quads = [Quad(S, RG.text, Literal(text))]
    for name in ("ttl", "trig"):
        assert [quad.object.value for quad in read(name, written(name, quads))] == [text]


def test_an_empty_graph_can_be_written():
    for name in FORMATS:
        assert not read(name, written(name, []))


def test_paragraph_ten_follows_paragraph_nine():
    quads = [Quad(NamedNode(f"{S.value}#op{n}"), RG.position, Literal(n)) for n in (10, 9, 1)]
    assert [q.object.value for q in read("nt", written("nt", quads))] == ["1", "9", "10"]


# ---------------------------------------------------------------- JSON-LD


def tree(quads=OWN, options=None):
    document = json.loads(written("jsonld", quads, options))
    return {node["id"].removeprefix(IRIS.base): node for node in document["@graph"]}


def test_a_resolution_is_one_tree():
    nodes = tree()
    assert not [name for name in nodes if "#" in name]
    resolution = nodes["A/RES/57/201"]
    assert resolution["type"] == ["Resolution", "Document"]
    assert resolution["adoptedOn"] == "2002-12-18"
    assert resolution["votesFor"] == 2
    paragraphs = resolution["hasParagraph"]
    assert [p["id"].partition("#")[2] for p in paragraphs] == ["pp1", "pp2", "op1", "op2", "op3"]
    point = paragraphs[3]["hasPoint"][1]
    request = point["hasAction"][0]
    assert request["asks"].startswith("To submit, as soon as")
    assert request["addressee"] == [IRIS.agent("secretary-general").value]
    assert request["expects"][0]["type"] == ["Report", "Document"]
    footnotes = {note["marker"]: note for note in resolution["hasFootnote"]}
    assert footnotes["1"]["hasCitation"][0]["locator"] == "annex"
    assert footnotes["2"]["missing"] is True
    assert paragraphs[0]["hasNote"] == [IRIS.base + "A/RES/57/201#fn1"]
    assert paragraphs[0]["paragraphOf"] == IRIS.base + "A/RES/57/201"


def test_shared_nodes_stand_beside_the_tree():
    nodes = tree(QUADS)
    assert nodes["instrument/ICRMW"]["type"] == ["Treaty", "Instrument"]
    assert nodes["A/57/291"]["symbol"] == "A/57/291"
    assert nodes["verb/request"]["broader"] == IRIS.force("directive").value


def test_a_part_whose_whole_does_not_hold_it_stands_alone():
    part = NamedNode(S.value + "#op1")
    quads = [Quad(S, RG.symbol, Literal("A/RES/1/1")), Quad(part, RG.position, Literal(1))]
    assert set(tree(quads)) == {"A/RES/1/1", "A/RES/1/1#op1"}


def test_the_context_is_held_or_referred_to():
    inline = json.loads(written("jsonld", OWN))
    assert inline["@context"] == packaged_context()
    address = "https://w3id.org/resgraph/context.jsonld"
    outside = json.loads(written("jsonld", OWN, Options(context=address)))
    assert outside == inline | {"@context": address}


def test_every_key_is_of_the_context():
    def keys(value):
        if isinstance(value, list):
            return set().union(*map(keys, value))
        return set(value) | set().union(*map(keys, value.values())) if isinstance(value, dict) else set()

    used = keys(json.loads(written("jsonld"))["@graph"]) - {"@type", "@value"}
    assert used <= set(packaged_context())


def test_values_that_the_context_does_not_foresee_survive():
    values = [
        Literal("x"),
        Literal("x", language="en"),
        Literal(7),
        Literal(10**30),
        Literal("007", datatype=XSD.integer),
        Literal("+7", datatype=XSD.integer),
        Literal("seven", datatype=XSD.integer),
        Literal(value=True),
        Literal("1", datatype=XSD.boolean),
        Literal("1.5", datatype=XSD.decimal),
        Literal("2001", datatype=XSD.gYear),
        Literal("2001-01-01", datatype=XSD.date),
        S,
        BlankNode("b"),
        NamedNode("https://w3id.org/resgraph/ontology#Resolution"),
    ]
    places = [RG.text, RG.adoptedOn, RG.position, RG.cites, RG.dueDate, RG.missing, NamedNode("https://example.org/p")]
    for place in places:
        quads = [Quad(S, place, value) for value in values if not isinstance(value, BlankNode)]
        assert triples("jsonld", written("jsonld", quads)) == {quad.triple for quad in quads}
    blank = [Quad(S, RG.cites, BlankNode("b")), Quad(BlankNode("b"), RDF.type, RG.Document)]
    assert len(triples("jsonld", written("jsonld", blank))) == 2


def test_a_statement_about_a_statement_is_refused():
    quads = [Quad(S, RG.cites, Triple(S, RG.cites, S))]
    with pytest.raises(GraphError, match="statements about statements"):
        written("jsonld", quads)


def test_a_context_is_read_in_all_its_forms():
    context = {
        "@version": 1.1,
        "ex": "https://example.org/",
        "plain": "ex:plain",
        "full": {"@id": "https://example.org/full", "@type": "@id", "@container": "@set"},
        "back": {"@reverse": "ex:full"},
        "ex:bare": {"@type": "@id"},
    }
    terms = terms_of(context)
    assert terms["https://example.org/plain"].key == "plain"
    assert terms["https://example.org/full"].always_list
    assert terms["https://example.org/bare"].coercion == "@id"
    assert "back" not in {term.key for term in terms.values()}


# ---------------------------------------------------------------- files


def test_the_ending_names_the_format(tmp_path):
    export_to_file(OWN, tmp_path / "graph.ttl")
    assert (tmp_path / "graph.ttl").read_bytes() == written("ttl", OWN)
    export_to_file(OWN, tmp_path / "graph", "nt")
    assert (tmp_path / "graph").read_bytes() == written("nt", OWN)


def test_an_unknown_format_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(UsageError, match="names no format"):
        format_of(tmp_path / "graph.csv")
    with pytest.raises(UsageError, match="is no format"):
        export_to_file(OWN, tmp_path / "graph.ttl", "csv")
    assert not list(tmp_path.iterdir())


def test_the_base_of_the_data_gives_the_short_names():
    iris = Iris("http://localhost/x/")
    text = written("ttl", list(graph_quads([RESOLUTION], iris)), Options(iris)).decode()
    assert "rg:addressee agent:secretary-general" in text
    assert "@prefix agent: <http://localhost/x/agent/> ." in text


def test_rdf_xml_is_legal_whatever_the_document_holds():
    source = replace(RESOLUTION.source, text="a\0b\x0bc\r\n" + TEXT)
    quads = list(graph_quads([replace(RESOLUTION, source=source)]))
    data = written("rdf", quads)
    assert set(rdflib.Graph().parse(data, format="xml")) == set(to_rdflib(quads))
    assert list(parse(data, RdfFormat.RDF_XML))
