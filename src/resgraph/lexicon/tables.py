"""TOML tables into the dataclasses of `schema`; whatever does not fit is refused with its place."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from importlib.resources import files
from types import NoneType, UnionType
from typing import Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from resgraph.errors import ResgraphError

Row = TypeVar("Row")


class LexiconError(ResgraphError):
    """A table of words does not follow its schema."""


def read_table(file: str, table: str, schema: type[Row]) -> tuple[Row, ...]:
    """All `[[table]]` rows of a file of this package, in its order."""
    return parse_table(files(__package__).joinpath(file).read_text("utf-8"), file, table, schema)


def parse_table(text: str, file: str, table: str, schema: type[Row]) -> tuple[Row, ...]:
    """All `[[table]]` rows of a TOML text; `file` is named in errors."""
    try:
        rows = tomllib.loads(text).get(table)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(file, f"not valid TOML ({error})", "correct the file") from error
    if not isinstance(rows, list):
        raise LexiconError(file, f"it has no [[{table}]] tables", "add at least one")
    return tuple(_row(row, schema, f"{file}, [[{table}]] {_name(row, n)}") for n, row in enumerate(rows, 1))


@cache
def _hints(schema: type) -> dict[str, object]:
    return get_type_hints(schema)


def _name(row: object, number: int) -> str:
    """What tells a reader which table is meant: its first value, else its number in the file."""
    first = next(iter(row.values()), None) if isinstance(row, dict) else None
    return repr(first) if isinstance(first, str | list) else f"number {number}"


def _row(row: object, schema: type[Row], where: str) -> Row:
    """One table as a value of its dataclass; every key known, none without a default missing."""
    if not isinstance(row, dict):
        raise LexiconError(where, f"{row!r} is no table", "write it with its keys")
    if not is_dataclass(schema):
        raise TypeError(f"{schema!r} is no dataclass")
    known = {field.name: field for field in fields(schema)}
    for key in row:
        if key not in known:
            raise LexiconError(where, f"unknown key '{key}'", f"remove it or use one of {', '.join(known)}")
    for key, field in known.items():
        if key not in row and field.default is MISSING:
            raise LexiconError(where, f"the key '{key}' is missing", "add it")
    hints = _hints(schema)
    return cast("Row", schema(**{key: _value(value, hints[key], f"{where}, '{key}'") for key, value in row.items()}))


def _value(value: object, hint: object, where: str) -> object:
    """`value` as the type that the dataclass's field declares: lists become tuples, tables become dataclasses."""
    origin = get_origin(hint)
    if origin is UnionType:
        return _value(value, next(part for part in get_args(hint) if part is not NoneType), where)
    if origin is tuple:
        if not isinstance(value, list) or not value:
            raise LexiconError(where, "not a list with at least one entry", "write one, or leave the key out")
        return tuple(_value(item, get_args(hint)[0], where) for item in value)
    if origin is Literal:
        if value not in get_args(hint):
            raise LexiconError(where, f"{value!r} is not allowed", f"use one of {', '.join(get_args(hint))}")
        return value
    if isinstance(hint, type) and is_dataclass(hint):
        return _row(value, hint, where)
    if type(value) is not hint or value == "":
        raise LexiconError(where, f"{value!r} is no {getattr(hint, '__name__', hint)}", "write one")
    return value
