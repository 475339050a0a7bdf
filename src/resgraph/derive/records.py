"""The values that derivations work on: resolutions and their parts, as a graph has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from resgraph.model.values import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import NamedNode


@value
class Session:
    """A session; `number` is its year for sessions that are named by years."""

    node: NamedNode
    body: NamedNode
    label: str
    number: int

    @property
    def regular(self) -> bool:
        return self.label.isdecimal()


@value
class Mention:
    """A document or instrument named or meant in a part; `note` is the footnote that tells which."""

    node: NamedNode
    target: NamedNode | None
    words: str
    start: int
    note: NamedNode | None


@value
class Request:
    """What an act that asks for something says beyond its being an act."""

    addressees: frozenset[NamedNode]
    asks: str
    report: NamedNode | None
    deliverable: str
    submit_to: NamedNode | None
    due: Session | None
    due_date: str | None
    made_in: NamedNode | None


@value
class Act:
    """One act; `verb` is the slug of its verb, empty where the lexicon lacks it."""

    node: NamedNode
    verb: str
    verb_text: str
    adverbs: frozenset[str]
    words: str
    start: int
    end: int
    request: Request | None

    def holds(self, mention: Mention) -> bool:
        return self.start <= mention.start < self.end


@value
class Part:
    """A paragraph or a point, in the order in which a reader meets it."""

    node: NamedNode
    preambular: bool
    text: str
    acts: tuple[Act, ...]
    mentions: tuple[Mention, ...]
    notes: tuple[NamedNode, ...]
    names: frozenset[NamedNode]


@value
class Resolution:
    """A resolution that was read; `adopted` is an ISO date, empty where none is known."""

    node: NamedNode
    symbol: str
    title: str
    body: NamedNode
    adopted: str
    session: Session | None
    parts: Sequence[Part]
    cites: frozenset[NamedNode]

    @property
    def age(self) -> tuple[str, list[tuple[int, str]]]:
        """Sorts by date, and by the numbers in the symbol."""
        pieces = self.symbol.replace("(", "/").replace(")", "/").split("/")
        return self.adopted, [(int(piece) if piece.isdecimal() else 0, piece) for piece in pieces]


@dataclass(frozen=True)
class Corpus:
    """All resolutions that were read, by age, with the names of what they speak of.

    `notes` says which documents and instruments a footnote cites; those in `lost_notes` have left only their mark.
    """

    resolutions: tuple[Resolution, ...]
    labels: Mapping[NamedNode, str]
    symbols: Mapping[NamedNode, str]
    notations: Mapping[NamedNode, str]
    offices: frozenset[NamedNode]
    notes: Mapping[NamedNode, tuple[NamedNode, ...]]
    lost_notes: frozenset[NamedNode]
    sessions: Mapping[NamedNode, Session]

    @cached_property
    def by_node(self) -> Mapping[NamedNode, Resolution]:
        return {resolution.node: resolution for resolution in self.resolutions}

    @cached_property
    def reach(self) -> Mapping[NamedNode, int]:
        """The last regular session of each body from which a resolution was read."""
        reach: dict[NamedNode, int] = {}
        for resolution in self.resolutions:
            if resolution.session and resolution.session.regular:
                reach[resolution.body] = max(reach.get(resolution.body, 0), resolution.session.number)
        return reach

    @cached_property
    def last_day(self) -> Mapping[NamedNode, str]:
        """The last date on which each body adopted a resolution that was read."""
        last: dict[NamedNode, str] = {}
        for resolution in self.resolutions:
            last[resolution.body] = max(last.get(resolution.body, ""), resolution.adopted)
        return last
