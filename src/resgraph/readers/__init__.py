"""Files in, sources out: one reader a file format, chosen by what a file holds and never by how its name ends.

A process that reads imports one reader out of this package; what only the other side needs is imported when asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resgraph.readers.files import MAX_BYTES, find_sources
    from resgraph.readers.reading import (
        READERS,
        Found,
        Reading,
        documents_in,
        find_documents,
        read_all,
        read_found,
        read_source,
    )

__all__ = [
    "MAX_BYTES",
    "READERS",
    "Found",
    "Reading",
    "documents_in",
    "find_documents",
    "find_sources",
    "read_all",
    "read_found",
    "read_source",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "files" if name in ("MAX_BYTES", "find_sources") else "reading"
    return getattr(import_module(f"{__name__}.{home}"), name)
