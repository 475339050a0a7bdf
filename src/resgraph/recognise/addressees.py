"""An addressee phrase taken apart: each coordinated agent by the head of its printed name.

"the organizations and bodies of the United Nations system and intergovernmental and non-governmental organizations" are
three addressees; "Member States that have not yet ratified the Convention" are Member States.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.lexicon import load
from resgraph.model import Agent
from resgraph.recognise.mentions import AgentMention
from resgraph.recognise.names import PLAIN, find_names

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = load()

# Those to be consulted, described or instanced are not asked themselves.
_ASIDE = re.compile(
    r",? in (?:close |full |direct )?(?:consultation|cooperation|coordination|collaboration|partnership|conjunction)\b"
    rf"|, (?:{_WORDS.listed('addressee asides').pattern})\b(?! well as)"
    r"|,? (?:as (?:appropriate|applicable|necessary)|where appropriate|with (?:a view|due regard|support))\b|[(:]"
)
_IN_THIS_REGARD = re.compile(r"[ ,]*in (?:this|that) (?:connection|context|regard|respect),? ")
_OPENING_ASIDE = re.compile(rf"[ ,]*(?:{_WORDS.listed('addressee asides').pattern})\b[^,;]{{0,80}}, ")
_RELATIVE = re.compile(rf",? (?:{_WORDS.listed('addressee descriptions').pattern})\b")
_THINGS = re.compile(rf"(?:[\w-]+ ){{0,3}}?(?:{_WORDS.listed('things, not addressees').pattern})\b")
_TRAILING = re.compile(r",? (?:[a-z]+ly|alike|to|not|also|referred|relating)$")
_SEPARATOR = re.compile(r"(?:,? as well as |,? and (?:also |to |upon |in particular )?|,? or |, | / )")
_HEADS = frozenset(_WORDS.listed("heads of addressees").words)
_AFTER_HEAD = re.compile(
    r" (?:of|for|in|on|to|from|with|within|at|by|as|against|across|among|around|between|under|over|not|also)\b"
    r"| [a-z]+(?:ing|ed)(?: (?:by|in|on|to|with|under|the|a)\b|$)"
)
_SHORT_NAME = re.compile(r"(?:[\w/-]*[A-Z]){2}")
# "the International, Impartial and Independent Mechanism" (A/RES/75/193)
_COORDINATED_NAME = re.compile(
    r"(?:the )?(?:[A-Z]\w+, )+[A-Z]\w+,? and (?:[A-Z]\w+ )+?(?:Commission|Committee|Mechanism|Office|Organization)\b"
)
_DETERMINERS = re.compile(rf"^(?:{_WORDS.listed('addressee determiners').pattern}) +", re.I)
_BARE = re.compile(rf"^(?:{_WORDS.listed('shared adjectives').pattern})$", re.I)
_MANDATE = re.compile(
    r"\b(?P<office>Special Rapporteur|Independent Expert|Special Representative of the Secretary-General"
    r"|Personal Envoy of the Secretary-General|"
    r"Special Envoy of the Secretary-General|Special Adviser of the Secretary-General)"
    r"(?P<of> of the (?:Commission on Human Rights|Human Rights Council|Commission|Council))? (?P<on>(?:on"
    r"|for(?= [A-Z])) "
    r"(?:(?!,|;|:| in relation to|(?<!right)(?<!rights)(?<!access) to [a-z]| and (?:to|her|his|the|encourages|requests)"
    r"| in (?:his|her|its|this|order|fulfilling)|(?<!human rights) in the | for (?:a|one|two|three|the) | within"
    r"|(?<!persons) with | during| as | at | that | who | \([A-Z]+/| contained in | on \d).)+)"
)


def find_mandates(text: str) -> Iterator[AgentMention]:
    """Mandate-holders by their office and subject; the body that appointed them is no part of who they are."""
    if "Special " not in text and "Independent " not in text and "Personal " not in text:
        return
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


def asks_for_a_thing(phrase: str) -> bool:
    """Whether nobody is addressed: "voluntary contributions to the Fund", "efforts by States"."""
    words = _without_determiners(phrase.strip(" ,"))
    return bool(_THINGS.match(words)) and not _names_somebody(words)


def split_addressees(text: str, start: int, end: int, agents: tuple[AgentMention, ...]) -> tuple[Agent, ...]:
    """The agents of the phrase `text[start:end]`, without pronouns; each once, in printed order."""
    for pattern in (_IN_THIS_REGARD, _OPENING_ASIDE):
        if opening := pattern.match(text, start, end):
            start = opening.end()
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
        if _inside_a_name(text, at, match) and not any(
            m.agent.kind == "state" and m.end == match.start() for m in inside
        ):
            continue
        if (name := _COORDINATED_NAME.match(text, at, end)) and match.end() < name.end():
            continue
        items.append((at, match.start()))
        at = match.end()
    return [*items, (at, end)]


def _inside_a_name(text: str, start: int, separator: re.Match[str]) -> bool:
    """`the Partnership on Measuring Information and Communications Technology`: capitals on both sides, no article."""
    if separator[0].strip() != "and" or not text[separator.end() : separator.end() + 1].isupper():
        return False
    return bool(re.search(r"\b[A-Z]\w+ (?:on|for|of) (?:the )?(?:[A-Z]\w+ ?)+$", text[start : separator.start()]))


def _named(text: str, items: list[tuple[int, int]], inside: list[AgentMention]) -> Iterator[Agent]:
    described = governments = False
    for number, (start, end) in enumerate(items):
        words = _without_determiners(text[start:end].strip(" ,"))
        head = next((m for m in inside if start <= m.start < end), None)
        if head is not None and _without_determiners(text[start : head.start].strip(" ,") + " ") == "":
            named, of = text[head.start : head.end], _state_of(text, head, end, inside)
            governments = (named == "Governments" and of is not None) or (governments and head.agent.kind == "state")
            state = of or (head.agent if governments else None)
            yield _of_a_state("Government" if governments else named, state) if state else head.agent
            described = bool(_RELATIVE.match(text, head.end, end))
            continue
        if described:  # "States that sign, ratify and implement ...": the relative clause goes on
            continue
        described = bool(_RELATIVE.search(text, start, end))
        words = words.removesuffix(" and")
        words = _TRAILING.sub("", _RELATIVE.split(words)[0].strip(" ,") or text[start:end].strip(" ,"))
        if _BARE.match(words) and (noun := _shared_noun(text, items[number + 1 :])):
            words = f"{words} {noun}"
        acted = " the " in _head_phrase(words)  # "enable the people"
        if len(words.split()) <= 16 and _names_somebody(words) and not acted:
            yield _agent_called(words)


def _names_somebody(words: str) -> bool:
    """Whether the head noun is one that can be asked, or a short name: not "inclusive" or "accelerated provision"."""
    head, last = _head_phrase(words).rpartition(" ")[2], words.rpartition(" ")[2]
    whole = words[:1].isupper() and last[:1].isupper()  # "the Rule of Law Unit"
    return bool(_SHORT_NAME.match(head)) or _is_head(head) or (whole and _is_head(last))


def _head_phrase(words: str) -> str:
    return _AFTER_HEAD.split(words, maxsplit=1)[0]


def _is_head(word: str) -> bool:
    noun = word.lower().rpartition("-")[2]
    return not _HEADS.isdisjoint(
        {noun, noun.removesuffix("s"), noun.removesuffix("es"), f"{noun.removesuffix('ies')}y"}
    )


def _state_of(text: str, head: AgentMention, end: int, inside: list[AgentMention]) -> Agent | None:
    """Whose Government, where the text says so: `the Government of the Sudan`."""
    for state in inside:
        if state.agent.kind == "state" and state.end <= end and text[head.end : state.start] in (" of ", " of the "):
            return state.agent
    return None


def _of_a_state(organ: str, state: Agent) -> Agent:
    """One Government, not Governments at large; of "the Governments of India and Pakistan" (S/RES/91) each."""
    label = f"{organ} of {state.label}"
    return Agent(slug(label), label, "group", known=False)


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
            shared = _BARE.match(words[0].translate(PLAIN)) or (len(words) == 2 and _is_head(words[1]))
            return words[-1] if shared else None
    return None


def _without_determiners(words: str) -> str:
    while (
        shorter := _DETERMINERS.sub("", words + " " if words and not words.endswith(" ") else words, count=1)
    ) != words:
        if shorter.strip() == words.strip():
            break
        words = shorter.strip()
    return words.strip()
