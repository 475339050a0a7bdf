"""What is printed: a resolution cut into its parts, as `segment` and the readers of markup make it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.model.places import Passage, Problem, Source, Span

if TYPE_CHECKING:
    from datetime import date


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
