"""Stored questions, whose texts are ours: quick ones are answered by a thread of this process, the others by a worker.

Which are quick is not known beforehand. One that a worker answered in a few milliseconds is asked here from then on,
with the same parameters given; one that was slow here is left to the worker for good, which can be ended.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from resgraph.serve.pool import Answer, Pool
from resgraph.serve.refusals import too_long, too_slow, waiting
from resgraph.serve.worker import stored_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resgraph.serve.site import Site

_QUICK = 0.005
_SLOW = 0.05
_THREADS = 4


class Stored:
    """Answers stored questions."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._limits = site.settings.limits.of_stored
        self._pool = Pool(site, self._limits)
        self._threads = ThreadPoolExecutor(_THREADS, "stored question")
        self._asked = 0
        self._quick: set[tuple[str, ...]] = set()
        self._slow: set[tuple[str, ...]] = set()

    async def start(self) -> None:
        await self._pool.start()

    async def stop(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        await self._pool.stop()

    async def ask(self, name: str, given: Mapping[str, str], address: str) -> Answer:
        """The answer, or a RefusalError; a QueryError where its parameters are no good."""
        kind = (name, *sorted(given))
        if kind in self._quick:
            return await self._answer(kind, given)
        answer = await self._pool.ask_stored(name, given, address)
        if answer.seconds < _QUICK and kind not in self._slow:
            self._quick.add(kind)
        return answer

    async def _answer(self, kind: tuple[str, ...], given: Mapping[str, str]) -> Answer:
        """The answer of this process, and what is learnt from it."""
        if self._asked >= self._limits.queue + _THREADS:
            raise waiting(self._limits.queue)
        self._asked += 1
        try:
            async with asyncio.timeout(self._limits.time):
                run = asyncio.get_running_loop().run_in_executor
                answer = await run(self._threads, self._evaluated, kind[0], given)
        except TimeoutError as error:
            self._leave(kind)
            raise too_slow(self._limits.time) from error
        finally:
            self._asked -= 1
        if answer.seconds > _SLOW:
            self._leave(kind)
        if len(answer.body) > self._limits.answer_size:
            raise too_long(self._limits.answer_size)
        return answer

    def _evaluated(self, name: str, given: Mapping[str, str]) -> Answer:
        began = time.thread_time()
        family, body = stored_answer(self._site.store, self._site.iris, name, given)
        return Answer(family, body, cut=False, seconds=time.thread_time() - began)

    def _leave(self, kind: tuple[str, ...]) -> None:
        """Leaves a kind of question to the worker."""
        self._quick.discard(kind)
        self._slow.add(kind)
