"""What a paragraph, point or footnote says, one statement an act, citation, reference or claim, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.serve.search.marks import Mark
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.serve.search.derived import Derived
    from resgraph.serve.search.graph import Names, Node, Nodes

Link = list[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; `id` is the fragment whose words light up, `kind` as in `marks.KINDS`."""

    id: str
    kind: str
    words: str
    verb: str = ""
    about: tuple[Link, ...] = ()
    asks: str = ""
    due: str = ""
    status: str = ""
    answers: tuple[tuple[Link, Link], ...] = ()
    earlier: tuple[Link, ...] = ()
    later: tuple[Link, ...] = ()


class Teller:
    """Tells the marks and the statements of the parts of one resolution."""

    def __init__(self, nodes: Nodes, names: Names, derived: Derived, iri: str) -> None:
        self._nodes = nodes
        self._names = names
        self._derived = derived
        self._start = len(iri) + 1

    def marks(self, part: Node) -> Iterator[Mark]:
        for iri in part.texts(RG.hasAction):
            yield from self._act_marks(iri)
        for predicate, kind in _MENTIONS:
            for iri in part.texts(predicate):
                yield self._mark(iri, kind, self._names.path(self._nodes[iri].text(RG.target)))

    def statements(self, part: Node) -> Iterator[Statement]:
        """In the order of their words, as far as these have a place."""
        acts = sorted(part.texts(RG.hasAction), key=lambda iri: self._nodes[iri].number(RG.position))
        for iri in acts:
            yield self._act(iri)
        for predicate, kind in _MENTIONS:
            for iri in sorted(part.texts(predicate), key=lambda iri: self._nodes[iri].number(RG.start)):
                yield self._mention(iri, kind)

    def _act_marks(self, iri: str) -> Iterator[Mark]:
        """The act, and its verb at the head of it."""
        node = self._nodes[iri]
        mark = self._mark(iri, "q" if node.a(RG.Request) else "a")
        yield mark
        verb = node.text(RG.verbText)
        if verb and node.text(RG.exact).startswith(verb):
            yield Mark(mark.start, mark.start + len(verb), "v")

    def _mark(self, iri: str, kind: str, target: str = "") -> Mark:
        node = self._nodes[iri]
        return Mark(node.number(RG.start), node.number(RG.end), kind, iri[self._start :], target)

    def _act(self, iri: str) -> Statement:
        node, derived = self._nodes[iri], self._derived
        return Statement(
            id=iri[self._start :],
            kind="q" if node.a(RG.Request) else "a",
            words=node.text(RG.verbText),
            verb=self._names.path(node.text(RG.verb)),
            about=self._named(node.texts(RG.addressee)) if node.a(RG.Request) else (),
            asks=node.text(RG.asks),
            due=self._due(node),
            status=self._names.label(status) if (status := derived.status.get(iri, [""])[0]) else "",
            answers=tuple(self._answers(iri)),
            earlier=self._places(derived.earlier.get(iri, [])),
            later=self._places(derived.later.get(iri, [])),
        )

    def _mention(self, iri: str, kind: str) -> Statement:
        node = self._nodes[iri]
        if kind == "s":
            needed, force = node.text(RG.ratificationsNeeded), node.text(RG.entryIntoForce)
            words = f"ratifications still needed: {needed}" if needed else f"entry into force: {force}"
            return Statement(iri[self._start :], kind, words, about=self._named(node.texts(RG.ofInstrument)))
        locator = node.text(RG.locator)
        return Statement(iri[self._start :], kind, locator, about=self._named(node.texts(RG.target), short=True))

    def _due(self, node: Node) -> str:
        body = self._names.short(node.text(RG.submitTo)) if RG.submitTo in node else ""
        session = node.text(RG.dueSession)
        when = self._names.nodes[session].text(RG.sessionLabel) if session in self._names.nodes else ""
        return " ".join(filter(None, (body, when or node.text(RG.dueDate), node.text(RG.frequency))))

    def _answers(self, iri: str) -> Iterator[tuple[Link, Link]]:
        """Each answer, and the place that takes it up."""
        for answer in self._derived.answers.get(iri, ()):
            noted = self._derived.noted.get((iri, answer), "")
            yield self._places([answer])[0], self._places([noted])[0] if noted else ["", ""]

    def _named(self, iris: list[str], *, short: bool = False) -> tuple[Link, ...]:
        name = self._names.short if short else self._names.label
        return tuple([self._names.path(iri), name(iri)] for iri in iris)

    def _places(self, iris: list[str]) -> tuple[Link, ...]:
        return tuple([self._names.path(iri), self._place(iri)] for iri in iris)

    def _place(self, iri: str) -> str:
        whole, _, part = iri.partition("#")
        return f"{self._names.short(whole)} {part}".strip()


_MENTIONS = ((RG.hasCitation, "c"), (RG.hasReference, "r"), (RG.hasStatus, "s"))
