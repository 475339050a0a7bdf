"""What a graph holds, as the store counts it: some seconds for a million triples; a pass over them takes more."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from resgraph.vocab import RDF, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import BlankNode, Triple

    Term = NamedNode | BlankNode | Literal | Triple | None

_DIGITS = 12


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file that was read."""

    name: str
    sha256: str
    node: NamedNode


@dataclass(frozen=True, slots=True)
class Census:
    """`bodies` has the labels of those that adopted the resolutions, `first` and `last` are days."""

    triples: int
    subjects: int
    objects: int
    properties: Mapping[NamedNode, int]
    classes: Mapping[NamedNode, int]
    files: tuple[File, ...]
    resolutions: int
    bodies: tuple[str, ...]
    first: str
    last: str

    @property
    def digest(self) -> str:
        """Digits that change with the sources, and with any count of members or statements."""
        counts = [{term.value: n for term, n in each.items()} for each in (self.properties, self.classes)]
        told = json.dumps([[file.sha256 for file in self.files], counts, self.subjects, self.objects], sort_keys=True)
        return sha256(told.encode()).hexdigest()[:_DIGITS]

    @property
    def vocabularies(self) -> tuple[str, ...]:
        """The namespaces of all properties and classes."""
        return tuple(sorted({_namespace(term.value) for term in (*self.properties, *self.classes)}))


def census(store: Store, left_out: NamedNode) -> Census:
    """Counts every graph but one. A triple stands in one graph only, so that no count is one of repetitions."""
    return _Counted(store, left_out).census()


class _Counted:
    """The questions to the store."""

    def __init__(self, store: Store, left_out: NamedNode) -> None:
        self._store = store
        described = next(store.quads_for_pattern(None, None, None, left_out), None) is not None
        self._every = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {left_out})" if described else "?s ?p ?o"

    def census(self) -> Census:
        properties = self._numbers(f"SELECT ?p (COUNT(*) AS ?n) WHERE {{ {self._every} }} GROUP BY ?p")
        members = self._every.replace("?p", str(RDF.type))
        adopted = f"?r {RG.adoptedBy} ?body"
        labels = f"SELECT DISTINCT ?label WHERE {{ {adopted} . ?body {SKOS.prefLabel} ?label }} ORDER BY ?label"
        ((first, last),) = self._rows(
            f"SELECT (MIN(?d) AS ?first) (MAX(?d) AS ?last) WHERE {{ {adopted} ; {RG.adoptedOn} ?d }}"
        )
        return Census(
            sum(properties.values()),
            self._number("DISTINCT ?s", self._every),
            self._number("DISTINCT ?o", self._every),
            properties,
            self._numbers(f"SELECT ?o (COUNT(*) AS ?n) WHERE {{ {members} }} GROUP BY ?o"),
            tuple(sorted(self._files())),
            self._number("DISTINCT ?r", adopted),
            tuple(_text(label) for (label,) in self._rows(labels)),
            _text(first),
            _text(last),
        )

    def _files(self) -> Iterator[File]:
        named = f"?f {RG.sha256} ?sum OPTIONAL {{ ?f {RG.fileName} ?name }}"
        for node, digest, name in self._rows(f"SELECT ?f ?sum (MIN(?name) AS ?n) WHERE {{ {named} }} GROUP BY ?f ?sum"):
            if isinstance(node, NamedNode):
                yield File(_text(name), _text(digest), node)

    def _number(self, what: str, pattern: str) -> int:
        ((number,),) = self._rows(f"SELECT (COUNT({what}) AS ?n) WHERE {{ {pattern} }}")
        return int(_text(number))

    def _numbers(self, query: str) -> dict[NamedNode, int]:
        return {term: int(_text(number)) for term, number in self._rows(query) if isinstance(term, NamedNode)}

    def _rows(self, query: str) -> list[tuple[Term, ...]]:
        answer = self._store.query(query, use_default_graph_as_union=True)
        return [tuple(row) for row in answer] if isinstance(answer, QuerySolutions) else []


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal) else ""


def _namespace(iri: str) -> str:
    hash_, stroke = iri.rfind("#"), iri.rfind("/")
    return iri[: (hash_ if hash_ >= 0 else stroke) + 1]
