"""Where the words of a part stand in the text of its source, which has note marks, line breaks and page ends too."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Alignment:
    """`here[n]` is the offset in the words of the character that stands at `there[n]` in the source; both rise.

    `extras` are the stretches of the source that are none of the words, with where they stand.
    """

    here: tuple[int, ...]
    there: tuple[int, ...]
    extras: tuple[tuple[int, str], ...]

    def start(self, offset: int) -> int | None:
        """The offset in the words of what begins at `offset` in the source; None where the words end before."""
        at = bisect_left(self.there, offset)
        return self.here[at] if at < len(self.here) else None

    def end(self, offset: int) -> int:
        """The offset in the words just after what ends before `offset` in the source."""
        at = bisect_left(self.there, offset)
        return self.here[at - 1] + 1 if at else 0

    def marks(self, markers: Iterable[str]) -> list[int | None]:
        """Where each of the note marks stands in the words, None for one that is not found; no place is taken twice."""
        free = list(self.extras)
        places: list[int | None] = []
        for marker in markers:
            found = next((extra for extra in free if _plain(extra[1]) == marker), None)
            if found:
                free.remove(found)
            places.append(self.end(found[0]) if found else None)
        return places


def align(words: str, printed: str) -> Alignment:
    """The words of a part laid beside `printed`, the stretch of the source from its first word to its last."""
    pairs = tuple(_pairs(words, printed))
    there = tuple(offset for _, offset in pairs)
    return Alignment(tuple(offset for offset, _ in pairs), there, tuple(_extras(printed, frozenset(there))))


def _pairs(words: str, printed: str) -> Iterator[tuple[int, int]]:
    """Equal words first; between them, characters that follow each other in both."""
    ours, theirs = _split(words), _split(printed)
    matcher = SequenceMatcher(None, [word for _, word in ours], [word for _, word in theirs], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            for (here, word), (there, _) in zip(ours[a:b], theirs[c:d], strict=True):
                yield from ((here + n, there + n) for n in range(len(word)))
        elif kind == "replace":
            yield from _letters(ours[a:b], theirs[c:d])


def _letters(ours: list[tuple[int, str]], theirs: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    waiting = [(at + n, c) for at, word in ours for n, c in enumerate(word)]
    at = 0
    for start, word in theirs:
        for n, c in enumerate(word):
            if at < len(waiting) and waiting[at][1] == c:
                yield waiting[at][0], start + n
                at += 1


def _split(text: str) -> list[tuple[int, str]]:
    """The words of a text with their offsets."""
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append((at, word))
        at += len(word)
    return found


def _extras(printed: str, taken: frozenset[int]) -> Iterator[tuple[int, str]]:
    start = 0
    for at in range(len(printed) + 1):
        if at == len(printed) or at in taken or printed[at].isspace():
            if start < at:
                yield start, printed[start:at]
            start = at + 1


def _plain(mark: str) -> str:
    """`¹`, `[1]`, `1/` -> `1`."""
    return "".join(c for c in unicodedata.normalize("NFKC", mark) if c.isalnum() or c == "*")
