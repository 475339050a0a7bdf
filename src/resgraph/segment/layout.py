"""How a text is laid out: a paragraph a line, or hard-wrapped, with or without blank lines between paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from resgraph.segment.lines import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.segment.lines import Line

_TERMINAL = re.compile(
    r"(?:[,;.:?!][\"”’')\]_*]*(?: ?\d{1,3}/?|[⁰¹²³⁴-⁹]+|(?: ?\[\d{1,3} ?\]){1,3})?"
    r"|[,;] (?:and|or)(?:/or)?|[a-z)]\d{1,3}[,;])[_*\u200b-\u200f]*$"
)
_STOPS = tuple(",;.:?!")
_LEADING_ON = tuple(f"{stop} {word}" for stop in ",;" for word in ("and", "or", "and/or", "or/or"))
_TAIL = 60
_HYPHENED = re.compile(r"[^\W\d_]{2,}-(?=[^\W\d_]{2})")
FULL_STOP = re.compile(r"[.:;](?:[\"”’')\]_*])*(?: ?\d{1,3}/?|[⁰¹²³⁴-⁹]+)?[_*\u200b-\u200f]*$")


def is_ended(words: str) -> bool:
    """Whether words end as a paragraph does: with punctuation, perhaps a closing quotation mark or a note mark, or
    with an "and" that leads on.
    """
    if words.endswith(_STOPS):
        return True
    if words[-1:].isalpha():
        return words.endswith(_LEADING_ON)
    return _TERMINAL.search(words, max(0, len(words) - _TAIL)) is not None


@dataclass(frozen=True, slots=True)
class Layout:
    """`wrapped`: lines are broken by width, `spaced`: blank lines part paragraphs, `greedy`: every line is filled up to
    `width` before it is broken, so that a line with room for the next word ends its paragraph.
    """

    wrapped: bool
    spaced: bool
    greedy: bool
    width: int

    def has_room(self, line: str, following: str) -> bool:
        """Whether the first word of the next line would have fitted on this one."""
        room = self.width - len(line) - 1
        return room > 0 and _first_unit(following) <= room

    def ends_early(self, line: str, following: str) -> bool:
        """Whether a line is too short to be in the middle of a paragraph."""
        if self.greedy:
            return self.has_room(line, following)
        return not self.spaced and len(line) < 0.6 * self.width


def _first_unit(line: str) -> int:
    """The length of the shortest piece that a line breaker could have moved up: a word, or a part before its hyphen."""
    word = line.partition(" ")[0]
    hyphen = _HYPHENED.match(word) if "-" in word else None
    return hyphen.end() if hyphen else len(word)


def read_layout(lines: Sequence[Line]) -> Layout:
    texts = [line for line in lines if line.kind is Kind.TEXT]
    pairs = [(a.text, b.text) for a, b in pairwise(lines) if a.kind is Kind.TEXT and b.kind is Kind.TEXT]
    runs_on = [(a, b) for a, b in pairs if b[0].islower()]
    longest = max((len(line.text) for line in texts), default=0)
    wrapped = len(runs_on) > 0.15 * len(texts) or (bool(runs_on) and longest <= 130)
    lengths = sorted(len(a) for a, _ in runs_on)
    width = lengths[int(0.98 * (len(lengths) - 1))] if lengths else 0
    greedy = wrapped and _is_greedy(runs_on, width)
    if lengths and not greedy:
        width = lengths[int(0.8 * (len(lengths) - 1))]  # pages with a few lines that were never broken
    return Layout(wrapped, wrapped and _is_spaced(lines), greedy, width)


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Whether blank lines follow most lines that end in punctuation and are not run on."""
    ends = [
        b.kind is Kind.BLANK
        for a, b in pairwise(lines)
        if a.kind is Kind.TEXT and is_ended(a.text) and (b.kind is Kind.BLANK or b.text[:1].isupper())
    ]
    return sum(ends) > 0.5 * max(1, len(ends))


def _is_greedy(runs_on: Sequence[tuple[str, str]], width: int) -> bool:
    loose = sum(len(a) + 1 + _first_unit(b) <= width for a, b in runs_on)
    return len(runs_on) >= 2 and loose <= 0.02 * len(runs_on)
