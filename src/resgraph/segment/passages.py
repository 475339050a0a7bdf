"""Clean words with their places: line breaks, page furniture, note marks and emphasis signs taken out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from resgraph.model import NoteMark, Passage, Run, Span
from resgraph.model.values import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS = re.compile(r"\S+(?: \S+)*")  # as they stand in the passage too
_EMPHASIS = re.compile(r"(?<![^\s(\[“\"'‘])([*_]{1,3})(?=[^\s*_])|(?<=[^\s*_])([*_]{1,3})(?![\w*_-])")
_HYPHENS = "-\u00ad\u00ac"
_BROKEN = re.compile(rf"([^\W\d_]+)([{_HYPHENS}])$")
_JOINS = re.compile(r"(?:and|or|to|nor)\b")
_REST = re.compile(r"[-\u00ad]\s*\n\s*[^\W\d_]+")
_HEAD = re.compile(r"[^\W\d_]+$")
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SOFT = "\u00ad"
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")  # soft hyphens, marks of direction


@value
class Mark:
    """A note mark in the source: `span` is what to take out, `digits` where the marker itself stands."""

    marker: str
    span: Span
    digits: Span


@dataclass(frozen=True)
class Vocabulary:
    """The words of a document's `text`, by which a hyphen at a line's end is read.

    `filled`: the lines were filled by a program, not typeset.
    """

    text: str
    filled: bool = False

    @cached_property
    def words(self) -> frozenset[str]:
        """Lower case, without the words that a line's end parts."""
        chunks = set(" ".join(self._whole()).lower().split())  # most words stand there more than once
        plain = {chunk for chunk in chunks if chunk.isalpha()}
        return frozenset(plain.union(_TOKEN.findall(" ".join(chunks - plain))))

    def _whole(self) -> Iterator[str]:
        at = 0
        for rest in _REST.finditer(self.text):
            if head := _HEAD.search(self.text, max(at, rest.start() - 60), rest.start()):
                yield self.text[at : head.start()]
                at = rest.end()
        yield self.text[at:]

    def keeps_hyphen(self, head: str, tail: str) -> bool:
        """Whether the hyphen of `long-` + `term` belongs to the word, and that of `Repre-` + `sentative` does not.

        As the document prints the word elsewhere; else, where lines are filled by a program, which breaks at existing
        hyphens only, it stays, and on a typeset page it stays between words that the document has.
        """
        head, tail = head.lower(), tail.lower()
        if f"{head}-{tail}" in self.words:
            return True
        if f"{head}{tail}" in self.words:
            return False
        return self.filled or (head in self.words and tail.split("-")[0] in self.words)


@dataclass(slots=True)
class _Builder:
    text: str = ""
    parts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marks: list[NoteMark] = field(default_factory=list)
    italics: list[Span] = field(default_factory=list)
    length: int = 0
    space: bool = False
    opened: int | None = None

    def add(self, words: str, start: int) -> None:
        if not words:
            return
        if self.space and self.length:
            self.parts.append(" ")
            self.length += 1
            self.runs.append(Run(self.length, start, len(words)))
        elif self.runs and self.runs[-1].start + self.runs[-1].length == start:
            last = self.runs[-1]
            self.runs[-1] = Run(last.at, last.start, last.length + len(words))
        else:
            self.runs.append(Run(self.length, start, len(words)))
        self.space = False
        self.parts.append(words)
        self.length += len(words)

    def mark(self, mark: Mark) -> None:
        self.marks.append(NoteMark(mark.marker, self.length, mark.digits))

    def emphasis(self, *, opens: bool) -> None:
        """An emphasis sign opens a stretch of italics or closes the open one."""
        if opens:
            self.opened = self.length + (1 if self.space and self.length else 0)
            return
        if self.opened is not None and self.length > self.opened:
            self.italics.append(Span(self.opened, self.length))
        self.opened = None

    def passage(self) -> Passage:
        return Passage("".join(self.parts), tuple(self.runs), tuple(self.marks), tuple(self.italics))


def build(text: str, spans: Sequence[Span], marks: Sequence[Mark], vocabulary: Vocabulary) -> Passage:
    """The words of `spans` of the source's text, in order, without the marks, which are in their order."""
    builder = _Builder()
    if spans:
        first = bisect_left(marks, spans[0].start, key=_begins)
        marks = marks[first : bisect_left(marks, spans[-1].end, first, key=_begins)]
    for n, span in enumerate(spans):
        hyphened = text[span.end - 1 : span.end] in _HYPHENS
        hyphen = _hyphen(text, span, spans[n + 1 : n + 2], vocabulary) if hyphened else "none"
        end = span.end - 1 if hyphen == "drop" else span.end
        _line(builder, text, span.start, end, [mark for mark in marks if span.start <= mark.span.start < end])
        builder.space = builder.space or hyphen == "none"
    return builder.passage()


def _begins(mark: Mark) -> int:
    return mark.span.start


def with_italics(passage: Passage, italics: Sequence[Span]) -> Passage:
    """The passage with those italics of its source that stand in it; what signs of emphasis tell is kept without."""
    if not italics or not passage.runs:
        return passage
    whole = passage.span()
    first = bisect_right(italics, whole.start, key=lambda span: span.end)
    found: list[Span] = []
    for span in italics[first:]:
        if span.start >= whole.end:
            break
        runs = [run for run in passage.runs if span.start < run.start + run.length and run.start < span.end]
        if runs:
            start, end = runs[0].at + max(0, span.start - runs[0].start), runs[-1].at - runs[-1].start
            found.append(Span(start, end + min(span.end, runs[-1].start + runs[-1].length)))
    return replace(passage, italics=tuple(found)) if found else passage


def _hyphen(text: str, span: Span, following: Sequence[Span], vocabulary: Vocabulary) -> str:
    """What becomes of a hyphen at a line's end: `keep`, `drop`, or `none` where the next line starts a new word."""
    broken = _BROKEN.search(text, max(span.start, span.end - 60), span.end)
    if not following:
        return "drop" if broken and broken[2] == SOFT else "none"
    tail = _TOKEN.match(text, following[0].start, following[0].end)
    if broken is None:
        digits = text[span.end - 1 : span.end] == "-" and text[following[0].start].isalnum()  # "A/RES/S-" + "24/2"
        return "keep" if digits and text[span.end - 2].isalnum() else "none"
    if tail is None or _JOINS.match(tail[0]):
        return "keep" if tail is None and text[following[0].start].isdigit() else "none"
    if tail[0][0].isupper() or vocabulary.keeps_hyphen(broken[1], tail[0]):
        return "keep" if broken[2] == "-" else "drop"
    return "drop"


def _line(builder: _Builder, text: str, at: int, end: int, marks: Sequence[Mark]) -> None:
    for mark in marks:
        _stretch(builder, text, at, mark.span.start)
        builder.mark(mark)
        at = max(at, mark.span.end)
    _stretch(builder, text, at, end)


def _stretch(builder: _Builder, text: str, start: int, end: int) -> None:
    """Words between marks, with emphasis signs and soft hyphens left out."""
    at = start
    signs = text.find("*", start, end) >= 0 or text.find("_", start, end) >= 0
    for sign in _EMPHASIS.finditer(text, start, end) if signs else ():
        if sign[1] is None and builder.opened is None:
            continue  # "convention_ agreements": a closing sign closes only what was opened
        _words(builder, text, at, sign.start())
        builder.emphasis(opens=sign[1] is not None)
        at = sign.end()
    _words(builder, text, at, end)


def _words(builder: _Builder, text: str, start: int, end: int) -> None:
    raw = text[start:end]
    if " ".join(raw.split()) == raw and (raw.isascii() or not _UNSEEN.search(raw)):
        builder.add(raw, start)
        return
    at = start
    for words in _WORDS.finditer(text, start, end):
        builder.space = builder.space or words.start() > at
        piece = words.start()
        for part in _UNSEEN.split(words[0]):
            builder.add(part, piece)
            piece += len(part) + 1
        at = words.end()
    builder.space = builder.space or at < end
