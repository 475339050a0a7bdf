"""What a graph says of one resolution, in words: a portrait that can be held beside another one's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from resgraph.vocab import DCTERMS, RDF, RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    Term = object

MASTHEAD = {
    "title": DCTERMS.title,
    "body": RG.adoptedBy,
    "date of adoption": RG.adoptedOn,
    "date of publication": RG.publishedOn,
    "session": RG.adoptedInSession,
    "meeting": RG.adoptedAtMeeting,
    "agenda item": RG.agendaItem,
    "report": RG.onReport,
    "committee": RG.recommendedBy,
    "way of adoption": RG.adoptionMethod,
    "votes for": RG.votesFor,
    "votes against": RG.votesAgainst,
    "abstentions": RG.abstentions,
    "job number": RG.jobNumber,
}
_REQUEST = {
    "to": RG.addressee,
    "submitted to": RG.submitTo,
    "for session": RG.dueSession,
    "by": RG.dueDate,
    "how often": RG.frequency,
    "made in": RG.madeIn,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, point, footnote, heading or annex: where it stands, its words, and what they do and name."""

    kind: str
    label: str
    text: str
    acts: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    points: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.kind} {self.label}"


@dataclass(frozen=True, slots=True)
class Portrait:
    """A resolution as a graph has it; `masthead` maps names of fields to values, `parts` kinds of parts to parts."""

    symbol: str
    masthead: dict[str, tuple[str, ...]] = field(default_factory=dict)
    votes: tuple[str, ...] = ()
    parts: dict[str, tuple[Part, ...]] = field(default_factory=dict)


def portraits(store: Store) -> dict[str, Portrait]:
    """Every resolution that was read, by its symbol; those that are merely cited have no paragraphs."""
    nodes = {quad.subject for quad in store.quads_for_pattern(None, RG.hasParagraph, None, None)}
    made = (_Painter(store).paint(node) for node in nodes if isinstance(node, NamedNode))
    return {portrait.symbol: portrait for portrait in sorted(made, key=lambda portrait: portrait.symbol)}


@dataclass(frozen=True, slots=True)
class _Painter:
    store: Store

    def paint(self, node: NamedNode) -> Portrait:
        masthead = {name: values for name, term in MASTHEAD.items() if (values := self._words(node, term))}
        paragraphs = [*self._ordered(node, RG.hasParagraph)]
        parts = {
            "preambular paragraph": tuple(
                self._provision(part, "preambular paragraph")
                for part in paragraphs
                if self._is(part, RG.PreambularParagraph)
            ),
            "operative paragraph": tuple(
                self._provision(part, "operative paragraph")
                for part in paragraphs
                if self._is(part, RG.OperativeParagraph)
            ),
            "heading": tuple(
                Part("heading", f"before paragraph {self._first(part, RG.position)}", self._first(part, RG.text))
                for part in self._ordered(node, RG.hasHeading)
            ),
            "annex": tuple(
                Part("annex", self._first(part, DCTERMS.title), self._first(part, RG.text))
                for part in sorted(self._objects(node, RG.hasAnnex), key=str)
            ),
            "footnote": tuple(sorted(map(self._footnote, self._objects(node, RG.hasFootnote)), key=_by_marker)),
        }
        symbol = self._first(node, RG.symbol) or _shown(node)
        return Portrait(symbol, masthead, self._votes(node), parts)

    def _provision(self, node: NamedNode, kind: str) -> Part:
        label = self._first(node, RG.number) or self._first(node, RG.position)
        return Part(
            kind,
            label,
            self._first(node, RG.text),
            tuple(self._act(action) for action in self._ordered(node, RG.hasAction)),
            self._citations(node),
            self._words(node, RG.refersTo),
            tuple(sorted(self._first(note, RG.marker) for note in self._objects(node, RG.hasNote))),
            tuple(self._provision(point, "point") for point in self._ordered(node, RG.hasPoint)),
        )

    def _footnote(self, node: NamedNode) -> Part:
        return Part("footnote", self._first(node, RG.marker), self._first(node, RG.text), (), self._citations(node))

    def _citations(self, node: NamedNode) -> tuple[str, ...]:
        """The targets with the places within them; a mention without one by its words."""
        found = []
        for citation in self._objects(node, RG.hasCitation):
            target = self._words(citation, RG.target) or (f"unresolved: {self._first(citation, RG.exact)}",)
            found.append(", ".join((*target, *self._words(citation, RG.locator))))
        return tuple(sorted(found))

    def _act(self, node: NamedNode) -> str:
        verb = self._first(node, RG.verb) or self._first(node, RG.verbText)
        words = [" ".join((verb, *self._words(node, RG.adverb)))]
        words += [
            f"{name} {', '.join(values)}" for name, term in _REQUEST.items() if (values := self._words(node, term))
        ]
        return "; ".join(words)

    def _votes(self, node: NamedNode) -> tuple[str, ...]:
        votes = self._objects(node, RG.hasVote)
        return tuple(sorted(f"{self._first(vote, RG.castBy)} {self._first(vote, RG.choice)}" for vote in votes))

    def _is(self, node: NamedNode, kind: NamedNode) -> bool:
        return any(True for _ in self.store.quads_for_pattern(node, RDF.type, kind, None))

    def _objects(self, node: NamedNode, term: NamedNode) -> list[NamedNode]:
        found = {quad.object for quad in self.store.quads_for_pattern(node, term, None, None)}
        return [other for other in found if isinstance(other, NamedNode)]

    def _ordered(self, node: NamedNode, term: NamedNode) -> Iterator[NamedNode]:
        yield from sorted(self._objects(node, term), key=lambda other: (self._position(other), other.value))

    def _position(self, node: NamedNode) -> int:
        words = self._first(node, RG.position)
        return int(words) if words.isdigit() else 0

    def _words(self, node: NamedNode, term: NamedNode) -> tuple[str, ...]:
        found = {_shown(quad.object) for quad in self.store.quads_for_pattern(node, term, None, None)}
        return tuple(sorted(found))

    def _first(self, node: NamedNode, term: NamedNode) -> str:
        return next(iter(self._words(node, term)), "")


def _shown(term: Term) -> str:
    """A term as a reader knows it: a document by its symbol, an agent or concept by the last step of its IRI."""
    if isinstance(term, Literal):
        return term.value
    if not isinstance(term, NamedNode):
        return str(term)
    path = term.value.partition("://")[2].partition("/")[2]
    head, _, tail = path.partition("resgraph/")
    words = tail or head
    kind, _, name = words.partition("/")
    return name if kind in ("agent", "verb", "force", "adoption", "choice", "instrument") and name else words


def _by_marker(part: Part) -> tuple[int, str]:
    digits = part.label.partition("-")[0]
    return (int(digits) if digits.isdigit() else 0, part.label)
