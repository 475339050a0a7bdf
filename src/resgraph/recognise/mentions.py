"""What the words of one passage name, before anybody asks which document or agent is meant.

All offsets are offsets into the passage's text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.model.values import value

if TYPE_CHECKING:
    from datetime import date

    from resgraph.model import Agent


@value
class SymbolMention:
    """A printed document symbol."""

    start: int
    end: int
    symbol: str
    locator: str | None = None


@value
class Number:
    """The number of a resolution or decision: `45/158`, `2200 A (XXI)`, `1325 (2000)`, `S-24/2`.

    `session` is what stands before the stroke (`45`, `S-24`, `1999`) or in brackets (`XXI`, `S-VI`, `2000`); `serial`
    counts within it; `letter` names the part. `bracketed` tells which of the two ways of writing it is.
    """

    session: str
    serial: int
    letter: str = ""
    bracketed: bool = False


@value
class NumberMention:
    """A resolution or decision by number. `body` is the name printed for the body that took it: a full or short name
    (`General Assembly`, `Council`), `its` for the possessive, a longer unknown name, or None where none is printed.
    `linked` is the symbol of the document to which the markup links it.
    """

    start: int
    end: int
    number: Number
    kind: str
    body: str | None
    adopted_on: date | None = None
    locator: str | None = None
    linked: str | None = None


@value
class InstrumentMention:
    """An instrument, or a collective name for several, by name."""

    start: int
    end: int
    shorts: tuple[str, ...]
    locator: str | None = None


@value
class HeadMention:
    """A short form after the definite article, `the Convention`, `the said resolution`, `the present resolution`."""

    start: int
    end: int
    determiner: str
    head: str
    locator: str | None = None


@value
class IbidMention:
    """`Ibid.` in a note, for what the note before it cites."""

    start: int
    end: int
    locator: str | None = None


@value
class AgentMention:
    """An agent of the lexicon by one of its names."""

    start: int
    end: int
    agent: Agent


Mention = SymbolMention | NumberMention | InstrumentMention | HeadMention | IbidMention
