"""Committees and States, which mastheads give by name: the agent of the lexicon, or one made of the name."""

from __future__ import annotations

import unicodedata
from functools import cache

from resgraph.lexicon import load
from resgraph.model import Agent


def agent_named(name: str, kind: str) -> Agent:
    """The agent of the lexicon that has this name, label or key, else a new one with a slug of the name."""
    return _by_name().get(name) or Agent(slug(name), name, kind, known=False)


def in_lexicon(key: str) -> bool:
    """True for the key of an agent that the lexicon has, however a document spells its name."""
    agent = _by_name().get(key)
    return agent is not None and agent.key == key


def slug(name: str) -> str:
    """`Côte d’Ivoire` -> `cote-divoire`."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain.lower()).split())


@cache
def _by_name() -> dict[str, Agent]:
    lexicon = load()
    entries = [(body.key, body.label, "body", body.names) for body in lexicon.bodies]
    entries += [(agent.key, agent.label, agent.kind, agent.names) for agent in lexicon.agents]
    entries += [(state.key, state.label, "state", state.names) for state in lexicon.states]
    agents = {key: Agent(key, label, kind) for key, label, kind, _ in entries}
    for key, label, kind, names in entries:
        for name in (label, *names):
            agents.setdefault(name, Agent(key, label, kind))
    return agents
