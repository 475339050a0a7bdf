"""Restatements: what a resolution asks again of the same addressee, and whether more or less strongly."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from resgraph.derive.statements import Statement
from resgraph.derive.wording import likeness, matter
from resgraph.strength import Wording, direction
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pyoxigraph import NamedNode

    from resgraph.derive.records import Act, Part, Resolution

_CHANGES = {"harder": ("hardened",), "softer": ("softened",), None: ("same",)}
_ALIKE = 0.7
_ALIKE_IN_REVISION = 0.5


def restatements(after: Resolution, before: Resolution, revised: Collection[tuple[Part, Part]]) -> Iterator[Statement]:
    """Each request restates one at most, the most alike; less likeness will do where the one part revises the other."""
    in_revised = {(act.node, other.node) for new, old in revised for act in new.acts for other in old.acts}
    earlier: dict[NamedNode, list[Act]] = defaultdict(list)
    for act in _requests(before):
        for addressee in _addressees(act):
            earlier[addressee].append(act)
    pairs: dict[tuple[NamedNode, NamedNode], tuple[float, Act, Act]] = {}
    for act in _requests(after):
        for other in (other for addressee in _addressees(act) for other in earlier[addressee]):
            at_least = _ALIKE_IN_REVISION if (act.node, other.node) in in_revised else _ALIKE
            if score := likeness(_matter(act), _matter(other), at_least):
                pairs[act.node, other.node] = score, act, other
    taken: set[NamedNode] = set()
    for score, act, other in sorted(pairs.values(), key=lambda pair: (-pair[0], pair[1].start, pair[2].start)):
        if not taken & {act.node, other.node}:
            taken |= {act.node, other.node}
            yield _restatement(after, act, other, score)


def _restatement(resolution: Resolution, act: Act, other: Act, score: float) -> Statement:
    return Statement(
        subject=act.node,
        predicate=RG.restates,
        object=other.node,
        rule="asked-again-of-the-same",
        evidence=(act.node, other.node),
        as_of=resolution.adopted,
        similarity=score,
        changes=_CHANGES.get(direction(_wording(other), _wording(act)), ()),
    )


def _addressees(act: Act) -> list[NamedNode]:
    return sorted(act.request.addressees, key=lambda agent: agent.value) if act.request else []


def _requests(resolution: Resolution) -> Iterator[Act]:
    for part in resolution.parts:
        yield from (act for act in part.acts if act.request and act.request.made_in is None)


def _matter(act: Act) -> str:
    return matter(act.request.asks) if act.request else ""


def _wording(act: Act) -> Wording:
    return Wording(act.verb or None, act.verb_text, " ".join(act.words.split()))
