"""What a graph says of each node of one document, and the names by which readers know what it mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, QuerySolutions

from resgraph.vocab import DCTERMS, PROV, RDF, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad, Store

    from resgraph.iris import Iris

Nodes = dict[str, "Node"]

PROPERTIES = (
    *(DCTERMS.title, PROV.wasDerivedFrom, RDF.type, RDFS.label, RDFS.seeAlso),
    *(SKOS.altLabel, SKOS.notation, SKOS.prefLabel),
    *(RG.abstentions, RG.addressee, RG.adoptedAtMeeting, RG.adoptedBy, RG.adoptedInSession, RG.adoptedOn),
    *(RG.adoptionMethod, RG.agendaItem, RG.asks, RG.draft, RG.dueDate, RG.dueSession, RG.end, RG.entryIntoForce),
    *(RG.exact, RG.frequency, RG.hasAction, RG.hasAnnex, RG.hasCitation, RG.hasFootnote, RG.hasHeading),
    *(RG.hasParagraph, RG.hasPoint, RG.hasProblem, RG.hasReference, RG.hasStatus, RG.itemNumber, RG.jobNumber),
    *(RG.locator, RG.marker, RG.meetingNumber, RG.meetingOf, RG.message, RG.missing, RG.number, RG.ofInstrument),
    *(RG.onReport, RG.position, RG.publishedOn, RG.ratificationsNeeded, RG.recommendedBy, RG.sessionLabel),
    *(RG.sessionOf, RG.start, RG.submitTo, RG.symbol, RG.target, RG.text, RG.verb, RG.verbText),
    *(RG.votesAgainst, RG.votesFor),
)
"""What is read of a document."""

_VALUES = "SELECT ?s ?o { VALUES ?g { %s } GRAPH ?g { ?s %s ?o } }"


class Node(dict[NamedNode, list[NamedNode | Literal]]):
    """The values of one node by property."""

    def text(self, predicate: NamedNode) -> str:
        """The first value, or nothing."""
        values = self.get(predicate)
        return values[0].value if values else ""

    def texts(self, predicate: NamedNode) -> list[str]:
        """All values in order."""
        return sorted(value.value for value in self.get(predicate, ()))

    def number(self, predicate: NamedNode) -> int:
        return int(self.text(predicate) or 0)

    def a(self, kind: NamedNode) -> bool:
        return kind in self.get(RDF.type, ())


def nodes_of(quads: Iterable[Quad]) -> Nodes:
    """The statements by subject."""
    nodes: Nodes = {}
    for subject, predicate, value, _ in quads:  # each attribute of a quad would be made anew whenever it is read
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            node = nodes.get(iri := subject.value)
            if node is None:
                node = nodes[iri] = Node()
            if predicate in node:
                node[predicate].append(value)
            else:
                node[predicate] = [value]
    return nodes


def nodes_in(store: Store, graphs: Sequence[NamedNode]) -> Nodes:
    """What some graphs say that an index needs.

    To decode a term is what takes the time. So each property is asked for by itself, which need not be decoded then.
    """
    nodes: Nodes = {}
    listed = " ".join(map(str, graphs))
    for predicate in PROPERTIES:
        found = store.query(_VALUES % (listed, predicate))
        assert isinstance(found, QuerySolutions)  # noqa: S101 (it is a SELECT query)
        for subject, value in found:
            nodes.setdefault(subject.value, Node()).setdefault(predicate, []).append(value)
    return nodes


def by_document(nodes: Nodes) -> dict[str, Nodes]:
    """The nodes by the document whose parts they are."""
    parts: dict[str, Nodes] = {}
    for iri, node in nodes.items():
        parts.setdefault(iri.partition("#")[0], {})[iri] = node
    return parts


@dataclass(frozen=True, slots=True)
class Names:
    """Paths below the base, and what stands there is called."""

    base: str
    nodes: Nodes

    def path(self, iri: str) -> str:
        """The path of a node of the graph; nothing for what lies elsewhere."""
        return iri.removeprefix(self.base) if iri.startswith(self.base) else ""

    def short(self, iri: str) -> str:
        """A symbol, a short name, or the last resort: the path as it reads."""
        node = self.nodes.get(iri, _NOTHING)
        return node.text(RG.symbol) or node.text(SKOS.notation) or self.label(iri)

    def label(self, iri: str) -> str:
        """The name in full."""
        node = self.nodes.get(iri, _NOTHING)
        name = node.text(SKOS.prefLabel) or node.text(RDFS.label) or node.text(RG.symbol)
        return name or _spoken(node, self) or unquote(self.path(iri) or iri)

    def link(self, iri: str) -> list[str]:
        """Path and name, as templates take them."""
        return [self.path(iri), self.label(iri)]


_NOTHING = Node()


def _spoken(node: Node, names: Names) -> str:
    """What a session, a meeting or an item of the agenda is called."""
    if RG.sessionLabel in node:
        return f"{names.label(node.text(RG.sessionOf))}, session {node.text(RG.sessionLabel)}"
    if RG.meetingNumber in node:
        return f"{names.label(node.text(RG.meetingOf))}, meeting {node.text(RG.meetingNumber)}"
    if RG.itemNumber in node:
        return f"agenda item {node.text(RG.itemNumber)}"
    return ""


def names_of(store: Store, iris: Iris) -> Names:
    """Of all that the authority data name, and all resolutions that were read."""
    nodes = nodes_of(store.quads_for_pattern(None, None, None, iris.authority_graph))
    for quad in store.quads_for_pattern(None, RG.symbol, None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            nodes.setdefault(quad.subject.value, Node()).setdefault(RG.symbol, [quad.object])
    return Names(iris.base, nodes)
