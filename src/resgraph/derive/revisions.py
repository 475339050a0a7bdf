"""Revisions: which paragraph of a resolution takes up which of the one before it in the series, and what changed."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from resgraph.derive.statements import Statement
from resgraph.derive.wording import changed_figures, plain
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from resgraph.derive.records import Part, Resolution

    Match = tuple[int, int, float]

_ALIKE = 0.5
_FIRST_LETTER = 0x20000
_CANDIDATES = 3
_LONG_ENOUGH = 20


def revisions(after: Resolution, before: Resolution, matches: Sequence[Match]) -> Iterator[Statement]:
    """`rg:revises` between the parts that match, `rg:adds` and `rg:drops` for those that do not."""
    steady = in_order([old for _, old, _ in matches])
    for new, old, score in matches:
        yield _revision(after, after.parts[new], before.parts[old], score, old in steady)
    for kind, other, parts, at in ((RG.adds, before, after.parts, 0), (RG.drops, after, before.parts, 1)):
        kept = {match[at] for match in matches}
        for part in (part for place, part in enumerate(parts) if place not in kept):
            yield Statement(
                subject=after.node,
                predicate=kind,
                object=part.node,
                rule="new-words" if kind == RG.adds else "words-not-taken-up",
                evidence=(part.node, other.node),
                as_of=after.adopted,
            )


def matched(after: Resolution, before: Resolution) -> list[Match]:
    """Places in the one and in the other resolution, with the likeness of the parts that stand there."""
    letters = Letters()
    return aligned([letters.of(part.text) for part in after.parts], [letters.of(part.text) for part in before.parts])


class Letters:
    """Writes each word as one letter of its own, so that texts are compared by words, in an eighth of the time."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = defaultdict(lambda: chr(_FIRST_LETTER + len(self._letters)))

    def of(self, text: str) -> str:
        return "".join(map(self._letters.__getitem__, plain(text).split()))


def _revision(resolution: Resolution, part: Part, earlier: Part, score: float, steady: bool) -> Statement:
    changes = ["same" if plain(part.text) == plain(earlier.text) else "reworded"]
    if not steady or part.preambular != earlier.preambular:
        changes.append("moved")
    return Statement(
        subject=part.node,
        predicate=RG.revises,
        object=earlier.node,
        rule="like-words" if score >= _ALIKE else "like-opening",
        evidence=(part.node, earlier.node),
        as_of=resolution.adopted,
        similarity=score,
        changes=tuple(changes),
        figures=changed_figures(earlier.text, part.text),
    )


def aligned(new: Sequence[str], old: Sequence[str]) -> list[Match]:
    """Pairs of places with their likeness, each place once.

    Equal texts come first, in order, then the most alike, then those that begin alike: paragraphs are cut short too.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(old):
        places[text].append(at)
    matches = [(at, places[text].pop(0), 1.0) for at, text in enumerate(new) if text and places[text]]
    for scored in (_alike, _alike_at_first):
        left = {at: text for at, text in enumerate(new) if text and at not in {match[0] for match in matches}}
        rest = {at: text for at, text in enumerate(old) if text and at not in {match[1] for match in matches}}
        matches += _one_to_one(scored(left, rest))
    return sorted((at, other, round(fuzz.ratio(new[at], old[other]) / 100, 3)) for at, other, _ in matches)


def _alike(new: Mapping[int, str], old: Mapping[int, str]) -> Iterator[Match]:
    for at, text in new.items():
        found = process.extract(text, old, scorer=fuzz.ratio, score_cutoff=_ALIKE * 100, limit=_CANDIDATES)
        yield from ((at, other, score) for _, score, other in found)


def _alike_at_first(new: Mapping[int, str], old: Mapping[int, str]) -> Iterator[Match]:
    for at, text in new.items():
        for other, before in old.items():
            if min(len(text), len(before)) >= _LONG_ENOUGH:
                score = fuzz.ratio(text[: len(before)], before[: len(text)], score_cutoff=_ALIKE * 100)
                yield from [(at, other, score)] if score else []


def _one_to_one(scored: Iterable[Match]) -> Iterator[Match]:
    taken_new: set[int] = set()
    taken_old: set[int] = set()
    for at, other, score in sorted(scored, key=lambda match: (-match[2], abs(match[0] - match[1]), match)):
        if at not in taken_new and other not in taken_old:
            taken_new.add(at)
            taken_old.add(other)
            yield at, other, score


def in_order(places: Sequence[int]) -> set[int]:
    """The longest run of them that rises; the others have moved. Each place stands there once."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        before[place] = tails[at - 1] if at else None
        tails[at : at + 1] = [place]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept
