"""Two shapes in Python that take SPARQL most of a minute on a large store, since it reads a source's text anew for each
place in it. The shapes file has them in SPARQL, for any validator; `tests/test_shacl.py` holds that the two agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resgraph.vocab import PROV, RG, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import NamedNode, Store

    from resgraph.shacl.finding import Term

BEYOND = "https://w3id.org/resgraph/shapes#SpanInsideText"
ELSEWHERE = "https://w3id.org/resgraph/shapes#SpanExact"
PARTS = (
    *(RG.hasParagraph, RG.hasPoint, RG.hasFootnote, RG.hasHeading, RG.hasAnnex, RG.hasAction, RG.hasCitation),
    *(RG.hasReference, RG.hasStatus, RG.hasProblem),
)


def misplaced(store: Store) -> Iterator[tuple[str, Term, Term]]:
    """The shape broken, the resolution, and the part of it whose place is wrong."""
    starts, ends, words = _integers(store, RG.start), _integers(store, RG.end), _strings(store, RG.exact)
    for resolution, text, parts in _texts_with_parts(store):
        for name, part in parts.items():
            if any(end > len(text) for end in ends.get(name, ())):
                yield BEYOND, resolution, part
            spans = ((start, end) for start in starts.get(name, ()) for end in ends.get(name, ()))
            found = [text[start:end] for start, end in spans if 0 <= start < end <= len(text)]
            if any(one != exact for one in found for exact in words.get(name, ())):
                yield ELSEWHERE, resolution, part


def _texts_with_parts(store: Store) -> Iterator[tuple[Term, str, dict[str, Term]]]:
    """Each resolution with each text that it was read from, and its parts by the text of their IRIs."""
    below: dict[str, list[Any]] = {}
    for whole, part in _pairs(store, " UNION ".join(f"{{ ?a {link} ?b }}" for link in PARTS)):
        below.setdefault(whole.value, []).append(part)
    read = f"?a {PROV.wasDerivedFrom} ?source . ?source {RG.text} ?b FILTER EXISTS {{ ?a {RG.hasParagraph} ?any }}"
    for resolution, text in _pairs(store, read):
        yield resolution, text.value, _all_below(resolution, below)


def _all_below(node: Term, below: Mapping[str, list[Any]]) -> dict[str, Term]:
    found: dict[str, Term] = {}
    waiting: list[Any] = [node]
    while waiting:
        new: dict[str, Any] = {part.value: part for part in below.get(waiting.pop().value, ())}
        waiting += [part for name, part in new.items() if name not in found]
        found.update(new)
    return found


def _integers(store: Store, predicate: NamedNode) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for node, value in _pairs(store, f"?a {predicate} ?b FILTER(DATATYPE(?b) = {XSD.integer} && isNumeric(?b))"):
        found.setdefault(node.value, []).append(int(value.value))
    return found


def _strings(store: Store, predicate: NamedNode) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node, value in _pairs(store, f"?a {predicate} ?b FILTER(DATATYPE(?b) = {XSD.string})"):
        found.setdefault(node.value, []).append(value.value)
    return found


def _pairs(store: Store, pattern: str) -> Iterator[tuple[Any, Any]]:
    answer: Any = store.query(f"SELECT ?a ?b WHERE {{ {pattern} }}", use_default_graph_as_union=True)
    return ((one, other) for one, other in answer)
