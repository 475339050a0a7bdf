"""Every shape of ontology/shapes.ttl lets the valid examples pass and is broken, alone, by its invalid ones."""

from __future__ import annotations

import re

import pyshacl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH

from resgraph import vocab
from resgraph.data import data_folder
from resgraph.store import open_store
from resgraph.validate import shapes, validate

FOLDER = data_folder("ontology")
VALID = sorted((FOLDER / "examples" / "valid").glob("*.ttl"))
INVALID = sorted((FOLDER / "examples" / "invalid").glob("*.ttl"))
NAMED = sorted(
    shape
    for kind in (SH.NodeShape, SH.PropertyShape)
    for shape in shapes().subjects(RDF.type, kind)
    if isinstance(shape, rdflib.URIRef)
)
TERMS = {term.value for v in vars(vocab).values() if isinstance(v, type) for term in vocab.terms(v)}
SPARQL_EXAMPLES = [
    FOLDER / "examples" / "invalid" / f"{name}.ttl" for name in ("SpanExact--byte-offsets", "PointPositions--gap")
]


def local(iri):
    return str(iri).rpartition("#")[2]


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_example_gives_no_result(path):
    assert validate(open_store(path)).results == ()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_breaks_its_shape_alone(path):
    report = validate(open_store(path))
    assert {result.shape_name for result in report.results} == {path.stem.partition("--")[0]}


@pytest.mark.parametrize("path", SPARQL_EXAMPLES, ids=lambda path: path.stem)
def test_the_shapes_run_in_pyshacl_as_it_comes(path):
    conforms, report, _ = pyshacl.validate(
        rdflib.Graph().parse(path), shacl_graph=FOLDER.joinpath("shapes.ttl").read_text()
    )
    assert not conforms
    assert {local(shape) for shape in report.objects(None, SH.sourceShape)} == {path.stem.partition("--")[0]}


def test_every_shape_has_an_invalid_example():
    assert {local(shape) for shape in NAMED} - {path.stem.partition("--")[0] for path in INVALID} == set()


@pytest.mark.parametrize("shape", NAMED, ids=local)
def test_a_shape_says_what_to_do(shape):
    message = shapes().value(shape, SH.message) or shapes().value(shapes().value(shape, SH.sparql), SH.message)
    assert str(message).endswith(".")
    assert re.search(r": \w|^Give|^Add", str(message)), "what is wrong, a colon, what to do"
    assert shapes().value(shape, SH.severity) in (SH.Violation, SH.Warning, SH.Info)


def test_every_class_has_a_shape():
    ontology = rdflib.Graph().parse(FOLDER / "resgraph.ttl")
    classes = {one for one in ontology.subjects(RDF.type, OWL.Class) if one in rdflib.Namespace(vocab.RG_NAMESPACE)}
    targeted = set(shapes().objects(None, SH.targetClass))
    bare = {cls for cls in classes if not targeted & set(ontology.transitive_objects(cls, RDFS.subClassOf))}
    assert bare == set()


def test_all_constraints_stand_in_named_shapes():
    nested = {part for shape in NAMED for part in shapes().objects(shape, SH.property)} - set(NAMED)
    assert nested == set()


def test_every_object_property_is_followed_to_a_typed_node():
    ontology = rdflib.Graph().parse(FOLDER / "resgraph.ttl")
    properties = {p for p in ontology.subjects(RDF.type, OWL.ObjectProperty) if p.startswith(vocab.RG_NAMESPACE)}
    node = rdflib.URIRef("https://w3id.org/resgraph/shapes#Node")
    assert properties - set(shapes().objects(node, SH.targetObjectsOf)) == set()


@pytest.mark.parametrize("path", [FOLDER / "shapes.ttl", *VALID, *INVALID], ids=lambda path: path.stem)
def test_only_terms_of_the_vocabulary_are_used(path):
    text = path.read_text("utf-8")
    used = {vocab.RG_NAMESPACE + name for name in re.findall(r"\brg:(\w+)", text)}
    used |= {
        str(vocab.SKOS.Concept.value).rpartition("#")[0] + "#" + name for name in re.findall(r"\bskos:(\w+)", text)
    }
    assert used - TERMS == set()
