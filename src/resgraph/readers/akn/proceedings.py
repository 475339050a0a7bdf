"""What the metadata of the markup tell of how a resolution came about, which print does not show."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypedDict

from resgraph.model import Adoption, Ballot, Subject
from resgraph.readers.akn.words import NS
from resgraph.readers.sponsors import sponsors_of, symbols_in
from resgraph.readers.states import state_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

CHOICES = {"inFavour": "for", "against": "against", "abstaining": "abstained", "absent": "absent"}
_COUNTS = re.compile(r"\b(\d{1,3})-(\d{1,3})-(\d{1,3})\b")
_SUBJECT = re.compile(r"https?://(?:metadata\.un\.org/(?:sdg|thesaurus)|eurovoc\.europa\.eu)/[A-Za-z0-9_.-]+")


class Proceedings(TypedDict):
    """Fields of a masthead."""

    adoption: Adoption | None
    drafts: tuple[str, ...]
    sponsors: tuple[str, ...]
    additional_sponsors: tuple[str, ...]
    submitted_by: str | None
    meeting_record: str | None
    subjects: tuple[Subject, ...]


def proceedings_of(statement: _Element) -> Proceedings:
    """Drafts, sponsors, vote, record of the meeting and subjects, as far as the markup has them."""
    steps = list(statement.iterfind(f"{NS}meta/{NS}workflow/{NS}step"))
    drafted = [step for step in steps if step.get("outcome") == "draftResolution"]
    joined = [step for step in steps if step.get("outcome") == "draftResolutionAdditionalSponsors"]
    sponsors, submitted = sponsors_of(step.get("by") or "" for step in drafted)
    additional, _ = sponsors_of(step.get("by") or "" for step in joined)
    adopted = next((step for step in steps if step.get("outcome") == "adopted"), None)
    return Proceedings(
        adoption=_adoption(statement, adopted),
        drafts=tuple(s for step in drafted for s in symbols_in(step.get("as") or "")),
        sponsors=sponsors,
        additional_sponsors=tuple(name for name in additional if name not in sponsors),
        submitted_by=submitted,
        meeting_record=next(iter(symbols_in((adopted.get("as") or "") if adopted is not None else "")), None),
        subjects=tuple(dict.fromkeys(_subjects(statement))),
    )


def _adoption(statement: _Element, step: _Element | None) -> Adoption | None:
    voting = statement.find(f"{NS}meta/{NS}analysis/{NS}parliamentary/{NS}voting")
    outcome = (voting.get("outcome") or "" if voting is not None else "").strip()
    words = f"{outcome} {step.get('by') or ''} {step.get('as') or ''}" if step is not None else outcome
    ballots = tuple(_ballots(voting)) if voting is not None else ()
    counts = _counts(voting) if voting is not None else {}
    if not counts and (match := _COUNTS.search(words)):
        counts = dict(zip(("inFavour", "against", "abstaining"), map(int, match.groups()), strict=True))
    if not counts:
        return _unvoted(words)
    rest = 0 if outcome == "adoptedRecordedVote" or "unanimous" in words or _COUNTS.search(words) else None
    method = "recorded-vote" if ballots else "non-recorded-vote"
    return Adoption(
        method,
        counts.get("inFavour"),
        counts.get("against", rest),
        counts.get("abstaining", rest),
        ballots,
    )


def _unvoted(words: str) -> Adoption | None:
    low = words.lower()
    if "withoutvote" in low or "without vote" in low or "without a vote" in low or "acclamation" in low:
        return Adoption("without-vote")
    return Adoption("consensus") if "consensus" in low else None


def _counts(voting: _Element) -> dict[str, int]:
    counts = ((count.get("refersTo") or "", (count.get("value") or "").strip()) for count in voting.iter(f"{NS}count"))
    return {name.strip("#"): int(value) for name, value in counts if value.isdigit() and int(value) < 1000}


def _ballots(voting: _Element) -> Iterator[Ballot]:
    for count in voting.iter(f"{NS}count"):
        choice = CHOICES.get((count.get("refersTo") or "").strip("#"))
        for voter in count.iter(f"{NS}organization"):
            if choice and (ballot := _ballot(voter.text or "", choice)):
                yield ballot


@lru_cache(maxsize=2048)
def _ballot(text: str, choice: str) -> Ballot | None:
    name = " ".join(text.split())
    return Ballot(state_named(name) or name, choice) if name else None


def _subjects(statement: _Element) -> Iterator[Subject]:
    for keyword in statement.iterfind(f"{NS}meta/{NS}classification/{NS}keyword"):
        if keyword.get("refersTo") not in ("agenda", "title"):
            subject = _subject(keyword.get("href") or "", keyword.get("showAs") or keyword.get("value") or "")
            if subject:
                yield subject


@lru_cache(maxsize=8192)
def _subject(address: str, words: str) -> Subject | None:
    found = _SUBJECT.fullmatch(address.strip())
    label = " ".join(words.replace("_", " ").split())
    if label.startswith("http"):
        label = ""
    return Subject(label or None, found[0] if found else None) if found or label else None
