"""A graph as Python sees it: `resgraph.open(path).query("reports-due", body="UNGA")`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from resgraph.errors import GraphError

if TYPE_CHECKING:
    import os
    from types import TracebackType
    from typing import Self

    from pyoxigraph import Store

    from resgraph.rows import Rows


class Graph:
    """A store folder or an RDF file, opened to be asked."""

    __slots__ = ("_store", "path")

    def __init__(self, path: str | os.PathLike[str]) -> None:
        from resgraph.store import open_store

        self.path = Path(path)
        self._store: Store | None = open_store(self.path)

    @property
    def store(self) -> Store:
        """The store beneath, whose graphs stay apart unless asked with `use_default_graph_as_union=True`."""
        if self._store is None:
            raise GraphError(str(self.path), "the graph is closed", "open it again with resgraph.open")
        return self._store

    def query(self, name: str, /, **params: object) -> Rows:
        """The answer of a stored question; write `from_` for a parameter called `from`."""
        from resgraph.queries import run

        return run(self.store, name, **params)

    def sparql(self, text: str) -> Rows:
        """The answer of any SPARQL query over the union of all named graphs."""
        from resgraph.sparql import evaluate

        return evaluate(self.store, text)

    def close(self) -> None:
        """Lets go of the store, so that its folder may be replaced."""
        self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open(path: str | os.PathLike[str]) -> Graph:  # noqa: A001 (read as resgraph.open)
    """Opens a store folder that `resgraph build` wrote, or an RDF file, to be asked."""
    return Graph(path)
