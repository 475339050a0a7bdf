"""Words that a line's end or a narrow gap parts, made whole as the document prints them elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from resgraph.readers.pdf.lines import RAISED
from resgraph.readers.pdf.pages import DOUBTFUL, HYPHEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resgraph.readers.pdf.lines import Line

_HEAD = re.compile(rf"([^\W\d_]+){HYPHEN}$")
_TAIL = re.compile(r"[^\W\d_]+")
_SUSPENDED = re.compile(r"(?:and|or|to|nor)\b")
_DOUBTFUL = re.compile(rf"([^\W\d_]*){DOUBTFUL}([^\W\d_]*)")
_SMALL_WORDS = frozenset(("also", "for", "from", "its", "that", "the", "upon", "with"))
"""Words that end no other: italics leave too narrow a space before them (`Calls once again for`)."""


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a document, lower case, in which words are looked up; `breaks` says whether its typesetting breaks
    words at line ends at all.

    Word processors at the United Nations do not: there a hyphen at a line's end is that of a compound. The printed
    volumes do.
    """

    text: str
    breaks: bool

    def join(self, lines: Sequence[Line]) -> str:
        """The words of a paragraph, from its lines."""
        text = lines[0].text
        for line in lines[1:]:
            text = self._joined(text, line.text)
        if DOUBTFUL in text:
            text = _DOUBTFUL.sub(self._spaced, text)
        return " ".join(text.replace(HYPHEN, "-").split())

    def _joined(self, text: str, line: str) -> str:
        """With a space between, except after a hyphen, a dash between figures, or a symbol's slash."""
        if text[-1] == HYPHEN:
            return self._mended(text, line)
        whole = text[-1] in "/–" and text[-2:-1].isalnum() and line[0].isalnum()
        return text + line if whole or line[0] in RAISED else f"{text} {line}"

    def _mended(self, text: str, line: str) -> str:
        head, tail = _HEAD.search(text[-40:]), _TAIL.match(line)
        stem = text[: -len(HYPHEN)]
        if head is None or tail is None:
            return f"{stem}-{line}"
        if _SUSPENDED.match(line):
            return f"{stem}- {line}"
        return stem + line if self._is_one(head[1].lower(), tail[0].lower()) else f"{stem}-{line}"

    def _is_one(self, head: str, tail: str) -> bool:
        """As it is printed elsewhere; else as the document goes about it, unless both parts are words of their own."""
        whole, compound = self.text.count(head + tail), self.text.count(f"{head}-{tail}")
        if whole != compound:
            return whole > compound
        return self.breaks and not (self._has(head) and self._has(tail))

    def _has(self, word: str) -> bool:
        return f" {word} " in self.text

    def _spaced(self, space: re.Match[str]) -> str:
        """A doubtful space is one between two words that the document has, and none that it has joined."""
        head, tail = (part.lower() for part in space.groups())
        apart = head and tail and head + tail not in self.text
        apart = apart and (tail in _SMALL_WORDS or (self._has(head) and self._has(tail)))
        return f"{space[1]}{' ' if apart else ''}{space[2]}"


def read_words(columns: Iterable[Sequence[Line]]) -> Words:
    """The words of a document, from its lines in order."""
    columns = tuple(columns)
    text = " ".join(line.text for line in chain.from_iterable(columns)).lower()
    broken = []
    for above, below in chain.from_iterable(map(pairwise, columns)):
        if above.text[-1] == HYPHEN and (head := _HEAD.search(above.text[-40:])) and (tail := _TAIL.match(below.text)):
            broken.append((head[1].lower(), tail[0].lower()))
    words = sum(a + b in text for a, b in broken)
    return Words(text, words > sum(f"{a}-{b}" in text for a, b in broken))
