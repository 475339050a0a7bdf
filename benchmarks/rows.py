"""The goals, a row each: what is done in one round, and what the rounds together say."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from subprocess import PIPE, Popen, TimeoutExpired
from typing import TYPE_CHECKING

from copies import originals, write_copies

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).resolve().parent
WORK = str(HERE / "work.py")
SCALES = (1, 3, 10)
LONGEST = 20
"""Seconds for a stored query, its process included; one that takes longer is counted as taking so long."""

Round = dict[str, float]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured; 0 is all, for `base` none."""

    rounds: int
    texts: int
    documents: int
    pdfs: int
    quads: int
    beside: int
    base: int
    scales: tuple[int, ...]


FULL = Sizes(rounds=5, texts=0, documents=0, pdfs=0, quads=300_000, beside=20, base=60, scales=SCALES)
SHORT = Sizes(rounds=1, texts=30, documents=8, pdfs=4, quads=5_000, beside=0, base=0, scales=())


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took: by the clock, of the processor with its children's, and the most memory of any of them."""

    seconds: float
    cpu: float
    megabytes: float
    answer: Round


@dataclass(frozen=True, slots=True)
class Row:
    """A goal; `figure` makes the measured one of all rounds, which is held where it is at least or at most `bound`."""

    what: str
    goal: str
    bound: float
    turn: Callable[[], Round]
    figure: Callable[[Sequence[Round]], tuple[float, str]]
    least: bool = False

    def line(self, rounds: Sequence[Round], *, judged: bool = True) -> str:
        figure, said = self.figure(rounds)
        held = figure >= self.bound if self.least else figure <= self.bound
        verdict = ("held" if held else "missed") if judged else "sample"
        return f"| {self.what} | {self.goal} | {said} | {figure / self.bound:.2f} | {verdict} |"


def spent(*command: str, longest: float | None = None) -> Spent:
    """Runs a program to its end. The memory that a process reports is at first its parent's: this one stays small."""
    start = time.perf_counter()
    process = Popen((sys.executable, *command), stdout=PIPE)  # noqa: S603
    try:
        said = process.communicate(timeout=longest)[0] if longest else process.stdout.read() if process.stdout else b""
    except TimeoutExpired:
        process.kill()
        process.wait()
        return Spent(longest or 0, longest or 0, 0, {})
    if longest:
        return Spent(time.perf_counter() - start, 0, 0, _answer(command, process.returncode, said))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    answer = _answer(command, process.returncode, said)
    cpu = usage.ru_utime + usage.ru_stime
    return Spent(time.perf_counter() - start, cpu, usage.ru_maxrss * 1024 / 1e6, answer)


def _answer(command: Sequence[str], code: int, said: bytes) -> Round:
    """What a piece of work printed; a build may end with 1 or 3, for shapes and for documents that cannot be read."""
    if code not in ((0,) if command[0] == WORK else (0, 1, 3)):
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    return json.loads(said) if command[0] == WORK else {}


def work(name: str, *arguments: object) -> Round:
    return spent(WORK, name, *map(str, arguments)).answer


def resgraph(*arguments: object) -> Spent:
    return spent("-m", "resgraph", *map(str, arguments))


def built(sources: Path, store: Path) -> Spent:
    """A build where there is nothing yet: a store that says what it should is left alone."""
    shutil.rmtree(store, ignore_errors=True)
    return resgraph("build", sources, "--out", store, "--quiet", "--fresh", "--workers", 2)


def middle(rounds: Sequence[Round], name: str) -> float:
    return median(one[name] for one in rounds)


def size_of(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def texts_row(folders: Sequence[Path], sizes: Sizes) -> Row:
    def figure(rounds: Sequence[Round]) -> tuple[float, str]:
        speed = median(one["documents"] / one["seconds"] for one in rounds)
        return speed, f"{speed:.0f} documents/s ({rounds[0]['documents']:.0f} documents)"

    what = "text to quads, per core, layout `wrapped`"
    return Row(what, "≥ 250 documents/s", 250, lambda: work("texts", sizes.texts, *folders), figure, least=True)


def build_row(sources: Path, store: Path) -> Row:
    def turn() -> Round:
        took = built(sources, store)
        return {"seconds": took.seconds, "cpu": took.cpu, "megabytes": took.megabytes}

    def figure(rounds: Sequence[Round]) -> tuple[float, str]:
        seconds = middle(rounds, "seconds")
        cpu, megabytes = middle(rounds, "cpu"), middle(rounds, "megabytes")
        return seconds, f"{seconds:.1f} s, {cpu:.1f} s of processors, {megabytes:.0f} MB"

    count = sum(1 for path in sources.rglob("*") if path.suffix == ".xml")
    what = f"whole build of {count} marked-up documents, two workers"
    return Row(what, "≤ 20 s for 888", 20 * count / 888, turn, figure)


def pdf_row(folder: Path, sizes: Sizes, scratch: Path) -> Row:
    most = sizes.pdfs or len(list(folder.glob("*.pdf")))

    def turn() -> Round:
        bare = work("bare_pdf", folder, most)["seconds"]
        ours = work("pdf_graph", folder, most, scratch / "pdf.nq")
        return {"ratio": ours["seconds"] / bare, "starting": ours["starting"]}

    def figure(rounds: Sequence[Round]) -> tuple[float, str]:
        ratio = middle(rounds, "ratio")
        return ratio, f"{ratio:.2f}x ({most} documents; workers started, {middle(rounds, 'starting'):.1f} s)"

    return Row("PDF to graph, two workers, against bare pypdfium2 on one core", "≤ 0.75x", 0.75, turn, figure)


def rdflib_rows(quads: Path, scratch: Path) -> tuple[Row, Row]:
    """Time, then memory of the same rounds."""
    seen: list[Round] = []

    def turn() -> Round:
        theirs = work("rdflib", quads, scratch / "rdflib.nt")
        folder = scratch / f"ours-{len(seen)}"
        ours = work("ours", quads, folder)
        seen.append({name: theirs[name] / max(ours[name], 0.01) for name in theirs} | {"mb": ours["megabytes"]})
        return seen[-1]

    def time_figure(rounds: Sequence[Round]) -> tuple[float, str]:
        return (ratio := middle(rounds, "seconds")), f"{ratio:.1f}x as fast"

    def memory_figure(rounds: Sequence[Round]) -> tuple[float, str]:
        share = 1 / middle(rounds, "megabytes")
        return share, f"{share:.2f} of the memory ({middle(rounds, 'mb'):.0f} MB)"

    what = "the same quads: writer and bulk load against rdflib.Graph built, serialised, loaded"
    return (
        Row(f"{what}: time", "≥ 10x", 10, turn, time_figure, least=True),
        Row(f"{what}: memory", "≤ 1/3", 1 / 3, lambda: seen[-1], memory_figure),
    )


def queries_row(store: Path, names: Sequence[str]) -> Row:
    """Each question in a process of its own, which may be ended; one that was ended is not asked again."""
    over: Round = {}

    def turn() -> Round:
        found: Round = {}
        for name in names:
            if name not in over:
                answer = spent(WORK, "query", str(store), name, "3", longest=LONGEST).answer
                (found if answer else over)[name] = answer.get("ms", LONGEST * 1000.0)
        return over | found

    def figure(rounds: Sequence[Round]) -> tuple[float, str]:
        times = {name: middle(rounds, name) for name in names}
        slow = sorted((name for name in names if times[name] > 50), key=lambda name: -times[name])
        said = ", ".join(f"{name} {times[name]:.0f} ms" for name in slow[:6])
        held = f"{len(names) - len(slow)} of {len(names)}; median of all {median(times.values()):.1f} ms"
        return max(times.values()), f"{held}{'; over it: ' + said if slow else ''}{', ...' if slow[6:] else ''}"

    return Row("each stored query, median", "≤ 50 ms", 50, turn, figure)


def beside_row(store: Path) -> Row:
    def figure(rounds: Sequence[Round]) -> tuple[float, str]:
        times = {name: middle(rounds, name) for name in rounds[0] if name != "quads"}
        worst = min(times, key=lambda name: times[name])
        said = f"{median(times.values()):.0f}x in the median; least {times[worst]:.0f}x ({worst})"
        return times[worst], f"{said}; {len(times)} queries, {rounds[0]['quads']:.0f} quads"

    what = "a sample of the stored queries against rdflib in memory, same quads"
    return Row(what, "≥ 20x", 20, lambda: work("beside_rdflib", store), figure, least=True)


def growth_rows(akn: Path, sizes: Sizes, scratch: Path) -> tuple[Row, ...]:
    """Copies with new symbols, built, validated and derived at each scale in the same round."""
    paths, last = originals(akn, sizes.base), sizes.scales[-1]
    counts = {scale: write_copies(paths, scratch / f"x{scale}", scale) for scale in sizes.scales}
    seen: list[Round] = []

    def turn() -> Round:
        found: Round = {}
        for scale in sizes.scales:
            store = scratch / f"store-x{scale}"
            took = built(scratch / f"x{scale}", store)
            found |= {f"build{scale}": took.cpu, f"memory{scale}": took.megabytes, f"size{scale}": size_of(store)}
            found[f"validate{scale}"] = work("validating", store)["seconds"]
            found[f"derive{scale}"] = work("deriving", store)["seconds"]
        seen.append(found)
        return found

    def memory(rounds: Sequence[Round]) -> tuple[float, str]:
        one, many = (middle(rounds, f"memory{scale}") for scale in (1, last))
        return many / one, f"{many / one:.2f}x ({one:.0f} MB, {many:.0f} MB; {counts[1]} and {counts[last]} documents)"

    def growth(name: str, unit: str) -> Callable[[Sequence[Round]], tuple[float, str]]:
        def figure(rounds: Sequence[Round]) -> tuple[float, str]:
            each = [middle(rounds, f"{name}{scale}") / counts[scale] * 1000 for scale in sizes.scales]
            said = ", ".join(f"{value:.1f}" for value in each)
            grown = each[-1] / min(each[:-1])
            return grown, f"{grown:.2f}x as much a document ({said} {unit})"

        return figure

    scales = ", ".join(f"{scale}x" for scale in sizes.scales)
    rows = [Row(f"memory of a build of {last}x against 1x", "≤ 1.2x", 1.2, turn, memory)]
    for name, unit in (("build", "ms of processors"), ("validate", "ms"), ("derive", "ms"), ("size", "kB")):
        what = f"growth {scales}: {'store size' if name == 'size' else name}"
        rows.append(Row(what, "≤ 1.1x a document", 1.1, lambda: seen[-1], growth(name, unit)))
    return tuple(rows)


def start_rows(store: Path) -> tuple[Row, Row]:
    def figure(rounds: Sequence[Round]) -> tuple[float, str]:
        return (seconds := middle(rounds, "seconds")), f"{seconds:.2f} s"

    return (
        Row("`resgraph --help`", "≤ 0.4 s", 0.4, lambda: {"seconds": resgraph("--help").seconds}, figure),
        Row(
            "first answer of a query on a built store (`most-cited`)",
            "≤ 0.6 s",
            0.6,
            lambda: {"seconds": resgraph("query", "most-cited", "--graph", store, "--format", "csv").seconds},
            figure,
        ),
    )
