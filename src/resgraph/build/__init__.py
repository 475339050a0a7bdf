"""The pipeline over many files: a bad one costs itself alone, and the graph appears whole or not at all.

Documents become parts, several at a time, each in a capped process (`making`); parts are kept beside the graph
(`shelf`), so that only what is new is read; what the graph takes of each is decided where all are known (`shares`), and
loaded in bulk (`graph`) into a store or a file (`writing`).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from resgraph.build.making import Makings, make_parts
from resgraph.build.shares import sift
from resgraph.build.shelf import NOWHERE, shelf_at
from resgraph.build.targets import STDOUT, STORE, export_store, target_format, write_graph
from resgraph.build.writing import Wish, write
from resgraph.errors import InputError
from resgraph.iris import DEFAULT_BASE, Iris
from resgraph.output import held
from resgraph.readers import find_sources
from resgraph.readers.metadata import set_apart
from resgraph.readers.sandbox.pool import SANDBOX
from resgraph.report import BuildReport, FileReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from resgraph.build.shares import Share
    from resgraph.build.shelf import Shelf
    from resgraph.build.writing import Told

    Watch = Callable[[Sequence[Path]], Iterable[Path]]

__all__ = ["STDOUT", "STORE", "build", "export_store", "in_order", "target_format", "without", "write_graph"]


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
    workers: int | None = None,
    fresh: bool = False,
) -> BuildReport:
    """Reads all files of `sources` and writes their graph to `out`: a store folder, a file, or `-` for standard output.

    `derive` adds the derived graph.
    `form` names the format of the sources (`docx`, `html` and so on) where their bytes shall not tell it.
    `watch` is handed the files and gives them back one by one; `told` hears how many nodes of how many are validated.
    `workers` documents are read at a time, by default as many as there are processors; `fresh` reads all of them anew.
    Raises UsageError where `out` makes no sense, OutputError where it cannot be written, and BusyError where another
    build is writing it.
    """
    target, cores = target_format(out, format_name), os.cpu_count() or 1
    wish = Wish(out, target, Iris(base), validate=validate, derive=derive, workers=workers or cores, told=told)
    files = tuple(find_sources(sources))
    if out == STDOUT:
        with shelf_at(NOWHERE, fresh=False, kept=False) as shelf:
            return _built(files, form, watch, wish, shelf)
    with held(out):
        place = out.resolve()
        with shelf_at(place.with_name(f".{place.name}.parts"), fresh=fresh, kept=target == STORE) as shelf:
            return _built(files, form, watch, wish, shelf)


def _built(files: Sequence[Path], form: str | None, watch: Watch, wish: Wish, shelf: Shelf) -> BuildReport:
    metadata, papers, faults = set_apart(files)
    makings = Makings(wish.iris, metadata, form)
    entries = sorted(make_parts(watch(papers), makings, shelf, wish.workers), key=lambda entry: entry.order)
    SANDBOX.rest(1)
    reports = [FileReport(fault.where.split(":")[0], failure=fault) for fault in faults]
    reports += [FileReport(entry.where, failure=entry.failure) for entry in entries if entry.failure]
    shares: list[Share] = []
    for share, report in sift(entries, shelf):
        shares.append(share)
        reports.append(report)
    if not shares:
        return BuildReport(in_order(reports, files), str(wish.out), written=False)
    written = write(shares, shelf, wish)
    shelf.keep(entry.key for entry in entries)
    reports = [without(report, written.lost) for report in reports]
    return BuildReport(
        in_order(reports, files), str(wish.out), written=True, validation=written.validation, changed=written.changed
    )


def without(report: FileReport, lost: frozenset[str]) -> FileReport:
    """The report of a document whose part turned out to be damaged."""
    if report.path not in lost:
        return report
    what = "gave a part of the graph that cannot be loaded"
    return FileReport(
        report.path, failure=InputError(report.path, what, "build again; if it stays so, report the file")
    )


def in_order(reports: Iterable[FileReport], files: Iterable[Path | str]) -> tuple[FileReport, ...]:
    """The reports in the order of the files, whatever that of their forms."""
    places = {str(path): n for n, path in enumerate(files)}
    return tuple(sorted(reports, key=lambda report: places.get(report.path, places.get(report.path.split("!")[0], 0))))
