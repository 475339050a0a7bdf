"""Stored questions: which of them the site answers itself, and which it leaves to a worker that can be ended."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from resgraph.errors import QueryError
from resgraph.serve import stored as module
from resgraph.serve.refusals import RefusalError
from resgraph.serve.settings import Limits, Settings
from resgraph.serve.site import Site
from resgraph.serve.stored import Stored

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

GIVEN = {"resolution": "A/RES/57/201"}
KIND = ("resolution", "resolution")
ENOUGH = 50


@asynccontextmanager
async def answering(graph: Path, **limits: float) -> AsyncIterator[Stored]:
    stored = Stored(Site.open(Settings(graph, limits=Limits(**limits))))  # type: ignore[arg-type]
    await stored.start()
    try:
        yield stored
    finally:
        await stored.stop()


def stop_worker(stored: Stored) -> None:
    (worker,) = stored._pool._all
    os.kill(worker._process.pid, signal.SIGSTOP)


async def until_quick(stored: Stored) -> bytes:
    """The answer that a worker gave, asked until it gave one quickly."""
    for _ in range(ENOUGH):
        answer = await stored.ask("resolution", GIVEN, "test")
        if KIND in stored._quick:
            return answer.body
    raise AssertionError("no worker was ever quick")


def test_a_quick_question_is_answered_without_a_worker_and_in_the_same_words(graph: Path):
    async def run() -> tuple[bytes, bytes]:
        async with answering(graph, time=20.0) as stored:
            before = await until_quick(stored)
            stop_worker(stored)
            return before, (await stored.ask("resolution", GIVEN, "test")).body

    by_worker, here = asyncio.run(run())
    assert by_worker == here
    assert b"57/201" in here


def test_what_is_quick_is_known_of_the_parameters_that_are_given(graph: Path):
    async def run() -> None:
        async with answering(graph, time=20.0) as stored:
            await until_quick(stored)
            assert ("resolution",) not in stored._quick
            with pytest.raises(QueryError, match="is missing"):
                await stored.ask("resolution", {}, "test")

    asyncio.run(run())


def test_a_question_that_was_slow_here_is_left_to_the_worker_for_good(graph: Path, monkeypatch: pytest.MonkeyPatch):
    async def run() -> None:
        async with answering(graph, time=1.5) as stored:
            await until_quick(stored)
            monkeypatch.setattr(module, "_SLOW", 0.0)
            await stored.ask("resolution", GIVEN, "test")
            for _ in range(3):
                assert (await stored.ask("resolution", GIVEN, "test")).body
                assert KIND not in stored._quick
            stop_worker(stored)
            with pytest.raises(RefusalError, match="--max-time"):
                await stored.ask("resolution", GIVEN, "test")

    asyncio.run(run())


def test_the_limits_hold_here_too(graph: Path):
    async def refused(**limits: float) -> str:
        async with answering(graph, **limits) as stored:
            stored._quick.add(KIND)
            with pytest.raises(RefusalError) as caught:
                await stored.ask("resolution", GIVEN, "test")
            if "time" in limits:
                assert KIND in stored._slow
            return str(caught.value)

    assert "--max-time" in asyncio.run(refused(time=1e-6))
    assert "--max-answer" in asyncio.run(refused(answer_size=10))


def test_only_so_many_wait(graph: Path):
    async def run() -> list[object]:
        async with answering(graph, queue=2) as stored:
            stored._quick.add(KIND)
            asked = (stored.ask("resolution", GIVEN, "test") for _ in range(20))
            first = await asyncio.gather(*asked, return_exceptions=True)
            return [*first, await stored.ask("resolution", GIVEN, "test")]

    answers = asyncio.run(run())
    refused = [answer for answer in answers if isinstance(answer, RefusalError)]
    assert len(refused) == 20 - module._THREADS - 2
    assert all("--max-queue" in str(refusal) and refusal.status == 503 for refusal in refused)
    assert not isinstance(answers[-1], Exception)


def test_a_long_evaluation_does_not_keep_the_site_from_answering(graph: Path):
    """The engine lets other threads run while it evaluates."""
    slow = "SELECT * { { SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000 } FILTER(?c = ?nothing) }"

    async def run() -> tuple[float, int]:
        loop, store = asyncio.get_running_loop(), Site.open(Settings(graph)).store
        evaluating = loop.run_in_executor(None, lambda: list(store.query(slow, use_default_graph_as_union=True)))
        turns, began = 0, loop.time()
        while not evaluating.done():
            await asyncio.sleep(0.001)
            turns += 1
        return loop.time() - began, turns

    seconds, turns = asyncio.run(run())
    assert seconds > 0.02
    assert turns > seconds * 20
