"""The workers that evaluate strangers' SPARQL, and who may use them: so many at once, an address its share of them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Any

from resgraph.errors import GraphError, QueryError
from resgraph.serve.negotiation import GRAPHS, ROWS
from resgraph.serve.refusals import (
    bad,
    busy,
    exhausted,
    malformed,
    not_acceptable,
    too_long,
    too_many,
    too_slow,
    waiting,
)

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Mapping

    from resgraph.serve.refusals import RefusalError
    from resgraph.serve.settings import Limits
    from resgraph.serve.site import Site

_BOOT = "import sys; sys.path[:] = {path!r}; from resgraph.serve.worker import main; main()"
_START = 60.0
_AGAIN = 1.0
_LINE = 1 << 20
_SPENT = 0.5
"""The share of its memory from which a worker is replaced after an answer: the allocator gives little back."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the base of its relative IRIs, the graphs that the request names, and the forms that it accepts."""

    query: str
    base: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    names_dataset: bool = False
    rows: str | None = "json"
    graph: str | None = "ttl"


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; `cut` where the query had more rows than an answer may have, `seconds` of a processor it took."""

    family: str
    body: bytes
    cut: bool
    seconds: float


class _GoneError(Exception):
    """The worker is no more."""


class _Worker:
    """One process, which answers one question at a time."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def spawn(cls, told: str) -> _Worker:
        """A worker that has opened the store and set its caps."""
        boot = _BOOT.format(path=[entry or "." for entry in sys.path])
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-c", boot, told),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "MALLOC_ARENA_MAX": "2"},
            limit=_LINE,
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(_START):
                await worker._receive()
        except BaseException:
            await worker.end()
            raise
        return worker

    async def ask(self, question: str) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdin  # noqa: S101 (it was made with a pipe)
        try:
            self._process.stdin.write(question.encode() + b"\n")
            await self._process.stdin.drain()
        except OSError as error:
            raise _GoneError from error
        return await self._receive()

    async def _receive(self) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdout  # noqa: S101 (it was made with a pipe)
        try:
            header = json.loads(await self._process.stdout.readline())
            return header, await self._process.stdout.readexactly(header["size"])
        except (ValueError, KeyError, OSError, asyncio.IncompleteReadError) as error:
            raise _GoneError from error

    def kill(self) -> None:
        """Ends the process, whatever it does."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> int:
        """Ends it and waits for that; the code with which it ended."""
        self.kill()
        return await self._process.wait()

    async def died(self) -> int:
        """The code of a process that has hung up."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_AGAIN):
                return await self._process.wait()
        return await self.end()


class Pool:
    """Workers, replaced when they are gone, and the line of those who wait for one."""

    def __init__(self, site: Site, limits: Limits | None = None) -> None:
        limits = limits or site.settings.limits
        self.limits: Limits = limits
        told = {"store": str(site.graph_path), "prefixes": site.iris.prefixes, "rows": limits.rows}
        told["spent"] = int(limits.memory * _SPENT)
        told |= {"size": limits.answer_size, "memory": limits.memory, "seconds": int(limits.time) + 2}
        self._told = json.dumps(told)
        self._path = site.graph_path
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._all: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._asking: Counter[str] = Counter()
        self._ending = False

    @property
    def state(self) -> dict[str, int]:
        """How many workers there are, how many are idle, and how many questions are asked."""
        return {"workers": len(self._all), "idle": self._idle.qsize(), "questions": self._asking.total()}

    async def start(self) -> None:
        """Raises GraphError where workers cannot be made."""
        spawning = (_Worker.spawn(self._told) for _ in range(self.limits.workers))
        spawned = await asyncio.gather(*spawning, return_exceptions=True)
        self._all = {worker for worker in spawned if isinstance(worker, _Worker)}
        if failed := [error for error in spawned if isinstance(error, BaseException)]:
            await self.stop()
            todo = "see that the store is sound, that --max-memory suffices, and that the system is Linux or macOS"
            raise GraphError(str(self._path), "no process could be made to answer queries", todo) from failed[0]
        for worker in self._all:
            self._idle.put_nowait(worker)

    async def stop(self) -> None:
        self._ending = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._all))
        self._all.clear()

    async def ask(self, question: Question, address: str) -> Answer:
        """The answer, or a RefusalError."""
        header, body = await self._asked({field: getattr(question, field) for field in Question.__slots__}, address)
        if "failed" in header:
            raise self._refusal(header, question.query)
        return Answer(header["family"], body, header["cut"], header["seconds"])

    async def ask_stored(self, name: str, given: Mapping[str, str], address: str) -> Answer:
        """The answer to a stored question, or a RefusalError; a QueryError where its parameters are no good."""
        header, body = await self._asked({"stored": name, "given": given}, address)
        match header.get("failed"):
            case None:
                return Answer(header["family"], body, cut=False, seconds=header["seconds"])
            case "question":
                raise QueryError("", header["message"], "")
        raise self._refusal(header, "")

    async def _asked(self, question: Mapping[str, Any], address: str) -> tuple[dict[str, Any], bytes]:
        async with self._place(address), self._worker() as worker:
            return await self._answer(worker, json.dumps(question))

    @asynccontextmanager
    async def _place(self, address: str) -> AsyncIterator[None]:
        """A place in the line."""
        network = _network(address)
        if self._asking[network] >= self.limits.per_address:
            what = f"{self.limits.per_address} queries of yours are being answered already"
            raise too_many(what, "--max-per-address")
        if self._asking.total() >= self.limits.workers + self.limits.queue:
            raise waiting(self.limits.queue)
        self._asking[network] += 1
        try:
            yield
        finally:
            self._asking[network] -= 1
            self._asking += Counter()  # forgets those who ask nothing

    @asynccontextmanager
    async def _worker(self) -> AsyncIterator[_Worker]:
        try:
            async with asyncio.timeout(self.limits.time):
                worker = await self._idle.get()
        except TimeoutError as error:
            raise busy(f"no turn came within {self.limits.time:g} s", "--workers") from error
        try:
            yield worker
        except BaseException:
            self._replace(worker)
            raise
        if worker in self._all:
            self._idle.put_nowait(worker)

    async def _answer(self, worker: _Worker, told: str) -> tuple[dict[str, Any], bytes]:
        try:
            async with asyncio.timeout(self.limits.time):
                header, body = await worker.ask(told)
        except TimeoutError as error:
            raise too_slow(self.limits.time) from error
        except _GoneError as error:
            raise self._death(await worker.died()) from error
        if header.get("spent"):
            self._replace(worker)
        return header, body

    def _replace(self, worker: _Worker) -> None:
        """Ends a worker and makes another, while others go on."""
        worker.kill()
        self._all.discard(worker)
        if self._ending:
            return
        task = asyncio.create_task(self._renew(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _renew(self, worker: _Worker) -> None:
        await worker.end()
        while True:
            try:
                successor = await _Worker.spawn(self._told)
            except (_GoneError, TimeoutError, OSError):
                await asyncio.sleep(_AGAIN)
            else:
                self._all.add(successor)
                self._idle.put_nowait(successor)
                return

    def _refusal(self, header: dict[str, Any], query: str) -> RefusalError:
        match header["failed"]:
            case "syntax":
                return malformed(query, header["message"])
            case "size":
                return too_long(self.limits.answer_size)
            case "memory":
                return self._death(-signal.SIGABRT)
            case "form":
                return not_acceptable(ROWS if header["family"] == "rows" else GRAPHS)
        return bad(f"the query could not be evaluated: {header.get('message')}", "simplify it")

    def _death(self, code: int) -> RefusalError:
        """Nobody can say for certain why a worker died: of too little memory, or of too many parts for its stack."""
        name = signal.Signals(-code).name if code < 0 else f"code {code}"
        what = f"the query ended the process that evaluated it ({name}): it needs more memory or stack than it may have"
        return exhausted(what, "--max-memory", "simplify it: fewer parts, and no ORDER BY of very many rows")


def _network(address: str) -> str:
    """What counts as one address: of IPv6, the network that a household is given."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or int(parsed) >> 64)
    return address
