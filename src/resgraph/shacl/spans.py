"""Whether all words stood at their places when they went by, document by document: then no store need be asked for it.

A document's lines hold its text and all its parts; where they do not, or a part is another document's, nothing is said.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from resgraph.shacl.native import BEYOND, ELSEWHERE, PARTS
from resgraph.vocab import PROV, RG, XSD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.shacl.questions import Question

    Statement = tuple[bytes, bytes, bytes, bytes]

_START, _END, _EXACT, _TEXT, _SOURCE, _PARAGRAPH = (
    str(term).encode() for term in (RG.start, RG.end, RG.exact, RG.text, PROV.wasDerivedFrom, RG.hasParagraph)
)
_PARTS = frozenset(str(term).encode() for term in PARTS)
_INTEGER = f'"^^{XSD.integer}'.encode()
WATCHED = frozenset({_START, _END, _EXACT, _TEXT, _SOURCE, *_PARTS})
HOMELY = (RG.start, RG.end, RG.exact, RG.text, *PARTS)
"""What may be said of a node in the graph of its document only, if this is to be sure of anything."""


class Spans:
    """Takes note of batches of statements: subject, predicate, value and graph as N-Quads have them."""

    def __init__(self) -> None:
        self._sure = True
        self._aside = False
        self._documents: set[bytes] = set()

    def note(self, statements: Sequence[Statement]) -> None:
        """All that a batch says with the predicates that are `WATCHED`."""
        if self._sure:
            try:
                self._sure = self._are_right(statements)
            except ValueError:
                self._sure = False

    def settle(self, question: Question) -> bool:
        """True where the question has no answer; the caller knows that all that is `HOMELY` is in its place."""
        shape = question.shape
        if question.select:
            return self._sure and shape.node.value in (BEYOND, ELSEWHERE)
        own = [one for one in shape.constraints if one.component in question.components]
        order = shape.path == str(RG.start) and all(one.name == "lessThan" and one.terms[0] == RG.end for one in own)
        return self._sure and order

    def _are_right(self, statements: Sequence[Statement]) -> bool:
        of: dict[bytes, dict[bytes, bytes]] = {name: {} for name in (_START, _END, _EXACT, _TEXT)}
        sources: dict[bytes, list[bytes]] = {}
        aside: set[bytes] = set()
        for subject, predicate, value, graph in statements:
            if predicate in of:
                if of[predicate].setdefault(subject, value) != value:
                    return False
            elif predicate in _PARTS:
                if _whole(value) != graph or (predicate == _PARAGRAPH and subject != graph):
                    return False
            elif subject == graph:
                sources.setdefault(graph, []).append(value)
            else:
                aside.add(subject)
        self._documents |= sources.keys()
        if not self._documents.isdisjoint(aside) or (sources and self._aside):
            return False
        self._aside |= bool(aside)
        texts = {graph: [_string(of[_TEXT].get(source, b"")) for source in all_] for graph, all_ in sources.items()}
        return _are_at_place(of, texts)


def _are_at_place(of: dict[bytes, dict[bytes, bytes]], texts: dict[bytes, list[str]]) -> bool:
    starts, words = of[_START], of[_EXACT]
    if starts.keys() != of[_END].keys() or not words.keys() <= starts.keys():
        return False
    for node, value in of[_END].items():
        start, end = _integer(starts[node]), _integer(value)
        said = _string(words[node]) if node in words else None
        for text in texts.get(_whole(node), ()):
            if end > len(text) or said not in (None, text[start:end]):
                return False
        if start >= end:
            return False
    return True


def _whole(node: bytes) -> bytes:
    """The document that a node is of."""
    return node.partition(b"#")[0].rstrip(b">") + b">"


def _integer(value: bytes) -> int:
    """Raises ValueError for anything but an integer that is not negative, and not too large for a store."""
    number = value[1 : -len(_INTEGER)]
    if not value.endswith(_INTEGER) or not number.isdigit() or len(number) > 15:
        raise ValueError(value)
    return int(number)


def _string(value: bytes) -> str:
    """Raises ValueError for anything but a plain string."""
    if value[:1] + value[-1:] != b'""':
        raise ValueError(value)
    return str(json.loads(value.decode(), strict=False)) if b"\\" in value else value[1:-1].decode()
