"""What several documents share: documents known by their symbol, agents, sessions, meetings, agenda items."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from resgraph.lexicon import load
from resgraph.model import DocumentTarget, InstrumentTarget
from resgraph.rdf.agents import in_lexicon
from resgraph.vocab import DCTERMS, RDF, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from resgraph.iris import Iris
    from resgraph.model import AgendaItem, Agent, Session
    from resgraph.rdf.graphs import Said

AGENT_CLASSES = {
    "body": (RG.Body, RG.Agent),
    "office": (RG.Office, RG.Agent),
    "group": (RG.ActorGroup, RG.Agent),
    "state": (RG.State, RG.Agent),
}
_DOCUMENT_CLASSES = {"RES": RG.Resolution, "DEC": RG.Decision}


def document_class(symbol: str) -> NamedNode | None:
    """The kind of a document as far as its symbol tells: `A/RES/55/88`, `E/DEC/2001/244`, `A/C.3/55/L.37`."""
    for segment in symbol.split("/")[1:]:
        if segment in _DOCUMENT_CLASSES:
            return _DOCUMENT_CLASSES[segment]
        if segment.startswith("L."):
            return RG.Draft
    return None


@lru_cache(maxsize=4096)
def document_statements(symbol: str, iris: Iris, *, report: bool = False) -> tuple[Said, ...]:
    """A document by its symbol; `report` where the text calls it one."""
    return tuple(_document(symbol, iris, report=report))


def _document(symbol: str, iris: Iris, *, report: bool) -> Iterator[Said]:
    node = iris.document(symbol)
    kind = document_class(symbol) or (RG.Report if report else None)
    yield node, RDF.type, RG.Document
    if kind:
        yield node, RDF.type, kind
    if kind == RG.Decision and (label := _decision_label(symbol)):
        yield node, RDFS.label, label
        return
    yield node, RG.symbol, symbol
    yield node, RDFS.seeAlso, iris.see_also(symbol)


def _decision_label(symbol: str) -> str | None:
    """`General Assembly decision 75/560`, by body and number: the organs' decisions bear no symbol.

    Those of conferences of parties do (`CBD/COP/DEC/15/4`).
    """
    prefix, _, number = symbol.partition("DEC/")
    bodies = (body.label for body in load().bodies if body.resolution_prefix == f"{prefix}RES/")
    return next((f"{label} decision {number}" for label in bodies), None)


def target_node(target: DocumentTarget | InstrumentTarget, iris: Iris) -> NamedNode:
    match target:
        case InstrumentTarget(short):
            return iris.instrument(short)
        case DocumentTarget(symbol):
            return iris.document(symbol)


def agent_statements(agent: Agent, iris: Iris) -> Iterator[Said]:
    """An agent that the lexicon lacks; the others are described with the lexicon."""
    if agent.known or in_lexicon(agent.key):
        return
    node = iris.agent(agent.key)
    for kind in AGENT_CLASSES[agent.kind]:
        yield node, RDF.type, kind
    yield node, SKOS.prefLabel, agent.label
    if agent.kind == "body":
        yield node, SKOS.notation, agent.key


def session_statements(session: Session, iris: Iris) -> Iterator[Said]:
    node = iris.session(session)
    yield node, RDF.type, RG.Session
    yield node, RG.sessionLabel, session.label
    yield node, RG.sessionNumber, session.number
    yield node, RG.sessionOf, iris.agent(session.body)


def meeting_statements(body: str, session: Session | None, number: int, iris: Iris) -> Iterator[Said]:
    node = iris.meeting(body, session, number)
    yield node, RDF.type, RG.Meeting
    yield node, RG.meetingNumber, number
    yield node, RG.meetingOf, iris.agent(body)


def item_statements(resolution: NamedNode, session: Session | None, item: AgendaItem, iris: Iris) -> Iterator[Said]:
    """An agenda item, shared where its session is known, else in the graph of its resolution."""
    node = iris.item(resolution, session, item)
    yield node, RDF.type, RG.AgendaItem
    yield node, RG.itemNumber, item.number
    if item.title:
        yield node, DCTERMS.title, item.title
