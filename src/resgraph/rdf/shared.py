"""What several documents share: documents known by their symbol, agents, sessions, meetings, agenda items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad

from resgraph.lexicon import load
from resgraph.model import DocumentTarget, InstrumentTarget
from resgraph.rdf.agents import in_lexicon
from resgraph.rdf.terms import literal
from resgraph.vocab import DCTERMS, RDF, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from resgraph.iris import Iris
    from resgraph.model import AgendaItem, Agent, Session
    from resgraph.rdf.terms import Statement

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


def document_statements(symbol: str, iris: Iris, *, report: bool = False) -> Iterator[Statement]:
    """A document by its symbol; `report` where the text calls it one."""
    node = iris.document(symbol)
    kind = document_class(symbol) or (RG.Report if report else None)
    yield node, RDF.type, RG.Document
    if kind:
        yield node, RDF.type, kind
    if kind == RG.Decision and (label := _decision_label(symbol)):
        yield node, RDFS.label, literal(label)
        return
    yield node, RG.symbol, literal(symbol)
    yield node, RDFS.seeAlso, iris.see_also(symbol)


def _decision_label(symbol: str) -> str | None:
    """`General Assembly decision 75/560`, by body and number: the organs' decisions bear no symbol.

    Those of conferences of parties do (`CBD/COP/DEC/15/4`).
    """
    prefix, _, number = symbol.partition("DEC/")
    bodies = (body.label for body in load().bodies if body.resolution_prefix == f"{prefix}RES/")
    return next((f"{label} decision {number}" for label in bodies), None)


def document_quads(symbol: str, iris: Iris, *, report: bool = False) -> Iterator[Quad]:
    """A document that is mentioned."""
    statements = document_statements(symbol, iris, report=report)
    return (Quad(*statement, iris.authority_graph) for statement in statements)


def target_node(target: DocumentTarget | InstrumentTarget, iris: Iris) -> NamedNode:
    match target:
        case InstrumentTarget(short):
            return iris.instrument(short)
        case DocumentTarget(symbol):
            return iris.document(symbol)


def agent_quads(agent: Agent, iris: Iris) -> Iterator[Quad]:
    """An agent that the lexicon lacks; the others are described with the lexicon."""
    if agent.known or in_lexicon(agent.key):
        return
    node, graph = iris.agent(agent.key), iris.authority_graph
    for kind in AGENT_CLASSES[agent.kind]:
        yield Quad(node, RDF.type, kind, graph)
    yield Quad(node, SKOS.prefLabel, literal(agent.label), graph)
    if agent.kind == "body":
        yield Quad(node, SKOS.notation, literal(agent.key), graph)


def session_quads(session: Session, iris: Iris) -> Iterator[Quad]:
    node, graph = iris.session(session), iris.authority_graph
    yield Quad(node, RDF.type, RG.Session, graph)
    yield Quad(node, RG.sessionLabel, literal(session.label), graph)
    yield Quad(node, RG.sessionNumber, literal(session.number), graph)
    yield Quad(node, RG.sessionOf, iris.agent(session.body), graph)


def meeting_quads(body: str, session: Session | None, number: int, iris: Iris) -> Iterator[Quad]:
    node, graph = iris.meeting(body, session, number), iris.authority_graph
    yield Quad(node, RDF.type, RG.Meeting, graph)
    yield Quad(node, RG.meetingNumber, literal(number), graph)
    yield Quad(node, RG.meetingOf, iris.agent(body), graph)


def item_quads(resolution: NamedNode, session: Session | None, item: AgendaItem, iris: Iris) -> Iterator[Quad]:
    """An agenda item, shared where its session is known, else in the graph of its resolution."""
    node = iris.item(resolution, session, item)
    graph = iris.authority_graph if session else resolution
    yield Quad(node, RDF.type, RG.AgendaItem, graph)
    yield Quad(node, RG.itemNumber, literal(item.number), graph)
    if item.title:
        yield Quad(node, DCTERMS.title, literal(item.title), graph)
