"""Readers of formats that a native library parses run in processes of their own, capped and replaced when they fail.

A process is a fresh interpreter (spawned, never forked: a fork would carry an open store and threads along). It serves
one reader's module, is kept while it behaves, and is ended at the deadline.
"""

from __future__ import annotations

import atexit
import threading
from typing import TYPE_CHECKING

from resgraph.readers.sandbox.outcomes import CAPS, Caps, Finish
from resgraph.readers.sandbox.process import Worker

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from resgraph.model import Source
    from resgraph.readers.sandbox.outcomes import Answer

_ALL_CAPS = ("memory", "processor time", "open files", "output")
_Kind = tuple[str, Caps, Finish | None]


class Sandbox:
    """Workers by reader's module: made when first needed, reused, replaced when they are gone."""

    def __init__(self) -> None:
        self._idle: dict[_Kind, list[Worker]] = {}
        self._busy: set[Worker] = set()
        self._lock = threading.Lock()
        self._missing: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the caps that this system could not set for a worker that has run."""
        return self._missing

    def run(
        self,
        module: str,
        call: str,
        data: bytes,
        source: Source,
        index: int | None = None,
        caps: Caps | None = None,
        finish: Finish | None = None,
    ) -> Answer:
        """What `module.call(data, source)` gives in a capped process, or `module.call(data, source, index)`; where
        there is a `finish`, what that makes of it.
        """
        kind = (module, caps or CAPS, finish)
        worker = self._take(kind)
        answer = worker.ask(call, data, source, index)
        with self._lock:
            if worker.holding:
                self._missing = tuple(cap for cap in _ALL_CAPS if cap not in worker.holding)
            if worker.alive and worker in self._busy:
                self._idle.setdefault(kind, []).append(worker)
            self._busy.discard(worker)
        return answer

    def _take(self, kind: _Kind) -> Worker:
        with self._lock:
            idle = self._idle.get(kind, [])
            while idle:
                worker = idle.pop()
                if worker.alive:
                    break
                worker.close()
            else:
                worker = Worker.spawn(*kind)
            self._busy.add(worker)
        return worker

    def rest(self, left: int) -> None:
        """Ends idle workers, save so many of each kind."""
        with self._lock:
            spare = [worker for workers in self._idle.values() for worker in workers[left:]]
            for workers in self._idle.values():
                del workers[left:]
        for worker in spare:
            worker.close()

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
