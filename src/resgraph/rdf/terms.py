"""Literals and the scope in which a resolution's statements are made.

Literals are canonical from the start, since Oxigraph and rdflib rewrite those that are not (`"007"^^xsd:integer`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from resgraph.vocab import RG, XSD

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.iris import Iris
    from resgraph.model import Resolution, Span

_UNFIT = dict.fromkeys((*range(0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")
del _UNFIT[ord("\t")], _UNFIT[ord("\n")]
_UNFIT_CHARACTERS = frozenset(map(chr, _UNFIT))


@dataclass(frozen=True, slots=True)
class Scope:
    """The resolution whose statements are being made, its node, and the nodes of its footnotes by marker."""

    resolution: Resolution
    iris: Iris
    node: NamedNode
    footnotes: dict[str, NamedNode]

    def footnote(self, marker: str) -> NamedNode:
        return self.footnotes.get(marker) or self.iris.footnote(self.node, marker, 0)

    def say(self, subject: NamedNode, predicate: NamedNode, *objects: NamedNode | Literal) -> Iterator[Quad]:
        """Statements of the resolution."""
        return iter([Quad(subject, predicate, value, self.node) for value in objects])

    def say_optional(self, subject: NamedNode, predicate: NamedNode, value: object) -> Iterator[Quad]:
        """A statement with a literal, or none where there is no value."""
        return iter(()) if value is None else self.say(subject, predicate, literal(value))

    def place(self, subject: NamedNode, span: Span) -> Iterator[Quad]:
        """Where the words stand in the source, and the words."""
        yield Quad(subject, RG.start, literal(span.start), self.node)
        yield Quad(subject, RG.end, literal(span.end), self.node)
        yield Quad(subject, RG.exact, literal(self.words(span)), self.node)

    def words(self, span: Span) -> str:
        return self.resolution.source.text[span.start : span.end]

    def infer(self, subject: NamedNode, *properties: NamedNode) -> Iterator[Quad]:
        """Marks the node, and its properties that were not printed but follow."""
        if properties:
            yield from self.say(subject, RG.inferred, literal(value=True))
            yield from self.say(subject, RG.inferredProperty, *properties)


def literal(value: object) -> Literal:
    """A canonical literal: string, integer, boolean or date, or a date cut short, as `month_or_year` makes it."""
    match value:
        case str():
            return Literal(legible(value))
        case bool() | int():
            return Literal(value)
        case date():
            return Literal(value.isoformat(), datatype=XSD.date)
    raise TypeError(f"no literal for {type(value).__name__}")


def month_or_year(value: date | str) -> Literal:
    """`2001-10` as xsd:gYearMonth, `2001` as xsd:gYear; a full date as xsd:date."""
    if isinstance(value, date):
        return literal(value)
    return Literal(value, datatype=XSD.gYearMonth if "-" in value else XSD.gYear)


def legible(text: str) -> str:
    """The text with what no XML 1.0 document may hold replaced, character by character, so that offsets stay true."""
    return text if _UNFIT_CHARACTERS.isdisjoint(text) else text.translate(_UNFIT)
