"""Tables as files: CSV after RFC 4180 in UTF-8, and Parquet with typed columns."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from resgraph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from resgraph.tables.columns import Column, Table
    from resgraph.tables.read import Row, Value

    Writer = Callable[[Table, Iterable[Row], Path, bool], None]

BETWEEN = "|"
"""What parts the values of a list within a cell."""

BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\0")


def write_csv(table: Table, rows: Iterable[Row], path: Path, spreadsheet_safe: bool) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(column.name for column in table.columns)
        for row in rows:
            writer.writerow(_cell(value, spreadsheet_safe) for value in row)


def _cell(value: Value, spreadsheet_safe: bool) -> object:
    """Words that begin like a formula get an apostrophe before them where that is asked for; numbers keep their sign.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = BETWEEN.join(value)
    if spreadsheet_safe and isinstance(value, str) and value.startswith(BEGIN_FORMULAS):
        return f"'{value}"
    return value


def write_parquet(table: Table, rows: Iterable[Row], path: Path, _: bool) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise UsageError("parquet", "pyarrow is not installed", "run: pip install 'resgraph[parquet]'") from error
    kinds = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }

    def kind(column: Column) -> pyarrow.DataType:
        return pyarrow.list_(kinds[column.type]) if column.many else kinds[column.type]

    schema = pyarrow.schema([(column.name, kind(column)) for column in table.columns])
    values = [list(value) for value in zip(*rows, strict=True)] or [[] for _ in table.columns]
    arrays = [pyarrow.array(value, field.type) for value, field in zip(values, schema, strict=True)]
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), path)


WRITERS: dict[str, Writer] = {"csv": write_csv, "parquet": write_parquet}
