"""Points that the markup does not nest, hung where their labels go on with a count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resgraph.segment.labels import FIRST, successor

if TYPE_CHECKING:
    from resgraph.model import Passage


@dataclass(slots=True)
class Node:
    """A paragraph or point that is being put together; `passages` follow each other as one."""

    label: str | None
    passages: list[Passage]
    points: list[Node] = field(default_factory=list)

    def last(self) -> Node:
        """The point printed last, at whatever depth, or the node itself."""
        return self.points[-1].last() if self.points else self


def hang(node: Node, root: Node, coming: str) -> None:
    """Hangs a point under `root`, innermost level first; a first label opens a new level. `coming` is the next label,
    which tells whether `(i)` is a letter or a numeral.
    """
    label = node.label or ""
    levels = [root]
    while levels[-1].points:
        levels.append(levels[-1].points[-1])
    opens = label in FIRST and not (label == "i" and coming not in ("ii", ""))
    for depth in range(len(levels) - 1, 0, -1):
        if successor(label, levels[depth].label or "") and not (opens and coming == "ii"):
            levels[depth - 1].points.append(node)
            return
    (levels[-1] if opens or len(levels) == 1 else root).points.append(node)
