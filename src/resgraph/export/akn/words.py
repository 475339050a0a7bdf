"""The words of a part with their inline markup: acts in italics, links on citations, notes at their marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from resgraph.export.akn.align import align
from resgraph.export.order import iri_key
from resgraph.vocab import RDFS, RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element
    from pyoxigraph import NamedNode

    from resgraph.export.akn.align import Alignment
    from resgraph.properties import Properties

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

Span = tuple[int, int, str, dict[str, str]]


def add(parent: _Element, tag: str, text: str = "", /, **attributes: str) -> _Element:
    """A new last child; an attribute called `as_` or the like is meant without the stroke."""
    names = {name.removesuffix("_"): value for name, value in attributes.items()}
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", names)
    child.text = text or None
    return child


@dataclass(slots=True)
class Inline:
    """Writes the words of the parts of one resolution; `placed` counts the marks of each note so far."""

    graph: Properties
    every_act: bool
    placed: dict[NamedNode, int] = field(default_factory=dict)

    def write(self, node: NamedNode, parent: _Element) -> None:
        """The words of a paragraph, point or footnote into a `p`."""
        text = self.graph.text(node, RG.text)
        alignment = align(text, self.graph.text(node, RG.exact) or text)
        begin = int(self.graph.text(node, RG.start) or 0)
        spans = _apart([*self._links(node, begin, alignment, text), *self._acts(node, begin, alignment, text)])
        self._fill(parent, text, spans, self._notes(node, alignment, len(text)))

    def note(self, node: NamedNode, parent: _Element) -> None:
        """A footnote as its mark comes; its words stand at the first of several marks."""
        count = self.placed[node] = self.placed.get(node, 0) + 1
        number = list(self.placed).index(node) + 1
        name = f"authorialNote_{number}" if count == 1 else f"authorialNote_{number}_{count}"
        words = add(add(parent, "authorialNote", marker=self._marker(node), placement="bottom", eId=name), "p")
        if count == 1:
            self.write(node, words)

    def _links(self, node: NamedNode, begin: int, alignment: Alignment, text: str) -> Iterator[Span]:
        """Symbols and numbers of documents, linked to the address of the United Nations; `Ibid.` is none, nor are words
        that stand for several documents.
        """
        addresses: dict[tuple[int, int], list[str]] = {}
        for citation in self.graph.nodes(node, RG.hasCitation):
            target = self.graph.node(citation, RG.target)
            address = self.graph.node(target, RDFS.seeAlso) if target else None
            if address is not None:
                for place in self._span(citation, begin, alignment):
                    addresses.setdefault(place, []).append(address.value)
        for (start, end), found in addresses.items():
            if len(found) == 1 and any(map(str.isdigit, text[start:end])):
                yield start, end, "a", {"href": found[0]}

    def _acts(self, node: NamedNode, begin: int, alignment: Alignment, text: str) -> Iterator[Span]:
        """The verb that opens the part; all verbs where the body sets them in italics."""
        for act in self.graph.nodes(node, RG.hasAction):
            verb = self.graph.text(act, RG.verbText)
            for start, _ in self._span(act, begin, alignment):
                if text.startswith(verb, start) and (start == 0 or self.every_act):
                    yield start, start + len(verb), "span", {"class": "italic"}

    def _span(self, node: NamedNode, begin: int, alignment: Alignment) -> list[tuple[int, int]]:
        start = alignment.start(int(self.graph.text(node, RG.start)) - begin)
        end = alignment.end(int(self.graph.text(node, RG.end)) - begin)
        return [(start, end)] if start is not None and start < end else []

    def _notes(self, node: NamedNode, alignment: Alignment, length: int) -> list[tuple[int, NamedNode]]:
        """The notes of a part where their marks are found, else at its end."""
        notes = sorted(self.graph.nodes(node, RG.hasNote), key=lambda note: iri_key(note.value))
        places = alignment.marks(self._marker(note) for note in notes)
        found = [(length if place is None else place, note) for place, note in zip(places, notes, strict=True)]
        return sorted(found, key=lambda item: item[0])

    def _marker(self, note: NamedNode) -> str:
        """The printed mark; a note that shares it with another one is called `1-2`."""
        return self.graph.text(note, RG.marker).partition("-")[0]

    def _fill(self, parent: _Element, text: str, spans: list[Span], notes: list[tuple[int, NamedNode]]) -> None:
        at = 0
        for start, end, tag, attributes in [*spans, (len(text), len(text), "", {})]:
            at = self._until(parent, text, at, start, notes)
            if tag:
                add(parent, tag, text[start:end], **{f"{name}_": value for name, value in attributes.items()})
                at = end
        for _, note in notes:
            self.note(note, parent)

    def _until(self, parent: _Element, text: str, at: int, end: int, notes: list[tuple[int, NamedNode]]) -> int:
        """The words up to `end`, with the notes that are due before it."""
        while notes and notes[0][0] <= end:
            place, note = notes.pop(0)
            place = max(place, at)
            _append(parent, text[at:place])
            self.note(note, parent)
            at = place
        _append(parent, text[at:end])
        return end


def _append(parent: _Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, without those that begin within another."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span[:2]):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
