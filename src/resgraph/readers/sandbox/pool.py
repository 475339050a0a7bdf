"""Readers of formats that a native library parses run in processes of their own, capped and replaced when they fail.

A process is a fresh interpreter (spawned, never forked: a fork would carry an open store and threads along). It serves
one reader's module, is kept while it behaves, and is ended at the deadline. What it answers is read without trust.
"""

from __future__ import annotations

import atexit
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
from resgraph.readers.sandbox.outcomes import CAPS, MB, Answer, Caps, Crashed, Limit, TimedOut

try:
    import resource
except ImportError:  # pragma: no cover (there is none on Windows)
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from resgraph.model import Source

_BOOT = "import sys; sys.path[:] = {path!r}; from resgraph.readers.sandbox.worker import main; main()"
_ALL_CAPS = ("memory", "processor time", "open files", "output")
_GLANCE = 0.02
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
_OUT_OF_MEMORY = 0.5
"""The share of the cap on memory from which a crash is laid to it: native libraries abort where nothing is left."""


_HOMES = {home.__name__: home for home in (places, printed, outcomes)}


class _Unpickler(pickle.Unpickler):
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
class _Worker:
    """One process with one reader's module in it; `holding` are the names of the caps that this system could set.

    `peak` is the most memory it was seen to have; `inherited` is what the system counts as its own though it was ours.
    """

    caps: Caps
    process: subprocess.Popen[bytes]
    inherited: int
    peak: int = 0
    holding: tuple[str, ...] = ()
    late: bool = False
    held: bytes | None = None

    @classmethod
    def spawn(cls, module: str, caps: Caps) -> Self:
        boot = _BOOT.format(path=[entry or os.getcwd() for entry in sys.path])  # noqa: PTH109 (a string is needed)
        process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [sys.executable, "-I", "-c", boot, module, json.dumps(asdict(caps))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return cls(caps, process, _own_memory())

    def ask(self, call: str, data: bytes, source: Source, index: int | None) -> Answer:
        """One answer; after any but an ordinary one the worker is gone. What it was given last, it still has."""
        answered = threading.Event()
        threading.Thread(target=self._watch, args=(answered,), daemon=True).start()
        try:
            if not self.holding:
                self.holding = self._receive()  # type: ignore[assignment]
            self._send(call, data, source, index)
            answer: Answer = self._receive()  # type: ignore[assignment]
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

    def _watch(self, answered: threading.Event) -> None:
        """Looks at the process now and then, and ends it at the deadline."""
        deadline = monotonic() + self.caps.wall
        while not answered.wait(min(_GLANCE, self.caps.wall)):
            self.peak = max(self.peak, _memory_of(self.process.pid))
            if monotonic() > deadline:
                self.late = True
                self.process.kill()
                return

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
        return _Unpickler(io.BytesIO(self._take(size))).load()

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
            return TimedOut(self.caps.wall)
        if code and code == -getattr(signal, "SIGXCPU", 0):
            return Limit("processor time", f"{self.caps.processor} s")
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


class Sandbox:
    """Workers by reader's module: made when first needed, reused, replaced when they are gone."""

    def __init__(self) -> None:
        self._idle: dict[tuple[str, Caps], list[_Worker]] = {}
        self._busy: set[_Worker] = set()
        self._lock = threading.Lock()
        self._missing: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the caps that this system could not set for a worker that has run."""
        return self._missing

    def run(
        self, module: str, call: str, data: bytes, source: Source, index: int | None = None, caps: Caps | None = None
    ) -> Answer:
        """What `module.call(data, source)` gives in a capped process, or `module.call(data, source, index)`."""
        worker = self._take(module, caps or CAPS)
        answer = worker.ask(call, data, source, index)
        with self._lock:
            if worker.holding:
                self._missing = tuple(cap for cap in _ALL_CAPS if cap not in worker.holding)
            if worker.alive and worker in self._busy:
                self._idle.setdefault((module, worker.caps), []).append(worker)
            self._busy.discard(worker)
        return answer

    def _take(self, module: str, caps: Caps) -> _Worker:
        with self._lock:
            idle = self._idle.get((module, caps), [])
            while idle:
                worker = idle.pop()
                if worker.alive:
                    break
                worker.close()
            else:
                worker = _Worker.spawn(module, caps)
            self._busy.add(worker)
        return worker

    def close(self) -> None:
        """Ends all workers; what they are reading is lost, and the next document gets a new one."""
        with self._lock:
            idle = [worker for workers in self._idle.values() for worker in workers]
            busy = tuple(self._busy)
            self._idle.clear()
            self._busy.clear()
        for worker in busy:
            worker.process.kill()
        for worker in idle:
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


SANDBOX = Sandbox()
"""The one that all of a program's readers share."""

atexit.register(SANDBOX.close)
