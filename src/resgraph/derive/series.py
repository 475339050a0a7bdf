"""Series: resolutions of one body on one matter, year after year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from resgraph.derive.sessions import between
from resgraph.derive.statements import Statement
from resgraph.derive.wording import plain, title_key
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import NamedNode

    from resgraph.derive.records import Corpus, Resolution, Session
    from resgraph.iris import Iris


_KEPT = 75
_RETITLED = 0.3
_SAME_MATTER = 0.6
_TITLE = 60


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A resolution, the one before it in its series, and the rule that says so."""

    after: Resolution
    before: Resolution
    rule: str


def neighbours(corpus: Corpus) -> tuple[Neighbours, ...]:
    """Each resolution that has one before it in its series, by age."""
    titled = list(_of_one_title(corpus.resolutions))
    followed = {(pair.before.node, pair.after.session) for pair in titled}
    done = {pair.after.node for pair in titled}
    renamed = _renamed((r for r in corpus.resolutions if r.node not in done), corpus, followed)
    return tuple(sorted([*titled, *renamed], key=lambda pair: pair.after.age))


def _of_one_title(resolutions: Iterable[Resolution]) -> Iterator[Neighbours]:
    blocks: dict[tuple[NamedNode, str], list[Resolution]] = defaultdict(list)
    for resolution in resolutions:
        if key := title_key(resolution.title):
            blocks[resolution.body, key].append(resolution)
    for block in blocks.values():
        taken: set[NamedNode] = set()
        for at, after in enumerate(block):
            before = _nearest(after, [r for r in block[:at] if r.node not in taken and _earlier(r, after)])
            if before is not None:
                taken.add(before.node)
                yield Neighbours(after, before, "same-title")


def _earlier(one: Resolution, other: Resolution) -> bool:
    """Of an earlier session, or where sessions are not known of an earlier day."""
    if one.session and other.session and one.session.regular and other.session.regular:
        return one.session.number < other.session.number and one.adopted < other.adopted
    return "" < one.adopted < other.adopted


def _nearest(after: Resolution, candidates: list[Resolution]) -> Resolution | None:
    """The latest; where one session adopted several under one title, the one that is recalled or most alike."""
    if not candidates:
        return None
    last = candidates[-1].session
    latest = [r for r in candidates if r.session == last] if last else candidates[-1:]
    if len(latest) == 1:
        return latest[0]
    return max(latest, key=lambda before: (kept(after, before), before.node in after.cites))


def _renamed(
    resolutions: Iterable[Resolution], corpus: Corpus, followed: set[tuple[NamedNode, Session | None]]
) -> Iterator[Neighbours]:
    """A resolution recalls one with another title and keeps much of its text."""
    for after in resolutions:
        recalled = (corpus.by_node[node] for node in after.cites if node in corpus.by_node)
        scored = [
            (share, before.age, before)
            for before in recalled
            if before.body == after.body and _earlier(before, after) and (before.node, after.session) not in followed
            if (share := kept(after, before, least := _threshold(after, before))) >= least
        ]
        if scored:
            yield Neighbours(after, max(scored, key=lambda entry: entry[:2])[2], "recalled-and-renamed")


def _threshold(after: Resolution, before: Resolution) -> float:
    alike = fuzz.token_set_ratio(plain(after.title), plain(before.title)) >= _TITLE
    return _RETITLED if alike else _SAME_MATTER


def kept(after: Resolution, before: Resolution, least: float = 0) -> float:
    """The share of the paragraphs of the shorter that the other has nearly word for word; 0 if it is below `least`."""
    shorter, longer = sorted(([plain(part.text) for part in r.parts] for r in (after, before)), key=len)
    same, most = set(longer), max(1, len(shorter))
    alike = len(shorter)
    for text in shorter:
        if text not in same and process.extractOne(text, longer, scorer=fuzz.ratio, score_cutoff=_KEPT) is None:
            alike -= 1
            if alike / most < least:
                return 0
    return alike / most


def series_statements(corpus: Corpus, found: Iterable[Neighbours], iris: Iris) -> Iterator[Statement]:
    """`rg:previousInSeries` for all neighbours."""
    return (series_statement(pair, corpus, iris) for pair in found)


def series_statement(pair: Neighbours, corpus: Corpus, iris: Iris) -> Statement:
    """With the paragraphs that recall the one before and the sessions between the two."""
    after, before = pair.after, pair.before
    recalling = (part.node for part in after.parts if any(m.target == before.node for m in part.mentions))
    return Statement(
        subject=after.node,
        predicate=RG.previousInSeries,
        object=before.node,
        rule=pair.rule,
        evidence=(after.node, before.node, *recalling),
        as_of=after.adopted,
        similarity=round(kept(after, before), 3),
        missing=between(before.session, after.session, corpus, iris),
    )


def chains(found: Iterable[Neighbours]) -> Mapping[NamedNode, NamedNode]:
    """Each resolution of a series with the first of it."""
    first: dict[NamedNode, NamedNode] = {}
    for pair in found:
        first[pair.after.node] = first.setdefault(pair.before.node, pair.before.node)
    return first
