"""What is said: a resolution with all its acts, citations and claims, as `resolve` makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import rdflib

    from resgraph.model.places import Problem, Source, Span
    from resgraph.model.printed import Annex, Heading, Masthead, Session


@dataclass(frozen=True, slots=True)
class Agent:
    """Who acts or is addressed. `key` is a body's short name (`UNGA`) or a slug (`secretary-general`).

    `kind` is `body`, `office`, `group` or `state`; `known` tells whether the lexicon has the agent.
    """

    key: str
    label: str
    kind: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class DocumentTarget:
    """A UN document, by its symbol in canonical spelling."""

    symbol: str


@dataclass(frozen=True, slots=True)
class InstrumentTarget:
    """An instrument, by its short name in the lexicon."""

    short: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document or instrument, named in the paragraph's or note's own words.

    `target` is None where the mention could not be resolved. `via_footnote` is the marker of the note that identifies
    it. `stated_date` and `stated_by` are when and by whom the target was adopted, as far as the mention says so: a
    date, or `YYYY-MM` / `YYYY` where no more is printed.
    """

    span: Span
    target: DocumentTarget | InstrumentTarget | None
    locator: str | None = None
    via_footnote: str | None = None
    inferred: bool = False
    stated_date: date | str | None = None
    stated_by: Agent | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A document or instrument meant but not named: `the Convention`, `the said resolution`."""

    span: Span
    target: DocumentTarget | InstrumentTarget
    via_footnote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act performed by a paragraph, in printed order.

    `verb` is the slug of the lexicon's verb, None where the lexicon lacks it; `verb_text` is as printed, with adverbs;
    `span` runs from the verb to the end of its clause.
    """

    position: int
    verb: str | None
    verb_text: str
    span: Span
    adverbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consideration(Act):
    """An act that puts a matter on the agenda of a session; `item_title` is that of the agenda item, as printed."""

    session: Session
    item_title: str | None = None


@dataclass(frozen=True, slots=True)
class Deliverable:
    """What is to be produced: `kind` is `report` or `other`, `label` its words."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Act):
    """An act that asks somebody for something. `due_date` is a date, or `YYYY-MM` / `YYYY` where no more is printed."""

    requested_by: Agent
    addressees: tuple[Agent, ...] = ()
    addressee_text: str | None = None
    asks: str = ""
    condition: str | None = None
    deliverable: Deliverable | None = None
    submit_to: Agent | None = None
    due_session: Session | None = None
    due_date: date | str | None = None
    frequency: str | None = None
    made_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyStatus:
    """What a paragraph claims about an instrument: a count still needed, or a date of entry into force."""

    instrument: str
    span: Span
    ratifications_needed: int | None = None
    entry_into_force: date | None = None
    locator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What paragraphs and points have in common: words, their place, and what they say.

    `position` counts from 1 within the preamble, the operative part or the parent; `notes` are the markers of the
    footnotes whose marks stand in it; `named` are the agents of the lexicon that its words name.
    """

    position: int
    text: str
    span: Span
    notes: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    statuses: tuple[TreatyStatus, ...] = ()
    named: tuple[Agent, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Provision):
    """A sub-paragraph; `number` as printed without brackets or full stop."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreambularParagraph(Provision):
    """A paragraph of the preamble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperativeParagraph(Provision):
    """A paragraph of the operative part; `number` as printed without the full stop, or inferred where none is
    printed.
    """

    number: str


Paragraph = PreambularParagraph | OperativeParagraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A footnote with what it cites; `text` is None and `missing` true where only its mark is left in the source."""

    marker: str
    text: str | None
    span: Span | None
    citations: tuple[Citation, ...] = ()

    @property
    def missing(self) -> bool:
        return self.text is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """One resolution with all it says."""

    masthead: Masthead
    source: Source
    preamble: tuple[PreambularParagraph, ...]
    operative: tuple[OperativeParagraph, ...]
    footnotes: tuple[Footnote, ...] = ()
    headings: tuple[Heading, ...] = ()
    annexes: tuple[Annex, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def symbol(self) -> str:
        return self.masthead.symbol

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The preamble, then the operative part."""
        return (*self.preamble, *self.operative)

    def to_rdflib(self) -> rdflib.Graph:
        """The resolution's triples as an rdflib graph."""
        from resgraph.bridge import resolutions_to_rdflib

        return resolutions_to_rdflib([self])
