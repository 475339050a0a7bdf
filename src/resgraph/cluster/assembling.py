"""The second half: workers write the parts, and what their documents share becomes the last one."""

from __future__ import annotations

import gzip
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resgraph.authority import authority_quads
from resgraph.build import without
from resgraph.build.parts import nquads
from resgraph.build.shared import Shared
from resgraph.cluster.manifest import File, SourceOf, write_lines, write_manifest
from resgraph.cluster.running import TRIES, write_all
from resgraph.cluster.tasks import MOST_MEMBERS, part_name, write_part
from resgraph.iris import Iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from distributed import Client, Future

    from resgraph.build.making import Entry
    from resgraph.build.shares import Share
    from resgraph.cluster.tasks import Chunk, Job, Written
    from resgraph.report import FileReport

    Draft = tuple[str, tuple[int, ...]]
    Task = tuple[int, tuple[tuple[str, tuple[Share | None, ...]], ...]]


@dataclass(slots=True)
class Read:
    """What is known of all documents: their entries, and the drafts of each chunk, each with the numbers of its
    documents. A chunk that was cut while it was read has several drafts and becomes one part all the same.
    """

    chunk: int
    entries: list[Entry] = field(default_factory=list)
    drafts: defaultdict[int, list[Draft]] = field(default_factory=lambda: defaultdict(list))

    def note(self, chunk: Chunk) -> None:
        numbers = tuple(gist.entry.order[2] for gist in chunk.gists)
        self.entries += [gist.entry for gist in chunk.gists]
        if chunk.draft:
            self.drafts[numbers[0] // MOST_MEMBERS // self.chunk].append((chunk.draft, numbers))

    def tasks(self, shares: Iterable[Share]) -> list[Task]:
        """The parts to write: those that the graph takes anything of, numbered in the order of the sources."""
        known = {share.entry.order[2]: share for share in shares if share.sifted.kept or share.sifted.seconds}
        tasks: list[Task] = []
        for _, drafts in sorted(self.drafts.items()):
            taken = [(name, tuple(map(known.get, numbers))) for name, numbers in sorted(drafts, key=_first)]
            if any(any(of_draft) for _, of_draft in taken):
                tasks.append((len(tasks), tuple(taken)))
        return tasks


def _first(draft: Draft) -> int:
    return draft[1][0]


def assemble(
    client: Client, job: Job, read: Read, shares: Sequence[Share], reports: Iterable[FileReport]
) -> tuple[FileReport, ...]:
    """Writes all parts and the manifest, and gives the reports of what is in them."""
    iris = Iris(job.base)
    tasks = read.tasks(shares)
    parts: list[File] = []
    of: dict[str, SourceOf] = {}
    lost: set[str] = set()

    def submit(task: Task) -> Future:
        return client.submit(write_part, *task, job, pure=False, retries=TRIES)

    with Shared() as shared:
        shared.add(nquads(authority_quads(iris)))
        for (_, taken), written in write_all(client, tasks, submit):
            shared.add(gzip.decompress(written.shared))
            parts.append(_file(written))
            lost.update(written.lost)
            of.update(_sources(taken, written))
        own = {node for share in shares if share.entry.where not in lost for node in _own(share, iris)}
        last = write_lines(shared.settled(own), job.out, lambda digest: part_name(len(tasks), digest))
    reports = tuple(without(report, frozenset(lost)) for report in reports)
    parts.sort(key=lambda part: part.file)
    write_manifest(job, [*parts, last], reports, of)
    return reports


def _file(written: Written) -> File:
    return File(written.file, written.statements, written.size, written.sha256, written.documents)


def _sources(taken: Iterable[tuple[str, Iterable[Share | None]]], written: Written) -> dict[str, SourceOf]:
    shares = [share for _, of_draft in taken for share in of_draft if share and share.entry.where not in written.lost]
    return {share.entry.where: SourceOf(share.entry.sha256, written.file) for share in shares}


def _own(share: Share, iris: Iris) -> list[bytes]:
    """The nodes that have graphs of their own, as N-Quads have them."""
    return [str(iris.document(share.symbols[n])).encode() for n in share.sifted.kept]
