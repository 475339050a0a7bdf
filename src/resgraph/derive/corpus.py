"""What a graph says of its resolutions, as far as derivations need it: read once, predicate by predicate."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions

from resgraph.derive.records import Act, Corpus, Mention, Part, Request, Resolution, Session
from resgraph.vocab import DCTERMS, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from resgraph.iris import Iris


def read_corpus(store: Store, iris: Iris) -> Corpus:
    """Everything outside the derived graph, so that derivations never rest on themselves."""
    with _without_collection():
        return _Reader(store, iris).corpus()


@contextmanager
def _without_collection() -> Iterator[None]:
    """Python's search for cyclic garbage, of which there is none here, doubles the time of building many objects."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True)
class _Reader:
    store: Store
    iris: Iris
    _tables: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = field(default_factory=dict)

    def corpus(self) -> Corpus:
        resolutions = map(self._resolution, self._table(RG.hasParagraph))
        return Corpus(
            tuple(sorted(resolutions, key=lambda resolution: resolution.age)),
            {node: self._text(node, SKOS.prefLabel) for node in self._table(SKOS.prefLabel)},
            {node: self._text(node, RG.symbol) for node in self._table(RG.symbol)},
            {node: self._text(node, SKOS.notation) for node in self._table(SKOS.notation)},
            self._members(RG.Office) | self._members(RG.Body),
            {note: tuple(self._nodes(note, RG.cites)) for note in self._table(RG.marker)},
            frozenset(self._table(RG.missing)),
            {node: session for node in self._table(RG.sessionOf) if (session := self._session(node))},
        )

    def _resolution(self, node: NamedNode) -> Resolution:
        session = self._node(node, RG.adoptedInSession)
        paragraphs = sorted(self._nodes(node, RG.hasParagraph), key=self._order)
        return Resolution(
            node,
            self._text(node, RG.symbol),
            self._text(node, DCTERMS.title),
            self._node(node, RG.adoptedBy) or node,
            self._text(node, RG.adoptedOn),
            self._session(session) if session else None,
            tuple(part for paragraph in paragraphs for part in self._parts(paragraph, paragraph in self._preambular)),
            frozenset(self._nodes(node, RG.cites)),
        )

    def _parts(self, node: NamedNode, preambular: bool) -> Iterator[Part]:
        mentions = [
            self._mention(mention) for p in (RG.hasCitation, RG.hasReference) for mention in self._nodes(node, p)
        ]
        yield Part(
            node,
            preambular,
            self._text(node, RG.text),
            tuple(sorted((self._act(act) for act in self._nodes(node, RG.hasAction)), key=lambda act: act.start)),
            tuple(sorted(mentions, key=lambda mention: (mention.start, mention.node.value))),
            tuple(self._nodes(node, RG.hasNote)),
            frozenset(self._nodes(node, RG.names)),
        )
        for point in sorted(self._nodes(node, RG.hasPoint), key=self._order):
            yield from self._parts(point, preambular)

    def _mention(self, node: NamedNode) -> Mention:
        target, note = self._node(node, RG.target), self._node(node, RG.viaFootnote)
        return Mention(node, target, self._text(node, RG.exact), self._number(node, RG.start), note)

    def _act(self, node: NamedNode) -> Act:
        verb = self._node(node, RG.verb)
        return Act(
            node,
            verb.value.rpartition("/")[2] if verb else "",
            self._text(node, RG.verbText),
            frozenset(value.value for value in self._values(node, RG.adverb)),
            self._text(node, RG.exact),
            self._number(node, RG.start),
            self._number(node, RG.end),
            self._request(node) if self._values(node, RG.asks) else None,
        )

    def _request(self, node: NamedNode) -> Request:
        expected, due = self._node(node, RG.expects), self._node(node, RG.dueSession)
        return Request(
            frozenset(self._nodes(node, RG.addressee)),
            self._text(node, RG.asks),
            expected if expected in self._reports else None,
            self._text(expected, RDFS.label) if expected else "",
            self._node(node, RG.submitTo),
            self._session(due) if due else None,
            self._text(node, RG.dueDate) or None,
            self._node(node, RG.madeIn),
        )

    def _session(self, node: NamedNode) -> Session | None:
        body, number = self._node(node, RG.sessionOf), self._number(node, RG.sessionNumber)
        return Session(node, body, self._text(node, RG.sessionLabel), number) if body else None

    def _order(self, node: NamedNode) -> tuple[bool, int]:
        return node not in self._preambular, self._number(node, RG.position)

    # ------------------------------------------------------------ tables

    def _table(self, predicate: NamedNode) -> dict[NamedNode, list[NamedNode | Literal]]:
        return self._tables.get(predicate) or self._read(predicate)

    def _read(self, predicate: NamedNode) -> dict[NamedNode, list[NamedNode | Literal]]:
        """A query is three times as fast as `quads_for_pattern`."""
        table = self._tables[predicate] = {}
        for subject, value in self._rows(f"?subject {predicate} ?value"):
            table.setdefault(subject, []).append(value)
        return table

    @cached_property
    def _preambular(self) -> frozenset[NamedNode]:
        return self._members(RG.PreambularParagraph)

    @cached_property
    def _reports(self) -> frozenset[NamedNode]:
        return self._members(RG.Report)

    def _members(self, kind: NamedNode) -> frozenset[NamedNode]:
        return frozenset(subject for subject, _ in self._rows(f"?subject a ?value FILTER(?value = {kind})"))

    def _rows(self, pattern: str) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
        """To ask which graph each row is of would take three times as long as to leave out the derived rows."""
        text = f"SELECT ?subject ?value WHERE {{ {pattern} }}"
        derived = set(_pairs(self.store.query(text, default_graph=self.iris.derived_graph)))
        for pair in _pairs(self.store.query(text, use_default_graph_as_union=True)):
            if pair not in derived:
                yield pair

    def _values(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        return self._table(predicate).get(node, [])

    def _nodes(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        values = self._values(node, predicate)
        return sorted((value for value in values if isinstance(value, NamedNode)), key=lambda value: value.value)

    def _node(self, node: NamedNode, predicate: NamedNode) -> NamedNode | None:
        return next(iter(self._nodes(node, predicate)), None)

    def _text(self, node: NamedNode, predicate: NamedNode) -> str:
        values = self._values(node, predicate)
        return min((value.value for value in values if isinstance(value, Literal)), default="")

    def _number(self, node: NamedNode, predicate: NamedNode) -> int:
        text = self._text(node, predicate)
        return int(text) if text.lstrip("-").isdecimal() else 0


def _pairs(answer: object) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    if isinstance(answer, QuerySolutions):
        for subject, value in answer:
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
                yield subject, value
