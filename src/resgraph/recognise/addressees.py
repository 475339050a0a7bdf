"""An addressee phrase taken apart: each coordinated agent by the head of its printed name.

"the organizations and bodies of the United Nations system and intergovernmental and non-governmental organizations" are
three addressees; "Member States that have not yet ratified the Convention" are Member States.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model import Agent
from resgraph.recognise.mentions import AgentMention
from resgraph.recognise.names import find_names

if TYPE_CHECKING:
    from collections.abc import Iterator

PRONOUNS = frozenset({"him", "her", "it", "them"})

# Those to be consulted, described or instanced are not asked themselves.
_ASIDE = re.compile(
    r",? (?:in (?:close |full )?(?:consultation|cooperation|coordination|collaboration|partnership|conjunction"
    r"|accordance|particular|"
    r"view|light|line|his|her|its|their|this|that|preparing|implementing|addition|the)\b|after consult|"
    r"as appropriate|as applicable|as necessary|where appropriate|when |within |including|inter alia|especially"
    r"|notably|with (?:the|a|due|regard)|"
    r"working|taking|bearing|through|upon|on the|for the|at the|without|by\b|pursuant|following|based|under\b"
    r"|while|using|drawing|acting|if\b|"
    r"once|also|again|further|and (?:its|their) )|[(:]"
)
_RELATIVE = re.compile(
    r",? (?:that|which|who|whose|concerned|involved|wishing|able|in a position|with whom|having|hosting"
    r"|contributing|participating|engaged|not yet)\b"
)
_SEPARATOR = re.compile(r"(?:,? as well as |,? and (?:also |to |upon |in particular )?|,? or |, | / )")
_DETERMINERS = re.compile(
    r"^(?:upon|on|to|all|the|other|its|their|his|her|any|both|those|these|each|every|also|relevant|interested|competent|concerned|"
    r"appropriate|remaining|further|again|as well as|and|upon|with|of|those|most|respective|various|additional"
    r"|once more|once again|urgently|strongly) +",
    re.I,
)
_BARE = re.compile(
    r"^(?:intergovernmental|non-governmental|regional|subregional|international|national|local|multilateral|bilateral|"
    r"developed|developing|public|private|humanitarian|global|interregional|state|governmental)$",
    re.I,
)
_MANDATE = re.compile(
    r"\b(?P<office>Special Rapporteur|Independent Expert|Special Representative of the Secretary-General"
    r"|Personal Envoy of the Secretary-General|"
    r"Special Envoy of the Secretary-General|Special Adviser of the Secretary-General)"
    r"(?P<of> of the (?:Commission on Human Rights|Human Rights Council|Commission|Council))? (?P<on>(?:on|for) "
    r"(?:(?!,|;|:| in relation to| to [a-z]| and (?:to|her|his|the|encourages|requests)| in (?:his|her|the|its"
    r"|this)| within| with | during| as | at | that | who ).)+)"
)


def find_mandates(text: str) -> Iterator[AgentMention]:
    """Mandate-holders by their office and subject; the body that appointed them is no part of who they are."""
    for match in _MANDATE.finditer(text):
        label = f"{match['office']} {match['on'].rstrip(' .;,')}"
        yield AgentMention(
            match.start(),
            match.start() + len(match[0].rstrip(" .;,")),
            Agent(slug(label), label, "office", known=False),
        )


def slug(label: str) -> str:
    """`Countries of destination` -> `countries-of-destination`."""
    return "-".join(re.findall(r"[a-z0-9]+", label.lower().replace("’", "").replace("'", "")))[:80].strip("-")


def split_addressees(text: str, start: int, end: int, agents: tuple[AgentMention, ...]) -> tuple[Agent, ...]:
    """The agents of the phrase `text[start:end]`, without pronouns; each once, in printed order."""
    inside = [m for m in agents if start <= m.start and m.end <= end]
    end = _core_end(text, start, end, inside)
    items = _items(text, start, end, [m for m in inside if m.start < end])
    found: dict[str, Agent] = {}
    for agent in _named(text, items, inside):
        found.setdefault(agent.key, agent)
    return tuple(found.values())


def _core_end(text: str, start: int, end: int, inside: list[AgentMention]) -> int:
    """Where the phrase turns to those consulted or to descriptions that name nobody else."""
    at = start
    while match := _ASIDE.search(text, at, end):
        if not any(m.start < match.start() < m.end for m in inside) and match.start() > start:
            return match.start()
        at = match.end()
    return end


def _items(text: str, start: int, end: int, inside: list[AgentMention]) -> list[tuple[int, int]]:
    """The coordinated items, separators inside a known name left alone."""
    items, at, scan = [], start, start
    while match := _SEPARATOR.search(text, scan, end):
        scan = match.end()
        if any(m.start <= match.start() < m.end for m in inside):
            continue
        items.append((at, match.start()))
        at = match.end()
    return [*items, (at, end)]


def _named(text: str, items: list[tuple[int, int]], inside: list[AgentMention]) -> Iterator[Agent]:
    described = False
    for number, (start, end) in enumerate(items):
        words = _without_determiners(text[start:end].strip(" ,"))
        head = next((m for m in inside if start <= m.start < end), None)
        if head is not None and _without_determiners(text[start : head.start].strip(" ,") + " ") == "":
            yield head.agent
            described = bool(_RELATIVE.match(text, head.end, end))
            continue
        if described:  # "States that sign, ratify and implement ...": the relative clause goes on
            continue
        described = bool(_RELATIVE.search(text, start, end))
        words = _RELATIVE.split(words)[0].strip(" ,")
        if _BARE.match(words) and (noun := _shared_noun(text, items[number + 1 :])):
            words = f"{words} {noun}"
        if re.search(r"[A-Za-z]{3}", words) and len(words.split()) <= 16 and words.lower() not in PRONOUNS:
            yield _agent_called(words)


def _agent_called(words: str) -> Agent:
    """The lexicon's agent of exactly that name, else a group known by these words alone."""
    for name in find_names(words):
        if isinstance(name, AgentMention) and (name.start, name.end) == (0, len(words)):
            return name.agent
    return Agent(slug(words), words, "group", known=False)


def _shared_noun(text: str, rest: list[tuple[int, int]]) -> str | None:
    """The noun that coordinated adjectives share: `intergovernmental and non-governmental organizations`."""
    for start, end in rest:
        words = _RELATIVE.split(text[start:end])[0].split()
        if len(words) > 1:
            return words[1] if _BARE.match(words[0]) else None
    return None


def _without_determiners(words: str) -> str:
    while (
        shorter := _DETERMINERS.sub("", words + " " if words and not words.endswith(" ") else words, count=1)
    ) != words:
        if shorter.strip() == words.strip():
            break
        words = shorter.strip()
    return words.strip()
