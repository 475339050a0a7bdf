"""The parts of resolutions in a file, so that memory does not grow with their number."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from resgraph.derive.records import Part

_AT_HAND = 64
"""Resolutions whose parts stay in memory: the members of a series are asked for together."""


class Cabinet:
    """A file of parts that nobody else can open: what is in it was made by this process."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at_hand: OrderedDict[int, tuple[Part, ...]] = OrderedDict()

    def keep(self, parts: Iterable[Part]) -> Sequence[Part]:
        """Puts parts away, and gives a sequence that fetches them."""
        some = tuple(parts)
        place = self._file.seek(0, 2)
        self._file.write(pickle.dumps(some, pickle.HIGHEST_PROTOCOL))
        return _Kept(self, place, len(some))

    def fetch(self, place: int) -> tuple[Part, ...]:
        if place in self._at_hand:
            self._at_hand.move_to_end(place)
            return self._at_hand[place]
        self._file.seek(place)
        parts: tuple[Part, ...] = pickle.load(self._file)  # noqa: S301 (our own)
        self._at_hand[place] = parts
        if len(self._at_hand) > _AT_HAND:
            self._at_hand.popitem(last=False)
        return parts


class _Kept(Sequence["Part"]):
    """The parts of one resolution."""

    __slots__ = ("_cabinet", "_length", "_place")

    def __init__(self, cabinet: Cabinet, place: int, length: int) -> None:
        self._cabinet = cabinet
        self._place = place
        self._length = length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Part: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Part, ...]: ...
    def __getitem__(self, at: int | slice) -> Part | tuple[Part, ...]:
        return self._cabinet.fetch(self._place)[at]

    def __iter__(self) -> Iterator[Part]:
        return iter(self._cabinet.fetch(self._place))
