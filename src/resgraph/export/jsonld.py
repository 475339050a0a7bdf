"""JSON-LD: each resolution a tree of its parts, all else as nodes beside it.

A part (an IRI with the resolution's and a fragment) is nested where the shortest way from the resolution reaches it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from pyoxigraph import Literal, NamedNode, Triple

from resgraph.data import data_folder
from resgraph.errors import GraphError
from resgraph.iris import whole_and_part
from resgraph.vocab import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import BlankNode

    Node = NamedNode | BlankNode | Triple
    Statements = dict[str, list[tuple[NamedNode, Node | Literal]]]

_SAFE_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Term:
    """How the context abbreviates one IRI: its key, the type it gives to values, and whether they are always a list."""

    key: str
    coercion: str | None = None
    always_list: bool = False


@cache
def packaged_context() -> dict[str, Any]:
    """The `@context` of ontology/context.jsonld."""
    text = (data_folder("ontology") / "context.jsonld").read_text("utf-8")
    context: dict[str, Any] = json.loads(text)["@context"]
    return context


def write_jsonld(triples: Iterable[Triple], out: BinaryIO, reference: str | None = None) -> None:
    """Writes the triples, which come in order, with the packaged context, or with a reference to it."""
    context = packaged_context()
    head = json.dumps(reference or context, ensure_ascii=False, indent=1)
    out.write(f'{{"@context": {head},\n"@graph": ['.encode())
    for count, tree in enumerate(_Trees(_by_subject(triples), terms_of(context)).all()):
        out.write(b",\n" if count else b"\n")
        out.write(json.dumps(tree, ensure_ascii=False, indent=1).encode())
    out.write(b"\n]}\n")


def terms_of(context: dict[str, Any]) -> dict[str, Term]:
    """The terms of a context by the IRI that they stand for."""
    terms = {}
    for key, definition in context.items():
        entry = {"@id": definition} if isinstance(definition, str) else definition
        if key.startswith("@") or not isinstance(entry, dict) or "@reverse" in entry:
            continue
        coercion = entry.get("@type")
        iri = _expand(entry.get("@id", key), context)
        terms[iri] = Term(key, coercion and _expand(coercion, context), entry.get("@container") == "@set")
    return terms


def _expand(name: str, context: dict[str, Any]) -> str:
    prefix, colon, local = name.partition(":")
    namespace = context.get(prefix)
    if isinstance(namespace, dict):
        namespace = namespace.get("@id")
    return f"{namespace}{local}" if colon and namespace and not local.startswith("//") else name


def _by_subject(triples: Iterable[Triple]) -> Statements:
    statements: Statements = {}
    for triple in triples:
        statements.setdefault(_id(triple.subject), []).append((triple.predicate, triple.object))
    return statements


def _id(node: Node) -> str:
    if isinstance(node, Triple):
        raise GraphError(str(node), "JSON-LD has no statements about statements", "write TriG or N-Quads")
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}"


class _Trees:
    """The nodes of a graph as nested JSON objects."""

    def __init__(self, statements: Statements, terms: dict[str, Term]) -> None:
        self._statements = statements
        self._terms = terms
        self._homes: dict[str, tuple[str, NamedNode]] = {}

    def all(self) -> Iterator[dict[str, Any]]:
        for subject in self._statements:
            if not whole_and_part(subject)[1]:
                self._find_homes(subject)
        return (self._tree(subject) for subject in self._statements if subject not in self._homes)

    def _find_homes(self, whole: str) -> None:
        """Says for each part of a whole under which node and property it is nested."""
        nodes = [whole]
        for node in nodes:
            for predicate, value in self._statements[node]:
                part = value.value if isinstance(value, NamedNode) else ""
                if part in self._statements and part not in self._homes and part.startswith(f"{whole}#"):
                    self._homes[part] = node, predicate
                    nodes.append(part)

    def _tree(self, subject: str) -> dict[str, Any]:
        tree: dict[str, Any] = {self._key("@id"): subject}
        values: dict[NamedNode, list[object]] = {}
        for predicate, value in self._statements[subject]:
            values.setdefault(predicate, []).append(self._value(subject, predicate, value))
        for predicate, found in values.items():
            term = self._term(predicate)
            tree[term.key] = found if term.always_list or len(found) > 1 else found[0]
        return tree

    def _term(self, predicate: NamedNode) -> Term:
        if predicate == RDF.type:
            return Term(self._key("@type"), "@vocab")
        return self._terms.get(predicate.value) or Term(predicate.value)

    def _key(self, keyword: str) -> str:
        return self._terms[keyword].key if keyword in self._terms else keyword

    def _value(self, subject: str, predicate: NamedNode, value: Node | Literal) -> object:
        term = self._term(predicate)
        if isinstance(value, Literal):
            return _literal(value, term.coercion)
        iri = _id(value)
        if self._homes.get(iri) == (subject, predicate):
            return self._tree(iri)
        if term.coercion == "@vocab":
            return self._terms[iri].key if iri in self._terms else iri
        return iri if term.coercion == "@id" else {self._key("@id"): iri}


def _literal(literal: Literal, coercion: str | None) -> object:
    """A bare JSON value where the context gives it back the same datatype, else a value object."""
    datatype = literal.datatype
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    if coercion in (None, datatype.value):
        if datatype == XSD.boolean and literal.value in ("true", "false"):
            return literal.value == "true"
        if datatype == XSD.integer and _is_safe(literal.value):
            return int(literal.value)
        if datatype == XSD.string or coercion:
            return literal.value
    return {"@value": literal.value} if datatype == XSD.string else {"@value": literal.value, "@type": datatype.value}


def _is_safe(value: str) -> bool:
    """True for an integer in canonical form that every reader of JSON can hold."""
    digits = value.removeprefix("-")
    plain = digits.isascii() and digits.isdigit() and len(digits) <= _SAFE_DIGITS
    return plain and value == str(int(value))
