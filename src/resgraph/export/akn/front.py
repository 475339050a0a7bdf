"""Cover page, preface and conclusions: what is printed above and below the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from resgraph.export.akn.words import add
from resgraph.numerals import MONTHS, in_ordinals
from resgraph.vocab import DCTERMS, RG, SKOS

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pyoxigraph import NamedNode

    from resgraph.properties import Properties

_KINDS = {"S": "special", "ES": "emergency special"}


@dataclass(frozen=True, slots=True)
class Front:
    """The masthead of one resolution; `body` is the name of who adopted it, `number` the symbol without the series."""

    graph: Properties
    node: NamedNode
    body: str
    number: str

    def cover(self, statement: _Element) -> None:
        cover = add(statement, "coverPage", eId="coverPage")
        add(add(cover, "p"), "docAuthority", "United Nations", refersTo="#publisher")
        add(add(cover, "p"), "docNumber", self._text(RG.symbol), refersTo="#symbol")
        add(add(cover, "p"), "docAuthority", self.body, refersTo="#issuingBody")
        if published := self._text(RG.publishedOn):
            add(add(cover, "p"), "docDate", _printed(published), date=published, refersTo="#dateOfIssuance")
        self._session(cover)
        for item in self.graph.nodes(self.node, RG.agendaItem):
            number, title = self.graph.text(item, RG.itemNumber), self.graph.text(item, DCTERMS.title)
            add(add(cover, "p"), "inline", f"Agenda item {number}", name="agenda item")
            if title:
                add(add(cover, "p"), "inline", title, name="agenda item name")
        adopted = self._text(RG.adoptedOn)
        when = f" on {_printed(adopted)}" if adopted else ""
        add(add(cover, "p"), "docTitle", f"Resolution adopted by the {self.body}{when}")
        self._origin(cover)

    def preface(self, statement: _Element) -> _Element:
        """Number and title; returns the element of the title, where notes may hang."""
        line = add(add(statement, "preface"), "p")
        add(line, "docNumber", f"{self.number}.")
        return add(line, "docTitle", self._text(DCTERMS.title), refersTo="#resolutionTitle")

    def conclusions(self, statement: _Element) -> None:
        meeting = self.graph.node(self.node, RG.adoptedAtMeeting)
        number = int(self.graph.text(meeting, RG.meetingNumber)) if meeting else 0
        adopted = self._text(RG.adoptedOn)
        if not number and not adopted:
            return
        line = add(add(statement, "conclusions", eId="conclusions"), "p")
        if number:
            kind = "plenary meeting" if self.body == "General Assembly" else "meeting"
            add(line, "inline", f"{_figure(number)} {kind}", name="adoptionMeeting", title=_figure(number))
            add(line, "eol")
        if adopted:
            add(line, "docDate", _printed(adopted), date=adopted, refersTo="#adoptionDate")

    def _session(self, cover: _Element) -> None:
        session = self.graph.node(self.node, RG.adoptedInSession)
        if session is None:
            return
        kind, _, number = self.graph.text(session, RG.sessionLabel).rpartition("-")
        named = number if len(number) == len("2021") else in_ordinals(int(number)).capitalize()
        words = " ".join(filter(None, (named, _KINDS.get(kind, ""), "session")))
        add(add(cover, "p"), "session", words, refersTo="#session", value=number, eId="coverPage__session_1")

    def _origin(self, cover: _Element) -> None:
        """On whose report or without reference to a committee, as printed in brackets."""
        reports = [self.graph.text(report, RG.symbol) for report in self._reports()]
        paragraph = self._text(RG.reportParagraph)
        committee = self.graph.node(self.node, RG.recommendedBy)
        if not reports and not committee:
            return
        name = self.graph.text(committee, SKOS.prefLabel) if committee else ""
        by = f"on the report of the {name}" if name else "without reference to a Main Committee"
        line = add(add(cover, "p"), "docProponent", f"[{by}", refersTo="#proponent")
        if reports:
            plural = "paras" if not paragraph.isdigit() else "para"
            where = f", {plural}. {paragraph}" if paragraph else ""
            line.text = f"{line.text} ("
            add(line, "inline", f"{' and '.join(reports)}{where}", name="originating document").tail = ")]"
        else:
            line.text = f"{line.text}]"

    def _reports(self) -> list[NamedNode]:
        """The reports, each followed by its addenda."""
        found = []
        for report in self.graph.nodes(self.node, RG.onReport):
            parts = self.graph.nodes(report, DCTERMS.hasPart)
            found += [report, *(part for part in parts if part.value.startswith(f"{report.value}/"))]
        return found

    def _text(self, term: NamedNode) -> str:
        return self.graph.text(self.node, term)


def _printed(day: str) -> str:
    """`2002-12-18` -> `18 December 2002`."""
    value = date.fromisoformat(day)
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _figure(number: int) -> str:
    """`77th`, `101st`."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 % 10 != 1 else "th"
    return f"{number}{ending}"
