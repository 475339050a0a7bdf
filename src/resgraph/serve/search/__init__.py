"""The index of a store for people: full-text search, each resolution as it reads, and who mentions and asks whom.

It holds nothing that the graph does not say, and can be written anew at any time. It lies beside the store, in
`STORE.search.sqlite`; where it is missing or belongs to another build it is written, or kept in memory where that
cannot be.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from resgraph.errors import OutputError
from resgraph.serve.search.finder import Finder, Found, Hit, Wanted
from resgraph.serve.search.schema import fingerprint
from resgraph.serve.search.writer import memory_index, write_index

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

__all__ = ["Finder", "Found", "Hit", "Wanted", "has_index", "index_path", "open_index", "write_index"]


def index_path(store: Path) -> Path:
    """Where the index of a store lies: beside it, since a store's folder holds nothing else."""
    return store.with_name(f"{store.name}.search.sqlite")


def has_index(store_path: Path) -> bool:
    """Whether the index of this build lies beside it."""
    return _opened(index_path(store_path), fingerprint(store_path)) is not None


def open_index(store: Store, store_path: Path) -> Finder:
    """The index of a store, written first where it is missing or is that of another build."""
    path, mark = index_path(store_path), fingerprint(store_path)
    finder = _opened(path, mark)
    if finder is None:
        try:
            write_index(store, path, mark)
        except OutputError:
            return _in_memory(store)
        finder = _opened(path, mark)
    return finder or _in_memory(store)


def _in_memory(store: Store) -> Finder:
    database = memory_index(store)
    return Finder(lambda: database)


def _opened(path: Path, mark: str) -> Finder | None:
    """The index that lies there, if it is whole and belongs to the store."""
    if not path.is_file():
        return None
    finder = Finder(lambda: sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True))
    try:
        return finder if finder.fingerprint == mark else None
    except sqlite3.DatabaseError:
        return None
