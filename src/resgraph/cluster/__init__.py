"""A build on many machines: Dask spreads the documents, and the graph is a folder of compressed N-Quads.

Workers read chunks of documents and keep drafts of what they say (`tasks`, `drafts`); what the graph takes of each is
decided here, where all are known, as in a build on one machine; then workers write one part a chunk, and what documents
share is the last part, so that each triple is in one graph once (`assembling`). Places are fsspec's (`places`).
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from resgraph.build import in_order
from resgraph.build.rules import rules_digest
from resgraph.build.shares import sift
from resgraph.build.shelf import NOWHERE, shelf_at
from resgraph.cluster.assembling import Read, assemble
from resgraph.cluster.places import find, local, read_source
from resgraph.cluster.running import TRIES, connected, read_all
from resgraph.cluster.tasks import Item, Job, Told, read_chunk, read_metadata
from resgraph.errors import InputError
from resgraph.iris import DEFAULT_BASE
from resgraph.output import held
from resgraph.readers.metadata import opens_as_metadata
from resgraph.report import BuildReport, FileReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from distributed import Client, Future

    from resgraph.build.shelf import Shelf
    from resgraph.cluster.tasks import Chunk

    Watch = Callable[[Iterable[Chunk], int], Iterable[Chunk]]

CHUNK = 100
_METADATA = (".json", ".jsonl")


def build(
    scheduler: str,
    sources: Iterable[str],
    out: str,
    *,
    base: str = DEFAULT_BASE,
    form: str | None = None,
    chunk: int = CHUNK,
    fresh: bool = False,
    watch: Watch = lambda chunks, _: chunks,
) -> BuildReport:
    """Reads the files under the URLs `sources`, `chunk` of them a task, and writes their graph under the URL `out`.

    `watch` is handed the chunks as they are read, and their number. Raises UsageError where the scheduler or its
    workers cannot do it, OutputError where `out` cannot be written.
    """
    folder = local(out)
    job = Job(str(folder or out), base, form, rules_digest(), fresh)
    with connected(scheduler) as client, held(folder) if folder else nullcontext():
        files = tuple(find(sources))
        metadata = tuple(url for url in files if url.endswith(_METADATA) and _is_metadata(url))
        told, faults = _told(client, metadata)
        papers = [url for url in files if url not in metadata] if metadata else files
        with shelf_at(NOWHERE, fresh=False, kept=False) as shelf:
            read = _read(client, job, papers, told, chunk, watch, shelf)
            return _built(client, job, files, faults, read, shelf)


def _is_metadata(url: str) -> bool:
    try:
        return opens_as_metadata(read_source(url)[:512])
    except (InputError, OSError):
        return False


def _told(client: Client, urls: Sequence[str]) -> tuple[Told | Future, tuple[InputError, ...]]:
    """What metadata tell, as a task: workers hand it to each other, and read it again where it is lost."""
    if not urls:
        return Told(), ()
    future = client.submit(read_metadata, urls, pure=False, retries=TRIES)
    return future, future.result().faults


def _read(
    client: Client, job: Job, files: Sequence[str], told: Told | Future, chunk: int, watch: Watch, shelf: Shelf
) -> Read:
    items = tuple(Item(number, url) for number, url in enumerate(files))
    chunks = (items[n : n + chunk] for n in range(0, len(items), chunk))

    def submit(some: tuple[Item, ...]) -> Future:
        return client.submit(read_chunk, some, job, told, pure=False, retries=TRIES)

    read = Read(chunk)
    for done in watch(read_all(client, chunks, submit), -(-len(items) // chunk)):
        read.note(done)
        for gist in done.gists:
            if gist.part:
                shelf.put(gist.entry.key, gist.entry.told, gist.part)
    read.entries.sort(key=lambda entry: entry.order)
    return read


def _built(
    client: Client, job: Job, files: Sequence[str], faults: Sequence[InputError], read: Read, shelf: Shelf
) -> BuildReport:
    reports = [FileReport(fault.where.split(":")[0], failure=fault) for fault in faults]
    reports += [FileReport(entry.where, failure=entry.failure) for entry in read.entries if entry.failure]
    sifted = list(sift(read.entries, shelf))
    reports = list(in_order([*reports, *(report for _, report in sifted)], files))
    if not sifted:
        return BuildReport(tuple(reports), job.out, written=False)
    told = assemble(client, job, read, [share for share, _ in sifted], reports)
    return BuildReport(told, job.out, written=True)
