"""The answer to a query: a frozen table of terms that becomes Python values, a data frame, or standard text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)

from resgraph.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    import pandas as pd

    Term = NamedNode | BlankNode | Literal | Triple

Value = str | int | float | bool | Decimal | date | datetime | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_READERS: dict[str, Callable[[str], Value]] = {
    _XSD + "integer": int,
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": lambda text: text in ("true", "1"),
    _XSD + "date": date.fromisoformat,
    _XSD + "dateTime": datetime.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Rows:
    """The solutions of a query in their order; a term is None where a column has no value.

    The statements of a CONSTRUCT or DESCRIBE query are rows of `subject`, `predicate` and `object`, in sorted order.
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    statements: tuple[Triple, ...] | None = None

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        for values in self.values:
            yield dict(zip(self.columns, values, strict=True))

    @property
    def values(self) -> tuple[tuple[Value, ...], ...]:
        """The rows as Python values: IRIs are strings, dates dates, integers integers."""
        return tuple(tuple(map(python_value, row)) for row in self.terms)

    def without(self, columns: Collection[str]) -> Rows:
        """The same rows with some columns left out."""
        kept = [at for at, column in enumerate(self.columns) if column not in columns]
        if len(kept) == len(self.columns):
            return self
        terms = tuple(tuple(row[at] for at in kept) for row in self.terms)
        return Rows(tuple(self.columns[at] for at in kept), terms, self.statements)

    def render(self, name: str, width: int | None = None) -> str:
        """The rows as `table`, `csv`, `tsv`, `json` (SPARQL results), or the statements as `ttl`."""
        match name:
            case "table":
                return self._table(width)
            case "json":
                return self.json() + "\n"
            case "csv" | "tsv":
                return self._serialized(QueryResultsFormat.CSV if name == "csv" else QueryResultsFormat.TSV)
            case "ttl":
                return self._turtle()
        raise QueryError("", f"{name!r} is no format for answers", "use " + ", ".join(FORMATS))

    def to_pandas(self) -> pd.DataFrame:
        """A data frame with one column for each column of the answer."""
        try:
            import pandas as pd
        except ModuleNotFoundError as error:
            raise QueryError("to_pandas", "pandas is not installed", "run: pip install 'resgraph[pandas]'") from error
        return pd.DataFrame(list(self.values), columns=list(self.columns))

    def json(self, indent: int | None = 1) -> str:
        """The SPARQL results format; on one line, which is written faster, where `indent` is None."""
        bindings = [
            {column: _json_term(term) for column, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.terms
        ]
        answer = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(answer, ensure_ascii=False, indent=indent)

    def _serialized(self, results_format: QueryResultsFormat) -> str:
        solutions = parse_query_results(self.json(None).encode(), QueryResultsFormat.JSON)
        assert isinstance(solutions, QuerySolutions)  # noqa: S101 (what `_json` writes is a table)
        serialized = solutions.serialize(format=results_format)
        return (serialized or b"").decode()

    def _turtle(self) -> str:
        if self.statements is None:
            what = "only the statements of a CONSTRUCT query can be written as Turtle"
            raise QueryError("ttl", what, "use table, csv, tsv or json")
        from resgraph.export import export_graph

        out = BytesIO()
        export_graph((Quad(*triple) for triple in self.statements), out, "ttl")
        return out.getvalue().decode()

    def _table(self, width: int | None) -> str:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        console = Console(width=width, no_color=True, highlight=False)
        table = Table(show_lines=False)
        for column in self.columns:
            table.add_column(column.replace("_", " "), overflow="fold")
        for row in self.values:
            table.add_row(*(Text("" if value is None else str(value)) for value in row))
        with console.capture() as capture:
            console.print(table)
        count = "1 row" if len(self) == 1 else f"{len(self):,} rows"
        return f"{capture.get()}{count}\n"


FORMATS = ("table", "csv", "tsv", "json", "ttl")


def statement_rows(statements: Collection[Triple]) -> Rows:
    """Statements as rows, sorted, since the engine gives them in no order."""
    ordered = tuple(sorted(statements, key=str))
    terms = tuple((triple.subject, triple.predicate, triple.object) for triple in ordered)
    return Rows(("subject", "predicate", "object"), terms, ordered)


def python_value(term: Term | None) -> Value:
    """A literal's value in Python where there is one for its datatype, else its text."""
    if term is None:
        return None
    if isinstance(term, Triple):
        return str(term)
    reader = _READERS.get(term.datatype.value, str) if isinstance(term, Literal) else str
    try:
        return reader(term.value)
    except ValueError:
        return term.value


def _json_term(term: Term) -> dict[str, Any]:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal():
            return {"type": "literal", "value": term.value} | _literal_kind(term)
        case Triple():
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}


def _literal_kind(literal: Literal) -> dict[str, str]:
    if literal.language:
        return {"xml:lang": literal.language}
    datatype = literal.datatype.value
    return {} if datatype == _XSD + "string" else {"datatype": datatype}
