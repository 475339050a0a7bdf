"""The values that travel between the stages: frozen, slotted, no RDF and no regular expression in sight.

`read` makes a `Source`; `segment` makes `PrintedResolution`s of it; `recognise` and `resolve` make a `Resolution` of
each. All offsets count Unicode code points. `Source.text[span.start:span.end]` is always the text a span claims.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import rdflib

# ---------------------------------------------------------------- places in the text


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in a source's stored text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read, and its text as the graph stores it (line feeds only, no control characters).

    `italics` are the spans of the text that its file sets in italics, where a reader knows them.
    """

    name: str
    sha256: str
    media_type: str
    text: str
    path: str = ""
    italics: tuple[Span, ...] = ()

    def line_of(self, offset: int) -> int:
        """The line, from 1, on which the code point at `offset` stands."""
        return self.text.count("\n", 0, offset) + 1


@dataclass(frozen=True, slots=True)
class Run:
    """`passage.text[at:at + length]` was copied from `source.text[start:start + length]`."""

    at: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A footnote mark that stood at offset `at` of a passage's text, before it was taken out."""

    marker: str
    at: int
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link that the markup sets on `text[start:end]` of a passage, to the document of that symbol."""

    start: int
    end: int
    symbol: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words only: white space single, line breaks, page furniture, numbers and note marks removed.

    `runs` say where each stretch of `text` stands in the source; a single space between two runs stands for whatever
    white space (or page break) parted them. `italics` are spans of `text`, not of the source; `links` likewise.
    """

    text: str
    runs: tuple[Run, ...]
    marks: tuple[NoteMark, ...] = ()
    italics: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where `text[start:end]` stands in the source, from its first word to its last."""
        end = len(self.text) if end is None else end
        return Span(self._place(start), self._place(end - 1) + 1)

    def _place(self, offset: int) -> int:
        run = self.runs[max(0, bisect_right(self.runs, offset, key=lambda r: r.at) - 1)]
        return run.start + min(max(0, offset - run.at), run.length - 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a source that a careful reader would remark on. `kind` is a slug of docs/errors.md."""

    kind: str
    message: str
    span: Span | None = None


# ---------------------------------------------------------------- what is printed (segment)


@dataclass(frozen=True, slots=True)
class Session:
    """A session of a body; `label` as in symbols: `57`, `S-24`, `ES-10`, and the year for the Council's (`2021`)."""

    body: str
    label: str

    @property
    def number(self) -> int:
        return int(self.label.rsplit("-", 1)[-1])


@dataclass(frozen=True, slots=True)
class AgendaItem:
    number: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """One State's vote: `choice` is `for`, `against`, `abstained` or `absent`."""

    state: str
    choice: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """How it was adopted: `without-vote`, `recorded-vote`, `non-recorded-vote`, `consensus`."""

    method: str
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    ballots: tuple[Ballot, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A heading under which a resolution is indexed; `iri` is that of a thesaurus, where it is given."""

    label: str | None
    iri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What stands above and below the text proper, and what metadata tell of how the resolution came about.

    `inferred` names the fields that were not printed but follow. `drafts`, `on_report`, `meeting_record` are symbols,
    `sponsors` are States; `submitted_by` says in words who submitted the draft, where that is more than these.
    """

    symbol: str
    body: str
    title: str | None = None
    adopted_on: date | None = None
    published_on: date | None = None
    session: Session | None = None
    meeting: int | None = None
    agenda_items: tuple[AgendaItem, ...] = ()
    on_report: tuple[str, ...] = ()
    committee: str | None = None
    adoption: Adoption | None = None
    job_numbers: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    report_paragraph: str | None = None
    drafts: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    additional_sponsors: tuple[str, ...] = ()
    submitted_by: str | None = None
    meeting_record: str | None = None
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedPoint:
    """A sub-paragraph; `label` as printed without brackets or full stop (`a`, `iii`, `1`)."""

    label: str
    passage: Passage
    points: tuple[PrintedPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A top-level paragraph; `number` as printed without the full stop, None in the preamble or where none is
    printed.
    """

    passage: Passage
    number: str | None = None
    points: tuple[PrintedPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedFootnote:
    """A footnote; `passage` is None where only its mark is left in the source."""

    marker: str
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the operative part; it stands before the operative paragraph at position `before` (from 1)."""

    passage: Passage
    before: int


@dataclass(frozen=True, slots=True)
class Annex:
    """A text annexed to the resolution (or a draft embedded in it), kept as its own paragraphs."""

    title: str
    paragraphs: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedResolution:
    """One resolution as printed, cut into its parts."""

    masthead: Masthead
    formula: Passage
    preamble: tuple[PrintedParagraph, ...]
    operative: tuple[PrintedParagraph, ...]
    footnotes: tuple[PrintedFootnote, ...] = ()
    headings: tuple[Heading, ...] = ()
    annexes: tuple[Annex, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Segmented:
    """All that was found in one source; `unread` is text outside every resolution that is no page furniture."""

    source: Source
    resolutions: tuple[PrintedResolution, ...]
    unread: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()


Read = Source | Segmented
"""What a reader makes of a file: its text, or the parts of its resolutions where the file itself says what is what."""


# ---------------------------------------------------------------- what is said (recognise, resolve)


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
