"""The words of United Nations drafting, as data: verbs, bodies, actors, States and instruments."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from resgraph.lexicon.schema import (
    Adverb,
    AgentEntry,
    Body,
    Collective,
    Force,
    Instrument,
    Phrases,
    Qualifier,
    SessionYears,
    State,
    Verb,
)
from resgraph.lexicon.tables import LexiconError, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Adverb",
    "AgentEntry",
    "Body",
    "Collective",
    "Force",
    "Instrument",
    "Lexicon",
    "LexiconError",
    "Phrases",
    "Qualifier",
    "SessionYears",
    "State",
    "Verb",
    "load",
]

Row = TypeVar("Row")


def _index(rows: Iterable[Row], key: str) -> dict[str, Row]:
    return {attrgetter(key)(row): row for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All tables, each in the order of its file, with look-ups that raise KeyError for what they lack."""

    verbs: tuple[Verb, ...]
    adverbs: tuple[Adverb, ...]
    qualifiers: tuple[Qualifier, ...]
    bodies: tuple[Body, ...]
    agents: tuple[AgentEntry, ...]
    states: tuple[State, ...]
    instruments: tuple[Instrument, ...]
    collectives: tuple[Collective, ...]
    phrases: tuple[Phrases, ...]
    _verbs: dict[str, Verb] = field(init=False, repr=False, compare=False)
    _bodies: dict[str, Body] = field(init=False, repr=False, compare=False)
    _agents: dict[str, AgentEntry] = field(init=False, repr=False, compare=False)
    _states: dict[str, State] = field(init=False, repr=False, compare=False)
    _instruments: dict[str, Instrument] = field(init=False, repr=False, compare=False)
    _phrases: dict[str, Phrases] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_verbs", _index(self.verbs, "slug"))
        object.__setattr__(self, "_bodies", _index(self.bodies, "key"))
        object.__setattr__(self, "_agents", _index(self.agents, "key"))
        object.__setattr__(self, "_states", _index(self.states, "key"))
        object.__setattr__(self, "_instruments", _index(self.instruments, "short"))
        object.__setattr__(self, "_phrases", _index(self.phrases, "name"))

    def verb(self, slug: str) -> Verb:
        """The verb of that slug (`take-note`)."""
        return self._verbs[slug]

    def body(self, key: str) -> Body:
        """The body of that short name (`UNGA`)."""
        return self._bodies[key]

    def agent(self, key: str) -> AgentEntry:
        """The office, group or body of that slug (`secretary-general`)."""
        return self._agents[key]

    def state(self, key: str) -> State:
        """The State of that slug (`cote-divoire`)."""
        return self._states[key]

    def instrument(self, short: str) -> Instrument:
        """The instrument of that short name (`ICRMW`)."""
        return self._instruments[short]

    def listed(self, name: str) -> Phrases:
        """The list of words of that name (`things, not addressees`)."""
        return self._phrases[name]


@cache
def load() -> Lexicon:
    """The lexicon of this package, read once."""
    return Lexicon(
        verbs=read_table("verbs.toml", "verb", Verb),
        adverbs=read_table("adverbs.toml", "adverb", Adverb),
        qualifiers=read_table("adverbs.toml", "qualifier", Qualifier),
        bodies=read_table("bodies.toml", "body", Body),
        agents=read_table("actors.toml", "agent", AgentEntry),
        states=read_table("states.toml", "state", State),
        instruments=read_table("instruments.toml", "instrument", Instrument),
        collectives=read_table("instruments.toml", "collective", Collective),
        phrases=read_table("phrases.toml", "phrases", Phrases),
    )
