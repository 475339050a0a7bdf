"""What was derived about resolutions and their parts, found by either end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from resgraph.vocab import PROV, RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from resgraph.iris import Iris

Links = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Derived:
    """IRIs by IRI. `noted` is where the answer of a request, given as a pair of both, is taken up."""

    earlier: Links = field(default_factory=dict)
    later: Links = field(default_factory=dict)
    answers: Links = field(default_factory=dict)
    status: Links = field(default_factory=dict)
    noted: dict[tuple[str, str], str] = field(default_factory=dict)


def derived_of(store: Store, iris: Iris) -> Derived:
    """Series, restatements and revisions, the answers of requests, and where each request stands."""
    found = Derived()
    graph = iris.derived_graph
    for link in (RG.previousInSeries, RG.restates, RG.revises):
        for later, earlier in _pairs(store, link, graph):
            found.earlier.setdefault(later, []).append(earlier)
            found.later.setdefault(earlier, []).append(later)
    for request, document in _pairs(store, RG.answeredBy, graph):
        found.answers.setdefault(request, []).append(document)
    for request, status in _pairs(store, RG.answerStatus, graph):
        found.status.setdefault(request, []).append(status)
    for quad in store.quads_for_pattern(None, RG.property, RG.answeredBy, graph):
        if isinstance(quad.subject, NamedNode):
            found.noted.update(_noted(store, quad.subject, graph))
    for links in (found.earlier, found.later, found.answers):
        for ends in links.values():
            ends.sort()
    return found


def _pairs(store: Store, predicate: NamedNode, graph: NamedNode) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, predicate, None, graph):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            yield quad.subject.value, quad.object.value


def _noted(store: Store, derivation: NamedNode, graph: NamedNode) -> Iterator[tuple[tuple[str, str], str]]:
    """The paragraph of a later resolution on which an answer rests: the shortest IRI that is no note."""
    said = {quad.predicate: quad.object for quad in store.quads_for_pattern(derivation, None, None, graph)}
    request, answer = said.get(RG.subject), said.get(RG.object)
    evidence = store.quads_for_pattern(derivation, PROV.wasDerivedFrom, None, graph)
    places = [quad.object.value for quad in evidence if isinstance(quad.object, NamedNode)]
    if isinstance(request, NamedNode) and isinstance(answer, NamedNode):
        asked_in = request.value.partition("#")[0]
        noting = [place for place in places if "#" in place and place.partition("#")[0] != asked_in]
        if noting:
            yield (request.value, answer.value), min(noting, key=lambda place: ("#fn" in place, len(place), place))
