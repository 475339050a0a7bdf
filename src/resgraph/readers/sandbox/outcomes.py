"""What may become of a document that a capped process reads, and how much of everything it may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.errors import InputError

if TYPE_CHECKING:
    from resgraph.model import Read

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Caps:
    """How much one document may use: bytes of memory and of result, seconds, and files or sockets that it may open."""

    memory: int = 1024 * MB
    processor: int = 20
    wall: float = 60.0
    files: int = 0
    output: int = 64 * MB


CAPS = Caps()


@dataclass(frozen=True, slots=True)
class Finish:
    """What else is done with a document in the process that read it: `finisher(setting)` of `module` is called once and
    gives a function that makes bytes of what was read. It has its own seconds; the other caps go on.
    """

    module: str
    setting: bytes
    processor: int = 300
    wall: float = 600.0


@dataclass(frozen=True, slots=True)
class Done:
    """The document was read; `value` is what its reader gave."""

    value: Read


@dataclass(frozen=True, slots=True)
class Listed:
    """The archive was opened; `members` are the names of the documents in it, in its order."""

    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The bytes of one document in an archive."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """The reader says why it does not read this; `where` may add a line to the document's path."""

    where: str
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class Limit:
    """The document needs more than it may use; `cap` is the name of what ran out, `amount` how much of it there was."""

    cap: str
    amount: str


@dataclass(frozen=True, slots=True)
class Crashed:
    """The reader died of a signal, or failed in a way nobody foresaw, which `fault` describes."""

    signal: int | None
    fault: str


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The reader was still at work after so many seconds, and was ended."""

    seconds: float


Failure = Refused | Limit | Crashed | TimedOut
Outcome = Done | Failure
Answer = Done | Listed | Unpacked | Failure


def failure_of(outcome: Failure, where: str) -> InputError:
    """The failure as the error that the user sees: where, what, what to do."""
    match outcome:
        case Refused(place, what, todo):
            return InputError(place or where, what, todo)
        case Limit(cap, amount):
            what = f"is over the cap on {cap}: it needs more than the {amount} that one document may use"
            return InputError(where, what, "check whether the file is sound; save it again in another format")
        case TimedOut(seconds):
            what = f"is over the cap on time: it was not read within {seconds:g} s"
            return InputError(where, what, "check whether the file is sound; save it again in another format")
        case Crashed(_, fault):
            return InputError(where, f"made its reader crash ({fault})", "save it again in another format")
