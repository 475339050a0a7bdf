"""Places in a source: spans, passages and how their words came from the text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

from resgraph.model.values import value

_AT = attrgetter("at")


@value
class Span:
    """A half-open range of code points in a source's stored text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read, and its text as the graph stores it (line feeds only, no control characters).

    `italics` are the spans of the text that its file sets in italics, where a reader knows them; `problems` are what
    the file has that could not be read.
    """

    name: str
    sha256: str
    media_type: str
    text: str
    path: str = ""
    italics: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()

    def line_of(self, offset: int) -> int:
        """The line, from 1, on which the code point at `offset` stands."""
        return self.text.count("\n", 0, offset) + 1


@value
class Run:
    """`passage.text[at:at + length]` was copied from `source.text[start:start + length]`."""

    at: int
    start: int
    length: int


@value
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


@value
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
        run = self.runs[max(0, bisect_right(self.runs, offset, key=_AT) - 1)]
        return run.start + min(max(0, offset - run.at), run.length - 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a source that a careful reader would remark on. `kind` is a slug of docs/errors.md."""

    kind: str
    message: str
    span: Span | None = None
