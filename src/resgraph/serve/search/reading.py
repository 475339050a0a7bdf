"""One resolution as a reader sees it: the facts above it, its paragraphs with marks, and what each of them says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.serve.search.marks import Mark, Token, marked
from resgraph.serve.search.statements import Statement, Teller
from resgraph.vocab import DCTERMS, PROV, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from resgraph.serve.search.derived import Derived
    from resgraph.serve.search.graph import Names, Node, Nodes

Link = list[str]


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, point, heading or annex; `id` is its fragment, `depth` counts the points around it."""

    id: str
    kind: str
    number: str = ""
    depth: int = 0
    tokens: tuple[Token, ...] = ()
    says: tuple[Statement, ...] = ()
    earlier: tuple[Link, ...] = ()
    later: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; where `missing`, the source has only its mark."""

    id: str
    marker: str
    tokens: tuple[Token, ...]
    missing: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A resolution; a link is a path below the base and a label."""

    path: str
    symbol: str
    title: str
    date: str
    body: Link
    session: str
    facts: tuple[tuple[str, tuple[Link, ...]], ...]
    see_also: str
    source: str
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    earlier: tuple[Link, ...]
    later: tuple[Link, ...]
    problems: tuple[str, ...]


class Reader:
    """Reads one resolution from the statements of its graph."""

    def __init__(self, iri: str, nodes: Nodes, names: Names, derived: Derived) -> None:
        self._iri = iri
        self._nodes = nodes
        self._names = names
        self._derived = derived
        self._head: Node = nodes[iri]
        self._markers = {nodes[note].text(RG.marker): self._local(note) for note in self._head.texts(RG.hasFootnote)}

    def read(self) -> Reading:
        head, names = self._head, self._names
        symbol = head.text(RG.symbol)
        return Reading(
            path=names.path(self._iri),
            symbol=symbol,
            title=head.text(DCTERMS.title) or symbol,
            date=head.text(RG.adoptedOn),
            body=[names.path(head.text(RG.adoptedBy)), names.label(head.text(RG.adoptedBy))],
            session=names.nodes[session].text(RG.sessionLabel) if (session := head.text(RG.adoptedInSession)) else "",
            facts=tuple(self._facts()),
            see_also=head.text(RDFS.seeAlso),
            source=names.path(head.text(PROV.wasDerivedFrom)),
            parts=tuple(self._parts()),
            notes=tuple(sorted(self._notes(), key=_order_of_notes)),
            earlier=self._links(self._derived.earlier, self._iri),
            later=self._links(self._derived.later, self._iri),
            problems=tuple(self._nodes[problem].text(RG.message) for problem in head.texts(RG.hasProblem)),
        )

    def _facts(self) -> Iterator[tuple[str, tuple[Link, ...]]]:
        """What stands above and below the text; a value that is no resource has no path."""
        for label, predicate in _LINKED:
            links = tuple(self._names.link(iri) for iri in self._head.texts(predicate))
            if links:
                yield label, links
        for label, predicate in _PLAIN:
            values = tuple(["", value] for value in self._head.texts(predicate))
            if values:
                yield label, values

    def _parts(self) -> Iterator[Part]:
        headings: dict[int, list[str]] = {}
        for iri in self._head.texts(RG.hasHeading):
            headings.setdefault(self._nodes[iri].number(RG.position), []).append(iri)
        paragraphs = sorted(self._head.texts(RG.hasParagraph), key=self._order)
        for iri in paragraphs:
            operative = self._nodes[iri].a(RG.OperativeParagraph)
            for heading in headings.pop(self._nodes[iri].number(RG.position), ()) if operative else ():
                yield self._plain(heading, "heading")
            yield from self._provision(iri, "operative" if operative else "preambular", 0)
        for heading in (iri for left in sorted(headings) for iri in headings[left]):
            yield self._plain(heading, "heading")
        for annex in self._head.texts(RG.hasAnnex):
            yield self._plain(annex, "annex")

    def _order(self, iri: str) -> tuple[bool, int]:
        node = self._nodes[iri]
        return node.a(RG.OperativeParagraph), node.number(RG.position)

    def _provision(self, iri: str, kind: str, depth: int) -> Iterator[Part]:
        """A paragraph or point, then the points within it."""
        node = self._nodes[iri]
        teller = Teller(self._nodes, self._names, self._derived, self._iri)
        yield Part(
            id=self._local(iri),
            kind=kind,
            number=node.text(RG.number),
            depth=depth,
            tokens=self._marked(node, teller),
            says=tuple(teller.statements(node)),
            earlier=self._links(self._derived.earlier, iri),
            later=self._links(self._derived.later, iri),
        )
        for point in sorted(node.texts(RG.hasPoint), key=lambda iri: self._nodes[iri].number(RG.position)):
            yield from self._provision(point, "point", depth + 1)

    def _plain(self, iri: str, kind: str) -> Part:
        node = self._nodes[iri]
        lines = "\n".join(filter(None, (node.text(DCTERMS.title), node.text(RG.text))))
        return Part(self._local(iri), kind, tokens=(lines,))

    def _notes(self) -> Iterator[Note]:
        for iri in self._head.texts(RG.hasFootnote):
            node = self._nodes[iri]
            missing = node.text(RG.missing) == "true"
            teller = Teller(self._nodes, self._names, self._derived, self._iri)
            tokens = () if missing else self._marked(node, teller)
            yield Note(self._local(iri), node.text(RG.marker), tokens, missing)

    def _marked(self, node: Node, teller: Teller) -> tuple[Token, ...]:
        text = node.text(RG.text)
        if RG.start not in node:
            return (text,)
        marks: list[Mark] = list(teller.marks(node))
        return tuple(marked(node.text(RG.exact), text, node.number(RG.start), marks, self._markers))

    def _links(self, links: dict[str, list[str]], iri: str) -> tuple[Link, ...]:
        """Path with fragment, and symbol with place."""
        return tuple([self._names.path(other), _place(other, self._names)] for other in links.get(iri, ()))

    def _local(self, iri: str) -> str:
        return iri.partition("#")[2]


def _place(iri: str, names: Names) -> str:
    whole, _, part = iri.partition("#")
    return f"{names.short(whole)} {part}".strip()


def _order_of_notes(note: Note) -> tuple[int, str]:
    return (int(note.marker) if note.marker.isdecimal() else 0, note.id)


_LINKED: tuple[tuple[str, NamedNode], ...] = (
    ("adopted by", RG.adoptedBy),
    ("session", RG.adoptedInSession),
    ("meeting", RG.adoptedAtMeeting),
    ("agenda item", RG.agendaItem),
    ("on the report or draft", RG.onReport),
    ("committee", RG.recommendedBy),
    ("adoption", RG.adoptionMethod),
    ("draft", RG.draft),
)
_PLAIN: tuple[tuple[str, NamedNode], ...] = (
    ("adopted on", RG.adoptedOn),
    ("published on", RG.publishedOn),
    ("votes for", RG.votesFor),
    ("votes against", RG.votesAgainst),
    ("abstentions", RG.abstentions),
    ("job number", RG.jobNumber),
    ("also known as", SKOS.altLabel),
)
