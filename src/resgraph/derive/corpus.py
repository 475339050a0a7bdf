"""The resolutions of a graph as records, made of what the graph says of each node."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from resgraph.derive.facts import Facts, node, nodes, number, text
from resgraph.derive.records import Act, Corpus, Mention, Part, Request, Resolution, Session
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode, Store

    from resgraph.derive.facts import Row
    from resgraph.iris import Iris


def read_corpus(store: Store, iris: Iris) -> Corpus:
    return corpus_of(Facts.of(store, iris))


def corpus_of(facts: Facts) -> Corpus:
    return _Maker(facts).corpus()


@dataclass(frozen=True)
class _Maker:
    facts: Facts

    def corpus(self) -> Corpus:
        row, having = self.facts.row, self.facts.having
        resolutions = map(self._resolution, having("hasParagraph"))
        return Corpus(
            tuple(sorted(resolutions, key=lambda resolution: resolution.age)),
            {found: text(row(found), "prefLabel") for found in having("prefLabel")},
            {found: text(row(found), "symbol") for found in having("symbol")},
            {found: text(row(found), "notation") for found in having("notation")},
            self.facts.of_kind(RG.Office) | self.facts.of_kind(RG.Body),
            {note: tuple(nodes(row(note), "cites")) for note in having("marker")},
            frozenset(having("missing")),
            {found: session for found in having("sessionOf") if (session := self._session(found))},
        )

    def _resolution(self, found: NamedNode) -> Resolution:
        row = self.facts.row(found)
        session = node(row, "adoptedInSession")
        paragraphs = sorted(nodes(row, "hasParagraph"), key=self._order)
        return Resolution(
            found,
            text(row, "symbol"),
            text(row, "title"),
            node(row, "adoptedBy") or found,
            text(row, "adoptedOn"),
            self._session(session) if session else None,
            tuple(part for paragraph in paragraphs for part in self._parts(paragraph, paragraph in self._preambular)),
            frozenset(nodes(row, "cites")),
        )

    def _parts(self, found: NamedNode, preambular: bool) -> Iterator[Part]:
        row = self.facts.row(found)
        acts = [self._act(act) for act in nodes(row, "hasAction")]
        mentions = [self._mention(m) for name in ("hasCitation", "hasReference") for m in nodes(row, name)]
        yield Part(
            found,
            preambular,
            text(row, "text"),
            tuple(sorted(acts, key=lambda act: act.start)),
            tuple(sorted(mentions, key=lambda mention: (mention.start, mention.node.value))),
            tuple(nodes(row, "hasNote")),
            frozenset(nodes(row, "names")),
        )
        for point in sorted(nodes(row, "hasPoint"), key=self._order):
            yield from self._parts(point, preambular)

    def _mention(self, found: NamedNode) -> Mention:
        row = self.facts.row(found)
        return Mention(found, node(row, "target"), text(row, "exact"), number(row, "start"), node(row, "viaFootnote"))

    def _act(self, found: NamedNode) -> Act:
        row = self.facts.row(found)
        verb = node(row, "verb")
        return Act(
            found,
            verb.value.rpartition("/")[2] if verb else "",
            text(row, "verbText"),
            frozenset(adverb if isinstance(adverb, str) else adverb.value for adverb in row.get("adverb", ())),
            text(row, "exact"),
            number(row, "start"),
            number(row, "end"),
            self._request(row) if "asks" in row else None,
        )

    def _request(self, row: Row) -> Request:
        expected, due = node(row, "expects"), node(row, "dueSession")
        return Request(
            frozenset(nodes(row, "addressee")),
            text(row, "asks"),
            expected if expected in self._reports else None,
            text(self.facts.row(expected), "label"),
            node(row, "submitTo"),
            self._session(due) if due else None,
            text(row, "dueDate") or None,
            node(row, "madeIn"),
        )

    def _session(self, found: NamedNode) -> Session | None:
        row = self.facts.row(found)
        body = node(row, "sessionOf")
        return Session(found, body, text(row, "sessionLabel"), number(row, "sessionNumber")) if body else None

    def _order(self, found: NamedNode) -> tuple[bool, int]:
        return found not in self._preambular, number(self.facts.row(found), "position")

    @cached_property
    def _preambular(self) -> frozenset[NamedNode]:
        return self.facts.of_kind(RG.PreambularParagraph)

    @cached_property
    def _reports(self) -> frozenset[NamedNode]:
        return self.facts.of_kind(RG.Report)
