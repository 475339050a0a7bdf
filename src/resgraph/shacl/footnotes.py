"""Whether each resolution had one footnote of a mark, and one before each *Ibid.*, when they went by.

A document's lines hold all its footnotes; what is said of them elsewhere makes it uncertain.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from resgraph.shacl.batch import integer
from resgraph.shacl.witnessed import name_of
from resgraph.vocab import RG

if TYPE_CHECKING:
    from resgraph.shacl.batch import Batch
    from resgraph.shacl.questions import Question
    from resgraph.shacl.sorts import Sorts

_HOMELY = (RG.hasFootnote, RG.marker, RG.text, RG.start)
_FOOTNOTE, _MARKER, _TEXT, _START = (str(term).encode() for term in _HOMELY)
WATCHED = frozenset({_FOOTNOTE, _MARKER, _TEXT, _START})


class Footnotes:
    """Takes note of batches."""

    def __init__(self) -> None:
        self._once = True
        self._preceded = True

    def note(self, batch: Batch) -> None:
        of: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for node, footnote, _ in batch.said[_FOOTNOTE]:
            of[footnote].append(node)
        if not of:
            return
        marked = [(node, value) for footnote, value, _ in batch.said[_MARKER] for node in of.get(footnote, ())]
        self._once &= len(marked) == len(set(marked))
        try:
            self._preceded &= _are_preceded(batch, of)
        except ValueError:
            self._preceded = False

    def settle(self, question: Question, sorts: Sorts) -> bool:
        """True where the question has no answer."""
        match name_of(question):
            case "FootnoteMarkerOnce":
                return self._once and sorts.are_at_home(_HOMELY)
            case "IbidAntecedent":
                return self._preceded and sorts.are_at_home(_HOMELY)
        return False


def _are_preceded(batch: Batch, of: dict[bytes, list[bytes]]) -> bool:
    """True where no footnote that begins with *Ibid* is the first of its document."""
    later = {note for note, text, _ in batch.said[_TEXT] if note in of and text.startswith(b'"Ibid')}
    if not later:
        return True
    starts = [(node, note, integer(value)) for note, value, _ in batch.said[_START] for node in of.get(note, ())]
    first: dict[bytes, int] = {}
    for node, _, start in starts:
        first[node] = min(start, first.get(node, start))
    return all(first[node] < start for node, note, start in starts if note in later)
