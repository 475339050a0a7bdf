"""What stands below a resolution: the meeting, the date, how it was adopted, and who voted how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.model import Adoption, Ballot
from resgraph.numerals import MONTH, ordinal
from resgraph.segment.figures import DATE, ORDINAL_WORDS, first_date

if TYPE_CHECKING:
    from datetime import date

_NTH = rf"(?:\d{{1,5}}\s?(?:st|nd|rd|th)|{ORDINAL_WORDS})"
# "48th (resumed) plenary meeting", "54th resumed plenary meeting", "9th closed meeting"
_KIND = r"(?:\(?[a-z]+\)?\s+)?(?:plenary\s+)?meeting"
_MEETING = re.compile(rf"({_NTH})\s+{_KIND}", re.IGNORECASE)
_LONGEST = 100  # of "Three hundred and seventy-seventh (resumed) plenary meeting"
# "81st plenary meeting", "_1836th plenary meeting,_", "Hundred and eighteenth plenary meeting,", "[Adopted without a
# vote.]", "Adopted at the 705th meeting by 8 votes to none", "Adopted unanimously at the 2909th meeting."
_CLOSING = re.compile(
    rf"^[*_\[( ]{{0,4}}(?:(?i:{_NTH}\s+{_KIND}\b.{{0,60}}$)"
    r"|\d{1,5}(?:e|re|ª)\s+(?:séance|sesión)\b.{0,60}$|(?:st|nd|rd|th)$|(?:plenary )?meeting$"
    r"|(?:Adopted|ADOPTED|Resolution adopted|Draft resolution adopted)\s+"
    r"(?:unanimously|without|by|at the|as a whole|on a|\(|after|in)\b"
    rf"|\d{{1,2}}\s+{MONTH},?\s+\d{{4}}[.,]?[*_\]]{{0,3}}$"
    r"|(?i:recorded vote on|the voting was as follows|(?:in favour|against|abstain(?:ing|ed)|abstentions|absent)\s?:))"
)
_COUNTS = re.compile(
    r"(?:votes?\s+of\s+)?(\d{1,3}|none)\s+(?:votes?\s+)?(?:in\s+favour\s+)?to\s+(\d{1,3}|none|nil)\b(?:\s*,?\s*with\s+(\d{1,3}|no|one)\s+abstentions?)?",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\b(In favour|Against|Abstain(?:ing|ed)|Abstentions|Absent|Non-voting)\s?:\s*", re.IGNORECASE)
_CHOICES = {"in favour": "for", "against": "against", "absent": "absent", "non-voting": "absent"}


@dataclass(frozen=True, slots=True)
class Closing:
    """What the closing lines say."""

    meeting: int | None = None
    adopted_on: date | None = None
    adoption: Adoption | None = None


def is_closing(line: str) -> bool:
    return len(line) < 600 and bool(_CLOSING.match(line))


def read_meeting(text: str) -> int | None:
    at = text.lower().find("meeting")
    match = _MEETING.search(text, max(0, at - _LONGEST)) if at >= 0 else None
    if match is None:
        return None
    digits = re.match(r"\d+", match[1])
    return int(digits[0]) if digits else ordinal(match[1])


def read_closing(text: str) -> Closing:
    """Reads the lines below a resolution, or the line above it that says by whom and when it was adopted."""
    text = re.sub(r"\s+", " ", re.sub(r"(?<=[a-z])-\s*\n\s*(?=[a-z])", "", text))
    return Closing(read_meeting(text), first_date(text), read_adoption(text))


def read_adoption(text: str) -> Adoption | None:
    low = text.lower()
    ballots = tuple(_ballots(text))
    if counts := _COUNTS.search(text) if "adopted" in low or "vote" in low else None:
        recorded = "recorded vote" in low or "roll-call" in low or bool(ballots)
        numbers = [_number(group) for group in counts.groups()]
        return Adoption(
            "recorded-vote" if recorded else "non-recorded-vote", numbers[0], numbers[1], numbers[2], ballots
        )
    if "without a vote" in low or "without vote" in low:
        return Adoption("without-vote")
    if "by consensus" in low:
        return Adoption("consensus")
    if "adopted unanimously" in low:
        return Adoption("non-recorded-vote", votes_against=0, abstentions=0)
    return None


def _number(word: str | None) -> int | None:
    if word is None:
        return None
    return {"none": 0, "nil": 0, "no": 0, "one": 1}[word.lower()] if not word.isdigit() else int(word)


def _ballots(text: str) -> list[Ballot]:
    parts = _CHOICE.split(text)
    out = []
    for heading, names in zip(parts[1::2], parts[2::2], strict=True):
        choice = _CHOICES.get(heading.lower(), "abstained")
        out += [Ballot(state, choice) for name in re.split(r",\s+(?![^(]{0,60}\))", names) if (state := _state(name))]
    return out


def _state(name: str) -> str | None:
    """A State as printed; what follows the last list (a date, a bracket) is none."""
    name = re.sub(r"^and ", "", name.strip().rstrip("]*_.;").strip())
    return name if name and len(name) < 70 and name.lower() not in ("none", "nil") and not DATE.search(name) else None
