"""The files of the ontology, and what vocabularies.toml says of the vocabularies that it is aligned with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

import rdflib
from rdflib import RDF, RDFS
from rdflib.namespace import OWL

from resgraph.data import data_folder
from resgraph.vocab import RG_NAMESPACE

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
ONTOLOGY = rdflib.URIRef(RG_NAMESPACE.removesuffix("#"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Another vocabulary: the version that was read, and the file in which its terms stand."""

    prefix: str
    name: str
    namespace: str
    version: str
    file: str
    licence: str
    quoted: bool
    sha256: str = ""

    def has(self, term: object) -> bool:
        return isinstance(term, rdflib.URIRef) and term.startswith(self.namespace)


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    """Those of vocabularies.toml, in its order."""
    entries = tomllib.loads((data_folder("ontology") / "vocabularies.toml").read_text("utf-8"))
    return tuple(Vocabulary(prefix=prefix, **entry) for prefix, entry in entries.items())


@cache
def core() -> rdflib.Graph:
    """The ontology alone."""
    return _parsed("resgraph.ttl")


@cache
def alignments() -> rdflib.Graph:
    """Its terms beside those of others."""
    return _parsed("alignments.ttl")


def everything() -> rdflib.Graph:
    """The ontology, its alignments, and the stubs of the vocabularies that these name."""
    graph = core() + alignments()
    for path in sorted((data_folder("ontology") / "stubs").glob("*.ttl")):
        graph.parse(path)
    return graph


def terms(graph: rdflib.Graph) -> tuple[rdflib.URIRef, ...]:
    """The ontology's own terms, by name."""
    found = (term for term in graph.subjects(RDFS.isDefinedBy, ONTOLOGY) if isinstance(term, rdflib.URIRef))
    return tuple(sorted(set(found)))


def kinds(graph: rdflib.Graph, term: rdflib.term.Node) -> set[rdflib.URIRef]:
    """Which of a class, an object property, a datatype property and an annotation property a term is said to be."""
    return {kind for kind in KINDS if (term, RDF.type, kind) in graph}


def local(term: object) -> str:
    """The name of a term without its namespace."""
    return str(term).rpartition("#")[2].rpartition("/")[2]


def names_after(prefix: str, text: str) -> set[str]:
    """The names that follow a prefix in a text: for `rg:` those of terms."""
    found = set()
    for piece in text.split(prefix)[1:]:
        ends = (at for at, character in enumerate(piece) if not character.isalnum())
        found.add(piece[: next(ends, len(piece))])
    return found


def _parsed(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data_folder("ontology") / name)
