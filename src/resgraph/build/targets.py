"""Where a graph goes: a store folder, a file in one of the formats, or standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from resgraph.errors import OutputError, UsageError
from resgraph.export import FORMATS, Options, export_graph, export_to_file
from resgraph.output import held
from resgraph.store import open_store, write_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

STORE = "store"
STDOUT = Path("-")
_FOREIGN_ENDINGS = frozenset({".csv", ".gz", ".html", ".json", ".n3", ".owl", ".tsv", ".turtle", ".txt", ".xml"})


def target_format(out: Path, format_name: str | None) -> str:
    """The format to write: the one given, else that of the file's ending; a name without one is a store's."""
    if format_name not in (None, STORE, *FORMATS):
        raise UsageError(str(format_name), "is no format", f"use one of {STORE}, {', '.join(FORMATS)}")
    if out == STDOUT and format_name in (None, STORE):
        raise UsageError("-", "standard output needs a format", f"add --format with one of {', '.join(FORMATS)}")
    ending = out.suffix.lower()
    if format_name:
        return format_name
    if ending in _FOREIGN_ENDINGS:
        endings = " ".join(f".{name}" for name in FORMATS)
        raise UsageError(str(out), f"the ending '{ending}' names no format", f"use {endings}, or none for a store")
    return ending[1:] if ending[1:] in FORMATS else STORE


def write_graph(quads: Iterable[Quad], out: Path, target: str, options: Options) -> None:
    """Writes a graph to a store folder, a file or standard output."""
    if target == STORE:
        with held(out):
            write_store(out, quads)
    elif out == STDOUT:
        _write_stdout(quads, target, options)
    else:
        export_to_file(quads, out, target, options)


def _write_stdout(quads: Iterable[Quad], target: str, options: Options) -> None:
    try:
        export_graph(quads, sys.stdout.buffer, target, options)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError("-", f"it cannot be written ({reason})", "choose another place") from error


def export_store(graph: Path, out: Path, format_name: str | None = None, context: str | None = None) -> None:
    """Writes a store folder or an RDF file in another format; `context` is an IRI for JSON-LD to refer to."""
    write_graph(open_store(graph), out, target_format(out, format_name), Options(context=context))
