"""Paragraphs, points and footnotes: their words, and what these do, cite, mean and claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.iris import repeated
from resgraph.literals import month_or_year
from resgraph.model import DocumentTarget, PreambularParagraph
from resgraph.rdf.acts import act_quads
from resgraph.rdf.shared import agent_statements, document_statements, target_node
from resgraph.vocab import RDF, RG

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from resgraph.model import (
        Citation,
        Footnote,
        InstrumentTarget,
        Paragraph,
        Point,
        Provision,
        Reference,
        Span,
        TreatyStatus,
    )
    from resgraph.rdf.scope import Scope


def paragraph_quads(scope: Scope, node: NamedNode, paragraph: Paragraph) -> None:
    """A paragraph of the preamble or of the operative part."""
    scope.say(scope.node, RG.hasParagraph, node)
    scope.say(node, RG.paragraphOf, scope.node)
    if isinstance(paragraph, PreambularParagraph):
        scope.say(node, RDF.type, RG.PreambularParagraph, RG.Paragraph)
    else:
        scope.say(node, RDF.type, RG.OperativeParagraph, RG.Paragraph)
        scope.say(node, RG.number, paragraph.number)
    provision_quads(scope, node, paragraph)


def point_quads(scope: Scope, parent: NamedNode, node: NamedNode, point: Point) -> None:
    """A sub-paragraph of a paragraph or of another point."""
    scope.say(parent, RG.hasPoint, node)
    scope.say(node, RDF.type, RG.Point)
    scope.say(node, RG.number, point.number)
    provision_quads(scope, node, point)


def provision_quads(scope: Scope, node: NamedNode, provision: Provision) -> None:
    """What paragraphs and points have in common."""
    scope.say(node, RG.position, provision.position)
    scope.say(node, RG.text, provision.text)
    scope.place(node, provision.span)
    scope.say(node, RG.hasNote, *map(scope.footnote, provision.notes))
    for agent in provision.named:
        scope.say(node, RG.names, scope.iris.agent(agent.key))
        scope.share(agent_statements(agent, scope.iris))
    for act in provision.acts:
        act_quads(scope, node, act)
    for count, citation in enumerate(provision.citations, 1):
        citation_quads(scope, node, scope.iris.citation(node, count), citation)
    for count, reference in enumerate(provision.references, 1):
        reference_quads(scope, node, scope.iris.reference(node, count), reference)
    for count, status in enumerate(provision.statuses, 1):
        status_quads(scope, node, scope.iris.status(node, count), status)
    twice = repeated(point.number for point in provision.points)
    for point in provision.points:
        by_position = point.number in twice
        child = scope.iris.point(node, point.number, point.position, by_position=by_position)
        point_quads(scope, node, child, point)


def footnote_quads(scope: Scope, node: NamedNode, footnote: Footnote) -> None:
    """A footnote, or the mark of one that the source has lost."""
    scope.say(scope.node, RG.hasFootnote, node)
    scope.say(node, RDF.type, RG.Footnote)
    scope.say(node, RG.marker, footnote.marker)
    scope.say_optional(node, RG.text, footnote.text)
    if footnote.missing:
        scope.say(node, RG.missing, True)
    if footnote.span:
        scope.place(node, footnote.span)
    for count, citation in enumerate(footnote.citations, 1):
        citation_quads(scope, node, scope.iris.citation(node, count), citation)


def citation_quads(scope: Scope, parent: NamedNode, node: NamedNode, citation: Citation) -> None:
    """A mention by name. What a part of a resolution cites, the resolution cites."""
    scope.say(parent, RG.hasCitation, node)
    scope.say(node, RDF.type, RG.Citation)
    scope.place(node, citation.span)
    scope.say_optional(node, RG.locator, citation.locator)
    if citation.stated_date is not None:
        scope.say(node, RG.statedDate, month_or_year(citation.stated_date))
    if citation.stated_by is not None:
        scope.say(node, RG.statedAdopter, scope.iris.agent(citation.stated_by.key))
        scope.share(agent_statements(citation.stated_by, scope.iris))
    if citation.via_footnote is not None:
        scope.say(node, RG.viaFootnote, scope.footnote(citation.via_footnote))
    if citation.target is None:
        scope.say(node, RG.unresolved, True)
        return
    target = target_node(citation.target, scope.iris)
    scope.say(node, RG.target, target)
    scope.say(parent, RG.cites, target)
    scope.say(scope.node, RG.cites, target)
    _target_quads(scope, citation.target, citation.span)
    if citation.inferred:
        scope.infer(node, RG.target)


def reference_quads(scope: Scope, parent: NamedNode, node: NamedNode, reference: Reference) -> None:
    """A document or instrument that is meant but not named."""
    target = target_node(reference.target, scope.iris)
    scope.say(parent, RG.hasReference, node)
    scope.say(parent, RG.refersTo, target)
    scope.say(node, RDF.type, RG.Reference)
    scope.say(node, RG.target, target)
    scope.place(node, reference.span)
    if reference.via_footnote is not None:
        scope.say(node, RG.viaFootnote, scope.footnote(reference.via_footnote))
    _target_quads(scope, reference.target, reference.span)


def status_quads(scope: Scope, parent: NamedNode, node: NamedNode, status: TreatyStatus) -> None:
    """A claim about an instrument, as of the day on which the resolution was adopted."""
    scope.say(parent, RG.hasStatus, node)
    scope.say(node, RDF.type, RG.TreatyStatus)
    scope.say(node, RG.statedIn, parent)
    scope.say(node, RG.ofInstrument, scope.iris.instrument(status.instrument))
    scope.say_optional(node, RG.ratificationsNeeded, status.ratifications_needed)
    scope.say_optional(node, RG.entryIntoForce, status.entry_into_force)
    scope.say_optional(node, RG.locator, status.locator)
    scope.say_optional(node, RG.asOf, scope.resolution.masthead.adopted_on)
    scope.place(node, status.span)


def _target_quads(scope: Scope, target: DocumentTarget | InstrumentTarget, span: Span) -> None:
    if isinstance(target, DocumentTarget):
        called_report = "report" in scope.words(span).lower().split()[:3]
        scope.share(document_statements(target.symbol, scope.iris, report=called_report))
