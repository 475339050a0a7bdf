"""Stubs: of each vocabulary that the ontology names, the axioms about the named terms that a reasoner needs.

A stub has, of every term named in resgraph.ttl or alignments.ttl and of what stands above it, the declaration, the
label, the definition where its licence is known to allow that, and the named super-terms, domains, ranges, inverses
and disjoint classes within the same vocabulary. A term whose vocabulary does not say which kind of property it is has
the kind that the ontology uses it as.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import rdflib
from rdflib import RDF, RDFS, SKOS
from rdflib.namespace import OWL, PROV

from resgraph.errors import InputError
from resgraph.ontology_check.files import KINDS, alignments, core, kinds, vocabularies
from resgraph.output import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

    from resgraph.ontology_check.files import Vocabulary

_FORMATS = {".ttl": "turtle", ".nt": "nt", ".nq": "nquads", ".rdf": "xml", ".owl": "xml"}
_UPWARD = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
_ACROSS = (OWL.disjointWith, OWL.inverseOf, OWL.equivalentClass, OWL.equivalentProperty)
_DEFINITIONS = (SKOS.definition, rdflib.URIRef(f"{PROV}definition"), RDFS.comment)
_DATATYPES = {rdflib.XSD.string, rdflib.XSD.integer, rdflib.XSD.nonNegativeInteger, RDFS.Literal}
_OF_A_CLASS = {RDFS.subClassOf, RDFS.domain, OWL.disjointWith, OWL.equivalentClass}


def write_stubs(sources: Path, folder: Path) -> list[Path]:
    """The stubs of all vocabularies of which `sources` has a file, named by the prefix: prov.ttl, time.nq."""
    written = []
    for vocabulary in vocabularies():
        for path in sorted(sources.glob(f"{vocabulary.prefix}.*")):
            if path.suffix in _FORMATS:
                text = stub(vocabulary, _read(path, vocabulary))
                written.append(folder / f"{vocabulary.prefix}.ttl")
                with whole_file(written[-1]) as file:
                    file.write(text.encode())
    if not written:
        raise InputError(
            str(sources), "it has no file of a vocabulary", "see docs/ontology/alignments.md for their names"
        )
    return written


def stub(vocabulary: Vocabulary, source: rdflib.Graph) -> str:
    """The stub as Turtle, the same for the same source."""
    ours = core() + alignments()
    kept = _kept(vocabulary, source, ours)
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in (
        ("owl", OWL),
        ("rdfs", RDFS),
        ("xsd", rdflib.XSD),
        (vocabulary.prefix, vocabulary.namespace),
    ):
        graph.bind(prefix, str(namespace))
    for term, kind in kept.items():
        graph.add((term, RDF.type, kind))
        _describe(graph, term, source, quoted=vocabulary.quoted)
        _relate(graph, term, source, kept)
    return f"{_header(vocabulary)}\n{graph.serialize(format='turtle').strip()}\n"


def _header(vocabulary: Vocabulary) -> str:
    return (
        f"# A part of {vocabulary.name}, {vocabulary.version}, made by `resgraph ontology stubs`.\n"
        f"# Read in: {vocabulary.file}\n# Licence: {vocabulary.licence}\n"
    )


def _read(path: Path, vocabulary: Vocabulary) -> rdflib.Graph:
    if vocabulary.sha256 and sha256(path.read_bytes()).hexdigest() != vocabulary.sha256:
        todo = "give that file, or enter the version and digest of this one in ontology/vocabularies.toml"
        raise InputError(str(path), f"it is not the file that was read for {vocabulary.name}", todo)
    source = rdflib.Dataset(default_union=True)
    source.parse(path, format=_FORMATS[path.suffix])
    return source


def _kept(vocabulary: Vocabulary, source: rdflib.Graph, ours: rdflib.Graph) -> dict[Node, rdflib.URIRef]:
    """The terms of the stub with their kinds: those that the ontology names, and all above them."""
    kept: dict[Node, rdflib.URIRef] = {}
    for term in sorted(filter(vocabulary.has, set(ours.subjects(RDF.type))), key=str):
        if (term, None, None) not in source:
            todo = "leave its alignments out, or give the version of the vocabulary that has it"
            raise InputError(str(term), f"{vocabulary.name} has no such term", todo)
        kept[term] = min(kinds(ours, term))
    pending = [term for term, kind in kept.items() if kind != OWL.AnnotationProperty]
    while pending:
        term = pending.pop()
        for relation in _UPWARD:
            for above in source.objects(term, relation):
                if vocabulary.has(above) and above not in kept:
                    kept[above] = _kind_above(source, relation, above, kept[term])
                    pending.append(above)
    return kept


def _kind_above(source: rdflib.Graph, relation: Node, above: Node, below: rdflib.URIRef) -> rdflib.URIRef:
    """A domain or range is a class; a super-term is what its vocabulary says, or else what the term below it is."""
    if relation in (RDFS.domain, RDFS.range, RDFS.subClassOf):
        return OWL.Class
    said = kinds(source, above)
    return below if not said or below in said else min(said)


def _describe(graph: rdflib.Graph, term: Node, source: rdflib.Graph, *, quoted: bool) -> None:
    label = _english(source, term, RDFS.label)
    if label is not None:
        graph.add((term, RDFS.label, label))
    definition = next(filter(None, (_english(source, term, each) for each in _DEFINITIONS)), None)
    if quoted and definition is not None:
        graph.add((term, RDFS.comment, rdflib.Literal(" ".join(definition.split()), lang="en")))


def _english(source: rdflib.Graph, term: Node, annotation: Node) -> rdflib.Literal | None:
    texts = {text for text in source.objects(term, annotation) if isinstance(text, rdflib.Literal)}
    return min((text for text in texts if text.language in (None, "en")), default=None, key=str)


def _relate(graph: rdflib.Graph, term: Node, source: rdflib.Graph, kept: dict[Node, rdflib.URIRef]) -> None:
    if kept[term] == OWL.AnnotationProperty:
        return
    for relation in (*_UPWARD, *_ACROSS):
        for other in set(source.objects(term, relation)):
            of_data = relation == RDFS.range and kept[term] == OWL.DatatypeProperty and other in _DATATYPES
            if of_data or (other in kept and _fits(kept[term], relation, kept[other])):
                graph.add((term, relation, other))


def _fits(kind: Node, relation: Node, other: Node) -> bool:
    """True where OWL 2 DL can say this of a term of this kind."""
    if relation in _OF_A_CLASS:
        return other == OWL.Class
    if relation == RDFS.range:
        return other == OWL.Class and kind == OWL.ObjectProperty
    return kind == other and kind in KINDS
