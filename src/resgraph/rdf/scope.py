"""What the statements of one resolution need to know of it, and where they go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from resgraph.iris import Iris
    from resgraph.model import Resolution, Span
    from resgraph.rdf.graphs import Graph, Said, Value


@dataclass(frozen=True, slots=True)
class Scope:
    """The resolution whose statements are being made, the nodes of its footnotes by marker, its own graph and what it
    says of what documents share.
    """

    resolution: Resolution
    iris: Iris
    footnotes: dict[str, NamedNode]
    own: Graph
    shared: Graph

    @property
    def node(self) -> NamedNode:
        return self.own.name

    def footnote(self, marker: str) -> NamedNode:
        return self.footnotes.get(marker) or self.iris.footnote(self.node, marker, 0)

    def say(self, subject: NamedNode, predicate: NamedNode, *objects: Value) -> None:
        """Statements of the resolution."""
        for value in objects:
            self.own.said.append((subject, predicate, value))

    def say_optional(self, subject: NamedNode, predicate: NamedNode, value: Value | None) -> None:
        """A statement, or none where there is no value."""
        if value is not None:
            self.own.said.append((subject, predicate, value))

    def state(self, statements: Iterable[Said]) -> None:
        """Statements of the resolution that are made elsewhere."""
        self.own.said.extend(statements)

    def share(self, statements: Iterable[Said]) -> None:
        """Of documents, agents and sessions that others speak of too."""
        self.shared.said.extend(statements)

    def place(self, subject: NamedNode, span: Span) -> None:
        """Where the words stand in the source, and the words."""
        words = self.words(span)
        self.state(((subject, RG.start, span.start), (subject, RG.end, span.end), (subject, RG.exact, words)))

    def words(self, span: Span) -> str:
        return self.resolution.source.text[span.start : span.end]

    def infer(self, subject: NamedNode, *properties: NamedNode) -> None:
        """Marks the node, and its properties that were not printed but follow."""
        if properties:
            self.say(subject, RG.inferred, True)
            self.say(subject, RG.inferredProperty, *properties)
