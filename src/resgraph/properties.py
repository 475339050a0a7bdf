"""A graph by property: each property is read once, when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

if TYPE_CHECKING:
    from pyoxigraph import Store

    Table = dict[NamedNode, list[NamedNode | Literal]]


class Properties:
    """What a store says, over all of its graphs, in an order that does not depend on the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tables: dict[NamedNode, Table] = {}

    def subjects(self, predicate: NamedNode) -> list[NamedNode]:
        return sorted(self._table(predicate), key=lambda node: node.value)

    def values(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        return self._table(predicate).get(subject, [])

    def nodes(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        return [value for value in self.values(subject, predicate) if isinstance(value, NamedNode)]

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        return next(iter(self.nodes(subject, predicate)), None)

    def text(self, subject: NamedNode, predicate: NamedNode) -> str:
        """The first literal, empty where there is none."""
        values = self.values(subject, predicate)
        return next((value.value for value in values if isinstance(value, Literal)), "")

    def _table(self, predicate: NamedNode) -> Table:
        if predicate not in self._tables:
            self._tables[predicate] = self._read(predicate)
        return self._tables[predicate]

    def _read(self, predicate: NamedNode) -> Table:
        table: Table = {}
        for quad in self._store.quads_for_pattern(None, predicate, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                table.setdefault(quad.subject, []).append(quad.object)
        for values in table.values():
            values[:] = sorted(dict.fromkeys(values), key=lambda value: value.value)
        return table
