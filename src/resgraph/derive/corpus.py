"""The resolutions of a graph as records, made of what the graph says of each node."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from resgraph.derive.facts import Facts, node, nodes, number, text
from resgraph.derive.records import Act, Corpus, Mention, Part, Request, Resolution, Session
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pyoxigraph import NamedNode, Store

    from resgraph.derive.facts import Row
    from resgraph.iris import Iris

    Keep = Callable[[Iterable[Part]], Sequence[Part]]


def read_corpus(store: Store, iris: Iris) -> Corpus:
    return corpus_of(Facts.of(store, iris))


def corpus_of(facts: Facts) -> Corpus:
    gathered = Gathering()
    gathered.add(facts)
    return gathered.corpus()


class Gathering:
    """A corpus that is put together of the facts of one document after the other; `shared` are those of all.

    `keep` may put the parts of a resolution away and give a sequence that fetches them.
    """

    def __init__(self, shared: Facts | None = None, keep: Keep = tuple) -> None:
        self._shared = shared or Facts()
        self._keep = keep
        self._resolutions: list[Resolution] = []
        self._texts: dict[str, dict[NamedNode, str]] = {name: {} for name in ("prefLabel", "symbol", "notation")}
        self._offices: set[NamedNode] = set()
        self._notes: dict[NamedNode, tuple[NamedNode, ...]] = {}
        self._lost_notes: set[NamedNode] = set()
        self._sessions: dict[NamedNode, Session] = {}
        self.add(self._shared)

    def add(self, facts: Facts) -> None:
        """Takes what it needs of them."""
        maker = _Maker(facts, self._shared)
        for found, row in facts.rows.items():
            for name, texts in self._texts.items():
                if name in row:
                    texts[found] = text(row, name)
            if "marker" in row:
                self._notes[found] = tuple(nodes(row, "cites"))
            if "missing" in row:
                self._lost_notes.add(found)
            if "sessionOf" in row and (session := maker.session(found)):
                self._sessions[found] = session
            if "hasParagraph" in row:
                self._resolutions.append(maker.resolution(found, self._keep))
        self._offices |= facts.of_kind(RG.Office) | facts.of_kind(RG.Body)

    def corpus(self) -> Corpus:
        return Corpus(
            tuple(sorted(self._resolutions, key=lambda resolution: resolution.age)),
            self._texts["prefLabel"],
            self._texts["symbol"],
            self._texts["notation"],
            frozenset(self._offices),
            self._notes,
            frozenset(self._lost_notes),
            self._sessions,
        )


@dataclass(frozen=True)
class _Maker:
    """Makes records of some facts; what these do not know of a node may be known of all documents."""

    facts: Facts
    shared: Facts

    def _row(self, found: NamedNode | None) -> Row:
        return self.facts.row(found) or self.shared.row(found)

    def resolution(self, found: NamedNode, keep: Keep) -> Resolution:
        row = self._row(found)
        session = node(row, "adoptedInSession")
        paragraphs = sorted(nodes(row, "hasParagraph"), key=self._order)
        return Resolution(
            found,
            text(row, "symbol"),
            text(row, "title"),
            node(row, "adoptedBy") or found,
            text(row, "adoptedOn"),
            self.session(session) if session else None,
            keep(part for paragraph in paragraphs for part in self._parts(paragraph, paragraph in self._preambular)),
            frozenset(nodes(row, "cites")),
        )

    def _parts(self, found: NamedNode, preambular: bool) -> Iterator[Part]:
        row = self._row(found)
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
        row = self._row(found)
        return Mention(found, node(row, "target"), text(row, "exact"), number(row, "start"), node(row, "viaFootnote"))

    def _act(self, found: NamedNode) -> Act:
        row = self._row(found)
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
            text(self._row(expected), "label"),
            node(row, "submitTo"),
            self.session(due) if due else None,
            text(row, "dueDate") or None,
            node(row, "madeIn"),
        )

    def session(self, found: NamedNode) -> Session | None:
        row = self._row(found)
        body = node(row, "sessionOf")
        return Session(found, body, text(row, "sessionLabel"), number(row, "sessionNumber")) if body else None

    def _order(self, found: NamedNode) -> tuple[bool, int]:
        return found not in self._preambular, number(self._row(found), "position")

    @cached_property
    def _preambular(self) -> frozenset[NamedNode]:
        return self.facts.of_kind(RG.PreambularParagraph)

    @cached_property
    def _reports(self) -> frozenset[NamedNode]:
        return self.facts.of_kind(RG.Report)
