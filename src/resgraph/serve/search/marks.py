"""The words of a paragraph as printed, with its acts, citations, references and notes marked where they stand.

A marked text is a list of tokens, as JSON keeps it: a string is words, `[kind, id, target]` opens a mark, `[]` closes
the innermost one, and `["n", id, marker]` is the mark of a footnote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Token = str | list[str]

_SURE = (12, 5, 2)
"""So many characters that agree are taken for the place where the text goes on after something left out: fewer where
the next thing left out is near."""
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the source's text; `kind` is a letter of `KINDS`, `target` the path of what the words mean."""

    start: int
    end: int
    kind: str
    id: str = ""
    target: str = ""


KINDS = {
    "q": "request",
    "a": "act",
    "s": "claim about a treaty",
    "c": "citation",
    "r": "reference",
    "v": "verb",
    "n": "note",
}
_OUTWARD = {kind: at for at, kind in enumerate(KINDS)}


def marked(exact: str, text: str, start: int, marks: Iterable[Mark], notes: Mapping[str, str]) -> list[Token]:
    """The words from `start` of the source on, with marks; what stands in `exact` and not in `text` is left out.

    Left out are note marks, which become tokens where `notes` (marker to id) knows them, page numbers and the like.
    """
    shown = _shown(exact, text)
    tokens: list[Token] = []
    ends: list[int] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, _OUTWARD[mark.kind])):
        begin, end = max(0, mark.start - start), min(len(exact), mark.end - start)
        while ends and ends[-1] <= begin:
            tokens += [*_words(exact, shown, at, ends[-1], notes), []]
            at = ends.pop()
        end = min(end, ends[-1]) if ends else end
        if end > begin:
            tokens += [*_words(exact, shown, at, begin, notes), [mark.kind, mark.id, mark.target]]
            ends.append(end)
            at = begin
    for end in reversed(ends):
        tokens += [*_words(exact, shown, at, end, notes), []]
        at = end
    return [*tokens, *_words(exact, shown, at, len(exact), notes)]


def _shown(exact: str, text: str) -> bytearray:
    """For each character of the source whether it belongs to the text; all do where the two cannot be matched."""
    all_of_it = bytearray(b"\1") * len(exact)
    if exact == text:
        return all_of_it
    printed, wanted = "".join(exact.split()), "".join(text.split())
    if printed == wanted:
        return all_of_it
    shown = all_of_it[:]
    places = [place for place, character in enumerate(exact) if not character.isspace()]
    here = there = 0
    while here < len(printed):
        if there < len(wanted) and printed[here] == wanted[there]:
            here, there = here + 1, there + 1
            continue
        resumed = _resumed(printed, here, wanted, there)
        if resumed < 0:
            return all_of_it
        for place in places[here:resumed]:
            shown[place] = 0
        here = resumed
    return shown if there == len(wanted) else all_of_it


def _resumed(printed: str, here: int, wanted: str, there: int) -> int:
    """Where the text goes on; -1 where it does not."""
    if there >= len(wanted):
        return len(printed)
    tried = (printed.find(wanted[there : there + sure], here) for sure in _SURE)
    return next((found for found in tried if found >= 0), -1)


def _words(exact: str, shown: bytearray, begin: int, end: int, notes: Mapping[str, str]) -> Iterator[Token]:
    """The stretches that are shown, white space single, and the note marks between them."""
    while begin < end:
        stop = shown.find(0 if shown[begin] else 1, begin, end)
        stop = end if stop < 0 else stop
        stretch = exact[begin:stop]
        if shown[begin]:
            yield _single(stretch)
        else:
            for marker in stretch.translate(_RAISED).replace(",", " ").split():
                if marker in notes:
                    yield ["n", notes[marker], marker]
        begin = stop


def _single(text: str) -> str:
    """The same words; white space at the ends stays, as one character."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + words + (" " if text[-1].isspace() else "")
