"""How a resolution came about: its draft and sponsors, the report and the record, the headings it is indexed under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad

from resgraph.rdf.agents import agent_named
from resgraph.rdf.shared import agent_quads, document_quads
from resgraph.rdf.terms import literal
from resgraph.vocab import DCTERMS, RDF, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from resgraph.model import Masthead, Subject
    from resgraph.rdf.terms import Scope


def proceedings_quads(scope: Scope, masthead: Masthead) -> None:
    """What metadata tell that print does not show."""
    record = (masthead.meeting_record,) if masthead.meeting_record else ()
    _documents(scope, RG.draft, masthead.drafts)
    _documents(scope, RG.meetingRecord, record)
    _states(scope, RG.sponsor, masthead.sponsors)
    _states(scope, RG.additionalSponsor, masthead.additional_sponsors)
    scope.say_optional(scope.node, RG.submittedBy, masthead.submitted_by)
    scope.say_optional(scope.node, RG.reportParagraph, masthead.report_paragraph)
    for subject in masthead.subjects:
        subject_quads(scope, subject)


def subject_quads(scope: Scope, subject: Subject) -> None:
    """A heading of a thesaurus by its IRI, with its label among what documents share; else the words of the heading."""
    if subject.iri is None:
        scope.say_optional(scope.node, RG.subjectHeading, subject.label)
        return
    node, graph = scope.iris.subject(subject.iri), scope.iris.authority_graph
    scope.say(scope.node, DCTERMS.subject, node)
    if subject.label:
        scope.add(
            (Quad(node, RDF.type, SKOS.Concept, graph), Quad(node, SKOS.prefLabel, literal(subject.label), graph))
        )


def _documents(scope: Scope, role: NamedNode, symbols: Iterable[str]) -> None:
    for symbol in symbols:
        scope.say(scope.node, role, scope.iris.document(symbol))
        scope.add(document_quads(symbol, scope.iris))


def _states(scope: Scope, role: NamedNode, names: Iterable[str]) -> None:
    for name in names:
        state = agent_named(name, "state")
        scope.say(scope.node, role, scope.iris.agent(state.key))
        scope.add(agent_quads(state, scope.iris))
