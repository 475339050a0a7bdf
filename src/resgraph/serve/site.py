"""What every page of a site needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from resgraph.errors import UsageError
from resgraph.sparql import iris_of
from resgraph.store import is_store, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from resgraph.iris import Iris
    from resgraph.serve.settings import Settings


@dataclass(frozen=True, slots=True)
class Site:
    """A graph being served. `store` is read-only and serves our own queries only: strangers' go to the workers."""

    graph_path: Path
    store: Store
    iris: Iris
    title: str
    settings: Settings

    @classmethod
    def open(cls, settings: Settings) -> Self:
        path = settings.store.resolve()
        if path.exists() and not is_store(path):
            raise UsageError(str(settings.store), "is no store folder", "run: resgraph build FILES --out FOLDER")
        store = open_store(path)
        return cls(path, store, iris_of(store), settings.title, settings)

    @property
    def base(self) -> str:
        """The IRI under which the documents of the graph stand; it ends with a slash."""
        return self.iris.base
