"""`resgraph ontology check`: the ontology is sound by HermiT, the OWL API and its own rules, and a fault is found."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, ClassVar

import pytest
import rdflib
from click.testing import CliRunner
from rdflib import RDF, RDFS, SKOS
from rdflib.namespace import OWL

from resgraph.bridge import to_rdflib
from resgraph.cli import main
from resgraph.data import data_folder
from resgraph.ontology_check import check_graph, reasoner, rules
from resgraph.ontology_check.files import alignments, core, everything, terms
from resgraph.ontology_check.reasoner import inconsistencies, violations
from resgraph.vocab import RG_NAMESPACE

if TYPE_CHECKING:
    from pathlib import Path

RG = rdflib.Namespace(RG_NAMESPACE)
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java, which is not installed here")


def with_fault(turtle: str, graph: rdflib.Graph | None = None) -> rdflib.Graph:
    prefixes = f"@prefix rg: <{RG}> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> ."
    return (graph or core()) + rdflib.Graph().parse(data=f"{prefixes}\n{turtle}", format="turtle")


def found(findings) -> str:
    return "\n".join(f"{finding.where}: {finding.what}" for finding in findings)


@needs_java
class TestTheOntology:
    def test_the_command_finds_it_sound(self):
        result = CliRunner().invoke(main, ["ontology", "check"])
        assert result.exit_code == 0, result.output
        assert [line[:6] for line in result.output.splitlines()] == ["passed"] * 6 + ["The on"]

    def test_the_graph_of_the_seeds_is_consistent_with_all_that_other_vocabularies_say(self, seeds_graph):
        links = (triple for triple in to_rdflib(seeds_graph) if not isinstance(triple[2], rdflib.Literal))
        graph = everything()
        for triple in links:
            graph.add(triple)
        assert found(inconsistencies(graph)) == ""


@needs_java
class TestPlantedFaults:
    def test_a_class_that_nothing_can_be_of(self):
        graph = with_fault("rg:Point rdfs:subClassOf rg:Footnote .")
        assert found(inconsistencies(graph)) == f"{RG.Point}: nothing can be of this class"

    def test_an_alignment_that_contradicts_the_other_vocabulary(self):
        graph = with_fault("rg:Action rdfs:subClassOf <http://www.w3.org/ns/prov#Activity> .", everything())
        assert f"{RG.Request}: nothing can be of this class" in found(inconsistencies(graph))

    def test_a_graph_that_nothing_satisfies(self):
        graph = with_fault("<urn:x> a rg:Point, rg:Footnote .")
        assert "inconsistent" in found(inconsistencies(graph))

    def test_a_property_of_two_kinds(self):
        graph = with_fault("rg:verb a owl:DatatypeProperty .")
        assert "Cannot pun between properties" in found(violations(graph))
        assert f"{RG.verb}: it is declared as two kinds" in found(rules.undeclared(graph))

    def test_a_cardinality_on_a_transitive_property(self):
        restriction = "[ a owl:Restriction ; owl:onProperty rg:hasPoint ; owl:maxCardinality 3 ]"
        graph = with_fault(f"rg:hasPoint a owl:TransitiveProperty . rg:Point rdfs:subClassOf {restriction} .")
        assert "non-simple property" in found(violations(graph))

    def test_a_term_that_is_not_declared(self):
        graph = with_fault("rg:Point rdfs:subClassOf rg:Nowhere .")
        assert "Use of undeclared class" in found(violations(graph))
        assert f"{RG.Nowhere}: it is used and not declared" in found(rules.undeclared(graph))

    def test_the_report_names_them_and_the_check_that_found_them(self):
        findings = check_graph(with_fault("rg:Point rdfs:subClassOf rg:Footnote, rg:Nowhere ; rdfs:label 'dot' ."))
        assert [check.name for check in findings.checks if not check.passed] == [
            "HermiT", "profile", "declarations", "completeness",
        ]  # fmt: skip
        assert "FAILED  completeness" in findings.to_text()
        assert "Point: it has 2 label, not one" in findings.to_text()
        assert findings.to_text().endswith(" faults.\n")


class TestRules:
    def test_a_datatype_that_owl_has_not(self):
        graph = with_fault("rg:adoptedOn rdfs:range <http://www.w3.org/2001/XMLSchema#date> .")
        assert "is no datatype of OWL 2" in found(rules.undeclared(graph))

    def test_a_term_that_says_nothing_of_itself(self):
        graph = with_fault(f"rg:Nowhere a owl:Class ; rdfs:isDefinedBy <{RG_NAMESPACE[:-1]}> .")
        assert "Nowhere: it has no example, not one" in found(rules.incomplete(graph))

    def test_an_import(self):
        graph = with_fault(f"<{RG_NAMESPACE[:-1]}> owl:imports <https://example.org/> .")
        assert "it imports another" in found(rules.incomplete(graph))

    def test_a_term_that_nothing_uses(self):
        graph = with_fault(f"rg:nowhere a owl:ObjectProperty ; rdfs:isDefinedBy <{RG_NAMESPACE[:-1]}> .")
        assert found(rules.unused(graph)).startswith("nowhere: nothing uses it")
        graph.add((RG.nowhere, rules.STATUS, rules.RESERVED))
        assert found(rules.unused(graph)) == ""

    def test_a_reserved_term_that_is_used(self):
        graph = core() + rdflib.Graph()
        graph.add((RG.cites, rules.STATUS, rules.RESERVED))
        assert found(rules.unused(graph)) == "cites: it is declared reserved, and used"

    def test_examples_that_do_not_show_what_they_should(self, tmp_path: Path, monkeypatch):
        examples = data_folder("ontology") / "examples"
        (tmp_path / "examples" / "valid").mkdir(parents=True)
        (tmp_path / "examples" / "invalid").mkdir()
        shutil.copy(examples / "invalid" / "Position--missing.ttl", tmp_path / "examples" / "valid" / "faulty.ttl")
        shutil.copy(examples / "valid" / "minimal.ttl", tmp_path / "examples" / "invalid" / "Position--minimal.ttl")
        monkeypatch.setattr(rules, "data_folder", lambda _: tmp_path)
        assert found(rules.untrue_examples()).splitlines() == [
            "invalid/Position--minimal.ttl: it breaks no shape, not Position",
            "valid/faulty.ttl: it breaks Position, not none",
        ]


def test_without_java_the_command_says_what_to_do(monkeypatch):
    monkeypatch.setattr(reasoner, "which", lambda _: None)
    result = CliRunner().invoke(main, ["ontology", "check"])
    assert result.exit_code == 2
    assert "java: it is not installed, and HermiT needs it; install a Java runtime" in result.output


@pytest.fixture(scope="module")
def known(seeds_graph) -> rdflib.Graph:
    return to_rdflib(seeds_graph)


@pytest.fixture(scope="module")
def shown() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted((data_folder("ontology") / "examples" / "valid").glob("*.ttl")):
        graph.parse(path)
    return graph


class TestExamples:
    """Each term's example is a line of Turtle that says something true."""

    LINES: ClassVar = {term: str(core().value(term, SKOS.example)) for term in terms(core())}
    PREFIXES = f"@base <https://w3id.org/resgraph/> . @prefix rg: <{RG}> . @prefix xsd: <{rdflib.XSD}> ."

    @pytest.mark.parametrize("term", LINES, ids=lambda term: term.rpartition("#")[2])
    def test_it_stands_in_the_seeds_or_else_in_a_valid_example(self, term, known, shown):
        ((subject, predicate, value),) = rdflib.Graph().parse(
            data=f"{self.PREFIXES}\n{self.LINES[term]}", format="turtle"
        )
        assert term == (value if predicate == RDF.type else predicate)
        in_the_seeds = self._entailed(known, subject, predicate, value)
        assert in_the_seeds or (subject, predicate, value) in shown
        if not in_the_seeds:
            used = (None, RDF.type, term) if predicate == RDF.type else (None, term, None)
            assert used not in known, "the seeds have this term: take the example from there"

    def _entailed(self, graph, subject, predicate, value) -> bool:
        """By the properties below this one and its inverse, at whatever depth."""
        below = set(core().transitive_subjects(RDFS.subPropertyOf, predicate))
        inverse = {q for p in below for q in (*core().objects(p, OWL.inverseOf), *core().subjects(OWL.inverseOf, p))}
        return any((subject, p, value) in graph for p in below) or any((value, p, subject) in graph for p in inverse)


class TestAlignments:
    def test_the_legal_basis_of_eli_is_nothing_that_a_resolution_says_here(self):
        assert not any(str(term).endswith("#based_on") for triple in alignments() for term in triple)

    def test_undo_is_the_published_one(self):
        named = {str(term) for triple in alignments() for term in triple if "/ontology/undo/" in str(term)}
        assert named
        assert all(iri.startswith("https://w3id.org/un/ontology/undo/") for iri in named)
