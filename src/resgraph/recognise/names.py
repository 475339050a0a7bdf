"""Names of the lexicon in a text: instruments, agents, bodies and States, the longest name at each place.

One Aho-Corasick pass finds all names at once, so "Committee on the Elimination of Discrimination against Women" is
found as the committee and hides the treaty inside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import ahocorasick_rs

from resgraph.lexicon import load
from resgraph.model import Agent
from resgraph.recognise.mentions import AgentMention, InstrumentMention

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = {"’": "'", "‘": "'", "‑": "-", "–": "-", "\u00a0": " "}
PLAIN = str.maketrans(_SIGNS)
"""Same length on both sides: offsets stay true."""


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    automaton: ahocorasick_rs.AhoCorasick
    meanings: tuple[tuple[str, ...] | Agent, ...]


def _agents() -> Iterator[tuple[str, Agent]]:
    lexicon = load()
    shared = shared_body_names()
    for body in lexicon.bodies:
        for name in body.names:
            if name not in shared:
                yield name, Agent(body.key, body.label, "body")
    for entry in lexicon.agents:
        for name in entry.names:
            yield name, Agent(entry.key, entry.label, entry.kind)
    for state in lexicon.states:
        for name in state.names:
            yield name, Agent(state.key, state.label, "state")


@cache
def shared_body_names() -> frozenset[str]:
    """Short names that several bodies bear (`Council`, `Commission`): who is meant hangs on the text around."""
    count: dict[str, int] = {}
    for body in load().bodies:
        for name in body.names:
            count[name] = count.get(name, 0) + 1
    return frozenset(name for name, n in count.items() if n > 1 or " " not in name)


@cache
def _gazetteer() -> _Gazetteer:
    lexicon = load()
    meanings: dict[str, tuple[str, ...] | Agent] = {}
    for name, agent in _agents():
        meanings.setdefault(name.translate(PLAIN), agent)
    for instrument in lexicon.instruments:
        for name in instrument.names:
            meanings[name.translate(PLAIN)] = (instrument.short,)
    for collective in lexicon.collectives:
        for name in collective.names:
            meanings[name.translate(PLAIN)] = collective.members
    return _Gazetteer(
        ahocorasick_rs.AhoCorasick(list(meanings), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        tuple(meanings.values()),
    )


def find_names(text: str) -> Iterator[InstrumentMention | AgentMention]:
    """Every whole-word name, left to right, never two that overlap."""
    gazetteer = _gazetteer()
    for index, start, end in gazetteer.automaton.find_matches_as_indexes(_plain(text)):
        if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalpha()):
            continue
        meaning = gazetteer.meanings[index]
        if isinstance(meaning, Agent):
            yield AgentMention(start, end, meaning)
        elif not _is_part_of_a_body(text, start):
            yield InstrumentMention(start, end, meaning)


def _plain(text: str) -> str:
    """As `PLAIN` makes it; on a paragraph, replacing is many times faster than translating."""
    if not text.isascii():
        for sign, plain in _SIGNS.items():
            text = text.replace(sign, plain)
    return text


def _is_part_of_a_body(text: str, start: int) -> bool:
    """`Conference of the Parties to the ...`, `Committee on the ...`: a body whose name contains a treaty's name."""
    before = text[max(0, start - 60) : start]
    return before.endswith(("Committee on the ", "Committee for the ", "Parties to the ", "Parties of the ")) and any(
        word in before for word in ("Committee", "Conference", "Meeting", "Assembly of")
    )
