"""A mixed load at a modest, fixed rate for a long time, and the memory of a site's processes under it."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
from pyoxigraph import NamedNode

from resgraph.sparql import evaluate, iris_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Store

RATE = 6.0
SAMPLE = 15.0
WARM_UP = 0.1
"""The share of the time that is not looked at: caches fill, and workers are replaced for the first time."""
GROWN = 1.05
"""The last third may have so much more than the first one."""
HOSTILE_EVERY = 30.0
AT_ONCE = 20
_PAGES = """
SELECT ?thing { { ?thing rg:adoptedBy ?body } UNION { ?thing a rg:Treaty } UNION { ?thing a rg:Body } } ORDER BY ?thing
"""
_WORDS = "report rights children climate nuclear budget session women peace security debt health water mercury".split()
_HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c LIMIT 1",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK { " + " UNION ".join(["{ ?s ?p ?o }"] * 3000) + " }",
    "SELECT * { " + "{" * 90 + "?s ?p ?o" + "}" * 90 + " } LIMIT 5",
    "DELETE WHERE { ?s ?p ?o }",
)
_SHARES = {"page": 45, "stored": 30, "search": 10, "sparql": 15}


@dataclass(slots=True)
class Soak:
    """What was seen: memory in MB by the minute, answers by kind and status, seconds by kind."""

    memory: list[tuple[float, float, float]] = field(default_factory=list)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def thirds(self, column: int) -> tuple[float, float]:
        """The medians of the first third after the warm-up, and of the last one."""
        values = [sample[column] for sample in self.memory]
        values = values[int(len(values) * WARM_UP) :]
        third = max(1, len(values) // 3)
        return statistics.median(values[:third]), statistics.median(values[-third:])

    @property
    def grown(self) -> bool:
        return any(last > first * GROWN for first, last in (self.thirds(1), self.thirds(2)))


@dataclass(frozen=True, slots=True)
class _Mix:
    """What is asked: the base of the graph, the paths of its pages, and chance."""

    base: str
    paths: Sequence[str]
    chance: random.Random

    def kind(self) -> str:
        return self.chance.choices(list(_SHARES), list(_SHARES.values()))[0]

    def question(self, kind: str) -> str:
        """An address, or a query."""
        path = self.chance.choice(self.paths)
        match kind:
            case "page":
                return f"/{path}"
            case "stored":
                document = self.chance.choice([path for path in self.paths if "/RES/" in path])
                asked = self.chance.choice(("resolution?resolution", "cited-by?document", "acts?resolution"))
                return f"/questions/{asked}={quote(document)}&format=json"
            case "search":
                return f"/?q={'+'.join(self.chance.sample(_WORDS, 2))}"
            case "sparql":
                return f"SELECT ?p ?o {{ <{self.base}{path}> ?p ?o }}"
        return self.chance.choice(_HOSTILE)


def soak(store: Store, address: str, root: int, minutes: float) -> Soak:
    """The site at an address, whose first process is `root`, under load for so many minutes."""
    base = iris_of(store).base
    things = [term.value for (term,) in evaluate(store, _PAGES).terms if isinstance(term, NamedNode)]
    paths = [thing.removeprefix(base) for thing in things if thing.startswith(base)]
    return asyncio.run(_soaked(_Mix(base, paths, random.Random(1)), address, root, minutes))  # noqa: S311


def told(found: Soak) -> str:
    lines = ["| minute | web processes, MB | workers, MB |", "|---|---|---|"]
    every = max(1, len(found.memory) // 15)
    lines += [f"| {at / 60:.1f} | {web:.0f} | {workers:.0f} |" for at, web, workers in found.memory[::every]]
    lines.append("")
    for name, column in (("web processes", 1), ("workers", 2)):
        first, last = found.thirds(column)
        lines.append(f"{name}: median of the first third {first:.0f} MB, of the last {last:.0f} MB, {last / first:.3f}")
    for kind, seconds in sorted(found.seconds.items()):
        cuts = statistics.quantiles(seconds, n=100) if len(seconds) > 1 else seconds * 99
        codes = ", ".join(f"{code}: {n:,}" for (of, code), n in sorted(found.statuses.items()) if of == kind)
        lines.append(f"{kind}: {len(seconds):,} answers ({codes}), p50 {cuts[49]:.3f} s, p99 {cuts[98]:.3f} s")
    lines.append("memory has grown" if found.grown else "memory has not grown")
    return "\n".join(lines)


async def _soaked(mix: _Mix, address: str, root: int, minutes: float) -> Soak:
    found = Soak()
    waiting: set[asyncio.Task[None]] = set()
    began = time.monotonic()
    async with httpx.AsyncClient(base_url=address, timeout=120) as client:
        sampling = asyncio.create_task(_sampled(found, root, began))
        due, hostile = began, began + HOSTILE_EVERY
        while (now := time.monotonic()) < began + minutes * 60:
            kind = "hostile" if now > hostile else mix.kind()
            hostile += HOSTILE_EVERY if kind == "hostile" else 0
            waiting.add(task := asyncio.create_task(_ask(client, kind, mix.question(kind), found)))
            task.add_done_callback(waiting.discard)
            due += 1 / RATE
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if len(waiting) >= AT_ONCE:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*waiting)
        sampling.cancel()
    return found


async def _ask(client: httpx.AsyncClient, kind: str, question: str, found: Soak) -> None:
    began = time.monotonic()
    try:
        if question.startswith("/"):
            status = (await client.get(question)).status_code
        else:
            status = (await client.post("/sparql", data={"query": question})).status_code
    except httpx.HTTPError:
        status = 0
    found.statuses[kind, status] += 1
    found.seconds[kind].append(time.monotonic() - began)


async def _sampled(found: Soak, root: int, began: float) -> None:
    while True:
        found.memory.append((time.monotonic() - began, *resident(root)))
        await asyncio.sleep(SAMPLE)


def resident(root: int) -> tuple[float, float]:
    """The resident memory of a process and all below it, in MB: of those that serve, and of the workers."""
    parents: dict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                parents[int((folder / "stat").read_text().rpartition(")")[2].split()[1])].append(int(folder.name))
    sums, found = [0.0, 0.0], [root]
    while found:
        process = found.pop()
        found += parents[process]
        with suppress(OSError, IndexError):
            status = Path(f"/proc/{process}/status").read_text()
            worker = b"resgraph.serve.worker" in Path(f"/proc/{process}/cmdline").read_bytes()
            sums[worker] += int(status.partition("VmRSS:")[2].split()[0]) / 1024
    return sums[0], sums[1]
