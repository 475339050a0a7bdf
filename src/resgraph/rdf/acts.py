"""Acts and requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.model import Consideration, Request
from resgraph.rdf.shared import agent_quads, document_quads, session_quads
from resgraph.rdf.terms import literal, month_or_year
from resgraph.vocab import RDF, RDFS, RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode, Quad

    from resgraph.model import Act, Deliverable
    from resgraph.rdf.terms import Scope


def act_quads(scope: Scope, provision: NamedNode, act: Act) -> Iterator[Quad]:
    """One act of a paragraph or point; a request is an act too."""
    node = scope.iris.action(provision, act.position)
    yield from scope.say(provision, RG.hasAction, node)
    yield from scope.say(node, RDF.type, RG.Action)
    yield from scope.say(node, RG.position, literal(act.position))
    if act.verb:
        yield from scope.say(node, RG.verb, scope.iris.verb(act.verb))
    yield from scope.say(node, RG.verbText, literal(act.verb_text))
    yield from scope.say(node, RG.adverb, *map(literal, act.adverbs))
    yield from scope.place(node, act.span)
    if isinstance(act, Request):
        yield from request_quads(scope, node, act)
    if isinstance(act, Consideration):
        yield from scope.say(node, RG.scheduledFor, scope.iris.session(act.session))
        yield from session_quads(act.session, scope.iris)
        yield from scope.say_optional(node, RG.itemTitle, act.item_title)


def request_quads(scope: Scope, node: NamedNode, request: Request) -> Iterator[Quad]:
    """What a request says beyond its being an act."""
    yield from scope.say(node, RDF.type, RG.Request)
    yield from _parties(scope, node, request)
    yield from scope.say_optional(node, RG.addresseeText, request.addressee_text)
    yield from scope.say_optional(node, RG.asks, request.asks or None)
    yield from scope.say_optional(node, RG.condition, request.condition)
    yield from scope.say_optional(node, RG.frequency, request.frequency)
    if request.deliverable:
        yield from deliverable_quads(scope, node, request.deliverable)
    if request.due_session:
        yield from scope.say(node, RG.dueSession, scope.iris.session(request.due_session))
        yield from session_quads(request.due_session, scope.iris)
    if request.due_date:
        yield from scope.say(node, RG.dueDate, month_or_year(request.due_date))
    if request.made_in:
        yield from scope.say(node, RG.madeIn, scope.iris.document(request.made_in))
        yield from document_quads(request.made_in, scope.iris)


def deliverable_quads(scope: Scope, request: NamedNode, deliverable: Deliverable) -> Iterator[Quad]:
    """The document that a request expects, which has no symbol yet."""
    node = scope.iris.report(request)
    yield from scope.say(request, RG.expects, node)
    yield from scope.say(node, RDF.type, RG.Document)
    if deliverable.kind == "report":
        yield from scope.say(node, RDF.type, RG.Report)
    yield from scope.say(node, RDFS.label, literal(deliverable.label))


def _parties(scope: Scope, node: NamedNode, request: Request) -> Iterator[Quad]:
    parties = [(RG.requestedBy, request.requested_by)]
    parties += [(RG.addressee, agent) for agent in request.addressees]
    if request.submit_to:
        parties.append((RG.submitTo, request.submit_to))
    for role, agent in parties:
        yield from scope.say(node, role, scope.iris.agent(agent.key))
        yield from agent_quads(agent, scope.iris)
