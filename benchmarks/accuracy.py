"""How much of a corpus of real resolutions is read rightly: a table by body and layout, and what changed since last
time.

Usage: python benchmarks/accuracy.py [--sets GA75,SC] [--layouts ods,wrapped] [--show N] [--accept]

The corpus is looked for in RESGRAPH_CORPUS or ../shared/corpus, with its scoring tools in `eval` beside it; without it
nothing is measured, and the command says so. Figures of the last accepted state stand in benchmarks/accepted/: a row
that falls by more than 0.002 fails the command; every single loss and gain is listed by document and paragraph.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

HERE = Path(__file__).resolve().parent
ACCEPTED = HERE / "accepted"
SETS = {
    "GA75": "akn/GA/75session",
    "GA76": "akn/GA/76session",
    "SC": "akn/SC",
    "HRC": "akn/HRC",
    "ECOSOC": "akn/ECOSOC",
}
LAYOUTS = ("ods", "marked", "wrapped")
TOLERANCE = 0.002


@dataclass(frozen=True, slots=True)
class Measured:
    """One set in one layout: (hit, wanted, given) by row; errors as `row<TAB>where<TAB>missed|invented<TAB>what`."""

    name: str
    counts: dict[str, tuple[int, int, int]]
    errors: frozenset[str]

    @property
    def figures(self) -> dict[str, float]:
        """F1 by row."""
        return {row: f1(*counts) for row, counts in self.counts.items()}


def f1(hit: int, wanted: int, given: int) -> float:
    return round(2 * hit / (wanted + given), 4) if wanted + given else 0.0


def together(measured: list[Measured], layout: str) -> Measured:
    """All sets of a layout as one."""
    total: dict[str, tuple[int, int, int]] = {}
    for one in measured:
        for row, counts in one.counts.items():
            before = total.get(row, (0, 0, 0))
            total[row] = (before[0] + counts[0], before[1] + counts[1], before[2] + counts[2])
    return Measured(f"all-{layout}", total, frozenset())


def corpus() -> Path | None:
    """The folder of the corpus, None where there is none."""
    folder = Path(os.environ.get("RESGRAPH_CORPUS", HERE.parent.parent / "shared" / "corpus"))
    return folder if (folder / "akn").is_dir() and (folder.parent / "eval" / "score.py").is_file() else None


def prepare(source: Path, out: Path) -> None:
    """The texts in all layouts and the gold records of one set."""
    tool = source_root(source) / "eval" / "akn.py"
    subprocess.run([sys.executable, tool, source, out], check=True, capture_output=True)  # noqa: S603


def source_root(source: Path) -> Path:
    return next(p.parent for p in source.parents if p.name == "corpus")


def measure(name: str, texts: Path, gold: Path, tools: Path) -> Measured:
    """Builds one folder of texts and scores the graph."""
    sys.path.insert(0, str(tools))
    import score  # type: ignore[import-not-found]
    from pyoxigraph import Store

    store = Store()
    store.bulk_extend(_quads(texts))
    tallies = score.grade(store, score.load(gold))
    counts = {row: (tally.hit, tally.wanted, tally.given) for row, tally in sorted(tallies.items())}
    return Measured(name, counts, frozenset(e for row, tally in tallies.items() for e in _errors(row, tally)))


def _quads(texts: Path):  # noqa: ANN202  (an iterator of pyoxigraph quads; the import is the worker's)
    from resgraph.authority import authority_quads
    from resgraph.errors import InputError
    from resgraph.iris import Iris
    from resgraph.pipeline import document_quads, read_document

    iris = Iris()
    yield from authority_quads(iris)
    for path in sorted(texts.iterdir()):
        try:
            yield from document_quads(read_document(path), iris)
        except InputError as error:
            print(f"not read: {error}", file=sys.stderr)


def _errors(row: str, tally):  # noqa: ANN001, ANN202  (the scoring tools are not typed)
    for kind, items in (("missed", tally.missed), ("invented", tally.invented)):
        for item in items:
            where, _, what = item.partition(": ")
            yield "\t".join((row, where, kind, "" if what.startswith("wanted ") else what[:80]))


def compare(now: Measured, show: int) -> bool:
    """Prints what changed since the accepted state; whether no row fell by more than the tolerance."""
    path = ACCEPTED / f"{now.name}.json"
    if not path.exists():
        print(f"{now.name}: no accepted figures yet; --accept keeps these")
        return True
    before = json.loads(path.read_text("utf-8"))
    sound = True
    for row, figure in before["figures"].items():
        change = now.figures.get(row, 0.0) - figure
        if abs(change) >= 0.00005:
            fell = "  LOSS" if change < -TOLERANCE else ""
            print(f"{now.name:15} {row:26} {figure:.4f} -> {figure + change:.4f}{fell}")
        sound = sound and change >= -TOLERANCE
    for title, lines in (("lost", now.errors - set(before["errors"])), ("gained", set(before["errors"]) - now.errors)):
        for line in sorted(lines)[:show]:
            print(f"    {title:6} {' | '.join(line.split(chr(9)))}")
        if len(lines) > show:
            print(f"    {title:6} and {len(lines) - show} more (--show {len(lines)})")
    return sound


def accept(now: Measured) -> None:
    ACCEPTED.mkdir(exist_ok=True)
    kept = {"figures": now.figures, "errors": sorted(now.errors)}
    (ACCEPTED / f"{now.name}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", "utf-8")


def table(measured: list[Measured]) -> None:
    """F1 by row and set, one block a layout."""
    for layout in LAYOUTS:
        columns = [m for m in measured if m.name.endswith(f"-{layout}")]
        if not columns:
            continue
        columns.append(together(columns, layout))
        print(f"\n{layout:26}" + "".join(f"{m.name.split('-')[0]:>9}" for m in columns))
        for row in sorted({row for m in columns for row in m.figures}):
            print(f"{row:26}" + "".join(f"{m.figures[row]:9.4f}" if row in m.figures else f"{'':9}" for m in columns))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--layouts", default=",".join(LAYOUTS))
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--accept", action="store_true")
    args = parser.parse_args()
    folder = corpus()
    if folder is None:
        print("accuracy: not measured, no corpus (set RESGRAPH_CORPUS to its folder)")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        measured = _measure_all(folder, Path(temporary), args.sets.split(","), args.layouts.split(","))
    table(measured)
    print()
    if args.accept:
        for one in measured:
            accept(one)
        return 0
    return 0 if all(compare(m, args.show) for m in measured) else 1


def _measure_all(folder: Path, temporary: Path, sets: list[str], layouts: list[str]) -> list[Measured]:
    tools = folder.parent / "eval"
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for name in sets:
            prepare(folder / SETS[name], temporary / name)
        jobs = [
            pool.submit(
                measure, f"{name}-{layout}", temporary / name / "text" / layout, temporary / name / "gold", tools
            )
            for name in sets
            for layout in layouts
        ]
        return [job.result() for job in jobs]


if __name__ == "__main__":
    sys.exit(main())
