"""The blocks that a text is read into, and what the reader of its lines knows at each line."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from resgraph.model.values import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.model import Span
    from resgraph.segment.heads import Number
    from resgraph.segment.layout import Layout
    from resgraph.segment.lines import Line


class Role(Enum):
    """What a block is within its resolution."""

    HEAD = auto()
    PART = auto()
    FORMULA = auto()
    NUMBER = auto()
    POINT = auto()
    PLAIN = auto()
    CLOSING = auto()
    ANNEX = auto()


@dataclass(slots=True)
class Block:
    """A paragraph or another unit of print. `spans` are its words line by line, without its number or label."""

    role: Role
    start: int
    spans: list[Span]
    label: str = ""
    number: Number | None = None
    lines: list[int] = field(default_factory=list)
    first: str = ""
    heading: bool = False
    inline: str = ""
    bare: bool = False


@dataclass(slots=True)
class State:
    """Where the reader stands: `inside` between a formula and the closing, `last` the operative number before."""

    inside: bool = False
    preamble: bool = False
    last: int = 0
    outer: int = 0
    label: str = ""


@value
class Here:
    """A line with what stands around it; `blank` and `page` say what parts it from the line `before`, `ended` whether
    that may end a paragraph.
    """

    line: Line
    words: str
    before: Line | None
    after: Sequence[Line]
    blank: bool
    page: bool
    ended: bool
    layout: Layout

    @property
    def above(self) -> str:
        """The line before."""
        return self.before.text if self.before else ""

    @property
    def cut_short(self) -> bool:
        """Whether the line before breaks off where another word would have had room."""
        return self.before is not None and self.layout.ends_early(self.before.text, self.words)
