"""What a worker does: it reads a chunk of documents, or writes a part of the graph. Each may be done again anywhere.

Both are functions of what they are given: a second run, on another machine, writes the same bytes under the same name.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from resgraph.build.making import Makings, make_part, refused, unread
from resgraph.build.parts import Opened, Part
from resgraph.build.rules import rules_digest
from resgraph.cluster.drafts import Drafted, place, read_draft, write_draft
from resgraph.cluster.places import name_of, read_source, within, write
from resgraph.errors import InputError, OutputError, UsageError
from resgraph.iris import Iris
from resgraph.readers import Found, Reading, documents_in
from resgraph.readers.metadata import NO_METADATA, Metadata, metadata_in, opens_as_metadata
from resgraph.readers.sandbox.outcomes import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resgraph.build.making import Entry
    from resgraph.build.shares import Share
    from resgraph.readers.sandbox.outcomes import Finish

_LEVEL = 6
MOST_MEMBERS = 10_000
"""More than an archive may have; it makes room in the order of documents for those of each file."""


@dataclass(frozen=True, slots=True)
class Job:
    """What all tasks of a build are told; `rules` are those of the machine that asks for it."""

    out: str
    base: str
    form: str | None
    rules: str
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """The metadata among the sources, the faults of those that cannot be read, and a digest of all."""

    metadata: Metadata = NO_METADATA
    faults: tuple[InputError, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the sources, by its place among all."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Gist:
    """What is kept of a document where all are known: its part has no N-Quads here. No part says why in the entry."""

    entry: Entry
    part: Part | None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Documents that were read, and the name of the draft that has all of them."""

    draft: str
    gists: tuple[Gist, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A part of the graph; `shared` are compressed N-Quads of what its documents say of what documents share, and
    `lost` those whose N-Quads cannot be loaded.
    """

    file: str
    statements: int
    size: int
    sha256: str
    documents: int
    shared: bytes = b""
    lost: tuple[str, ...] = ()


def read_metadata(urls: Sequence[str]) -> Told:
    told = NO_METADATA
    faults: list[InputError] = []
    digest = sha256()
    for url in urls:
        try:
            data = read_source(url)
            told = Metadata({**told.told, **metadata_in(data, url).told})
            digest.update(data)
        except InputError as error:
            faults.append(error)
    return Told(told, tuple(faults), digest.hexdigest() if told.told else "")


def read_chunk(items: Sequence[Item], job: Job, told: Told) -> Chunk:
    """Reads files, understands what they hold, and keeps it as a draft, which is taken as it is where it is there."""
    _same_rules(job)
    makings = Makings(Iris(job.base), told.metadata, job.form)
    found = [each for item in items for each in _found(item, job.form)]
    name = _draft_name(found, makings, told)
    url = place(job.out, name)
    documents = None if job.fresh else read_draft(url, makings.iris)
    if documents is None:
        finish = makings.finish
        documents = [_drafted(number, each, makings, finish) for number, each in found]
        write_draft(url, documents)
    return Chunk(name, tuple(Gist(each.entry, _without_quads(each.part)) for each in documents))


def _same_rules(job: Job) -> None:
    if job.rules != rules_digest():
        todo = "install the same resgraph, Python and libraries on all machines"
        raise UsageError("--cluster", "a worker has other rules than this machine, or another version of Python", todo)


def _found(item: Item, form: str | None) -> Iterator[tuple[int, Found | Reading]]:
    first = item.number * MOST_MEMBERS
    try:
        data = read_source(item.url)
        if opens_as_metadata(data[:512]):
            raise InputError(item.url, "holds metadata", "let its name end in .json or .jsonl")
    except InputError as error:
        yield first, Reading(item.url, Refused(error.where, error.what, error.todo))
        return
    yield from enumerate(documents_in(data, name_of(item.url), item.url, form), first)


def _draft_name(found: Sequence[tuple[int, Found | Reading]], makings: Makings, told: Told) -> str:
    keys = [
        (
            number,
            *((each.where, str(each.outcome)) if isinstance(each, Reading) else (each.source.path, makings.key(each))),
        )
        for number, each in found
    ]
    return sha256(repr((makings.iris.base, makings.form, rules_digest(), told.digest, keys)).encode()).hexdigest()


def _drafted(number: int, found: Found | Reading, makings: Makings, finish: Finish) -> Drafted:
    if isinstance(found, Reading):
        return Drafted(refused(number, found), None)
    entry, part = unread(number, found), make_part(found, makings.iris, finish)
    if isinstance(part, InputError):
        return Drafted(replace(entry, failure=part), None)
    told = makings.metadata.digest(part.about.symbols)
    return Drafted(replace(entry, key=makings.key(found), told=told), part)


def _without_quads(part: Part | None) -> Part | None:
    return part and Part(part.text, part.marks, b"", b"")


def write_part(number: int, shares: Sequence[tuple[str, Sequence[Share | None]]], job: Job) -> Written:
    """Writes what the graph takes of the documents of some drafts, as one compressed file of N-Quads."""
    iris = Iris(job.base)
    own: list[bytes] = []
    shared: set[bytes] = set()
    lost: list[str] = []
    for share, part in _taken(shares, job, iris):
        try:
            opened = Opened.of(part.about, part.quads, part.shared)
            said, common = share.own(opened, iris), share.shared(opened)
            for _ in parse(said + common, RdfFormat.N_QUADS):
                pass
        except (ValueError, SyntaxError):
            lost.append(share.entry.where)
            continue
        own.append(b"".join(dict.fromkeys(said.splitlines(keepends=True))))
        shared.update(common.splitlines())
    data = b"".join(own)
    packed = compressed(data)
    digest = sha256(packed).hexdigest()
    file = part_name(number, digest)
    write(within(job.out, file), packed)
    rest = compressed(b"\n".join(sorted(shared)))
    return Written(file, data.count(b"\n"), len(packed), digest, len(own), rest, tuple(lost))


def _taken(shares: Sequence[tuple[str, Sequence[Share | None]]], job: Job, iris: Iris) -> Iterator[tuple[Share, Part]]:
    for name, of_draft in shares:
        url = place(job.out, name)
        documents = read_draft(url, iris)
        if documents is None:
            raise OutputError(url, "what was read is not there any more", "build again")
        for share, document in zip(of_draft, documents, strict=True):
            if share and document.part:
                yield share, document.part


def part_name(number: int, digest: str) -> str:
    return f"part-{number:06d}-{digest[:16]}.nq.gz"


def compressed(data: bytes) -> bytes:
    """The same bytes whenever it is done."""
    return gzip.compress(data, _LEVEL, mtime=0)
