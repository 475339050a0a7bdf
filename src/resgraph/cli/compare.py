"""`resgraph compare`: two resolutions side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from resgraph.compare import Comparison, Pair


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.argument("before")
@click.argument("after")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write one page of HTML; - for stdout.")
def compare(graph: Path, before: str, after: str, html: Path | None) -> None:
    """Show two resolutions of GRAPH side by side: BEFORE and AFTER are symbols, such as A/RES/55/88 A/RES/57/201.

    In the terminal [-words in brackets-] are only in the first, {+words in braces+} only in the second.
    """
    from resgraph.compare import compare as compare_resolutions
    from resgraph.store import open_store

    comparison = compare_resolutions(open_store(graph), before, after)
    if html is None:
        _print(comparison)
    elif html == Path("-"):
        click.echo(_page(comparison), nl=False)
    else:
        _write(html, _page(comparison))


def _page(comparison: Comparison) -> str:
    from resgraph.pages import page

    return page(
        "compare.html",
        before=comparison.before,
        after=comparison.after,
        counts=_counts(comparison),
        pairs=comparison.pairs,
        shifts=comparison.shifts,
    )


def _write(path: Path, text: str) -> None:
    from resgraph.output import whole_file

    with whole_file(path) as file:
        file.write(text.encode())


def _print(comparison: Comparison) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(_table(comparison))
    for pair, shift in comparison.shifts:
        places = f"{pair.before.place if pair.before else ''} → {pair.after.place if pair.after else ''}"
        words = f"{shift.direction}: {places}: {shift.before.printed} → {shift.after.printed}"
        console.print(words, markup=False)
    console.print(_counts(comparison), markup=False)


def _table(comparison: Comparison) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True, expand=True)
    table.add_column("", no_wrap=True)
    table.add_column(Text(comparison.before.symbol), ratio=1, overflow="fold")
    table.add_column("", no_wrap=True)
    table.add_column(Text(comparison.after.symbol), ratio=1, overflow="fold")
    for pair in comparison.pairs:
        before, after = pair.before, pair.after
        table.add_row(
            Text(before.place if before else ""), _words(pair, "before"), Text(after.place if after else ""),
            _words(pair, "after"), style="dim" if pair.kind == "same" and not pair.moved else None,
        )  # fmt: skip
    return table


def _words(pair: Pair, side: str) -> Text:
    """What one of the two says, with what the other lacks marked by brackets and colour."""
    from rich.text import Text

    unit = pair.before if side == "before" else pair.after
    if unit is None:
        return Text("")
    opened, closed, style = ("[-", "-]", "red") if side == "before" else ("{+", "+}", "green")
    if pair.kind in ("new", "dropped"):
        return Text.assemble((f"{opened}{unit.text}{closed}", style), f" ({pair.kind})")
    text = Text()
    for stretch in pair.stretches:
        words = stretch.before if side == "before" else stretch.after
        if stretch.before and stretch.after:
            text.append(f"{words} ")
        elif words:
            text.append(f"{opened}{words}{closed} ", style)
    return text.append("(moved)") if pair.moved and side == "after" else text


def _counts(comparison: Comparison) -> str:
    harder = sum(shift.direction == "harder" for _, shift in comparison.shifts)
    numbers: dict[str, int] = {kind: comparison.count(kind) for kind in ("same", "reworded", "new", "dropped")}
    numbers |= {"moved": comparison.moved, "harder": harder, "softer": len(comparison.shifts) - harder}
    return ", ".join(f"{number} {name}" for name, number in numbers.items())
