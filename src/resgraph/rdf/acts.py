"""Acts and requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.literals import month_or_year
from resgraph.model import Consideration, Request
from resgraph.rdf.shared import agent_statements, document_statements, session_statements
from resgraph.vocab import RDF, RDFS, RG

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from resgraph.model import Act, Deliverable
    from resgraph.rdf.scope import Scope


def act_quads(scope: Scope, provision: NamedNode, act: Act) -> None:
    """One act of a paragraph or point; a request is an act too."""
    node = scope.iris.action(provision, act.position)
    scope.say(provision, RG.hasAction, node)
    scope.say(node, RDF.type, RG.Action)
    scope.say(node, RG.position, act.position)
    if act.verb:
        scope.say(node, RG.verb, scope.iris.verb(act.verb))
    scope.say(node, RG.verbText, act.verb_text)
    scope.say(node, RG.adverb, *act.adverbs)
    scope.place(node, act.span)
    if isinstance(act, Request):
        request_quads(scope, node, act)
    if isinstance(act, Consideration):
        scope.say(node, RG.scheduledFor, scope.iris.session(act.session))
        scope.share(session_statements(act.session, scope.iris))
        scope.say_optional(node, RG.itemTitle, act.item_title)


def request_quads(scope: Scope, node: NamedNode, request: Request) -> None:
    """What a request says beyond its being an act."""
    scope.say(node, RDF.type, RG.Request)
    _parties(scope, node, request)
    scope.say_optional(node, RG.addresseeText, request.addressee_text)
    scope.say_optional(node, RG.asks, request.asks or None)
    scope.say_optional(node, RG.condition, request.condition)
    scope.say_optional(node, RG.frequency, request.frequency)
    if request.deliverable:
        deliverable_quads(scope, node, request.deliverable)
    if request.due_session:
        scope.say(node, RG.dueSession, scope.iris.session(request.due_session))
        scope.share(session_statements(request.due_session, scope.iris))
    if request.due_date:
        scope.say(node, RG.dueDate, month_or_year(request.due_date))
    if request.made_in:
        scope.say(node, RG.madeIn, scope.iris.document(request.made_in))
        scope.share(document_statements(request.made_in, scope.iris))


def deliverable_quads(scope: Scope, request: NamedNode, deliverable: Deliverable) -> None:
    """The document that a request expects, which has no symbol yet."""
    node = scope.iris.report(request)
    scope.say(request, RG.expects, node)
    scope.say(node, RDF.type, RG.Document)
    if deliverable.kind == "report":
        scope.say(node, RDF.type, RG.Report)
    scope.say(node, RDFS.label, deliverable.label)


def _parties(scope: Scope, node: NamedNode, request: Request) -> None:
    parties = [(RG.requestedBy, request.requested_by)]
    parties += [(RG.addressee, agent) for agent in request.addressees]
    if request.submit_to:
        parties.append((RG.submitTo, request.submit_to))
    for role, agent in parties:
        scope.say(node, role, scope.iris.agent(agent.key))
        scope.share(agent_statements(agent, scope.iris))
