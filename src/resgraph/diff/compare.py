"""Two graphs held side by side, resolution by resolution and part by part."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from resgraph.diff.portrait import Part, Portrait

ASPECTS = ("metadata", "structure", "text", "acts", "citations", "references", "notes")
_ALIKE = 0.6
"""From this share of common words on, two paragraphs are the same paragraph with other words."""
_CONTEXT = 4
_HYPHENS = str.maketrans("\u2010\u2011", "--")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two graphs differ: `first` and `second` are what each of them has, empty for nothing."""

    symbol: str
    aspect: str
    where: str
    first: str
    second: str


def compare(first: Mapping[str, Portrait], second: Mapping[str, Portrait]) -> Iterator[Difference]:
    """All in which two graphs differ, by symbol."""
    for symbol in sorted({*first, *second}):
        a, b = first.get(symbol), second.get(symbol)
        if a is None or b is None:
            yield Difference(symbol, "structure", "resolution", symbol if a else "", symbol if b else "")
        else:
            yield from compare_portraits(a, b)


def compare_portraits(a: Portrait, b: Portrait) -> Iterator[Difference]:
    """All in which two portraits of a resolution differ."""
    for name in {**a.masthead, **b.masthead}:
        yield from _values(a.symbol, "metadata", name, a.masthead.get(name, ()), b.masthead.get(name, ()))
    yield from _values(a.symbol, "metadata", "votes", a.votes, b.votes)
    for kind in {**a.parts, **b.parts}:
        yield from _sequences(a.symbol, "", a.parts.get(kind, ()), b.parts.get(kind, ()))


def _values(symbol: str, aspect: str, where: str, a: Sequence[str], b: Sequence[str]) -> Iterator[Difference]:
    if tuple(a) != tuple(b):
        common = set(a) & set(b) if aspect != "acts" else set()
        words = ["; ".join(value for value in values if value not in common) for values in (a, b)]
        yield Difference(symbol, aspect, where, *words)


def _sequences(symbol: str, within: str, a: Sequence[Part], b: Sequence[Part]) -> Iterator[Difference]:
    for one, other in _aligned(a, b):
        if one is not None and other is not None:
            yield from _parts(symbol, within, one, other)
        elif here := one or other:
            yield Difference(
                symbol, "structure", _place(within, here), one.text if one else "", other.text if other else ""
            )


def _parts(symbol: str, within: str, a: Part, b: Part) -> Iterator[Difference]:
    where = _place(within, a)
    if a.label != b.label:
        yield Difference(symbol, "structure", where, a.name, b.name)
    if _plain(a.text) != _plain(b.text):
        yield Difference(symbol, "text", where, *_changed(a.text, b.text))
    for aspect in ("acts", "citations", "references", "notes"):
        yield from _values(symbol, aspect, where, getattr(a, aspect), getattr(b, aspect))
    yield from _sequences(symbol, where, a.points, b.points)


def _place(within: str, part: Part) -> str:
    return f"{within}, {part.name}" if within else part.name


def _plain(text: str) -> str:
    """Kinds of space and of hyphen are the typesetter's, no difference in words."""
    return " ".join(text.translate(_HYPHENS).split())


def _aligned(a: Sequence[Part], b: Sequence[Part]) -> Iterator[tuple[Part | None, Part | None]]:
    """The parts that are the same ones, in order: equal words, then the same label, then words much alike."""
    matcher = SequenceMatcher(
        None, [_plain(part.text) for part in a], [_plain(part.text) for part in b], autojunk=False
    )
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(a[start:end], b[other_start:other_end], strict=True)
        else:
            yield from _paired(list(a[start:end]), list(b[other_start:other_end]))


def _paired(a: list[Part], b: list[Part]) -> Iterator[tuple[Part | None, Part | None]]:
    for part in a:
        fits = next(
            (other for other in b if other.label == part.label and (len(a) == len(b) or _alike(part, other))), None
        )
        fits = fits or next((other for other in b if _alike(part, other)), None)
        if fits is not None:
            b.remove(fits)
        yield part, fits
    yield from ((None, other) for other in b)


def _alike(a: Part, b: Part) -> bool:
    matcher = SequenceMatcher(None, a.text.split(), b.text.split(), autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _changed(a: str, b: str) -> tuple[str, str]:
    """The stretches of words that differ, with a few words around each."""
    first, second = _plain(a).split(), _plain(b).split()
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    shown: tuple[list[str], list[str]] = ([], [])
    for kind, start, end, other_start, other_end in blocks:
        if kind != "equal":
            shown[0].append(_stretch(first, start, end))
            shown[1].append(_stretch(second, other_start, other_end))
    return " … ".join(shown[0]), " … ".join(shown[1])


def _stretch(words: Sequence[str], start: int, end: int) -> str:
    return " ".join(words[max(0, start - _CONTEXT) : end + _CONTEXT])
