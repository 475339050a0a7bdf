"""The words of an element, with what its inline markup says of them: italics, links, note marks."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from resgraph.model import Link, Span
from resgraph.readers.akn.links import symbol_of_address
from resgraph.readers.text import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element

NS = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"

NUM, NOTE, LINK, SPAN = f"{NS}num", f"{NS}authorialNote", f"{NS}a", f"{NS}span"
EMBEDDED, BLOCK_LIST = f"{NS}embeddedStructure", f"{NS}blockList"
_PARTED = frozenset(NS + name for name in ("p", "td", "th", "tr", "eol", "item", "outcome", "docTitle", "docNumber"))
"""After these the words go on in a new line or cell."""
_APART = frozenset((NUM, NOTE, EMBEDDED, BLOCK_LIST))
"""What stands in these is no part of the words around them."""


class Words:
    """Words with single spaces; offsets count within `text`, which `finish` makes. Each mark comes with its note;
    `lists` are those that stand among the words, whose own words are apart.
    """

    __slots__ = ("_length", "_parts", "_space", "italics", "links", "lists", "marks", "notes", "text")

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.marks: list[tuple[str, int]] = []
        self.notes: list[Words] = []
        self.italics: list[Span] = []
        self.links: list[Link] = []
        self.lists: list[_Element] = []
        self._parts: list[str] = []
        self._length = 0
        self._space = False

    def add(self, text: str) -> None:
        if text.isspace():
            self._space = True
            return
        if not text.isascii():
            text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
        joined = " ".join(text.split())
        if not joined:
            self._space = self._space or bool(text)
            return
        if self._length and (self._space or text[0] != joined[0]):
            joined = f" {joined}"
        self._parts.append(joined)
        self._length += len(joined)
        self._space = text[-1] != joined[-1]

    def part(self) -> None:
        """Parts what was added from what follows."""
        self._space = True

    def element(self, element: _Element, apart: Collection[str] = _APART) -> None:
        """The words of an element and what is in it, without numbers and labels; of one that is `apart` no words."""
        tag = element.tag
        if tag in apart:
            self._apart(element, tag)
            return
        start = self._length
        if text := element.text:
            self.add(text)
        for child in element:
            self.element(child)
            if text := child.tail:
                self.add(text)
        if tag == SPAN:
            if "italic" in (element.get("class") or ""):
                self.italics.append(Span(start, self._length))
        elif tag in _PARTED:
            self._space = True
        elif tag == LINK:
            self._link(element.get("href") or "", start)

    def inside(self, element: _Element) -> None:
        """The words in a number or note itself."""
        self.element(element, ())

    def _apart(self, element: _Element, tag: str) -> None:
        if tag == NOTE:
            self._note(element)
        elif tag == BLOCK_LIST:
            self.lists.append(element)

    def _note(self, element: _Element) -> None:
        marker = "".join((element.get("marker") or "").split())
        note = Words()
        note.inside(element)
        self.marks.append((marker, self._length))
        self.notes.append(note.finish())

    def _link(self, address: str, start: int) -> None:
        symbol = symbol_of_address(address)
        if symbol is not None:
            self.links.append(Link(start, self._length, symbol))

    def finish(self) -> Words:
        """Joins the words; spans lose outer white space, and stretches that the markup broke up are made one."""
        self.text = "".join(self._parts)
        if self.italics:
            self.italics = _joined(self.text, self.italics)
        if self.links:
            self.links = _linked(self.text, self.links)
        return self

    def without(self, count: int) -> Words:
        """The same without its first characters, a label or number that the graph keeps apart."""
        return self._shifted(self.text[count:], -count)

    def after(self, words: str) -> Words:
        """The same with words before it."""
        return self._shifted(f"{words} {self.text}", len(words) + 1) if words else self

    def _shifted(self, text: str, by: int) -> Words:
        words = Words(text)
        words.notes = self.notes
        words.marks = [(marker, max(0, at + by)) for marker, at in self.marks]
        words.italics = [Span(max(0, i.start + by), i.end + by) for i in self.italics if i.end + by > 0]
        words.links = [Link(max(0, a.start + by), a.end + by, a.symbol) for a in self.links if a.end + by > 0]
        return words


def plain_text(element: _Element) -> str:
    """All text of an element, white space single, whatever it is."""
    text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    return " ".join((text if text.isascii() else INVISIBLE.sub("", text)).split())


def words_of(*elements: _Element) -> Words:
    """The words of elements that follow each other."""
    words = Words()
    for element in elements:
        words.element(element)
        words.part()
    return words.finish()


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without the single space that may stand before its first word."""
    start += text.startswith(" ", start)
    return Span(start, end) if start < end else None


def _joined(text: str, spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for raw in spans:
        span = _trimmed(text, raw.start, raw.end)
        if span is None:
            continue
        if out and span.start <= out[-1].end + 1 and not text[out[-1].end : span.start].strip():
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _linked(text: str, links: list[Link]) -> list[Link]:
    out: list[Link] = []
    for link in links:
        span = _trimmed(text, link.start, link.end)
        if span is None:
            continue
        if out and out[-1].symbol == link.symbol and not text[out[-1].end : span.start].strip():
            out[-1] = Link(out[-1].start, span.end, link.symbol)
        else:
            out.append(Link(span.start, span.end, link.symbol))
    return out
