"""Which tables there are, and their columns. A column is a way of properties from the node that a row is about.

It is called like the last property of the way, in snake case, and described by the ontology's words for that property.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.vocab import DCTERMS, PROV, RDFS, RG, SKOS

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is one of Table Schema's; `many` stands for a list. Without a way, `name` is one of `read.COMPUTED`."""

    path: tuple[NamedNode, ...] = ()
    type: str = "string"
    many: bool = False
    name: str = ""
    description: str = ""
    whole: bool = False
    """Whether nodes are given by their IRIs, for joining, and not by symbol or key."""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are properties of which the nodes of the rows are values, or subjects where not `inverse`; `only` is the
    class that they must have.
    """

    name: str
    description: str
    rows: tuple[NamedNode, ...]
    columns: tuple[Column, ...]
    inverse: bool = True
    only: NamedNode | None = None


def snake(term: NamedNode) -> str:
    """`rg:adoptedOn` -> `adopted_on`."""
    local = term.value.replace("#", "/").rpartition("/")[2]
    return _HUMP.sub("_", local).lower()


def _column(*path: NamedNode, type: str = "string", many: bool = False, name: str = "", about: str = "") -> Column:  # noqa: A002
    return Column(path, type, many, name or snake(path[-1]), about)


def _integer(*path: NamedNode) -> Column:
    return _column(*path, type="integer")


def _many(*path: NamedNode, name: str = "", about: str = "") -> Column:
    return _column(*path, many=True, name=name, about=about)


_IRI = Column(name="iri", description="The IRI of what the row is about, as in the graph.")
_RESOLUTION = Column(name="resolution", description="The symbol of the resolution, as in the table of resolutions.")
_PART = Column(name="part_of", description="The IRI of the resolution, paragraph, point or footnote that holds it.")
_CLASS = Column(name="type", description="The class: PreambularParagraph, OperativeParagraph or Point.")
_PLACE = (_integer(RG.start), _integer(RG.end))

RESOLUTIONS = Table(
    "resolutions",
    "The resolutions that were read; those that are merely cited are not among them.",
    (RG.hasParagraph,),
    (
        _IRI,
        _column(RG.symbol),
        _column(DCTERMS.title, about="The title as printed."),
        _column(RG.adoptedBy),
        _column(RG.adoptedOn, type="date"),
        _column(RG.publishedOn, type="date"),
        _column(RG.adoptedInSession, RG.sessionLabel),
        _integer(RG.adoptedInSession, RG.sessionNumber),
        _integer(RG.adoptedAtMeeting, RG.meetingNumber),
        _many(RG.agendaItem, RG.itemNumber),
        _many(RG.onReport),
        _column(RG.reportParagraph),
        _column(RG.recommendedBy),
        _column(RG.adoptionMethod),
        _integer(RG.votesFor),
        _integer(RG.votesAgainst),
        _integer(RG.abstentions),
        _many(RG.draft),
        _many(RG.sponsor),
        _many(RG.additionalSponsor),
        _column(RG.submittedBy),
        _column(RG.meetingRecord),
        _many(DCTERMS.subject, SKOS.prefLabel, name="subject", about="The headings under which it is indexed."),
        _many(RG.subjectHeading),
        _many(RG.jobNumber),
        _column(RG.aknAlias),
        _many(RG.inferredProperty, about="The columns whose values are not printed but follow."),
        _column(RG.previousInSeries),
        _column(PROV.wasDerivedFrom, RG.fileName),
        _column(PROV.wasDerivedFrom, RG.sha256),
        _column(RDFS.seeAlso, name="see_also", about="The address under which the United Nations serve the document."),
    ),
    inverse=False,
)
PARAGRAPHS = Table(
    "paragraphs",
    "The paragraphs of the preambles and operative parts, and their points, in printed order.",
    (RG.hasParagraph, RG.hasPoint),
    (
        _IRI,
        _RESOLUTION,
        _PART,
        _CLASS,
        _integer(RG.position),
        _column(RG.number),
        _column(RG.text),
        _many(RG.hasAction, RG.verb),
        _many(RG.cites),
        _many(RG.refersTo),
        _many(RG.names),
        _many(RG.hasNote, RG.marker),
        *_PLACE,
    ),
)
REQUESTS = Table(
    "requests",
    "What the resolutions ask, of whom, by when.",
    (RG.hasAction,),
    (
        _IRI,
        _RESOLUTION,
        _PART,
        _integer(RG.position),
        _column(RG.requestedBy),
        _column(RG.verb),
        _column(RG.verbText),
        _many(RG.adverb),
        _many(RG.addressee),
        _column(RG.addresseeText),
        _column(RG.asks),
        _column(RG.condition),
        _column(RG.expects, RDFS.label, name="expects", about="The words for the document that is to be produced."),
        _column(RG.submitTo),
        _column(RG.dueSession),
        _column(RG.dueDate, about="The date by which the request is to be met: a day, a month or a year."),
        _column(RG.frequency),
        _column(RG.madeIn),
        _column(RG.answerStatus),
        _many(RG.answeredBy),
        Column((RG.restates,), many=True, name="restates", whole=True),
        *_PLACE,
    ),
    only=RG.Request,
)
CITATIONS = Table(
    "citations",
    "The mentions of documents and instruments by name, resolved or not.",
    (RG.hasCitation,),
    (
        _IRI,
        _RESOLUTION,
        _PART,
        _column(RG.exact),
        _column(RG.target),
        _column(RG.locator),
        _column(RG.viaFootnote, RG.marker, name="via_footnote", about="The mark of the footnote that identifies it."),
        _column(RG.statedDate, about="When the target was adopted, by the mention: a day, a month or a year."),
        _column(RG.statedAdopter),
        _column(RG.unresolved, type="boolean"),
        _column(RG.inferred, type="boolean"),
        *_PLACE,
    ),
)
VOTES = Table(
    "votes",
    "How each State voted, where the source has a recorded vote.",
    (RG.hasVote,),
    (
        _IRI,
        _RESOLUTION,
        _column(RG.castBy),
        _column(RG.castBy, SKOS.prefLabel, name="state", about="The name of the State."),
        _column(RG.choice),
    ),
)
TABLES = (RESOLUTIONS, PARAGRAPHS, REQUESTS, CITATIONS, VOTES)
