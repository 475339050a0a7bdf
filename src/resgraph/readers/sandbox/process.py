"""One process that reads documents, seen from outside: a fresh interpreter, asked through pipes, ended at its deadline.

What it answers is read without trust.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from time import monotonic
from typing import IO, TYPE_CHECKING

from resgraph.model import places, printed
from resgraph.readers.sandbox import outcomes
from resgraph.readers.sandbox.outcomes import CAPS, MB, Answer, Caps, Crashed, Finish, Limit, Listed, TimedOut

try:
    import resource
except ImportError:  # pragma: no cover (there is none on Windows)
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from typing import Self

    from resgraph.model import Source

_BOOT = "import sys; sys.path[:] = {path!r}; from resgraph.readers.sandbox.worker import main; main()"
_GLANCE = 0.02
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
_OUT_OF_MEMORY = 0.5
"""The share of the cap on memory from which a crash is laid to it: native libraries abort where nothing is left."""


_HOMES = {home.__name__: home for home in (places, printed, outcomes)}


class Unpickler(pickle.Unpickler):
    """Makes values of the model and of the outcomes, and nothing else: a subverted worker cannot name a function."""

    def find_class(self, module: str, name: str) -> object:
        home = _HOMES.get(module)
        found = getattr(home, name, None)
        if isinstance(found, type) and found.__module__ == module:
            return found
        if (module, name) == ("datetime", "date"):
            from datetime import date

            return date
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a document")


@dataclass(slots=True, eq=False)
class Worker:
    """One process with one reader's module in it; `holding` are the names of the caps that this system could set.

    `clock` says how many seconds it has for what it is doing; `peak` is the most memory it was seen to have;
    `inherited` is what the system counts as its own though it was ours.
    """

    caps: Caps
    finish: Finish | None
    process: subprocess.Popen[bytes]
    inherited: int
    peak: int = 0
    holding: tuple[str, ...] = ()
    clock: Caps | Finish = CAPS
    deadline: float = 0.0
    late: bool = False
    held: bytes | None = None

    @classmethod
    def spawn(cls, module: str, caps: Caps, finish: Finish | None) -> Self:
        about = {**asdict(finish), "setting": len(finish.setting)} if finish else None
        boot = _BOOT.format(path=[entry or os.getcwd() for entry in sys.path])  # noqa: PTH109 (a string is needed)
        process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [sys.executable, "-I", "-c", boot, module, json.dumps(asdict(caps)), json.dumps(about)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return cls(caps, finish, process, _own_memory())

    def ask(self, call: str, data: bytes, source: Source, index: int | None) -> Answer:
        """One answer; after any but an ordinary one the worker is gone. What it was given last, it still has."""
        answered = threading.Event()
        self._start(self.caps)
        threading.Thread(target=self._watch, args=(answered,), daemon=True).start()
        try:
            if not self.holding:
                self._prepare()
                self.holding = self._receive()  # type: ignore[assignment]
            self._send(call, data, source, index)
            answer: Answer = self._receive()  # type: ignore[assignment]
            if self.finish and answer == Listed(()):
                self._start(self.finish)
                answer = self._receive()  # type: ignore[assignment]
        except (EOFError, OSError):
            return self._end()
        except (pickle.UnpicklingError, AttributeError, TypeError, ValueError, IndexError) as error:
            self.close()
            return Crashed(None, f"its answer makes no sense: {error}")
        finally:
            answered.set()
        if isinstance(answer, Limit):
            self.close()
        return answer

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue

    def _start(self, clock: Caps | Finish) -> None:
        self.clock = clock
        self.deadline = monotonic() + clock.wall

    def _watch(self, answered: threading.Event) -> None:
        """Looks at the process now and then, and ends it at the deadline."""
        while not answered.wait(min(_GLANCE, self.clock.wall)):
            self.peak = max(self.peak, _memory_of(self.process.pid))
            if monotonic() > self.deadline:
                self.late = True
                self.process.kill()
                return

    def _prepare(self) -> None:
        if self.finish:
            pipe = self._pipe(self.process.stdin)
            pipe.write(self.finish.setting)
            pipe.flush()

    def _send(self, call: str, data: bytes, source: Source, index: int | None) -> None:
        new = data is not self.held
        about = (source.name, source.sha256, source.media_type, source.text, source.path)
        header = {"call": call, "size": len(data) if new else None, "source": about, "index": index}
        pipe = self._pipe(self.process.stdin)
        pipe.write(json.dumps(header).encode() + b"\n")
        if new:
            pipe.write(data)
        pipe.flush()
        self.held = data if index is not None else None

    def _receive(self) -> object:
        size = int.from_bytes(self._take(8), "big")
        if size > self.caps.output + MB:
            raise ValueError(f"{size:,} bytes")
        return Unpickler(io.BytesIO(self._take(size))).load()

    def _take(self, size: int) -> bytes:
        data = self._pipe(self.process.stdout).read(size)
        if len(data) < size:
            raise EOFError
        return data

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise EOFError
        return pipe

    def _end(self) -> Limit | Crashed | TimedOut:
        """Why the process went away."""
        self._reap()
        code = self.process.returncode
        self.close()
        if self.late:
            return TimedOut(self.clock.wall)
        if code and code == -getattr(signal, "SIGXCPU", 0):
            return Limit("processor time", f"{self.clock.processor} s")
        if code < 0 and self.peak > _OUT_OF_MEMORY * self.caps.memory:
            return Limit("memory", f"{self.caps.memory // MB:,} MB")
        if code < 0:
            return Crashed(-code, f"signal {signal.Signals(-code).name}")
        return Crashed(None, f"it ended with code {code}")

    def _reap(self) -> None:
        """Waits for the end, and learns the most memory that the process had, where the system tells."""
        if hasattr(os, "wait4") and self.process.returncode is None:
            with suppress(ChildProcessError):
                _, status, usage = os.wait4(self.process.pid, 0)
                self.process.returncode = os.waitstatus_to_exitcode(status)
                most = usage.ru_maxrss * _MAXRSS_UNIT
                self.peak = max(self.peak, most if most > self.inherited else 0)
        self.process.wait()


def _own_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT if resource else 0


def _memory_of(pid: int) -> int:
    """The address space of a process, in bytes; 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:  # noqa: PTH123 (it is looked at often)
            return int(file.read().split()[0]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0
