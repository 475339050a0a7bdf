"""How a resolution came about: its draft and sponsors, the report and the record, the headings it is indexed under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.rdf.agents import agent_named
from resgraph.rdf.shared import agent_statements, document_statements
from resgraph.vocab import DCTERMS, RDF, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from resgraph.model import Masthead, Subject
    from resgraph.rdf.scope import Scope


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
    node = scope.iris.subject(subject.iri)
    scope.say(scope.node, DCTERMS.subject, node)
    if subject.label:
        scope.share([(node, RDF.type, SKOS.Concept), (node, SKOS.prefLabel, subject.label)])


def _documents(scope: Scope, role: NamedNode, symbols: Iterable[str]) -> None:
    for symbol in symbols:
        scope.say(scope.node, role, scope.iris.document(symbol))
        scope.share(document_statements(symbol, scope.iris))


def _states(scope: Scope, role: NamedNode, names: Iterable[str]) -> None:
    for name in names:
        state = agent_named(name, "state")
        scope.say(scope.node, role, scope.iris.agent(state.key))
        scope.share(agent_statements(state, scope.iris))
