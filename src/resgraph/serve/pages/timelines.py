"""The timeline of an instrument as an SVG picture that the page itself holds, from `resgraph.timeline`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.errors import QueryError
from resgraph.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resgraph.serve.pages.view import View
    from resgraph.timeline import Event

LANES = (
    ("resolution", "resolutions that name it"),
    ("ratifications needed", "ratifications still needed"),
    ("report requested", "reports requested"),
    ("request answered", "requests answered"),
)
_MARKED = ("adoption", "entry into force")
_LEFT, _WIDTH, _LANE, _TOP = 190, 900, 46, 40
_RIGHT = _WIDTH - 24
_TICKS = 10


@dataclass(frozen=True, slots=True)
class Dot:
    """One event; `path` leads to what states it."""

    x: float
    y: float
    kind: int
    words: str
    inside: str
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Where all stands, in units of the SVG; `lanes` and `ticks` are places with their names."""

    width: int
    height: int
    left: int
    label: str
    lanes: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[tuple[float, float, str], ...]
    dots: tuple[Dot, ...]
    events: tuple[Event, ...]


def timeline_of(view: View, short: str) -> Picture | None:
    """The picture, or None where the graph says nothing of the instrument."""
    return view.remembered(f"timeline {short}", lambda: _made(view, short))


def _made(view: View, short: str) -> Picture | None:
    try:
        line = timeline(view.site.store, short)
    except QueryError:
        return None
    lanes = [(kind, name) for kind, name in LANES if line.of(kind)]
    scale = _Scale(line.events)
    dots = tuple(
        Dot(scale.x(event), _middle(at), at, f"{event.when}: {event.detail}", _inside(event), _path(event))
        for at, (kind, _) in enumerate(lanes)
        for event in line.of(kind)
    )
    return Picture(
        width=_WIDTH, height=_TOP + _LANE * len(lanes) + 30, left=_LEFT, label=line.label,
        lanes=tuple((_middle(at), name) for at, (_, name) in enumerate(lanes)),
        ticks=tuple(scale.ticks()), marks=tuple(_marks(line.events, scale)), dots=dots, events=line.events,
    )  # fmt: skip


def _middle(lane: int) -> float:
    return _TOP + _LANE * (lane + 0.5)


def _inside(event: Event) -> str:
    """The number of ratifications still needed stands in its dot."""
    return event.detail if event.event == "ratifications needed" and len(event.detail) <= 3 else ""


def _path(event: Event) -> str:
    return event.stated_in[0].replace(" ", "") if event.stated_in else ""


class _Scale:
    """Days to places."""

    def __init__(self, events: Sequence[Event]) -> None:
        days = [event.day.toordinal() for event in events]
        self._first, self._last = min(days), max(days)
        self._years = min(event.day.year for event in events), max(event.day.year for event in events)

    def x(self, event: Event) -> float:
        return self._place(event.day.toordinal())

    def ticks(self) -> Iterator[tuple[float, str]]:
        from datetime import date

        first, last = self._years
        step = max(1, -(-(last - first) // _TICKS))
        for year in range(first, last + 2, step):
            day = date(year, 1, 1).toordinal()
            if self._first <= day <= self._last:
                yield self._place(day), str(year)

    def _place(self, day: int) -> float:
        span = max(1, self._last - self._first)
        return round(_LEFT + 24 + (_RIGHT - _LEFT - 48) * (day - self._first) / span, 1)


def _marks(events: Sequence[Event], scale: _Scale) -> Iterator[tuple[float, float, str]]:
    """Adoption and entry into force, each date once: place, height of the words, words."""
    seen: dict[tuple[str, str], Event] = {}
    for event in events:
        if event.event in _MARKED:
            seen.setdefault((event.event, event.when), event)
    for at, ((name, when), event) in enumerate(sorted(seen.items(), key=lambda item: item[0][1])):
        yield scale.x(event), 14 + 14 * (at % 2), f"{name} {when}"
