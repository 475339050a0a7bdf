"""The process that reads strangers' documents: it imports one reader, gives up what it does not need, and serves.

A module that reads data of its own does so in a function `prepare`, since once the caps are set, no file and no socket
can be opened any more. A request is one line of JSON and as many bytes as it says; an answer is its length and a pickle
of model values, which the other side reads without trust. Where what was read is also finished here, an empty list
says that reading is over, and the answer follows.
"""

from __future__ import annotations

import json
import pickle
import sys
from functools import partial
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from resgraph.errors import InputError
from resgraph.model import Source
from resgraph.readers.sandbox.outcomes import MB, Caps, Crashed, Done, Finish, Limit, Listed, Refused, Unpacked

try:
    import resource
except ImportError:  # pragma: no cover (there is none on Windows)
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Callable

    from resgraph.readers.sandbox.outcomes import Answer

PICKLE = 5
_CODECS = ("cp437", "cp1252", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_8_sig", "latin_1", "ascii", "idna")
"""Codecs that the standard library imports when first used, which it cannot any more under the cap on files."""


def serve(module: str, caps: Caps, finish: Finish | None, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answers requests for the readers of a module until the other side hangs up."""
    reader = import_module(module)
    finished = import_module(finish.module).finisher(finish.setting) if finish else None
    for codec in _CODECS:
        import_module(f"encodings.{codec}")
    if prepare := getattr(reader, "prepare", None):
        prepare()
    _write(answers, pickle.dumps(_set_caps(caps), PICKLE))
    data = b""
    while line := requests.readline():
        request = json.loads(line)
        if (size := request["size"]) is not None:
            data = requests.read(size)
        _allow_processor_time(caps.processor)
        source = Source(*request["source"])
        rest = () if request["index"] is None else (request["index"],)
        answer = _answer(partial(getattr(reader, request["call"]), data, source, *rest), source.path, caps)
        if finish and finished and isinstance(answer, Done):
            _write(answers, pickle.dumps(Listed(()), PICKLE))
            _allow_processor_time(finish.processor)
            answer = _answer(partial(finished, answer.value, source.path), source.path, caps)
        payload = pickle.dumps(answer, PICKLE)
        if len(payload) > caps.output:
            answer = Limit("output", f"{caps.output // MB:,} MB")
            payload = pickle.dumps(answer, PICKLE)
        _write(answers, payload)
        if isinstance(answer, Limit):
            return


def _answer(call: Callable[[], object], where: str, caps: Caps) -> Answer:
    try:
        value = call()
    except InputError as error:
        return Refused(error.where, error.what, error.todo)
    except MemoryError:
        return Limit("memory", f"{caps.memory // MB:,} MB")
    except RecursionError:
        return Refused(where, "is nested too deeply to be read", "save it again in another format")
    except Exception as error:
        return Crashed(None, _fault(error))
    match value:
        case bytes():
            return Unpacked(value)
        case tuple():
            return Listed(value)
        case _:
            return Done(value)  # type: ignore[arg-type]


def _fault(error: Exception) -> str:
    """What went wrong, and in which line; no source is opened for it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{PurePath(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}" if trace else "nowhere"
    words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return f"{words}; {place}"


def _set_caps(caps: Caps) -> tuple[str, ...]:
    """Sets what this system can set, and gives the names of the caps that hold."""
    if resource is None:
        return ("output",)
    wanted = (
        ("memory", "RLIMIT_AS", caps.memory),
        ("processor time", "RLIMIT_CPU", None),
        ("open files", "RLIMIT_NOFILE", 3 + caps.files),
        ("", "RLIMIT_FSIZE", 0),
        ("", "RLIMIT_CORE", 0),
    )
    return ("output", *(name for name, limit, value in wanted if _set(limit, value) and name))


def _set(limit: str, value: int | None) -> bool:
    try:
        number = getattr(resource, limit)
        hard = resource.getrlimit(number)[1]
        if value is not None:
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(number, (value, value))
    except (AttributeError, ValueError, OSError):
        return False
    return True


def _allow_processor_time(seconds: int) -> None:
    """Each document has its own allowance; the signal at its end cannot be put off."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _write(answers: BinaryIO, payload: bytes) -> None:
    answers.write(len(payload).to_bytes(8, "big"))
    answers.write(payload)
    answers.flush()


def main() -> None:
    module, caps = sys.argv[1], Caps(**json.loads(sys.argv[2]))
    about = json.loads(sys.argv[3])
    finish = Finish(**{**about, "setting": sys.stdin.buffer.read(about["setting"])}) if about else None
    serve(module, caps, finish, sys.stdin.buffer, sys.stdout.buffer)
