"""The graph in UNDO's terms: each term is UNDO's own, and the questions UNDO publishes have the right answers."""

import os
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store, parse

from resgraph.cli import main
from resgraph.data import data_folder
from resgraph.queries import read_query
from resgraph.undo import PREFIXES, undo_quads
from resgraph.undo.terms import ALLOT, ISO_639, OA, UNDO
from resgraph.vocab import RDF, terms

SHARED = Path(os.environ.get("RESGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus")).parent
UNDO_FILE = SHARED / "vocabularies" / "undo.ttl"
VOCABULARIES = (UNDO, ALLOT, OA, ISO_639)
FOLDER = data_folder("queries") / "undo"
ASSEMBLY = ["A/RES/54/158", "A/RES/55/88", "A/RES/57/201", "A/RES/59/262"]
CONVENTION = (
    "International Convention on the Protection of the Rights of All Migrant Workers and Members of Their Families"
)
COMMISSION = "E/CN.4/RES/2001/53"


@pytest.fixture(scope="module")
def undo(seeds_graph: Store) -> Store:
    store = Store()
    store.extend(undo_quads(seeds_graph))
    return store


def ask(store: Store, name: str, **given: str) -> list[tuple[str, ...]]:
    rows = read_query(FOLDER / f"{name}.rq").run(store, given)
    return [tuple(row.values()) for row in rows]


# ---------------------------------------------------------------- UNDO's questions


def test_question_1_the_documents_that_refer_to_a_resolution(undo):
    assert ask(undo, "mentioned-by", receiver="A/RES/45/158") == [(s,) for s in [*ASSEMBLY, COMMISSION]]
    assert ask(undo, "mentioned-by", receiver="A/RES/53/137") == [("A/RES/54/158",)]
    assert ask(undo, "mentioned-by", receiver="A/RES/1/1") == []


def test_question_2_the_entities_that_a_resolution_refers_to(undo):
    assert ask(undo, "entities", resolution="A/RES/57/201") == [
        ("Member States", "Agent"),
        ("Secretary-General", "Agent"),
        ("Special Rapporteur on the human rights of migrants", "Agent"),
        ("States", "Agent"),
        ("States parties", "Agent"),
        ("families", "Agent"),
        ("individuals", "Agent"),
        ("intergovernmental organizations", "Agent"),
        ("non-governmental organizations", "Agent"),
        ("organizations and bodies of the United Nations system", "Agent"),
        ("specialized agencies", "Agent"),
        ("A/57/291", "Document"),
        ("A/CONF.157/24 (Part I)", "Document"),
        ("General Assembly, session 58", "Event"),
        ("Universal Declaration of Human Rights", "NormativeDocument"),
        ("Vienna Declaration and Programme of Action", "NormativeDocument"),
        (
            "Committee on the Protection of the Rights of All Migrant Workers and Members of Their Families",
            "Organization",
        ),
        ("General Assembly", "Organization"),
        ("International Labour Organization", "Organization"),
        ("World Conference on Human Rights", "Organization"),
        ("A/RES/2106(XX)A", "Resolution"),
        ("A/RES/217(III)A", "Resolution"),
        ("A/RES/2200(XXI)A", "Resolution"),
        ("A/RES/34/180", "Resolution"),
        ("A/RES/44/25", "Resolution"),
        ("A/RES/45/158", "Resolution"),
        ("Convention on the Elimination of All Forms of Discrimination against Women", "Treaty"),
        ("Convention on the Rights of the Child", "Treaty"),
        ("International Convention on the Elimination of All Forms of Racial Discrimination", "Treaty"),
        (CONVENTION, "Treaty"),
        ("International Covenant on Civil and Political Rights", "Treaty"),
        ("International Covenant on Economic, Social and Cultural Rights", "Treaty"),
    ]


def test_question_3_the_documents_that_recall_a_resolution(undo):
    assert ask(undo, "recalled-by", receiver="A/RES/45/158") == [(symbol,) for symbol in ASSEMBLY]
    assert ask(undo, "recalled-by", receiver="A/RES/45/158", proponent="CHR") == [(COMMISSION,)]
    assert ask(undo, "recalled-by", receiver="A/57/291", verb="take-note") == [("A/RES/57/201",)]


def test_question_4_the_terms_for_an_act_and_the_documents_that_use_them(undo):
    deciding = ["A/RES/54/158", "A/RES/55/88", "A/RES/57/201", COMMISSION]
    assert ask(undo, "terms-of-concept") == [("decides", symbol) for symbol in deciding]
    assert ("again calls upon", "A/RES/57/201") in ask(undo, "terms-of-concept", concept="call-upon")


# ---------------------------------------------------------------- its form


def test_every_term_stands_in_the_file_of_undo():
    if not UNDO_FILE.is_file():
        pytest.skip(f"UNDO's own file is not at {UNDO_FILE}")
    quads = parse(UNDO_FILE.read_bytes(), RdfFormat.TURTLE)
    theirs = {term for quad in quads for term in (quad.subject, quad.predicate, quad.object)}
    for vocabulary in VOCABULARIES:
        assert terms(vocabulary) <= theirs
    assert NamedNode("http://purl.org/dc/terms/language") in theirs


def test_no_term_of_theirs_is_said_that_is_not_in_the_list(undo):
    ours = frozenset().union(*map(terms, VOCABULARIES))
    said = {term for quad in undo for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)}
    assert {term for term in said if term.value.startswith(tuple(PREFIXES.values()))} <= ours


def test_a_relation_has_one_proponent_one_meaning_one_receiver_and_one_document(undo):
    relations = [quad.subject for quad in undo.quads_for_pattern(None, RDF.type, UNDO.Relation)]
    assert len(relations) > 50
    for property_ in (UNDO.hasProponent, UNDO.hasSemantics, UNDO.hasReceiver):
        said = Counter(quad.subject for quad in undo.quads_for_pattern(None, property_, None))
        assert said == dict.fromkeys(relations, 1)
    bodies = Counter(quad.object for quad in undo.quads_for_pattern(None, OA.hasBody, None))
    assert {relation: bodies[relation] for relation in relations} == dict.fromkeys(relations, 1)


def test_whatever_is_mentioned_or_related_has_one_class_and_a_name(undo):
    ends = (ALLOT.mentions, UNDO.hasProponent, UNDO.hasSemantics, UNDO.hasReceiver, UNDO.hasRelatedConcept)
    nodes = {quad.object for predicate in ends for quad in undo.quads_for_pattern(None, predicate, None)}
    for node in nodes:
        assert len(list(undo.quads_for_pattern(node, RDF.type, None))) == 1, node
        assert (
            len(list(undo.quads_for_pattern(node, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), None))) == 1
        ), node


def test_a_request_is_received_by_those_who_are_asked(undo):
    act = "https://w3id.org/resgraph/A/RES/57/201#op8.1.relation."
    received = {
        q.object.value for q in undo.quads_for_pattern(None, UNDO.hasReceiver, None) if q.subject.value.startswith(act)
    }
    assert received == {"https://w3id.org/resgraph/agent/secretary-general"}


def test_there_is_no_blank_node_and_nothing_twice(undo, seeds_graph):
    assert not [quad for quad in undo if BlankNode in map(type, (quad.subject, quad.object))]
    quads = list(undo_quads(seeds_graph))
    assert len(quads) == len(set(quads)) == len(undo)


# ---------------------------------------------------------------- the command


def test_the_command_writes_turtle_or_what_the_ending_says(graph, tmp_path):
    shown = CliRunner().invoke(main, ["export", str(graph), "--format", "undo"])
    assert shown.exit_code == 0, shown.output
    assert "@prefix undo: <https://w3id.org/un/ontology/undo/> ." in shown.output
    assert CliRunner().invoke(main, ["export", str(graph), "-f", "undo", "-o", str(tmp_path / "u.nt")]).exit_code == 0
    turtle = set(parse(shown.stdout_bytes, RdfFormat.TURTLE))
    assert turtle == set(parse((tmp_path / "u.nt").read_bytes(), RdfFormat.N_TRIPLES))
    again = CliRunner().invoke(main, ["export", str(graph), "--format", "undo"])
    assert again.stdout_bytes == shown.stdout_bytes


def test_the_command_takes_its_own_turtle_of_a_graph(graph, tmp_path):
    """Without named graphs, the same comes out."""
    assert CliRunner().invoke(main, ["export", str(graph), "-o", str(tmp_path / "g.ttl")]).exit_code == 0
    of_file = CliRunner().invoke(main, ["export", str(tmp_path / "g.ttl"), "-f", "undo"])
    of_store = CliRunner().invoke(main, ["export", str(graph), "-f", "undo"])
    assert of_file.stdout_bytes == of_store.stdout_bytes
