"""The house rules of the ontology that neither a reasoner nor a profile knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import rdflib
from rdflib import RDF, RDFS, SKOS
from rdflib.namespace import OWL, XSD

import resgraph
from resgraph.data import data_folder
from resgraph.ontology_check.files import KINDS, ONTOLOGY, kinds, local, names_after, terms
from resgraph.ontology_check.findings import Finding
from resgraph.store import open_store
from resgraph.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

STATUS = rdflib.URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
RESERVED = rdflib.Literal("reserved")
_VANN = rdflib.Namespace("http://purl.org/vocab/vann/")
_OF_THE_WHOLE = (
    OWL.versionIRI,
    RDFS.label,
    RDFS.comment,
    rdflib.DCTERMS.license,
    _VANN.preferredNamespacePrefix,
    _VANN.preferredNamespaceUri,
    SKOS.historyNote,
)
_OF_A_TERM = (RDFS.label, RDFS.comment, SKOS.example, RDFS.isDefinedBy)
_BUILT_IN = tuple(str(namespace) for namespace in (RDF, RDFS, OWL, XSD))
# https://www.w3.org/TR/owl2-syntax/#Datatype_Maps, as far as the ontology and the stubs need it
_DATATYPES = {XSD.string, XSD.integer, XSD.nonNegativeInteger, XSD.decimal, XSD.boolean, RDFS.Literal}


def incomplete(graph: rdflib.Graph) -> Iterator[Finding]:
    """What the ontology or a term of it does not say of itself."""
    for annotation in _OF_THE_WHOLE:
        if (ONTOLOGY, annotation, None) not in graph:
            yield Finding("the ontology", f"it has no {local(annotation)}")
    if (None, OWL.imports, None) in graph:
        yield Finding("the ontology", "it imports another")
    for term in terms(graph):
        for annotation in _OF_A_TERM:
            count = len(set(graph.objects(term, annotation)))
            if count != 1:
                yield Finding(local(term), f"it has {count or 'no'} {local(annotation)}, not one")


def undeclared(graph: rdflib.Graph) -> Iterator[Finding]:
    """Terms that are used and not declared, declared twice, or datatypes that OWL has not."""
    declared = {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    for term in sorted(set(graph.predicates()) | _named_classes(graph) | declared, key=str):
        if isinstance(term, rdflib.URIRef) and not str(term).startswith(_BUILT_IN):
            count = len(kinds(graph, term))
            if count != 1:
                yield Finding(str(term), "it is used and not declared" if not count else "it is declared as two kinds")
    for term in graph.subjects(RDF.type, OWL.DatatypeProperty):
        for range_ in set(graph.objects(term, RDFS.range)) - _DATATYPES:
            yield Finding(str(term), f"its range {range_} is no datatype of OWL 2")


def _named_classes(graph: rdflib.Graph) -> set[rdflib.term.Node]:
    found: set[rdflib.term.Node] = set()
    for relation in (RDFS.subClassOf, RDFS.domain, OWL.disjointWith, OWL.equivalentClass):
        found.update(graph.objects(None, relation))
    for kind in (OWL.ObjectProperty, OWL.Class):
        for term in graph.subjects(RDF.type, kind):
            found.update(graph.objects(term, RDFS.range))
    for members in (*graph.objects(None, OWL.unionOf), *graph.objects(None, OWL.members)):
        found.update(graph.items(members))
    return found


def unused(graph: rdflib.Graph) -> Iterator[Finding]:
    """Terms that no code, question or shape uses and that are not declared reserved, or that are both."""
    used = _used()
    for term in terms(graph):
        reserved = (term, STATUS, RESERVED) in graph
        if local(term) not in used and not reserved:
            yield Finding(local(term), "nothing uses it: use it, or declare it reserved by vs:term_status")
        if local(term) in used and reserved:
            yield Finding(local(term), "it is declared reserved, and used")


@cache
def _used() -> frozenset[str]:
    """The names of terms after `RG.` in the code and after `rg:` in questions, rules and shapes."""
    package = Path(resgraph.__file__).parent
    code = [path for path in package.rglob("*.py") if path.name != "vocab.py"]
    asked = [*data_folder("queries").rglob("*.rq"), *package.rglob("*.rq"), data_folder("ontology") / "shapes.ttl"]
    texts = [(path, "RG.") for path in code] + [(path, "rg:") for path in asked]
    return frozenset(name for path, prefix in texts for name in names_after(prefix, path.read_text("utf-8")))


def untrue_examples() -> Iterator[Finding]:
    """Valid examples that do not conform, and invalid ones that do not break just the shape they are named after."""
    examples = data_folder("ontology") / "examples"
    for path in sorted(examples.glob("*/*.ttl")):
        expected = {path.stem.partition("--")[0]} if path.parent.name == "invalid" else set()
        broken = {result.shape_name for result in validate(open_store(path)).results}
        if broken != expected:
            names = ", ".join(sorted(broken)) or "no shape"
            yield Finding(f"{path.parent.name}/{path.name}", f"it breaks {names}, not {', '.join(expected) or 'none'}")
