"""Whether there is room for a store, known before it is written."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from resgraph.errors import FullError

if TYPE_CHECKING:
    from pathlib import Path

_LEAST = 0.9
"""A store takes 0.93 of its N-Quads at least, and mostly more than all of them: so that none is refused that fits."""
_MB = 1_000_000


def check_room(out: Path, size: int) -> None:
    """Raises FullError where a store of N-Quads of this size, in bytes, cannot fit beside the one that it replaces."""
    folder = out.resolve().parent
    needed, free = int(size * _LEAST), shutil.disk_usage(folder).free if folder.is_dir() else size
    if needed > free:
        what = f"the store needs {-(-needed // _MB):,} MB at least, and the disk has {free // _MB:,} MB left"
        raise FullError(str(out), what, "make room, or choose another place")
