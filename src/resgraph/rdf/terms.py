"""Literals and the scope in which a resolution's statements are made.

Literals are canonical from the start, since Oxigraph and rdflib rewrite those that are not (`"007"^^xsd:integer`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from resgraph.vocab import RG, XSD

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resgraph.iris import Iris
    from resgraph.model import Resolution, Span

_UNFIT = dict.fromkeys((*range(0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")
del _UNFIT[ord("\t")], _UNFIT[ord("\n")]
_UNFIT_CHARACTERS = frozenset(map(chr, _UNFIT))


@dataclass(frozen=True, slots=True)
class Scope:
    """The resolution whose statements are being made, its node, the nodes of its footnotes by marker, and what has been
    said.
    """

    resolution: Resolution
    iris: Iris
    node: NamedNode
    footnotes: dict[str, NamedNode]
    quads: list[Quad] = field(default_factory=list)

    def footnote(self, marker: str) -> NamedNode:
        return self.footnotes.get(marker) or self.iris.footnote(self.node, marker, 0)

    def say(self, subject: NamedNode, predicate: NamedNode, *objects: NamedNode | Literal) -> None:
        """Statements of the resolution."""
        for value in objects:
            self.quads.append(Quad(subject, predicate, value, self.node))

    def say_optional(self, subject: NamedNode, predicate: NamedNode, value: object) -> None:
        """A statement with a literal, or none where there is no value."""
        if value is not None:
            self.say(subject, predicate, literal(value))

    def state(self, statements: Iterable[Statement]) -> None:
        """Statements of the resolution that are made elsewhere."""
        self.quads.extend(Quad(*statement, self.node) for statement in statements)

    def add(self, quads: Iterable[Quad]) -> None:
        """What stands in another graph: of documents, agents and sessions that others share."""
        self.quads.extend(quads)

    def place(self, subject: NamedNode, span: Span) -> None:
        """Where the words stand in the source, and the words."""
        self.say(subject, RG.start, Literal(span.start))
        self.say(subject, RG.end, Literal(span.end))
        self.say(subject, RG.exact, Literal(legible(self.words(span))))

    def words(self, span: Span) -> str:
        return self.resolution.source.text[span.start : span.end]

    def infer(self, subject: NamedNode, *properties: NamedNode) -> None:
        """Marks the node, and its properties that were not printed but follow."""
        if properties:
            self.say(subject, RG.inferred, literal(value=True))
            self.say(subject, RG.inferredProperty, *properties)


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
    return text if text.isprintable() or _UNFIT_CHARACTERS.isdisjoint(text) else text.translate(_UNFIT)
