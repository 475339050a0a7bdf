"""What styles say of their paragraphs and runs: automatic numbers, superior letters, italics, hidden text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resgraph.readers.docx.numbering import VAL, W

if TYPE_CHECKING:
    from lxml import etree

_LOOKS = frozenset(f"{W}{name}" for name in ("rStyle", "vertAlign", "vanish", "i"))
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it takes over from those it is based on; `number` names a list, `level` a level of it."""

    number: str | None = None
    level: int | None = None
    superior: bool | None = None
    hidden: bool | None = None
    italic: bool | None = None


PLAIN = Style()


@dataclass(slots=True)
class Styles:
    """The styles of `word/styles.xml`, looked up when a paragraph or run names one."""

    entries: dict[str, etree._Element]
    known: dict[str, Style] = field(default_factory=dict)
    looks: dict[tuple[tuple[str, str | None], ...], Style] = field(default_factory=dict)

    @classmethod
    def read(cls, root: etree._Element | None) -> Styles:
        entries = () if root is None else root.iterchildren(f"{W}style")
        return cls({entry.get(f"{W}styleId", ""): entry for entry in entries})

    def get(self, name: str) -> Style:
        if name not in self.known:
            self.known[name] = self._inherited(name)
        return self.known[name]

    def of_run(self, properties: etree._Element) -> Style:
        """What matters of a run's own properties and its style; runs have few different ones."""
        found = [child for child in properties if child.tag in _LOOKS]
        if not found:
            return PLAIN
        key = tuple((child.tag, child.get(VAL)) for child in found)
        if key not in self.looks:
            self.looks[key] = over(style_of(None, properties), self.get(_val(properties, "rStyle") or ""))
        return self.looks[key]

    def _inherited(self, name: str) -> Style:
        found, seen = PLAIN, set[str]()
        while name in self.entries and name not in seen:
            seen.add(name)
            entry = self.entries[name]
            found = over(found, style_of(entry.find(f"{W}pPr"), entry.find(f"{W}rPr")))
            name = _val(entry, "basedOn") or ""
        return found


def over(first: Style, second: Style) -> Style:
    """What the first says, and where it says nothing, the second."""
    return Style(
        second.number if first.number is None else first.number,
        second.level if first.level is None else first.level,
        second.superior if first.superior is None else first.superior,
        second.hidden if first.hidden is None else first.hidden,
        second.italic if first.italic is None else first.italic,
    )


def style_of(paragraph: etree._Element | None, run: etree._Element | None) -> Style:
    """What the properties of a paragraph and of a run say themselves."""
    number = level = superior = hidden = italic = None
    if paragraph is not None and (listed := paragraph.find(f"{W}numPr")) is not None:
        number, text = _val(listed, "numId"), _val(listed, "ilvl")
        level = int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else None
    if run is not None:
        if align := _val(run, "vertAlign"):
            superior = align == "superscript"
        if (vanish := run.find(f"{W}vanish")) is not None:
            hidden = vanish.get(VAL) not in _OFF
        if (slanted := run.find(f"{W}i")) is not None:
            italic = slanted.get(VAL) not in _OFF
    return Style(number, level, superior, hidden, italic)


def _val(parent: etree._Element, name: str) -> str | None:
    child = parent.find(f"{W}{name}")
    return None if child is None else child.get(VAL)
