"""Turns resolutions of the United Nations into linked data, with every statement traceable to its words.

import resgraph

for resolution in resgraph.read("seeds"):
    print(resolution.symbol, len(resolution.operative))

with resgraph.open("graph") as graph:
    rows = graph.query("reports-due", body="UNGA")
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from resgraph.api import Graph, open
from resgraph.errors import ResgraphError

if TYPE_CHECKING:
    import os

    from pyoxigraph import Store

    from resgraph.individuals import Objects
    from resgraph.model import Resolution

__all__ = ["Graph", "ResgraphError", "__version__", "objects", "open", "read"]

__version__ = "0.1.0"


def read(path: str | os.PathLike[str]) -> tuple[Resolution, ...]:
    """The resolutions in a file, or in all files of a folder. Raises InputError at the first file that holds none."""
    from resgraph.pipeline import document_of
    from resgraph.readers import find_sources, read_all

    readings = read_all(find_sources([Path(path)]))
    return tuple(resolution for reading in readings for resolution in document_of(reading).resolutions)


def objects(graph: Store | Graph | str | os.PathLike[str]) -> Objects:
    """A graph as owlready2 individuals, each document read when it is asked for."""
    from resgraph.individuals import Objects

    match graph:
        case Graph():
            return Objects(graph.store)
        case str() | PathLike():
            return Objects(open(graph).store)
    return Objects(graph)
