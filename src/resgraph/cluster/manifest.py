"""What a build on a cluster leaves beside its parts: which there are, of which sources, and what could not be read."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from hashlib import file_digest
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from resgraph import __version__
from resgraph.cluster.drafts import FOLDER
from resgraph.cluster.places import names_in, remove, within, write, write_from
from resgraph.report import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from resgraph.cluster.tasks import Job
    from resgraph.report import FileReport

MANIFEST = "manifest.json"
_OURS = ("part-[0-9]*-*.nq.gz", "sources-*.jsonl.gz", FOLDER)
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class File:
    """A file that was written: `lines` are its statements, or its sources."""

    file: str
    lines: int
    size: int
    sha256: str
    documents: int = 0


@dataclass(frozen=True, slots=True)
class SourceOf:
    """Which bytes a document had, and the part that has what it says."""

    sha256: str
    part: str


def write_lines(blocks: Iterable[bytes], out: str, name: Callable[[str], str]) -> File:
    """Compressed lines, of which memory need not hold all; `name` makes a name of the hash of the file."""
    lines = 0
    with TemporaryFile() as file:
        with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
            for block in blocks:
                packed.write(block)
                lines += block.count(b"\n")
        size = file.tell()
        file.seek(0)
        digest = file_digest(file, "sha256").hexdigest()
        file.seek(0)
        write_from(within(out, name(digest)), file)
    return File(name(digest), lines, size, digest)


def write_manifest(job: Job, parts: Iterable[File], reports: Iterable[FileReport], of: Mapping[str, SourceOf]) -> None:
    """The list of sources, then the manifest, which counts once it is there; last, what earlier builds left goes."""
    reports = tuple(reports)
    sources = write_lines(
        (_source(report, of.get(report.path)) for report in reports),
        job.out, lambda digest: f"sources-{digest[:16]}.jsonl.gz",
    )  # fmt: skip
    failures = [report.failure for report in reports if report.failure]
    parts = tuple(parts)
    manifest = {
        "resgraph": __version__,
        "rules": job.rules,
        "base": job.base,
        "documents": sources.lines - len(failures),
        "statements": sum(part.lines for part in parts),
        "counts": asdict(sum((report.tally for report in reports), Tally())),
        "problems": sum(len(report.problems) for report in reports),
        "failed": [{"source": each.where, "what": each.what, "todo": each.todo} for each in failures],
        "sources": {"file": sources.file, "bytes": sources.size, "sha256": sources.sha256},
        "parts": [_told(part) for part in parts],
    }
    write(within(job.out, MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n")
    _tidy(job.out, {sources.file, *(part.file for part in parts)})


def _told(part: File) -> dict[str, object]:
    about = {"file": part.file, "statements": part.lines, "documents": part.documents}
    return about | {"bytes": part.size, "sha256": part.sha256}


def _source(report: FileReport, known: SourceOf | None) -> bytes:
    told = {
        "source": report.path,
        "sha256": known and known.sha256,
        "part": known and known.part,
        "resolutions": report.tally.resolutions,
        "problems": report.problems,
        "unread": report.unread,
        "failure": report.failure and report.failure.what,
    }
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _tidy(out: str, kept: set[str]) -> None:
    left = [name for name in names_in(out) if any(fnmatch(name, form) for form in _OURS)]
    remove(within(out, name) for name in left if name not in kept)
