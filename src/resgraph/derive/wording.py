"""Words compared: keys of titles, likeness of texts, figures that changed, what a text is about."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz import fuzz

from resgraph.numerals import MONTHS, ORDINAL, cardinal

_ORDINALS = re.compile(rf"\b(?:{ORDINAL})\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[\w/]+(?:[-.,][\w/]+)*|[^\w\s]")
_NUMBERED = frozenset(
    "article articles chapter chapters annex resolution resolutions decision decisions paragraph paragraphs section "
    "sections item items sub-item sub-items session sessions part parts number goal goals target targets table".split()
)
_NEAR = 3
_COMMON = frozenset(
    "a an the and or of on in at to for by from with its his her their this that which as it be is are was were his "
    "report reports reporting submit submitting updated update comprehensive annual interim oral written detailed "
    "secretary general assembly council commission committee session sessions present resolution resolutions "
    "implementation implement including inter alia under item entitled sub through within existing resources "
    "united nations basis information activities progress thereon question consideration regular biennial main part "
    "prepared pursuant requested accordance taking into account account made request".split()
)


@lru_cache(maxsize=2048)
def title_key(title: str) -> str:
    """Letters and figures only: `Confidence-building measures` and `Confidencebuilding measures` are one title."""
    folded = unicodedata.normalize("NFKD", title).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """Words in lower case with single spaces, without punctuation."""
    return " ".join(_WORD.findall(text.casefold()))


@lru_cache(maxsize=2048)
def matter(text: str) -> str:
    """The words of a request without the sessions, which change from year to year."""
    return plain(_ORDINALS.sub(" ", text))


def likeness(one: str, other: str, at_least: float = 0.0) -> float:
    """How much of the words two texts share, from 0 to 1; 0 where it is less than `at_least`."""
    return round(fuzz.ratio(one, other, score_cutoff=at_least * 100) / 100, 3)


def changed_figures(before: str, after: str) -> tuple[tuple[int, int], ...]:
    """Numbers that stand in the place of other numbers; years, dates and numbers of documents are none."""
    if before == after:
        return ()
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    said, says = ([figure for token in text if (figure := _cardinal(token)) is not None] for text in (old, new))
    if said == says or not (said and says):
        return ()
    changes = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "replace":
            left, right = _figures(old, a, b), _figures(new, c, d)
            if len(left) == len(right):
                changes += [pair for pair in zip(left, right, strict=True) if pair[0] != pair[1]]
    return tuple(changes)


def _figures(tokens: list[str], start: int, end: int) -> list[int]:
    found = (_figure(tokens, at) for at in range(start, end))
    return [figure for figure in found if figure is not None]


def _figure(tokens: list[str], at: int) -> int | None:
    figure = _cardinal(tokens[at])
    before = {token.casefold() for token in tokens[max(0, at - _NEAR) : at]}
    month = at + 1 < len(tokens) and tokens[at + 1] in MONTHS
    year = tokens[at].isdecimal() and len(tokens[at]) == 4 and tokens[at][:2] in ("19", "20")
    return None if figure is None or month or year or before & _NUMBERED else figure


@lru_cache(maxsize=2048)
def _cardinal(token: str) -> int | None:
    return cardinal(token.replace(",", ""))


@lru_cache(maxsize=2048)
def subject_words(text: str) -> frozenset[str]:
    """The words that tell what a report or request is about, without those that most of them have."""
    words = matter(text).split()
    return frozenset(word.removesuffix("s") for word in words if word not in _COMMON and not word.isdecimal())
