"""What each column holds: as a Frictionless data package beside the tables, and as a page.

https://datapackage.org/standard/table-schema/
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, RdfFormat, parse

from resgraph.data import data_folder
from resgraph.tables.columns import RESOLUTIONS, TABLES
from resgraph.tables.files import BETWEEN
from resgraph.vocab import term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.tables.columns import Column, Table

_COMMENT = term("http://www.w3.org/2000/01/rdf-schema#", "comment")
FILE = "datapackage.json"
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def datapackage(format_name: str) -> dict[str, Any]:
    """The description of a folder of tables."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "resgraph-tables",
        "title": "Resolutions of the United Nations as tables",
        "resources": [_resource(table, format_name) for table in TABLES],
    }


def markdown() -> str:
    """The same for a page: a heading and a list of columns for each table."""
    return "\n".join(line for table in TABLES for line in _section(table))


def description(column: Column) -> str:
    """The column's own words, else what the ontology says of the last property of its way."""
    return column.description or _comments()[column.path[-1].value]


@cache
def _comments() -> dict[str, str]:
    quads = parse((data_folder("ontology") / "resgraph.ttl").read_bytes(), RdfFormat.TURTLE)
    said = [(quad.subject, quad.object) for quad in quads if quad.predicate == _COMMENT]
    return {str(term.value): words.value for term, words in said if isinstance(words, Literal)}


def _resource(table: Table, format_name: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{table.name}.{format_name}",
        "type": "table",
        "format": format_name,
        "mediatype": _MEDIA[format_name],
        **({"encoding": "utf-8"} if format_name == "csv" else {}),
        "description": table.description,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": ["iri"],
            **_foreign(table),
        },
    }


def _foreign(table: Table) -> dict[str, Any]:
    if table is RESOLUTIONS:
        return {}
    reference = {"resource": RESOLUTIONS.name, "fields": ["symbol"]}
    return {"foreignKeys": [{"fields": ["resolution"], "reference": reference}]}


def _field(column: Column) -> dict[str, str]:
    if not column.many:
        return {"name": column.name, "type": column.type, "description": description(column)}
    kind = {"type": "list", "itemType": column.type, "delimiter": BETWEEN}
    return {"name": column.name, **kind, "description": description(column)}


def _section(table: Table) -> Iterator[str]:
    yield from (f"### {table.name}", "", table.description, "", "| column | type | what it holds |", "|---|---|---|")
    for column in table.columns:
        kind = f"list of {column.type}s" if column.many else column.type
        yield f"| `{column.name}` | {kind} | {description(column)} |"
    yield ""
