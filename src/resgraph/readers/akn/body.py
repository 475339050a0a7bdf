"""A statement of the markup to the parts of a resolution: preamble, operative paragraphs with their points, headings.

What the markup says is followed: numbers in `num`, points nested in `list` and `sublist`, headings. Where it says less
than the page did, as with points that are paragraphs of their own, the labels tell what belongs under what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resgraph.model import Heading, PrintedParagraph, PrintedPoint
from resgraph.readers.akn.nesting import Node, hang
from resgraph.readers.akn.sheet import joined
from resgraph.readers.akn.words import BLOCK_LIST, NS, NUM, plain_text, words_of
from resgraph.segment.layout import is_ended
from resgraph.segment.words import opens_operative, opens_preamble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from resgraph.model import Passage
    from resgraph.readers.akn.sheet import Sheet
    from resgraph.readers.akn.words import Words

_NUMBER = re.compile(r"(\d{1,3})\s?\.?")
_LABEL = re.compile(r"\(?([a-z]{1,6}|[A-Z]|[IVX]{1,5}|\d{1,3}(?:\.\d{1,3}){0,3})[).]?|([–—•·▪-])")
_INLINE_LABEL = re.compile(r"\(([a-z]{1,6}|\d{1,2})\) ")
_INLINE_NUMBER = re.compile(r"(\d{1,3})\.? (?=[A-Z])")
_LOST_STOP = re.compile(r"\.\s")
_HEADINGS = (f"{NS}subheading", f"{NS}heading")
_GROUPS = (f"{NS}section", f"{NS}part", f"{NS}chapter", f"{NS}division", f"{NS}subdivision", f"{NS}subpart")
_BLOCKS = tuple(NS + name for name in ("content", "intro", "wrapUp", "wrap", "p", "listIntroduction", "listWrapUp"))
_LISTS = (f"{NS}list", f"{NS}sublist", BLOCK_LIST)
_HEADING_CLASS = re.compile(r"H(?:\d|Ch)")
_LONGEST_HEADING = 250


@dataclass(slots=True)
class Body:
    """The parts of a resolution's text as they are found."""

    sheet: Sheet
    preamble: list[Node] = field(default_factory=list)
    operative: list[Node] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    number: str | None = None
    """A number whose words stand in the paragraph after it."""

    def read_preamble(self, preamble: _Element) -> Passage | None:
        """The paragraphs of a preamble element; returns the enacting formula."""
        formula = None
        for child in preamble:
            if child.tag == f"{NS}formula":
                formula = self._written(words_of(child)) or formula
            elif child.tag in _LISTS and self.preamble:
                self._list(child, self.preamble[-1])
            else:
                words = words_of(child)
                passage = self._written(words)
                node = Node(None, [passage] if passage else [])
                self._lists(words.lists, node)
                self.preamble += [node] if node.passages else []
        return formula

    def read_main(self, main: _Element) -> None:
        """What stands in a main body or one of its sections."""
        children = list(main)
        for count, child in enumerate(children):
            if child.tag in _GROUPS:
                self._group(child)
            elif child.tag == f"{NS}paragraph":
                self._paragraph(child, children[count + 1 :])
            elif child.tag in _HEADINGS:
                self._heading(words_of(child))
            elif child.tag in _LISTS and self.operative:
                self._list(child, self.operative[-1])
            else:
                self._plain(words_of(child))

    def _group(self, group: _Element) -> None:
        if (num := group.find(NUM)) is not None:
            self._heading(_inside(num))
        self.read_main(group)

    def _paragraph(self, paragraph: _Element, following: Sequence[_Element]) -> None:
        label, heading = _label_and_heading(paragraph)
        if heading is not None:
            self._heading(words_of(heading), label)
            return
        number = _NUMBER.fullmatch(label)
        if number or (not label and self.number):
            self._numbered(number[1] if number else str(self.number), paragraph)
        elif label and (point := _LABEL.fullmatch(label)) and not _is_heading_class(paragraph):
            self._point(point[1] or point[2], paragraph, following)
        else:
            self._unnumbered(label, paragraph, following)

    def _numbered(self, number: str, paragraph: _Element) -> None:
        self.number = None
        node = Node(number, [])
        self.operative.append(node)
        self._fill(node, paragraph, f"{number}.")
        if not node.passages:
            self.operative.pop()
            self.number = number

    def _point(self, label: str, paragraph: _Element, following: Sequence[_Element]) -> None:
        node = Node(label, [])
        self._fill(node, paragraph, f"({label})" if label.isalnum() else label)
        if node.passages:
            self._hang(node, following)

    def _unnumbered(self, label: str, paragraph: _Element, following: Sequence[_Element]) -> None:
        words = words_of(paragraph)
        if label and not words.text:
            self._heading(_inside_of(paragraph))
        elif _is_heading_class(paragraph):
            self._heading(words, label)
        elif inline := _INLINE_LABEL.match(words.text):
            passage = self.sheet.write(words.without(inline.end()), f"({inline[1]})")
            self._hang(Node(inline[1], [passage]), following)
        elif number := _INLINE_NUMBER.match(words.text):
            passage = self.sheet.write(words.without(number.end()), f"{number[1]}.")
            self.operative.append(Node(number[1], [passage]))
        else:
            self._plain(words, label)
            if self.operative:
                for items in paragraph.iterchildren(*_LISTS):
                    self._list(items, self.operative[-1])

    def _fill(self, node: Node, holder: _Element, prefix: str) -> None:
        """The words of a paragraph or point, and the points of its lists."""
        for child in holder:
            if child.tag in _LISTS:
                self._list(child, node, prefix)
            elif child.tag in _HEADINGS and child is not holder[-1]:
                self._heading(words_of(child))
            elif child.tag != NUM and (words := words_of(child)).text:
                node.passages.append(self.sheet.write(_without_stop(words), "" if node.passages else prefix))
                self._lists(words.lists, node)

    def _lists(self, lists: Sequence[_Element], node: Node) -> None:
        for items in lists:
            self._list(items, node)

    def _list(self, items: _Element, node: Node, prefix: str = "") -> None:
        """The points of a list; a `sublist` holds the points of the point before it."""
        for child in items:
            last = node.points[-1] if node.points else node
            label = _label(child)
            if child.tag in _LISTS:
                self._list(child, last)
            elif child.tag in _BLOCKS:
                if passage := self._written(words_of(child), "" if node.passages else prefix):
                    (last if child.tag == f"{NS}wrapUp" else node).passages.append(passage)
            elif label and (match := _LABEL.fullmatch(label)):
                point = Node(match[1] or match[2], [])
                node.points.append(point)
                self._fill(point, child, label)
            elif child.find(f"{NS}content") is not None:
                self._fill(last, child, label)
            else:
                self._heading(words_of(child))

    def _heading(self, words: Words, label: str = "") -> None:
        if words.text and (passage := self._written(words if words.text.startswith(label) else words.after(label))):
            self.headings.append(Heading(passage, len(self.operative) + 1))

    def _hang(self, node: Node, following: Sequence[_Element]) -> None:
        if self.operative:
            hang(node, self.operative[-1], next(filter(None, map(_coming, following[:1])), ""))
        else:
            self.operative.append(node)

    def _plain(self, words: Words, label: str = "") -> None:
        """Words without a number: a heading, a paragraph of the preamble or of its own, or more of the one before."""
        text = words.text
        if not any(map(str.isalnum, text)):
            return
        ended = is_ended(text)
        if not ended and len(text) <= _LONGEST_HEADING and text[:1].isupper() and not opens_operative(text):
            self._heading(words, label)
            return
        passage = self.sheet.write(words, label)
        if opens_preamble(text) and text.endswith((",", ":")) and not opens_operative(text):
            self.preamble.append(Node(None, [passage]))
        elif not self.operative or (ended and opens_operative(text)) or all(p.label is None for p in self.operative):
            self.operative.append(Node(None, [passage]))
        else:
            self.operative[-1].last().passages.append(passage)

    def _written(self, words: Words, before: str = "") -> Passage | None:
        return self.sheet.write(words, before) if words.text else None

    def printed_preamble(self) -> tuple[PrintedParagraph, ...]:
        return tuple(_printed(node) for node in self.preamble)

    def printed_operative(self) -> tuple[PrintedParagraph, ...]:
        return tuple(_printed(node) for node in self.operative if node.passages)


def _printed(node: Node) -> PrintedParagraph:
    return PrintedParagraph(joined(node.passages), node.label, tuple(_points(node)))


def _points(node: Node) -> Iterator[PrintedPoint]:
    return (PrintedPoint(p.label or "", joined(p.passages), tuple(_points(p))) for p in node.points if p.passages)


def _label(holder: _Element) -> str:
    num = holder.find(NUM)
    return "" if num is None else plain_text(num)


def _inside(element: _Element) -> Words:
    """The words of an element that is itself a number."""
    words = words_of()
    words.inside(element)
    return words.finish()


def _inside_of(paragraph: _Element) -> Words:
    num = paragraph.find(NUM)
    return words_of() if num is None else _inside(num)


def _label_and_heading(paragraph: _Element) -> tuple[str, _Element | None]:
    """The number or label of a paragraph, and its heading where that is all that it holds."""
    label, heading, holds_more = "", None, False
    for child in paragraph:
        tag = child.tag
        if tag == NUM:
            label = plain_text(child)
        elif tag in _HEADINGS:
            heading = child if heading is None else heading
        else:
            holds_more = holds_more or tag == f"{NS}content"
    return label, None if holds_more else heading


def _is_heading_class(paragraph: _Element) -> bool:
    return _HEADING_CLASS.match(paragraph.get("class") or "") is not None


def _coming(paragraph: _Element) -> str:
    """The label of a paragraph that is a point."""
    label = _label(paragraph) or plain_text(paragraph)[:12]
    match = _LABEL.fullmatch(label) or _INLINE_LABEL.match(label)
    return (match[1] or "") if match else ""


def _without_stop(words: Words) -> Words:
    """The full stop of a number such as `1.1.` is left over before the words."""
    stop = _LOST_STOP.match(words.text)
    return words.without(stop.end()) if stop else words
