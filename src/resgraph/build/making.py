"""Documents become parts: those on the shelf are taken from there, the others are read, a few at a time."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from resgraph.build.parts import Part
from resgraph.build.rules import rules_digest
from resgraph.build.understand import finish
from resgraph.errors import InputError
from resgraph.readers import Found, Reading, find_documents, read_found
from resgraph.readers.sandbox.outcomes import Crashed, Done, Listed, Unpacked, failure_of
from resgraph.readers.sandbox.pool import SANDBOX
from resgraph.versions import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from resgraph.build.shelf import Shelf
    from resgraph.iris import Iris
    from resgraph.readers.metadata import Metadata
    from resgraph.readers.sandbox.outcomes import Finish


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a build: the key of its part, or why there is none. Entries sort the best form first."""

    order: tuple[int, bool, int]
    where: str
    sha256: str = ""
    key: str = ""
    told: str = ""
    failure: InputError | None = None


@dataclass(frozen=True, slots=True)
class Makings:
    """All that a part depends on besides its document."""

    iris: Iris
    metadata: Metadata
    form: str | None = None

    def key(self, found: Found) -> str:
        source = found.source
        about = (rules_digest(), self.iris.base, source.media_type, source.name, source.sha256)
        return sha256(repr(about).encode()).hexdigest()

    @property
    def finish(self) -> Finish:
        return finish(self.iris.base, self.metadata)


def make_part(found: Found, iris: Iris, finish: Finish) -> Part | InputError:
    """The part of one document, made in a capped process; the reason where there is none."""
    where = found.source.path
    answer = read_found(found, finish)
    match answer:
        case Unpacked(data):
            try:
                return Part.unpack(data, iris)
            except (ValueError, InputError) as error:
                return failure_of(Crashed(None, f"its answer makes no sense: {error}"), where)
        case Done() | Listed():
            raise TypeError(f"a reader gave {type(answer).__name__}")
        case _:
            return failure_of(answer, where)


def make_parts(paths: Iterable[Path], makings: Makings, shelf: Shelf, workers: int) -> Iterator[Entry]:
    """The entry of each document, as it is done; after that, its part is on the shelf."""
    make = partial(make_part, iris=makings.iris, finish=makings.finish)
    waiting: dict[Future[Part | InputError], Entry] = {}
    with ThreadPoolExecutor(workers, "reader") as threads:
        try:
            for number, found in enumerate(find_documents(paths, makings.form)):
                if isinstance(found, Reading):
                    yield _refused(number, found)
                    continue
                entry = _entry(number, found, makings, shelf)
                if entry.key:
                    yield entry
                    continue
                waiting[threads.submit(make, found)] = replace(entry, key=makings.key(found))
                if len(waiting) >= 2 * workers:
                    yield from _finished(waiting, makings, shelf)
            while waiting:
                yield from _finished(waiting, makings, shelf)
        finally:
            if waiting:
                threads.shutdown(wait=False, cancel_futures=True)
                SANDBOX.close()


def _refused(number: int, reading: Reading) -> Entry:
    if isinstance(reading.outcome, Done):
        raise TypeError(reading.where)
    return Entry((0, False, number), reading.where, failure=failure_of(reading.outcome, reading.where))


def _entry(number: int, found: Found, makings: Makings, shelf: Shelf) -> Entry:
    """What is known of a document before it is read; it has a key where its part is on the shelf."""
    source, key = found.source, makings.key(found)
    entry = Entry((rank(source.media_type), "!" in source.path, number), source.path, source.sha256)
    known = shelf.about(key)
    if known and known[0] == makings.metadata.digest(known[1].symbols):
        return replace(entry, key=key, told=known[0])
    return entry


def _finished(waiting: dict[Future[Part | InputError], Entry], makings: Makings, shelf: Shelf) -> Iterator[Entry]:
    """Puts on the shelf what is done of what is waited for."""
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        part, entry = future.result(), waiting.pop(future)
        if isinstance(part, InputError):
            yield replace(entry, key="", failure=part)
            continue
        told = makings.metadata.digest(part.about.symbols)
        shelf.put(entry.key, told, part)
        yield replace(entry, told=told)
