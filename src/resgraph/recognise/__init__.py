"""A passage's words to what they name and do: mentions, acts, claims. Nothing here looks beyond the passage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from resgraph.model.values import value
from resgraph.recognise.acts import ActMention, find_acts
from resgraph.recognise.addressees import find_mandates
from resgraph.recognise.heads import find_heads, find_ibids, find_unknown_instruments
from resgraph.recognise.italics import by_italics
from resgraph.recognise.linked import with_links
from resgraph.recognise.locators import locator_of
from resgraph.recognise.mentions import (
    AgentMention,
    HeadMention,
    IbidMention,
    InstrumentMention,
    Mention,
    NumberMention,
    SymbolMention,
)
from resgraph.recognise.names import find_names
from resgraph.recognise.numbers import find_numbers
from resgraph.recognise.status import StatusMention, find_statuses
from resgraph.symbols import find_symbols

if TYPE_CHECKING:
    from resgraph.model import Passage

__all__ = [
    "ActMention",
    "AgentMention",
    "HeadMention",
    "HouseStyle",
    "IbidMention",
    "InstrumentMention",
    "Mention",
    "NumberMention",
    "Recognised",
    "StatusMention",
    "SymbolMention",
    "recognise",
    "recognise_note",
]


@value
class Recognised:
    """What one passage names and does; every tuple in the order of the text."""

    passage: Passage
    mentions: tuple[Mention, ...]
    agents: tuple[AgentMention, ...]
    acts: tuple[ActMention, ...] = ()
    statuses: tuple[StatusMention, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """How a resolution uses italics.

    The Security Council sets the verb alone in them, where the Assembly sets the whole leading phrase (`verb_alone`);
    and every act of a paragraph, where the Assembly sets the first (`every_act`, where the source kept the italics).
    """

    verb_alone: bool = False
    every_act: bool = False


def recognise(passage: Passage, *, preambular: bool, style: HouseStyle = HouseStyle()) -> Recognised:
    """All that a paragraph or point names and does."""
    mentions, agents = _mentions(passage)
    acts = find_acts(passage.text, preambular=preambular, verb_alone=style.verb_alone)
    if passage.italics:
        acts = by_italics(acts, passage, preambular=preambular, all_acts=style.every_act)
    return Recognised(passage, mentions, agents, acts, tuple(find_statuses(passage.text)))


def recognise_note(passage: Passage) -> Recognised:
    """All that a footnote names; a note performs no act."""
    mentions, agents = _mentions(passage)
    ibids = tuple(_located(passage.text, ibid) for ibid in find_ibids(passage.text))
    return Recognised(passage, tuple(sorted((*mentions, *ibids), key=lambda m: (m.start, m.end))), agents)


def _mentions(passage: Passage) -> tuple[tuple[Mention, ...], tuple[AgentMention, ...]]:
    text = passage.text
    names = _outermost([*find_mandates(text), *find_names(text)])
    symbols = [SymbolMention(f.start, f.end, f.symbol) for f in find_symbols(text)]
    taken = [(s.start, s.end) for s in symbols]
    numbers = [n for n in find_numbers(text) if not any(a <= n.start < b for a, b in taken)]
    known = tuple((n.start, n.end) for n in names)
    instruments = [n for n in names if isinstance(n, InstrumentMention)]
    heads = [
        h for h in find_heads(text) if not any(a < h.end and h.start + len(h.determiner) + 1 < b for a, b in known)
    ]
    found: list[Mention] = [*symbols, *numbers, *instruments, *heads, *find_unknown_instruments(text, known)]
    if passage.links:
        found = with_links(found, passage.links)
    located = (_located(text, mention) for mention in found)
    agents = tuple(n for n in names if isinstance(n, AgentMention))
    return tuple(sorted(located, key=lambda m: (m.start, m.end))), agents


def _outermost(names: list[InstrumentMention | AgentMention]) -> list[InstrumentMention | AgentMention]:
    """Where names overlap the longer one stands."""
    kept: list[InstrumentMention | AgentMention] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _located(text: str, mention: Mention) -> Mention:
    locator = locator_of(text, mention.start, mention.end)
    return replace(mention, locator=locator) if locator else mention
