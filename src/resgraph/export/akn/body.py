"""Preamble, operative part and annexes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.export.akn.words import add
from resgraph.export.order import iri_key
from resgraph.iris import repeated
from resgraph.vocab import DCTERMS, PROV, RDF, RG

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element
    from pyoxigraph import NamedNode

    from resgraph.export.akn.words import Inline
    from resgraph.properties import Properties

DRAFT = "Draft resolution"
ANNEX = "Annex"
"""What an annex is called that has no title."""

_LONGEST_FORMULA = 150
_LONGEST_TITLE = 250


@dataclass(frozen=True, slots=True)
class Body:
    """The parts of one resolution; `speaker` is the body that speaks, by its name."""

    graph: Properties
    node: NamedNode
    inline: Inline
    speaker: str

    def preamble(self, statement: _Element) -> None:
        preamble = add(statement, "preamble")
        formula = add(add(preamble, "formula", name="enactingFormula", eId="formula_1"), "p")
        add(formula, "span", self._formula().removesuffix(","), class_="italic").tail = ","
        for count, paragraph in enumerate(self._paragraphs(RG.PreambularParagraph), 1):
            name = f"container_{count}"
            verb = next(iter(self.graph.text(paragraph, RG.text).split()), "")
            container = add(preamble, "container", name=verb.strip(",") or "recital", eId=name)
            self.inline.write(paragraph, add(container, "p"))
            self._block_list(paragraph, container, name)

    def main(self, statement: _Element) -> None:
        main = add(statement, "mainBody")
        headings = self._ordered(self.node, RG.hasHeading)
        paragraphs = self._paragraphs(RG.OperativeParagraph)
        twice = repeated(self.graph.text(paragraph, RG.number) for paragraph in paragraphs)
        for count, paragraph in enumerate(paragraphs, 1):
            while headings and self._position(headings[0]) <= count:
                self._heading(headings.pop(0), main)
            number = self.graph.text(paragraph, RG.number)
            name = f"para_at_{count}" if number in twice or not number.isalnum() else f"para_{number}"
            label = f"{number}." if len(paragraphs) > 1 or self._is_numbered(paragraph, number) else ""
            self._provision(paragraph, add(main, "paragraph", eId=name), name, label)
        for heading in headings:
            self._heading(heading, main)

    def annex(self, annex: NamedNode, doc: _Element) -> None:
        """An annex, with `Annex` and its title on lines of their own."""
        self._lines(annex, add(doc, "mainBody"), self._title_lines(annex))

    def draft(self, annex: NamedNode, statement: _Element) -> None:
        """A draft that is recommended to another body; its title is the first of its lines."""
        title = self.graph.text(annex, DCTERMS.title).removeprefix(DRAFT).removeprefix(": ")
        if title:
            add(add(add(statement, "preface"), "p"), "docTitle", title)
        self._lines(annex, add(statement, "mainBody"), without=title)

    def annexes(self, *, drafts: bool) -> list[NamedNode]:
        found = self._ordered(self.node, RG.hasAnnex)
        return [annex for annex in found if self.graph.text(annex, DCTERMS.title).startswith(DRAFT) == drafts]

    def _lines(self, annex: NamedNode, main: _Element, before: Sequence[str] = (), without: str = "") -> None:
        """The text of an annex, a paragraph a line."""
        name = annex.value.rpartition("#")[2]
        lines = [line for line in self.graph.text(annex, RG.text).split("\n") if line]
        if lines and lines[0] == without:
            del lines[0]
        for count, line in enumerate([*before, *lines], 1):
            paragraph = add(main, "paragraph", eId=f"{name}__para_{count}")
            add(add(paragraph, "content", eId=f"{name}__para_{count}__content"), "p", line)

    def _title_lines(self, annex: NamedNode) -> list[str]:
        """None where the first line of the text would be read as the title under `Annex`, and is not."""
        head, _, title = self.graph.text(annex, DCTERMS.title).partition(": ")
        first = self.graph.text(annex, RG.text).lstrip("\n").partition("\n")[0]
        if head == ANNEX and not title and len(first) < _LONGEST_TITLE and not first.endswith((".", ";", ",", ":")):
            return []
        return [line for line in (head, title) if line]

    def _formula(self) -> str:
        """The line above the first paragraph of the source, where it is who speaks; else made of the body's name."""
        source = self.graph.node(self.node, PROV.wasDerivedFrom)
        first = next(iter(self._paragraphs(RG.PreambularParagraph) or self._paragraphs(RG.OperativeParagraph)), None)
        text = self.graph.text(source, RG.text) if source else ""
        above = text[: int(self.graph.text(first, RG.start) or 0)].rstrip() if first else ""
        line = above.rpartition("\n")[2].strip()
        fits = line.startswith("The ") and line.endswith(",") and len(line) < _LONGEST_FORMULA
        return line if fits else f"The {self.speaker},"

    def _is_numbered(self, paragraph: NamedNode, number: str) -> bool:
        """Whether an only paragraph has its number in the source; one with points has it anyhow, to hold their list."""
        if self.graph.nodes(paragraph, RG.hasPoint):
            return True
        source = self.graph.node(self.node, PROV.wasDerivedFrom)
        text = self.graph.text(source, RG.text) if source else ""
        above = text[: int(self.graph.text(paragraph, RG.start) or 0)].rstrip()
        return above.rstrip(".").endswith(number)

    def _heading(self, heading: NamedNode, main: _Element) -> None:
        name = f"heading_{heading.value.rpartition('#h')[2]}"
        add(add(main, "paragraph", eId=name, class_="H1"), "subheading", self.graph.text(heading, RG.text))

    def _provision(self, node: NamedNode, holder: _Element, name: str, label: str) -> None:
        """Number or label, then the words; with points, these are a list and the words its introduction."""
        if label:
            add(holder, "num", label)
        points = self._ordered(node, RG.hasPoint)
        if not points:
            self.inline.write(node, add(add(holder, "content", eId=f"{name}__content"), "p"))
            return
        name = f"{name}__list_1"
        items = add(holder, "list", eId=name)
        self.inline.write(node, add(add(items, "intro", eId=f"{name}__intro"), "p"))
        for point, part in self._named(points, name, "point"):
            self._provision(point, add(items, "point", eId=part), part, self._label(point))

    def _block_list(self, node: NamedNode, holder: _Element, name: str) -> None:
        """The points of a preambular paragraph, which stand among blocks."""
        points = self._ordered(node, RG.hasPoint)
        if not points:
            return
        name = f"{name}__list_1"
        items = add(holder, "blockList", eId=name)
        for point, part in self._named(points, name, "item"):
            item = add(items, "item", eId=part)
            add(item, "num", self._label(point))
            self.inline.write(point, add(item, "p"))
            self._block_list(point, item, part)

    def _named(self, points: list[NamedNode], name: str, kind: str) -> Iterator[tuple[NamedNode, str]]:
        twice = repeated(self.graph.text(point, RG.number) for point in points)
        for count, point in enumerate(points, 1):
            label = self.graph.text(point, RG.number)
            plain = label.isascii() and label.isalnum() and label not in twice
            yield point, f"{name}__{kind}_{label if plain else f'at_{count}'}"

    def _label(self, point: NamedNode) -> str:
        label = self.graph.text(point, RG.number)
        return f"({label})" if label.replace(".", "").isalnum() else label

    def _paragraphs(self, kind: NamedNode) -> list[NamedNode]:
        found = self._ordered(self.node, RG.hasParagraph)
        return [node for node in found if kind in self.graph.nodes(node, RDF.type)]

    def _ordered(self, node: NamedNode, term: NamedNode) -> list[NamedNode]:
        return sorted(self.graph.nodes(node, term), key=lambda other: (self._position(other), iri_key(other.value)))

    def _position(self, node: NamedNode) -> int:
        return int(self.graph.text(node, RG.position) or 0)
