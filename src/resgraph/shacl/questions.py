"""A shape as questions to a store: each finds all nodes that break it in one way, with one pass over the data."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from resgraph.shacl.conditions import LOGICAL, PER_VALUE, number
from resgraph.shacl.shape import OutsideError
from resgraph.vocab import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.shacl.conditions import Conditions
    from resgraph.shacl.shape import Constraint, Select, Shape, Term

    Targets = tuple[tuple[str, Term], ...]

HAS_VALUE = "http://www.w3.org/ns/shacl#HasValueConstraintComponent"
SPARQL_COMPONENT = "http://www.w3.org/ns/shacl#SPARQLConstraintComponent"
_PATTERNS = {
    "targetNode": "VALUES ?this {{ {} }}",
    "targetClass": f"?this {RDF.type} {{}}",
    "targetSubjectsOf": "?this {} ?any",
    "targetObjectsOf": "?any {} ?this",
}
_GROUPING = {
    "$CURRENTSHAPE",
    "$SHAPESGRAPH",
    "SELECT",
    "OPTIONAL",
    "UNION",
    "MINUS",
    "GRAPH",
    "SERVICE",
    "VALUES",
    "LIMIT",
    "OFFSET",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A query that gives `?this`, and `?value` where there is one, of all that breaks the shape.

    With several components, `?f0`, `?f1` and so on say which of them a row breaks. The rows may have nodes besides the
    targets.
    """

    shape: Shape
    targets: Targets
    components: tuple[str, ...]
    query: str
    path: str | None = None
    select: Select | None = None


def questions(shape: Shape, conditions: Conditions, targets: Targets | None = None) -> Iterator[Question]:
    """All that is to be asked for a shape and the property shapes in it; OutsideError where SPARQL cannot say it."""
    targets = targets or tuple(_with_subclasses(shape.targets, conditions))
    if shape.path and (shape.selects or shape.properties):
        raise OutsideError("sh:sparql or sh:property in a property shape")
    yield from _of_values(shape, conditions, targets)
    for constraint in shape.constraints:
        if constraint.name not in PER_VALUE | LOGICAL and not (constraint.name == "hasValue" and shape.path is None):
            query = _count_query(shape, constraint, conditions, targets)
            yield Question(shape, targets, (constraint.component,), query, shape.path)
    for select in shape.selects:
        if not is_flat(select.query):
            raise OutsideError("a query that may need $this bound beforehand")
        yield Question(shape, targets, (SPARQL_COMPONENT,), _begun(select.query, targets), select=select)
    for inner in shape.properties:
        yield from questions(inner, conditions, targets)


def scan(targets: Targets, condition: str = "") -> str:
    """A pattern that binds `?this` to all focus nodes that satisfy the condition."""
    return " UNION ".join(f"{{ {_PATTERNS[name].format(term)} {condition} }}" for name, term in targets)


def _start(path: str, targets: Targets) -> str:
    """What comes before a path: nothing before a property, of which all values are gone through faster."""
    return "" if is_property(path) else f"{{ SELECT DISTINCT ?this WHERE {{ {scan(targets)} }} }}"


def is_property(path: str) -> bool:
    return path.startswith("<")


def _with_subclasses(targets: Targets, conditions: Conditions) -> Iterator[tuple[str, Term]]:
    for name, term in targets:
        classes = conditions.with_below(term) if name == "targetClass" else (term,)
        yield from ((name, one) for one in classes)


def _of_values(shape: Shape, conditions: Conditions, targets: Targets) -> Iterator[Question]:
    """All constraints that look at one value, in one pass."""
    wanted = PER_VALUE | LOGICAL | ({"hasValue"} if shape.path is None else frozenset())
    found = [constraint for constraint in shape.constraints if constraint.name in wanted]
    if not found:
        return
    value = "?value" if shape.path else "?this"
    faults = [f"!{conditions.holds(constraint, value)}" for constraint in found]
    flags = " ".join(f"({fault} AS ?f{n})" for n, fault in enumerate(faults)) if len(found) > 1 else ""
    broken = f"FILTER({' || '.join(faults)})"
    if shape.path:
        values = f"{_start(shape.path, targets)} ?this {shape.path} ?value"
        query = f"SELECT DISTINCT ?this ?value {flags} WHERE {{ {values} {broken} }}"
    elif "EXISTS" in broken:  # a look-up for each node, so for each node once
        query = f"SELECT ?this {flags} WHERE {{ {{ SELECT DISTINCT ?this WHERE {{ {scan(targets)} }} }} {broken} }}"
    else:
        query = f"SELECT DISTINCT ?this {flags} WHERE {{ {scan(targets, broken)} }}"
    yield Question(shape, targets, tuple(constraint.component for constraint in found), query, shape.path)


def _count_query(shape: Shape, constraint: Constraint, conditions: Conditions, targets: Targets) -> str:
    """A constraint on all values together. The anti-join is hashed: one pass over either side."""
    path, (term, *_) = shape.path, constraint.terms
    if path is None:
        raise OutsideError(f"sh:{constraint.name} in a node shape")
    nodes = scan(targets)
    match constraint.name:
        case "minCount" if number(term) == 1:
            without = (
                f"MINUS {{ ?this {path} ?one }}" if is_property(path) else f"FILTER NOT EXISTS {{ ?this {path} ?one }}"
            )
            return f"SELECT DISTINCT ?this WHERE {{ {{ {nodes} }} {without} }}"
        case "hasValue":
            return f"SELECT DISTINCT ?this WHERE {{ {{ {nodes} }} MINUS {{ ?this {path} {term} }} }}"
        case "minCount":
            enough = conditions.at_least(number(term), "?this", path)
            return f"SELECT DISTINCT ?this WHERE {{ {{ {nodes} }} FILTER(!{enough}) }}"
        case "maxCount":
            counted = f"COUNT(DISTINCT ?one) > {number(term)}"
            values = f"{_start(path, targets)} ?this {path} ?one"
            return f"SELECT ?this WHERE {{ {values} }} GROUP BY ?this HAVING ({counted})"
        case "qualifiedMinCount":
            enough = conditions.at_least(number(term), "?this", path, constraint.shapes[0])
            return f"SELECT DISTINCT ?this WHERE {{ {{ {nodes} }} FILTER(!{enough}) }}"
        case "qualifiedMaxCount":
            enough = conditions.at_least(number(term) + 1, "?this", path, constraint.shapes[0])
            return f"SELECT DISTINCT ?this WHERE {{ {{ {nodes} }} FILTER({enough}) }}"
        case "disjoint":
            return (
                f"SELECT DISTINCT ?this ?value WHERE {{ {_start(path, targets)} ?this {path} ?value ; {term} ?value }}"
            )
    sign = {"lessThan": "<", "lessThanOrEquals": "<="}[constraint.name]
    both = f"{_start(path, targets)} ?this {path} ?value ; {term} ?other"
    return f"SELECT DISTINCT ?this ?value WHERE {{ {both} FILTER(!COALESCE(?value {sign} ?other, false)) }}"


def _begun(query: str, targets: Targets) -> str:
    """The query, begun with the targets where its own first triple may have many times as many nodes."""
    head, brace, body = query.partition("{")
    predicate = body.split(None, 2)[1]
    if predicate != "a" and not predicate.startswith("?"):
        return query
    return f"{head}{brace} {{ SELECT DISTINCT ?this WHERE {{ {scan(targets)} }} }} {body}"


def is_flat(query: str) -> bool:
    """True where `$this` need not be bound beforehand: the outer triples bind it, and no group hides it from a filter.

    The test errs to the safe side: a query that fails it is left to pySHACL.
    """
    head, _, body = query.partition("{")
    words = body.replace("{", " { ").replace("}", " } ").upper().split()
    outer = list(takewhile(lambda word: not word.startswith(("{", "}", "FILTER", "BIND")), words))
    if (".", "$THIS") not in pairwise([".", *outer]) or _GROUPING & set(words) or "?THIS" in words:
        return False
    if any(word == "{" and words[n - 1] != "EXISTS" for n, word in enumerate(words)):
        return False
    if " AS " in head.upper() or "GROUP" in words:
        return "GROUP BY $THIS" in " ".join(words)
    return True
