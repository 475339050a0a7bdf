"""The pipeline over many files: a bad one costs itself alone, and the graph appears whole or not at all."""

from __future__ import annotations

import sys
import traceback
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from resgraph.authority import authority_quads
from resgraph.derive import Facts, with_derived
from resgraph.derive import derive as derived
from resgraph.errors import InputError, OutputError, ResgraphError, UsageError
from resgraph.export import FORMATS, Options, export_graph, export_to_file
from resgraph.iris import DEFAULT_BASE, Iris
from resgraph.pipeline import document_of, document_quads
from resgraph.rdf import settle
from resgraph.readers import find_sources, read_all
from resgraph.readers.metadata import set_apart
from resgraph.report import BuildReport, FileReport, report_of
from resgraph.store import open_store, write_store
from resgraph.versions import Versions, by_form, in_order, second_source_quads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pyoxigraph import Quad

    from resgraph.readers import Reading
    from resgraph.readers.metadata import Metadata
    from resgraph.shacl_report import Report

    Watch = Callable[[Sequence[Path]], Iterable[Path]]
    Told = Callable[[int, int], None]
    More = Callable[[Store], Iterable[Quad]]

STORE = "store"
STDOUT = Path("-")
_FOREIGN_ENDINGS = frozenset({".csv", ".gz", ".html", ".json", ".n3", ".owl", ".tsv", ".turtle", ".txt", ".xml"})


def build(
    sources: Iterable[Path],
    out: Path,
    *,
    format_name: str | None = None,
    base: str = DEFAULT_BASE,
    form: str | None = None,
    validate: bool = True,
    derive: bool = True,
    watch: Watch = iter,
    told: Told | None = None,
) -> BuildReport:
    """Reads all files of `sources` and writes their graph to `out`: a store folder, a file, or `-` for standard output.

    `derive` adds the derived graph.
    `form` names the format of the sources (`docx`, `html` and so on) where their bytes shall not tell it.
    `watch` is handed the files and gives them back one by one; `told` hears how many nodes of how many are validated.
    Raises UsageError where `out` makes no sense and OutputError where it cannot be written.
    """
    iris = Iris(base)
    target = target_format(out, format_name)
    reports: list[FileReport] = []
    files = tuple(find_sources(sources))
    metadata, papers, faults = set_apart(files)
    reports += [FileReport(fault.where.split(":")[0], failure=fault) for fault in faults]
    documents = _documents(in_order(read_all(watch(by_form(papers, form)), form)), iris, reports, metadata)
    first = next(documents, None)
    if first is None:
        return BuildReport(_sorted(reports, files), str(out), written=False)
    quads: Iterable[Quad] = settle(chain(first, chain.from_iterable(documents), authority_quads(iris)), iris)
    more: More | None = None
    if derive and target == STORE:
        facts = Facts()
        quads, more = facts.noting(quads), partial(derived, iris=iris, facts=facts)
    elif derive:
        quads = with_derived(quads, iris)
    elif out == STDOUT:
        quads = tuple(quads)
    write_graph(quads, out, target, Options(iris), more)
    found = _validation(out, quads, told) if validate else None
    return BuildReport(_sorted(reports, files), str(out), written=True, validation=found)


def _sorted(reports: Iterable[FileReport], files: Iterable[Path]) -> tuple[FileReport, ...]:
    """The reports in the order of the files, which were read in that of their forms."""
    places = {str(path): n for n, path in enumerate(files)}
    return tuple(sorted(reports, key=lambda report: places.get(report.path, places.get(report.path.split("!")[0], 0))))


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


def _documents(
    readings: Iterable[Reading], iris: Iris, reports: list[FileReport], metadata: Metadata
) -> Iterator[tuple[Quad, ...]]:
    """The quads of each document that can be read; a report of every one is added to `reports`."""
    versions = Versions()
    for reading in readings:
        where = reading.where
        try:
            document, seconds, remarks = versions.sift(document_of(reading, metadata))
            said = (*document_quads(document, iris), *second_source_quads(document, seconds, iris))
        except InputError as error:
            reports.append(FileReport(where, failure=error))
        except ResgraphError as error:
            failure = InputError(where, f"{error.where}: {error.what}", error.todo)
            reports.append(FileReport(where, failure=failure))
        except Exception as error:
            reports.append(FileReport(where, failure=_unforeseen(where, error)))
        else:
            versions.add(document, where)
            reports.append(report_of(document, remarks))
            yield said


def _unforeseen(where: str, error: Exception) -> InputError:
    """A fault of resgraph's own, which costs one document like any other and is shown like any other."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = f"made resgraph fail ({type(error).__name__}: {error}; {Path(frame.filename).name}, line {frame.lineno})"
    return InputError(where, " ".join(what.split()), "report this with the file; it is left out of the graph")


def write_graph(quads: Iterable[Quad], out: Path, target: str, options: Options, more: More | None = None) -> None:
    """Writes a graph to a store folder, a file or standard output; `more` adds to a store what follows from it."""
    if target == STORE:
        write_store(out, quads, more)
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
