"""The rules of `queries/reason/`: each constructs one triple from what stands in the graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import rdflib
from pyoxigraph import NamedNode, Variable
from rdflib.plugins.sparql import prepareQuery

from resgraph.data import data_folder
from resgraph.errors import QueryError
from resgraph.iris import foreign
from resgraph.queries import parse_query

if TYPE_CHECKING:
    from collections.abc import Iterator

Slot = Variable | NamedNode
Pattern = tuple[Slot, Slot, Slot]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with the pattern of the triple that it concludes, and the patterns of the triples that this rests on."""

    name: str
    summary: str
    text: str
    conclusion: Pattern
    premises: tuple[Pattern, ...]

    @property
    def selection(self) -> str:
        """The rule as a question: which values make the premises true."""
        head, construct, rest = self.text.partition("CONSTRUCT")
        return f"{head}SELECT * {rest[rest.index('WHERE') :]}" if construct else self.text


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by name."""
    paths = sorted((data_folder("queries") / "reason").glob("*.rq"))
    return tuple(read_rule(path.read_text(encoding="utf-8"), path.stem) for path in paths)


def read_rule(text: str, name: str) -> Rule:
    """A rule; it constructs one triple, and its premises are plain patterns, so that it can be explained."""
    algebra = prepareQuery(text).algebra
    if algebra.name != "ConstructQuery" or len(algebra.template) != 1:
        raise QueryError(name, "is no rule", "write CONSTRUCT with one triple")
    summary = parse_query(text, name).summary
    (conclusion,), premises = (
        tuple(_pattern(found, name) for found in part) for part in (algebra.template, _premises(algebra))
    )
    return Rule(name, summary, text, conclusion, premises)


def _premises(algebra: object) -> Iterator[tuple[object, object, object]]:
    """The triple patterns, wherever they stand in the algebra of a query."""
    if isinstance(algebra, dict):
        if getattr(algebra, "name", "") == "BGP":
            yield from algebra["triples"]
        else:
            for part in algebra.values():
                yield from _premises(part)


def _pattern(terms: tuple[object, object, object], name: str) -> Pattern:
    subject, predicate, value = (_slot(found, name) for found in terms)
    return subject, predicate, value


def _slot(found: object, name: str) -> Slot:
    match found:
        case rdflib.Variable():
            return Variable(str(found))
        case rdflib.URIRef():
            return foreign(str(found))
    raise QueryError(name, f"has {found} in a pattern, which no explanation can show", "write variables and IRIs only")
