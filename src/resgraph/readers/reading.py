"""Documents read one after another: text here, every other format in a capped process, a few documents ahead."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from resgraph.errors import InputError
from resgraph.model import Source
from resgraph.readers.files import STDIN, read_bytes, too_large
from resgraph.readers.media import AKN, BY_NAME, DOC, DOCX, HTML, PDF, TEXT, ZIP, Media, media_type
from resgraph.readers.ocr import NO_TEXT_LAYER, program, with_text_layer
from resgraph.readers.sandbox.outcomes import (
    CAPS,
    MB,
    Caps,
    Done,
    Failure,
    Finish,
    Listed,
    Refused,
    Unpacked,
    failure_of,
)
from resgraph.readers.sandbox.pool import SANDBOX
from resgraph.readers.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from resgraph.model import Read
    from resgraph.readers.sandbox.outcomes import Answer, Outcome


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a reader is: `function` of `module` takes bytes and a source that has all but its text, and gives what it
    reads. It is imported in the process that it runs in, and nowhere else.
    """

    module: str
    function: str
    caps: Caps = CAPS


READERS = {
    DOCX.media_type: Reader("resgraph.readers.docx", "read_docx"),
    HTML.media_type: Reader("resgraph.readers.html", "read_html"),
    AKN.media_type: Reader("resgraph.readers.akn", "read_akn"),
    PDF.media_type: Reader("resgraph.readers.pdf", "read_pdf", Caps(memory=2048 * 1024 * 1024)),
}
"""By media type, what is read in a process of its own. Plain text is not among them: decoding it is the interpreter's
own work, linear in what it is given, and handing it to another process and back would cost more than doing it.
"""

_TEXT_READER = Reader("resgraph.readers.text", "read_text", Caps(memory=4096 * MB))
_ARCHIVE = "resgraph.readers.zip"
_AHEAD = min(4, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one document; `where` is its path, for a member of an archive `archive.zip!member`."""

    where: str
    outcome: Outcome

    def value(self) -> Read:
        """What was read. Raises InputError with the path, the reason and the remedy where nothing was."""
        if isinstance(self.outcome, Done):
            return self.outcome.value
        raise failure_of(self.outcome, self.where)


@dataclass(frozen=True, slots=True)
class Found:
    """A document as it was found: its bytes, and a source that has all but its text."""

    data: bytes
    source: Source
    media: Media


def read_source(path: Path) -> Read:
    """The document at `path`: its text, or its resolutions where its markup tells their parts.

    Raises InputError, naming the path, for a file that is missing, unreadable, too large, empty, of a foreign format,
    or over a cap; for an archive that holds anything but one document.
    """
    readings = list(read_all([path]))
    if len(readings) != 1:
        raise InputError(str(path), f"is an archive of {len(readings)} documents", "read it with read_all")
    return readings[0].value()


def read_all(paths: Iterable[Path], form: str | None = None) -> Iterator[Reading]:
    """What becomes of each document in the files, in their order; archives are opened.

    `form` names the format (one of BY_NAME) where the bytes shall not tell it.
    """
    waiting: deque[Future[Reading]] = deque()
    with ThreadPoolExecutor(_AHEAD, "reader") as threads:
        try:
            for found in find_documents(paths, form):
                at_once = isinstance(found, Reading) or found.media is TEXT
                waiting.append(_done(_read(found)) if at_once else threads.submit(_read, found))
                while waiting and (len(waiting) > 2 * _AHEAD or waiting[0].done()):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            if waiting:
                threads.shutdown(wait=False, cancel_futures=True)
                SANDBOX.close()


def _done(reading: Reading) -> Future[Reading]:
    future: Future[Reading] = Future()
    future.set_result(reading)
    return future


def _read(found: Found | Reading) -> Reading:
    return found if isinstance(found, Reading) else Reading(found.source.path, _outcome(read_found(found)))


def find_documents(paths: Iterable[Path], form: str | None = None) -> Iterator[Found | Reading]:
    """Each document in the files, in their order, unread; a reading where there is none. Archives are opened."""
    for path in paths:
        try:
            data = read_bytes(path)
        except InputError as error:
            yield Reading(str(path), _refusal(error))
            continue
        yield from documents_in(data, "stdin" if path == STDIN else path.name, str(path), form)


def documents_in(data: bytes, name: str, where: str, form: str | None = None) -> Iterator[Found | Reading]:
    """The same of the bytes of one file."""
    media = BY_NAME[form] if form else media_type(data)
    if media is ZIP:
        yield from _members(data, _source(data, media, name, where))
    else:
        yield _found(data, media, name, where)


def _members(data: bytes, archive: Source) -> Iterator[Found | Reading]:
    answer = SANDBOX.run(_ARCHIVE, "members", data, archive)
    if not isinstance(answer, Listed):
        yield Reading(archive.path, _outcome(answer))
        return
    if not answer.members:
        refused = Refused(
            archive.path, "is an archive without documents", "give one that holds the text of a resolution"
        )
        yield Reading(archive.path, refused)
    for index, member in enumerate(answer.members):
        yield _member(data, archive, index, member)


def _member(data: bytes, archive: Source, index: int, member: str) -> Found | Reading:
    """A member goes the way of any file, but for its bytes, which never are on disk."""
    where = f"{archive.path}!{_shown(member)}"
    answer = SANDBOX.run(
        _ARCHIVE, "member", data, Source(archive.name, archive.sha256, ZIP.media_type, "", where), index
    )
    if not isinstance(answer, Unpacked):
        return Reading(where, _outcome(answer))
    media = media_type(answer.data)
    if media is ZIP:
        return Reading(where, Refused(where, "is an archive within an archive", ZIP.todo))
    return _found(answer.data, media, _shown(member).rsplit("/", 1)[-1], where)


def _shown(member: str) -> str:
    """A member's name without the signs that could disturb a message."""
    return "".join(character if character.isprintable() else "�" for character in member.replace("\\", "/"))


def _found(data: bytes, media: Media, name: str, where: str) -> Found | Reading:
    if error := too_large(data, where):
        return Reading(where, _refusal(error))
    return Found(data, _source(data, media, name, where), media)


def _source(data: bytes, media: Media, name: str, where: str) -> Source:
    return Source(name, sha256(data).hexdigest(), media.media_type, "", where)


def read_found(found: Found, finish: Finish | None = None) -> Answer:
    """What becomes of a document; where there is a `finish`, what that makes of it, and that of plain text as well is
    done in a capped process.
    """
    data, source, media = found.data, found.source, found.media
    if media is TEXT and not finish:
        return _text(data, source)
    if media is DOC:
        from resgraph.readers.doc import to_docx

        try:
            data = to_docx(data, source.path)
        except InputError as error:
            return _refusal(error)
        media = DOCX
    reader = _TEXT_READER if media is TEXT else READERS.get(media.media_type)
    if reader is None:
        return Refused(source.path, f"is {media.label}, which resgraph does not read", media.todo)
    if not data:
        return Refused(source.path, "is empty", "give a file that holds the text of a resolution")
    run = partial(SANDBOX.run, reader.module, caps=reader.caps)
    answer = run(reader.function, data, source, finish=finish)
    if isinstance(answer, Refused) and answer.what == NO_TEXT_LAYER and program():
        try:
            answer = run(reader.function, _with_text_layer(data, source, run), source, finish=finish)
        except InputError as error:
            return _refusal(error)
    return answer


def _text(data: bytes, source: Source) -> Answer:
    try:
        return Done(read_text(data, source))
    except InputError as error:
        return _refusal(error)


def _with_text_layer(data: bytes, source: Source, run: Callable[..., Answer]) -> bytes:
    """A PDF whose pages are pictures, once a program that recognises text has given it a text layer."""

    def picture(number: int) -> bytes:
        answer = run("page_picture", data, source, number)
        if isinstance(answer, Unpacked):
            return answer.data
        raise failure_of(answer, source.path) if isinstance(answer, Failure) else TypeError(type(answer).__name__)

    return with_text_layer(data, picture, source.path)


def _outcome(answer: Answer) -> Outcome:
    if isinstance(answer, Listed | Unpacked):
        raise TypeError(f"a reader gave {type(answer).__name__}")
    return answer


def _refusal(error: InputError) -> Refused:
    return Refused(error.where, error.what, error.todo)
