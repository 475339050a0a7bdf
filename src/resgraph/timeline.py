"""What resolutions say of an instrument, on one axis of time: its adoption, claims, reports asked for and given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from resgraph.errors import QueryError
from resgraph.literals import literal
from resgraph.pictures import COLOURS, INK, LINE, SOFT, drawing
from resgraph.queries import run
from resgraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from pyoxigraph import Store

_MARKED = ("adoption", "entry into force")
_LANES = (
    ("request answered", "requests answered", "P"),
    ("report requested", "reports requested", ">"),
    ("ratifications needed", "ratifications still needed", "o"),
    ("resolution", "resolutions that name it", "s"),
)
"""Kind of event, name of its lane, and marker; the first lane is the lowest."""
_NEAR = 0.06
"""Labels stand above and below in turn where points are nearer than this share of the whole time."""

_LABELLED = 24
"""In a lane with more events than this, labels only say how many there were in a year."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is said to have happened; `when` is an ISO date, or a month or year where no more is said."""

    when: str
    event: str
    detail: str
    stated_in: tuple[str, ...]

    @property
    def day(self) -> date:
        """The date, or the first day of the month or year."""
        year, month, day = (*map(int, self.when.split("-")), 1, 1)[:3]
        return date(year, month, day)

    @property
    def row(self) -> tuple[str, str, str, str]:
        return self.when, self.event, self.detail, " ".join(self.stated_in)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of one instrument by date."""

    short: str
    label: str
    events: tuple[Event, ...]

    def of(self, kind: str) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.event == kind)

    @property
    def rows(self) -> Rows:
        """The events as a table; what states them is given as `A/RES/57/201#op3`."""
        terms = tuple(tuple(map(literal, event.row)) for event in self.events)
        return Rows(("when", "event", "detail", "stated_in"), terms)


def timeline(store: Store, short: str) -> Timeline:
    """All that a graph says of an instrument, by its short name. Raises QueryError where it says nothing."""
    events = sorted((*_claims(store, short), *_resolutions(store, short)), key=lambda event: event.row)
    if not events:
        todo = "see what the graph knows with: resgraph query instruments"
        raise QueryError(short[:60], "the graph says nothing of this instrument", todo)
    named = {str(row["short"]): str(row["name"]) for row in run(store, "instruments")}
    return Timeline(short, named.get(short, short), tuple(events))


def _claims(store: Store, short: str) -> Iterator[Event]:
    """What is claimed, each once with all places that claim it."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in run(store, "instrument-timeline", instrument=short):
        key = (str(row["when"]), str(row["event"]), str(row["detail"]).strip())
        found.setdefault(key, []).append(f"{row['symbol']}#{row['place']}")
    return (Event(*key, tuple(places)) for key, places in found.items())


def _resolutions(store: Store, short: str) -> Iterator[Event]:
    for row in run(store, "instrument-resolutions", instrument=short):
        symbol = str(row["symbol"])
        yield Event(str(row["date"]), "resolution", symbol, (symbol,))


# ---------------------------------------------------------------- the picture


def plot(line: Timeline, path: Path) -> None:
    """Draws the timeline into an SVG, PNG or PDF file."""
    lanes = [(*lane, colour) for lane, colour in zip(_LANES, COLOURS, strict=False) if line.of(lane[0])]
    with drawing(path, 11, 1.6 + 0.95 * len(lanes)) as figure:
        from matplotlib.dates import date2num

        axes = figure.add_subplot()
        figure.suptitle(f"{line.label} ({line.short})", fontsize=11, x=0.01, ha="left", wrap=True)
        axes.update_datalim([(date2num(event.day), 0) for event in line.events])
        for height, (kind, _, marker, colour) in enumerate(lanes):
            _lane(axes, line.of(kind), height, marker, colour)
        top = len(lanes) - 0.2
        _marks(axes, [event for kind in _MARKED for event in line.of(kind)], top)
        axes.set_yticks(range(len(lanes)), [label for _, label, *_ in lanes])
        axes.set_ylim(-0.45, top + 0.25)
        _frame(axes, line.events)


def _lane(axes: Axes, events: Sequence[Event], height: int, marker: str, colour: str) -> None:
    axes.axhline(height, color=LINE, linewidth=1, zorder=0)
    big = events[0].event == "ratifications needed"
    days = [event.day for event in events]
    axes.scatter(
        days, [height] * len(events), s=230 if big else 55, marker=marker, color=colour, zorder=3, edgecolors="white"
    )
    if big:
        for event, day in zip(events, days, strict=True):
            axes.annotate(event.detail, (day, height), ha="center", va="center", color="white", weight="bold", zorder=4)
    elif len(events) <= _LABELLED:
        _labels(axes, [(event.day, event.detail) for event in events], height)
    else:
        _labels(axes, [(days[0], f"{len(days)} in {year}") for year, days in _by_year(days)], height)


def _by_year(days: Sequence[date]) -> list[tuple[int, list[date]]]:
    return [(year, list(group)) for year, group in groupby(sorted(days), key=lambda day: day.year)]


def _labels(axes: Axes, labels: Sequence[tuple[date, str]], height: int) -> None:
    """Labels above the points, and below where the one before stands near."""
    near, last, above = _NEAR * (axes.dataLim.width or 1), None, True
    for date_, label in labels:
        day = date_.toordinal()
        above = not above if last is not None and day - last < near else True
        axes.annotate(
            label, (date_, height), xytext=(2, 7) if above else (2, -7), textcoords="offset points",
            va="bottom" if above else "top", rotation=20 if above else -20, rotation_mode="anchor", fontsize=7.5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.85}, zorder=2,
        )  # fmt: skip
        last = day


def _marks(axes: Axes, events: Sequence[Event], top: float) -> None:
    """Adoption and entry into force as lines across all lanes, each date once, alternately at two heights."""
    days: dict[tuple[date, str], str] = {}
    for event in events:
        days.setdefault((event.day, event.event), event.when)
    for (day, name), when in sorted(days.items()):
        axes.axvline(day, color=SOFT, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        axes.annotate(
            f"{name}\n{when}", (day, top), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8, color=INK
        )


def _frame(axes: Axes, events: Sequence[Event]) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=4, maxticks=14)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.margins(x=0.08)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(f"{len(events)} statements of the resolutions read; each is in the table beside the picture")
