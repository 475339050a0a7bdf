"""Whether a change made resgraph slower: times of a few tasks over those of yardsticks, against the ratios on record.

A yardstick is fixed work of the same kind, Python's or the store's, done in turns with the task: another machine, or a
busy one, slows both. Each ratio is of the least times of all rounds, since load only ever adds; a task that seems slow
is given more rounds before it is called so. Processor time counts, not the clock's.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pyoxigraph import Store

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds"
RECORD = HERE / "recorded.json"
ROUNDS = 5
MORE = 4
"""How often a task that seems slow is given as many rounds again."""
SLOWER = 1.5


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    work: Callable[[], object]
    yardstick: Callable[[], object]


def pythons() -> int:
    """Patterns, dictionaries, slices and small objects: what reading a text is made of."""
    pattern, text = (
        re.compile(r"\b([A-Z][a-z]+)\b|\b(\d+)/(\d+)\b|[;,.]"),
        "The Assembly of 2004, 57/201; Recalling it. " * 40,
    )
    found: dict[str, list[tuple[int, str]]] = {}
    for _ in range(12):
        for match in pattern.finditer(text):
            found.setdefault(match[0].casefold(), []).append((match.start(), text[: match.end()][-9:]))
    return sum(len(sorted(places)) for places in found.values())


@cache
def _numbers() -> Store:
    from pyoxigraph import Literal, NamedNode, Quad, Store

    node = [NamedNode(f"urn:node:{number}") for number in range(2000)]
    store = Store()
    store.bulk_extend(Quad(node[n], NamedNode("urn:next"), node[7 * n % 2000]) for n in range(2000))
    store.bulk_extend(Quad(node[n], NamedNode("urn:is"), Literal(f"number {n % 90}")) for n in range(2000))
    return store


def stores() -> int:
    """Joins, groups, words and order: what validation and questions are made of."""
    text = """SELECT ?is (COUNT(?b) AS ?n) WHERE { ?a <urn:next>/<urn:next> ?b . ?b <urn:is> ?is
              FILTER(CONTAINS(LCASE(?is), "1")) } GROUP BY ?is ORDER BY ?n ?is"""
    return sum(1 for _ in range(4) for _ in _numbers().query(text))  # type: ignore[union-attr]


def starts() -> None:
    """A Python that imports what a program imports."""
    subprocess.run([sys.executable, "-c", "import json, re, subprocess, argparse, logging"], check=True)


def tasks() -> tuple[Task, ...]:
    """What is guarded, on the graph of the seeds."""
    from pyoxigraph import Store

    from resgraph.derive import derive
    from resgraph.iris import Iris
    from resgraph.pipeline import document_quads, quads, read_document
    from resgraph.queries import index
    from resgraph.validate import validate

    iris, store = Iris(), Store()
    store.bulk_extend(quads([SEEDS], iris))
    paths = sorted(SEEDS.iterdir())
    easy = [question for question in index().values() if not any(p.required for p in question.parameters)]
    return (
        Task("text to quads", lambda: [list(document_quads(read_document(path), iris)) for path in paths], pythons),
        Task("derive", lambda: derive(store, iris), pythons),
        Task("validate", lambda: validate(store), stores),
        Task("stored queries", lambda: [question.run(store, {}) for question in easy], stores),
        Task("resgraph --help", _help, starts),
    )


def _help() -> None:
    subprocess.run([sys.executable, "-m", "resgraph", "--help"], check=True, capture_output=True)


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor, those of processes that it started and that ended included."""
    start = _processor()
    work()
    return _processor() - start


def _processor() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def ratios(chosen: Iterable[Task], rounds: int = ROUNDS) -> dict[str, float]:
    """The least time of each task over the least of its yardstick, in turns; a yardstick is timed before and after."""
    chosen = tuple(chosen)
    least: dict[tuple[str, bool], float] = {}
    for number in range(rounds + 1):
        for task in chosen:
            for is_task, work in ((False, task.yardstick), (True, task.work), (False, task.yardstick)):
                seconds = spent(work)
                if number:  # the first round fills caches
                    least[task.name, is_task] = min(seconds, least.get((task.name, is_task), seconds))
    return {task.name: round(least[task.name, True] / least[task.name, False], 2) for task in chosen}


def slower(chosen: Iterable[Task], recorded: Mapping[str, float]) -> dict[str, float]:
    """The tasks that are slower than on record, with how many times; each seemed so in all of its rounds."""
    chosen = tuple(chosen)
    now = ratios(chosen)
    for _ in range(MORE):
        seem = [task for task in chosen if task.name in recorded and now[task.name] > SLOWER * recorded[task.name]]
        if not seem:
            break
        now |= {name: min(ratio, now[name]) for name, ratio in ratios(seem).items()}
    return {name: now[name] / recorded[name] for name in now if name in recorded}


def check(accept: bool = False) -> bool:
    """Prints each ratio beside that on record; whether none is more than 1.5 times as high. Keeps them if wanted."""
    if accept:
        now = ratios(tasks(), 3 * ROUNDS)
        RECORD.write_text(json.dumps({"python": sys.version.split()[0], "ratios": now}, indent=1) + "\n", "utf-8")
    record = json.loads(RECORD.read_text("utf-8"))
    sound = True
    for name, times in slower(tasks(), record["ratios"]).items():
        held = times <= SLOWER
        sound = sound and held
        print(f"{name:16} {times:.2f} times as long as on record{'' if held else ': SLOWER, at most 1.5 is allowed'}")
    return sound
