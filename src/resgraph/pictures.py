"""Pictures by matplotlib: the same data give the same bytes, with colours that everybody can tell apart."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from resgraph.errors import UsageError
from resgraph.output import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from matplotlib.figure import Figure

    from resgraph.rows import Rows

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
"""Okabe and Ito, "Color Universal Design" (2008); shapes tell the same as colours."""

INK = "#1b1f24"
SOFT = "#5b6570"
LINE = "#d5dae0"

ENDINGS = (".svg", ".png", ".pdf")
_NO_DATE = {".svg": {"Date": None}, ".png": {"Software": None}, ".pdf": {"CreationDate": None, "Producer": None}}
_STYLE = {
    "svg.hashsalt": "resgraph",
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "axes.edgecolor": LINE,
}


def check_ending(path: Path) -> None:
    """Raises UsageError for a picture of a kind that is not made."""
    if path.suffix not in ENDINGS:
        raise UsageError(str(path), f"its ending '{path.suffix}' names no picture", f"use one of {' '.join(ENDINGS)}")


def with_data(path: Path, rows: Rows, draw: Callable[[Path], None]) -> None:
    """Draws a picture, and writes the data it shows to a CSV file of the same name beside it."""
    draw(path)
    with whole_file(path.with_suffix(".csv")) as file:
        file.write(rows.render("csv").encode())


@contextmanager
def drawing(path: Path, width: float, height: float) -> Iterator[Figure]:
    """An empty figure, in inches, that is written to `path` when the block succeeds."""
    check_ending(path)
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
        raise UsageError("--plot", f"{error.name} is not installed", "run: pip install 'resgraph[plots]'") from error
    with rc_context(_STYLE):
        figure = Figure(figsize=(width, height), facecolor="white", layout="constrained")
        yield figure
        with whole_file(path) as file:
            figure.savefig(file, format=path.suffix[1:], metadata=_NO_DATE[path.suffix], dpi=150)
