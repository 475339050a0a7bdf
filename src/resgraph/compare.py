"""Two resolutions side by side: which paragraphs are the same, reworded, moved, new or dropped, and what hardened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import Indel

from resgraph.derive.revisions import in_order
from resgraph.errors import QueryError
from resgraph.queries import run
from resgraph.strength import Direction, Wording, direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Store

Kind = Literal["same", "reworded", "new", "dropped"]

ALIKE = 0.42
"""Below this share of common words two paragraphs are not taken for one."""

_FOUND_AGAIN = 0.1
"""What a paragraph loses of its likeness where it went over from the preamble to the operative part, or back."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or point of one of the two; `place` is its fragment, such as `op4.a`."""

    place: str
    text: str
    acts: tuple[Wording, ...] = ()
    keys: tuple[str, ...] = field(default=(), repr=False)

    @property
    def preambular(self) -> bool:
        return self.place.startswith("pp")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that both have, each in its own spelling, or only one."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shift:
    """An act whose wording changed."""

    before: Wording
    after: Wording
    direction: Direction


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of the comparison; `before` or `after` is None for what is new or dropped."""

    kind: Kind
    before: Unit | None
    after: Unit | None
    similarity: float = 0.0
    moved: bool = False
    stretches: tuple[Stretch, ...] = ()
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the column of a resolution."""

    symbol: str
    title: str
    adopted_by: str
    date: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two resolutions, paragraph by paragraph, in the order of the second; what it dropped stands where it stood."""

    before: Heading
    after: Heading
    pairs: tuple[Pair, ...]

    def count(self, kind: Kind) -> int:
        return sum(pair.kind == kind for pair in self.pairs)

    @property
    def moved(self) -> int:
        return sum(pair.moved for pair in self.pairs)

    @property
    def shifts(self) -> tuple[tuple[Pair, Shift], ...]:
        """The acts that became harder or softer."""
        return tuple((p, shift) for p in self.pairs for shift in p.shifts if shift.direction != "other")


def compare(store: Store, before: str, after: str) -> Comparison:
    """Compares two resolutions of a graph, by their symbols. Raises QueryError where the graph has not the text."""
    left, right = units_of(store, before), units_of(store, after)
    return Comparison(_heading(store, before), _heading(store, after), tuple(align(left, right)))


def units_of(store: Store, symbol: str) -> tuple[Unit, ...]:
    """The paragraphs and points of a resolution in printed order."""
    acts: dict[str, list[Wording]] = {}
    for row in run(store, "acts", resolution=symbol):
        verb = str(row["verb"]) if row["verb"] else None
        acts.setdefault(str(row["place"]), []).append(_wording(verb, str(row["printed"]), str(row["words"])))
    units = tuple(
        unit(str(row["place"]), str(row["text"]), tuple(acts.get(str(row["place"]), ())))
        for row in run(store, "paragraphs", resolution=symbol)
    )
    if not units:
        todo = "see what the graph holds with: resgraph query resolutions"
        raise QueryError(symbol[:60], "the graph has no text of this resolution", todo)
    return units


def _wording(verb: str | None, printed: str, clause: str) -> Wording:
    return Wording(verb, " ".join(printed.split()), " ".join(clause.split()))


def unit(place: str, text: str, acts: tuple[Wording, ...] = ()) -> Unit:
    """A unit with its words as they are compared."""
    return Unit(place, text, acts, tuple(_key(word) for word in text.split()))


def align(left: Sequence[Unit], right: Sequence[Unit]) -> Iterator[Pair]:
    """Every unit of both, each once: likest first, then in order."""
    matches = _matches(left, right)
    steady = in_order([matches[old][0] for old in sorted(matches)])
    dropped = iter([(at, old) for at, old in enumerate(left) if at not in matches])
    pending = next(dropped, None)
    by_right = {new: (old, score) for old, (new, score) in matches.items()}
    for at, new in enumerate(right):
        if at not in by_right:
            yield Pair("new", None, new)
            continue
        old, score = by_right[at]
        while at in steady and pending is not None and pending[0] < old:
            yield Pair("dropped", pending[1], None)
            pending = next(dropped, None)
        moved = at not in steady or left[old].preambular != new.preambular
        yield _pair(left[old], new, score, moved=moved)
    if pending is not None:
        yield Pair("dropped", pending[1], None)
    yield from (Pair("dropped", old, None) for _, old in dropped)


def stretches(before: str, after: str) -> tuple[Stretch, ...]:
    """The words of two texts in order, told apart by who has them; punctuation and capitals alone change nothing."""
    old, new = before.split(), after.split()
    steps = Indel.opcodes([_key(word) for word in old], [_key(word) for word in new])
    return tuple(
        Stretch(" ".join(old[step.src_start : step.src_end]), " ".join(new[step.dest_start : step.dest_end]))
        for step in steps
    )


def _pair(old: Unit, new: Unit, score: float, *, moved: bool) -> Pair:
    if old.keys == new.keys:
        return Pair("same", old, new, 1.0, moved, (Stretch(old.text, new.text),))
    return Pair("reworded", old, new, score, moved, stretches(old.text, new.text), tuple(_shifts(old.acts, new.acts)))


def _matches(left: Sequence[Unit], right: Sequence[Unit]) -> dict[int, tuple[int, float]]:
    """For each unit of the left that has one, its counterpart in the right and their likeness."""
    found: list[tuple[float, int, int]] = []
    for old, one in enumerate(left):
        for new, other in enumerate(right):
            malus = 0.0 if one.preambular == other.preambular else _FOUND_AGAIN
            score = Indel.normalized_similarity(one.keys, other.keys, score_cutoff=ALIKE + malus)
            if score:
                found.append((score - malus, old, new))
    matches: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, old, new in sorted(found, key=lambda item: (-item[0], abs(item[1] - item[2]), item[1], item[2])):
        if old not in matches and new not in taken:
            matches[old] = (new, score)
            taken.add(new)
    return matches


def _shifts(before: Sequence[Wording], after: Iterable[Wording]) -> Iterator[Shift]:
    """Each act of the second with the likest act of the first that is left, where the wording differs in strength."""
    left = list(before)
    for act in after:
        words = _words(act.clause)
        scored = [(Indel.normalized_similarity(_words(old.clause), words), -at) for at, old in enumerate(left)]
        score, at = max(scored, default=(0.0, 0))
        if score < ALIKE / 2:
            continue
        old = left.pop(-at)
        if change := direction(old, act):
            yield Shift(old, act, change)


def _heading(store: Store, symbol: str) -> Heading:
    values = {str(row["property"]): str(row["value"]) for row in run(store, "resolution", resolution=symbol)}
    symbol, title, body, day = (values.get(name, "") for name in ("symbol", "title", "adopted by", "adopted on"))
    return Heading(symbol, title, body, day)


def _words(text: str) -> list[str]:
    return [_key(word) for word in text.split()]


def _key(word: str) -> str:
    return word.strip(".,;:*_“”\"'’‘").lower()
