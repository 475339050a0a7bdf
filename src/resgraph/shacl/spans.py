"""Whether all words stood at their places when they went by, document by document: then no store need be asked for it.

A document's lines hold its text and all its parts; where they do not, or a part is another document's, nothing is said.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from resgraph.shacl.batch import document_of, integer
from resgraph.shacl.native import BEYOND, ELSEWHERE, PARTS
from resgraph.vocab import PROV, RG, XSD

if TYPE_CHECKING:
    from resgraph.shacl.batch import Batch
    from resgraph.shacl.questions import Question
    from resgraph.shacl.shape import Constraint
    from resgraph.shacl.sorts import Sorts

_START, _END, _EXACT, _TEXT, _SOURCE, _PARAGRAPH = (
    str(term).encode() for term in (RG.start, RG.end, RG.exact, RG.text, PROV.wasDerivedFrom, RG.hasParagraph)
)
_PARTS = frozenset(str(term).encode() for term in PARTS)
_OFFSETS = (str(RG.start), str(RG.end))
WATCHED = frozenset({_START, _END, _EXACT, _TEXT, _SOURCE, *_PARTS})
HOMELY = (RG.start, RG.end, RG.exact, RG.text, *PARTS)
"""What may be said of a node in the graph of its document only, if this is to be sure of anything."""


class Spans:
    """Takes note of batches."""

    def __init__(self) -> None:
        self._sure = True
        self._aside = False
        self._documents: set[bytes] = set()

    def note(self, batch: Batch) -> None:
        if self._sure:
            try:
                self._sure = self._are_right(batch)
            except ValueError:
                self._sure = False

    def are_placed(self, sorts: Sorts) -> bool:
        """True where all words are in their places, and all parts in their own documents."""
        return self._sure and sorts.are_at_home(HOMELY)

    def settle(self, question: Question, sorts: Sorts) -> bool:
        """True where the question has no answer."""
        shape = question.shape
        if question.select:
            return shape.node.value in (BEYOND, ELSEWHERE) and self.are_placed(sorts)
        own = [one for one in shape.constraints if one.component in question.components]
        return shape.path in _OFFSETS and all(_is_of_offset(shape.path, one) for one in own) and self.are_placed(sorts)

    def _are_right(self, batch: Batch) -> bool:
        of: dict[bytes, dict[bytes, bytes]] = {name: {} for name in (_START, _END, _EXACT, _TEXT)}
        for name, values in of.items():
            if any(values.setdefault(subject, value) != value for subject, value, _ in batch.said[name]):
                return False
        parts = (one for name in _PARTS for one in batch.said[name])
        if any(document_of(part) != graph for _, part, graph in parts):
            return False
        if any(subject != graph for subject, _, graph in batch.said[_PARAGRAPH]):
            return False
        sources: dict[bytes, list[bytes]] = {}
        aside: set[bytes] = set()
        for subject, value, graph in batch.said[_SOURCE]:
            if subject == graph and graph not in batch.homes:
                return False
            if subject == graph:
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
        start, end = integer(starts[node]), integer(value)
        said = _string(words[node]) if node in words else None
        for text in texts.get(document_of(node), ()):
            if end > len(text) or said not in (None, text[start:end]):
                return False
        if start >= end:
            return False
    return True


def _is_of_offset(path: str, constraint: Constraint) -> bool:
    """True for what every offset satisfies that is an integer, not negative and before the other."""
    (term, *_) = constraint.terms or (None,)
    if constraint.name == "lessThan":
        return path == str(RG.start) and term == RG.end
    return (constraint.name, getattr(term, "value", None)) in (("datatype", XSD.integer.value), ("minInclusive", "0"))


def _string(value: bytes) -> str:
    """Raises ValueError for anything but a plain string."""
    if value[:1] + value[-1:] != b'""':
        raise ValueError(value)
    return str(json.loads(value.decode(), strict=False)) if b"\\" in value else value[1:-1].decode()
