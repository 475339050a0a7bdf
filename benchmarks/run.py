"""All goals of speed in one go: `python benchmarks/run.py [--short] [--corpus DIR] [--write] [--accept]`.

The full form takes every row in turns, five rounds, and prints a table with the machine named; --write puts it into
docs/performance.md. The short form takes small samples once, and fails where a task takes 1.5 times as long, beside a
yardstick, as on record in benchmarks/recorded.json; --accept records the ratios of now.

Without a corpus (RESGRAPH_CORPUS, ../shared/corpus) only the tasks on record are measured, on the seeds.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import accuracy
import guard
import rows as goals

if TYPE_CHECKING:
    from collections.abc import Sequence

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: benchmarks/run.py writes them -->\n", "<!-- end of figures -->\n"
HEAD = "| what | goal | measured | of the goal | |\n|---|---|---|---:|---|"


def machine() -> str:
    """The machine, and how busy it is."""
    info = Path("/proc/cpuinfo")
    models = re.findall(r"model name\s*: (.+)", info.read_text(encoding="utf-8")) if info.exists() else []
    model = models[0] if models else platform.processor() or platform.machine()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{model}, {os.cpu_count()} cores, load average {load}, Python {platform.python_version()}, {platform.system()}"
    )


def all_rows(corpus: Path, sizes: goals.Sizes, scratch: Path) -> list[goals.Row]:
    """Every row, with what it needs made ready."""
    store, sources = scratch / "graph", _sources(corpus / "akn", sizes, scratch)
    goals.resgraph("build", sources, "--out", store, "--quiet", "--workers", 2)
    many, few = scratch / "many.nq", scratch / "few"
    goals.work("sample", store, sizes.quads, many)
    if sizes.beside:
        goals.write_copies(goals.originals(corpus / "akn" / "GA", sizes.beside), scratch / "few-sources", 1)
        goals.resgraph("build", scratch / "few-sources", "--out", few, "--quiet", "--workers", 2)
    return [
        goals.texts_row(_texts(corpus, sizes, scratch), sizes),
        *([] if sizes.documents else [goals.build_row(sources, scratch / "built")]),
        goals.pdf_row(corpus / "pdf", sizes, scratch),
        *goals.rdflib_rows(many, scratch),
        goals.queries_row(store, _queries(sizes)),
        goals.beside_row(few if sizes.beside else store),
        *(goals.growth_rows(corpus / "akn" / "GA", sizes, scratch) if sizes.base else ()),
        *goals.start_rows(store),
    ]


def _sources(akn: Path, sizes: goals.Sizes, scratch: Path) -> Path:
    """All of the markup, or a folder of some of it."""
    if not sizes.documents:
        return akn
    folder = scratch / "some"
    goals.write_copies(goals.originals(akn / "GA", sizes.documents), folder, 1)
    return folder


def _texts(corpus: Path, sizes: goals.Sizes, scratch: Path) -> list[Path]:
    """The markup as texts whose lines are broken as in print."""
    names = list(accuracy.SETS) if not sizes.texts else ["HRC"]
    for name in names:
        accuracy.prepare(corpus / accuracy.SETS[name], scratch / name)
    return [scratch / name / "text" / "wrapped" for name in names]


def _queries(sizes: goals.Sizes) -> list[str]:
    folder = Path(__file__).resolve().parents[1] / "queries"
    names = sorted(path.stem for path in folder.glob("*.rq"))
    return names if not sizes.documents else names[::12]


def table(rows: Sequence[goals.Row], rounds: int, *, judged: bool) -> str:
    """Every row in every round, one after another, and how fast the machine was in between.

    Ctrl-C ends it early, with the rounds that are whole.
    """
    measured: list[list[goals.Round]] = [[] for _ in rows]
    paces: list[float] = []
    with suppress(KeyboardInterrupt):
        for number in range(rounds):
            for row, results in zip(rows, measured, strict=True):
                paces.append(guard.spent(guard.pythons) * 1000)
                start = time.perf_counter()
                results.append(row.turn())
                took = time.perf_counter() - start
                print(f"round {number + 1}: {row.what}: {took:.1f} s", file=sys.stderr, flush=True)
    if not (whole := len(measured[-1])):
        raise SystemExit("ended before the first round was")
    lines = [row.line(results[:whole], judged=judged) for row, results in zip(rows, measured, strict=True)]
    pace = f"{min(paces):.0f} to {max(paces):.0f} ms, {median(paces):.0f} in the middle"
    told = f"Rounds: {whole}, in turns, medians. The machine's pace: a piece of plain Python took {pace}, in between."
    return "\n".join((HEAD, *lines, f"\n{told}"))


def written(text: str, figures: str) -> str:
    """The document with these figures in the place of those between the marks."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"{DOCUMENT} has no place for figures: {BEGIN.strip()} ... {END.strip()}")
    return f"{before}{BEGIN}{figures}\n{END}{after}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="small samples, and the ratios on record")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument("--accept", action="store_true", help="record the ratios of now")
    asked = parser.parse_args()
    if asked.corpus:
        os.environ["RESGRAPH_CORPUS"] = str(asked.corpus.resolve())
    if corpus := accuracy.corpus():
        figures = _measured(corpus, goals.SHORT if asked.short else goals.FULL)
        print(figures)
        if asked.write:
            DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8"), figures), "utf-8")
    else:
        print("the goals were not measured: no corpus (set RESGRAPH_CORPUS to its folder)")
    return 0 if guard.check(asked.accept) else 1


def _measured(corpus: Path, sizes: goals.Sizes) -> str:
    scratch = Path(tempfile.mkdtemp(prefix="resgraph-benchmark-"))
    try:
        short = "; small samples, not held against the goals" if sizes is goals.SHORT else ""
        begun = machine()
        figures = table(all_rows(corpus, sizes, scratch), sizes.rounds, judged=sizes is goals.FULL)
        return f"{figures} Measured on {begun}{short}."
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
