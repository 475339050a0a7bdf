"""Turns resolutions of the United Nations into linked data, with every statement traceable to its words.

import resgraph

for resolution in resgraph.read("seeds"):
    print(resolution.symbol, len(resolution.operative))

with resgraph.open("graph") as graph:
    rows = graph.query("reports-due", body="UNGA")
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from resgraph.api import Graph, open
from resgraph.errors import ResgraphError

if TYPE_CHECKING:
    import os

    from resgraph.model import Resolution

__all__ = ["Graph", "ResgraphError", "__version__", "open", "read"]

__version__ = "0.1.0"


def read(path: str | os.PathLike[str]) -> tuple[Resolution, ...]:
    """The resolutions in a file, or in all files of a folder. Raises InputError at the first file that holds none."""
    from resgraph.pipeline import document_of
    from resgraph.readers import find_sources, read_all

    readings = read_all(find_sources([Path(path)]))
    return tuple(resolution for reading in readings for resolution in document_of(reading).resolutions)
