"""The pipeline over many files: a bad one costs itself alone, and the graph appears whole or not at all."""

from __future__ import annotations

import sys
import traceback
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from resgraph.authority import authority_quads
from resgraph.errors import InputError, OutputError, ResgraphError, UsageError
from resgraph.export import FORMATS, Options, export_graph, export_to_file
from resgraph.iris import DEFAULT_BASE, Iris
from resgraph.pipeline import Document, document_quads, read_document
from resgraph.rdf import settle
from resgraph.readers import find_sources
from resgraph.report import BuildReport, FileReport, report_of
from resgraph.store import open_store, write_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pyoxigraph import Quad

    from resgraph.model import Resolution
    from resgraph.shacl_report import Report

    Watch = Callable[[Sequence[Path]], Iterable[Path]]
    Told = Callable[[int, int], None]

STORE = "store"
STDOUT = Path("-")
_FOREIGN_ENDINGS = frozenset({".csv", ".gz", ".html", ".json", ".n3", ".owl", ".tsv", ".turtle", ".txt", ".xml"})


def build(
    sources: Iterable[Path],
    out: Path,
    *,
    format_name: str | None = None,
    base: str = DEFAULT_BASE,
    validate: bool = True,
    watch: Watch = iter,
    told: Told | None = None,
) -> BuildReport:
    """Reads all files of `sources` and writes their graph to `out`: a store folder, a file, or `-` for standard output.

    `watch` is handed the files and gives them back one by one; `told` hears how many nodes of how many are validated.
    Raises UsageError where `out` makes no sense and OutputError where it cannot be written.
    """
    iris = Iris(base)
    target = target_format(out, format_name)
    reports: list[FileReport] = []
    documents = _documents(watch(tuple(find_sources(sources))), iris, reports)
    first = next(documents, None)
    if first is None:
        return BuildReport(tuple(reports), str(out), written=False)
    quads: Iterable[Quad] = settle(chain(first, chain.from_iterable(documents), authority_quads(iris)), iris)
    if out == STDOUT:
        quads = tuple(quads)
    write_graph(quads, out, target, Options(iris))
    found = _validation(out, quads, told) if validate else None
    return BuildReport(tuple(reports), str(out), written=True, validation=found)


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


def _documents(files: Iterable[Path], iris: Iris, reports: list[FileReport]) -> Iterator[tuple[Quad, ...]]:
    """The quads of each file that can be read; a report of every file is added to `reports`."""
    homes: dict[str, str] = {}
    for path in files:
        try:
            document, duplicates = _without_duplicates(read_document(path), homes)
            said = tuple(document_quads(document, iris))
        except InputError as error:
            reports.append(FileReport(str(path), failure=error))
        except ResgraphError as error:
            failure = InputError(str(path), f"{error.where}: {error.what}", error.todo)
            reports.append(FileReport(str(path), failure=failure))
        except Exception as error:
            reports.append(FileReport(str(path), failure=_unforeseen(path, error)))
        else:
            homes.update((resolution.symbol, str(path)) for resolution in document.resolutions)
            reports.append(report_of(document, duplicates))
            yield said


def _without_duplicates(document: Document, homes: dict[str, str]) -> tuple[Document, tuple[str, ...]]:
    """The document without the resolutions that another file, or the file itself, has given before."""
    kept: list[Resolution] = []
    duplicates: list[str] = []
    own = dict(homes)
    for resolution in document.resolutions:
        if resolution.symbol in own:
            home = own[resolution.symbol]
            duplicates.append(f"{resolution.symbol} was read from {home} already; it is left out here")
        else:
            own[resolution.symbol] = "this file"
            kept.append(resolution)
    return replace(document, resolutions=tuple(kept)), tuple(duplicates)


def _unforeseen(path: Path, error: Exception) -> InputError:
    """A fault of resgraph's own, which costs one document like any other and is shown like any other."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = f"made resgraph fail ({type(error).__name__}: {error}; {Path(frame.filename).name}, line {frame.lineno})"
    return InputError(str(path), " ".join(what.split()), "report this with the file; it is left out of the graph")


def write_graph(quads: Iterable[Quad], out: Path, target: str, options: Options) -> None:
    """Writes a graph to a store folder, a file or standard output."""
    if target == STORE:
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
    target = target_format(out, format_name)
    write_graph(open_store(graph), out, target, Options(context=context))


def _validation(out: Path, quads: Iterable[Quad], told: Told | None) -> Report:
    """Holds what was written against the shapes; what went to standard output is taken from `quads`."""
    from resgraph.validate import validate

    if out != STDOUT:
        return validate(open_store(out), told)
    store = Store()
    store.extend(quads)
    return validate(store, told)
