"""The ontology is complete, equal to its terms in Python, and OWL 2 DL that a reasoner finds consistent."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import OWL, RDF, RDFS, SKOS

from resgraph import vocab
from resgraph.data import data_folder

FOLDER = data_folder("ontology")
ONTOLOGY = rdflib.URIRef("https://w3id.org/resgraph/ontology")
GRAPH = rdflib.Graph().parse(FOLDER / "resgraph.ttl")
TERMS = sorted(subject for subject in GRAPH.subjects(RDFS.isDefinedBy, ONTOLOGY))
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
EXTERNAL = (vocab.DCTERMS, vocab.SKOS, vocab.PROV)
# https://www.w3.org/TR/owl2-syntax/#Datatype_Maps, as far as the ontology needs it
DATATYPES = {rdflib.XSD.string, rdflib.XSD.integer, rdflib.XSD.decimal, rdflib.XSD.boolean, RDFS.Literal}


def test_the_terms_in_python_are_those_of_the_ontology():
    assert {term.value for term in vocab.terms(vocab.RG)} == {str(term) for term in TERMS}


def test_a_term_in_python_has_the_name_it_has_in_the_ontology():
    names = {name: term.value for name, term in vars(vocab.RG).items() if not name.startswith("__")}
    assert names == {name: vocab.RG_NAMESPACE + name for name in names}


def test_every_term_of_the_namespace_is_defined():
    mentioned = {term for triple in GRAPH for term in triple if str(term).startswith(vocab.RG_NAMESPACE)}
    assert {str(term) for term in mentioned if isinstance(term, rdflib.URIRef)} == {str(term) for term in TERMS}


def test_terms_of_other_vocabularies_are_declared():
    declared = {str(subject) for subject in GRAPH.subjects(RDF.type)}
    assert {term.value for external in EXTERNAL for term in vocab.terms(external)} <= declared


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.rpartition("#")[2])
def test_a_term_says_what_it_is(term):
    for annotation in (RDFS.label, RDFS.comment, SKOS.example):
        assert len(list(GRAPH.objects(term, annotation))) == 1, annotation
    comment = str(GRAPH.value(term, RDFS.comment))
    assert re.fullmatch(r"[A-Z][^.]*\.", comment), "a comment is one sentence with its full stop"


def test_no_two_terms_share_a_label_or_a_comment():
    for annotation in (RDFS.label, RDFS.comment):
        counts = Counter((str(GRAPH.value(term, annotation)), _is_class(term)) for term in TERMS)
        assert [text for text, count in counts.items() if count > 1] == []


def test_nothing_is_imported():
    assert list(GRAPH.objects(None, OWL.imports)) == []


class TestOwl2Dl:
    def test_a_term_is_of_one_kind(self):
        for subject in set(GRAPH.subjects(RDF.type)) - {ONTOLOGY}:
            kinds = set(GRAPH.objects(subject, RDF.type)) & (KINDS | {OWL.AllDisjointClasses})
            assert len(kinds) == 1, subject

    def test_every_property_in_use_is_declared(self):
        built_in = {str(RDF), str(RDFS), str(OWL)}
        used = {p for p in GRAPH.predicates() if not any(p.startswith(namespace) for namespace in built_in)}
        assert {p for p in used if (p, RDF.type, None) not in GRAPH} == set()

    def test_an_annotation_property_has_no_domain_or_range(self):
        for term in GRAPH.subjects(RDF.type, OWL.AnnotationProperty):
            assert (term, RDFS.domain, None) not in GRAPH
            assert (term, RDFS.range, None) not in GRAPH

    def test_the_range_of_a_datatype_property_is_a_datatype_of_owl(self):
        for term in GRAPH.subjects(RDF.type, OWL.DatatypeProperty):
            assert set(GRAPH.objects(term, RDFS.range)) <= DATATYPES, term

    def test_domains_and_ranges_of_object_properties_are_classes(self):
        for term in GRAPH.subjects(RDF.type, OWL.ObjectProperty):
            for description in (*GRAPH.objects(term, RDFS.domain), *GRAPH.objects(term, RDFS.range)):
                assert (description, RDF.type, OWL.Class) in GRAPH, term

    def test_only_object_properties_have_an_inverse(self):
        for one, other in GRAPH.subject_objects(OWL.inverseOf):
            assert (one, RDF.type, OWL.ObjectProperty) in GRAPH
            assert (other, RDF.type, OWL.ObjectProperty) in GRAPH


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    owlready2 = pytest.importorskip("owlready2", reason="owlready2 is not installed")
    path = tmp_path_factory.mktemp("owl") / "resgraph.nt"
    GRAPH.serialize(path, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    return world


class TestReasoner:
    def test_owlready2_loads_every_term(self, world):
        found = {entity.iri for entity in (*world.classes(), *world.properties())}
        assert {str(term) for term in TERMS} <= found

    def test_hermit_finds_the_ontology_consistent_and_every_class_satisfiable(self, world):
        if shutil.which("java") is None:
            pytest.skip("HermiT needs Java, which is not installed here")
        import owlready2

        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
        assert list(world.inconsistent_classes()) == []


class TestContext:
    CONTEXT = json.loads((FOLDER / "context.jsonld").read_text("utf-8"))["@context"]

    def test_it_has_a_key_for_every_term(self):
        document = {"@context": self.CONTEXT, "@graph": [{"id": f"urn:{key}", key: "urn:x"} for key in self._keys()]}
        quads = parse(json.dumps(document), RdfFormat.JSON_LD)
        used = {quad.predicate.value for quad in quads}
        assert {term.value for v in (vocab.RG, *EXTERNAL) for term in vocab.terms(v)} - used == set()

    def test_values_have_the_types_of_the_ontology(self):
        for term in TERMS:
            entry = self.CONTEXT[term.rpartition("#")[2]]
            coercion = entry.get("@type") if isinstance(entry, dict) else None
            assert coercion in self._coercions(term), term

    def test_no_key_stands_twice(self):
        pairs = json.loads((FOLDER / "context.jsonld").read_text("utf-8"), object_pairs_hook=lambda pairs: pairs)
        ((_, terms),) = pairs
        assert [key for key, count in Counter(key for key, _ in terms).items() if count > 1] == []

    def test_it_sets_no_language(self):
        assert "@language" not in self.CONTEXT

    def _keys(self):
        return [key for key, value in self.CONTEXT.items() if ":" in str(value) and "//" not in str(value)]

    def _coercions(self, term):
        if (term, RDF.type, OWL.ObjectProperty) in GRAPH:
            return {"@id"}
        if (term, RDF.type, OWL.AnnotationProperty) in GRAPH:
            return {"@vocab"}
        datatype = GRAPH.value(term, RDFS.range)
        if datatype == RDFS.Literal:
            return {"xsd:date"} if term != rdflib.URIRef(vocab.RG.dueDate.value) else {None}
        return {None} if datatype in (None, rdflib.XSD.string) else {f"xsd:{datatype.rpartition('#')[2]}"}


def _is_class(term: rdflib.URIRef) -> bool:
    return (term, RDF.type, OWL.Class) in GRAPH
