"""Stores that read files: a folder with the graph as compressed N-Quads, and what tells the store to read it."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from resgraph.errors import UsageError
from resgraph.load.graphs import chunks, named_graphs
from resgraph.output import held, whole_folder
from resgraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from resgraph.load.graphs import NamedGraph

_FILES = ("manifest.json", "Qleverfile", "load.json", "part-*.nq.gz")
_QLEVERFILE = """\
[data]
NAME        = resgraph
DESCRIPTION = Resolutions of the United Nations, a named graph a document
FORMAT      = nq

[index]
INPUT_FILES     = part-*.nq.gz
CAT_INPUT_FILES = gunzip -c ${INPUT_FILES}
SETTINGS_JSON   = { "num-triples-per-batch": 100000 }

[server]
PORT               = 7001
MEMORY_FOR_QUERIES = 2G
TIMEOUT            = 30s

[runtime]
SYSTEM = docker
IMAGE  = docker.io/adfreiburg/qlever:latest
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the folder, with the hash of its compressed bytes."""

    file: str
    statements: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where Neptune finds the parts, and as whom it reads them."""

    source: str
    role: str
    region: str


def write_for_qlever(graph: Path, folder: Path, chunk: int) -> tuple[Part, ...]:
    """The input of QLever's index and a Qleverfile."""
    return _write(graph, folder, chunk, {"Qleverfile": _QLEVERFILE})


def write_for_neptune(graph: Path, folder: Path, chunk: int, bucket: Bucket) -> tuple[Part, ...]:
    """The parts for S3, and `load.json`, the request to Neptune's bulk loader."""
    if not bucket.source.startswith("s3://"):
        raise UsageError(bucket.source, "is no address in S3", "give one such as s3://bucket/folder/")
    request = {
        "source": bucket.source.rstrip("/") + "/part-",
        "format": "nquads",
        "iamRoleArn": bucket.role,
        "region": bucket.region,
        "mode": "AUTO",
        "failOnError": "TRUE",
        "parallelism": "MEDIUM",
        "queueRequest": "TRUE",
    }
    return _write(graph, folder, chunk, {"load.json": json.dumps(request, indent=2) + "\n"})


def _write(graph: Path, folder: Path, chunk: int, files: dict[str, str]) -> tuple[Part, ...]:
    store = open_store(graph)
    counts: dict[str, int] = {}

    def counted(each: NamedGraph) -> None:
        counts[each.name] = len(each.lines)

    with held(folder), whole_folder(folder, _is_ours, "folder of files to load") as new:
        parts = tuple(_write_parts(new, chunk, named_graphs(store, str(graph), RdfFormat.N_QUADS), counted))
        manifest = {"parts": [asdict(part) for part in parts], "graphs": counts}
        files = files | {"manifest.json": json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"}
        for name, text in files.items():
            (new / name).write_text(text, encoding="utf-8")
    return parts


def _is_ours(folder: Path) -> bool:
    names = list(folder.iterdir())
    return (folder / "manifest.json").is_file() and all(any(map(path.match, _FILES)) for path in names)


def _write_parts(
    folder: Path, chunk: int, graphs: Iterable[NamedGraph], counted: Callable[[NamedGraph], None]
) -> Iterator[Part]:
    waiting: list[bytes] = []
    number = 0
    for graph in graphs:
        counted(graph)
        *full, last = chunks((*waiting, *graph.lines), chunk)
        for lines in full:
            yield _part(folder, number, lines)
            number += 1
        waiting = list(last)
    if waiting:
        yield _part(folder, number, waiting)


def _part(folder: Path, number: int, lines: Iterable[bytes]) -> Part:
    lines = tuple(lines)
    data = gzip.compress(b"".join(lines), mtime=0)
    file = f"part-{number:05d}.nq.gz"
    (folder / file).write_bytes(data)
    return Part(file, len(lines), sha256(data).hexdigest())
