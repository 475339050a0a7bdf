"""The rows of a table, from the graph: Python values, None where the graph says nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from resgraph.export.order import iri_key
from resgraph.iris import whole_and_part
from resgraph.tables.columns import snake
from resgraph.vocab import RDF, RG, RG_NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from resgraph.iris import Iris
    from resgraph.properties import Properties
    from resgraph.tables.columns import Column, Table

    Single = str | int | bool | date
    Value = Single | list[str] | None
    Row = tuple[Value, ...]

_FAMILIES = frozenset("agent instrument verb force adoption choice answer".split())
_CLASSES = (RG.PreambularParagraph, RG.OperativeParagraph, RG.Point)


class Reader:
    """Reads the tables of one graph."""

    def __init__(self, graph: Properties, iris: Iris) -> None:
        self._graph = graph
        self._base = iris.base
        self._symbols = {node.value: graph.text(node, RG.symbol) for node in graph.subjects(RG.hasParagraph)}

    def rows(self, table: Table) -> Iterator[Row]:
        """One row for each node of the table, in the order of the documents and their parts."""
        holders = self._holders(table)
        for node in sorted(holders, key=lambda node: iri_key(node.value)):
            yield tuple(self._value(node, holders[node], column) for column in table.columns)

    def _holders(self, table: Table) -> dict[NamedNode, NamedNode]:
        """The nodes of the table, each with the one that has it."""
        holders: dict[NamedNode, NamedNode] = {}
        for term in table.rows:
            for subject in self._graph.subjects(term):
                found = self._graph.nodes(subject, term) if table.inverse else [subject]
                holders.update((node, subject) for node in found if self._fits(node, table))
        return holders

    def _fits(self, node: NamedNode, table: Table) -> bool:
        return table.only is None or table.only in self._graph.nodes(node, RDF.type)

    def _value(self, node: NamedNode, holder: NamedNode, column: Column) -> Value:
        if not column.path:
            return self._computed(node, holder, column.name)
        values = list(dict.fromkeys(self._texts(node, column)))
        if column.many:
            return values
        return _typed(values[0], column.type) if values else None

    def _computed(self, node: NamedNode, holder: NamedNode, name: str) -> str | None:
        match name:
            case "iri":
                return node.value
            case "part_of":
                return holder.value
            case "resolution":
                return self._symbols.get(whole_and_part(node.value)[0])
        kinds = self._graph.nodes(node, RDF.type)
        return next((kind.value.removeprefix(RG_NAMESPACE) for kind in _CLASSES if kind in kinds), None)

    def _texts(self, node: NamedNode, column: Column) -> Iterator[str]:
        nodes: Iterable[NamedNode | Literal] = [node]
        for term in column.path:
            nodes = [value for n in nodes if not isinstance(n, Literal) for value in self._graph.values(n, term)]
        for value in nodes:
            if isinstance(value, Literal) or column.whole:
                yield value.value
            else:
                yield self._short(value)

    def _short(self, node: NamedNode) -> str:
        """A document by its symbol, an agent, verb and the like by its key, a column by its name."""
        if symbol := self._graph.text(node, RG.symbol):
            return symbol
        if node.value.startswith(RG_NAMESPACE):
            return snake(node)
        path = node.value.removeprefix(self._base)
        family, _, key = path.partition("/")
        return key if family in _FAMILIES else path


def _typed(text: str, kind: str) -> Single:
    match kind:
        case "integer":
            return int(text)
        case "boolean":
            return text == "true"
        case "date":
            return date.fromisoformat(text)
    return text
