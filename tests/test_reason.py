"""The inferred graph: its rules are those of the ontology, nothing is said twice, and every triple can be explained."""

import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import OWL, RDFS

from resgraph.cli import main
from resgraph.data import data_folder
from resgraph.errors import QueryError, UsageError
from resgraph.iris import Iris
from resgraph.queries import index
from resgraph.reason import infer, reason
from resgraph.reason.rules import read_rule, rules
from resgraph.reason.why import explain, read_triple, why
from resgraph.store import open_store, write_store
from resgraph.vocab import RG

IRIS = Iris()
GRAPH = IRIS.inferred_graph
ONTOLOGY = rdflib.Graph().parse(data_folder("ontology") / "resgraph.ttl")
OWN = RG.symbol.value.removesuffix("symbol")


@pytest.fixture(scope="module")
def reasoned(seeds_graph) -> Store:
    store = Store()
    store.bulk_extend(seeds_graph)
    infer(store, GRAPH)
    return store


def inferred(store: Store, predicate: NamedNode) -> set[tuple[str, str]]:
    quads = store.quads_for_pattern(None, predicate, None, GRAPH)
    return {tuple(node.value.removeprefix(IRIS.base) for node in (q.subject, q.object)) for q in quads}


# ---------------------------------------------------------------- the rules are those of the ontology


def axioms(predicate) -> set[tuple[str, str]]:
    pairs = ONTOLOGY.subject_objects(predicate)
    return {(str(a), str(b)) for a, b in pairs if str(a).startswith(OWN) and isinstance(b, rdflib.URIRef)}


def pairs(name: str) -> set[tuple[str, str]]:
    (rule,) = (rule for rule in rules() if rule.name == name)
    values = rule.text[rule.text.index("VALUES") : rule.text.index("}", rule.text.index("VALUES")) + 1]
    prefixes = rule.text[: rule.text.index("CONSTRUCT")]
    first, second = {"inverse": ("property", "inverse"), "sub-class": ("class", "above")}.get(
        name, ("property", "above")
    )
    answer = Store().query(f"{prefixes} SELECT ?{first} ?{second} WHERE {{ {values} }}")
    return {(solution[first].value, solution[second].value) for solution in answer}


def test_the_rule_of_sub_properties_has_all_of_the_ontology():
    assert pairs("sub-property") == axioms(RDFS.subPropertyOf)


def test_the_rule_of_sub_classes_has_all_of_the_ontology():
    assert pairs("sub-class") == axioms(RDFS.subClassOf)


def test_the_rule_of_inverses_has_those_of_the_ontology():
    both = axioms(OWL.inverseOf) | {(b, a) for a, b in axioms(OWL.inverseOf)}
    assert pairs("inverse") <= both
    assert {frozenset(pair) for pair in pairs("inverse")} == {frozenset(pair) for pair in both}


def test_the_transitive_properties_are_those_of_the_ontology():
    (rule,) = (rule for rule in rules() if rule.name == "transitive")
    transitive = {str(p).removeprefix(OWN) for p in ONTOLOGY.subjects(rdflib.RDF.type, OWL.TransitiveProperty)}
    values = rule.text[rule.text.index("VALUES") : rule.text.index("}", rule.text.index("VALUES"))]
    assert {word.removeprefix("rg:") for word in values.split() if word.startswith("rg:")} == transitive


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_says_what_it_does(rule):
    assert rule.summary.endswith(".")
    assert rule.premises


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("SELECT * WHERE { ?a ?b ?c }", "is no rule"),
        ("CONSTRUCT { ?a ?b ?c . ?c ?b ?a } WHERE { ?a ?b ?c }", "is no rule"),
        ("CONSTRUCT { ?a ?b ?c } WHERE { ?a <urn:x>+ ?c . ?a ?b ?c }", "no explanation can show"),
    ],
)
def test_what_cannot_be_explained_is_no_rule(text, what):
    with pytest.raises(QueryError, match=what):
        read_rule(text, "mine")


# ---------------------------------------------------------------- what follows from the seeds


def test_a_cited_document_is_cited_by_resolutions_and_their_parts(reasoned):
    cited_by = {b for a, b in inferred(reasoned, RG.citedBy) if a == "A/RES/53/137"}
    assert cited_by == {"A/RES/54/158", "A/RES/54/158#pp9"}


def test_parts_are_contained_at_any_depth(tiny):
    infer(tiny, GRAPH)
    (resolution,) = {a for a, b in inferred(tiny, RG.contains) if b == "A/RES/60/1#op2.b"} - {"A/RES/60/1#op2"}
    assert resolution == "A/RES/60/1"


def test_bodies_stand_within_those_above_them(reasoned):
    within = inferred(reasoned, RG.withinBody)
    assert {("agent/SUBCOM", "agent/CHR"), ("agent/SUBCOM", "agent/ECOSOC"), ("agent/UNHRC", "agent/UNGA")} <= within
    assert ("agent/ECOSOC", "agent/UNGA") not in within, "the Council is a principal organ"
    assert ("agent/CHR", "agent/UNHRC") in inferred(reasoned, RG.successor)


def test_a_resolution_cites_what_a_point_of_it_cites_also_where_the_graph_does_not_say_it():
    store = Store()
    store.load(
        b"""@prefix rg: <https://w3id.org/resgraph/ontology#> . @base <https://w3id.org/resgraph/> .
        <A/RES/1/1> a rg:Resolution ; rg:hasParagraph <A/RES/1/1#op1> . <A/RES/1/1#op1> rg:hasPoint <A/RES/1/1#op1.a> .
        <A/RES/1/1#op1.a> rg:cites <A/1/2> .""",
        RdfFormat.TURTLE,
    )
    infer(store, GRAPH)
    assert inferred(store, RG.cites) == {("A/RES/1/1", "A/1/2")}
    assert ("A/1/2", "A/RES/1/1") in inferred(store, RG.citedBy)


def test_what_is_stated_is_not_said_again(reasoned):
    graphs: dict[tuple, int] = {}
    for quad in reasoned:
        triple = (quad.subject, quad.predicate, quad.object)
        graphs[triple] = graphs.get(triple, 0) + 1
    assert {triple for triple, count in graphs.items() if count > 1} == set()
    assert len(list(reasoned.quads_for_pattern(None, None, None, GRAPH))) > 400


def test_inferring_again_changes_nothing(reasoned):
    before = set(reasoned)
    infer(reasoned, GRAPH)
    assert set(reasoned) == before


def test_no_stored_question_has_another_answer(reasoned, seeds_graph):
    plain = [query for query in index().values() if not any(p.required for p in query.parameters)]
    assert len(plain) > 30
    for query in plain:
        assert list(query.run(reasoned, {})) == list(query.run(seeds_graph, {})), query.name


def test_the_graph_still_conforms(reasoned):
    from resgraph.validate import validate

    assert validate(reasoned).conforms


# ---------------------------------------------------------------- why


def test_every_inferred_triple_has_a_rule_and_rests_on_what_is_stated(reasoned):
    def leaves(found):
        return [leaf for premise in found.premises for leaf in leaves(premise)] if found.rule else [found]

    for quad in list(reasoned.quads_for_pattern(None, None, None, GRAPH))[::7]:
        found = why(reasoned, quad.triple)
        assert found.rule
        assert all(leaf.graph != GRAPH for leaf in leaves(found))


def test_a_chain_of_reasons_is_told_down_to_what_is_stated(reasoned):
    told = why(reasoned, read_triple(("agent:SUBCOM", "rg:withinBody", "agent:ECOSOC"), IRIS)).render(IRIS)
    assert told.startswith("agent:SUBCOM rg:withinBody agent:ECOSOC\n  by the rule transitive: ")
    assert "    agent:SUBCOM rg:subsidiaryOf agent:CHR\n      stated in <graph/authority>\n" in told


def test_what_is_not_in_the_graph_has_no_reason(reasoned):
    with pytest.raises(UsageError, match="is not in the graph"):
        why(reasoned, read_triple(("agent:UNGA", "rg:withinBody", "agent:CHR"), IRIS))


@pytest.mark.parametrize(
    "terms", [("A/RES/1", "nope:cites", "B"), ("<a b>", "a", "b"), ("x", '"y"', "z"), ("a .", "b", "c")]
)
def test_what_is_no_triple_is_refused(terms):
    with pytest.raises(UsageError, match="is no triple"):
        read_triple(terms, IRIS)


# ---------------------------------------------------------------- the command


def test_the_command_replaces_the_inferred_graph_of_a_store_and_explains(seeds_graph, tmp_path):
    write_store(tmp_path / "graph", seeds_graph)
    first = CliRunner().invoke(main, ["reason", str(tmp_path / "graph")])
    assert first.exit_code == 0, first.output
    before = set(open_store(tmp_path / "graph"))
    assert CliRunner().invoke(main, ["reason", "-q", str(tmp_path / "graph")]).output == ""
    assert set(open_store(tmp_path / "graph")) == before > set(seeds_graph)
    triple = ["A/RES/45/158", "rg:citedBy", "A/RES/57/201"]
    told = CliRunner().invoke(main, ["reason", str(tmp_path / "graph"), "--why", *triple])
    assert told.output.splitlines()[2:] == ["  <A/RES/57/201> rg:cites <A/RES/45/158>", "    stated in <A/RES/57/201>"]


def test_a_file_with_named_graphs_is_reasoned_on_and_one_without_refused(seeds_graph, tmp_path):
    from resgraph.export import export_to_file

    export_to_file(seeds_graph, tmp_path / "graph.nq")
    count = reason(tmp_path / "graph.nq")
    assert count == len(list(open_store(tmp_path / "graph.nq").quads_for_pattern(None, None, None, GRAPH))) > 400
    assert explain(tmp_path / "graph.nq", ("agent:CHR", "rg:successor", "agent:UNHRC")).startswith("agent:CHR")
    export_to_file(seeds_graph, tmp_path / "graph.ttl")
    with pytest.raises(UsageError, match="keeps no named graphs"):
        reason(tmp_path / "graph.ttl")
