"""Automatic numbers: what Word prints before a paragraph and writes nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resgraph.readers.numbers import format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
LEVELS = 9
_MAX_NUMBER = 32_767
_PLACE = re.compile(r"%([1-9])")
_BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: `text` as in `%1.%2`, `restart` the level whose numbers start it again."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A list as paragraphs name it: `abstract` is what it shares its count with, `starts` where it counts anew."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document, looked up when a paragraph names one, and how far each has counted."""

    load: Callable[[], etree._Element | None]
    lists: dict[str, Series | None] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    root: etree._Element | None = None

    def label(self, number: str, level: int) -> str:
        """The label of the next paragraph at a level of a list, without white space; empty where it prints none."""
        entry = self._list(number)
        if entry is None or level not in entry.levels:
            return ""
        counts = self.counts.setdefault(entry.abstract, [None] * LEVELS)
        self._advance(counts, entry, number, level)
        return _BULLET if entry.levels[level].form == "bullet" else _printed(entry, counts, level)

    def _advance(self, counts: list[int | None], entry: Series, number: str, level: int) -> None:
        if level in entry.starts and (number, level) not in self.begun:
            counts[level] = None
        self.begun.add((number, level))
        for upper in range(level):
            if counts[upper] is None and upper in entry.levels:
                counts[upper] = _start(entry, upper)
        before = counts[level]
        counts[level] = _start(entry, level) if before is None else min(before + 1, _MAX_NUMBER)
        for lower in range(level + 1, LEVELS):
            if _restarts(entry.levels.get(lower), level):
                counts[lower] = None

    def level_of_style(self, number: str, style: str) -> int:
        """The level that a list gives to paragraphs of a style."""
        entry = self._list(number)
        return next((n for n, level in entry.levels.items() if level.style == style), 0) if entry else 0

    def _list(self, number: str) -> Series | None:
        if number not in self.lists:
            self.root = self.load() if self.root is None else self.root
            self.lists[number] = None if self.root is None else _find_list(self.root, number)
        return self.lists[number]


def _start(entry: Series, level: int) -> int:
    return entry.starts.get(level, entry.levels[level].start)


def _restarts(level: Level | None, upper: int) -> bool:
    """Whether a level starts again after a number of an upper one; `restart` counts from 1, and 0 means never."""
    return level is None or level.restart is None or upper < level.restart


def _printed(entry: Series, counts: list[int | None], level: int) -> str:
    own = entry.levels[level]

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        form = "decimal" if own.legal else entry.levels.get(at, Level()).form
        return format_number(counts[at] or 0, form)

    return _PLACE.sub(number, own.text).strip()


def _find_list(root: etree._Element, number: str) -> Series | None:
    """A list of `word/numbering.xml`; its levels may stand in another one, which a style names."""
    entry = _named(root, "num", "numId", number)
    name = "" if entry is None else _val(entry, "abstractNumId") or ""
    abstract = _named(root, "abstractNum", "abstractNumId", name)
    if entry is None or abstract is None:
        return None
    if link := _val(abstract, "numStyleLink"):
        linked = (other for other in root.iterchildren(f"{W}abstractNum") if _val(other, "styleLink") == link)
        abstract = next(linked, abstract)
    return _series(name, abstract, entry)


def _named(root: etree._Element, tag: str, attribute: str, value: str) -> etree._Element | None:
    found = (entry for entry in root.iterchildren(f"{W}{tag}") if entry.get(f"{W}{attribute}") == value)
    return next(found, None)


def _series(name: str, abstract: etree._Element, entry: etree._Element) -> Series:
    levels = dict(_levels(abstract))
    starts: dict[int, int] = {}
    for override in entry.iterchildren(f"{W}lvlOverride"):
        level = _number(override.get(f"{W}ilvl"), 0)
        levels.update(_levels(override))
        if start := _val(override, "startOverride"):
            starts[level] = _number(start, 1)
    return Series(name, levels, starts)


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for entry in parent.iterchildren(f"{W}lvl"):
        level = _number(entry.get(f"{W}ilvl"), 0)
        restart = _val(entry, "lvlRestart")
        if 0 <= level < LEVELS:
            yield (
                level,
                Level(
                    _number(_val(entry, "start"), 1),
                    _val(entry, "numFmt") or "decimal",
                    _val(entry, "lvlText") or "",
                    entry.find(f"{W}isLgl") is not None,
                    None if restart is None else _number(restart, level),
                    _val(entry, "pStyle"),
                ),
            )


def _val(parent: etree._Element, name: str) -> str | None:
    child = parent.find(f"{W}{name}")
    return None if child is None else child.get(VAL)


def _number(text: str | None, default: int) -> int:
    return min(int(text), _MAX_NUMBER) if text and text.isascii() and text.isdigit() else default
