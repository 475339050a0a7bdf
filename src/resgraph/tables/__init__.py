"""A graph as tables: resolutions, paragraphs, requests, citations and votes, with a dictionary of their columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from resgraph.output import whole_folder
from resgraph.properties import Properties
from resgraph.tables.columns import TABLES
from resgraph.tables.dictionary import FILE, datapackage
from resgraph.tables.files import WRITERS
from resgraph.tables.read import Reader

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from resgraph.iris import Iris

__all__ = ["TABLES", "write_tables"]


def write_tables(store: Store, iris: Iris, folder: Path, format_name: str, *, spreadsheet_safe: bool = False) -> None:
    """Writes the tables of a graph, a file each, and `datapackage.json` into a folder, whole or not at all.

    `spreadsheet_safe` keeps a spreadsheet from taking words in CSV for a formula. Raises OutputError.
    """
    write, reader = WRITERS[format_name], Reader(Properties(store), iris)
    with whole_folder(folder, _is_ours, "folder of tables") as target:
        for table in TABLES:
            write(table, reader.rows(table), target / f"{table.name}.{format_name}", spreadsheet_safe)
        package = json.dumps(datapackage(format_name), ensure_ascii=False, indent=1)
        (target / FILE).write_text(f"{package}\n", encoding="utf-8")


def _is_ours(folder: Path) -> bool:
    names = {f"{table.name}.{ending}" for table in TABLES for ending in WRITERS} | {FILE}
    return (folder / FILE).is_file() and all(part.name in names for part in folder.iterdir())
