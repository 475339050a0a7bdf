"""The shapes of a SHACL graph as values, and which of them only pySHACL understands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from resgraph.vocab import RDF, RDFS, SH_NAMESPACE, sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    Node = NamedNode | BlankNode
    Term = NamedNode | BlankNode | Literal | Triple

_TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_ABOUT = {*_TARGETS, "path", "severity", "message", "name", "description", "order", "group"}
_OF_TERMS = (
    *(
        "nodeKind",
        "datatype",
        "class",
        "pattern",
        "minLength",
        "maxLength",
        "hasValue",
        "disjoint",
        "lessThan",
        "lessThanOrEquals",
    ),
    *("minCount", "maxCount", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive"),
)
_OF_SHAPES = ("node", "not", "property", "and", "or", "xone")
_OF_LISTS = ("and", "or", "xone", "in")
_QUALIFIED = ("qualifiedMinCount", "qualifiedMaxCount")
_STEPS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


class OutsideError(Exception):
    """A shape, or a construct in it, that is left to pySHACL."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint component with the terms and shapes that are its parameters."""

    name: str
    terms: tuple[Term, ...] = ()
    shapes: tuple[Shape, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def component(self) -> str:
        """The IRI of the component."""
        return f"{SH_NAMESPACE}{self.name[0].upper()}{self.name[1:]}ConstraintComponent"


@dataclass(frozen=True, slots=True)
class Select:
    """A `sh:sparql` constraint: its query with prefixes, and its own message."""

    query: str
    message: str | None


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or where it has a `path` (in SPARQL's syntax) a property shape."""

    node: Node
    path: str | None
    targets: tuple[tuple[str, Term], ...]
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]
    selects: tuple[Select, ...]
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """What can be compiled, and the nodes of the shapes that cannot, with the reason."""

    compiled: tuple[Shape, ...]
    outside: tuple[tuple[Node, str], ...]


def read_shapes(graph: Store) -> Shapes:
    """All shapes with targets; `graph` has them in its default graph."""
    compiled, outside = [], []
    for node in _targeted(graph):
        try:
            compiled.append(Reader(graph).shape(node))
        except OutsideError as error:
            outside.append((node, str(error)))
    return Shapes(tuple(compiled), tuple(outside))


def _targeted(graph: Store) -> list[Node]:
    nodes = {quad.subject for name in (*_TARGETS, "target") for quad in graph.quads_for_pattern(None, sh(name), None)}
    kinds = {quad.subject for quad in graph.quads_for_pattern(None, RDF.type, RDFS.Class)}
    implicit = {
        q.subject for kind in ("NodeShape", "PropertyShape") for q in graph.quads_for_pattern(None, None, sh(kind))
    }
    return sorted((node for node in nodes | kinds & implicit if isinstance(node, NamedNode | BlankNode)), key=str)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads shapes and paths out of a graph; `above` are the shapes that the one read stands in."""

    graph: Store
    above: tuple[Node, ...] = ()

    def shape(self, node: Node) -> Shape:
        if node in self.above:
            raise OutsideError("the shape is recursive")
        known = {*_ABOUT, *_OF_TERMS, *_OF_SHAPES, *_OF_LISTS, *_QUALIFIED, "qualifiedValueShape", "flags", "sparql"}
        for name in self._parameters(node):
            if name not in known:
                raise OutsideError(f"sh:{name}")
        if own := self._own_parameters() & {quad.predicate for quad in self.graph.quads_for_pattern(node, None, None)}:
            raise OutsideError(f"a constraint component of its own: {min(map(str, own))}")
        inner = Reader(self.graph, (*self.above, node))
        path = self._value(node, sh("path"))
        return Shape(
            node=node,
            path=None if path is None else self.path(path),
            targets=tuple(self._targets(node)),
            constraints=tuple(inner.constraints(node)),
            properties=tuple(inner.shape(_node(part)) for part in self._values(node, sh("property"))),
            selects=tuple(self._select(_node(part)) for part in self._values(node, sh("sparql"))),
            severity=self._severity(node),
            message=min((_text(term) for term in self._values(node, sh("message"))), default=""),
        )

    def constraints(self, node: Node) -> Iterator[Constraint]:
        flags = "".join(_text(term) for term in self._values(node, sh("flags")))
        for name in (*_OF_TERMS, *_OF_SHAPES[:2], *_OF_LISTS):
            for term in self._values(node, sh(name)):
                if name == "in":
                    yield Constraint(name, tuple(self.items(_node(term))))
                elif name in _OF_LISTS:
                    yield Constraint(name, shapes=tuple(self.shape(_node(item)) for item in self.items(_node(term))))
                elif name in _OF_SHAPES:
                    yield Constraint(name, shapes=(self.shape(_node(term)),))
                else:
                    yield Constraint(name, (term,), texts=(flags,) if name == "pattern" else ())
        for name in _QUALIFIED:
            for count in self._values(node, sh(name)):
                (inner,) = self._values(node, sh("qualifiedValueShape"))
                yield Constraint(name, (count,), (self.shape(_node(inner)),))

    def path(self, node: Term) -> str:
        """The path in SPARQL's syntax; an IRI stands in angle brackets."""
        if isinstance(node, NamedNode):
            return str(node)
        start = _node(node)
        if self._value(start, RDF.first) is not None:
            return "/".join(f"({self.path(step)})" for step in self.items(start))
        if inverse := self._value(start, sh("inversePath")):
            return f"^({self.path(inverse)})"
        if choice := self._value(start, sh("alternativePath")):
            return "|".join(f"({self.path(step)})" for step in self.items(_node(choice)))
        for name, sign in _STEPS.items():
            if step := self._value(start, sh(name)):
                return f"({self.path(step)}){sign}"
        raise OutsideError("an unknown path")

    def items(self, node: Node) -> Iterator[Term]:
        """The members of an RDF list."""
        while node != RDF.nil:
            first, rest = self._value(node, RDF.first), self._value(node, RDF.rest)
            if first is None or rest is None:
                raise OutsideError("a broken list")
            yield first
            node = _node(rest)

    def _parameters(self, node: Node) -> Iterator[str]:
        for quad in self.graph.quads_for_pattern(node, None, None):
            if quad.predicate.value.startswith(SH_NAMESPACE):
                yield _local(quad.predicate)

    def _severity(self, node: Node) -> str:
        severity = self._value(node, sh("severity")) or sh("Violation")
        if severity not in (sh("Violation"), sh("Warning"), sh("Info")):
            raise OutsideError("a severity of its own")
        return _local(severity)

    def _own_parameters(self) -> set[Term]:
        """The properties that are parameters of constraint components declared in the graph."""
        parameters = (quad.object for quad in self.graph.quads_for_pattern(None, sh("parameter"), None))
        return {path for parameter in parameters for path in self._values(_node(parameter), sh("path"))}

    def _targets(self, node: Node) -> Iterator[tuple[str, Term]]:
        for name in _TARGETS:
            for term in self._values(node, sh(name)):
                if isinstance(term, BlankNode):
                    raise OutsideError(f"sh:{name} with a blank node")
                yield name, term
        if RDFS.Class in self._values(node, RDF.type):
            yield "targetClass", node

    def _select(self, node: Node) -> Select:
        (query,) = self._values(node, sh("select")) or (None,)
        if query is None or sh("deactivated") in {q.predicate for q in self.graph.quads_for_pattern(node, None, None)}:
            raise OutsideError("sh:sparql that is no sh:select, or is deactivated")
        message = min((_text(term) for term in self._values(node, sh("message"))), default=None)
        prefixes = "".join(f"PREFIX {prefix}: <{address}>\n" for prefix, address in sorted(self._prefixes(node)))
        try:
            Store().query(prefixes + _text(query))
        except SyntaxError as error:
            raise OutsideError("a query that does not parse, perhaps for prefixes declared elsewhere") from error
        return Select(prefixes + _text(query), message)

    def _prefixes(self, node: Node) -> Iterator[tuple[str, str]]:
        for ontology in self._values(node, sh("prefixes")):
            for declared in self._values(_node(ontology), sh("declare")):
                prefix, address = (self._values(_node(declared), sh(name)) for name in ("prefix", "namespace"))
                yield _text(prefix[0]), _text(address[0])

    def _values(self, node: Node, predicate: NamedNode) -> list[Term]:
        return sorted((quad.object for quad in self.graph.quads_for_pattern(node, predicate, None)), key=str)

    def _value(self, node: Node, predicate: NamedNode) -> Term | None:
        return next(iter(self._values(node, predicate)), None)


def shapes_within(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """The shapes that report results: those given, and the property shapes in them."""
    for shape in shapes:
        yield from chain((shape,), shapes_within(shape.properties))


def _node(term: Term) -> Node:
    if isinstance(term, NamedNode | BlankNode):
        return term
    raise OutsideError(f"{term} where a node should be")


def _text(term: Term) -> str:
    if isinstance(term, Literal):
        return term.value
    raise OutsideError(f"{term} where a text should be")


def _local(term: Term) -> str:
    return _node(term).value.rpartition("#")[2]
