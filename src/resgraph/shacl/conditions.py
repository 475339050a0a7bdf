"""Constraints on one value, as conditions in SPARQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import combinations, count
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from resgraph.shacl.shape import OutsideError
from resgraph.vocab import RDF, SH_NAMESPACE, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from resgraph.shacl.shape import Constraint, Shape, Term

_KINDS = {
    "IRI": "isIRI({0})",
    "Literal": "isLiteral({0})",
    "BlankNode": "isBlank({0})",
    "IRIOrLiteral": "!isBlank({0})",
    "BlankNodeOrIRI": "!isLiteral({0})",
    "BlankNodeOrLiteral": "!isIRI({0})",
}
_RANGES = {"minInclusive": ">=", "maxInclusive": "<=", "minExclusive": ">", "maxExclusive": "<"}
CAST = {XSD.integer, XSD.decimal, XSD.boolean, XSD.date, XSD.dateTime}
"""The datatypes of which Oxigraph and rdflib both know the lexical forms."""
_REWRITTEN = frozenset(
    "int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger "
    "unsignedLong unsignedInt unsignedShort unsignedByte dateTimeStamp".split()
)
"""The datatypes that Oxigraph rewrites to more general ones when it stores a literal, so that none is ever found."""
_MOST = 4
PER_VALUE = frozenset({"nodeKind", "datatype", "class", "pattern", "minLength", "maxLength", "in", *_RANGES})
LOGICAL = frozenset({"and", "or", "xone", "not", "node"})


@dataclass(slots=True)
class Conditions:
    """Says constraints on the value of a variable; `subclasses` are the classes in the data with all below them."""

    subclasses: Mapping[Term, tuple[Term, ...]]
    _names: Iterator[int] = field(default_factory=count)

    def holds(self, constraint: Constraint, value: str) -> str:
        """True where the value satisfies the constraint, false where not; never an error."""
        return f"COALESCE({self._holds(constraint, value)}, false)"

    def _holds(self, constraint: Constraint, value: str) -> str:
        if constraint.name in LOGICAL:
            return self._logical(constraint, value)
        (term, *_) = constraint.terms or (None,)
        match constraint.name, term:
            case "in", _:
                return " || ".join(f"sameTerm({value}, {item})" for item in constraint.terms) or "false"
            case "hasValue", _:
                return f"sameTerm({value}, {term})"
            case "nodeKind", NamedNode():
                return _KINDS[term.value.removeprefix(SH_NAMESPACE)].format(value)
            case "class", NamedNode():
                return self.of_class(value, term)
            case "datatype", NamedNode():
                return _datatype(value, term)
            case (("pattern" | "minLength" | "maxLength"), Literal()):
                return _string(constraint, value, term)
            case name, _ if name in _RANGES:
                return f"{value} {_RANGES[name]} {term}"
        raise OutsideError(f"sh:{constraint.name} on a value")

    def _logical(self, constraint: Constraint, value: str) -> str:
        each = [self.conforms(shape, value) for shape in constraint.shapes]
        match constraint.name:
            case "or":
                return f"({' || '.join(each) or 'false'})"
            case "xone":
                return f"({' + '.join(f'IF({one}, 1, 0)' for one in each) or '0'}) = 1"
            case "not":
                return f"!({each[0]})"
        return f"({' && '.join(each) or 'true'})"

    def conforms(self, shape: Shape, value: str) -> str:
        """True where the value conforms to the shape; never an error."""
        if shape.selects:
            raise OutsideError("sh:sparql within another shape")
        parts = [self._satisfies(shape.path, constraint, value) for constraint in shape.constraints]
        parts += [self._everywhere(shape.path, value, partial(self.conforms, inner)) for inner in shape.properties]
        return f"({' && '.join(parts) or 'true'})"

    def _satisfies(self, path: str | None, constraint: Constraint, value: str) -> str:
        (term, *_) = constraint.terms or (None,)
        match constraint.name:
            case "hasValue" if path:
                return f"EXISTS {{ {value} {path} {term} }}"
            case "minCount":
                return self.at_least(number(term), value, path)
            case "maxCount":
                return f"!{self.at_least(number(term) + 1, value, path)}"
            case "qualifiedMinCount":
                return self.at_least(number(term), value, path, constraint.shapes[0])
            case "qualifiedMaxCount":
                return f"!{self.at_least(number(term) + 1, value, path, constraint.shapes[0])}"
            case "disjoint" | "lessThan" | "lessThanOrEquals":
                raise OutsideError(f"sh:{constraint.name} within another shape")
        return self._everywhere(path, value, partial(self.holds, constraint))

    def _everywhere(self, path: str | None, value: str, condition: Callable[[str], str]) -> str:
        """True where the condition is true of all that the path leads to, or without a path of the value itself."""
        if path is None:
            return condition(value)
        other = self.fresh()
        return f"NOT EXISTS {{ {value} {path} {other} FILTER(!{condition(other)}) }}"

    def at_least(self, least: int, value: str, path: str | None, shape: Shape | None = None) -> str:
        """True where the path leads to so many different values, all conforming to the shape."""
        if path is None or least > _MOST:
            raise OutsideError("a count of more than four within another shape")
        if least == 0:
            return "true"
        found = [self.fresh() for _ in range(least)]
        steps = " . ".join(f"{value} {path} {one}" for one in found)
        apart = [f"!sameTerm({one}, {other})" for one, other in combinations(found, 2)]
        fit = [self.conforms(shape, one) for one in found] if shape else []
        conditions = f" FILTER({' && '.join(apart + fit)})" if apart or fit else ""
        return f"EXISTS {{ {steps}{conditions} }}"

    def of_class(self, value: str, cls: NamedNode) -> str:
        return " || ".join(f"EXISTS {{ {value} {RDF.type} {one} }}" for one in self.with_below(cls))

    def with_below(self, cls: Term) -> tuple[Term, ...]:
        """The class and all classes below it."""
        return self.subclasses.get(cls, (cls,))

    def fresh(self) -> str:
        return f"?v{next(self._names)}"


def number(term: Term | None) -> int:
    """The number that a count or a length is."""
    if not isinstance(term, Literal) or not term.value.isdecimal():
        raise OutsideError("a count that is no number")
    return int(term.value)


def _datatype(value: str, datatype: NamedNode) -> str:
    if datatype.value.rpartition("#")[2] in _REWRITTEN:
        raise OutsideError(f"a datatype that a store does not keep: {datatype.value}")
    same = f"DATATYPE({value}) = {datatype}"
    return f"{same} && {datatype}(STR({value})) = {value}" if datatype in CAST else same


def _string(constraint: Constraint, value: str, term: Literal) -> str:
    if constraint.name == "pattern":
        flags = "".join(f", {Literal(text)}" for text in constraint.texts if text)
        return f"!isBlank({value}) && REGEX(STR({value}), {Literal(term.value)}{flags})"
    length = number(term)
    if constraint.name == "minLength" and length == 1:  # the words of a source are long to count
        return f'!isBlank({value}) && STR({value}) != ""'
    return f"!isBlank({value}) && STRLEN(STR({value})) {'>=' if constraint.name == 'minLength' else '<='} {length}"
