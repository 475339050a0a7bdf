"""Two graphs compared in words: what each says of a resolution that the other does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.diff.compare import Difference, compare
from resgraph.diff.portrait import portraits
from resgraph.diff.report import Comparison
from resgraph.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Comparison", "Difference", "diff"]


def diff(first: Path, second: Path) -> Comparison:
    """What two graphs, store folders or RDF files, say of the same resolutions. Raises GraphError or UsageError."""
    a, b = (portraits(open_store(path)) for path in (first, second))
    counts = (len(a), len(b), len(a.keys() & b.keys()))
    return Comparison(str(first), str(second), counts, tuple(compare(a, b)))
