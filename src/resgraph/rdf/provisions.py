"""Paragraphs, points and footnotes: their words, and what these do, cite, mean and claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.iris import repeated
from resgraph.model import DocumentTarget, PreambularParagraph
from resgraph.rdf.acts import act_quads
from resgraph.rdf.shared import agent_quads, document_quads, target_node
from resgraph.rdf.terms import literal, month_or_year
from resgraph.vocab import RDF, RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode, Quad

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
    from resgraph.rdf.terms import Scope


def paragraph_quads(scope: Scope, node: NamedNode, paragraph: Paragraph) -> Iterator[Quad]:
    """A paragraph of the preamble or of the operative part."""
    yield from scope.say(scope.node, RG.hasParagraph, node)
    yield from scope.say(node, RG.paragraphOf, scope.node)
    if isinstance(paragraph, PreambularParagraph):
        yield from scope.say(node, RDF.type, RG.PreambularParagraph, RG.Paragraph)
    else:
        yield from scope.say(node, RDF.type, RG.OperativeParagraph, RG.Paragraph)
        yield from scope.say(node, RG.number, literal(paragraph.number))
    yield from provision_quads(scope, node, paragraph)


def point_quads(scope: Scope, parent: NamedNode, node: NamedNode, point: Point) -> Iterator[Quad]:
    """A sub-paragraph of a paragraph or of another point."""
    yield from scope.say(parent, RG.hasPoint, node)
    yield from scope.say(node, RDF.type, RG.Point)
    yield from scope.say(node, RG.number, literal(point.number))
    yield from provision_quads(scope, node, point)


def provision_quads(scope: Scope, node: NamedNode, provision: Provision) -> Iterator[Quad]:
    """What paragraphs and points have in common."""
    yield from scope.say(node, RG.position, literal(provision.position))
    yield from scope.say(node, RG.text, literal(provision.text))
    yield from scope.place(node, provision.span)
    yield from scope.say(node, RG.hasNote, *map(scope.footnote, provision.notes))
    for agent in provision.named:
        yield from scope.say(node, RG.names, scope.iris.agent(agent.key))
        yield from agent_quads(agent, scope.iris)
    for act in provision.acts:
        yield from act_quads(scope, node, act)
    for count, citation in enumerate(provision.citations, 1):
        yield from citation_quads(scope, node, scope.iris.citation(node, count), citation)
    for count, reference in enumerate(provision.references, 1):
        yield from reference_quads(scope, node, scope.iris.reference(node, count), reference)
    for count, status in enumerate(provision.statuses, 1):
        yield from status_quads(scope, node, scope.iris.status(node, count), status)
    twice = repeated(point.number for point in provision.points)
    for point in provision.points:
        by_position = point.number in twice
        child = scope.iris.point(node, point.number, point.position, by_position=by_position)
        yield from point_quads(scope, node, child, point)


def footnote_quads(scope: Scope, node: NamedNode, footnote: Footnote) -> Iterator[Quad]:
    """A footnote, or the mark of one that the source has lost."""
    yield from scope.say(scope.node, RG.hasFootnote, node)
    yield from scope.say(node, RDF.type, RG.Footnote)
    yield from scope.say(node, RG.marker, literal(footnote.marker))
    yield from scope.say_optional(node, RG.text, footnote.text)
    if footnote.missing:
        yield from scope.say(node, RG.missing, literal(value=True))
    if footnote.span:
        yield from scope.place(node, footnote.span)
    for count, citation in enumerate(footnote.citations, 1):
        yield from citation_quads(scope, node, scope.iris.citation(node, count), citation)


def citation_quads(scope: Scope, parent: NamedNode, node: NamedNode, citation: Citation) -> Iterator[Quad]:
    """A mention by name. What a part of a resolution cites, the resolution cites."""
    yield from scope.say(parent, RG.hasCitation, node)
    yield from scope.say(node, RDF.type, RG.Citation)
    yield from scope.place(node, citation.span)
    yield from scope.say_optional(node, RG.locator, citation.locator)
    if citation.stated_date is not None:
        yield from scope.say(node, RG.statedDate, month_or_year(citation.stated_date))
    if citation.stated_by is not None:
        yield from scope.say(node, RG.statedAdopter, scope.iris.agent(citation.stated_by.key))
        yield from agent_quads(citation.stated_by, scope.iris)
    if citation.via_footnote is not None:
        yield from scope.say(node, RG.viaFootnote, scope.footnote(citation.via_footnote))
    if citation.target is None:
        yield from scope.say(node, RG.unresolved, literal(value=True))
        return
    target = target_node(citation.target, scope.iris)
    yield from scope.say(node, RG.target, target)
    yield from scope.say(parent, RG.cites, target)
    yield from scope.say(scope.node, RG.cites, target)
    yield from _target_quads(scope, citation.target, citation.span)
    if citation.inferred:
        yield from scope.infer(node, RG.target)


def reference_quads(scope: Scope, parent: NamedNode, node: NamedNode, reference: Reference) -> Iterator[Quad]:
    """A document or instrument that is meant but not named."""
    target = target_node(reference.target, scope.iris)
    yield from scope.say(parent, RG.hasReference, node)
    yield from scope.say(parent, RG.refersTo, target)
    yield from scope.say(node, RDF.type, RG.Reference)
    yield from scope.say(node, RG.target, target)
    yield from scope.place(node, reference.span)
    if reference.via_footnote is not None:
        yield from scope.say(node, RG.viaFootnote, scope.footnote(reference.via_footnote))
    yield from _target_quads(scope, reference.target, reference.span)


def status_quads(scope: Scope, parent: NamedNode, node: NamedNode, status: TreatyStatus) -> Iterator[Quad]:
    """A claim about an instrument, as of the day on which the resolution was adopted."""
    yield from scope.say(parent, RG.hasStatus, node)
    yield from scope.say(node, RDF.type, RG.TreatyStatus)
    yield from scope.say(node, RG.statedIn, parent)
    yield from scope.say(node, RG.ofInstrument, scope.iris.instrument(status.instrument))
    yield from scope.say_optional(node, RG.ratificationsNeeded, status.ratifications_needed)
    yield from scope.say_optional(node, RG.entryIntoForce, status.entry_into_force)
    yield from scope.say_optional(node, RG.locator, status.locator)
    yield from scope.say_optional(node, RG.asOf, scope.resolution.masthead.adopted_on)
    yield from scope.place(node, status.span)


def _target_quads(scope: Scope, target: DocumentTarget | InstrumentTarget, span: Span) -> Iterator[Quad]:
    if isinstance(target, DocumentTarget):
        called_report = "report" in scope.words(span).lower().split()[:3]
        yield from document_quads(target.symbol, scope.iris, report=called_report)
