"""What differs between two graphs, for a reader or for a program."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from resgraph.diff.compare import ASPECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.diff.compare import Difference

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two graphs by name, how many resolutions each has, how many both have, and all in which those differ."""

    first: str
    second: str
    counts: tuple[int, int, int]
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        return not self.differences

    def to_text(self) -> str:
        return "\n".join(self._lines()) + "\n"

    def to_json(self) -> str:
        first, second, both = self.counts
        graphs = {
            "first": {"graph": self.first, "resolutions": first},
            "second": {"graph": self.second, "resolutions": second},
            "inBoth": both,
            "same": self.same,
            "differences": [asdict(difference) for difference in self.differences],
        }
        return json.dumps(graphs, ensure_ascii=False, indent=2) + "\n"

    def _lines(self) -> Iterator[str]:
        yield f"A  {self.first}  {_counted(self.counts[0])}"
        yield f"B  {self.second}  {_counted(self.counts[1])}"
        if self.same:
            yield f"the same in all that is said of {_counted(self.counts[2])}"
            return
        found = Counter(difference.aspect for difference in self.differences)
        tallies = ", ".join(f"{aspect} {found[aspect]:,}" for aspect in ASPECTS if found[aspect])
        symbols = {difference.symbol for difference in self.differences}
        yield f"{len(symbols):,} of {_counted(self._all)} differ: {tallies}"
        for symbol, differences in groupby(self.differences, lambda difference: difference.symbol):
            yield f"\n{symbol}"
            for difference in differences:
                yield from _told(difference)

    @property
    def _all(self) -> int:
        return self.counts[0] + self.counts[1] - self.counts[2]


def _counted(count: int) -> str:
    return f"{count:,} resolution{'' if count == 1 else 's'}"


def _told(difference: Difference) -> Iterator[str]:
    if not (difference.first and difference.second):
        side = "A" if difference.first else "B"
        what = "" if difference.where == "resolution" else f": {_short(difference.first or difference.second)}"
        yield f"  {difference.where}: {difference.aspect} only in {side}{what}"
        return
    yield f"  {difference.where}: {difference.aspect}"
    yield f"    A  {_short(difference.first)}"
    yield f"    B  {_short(difference.second)}"


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"
