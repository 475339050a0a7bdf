"""What follows from the shares of a build, found in a thread while they are loaded; memory holds little of them.

The facts are taken from the lines of each part, one after the other, and the parts of resolutions lie in a file, as do
the statements that are found.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from resgraph.build.parts import nquads
from resgraph.build.shares import documents_of
from resgraph.derive import Derivation, Facts, without_collection
from resgraph.derive.cabinet import Cabinet
from resgraph.derive.corpus import Gathering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from pyoxigraph import Quad, Store

    from resgraph.build.shared import Shared
    from resgraph.build.shares import Share
    from resgraph.build.shelf import Shelf
    from resgraph.derive.records import Corpus
    from resgraph.iris import Iris

_SOME = 1_000


class Deriving:
    """`compare` may be called again, with other shares; `lines` comes last."""

    def __init__(self, shelf: Shelf, shared: Shared, iris: Iris, parts: BinaryIO, found: BinaryIO) -> None:
        self._shelf = shelf
        self._shared = shared
        self._iris = iris
        self._parts = parts
        self._found = found

    def compare(self, shares: Sequence[Share]) -> None:
        """Finds what the documents tell without a store."""
        self._found.seek(0)
        self._sizes: list[int] = []
        with without_collection():
            self._derivation = Derivation(self._corpus(shares), self._iris)
            for lines in _written(self._derivation.compared()):
                self._sizes.append(self._found.write(lines))

    def lines(self, store: Store) -> Iterator[bytes]:
        """The N-Quads of the derived graph, some statements at a time; the store holds all that is stated."""
        with without_collection():
            yield from _written(self._derivation.concluded(store))
        self._found.seek(0)
        yield from map(self._found.read, self._sizes)

    def _corpus(self, shares: Iterable[Share]) -> Corpus:
        """A part whose lines are damaged tells nothing; loading tells of it."""
        gathering = Gathering(self._facts_shared(shares), Cabinet(self._parts).keep)
        for share in shares:
            try:
                gathering.add(Facts().read(share.own(self._shelf.open(share.entry.key), self._iris)))
            except ValueError:
                continue
        return gathering.corpus()

    def _facts_shared(self, shares: Iterable[Share]) -> Facts:
        facts = Facts()
        for lines in self._shared.settled(documents_of(shares, self._iris)):
            with suppress(ValueError):
                facts.read(lines)
        return facts


def _written(batches: Iterable[Sequence[Quad]]) -> Iterator[bytes]:
    some: list[Quad] = []
    for quads in batches:
        some += quads
        if len(some) > _SOME:
            yield nquads(some)
            some = []
    yield nquads(some)
