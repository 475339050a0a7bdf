"""Printed resolutions to what they say: every mention given its identity, or left open and counted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from resgraph.lexicon import load
from resgraph.model import Agent, OperativeParagraph, PreambularParagraph, Resolution
from resgraph.recognise import HouseStyle, recognise
from resgraph.recognise.mentions import InstrumentMention
from resgraph.recognise.names import find_names
from resgraph.resolve.antecedents import Antecedents
from resgraph.resolve.notes import footnotes_of
from resgraph.resolve.provisions import Filled, Setting, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resgraph.model import (
        PrintedParagraph,
        PrintedPoint,
        PrintedResolution,
        Segmented,
        Source,
        Span,
    )

__all__ = ["resolve"]

MARKUP = "application/akn+xml"


def resolve(segmented: Segmented) -> tuple[Resolution, ...]:
    """What each printed resolution of a source says, in the order of the source."""
    return tuple(_resolution(printed, segmented.source) for printed in segmented.resolutions)


def _resolution(printed: PrintedResolution, source: Source) -> Resolution:
    setting = _setting(printed, source)
    preamble, setting = _paragraphs(printed.preamble, setting, preambular=True)
    operative, _ = _paragraphs(printed.operative, setting, preambular=False)
    lost = tuple(problem for filled in (*preamble, *operative) for problem in filled.problems)
    return Resolution(
        masthead=printed.masthead,
        source=source,
        preamble=tuple(f.provision for f in preamble if isinstance(f.provision, PreambularParagraph)),
        operative=tuple(f.provision for f in operative if isinstance(f.provision, OperativeParagraph)),
        footnotes=tuple(setting.known.notes.values()),
        headings=printed.headings,
        annexes=printed.annexes,
        problems=(*printed.problems, *lost),
    )


def _setting(printed: PrintedResolution, source: Source) -> Setting:
    """What is known before the first paragraph: the speaker, the title's instruments, the notes."""
    body = load().body(printed.masthead.body)
    named = find_names(printed.masthead.title or "")
    title = tuple(s for m in named if isinstance(m, InstrumentMention) for s in m.shorts)
    known = Antecedents(body.key, printed.masthead.symbol, title)
    notes = footnotes_of(printed.footnotes, _marks(printed), known)
    known = Antecedents(body.key, printed.masthead.symbol, title, notes={note.marker: note for note in notes})
    return Setting(
        printed.masthead, Agent(body.key, body.label, "body"), known, preambular=True, style=_style(printed, source)
    )


def _style(printed: PrintedResolution, source: Source) -> HouseStyle:
    """Markup keeps all italics; of a text it is known where more than the opening verb of some paragraph has them."""
    council = printed.masthead.body == "UNSC"
    parts = _parts((*printed.preamble, *printed.operative))
    kept = source.media_type == MARKUP or any(len(part.passage.italics) > 1 for part in parts)
    return HouseStyle(verb_alone=council, every_act=council and kept)


def _paragraphs(
    printed: tuple[PrintedParagraph, ...], setting: Setting, *, preambular: bool
) -> tuple[list[Filled], Setting]:
    filled: list[Filled] = []
    setting = replace(setting, preambular=preambular)
    for position, paragraph in enumerate(printed, 1):
        passage = paragraph.passage
        read = recognise(passage, preambular=preambular, style=setting.style)
        bare: Callable[..., PreambularParagraph | OperativeParagraph]
        if preambular:
            bare = partial(PreambularParagraph, position=position, text=passage.text, span=passage.span())
        else:
            # a single operative paragraph has no number; it counts as the first (UN Editorial Manual, "Resolutions")
            number = paragraph.number or str(position)
            text, span = passage.text, passage.span()
            bare = partial(OperativeParagraph, position=position, number=number, text=text, span=span)
        filled.append(fill(bare, read, paragraph.points, setting))
        setting = replace(setting, known=filled[-1].known)
    return filled, setting


def _marks(printed: PrintedResolution) -> dict[str, Span]:
    """Where the first mark of each note stands."""
    places: dict[str, Span] = {}
    for part in _parts((*printed.preamble, *printed.operative)):
        for mark in part.passage.marks:
            places.setdefault(mark.marker, mark.span)
    return places


def _parts(parts: tuple[PrintedParagraph | PrintedPoint, ...]) -> Iterator[PrintedParagraph | PrintedPoint]:
    for part in parts:
        yield part
        yield from _parts(part.points)
