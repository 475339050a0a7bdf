"""Documents become parts: those on the shelf are taken from there, the others are read, a few at a time."""

from __future__ import annotations

import pickle
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from resgraph.build.parts import Part
from resgraph.build.rules import rules_digest
from resgraph.errors import InputError, ResgraphError
from resgraph.readers import Found, Reading, find_documents, read_found
from resgraph.readers.media import DOC, PDF
from resgraph.readers.sandbox.outcomes import Crashed, Done, Finish, Listed, Refused, Unpacked, failure_of
from resgraph.readers.sandbox.pool import SANDBOX
from resgraph.versions import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from resgraph.build.shelf import Shelf
    from resgraph.iris import Iris
    from resgraph.readers.metadata import Metadata
    from resgraph.readers.sandbox.outcomes import Failure

_BY_PROGRAMS = (DOC, PDF)
"""Forms that other programs have a hand in: who installs one has them read again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a build: the key of its part, or why there is none; then that of the refusal, if it is kept."""

    order: tuple[int, bool, int]
    where: str
    sha256: str = ""
    key: str = ""
    told: str = ""
    failure: InputError | None = None


@dataclass(frozen=True)
class Makings:
    """All that a part depends on besides its document."""

    iris: Iris
    metadata: Metadata
    form: str | None = None

    def key(self, found: Found) -> str:
        source = found.source
        about = (rules_digest(), self.iris.base, source.media_type, source.name, source.sha256)
        return sha256(repr(about).encode()).hexdigest()

    @cached_property
    def all_told(self) -> str:
        """The digest of all metadata: what is refused names no resolutions, so that all are taken to be of it."""
        return self.metadata.digest(self.metadata.told)

    def key_of_refusal(self, found: Found) -> str:
        return f"{self.key(found)} {self.all_told}"

    @cached_property
    def finish(self) -> Finish:
        """What to ask of a process that reads: the part of the graph that a document gives."""
        return Finish("resgraph.build.understand", pickle.dumps((self.iris.base, self.metadata.told)))


def make_part(found: Found, iris: Iris, finish: Finish) -> Part | InputError:
    """The part of one document, made in a capped process; the reason where there is none."""
    made = _made(found, iris, finish)
    return made if isinstance(made, Part) else failure_of(made, found.source.path)


def _made(found: Found, iris: Iris, finish: Finish) -> Part | Failure:
    answer = read_found(found, finish)
    match answer:
        case Unpacked(data):
            try:
                return Part.unpack(data, iris)
            except (ValueError, ResgraphError) as error:
                return Crashed(None, f"its answer makes no sense: {error}")
        case Done() | Listed():
            raise TypeError(f"a reader gave {type(answer).__name__}")
    return answer


def make_parts(paths: Iterable[Path], makings: Makings, shelf: Shelf, workers: int) -> Iterator[Entry]:
    """The entry of each document, as it is done; after that, its part is on the shelf."""
    waiting: dict[Future[Part | Failure], tuple[Entry, Found]] = {}
    with ThreadPoolExecutor(workers, "reader") as threads:
        try:
            for number, found in enumerate(find_documents(paths, makings.form)):
                entry = _entry(number, found, makings, shelf)
                if isinstance(found, Reading) or entry.key or entry.failure:
                    yield entry
                    continue
                waiting[threads.submit(_made, found, makings.iris, makings.finish)] = entry, found
                if len(waiting) >= 2 * workers:
                    yield from _finished(waiting, makings, shelf)
            while waiting:
                yield from _finished(waiting, makings, shelf)
        finally:
            if waiting:
                threads.shutdown(wait=False, cancel_futures=True)
                SANDBOX.close()


def _entry(number: int, found: Found | Reading, makings: Makings, shelf: Shelf) -> Entry:
    """What is known of a document before it is read: a key where its part is on the shelf, or why there is none."""
    if isinstance(found, Reading):
        return refused(number, found)
    entry, key = unread(number, found), makings.key(found)
    known = shelf.about(key)
    if known and known[0] == makings.metadata.digest(known[1].symbols):
        return replace(entry, key=key, told=known[0])
    if refusal := shelf.refused(key := makings.key_of_refusal(found)):
        line, what, todo = refusal
        return replace(entry, key=key, failure=InputError(entry.where + line, what, todo))
    return entry


def refused(number: int, reading: Reading) -> Entry:
    if isinstance(reading.outcome, Done):
        raise TypeError(reading.where)
    return Entry((0, False, number), reading.where, failure=failure_of(reading.outcome, reading.where))


def unread(number: int, found: Found) -> Entry:
    source = found.source
    return Entry((rank(source.media_type), "!" in source.path, number), source.path, source.sha256)


def _finished(
    waiting: dict[Future[Part | Failure], tuple[Entry, Found]], makings: Makings, shelf: Shelf
) -> Iterator[Entry]:
    """Puts on the shelf what is done of what is waited for."""
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        part, (entry, found) = future.result(), waiting.pop(future)
        if isinstance(part, Part):
            key, told = makings.key(found), makings.metadata.digest(part.about.symbols)
            shelf.put(key, told, part)
            yield replace(entry, key=key, told=told)
            continue
        key = ""
        if isinstance(part, Refused) and found.media not in _BY_PROGRAMS and part.where.startswith(entry.where):
            key = makings.key_of_refusal(found)
            shelf.refuse(key, part.where.removeprefix(entry.where), part.what, part.todo)
        yield replace(entry, key=key, failure=failure_of(part, entry.where))
