"""How hard the wording of an act is: from `invites` to `demands`, from `notes with concern` to `condemns`.

The order of the asking verbs follows the practice that drafters describe: an invitation leaves the choice, a request is
addressed to those who are bound to comply, an appeal or call presses those who are not, a demand admits no refusal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Direction = Literal["harder", "softer", "other"]

_SCALES = (
    (
        "invite extend-invitation suggest reiterate-invitation",
        "encourage advise propose reiterate-encouragement",
        "recommend reiterate-recommendation",
        "request ask call-for reiterate-request",
        "call-upon appeal-to address-appeal exhort reiterate-call reiterate-appeal",
        "urge press implore beseech",
        "insist require direct instruct order",
        "demand reiterate-demand",
    ),
    (
        "note take-note observe aware conscious",
        "recognize acknowledge",
        "concerned express-concern reiterate-concern disturbed",
        "alarmed express-alarm dismayed",
        "regret express-regret",
        "deplore deprecate decry denounce appalled",
        "condemn express-condemnation censure outraged",
    ),
    (
        "having-received having-considered",
        "note-with-appreciation appreciate express-appreciation",
        "welcome",
        "commend express-commendation congratulate",
    ),
    ("bear-in-mind recall", "affirm believe reaffirm reiterate", "stress emphasize underline", "re-emphasize"),
)
_HARDENING = (
    r"again|once (?:more|again)|strongly|firmly|vigorously|emphatically|deep(?:ly)?|grave(?:ly)?|serious(?:ly)?|utmost"
    r"|urgent(?:ly)?|immediate(?:ly)?|without delay|as soon as possible|as a matter of (?:priority|urgency)"
    r"|in the strongest (?:possible )?terms|with (?:deep |grave |serious )?concern|fully|unconditionally"
)
_SOFTENING = (
    r"as appropriate|where appropriate|if (?:necessary|appropriate)|consider(?:ing)? the possibility|consider(?:ing)?"
    r"|on a voluntary basis|voluntar(?:y|ily)|within existing resources|to the extent (?:possible|feasible)"
    r"|as far as possible|in a position to do so"
)
_HARD = re.compile(rf"\b(?:{_HARDENING})\b", re.I)
_SOFT = re.compile(rf"\b(?:{_SOFTENING})\b", re.I)


def _levels() -> Mapping[str, tuple[int, int]]:
    places = {}
    for scale, steps in enumerate(_SCALES):
        for level, verbs in enumerate(steps):
            places.update(dict.fromkeys(verbs.split(), (scale, level)))
    return MappingProxyType(places)


_LEVELS = _levels()


@dataclass(frozen=True, slots=True)
class Wording:
    """An act as printed: its verb (None where the lexicon has none), its leading words, and its whole clause."""

    verb: str | None
    printed: str
    clause: str

    @property
    def weight(self) -> int:
        """Words that harden the act, less those that soften it: in the whole clause where it asks, else in its leading
        words.
        """
        words = self.clause if _LEVELS.get(self.verb or "", (1, 0))[0] == 0 else self.printed
        return len(_HARD.findall(words)) - len(_SOFT.findall(words))


def direction(before: Wording, after: Wording) -> Direction | None:
    """Whether the wording became harder or softer; `other` for verbs on no common scale, None for no change."""
    if before == after:
        return None
    if before.verb != after.verb:
        old, new = _LEVELS.get(before.verb or ""), _LEVELS.get(after.verb or "")
        if old is None or new is None or old[0] != new[0]:
            return "other"
        if old != new:
            return "harder" if new > old else "softer"
    if before.weight == after.weight:
        return None
    return "harder" if after.weight > before.weight else "softer"
