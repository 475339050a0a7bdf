"""A resolution: its masthead, how it was adopted, and its parts in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.iris import repeated
from resgraph.model import OperativeParagraph
from resgraph.rdf.agents import agent_named
from resgraph.rdf.akn import akn_quads
from resgraph.rdf.graphs import Graph
from resgraph.rdf.proceedings import proceedings_quads
from resgraph.rdf.provisions import footnote_quads, paragraph_quads
from resgraph.rdf.scope import Scope
from resgraph.rdf.shared import (
    agent_statements,
    document_class,
    document_statements,
    item_statements,
    meeting_statements,
    session_statements,
)
from resgraph.rdf.sources import problem_statements
from resgraph.vocab import DCTERMS, PROV, RDF, RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from resgraph.iris import Iris
    from resgraph.model import Adoption, Annex, Ballot, Footnote, Heading, Masthead, Paragraph, Resolution

_INFERABLE = {
    "symbol": RG.symbol,
    "body": RG.adoptedBy,
    "title": DCTERMS.title,
    "adopted_on": RG.adoptedOn,
    "published_on": RG.publishedOn,
    "session": RG.adoptedInSession,
    "meeting": RG.adoptedAtMeeting,
    "agenda_items": RG.agendaItem,
    "on_report": RG.onReport,
    "committee": RG.recommendedBy,
    "adoption": RG.adoptionMethod,
    "job_numbers": RG.jobNumber,
    "report_paragraph": RG.reportParagraph,
    "drafts": RG.draft,
    "sponsors": RG.sponsor,
    "additional_sponsors": RG.additionalSponsor,
    "submitted_by": RG.submittedBy,
    "meeting_record": RG.meetingRecord,
    "subjects": DCTERMS.subject,
}


def resolution_graphs(resolution: Resolution, iris: Iris) -> tuple[Graph, Graph]:
    """All that one resolution says, in its own graph and of what documents share.

    Its source is apart (`source_graph`), since a source may hold several.
    """
    node = iris.document(resolution.symbol)
    notes = _footnote_nodes(resolution, node, iris)
    markers = {footnote.marker: part for footnote, part in reversed(notes)}
    scope = Scope(resolution, iris, markers, Graph(node), Graph(iris.authority_graph))
    scope.state(document_statements(resolution.symbol, iris))
    if document_class(resolution.symbol) != RG.Resolution:
        scope.say(node, RDF.type, RG.Resolution)
    scope.say(node, PROV.wasDerivedFrom, iris.source(resolution.source.sha256))
    masthead_quads(scope, resolution.masthead)
    parts = tuple(_paragraph_nodes(resolution, node, iris))
    for paragraph, part in parts:
        paragraph_quads(scope, part, paragraph)
    akn_quads(scope, ((p, part) for p, part in parts if isinstance(p, OperativeParagraph)))
    for footnote, part in notes:
        footnote_quads(scope, part, footnote)
    for count, heading in enumerate(resolution.headings, 1):
        heading_quads(scope, iris.heading(node, count), heading)
    for count, annex in enumerate(resolution.annexes, 1):
        annex_quads(scope, iris.annex(node, count), annex)
    scope.state(problem_statements(node, resolution.problems, iris))
    return scope.own, scope.shared


def masthead_quads(scope: Scope, masthead: Masthead) -> None:
    """What stands above and below the text proper."""
    say, node = scope.say, scope.node
    say(node, DCTERMS.language, "en")
    scope.say_optional(node, DCTERMS.title, masthead.title)
    say(node, RG.adoptedBy, scope.iris.agent(masthead.body))
    scope.say_optional(node, RG.adoptedOn, masthead.adopted_on)
    scope.say_optional(node, RG.publishedOn, masthead.published_on)
    say(node, RG.jobNumber, *masthead.job_numbers)
    occasion_quads(scope, masthead)
    origin_quads(scope, masthead)
    if masthead.adoption:
        adoption_quads(scope, masthead.adoption)
    proceedings_quads(scope, masthead)
    scope.infer(node, *(_INFERABLE[field] for field in masthead.inferred))


def occasion_quads(scope: Scope, masthead: Masthead) -> None:
    """The session, meeting and agenda items under which it was adopted."""
    iris, session = scope.iris, masthead.session
    if session:
        scope.say(scope.node, RG.adoptedInSession, iris.session(session))
        scope.share(session_statements(session, iris))
    if masthead.meeting is not None:
        meeting = iris.meeting(masthead.body, session, masthead.meeting)
        scope.say(scope.node, RG.adoptedAtMeeting, meeting)
        scope.share(meeting_statements(masthead.body, session, masthead.meeting, iris))
    for item in masthead.agenda_items:
        scope.say(scope.node, RG.agendaItem, iris.item(scope.node, session, item))
        described = item_statements(scope.node, session, item, iris)
        (scope.share if session else scope.state)(described)


def origin_quads(scope: Scope, masthead: Masthead) -> None:
    """The reports or drafts on which it was adopted, each with its addenda, and the committee that recommended it."""
    for symbol in masthead.on_report:
        node = scope.iris.document(symbol)
        whole = next((other for other in masthead.on_report if symbol.startswith(f"{other}/")), None)
        if whole is None:
            scope.say(scope.node, RG.onReport, node)
        else:
            scope.say(scope.iris.document(whole), DCTERMS.hasPart, node)
        scope.share(document_statements(symbol, scope.iris, report=True))
    if masthead.committee:
        committee = agent_named(masthead.committee, "body")
        scope.say(scope.node, RG.recommendedBy, scope.iris.agent(committee.key))
        scope.share(agent_statements(committee, scope.iris))


def adoption_quads(scope: Scope, adoption: Adoption) -> None:
    """How it was adopted, with the votes."""
    scope.say(scope.node, RG.adoptionMethod, scope.iris.adoption(adoption.method))
    scope.say_optional(scope.node, RG.votesFor, adoption.votes_for)
    scope.say_optional(scope.node, RG.votesAgainst, adoption.votes_against)
    scope.say_optional(scope.node, RG.abstentions, adoption.abstentions)
    for ballot in adoption.ballots:
        ballot_quads(scope, ballot)


def ballot_quads(scope: Scope, ballot: Ballot) -> None:
    """One State's vote."""
    state = agent_named(ballot.state, "state")
    node = scope.iris.vote(scope.node, state.key)
    scope.say(scope.node, RG.hasVote, node)
    scope.say(node, RDF.type, RG.Vote)
    scope.say(node, RG.castBy, scope.iris.agent(state.key))
    scope.say(node, RG.choice, scope.iris.choice(ballot.choice))
    scope.share(agent_statements(state, scope.iris))


def heading_quads(scope: Scope, node: NamedNode, heading: Heading) -> None:
    """A heading, with the position of the operative paragraph before which it stands."""
    scope.say(scope.node, RG.hasHeading, node)
    scope.say(node, RDF.type, RG.Heading)
    scope.say(node, RG.position, heading.before)
    scope.say(node, RG.text, heading.passage.text)


def annex_quads(scope: Scope, node: NamedNode, annex: Annex) -> None:
    """A text annexed to the resolution, one line a paragraph."""
    scope.say(scope.node, RG.hasAnnex, node)
    scope.say(node, RDF.type, RG.Annex)
    scope.say(node, DCTERMS.title, annex.title)
    scope.say(node, RG.text, "\n".join(passage.text for passage in annex.paragraphs))


def _paragraph_nodes(resolution: Resolution, node: NamedNode, iris: Iris) -> Iterator[tuple[Paragraph, NamedNode]]:
    """Every paragraph with its IRI; where printed numbers repeat, none of them names a paragraph."""
    restarts = bool(repeated(paragraph.number for paragraph in resolution.operative))
    for preambular in resolution.preamble:
        yield preambular, iris.preambular(node, preambular.position)
    for operative in resolution.operative:
        position = operative.position
        yield operative, iris.operative(node, operative.number, position, by_position=restarts)


def _footnote_nodes(resolution: Resolution, node: NamedNode, iris: Iris) -> list[tuple[Footnote, NamedNode]]:
    """Every footnote with its IRI; the first note of a marker has the marker's, a later one that of its place."""
    seen: set[str] = set()
    nodes = []
    for position, footnote in enumerate(resolution.footnotes, 1):
        nodes.append((footnote, iris.footnote(node, footnote.marker, position, by_position=footnote.marker in seen)))
        seen.add(footnote.marker)
    return nodes
