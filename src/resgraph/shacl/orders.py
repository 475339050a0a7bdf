"""Whether positions ran from 1 without a gap when parts went by, and which documents had operative paragraphs.

A document's lines hold all its parts; what is said of them elsewhere makes it uncertain.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from resgraph.shacl.batch import NONE
from resgraph.shacl.witnessed import name_of
from resgraph.vocab import PROV, RG, XSD

if TYPE_CHECKING:
    from resgraph.shacl.batch import Batch
    from resgraph.shacl.questions import Question
    from resgraph.shacl.sorts import Sorts

_OPERATIVE_PART = "ResolutionOperativePart"
_POSITION, _PARAGRAPH, _POINT, _ACTION, _SOURCE = (
    str(term).encode() for term in (RG.position, RG.hasParagraph, RG.hasPoint, RG.hasAction, PROV.wasDerivedFrom)
)
_OPERATIVE, _PREAMBULAR = (str(term).encode() for term in (RG.OperativeParagraph, RG.PreambularParagraph))
_ORDERED = {
    "OperativePositions": (_PARAGRAPH, _OPERATIVE),
    "PreambularPositions": (_PARAGRAPH, _PREAMBULAR),
    "PointPositions": (_POINT, b""),
    "ActionPositions": (_ACTION, b""),
}
WATCHED = frozenset({_POSITION, _PARAGRAPH, _POINT, _ACTION, _SOURCE})
_HOMELY = (RG.position, RG.hasParagraph, RG.hasPoint, RG.hasAction, RG.OperativeParagraph, RG.PreambularParagraph)


class Orders:
    """Takes note of batches; `bare` are the documents in which no operative paragraph was seen."""

    def __init__(self) -> None:
        self.bare: list[bytes] = []
        self._doubtful: set[str] = set()
        self._strange = False

    def note(self, batch: Batch) -> None:
        places: dict[bytes, bytes] = {}
        for node, value, _ in batch.said[_POSITION]:
            if places.setdefault(node, value) != value:
                self._doubtful |= _ORDERED.keys()
        for shape, (link, cls) in _ORDERED.items():
            if shape not in self._doubtful and not _are_in_order(_children(batch, link, cls), places):
                self._doubtful.add(shape)
        self._note_documents(batch)

    def _note_documents(self, batch: Batch) -> None:
        read = batch.said[_PARAGRAPH] + batch.said[_SOURCE]
        self._strange |= any(b"#" not in node != graph for node, _, graph in read)
        having = _children(batch, _PARAGRAPH, _OPERATIVE)
        self.bare += dict.fromkeys(node for node, _, graph in read if node == graph and node not in having)

    def settle(self, question: Question, sorts: Sorts) -> bool:
        """True where the question has no answer."""
        return (
            bool(question.select)
            and name_of(question) in _ORDERED.keys() - self._doubtful
            and sorts.are_at_home(_HOMELY)
        )

    def bare_documents(self, question: Question, sorts: Sorts) -> list[bytes] | None:
        """The documents that alone may break the question, where that is certain: no part is a resolution."""
        certain = not self._strange and not sorts.has_parts(RG.Resolution)
        return self.bare if name_of(question) == _OPERATIVE_PART and certain else None


def _children(batch: Batch, link: bytes, cls: bytes) -> dict[bytes, list[bytes]]:
    """What the links lead to, of a class if one is given, by what they lead from."""
    found: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for node, part, _ in batch.said[link]:
        if not cls or cls in batch.kinds.get(part, NONE):
            found[node].append(part)
    return found


def _are_in_order(children: dict[bytes, list[bytes]], places: dict[bytes, bytes]) -> bool:
    return all({places.get(part) for part in parts} == _first(len(parts)) for parts in children.values())


@cache
def _first(count: int) -> frozenset[bytes]:
    return frozenset(f'"{number}"^^{XSD.integer}'.encode() for number in range(1, count + 1))
