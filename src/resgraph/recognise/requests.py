"""What a requesting act asks, and of whom: the parts of one clause, as spans of the passage's text.

The pattern of the Editorial Manual's examples: verb, addressee (with those to be consulted between commas), `to`, the
asked act. Points after a colon inherit verb and addressee.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.lexicon import load
from resgraph.model.values import value

if TYPE_CHECKING:
    from resgraph.recognise.acts import ActMention
    from resgraph.recognise.mentions import AgentMention


@value
class Part:
    """A stretch of the passage's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@value
class Ask:
    """The parts of a request: `addressee` is the phrase as printed; `asks` is empty where points say what is asked."""

    addressee: Part | None
    asks: Part
    condition: Part | None = None


_TO = re.compile(
    r"t(?<![^ ,].)o "
    r"(?=(?:(?!(?:apply|comply|rely|reply|supply) )[a-z]+ly (?:and [a-z]+ly )?"
    r"|also |further |again |not |fully |always )?(?P<verb>[a-z-]+))"
)
_NO_VERB = frozenset(load().listed("no verb after to").words)
_PARTICIPLE = re.compile(r"(?!bring$)[a-z-]+ing$")  # "with a view to implementing"
# "States in a position to do so", "States that have yet to ratify": the infinitive is the addressee's description
_INNER = re.compile(rf"\b(?:{load().listed('before an infinitive that describes').pattern}) $")
_CONDITION = re.compile(
    r"\b(?:as soon as|once|subject to|provided that|in the event (?:that|of)|on condition that|upon the entry"
    r" into force|"
    r"if (?!necessary|required|appropriate|possible|any))[^,;]{4,160}"
)
_CONDITIONAL = ("as soon as", "once", "subject to", "provided", "in the event", "on condition", "entry into", "if ")
"""One of these is in all that `_CONDITION` finds."""
# "recommends in that context that the Partnership develop" (E/RES/2018/28, para. 79 (d)); not "calls upon that State to
# accede to the Treaty" (A/RES/75/84, para. 5)
_THAT = re.compile(
    r" ?(?:,[^,]{1,120},|in (?:this|that) (?:context|regard|respect|connection))? ?that "
    r"(?!(?:State|country|Government|Territory|Organization|party) to )"
)
# "Recommends to the General Assembly that the Republic of Moldova be admitted" (S/RES/739); "Reiterates its request to
# the Secretary-General that he continue to explore" (A/RES/75/251 C)
_TOLD_THAT = re.compile(r"(?:(?<= to)| to) (?:the |all )?(?P<whom>[A-Z][^,;]{2,120}?) that (?:he |she |it |they )?")
# "Recommends that Governments, where they have not already done so, seek ..." (E/RES/1988/13, para. 1)
_ASIDE = re.compile(r", (?:where|if|as|including|in particular|particularly) [^,;]{1,80}, ")
_NAMED = re.compile(r"the [A-Z][\w-]+(?: (?:(?:of|on|for|and|the) ){0,2}[A-Z][\w-]+){0,9}(?= [a-z])")
_PRONOUN = re.compile(r"(?P<who>he|she|it|they) (?:should |shall |must |will )?(?=[a-z])")
# "Requests that the present resolution be brought to the attention of all" (A/RES/45/110, para. 3): of nobody named
_PASSIVE = re.compile(
    r"(?:(?:continue to )?be|have been) (?:[a-z]+ly |also |further )?(?:[a-z]+ed|begun|borne|brought|built|chosen|drawn"
    r"|found|given|held|kept|made|met|paid|put|seen|sent|set|shown|taken|undertaken|withdrawn|written)\b"
)
_MODAL = re.compile(
    r" (?:should|shall|must|may|will|would)(?: also| further| not)? |(?<! to) (?=be |not |continue to be )"
)
# "demands that the Taliban turn over ... to a country where he will be returned" (S/RES/1267, para. 2)
_ACTS = re.compile(
    r" (?!(?:should|shall|must|may|will|would|be|not|also|and|or|as|at|by|concerned|for|from|in|of|on|that|to|under"
    r"|which|who|whose|with|within)\b|[a-z]+(?:ed|ing)\b)[a-z]+ "
)


def parse_ask(text: str, act: ActMention, agents: tuple[AgentMention, ...]) -> Ask | None:
    """The addressee and the asked act of a requesting clause; `agents` are those named in the passage.

    None where the clause asks for a thing with nobody to do it: "Encourages the full implementation of ...".
    """
    start = act.lead_end
    if match := _THAT.match(text, start, act.end):
        return _that_clause(text, match.end(), act.end, agents)
    told = _TOLD_THAT.match(text, start, act.end)
    if told and any((agent.start, agent.end) == told.span("whom") for agent in agents):
        asks = Part(told.end(), act.end)
        return Ask(_trimmed(text, start, told.end("whom")), asks, _condition(text, asks))
    if infinitive := _infinitive(text, start, act.end, agents):
        asks = Part(infinitive.end(), act.end)
        return Ask(_trimmed(text, start, infinitive.start()), asks, _condition(text, asks))
    if _list_follows(text, act.end):
        end = act.end - 3 if text.endswith(" to", 0, act.end) else act.end
        return Ask(_trimmed(text, start, end), Part(act.end, act.end))
    return None


def parse_point(text: str, agents: tuple[AgentMention, ...]) -> Ask | None:
    """What a point of a list asks that names its own addressee: "Encourages: (a) All States possessing nuclear weapons
    to take actions" (A/RES/76/54, para. 3); None where it begins with what is asked.
    """
    end = len(text.rstrip(" ,;.:"))
    infinitive = _infinitive(text, 0, end, agents)
    if infinitive is None or infinitive.start() == 0:
        return None
    return Ask(_trimmed(text, 0, infinitive.start()), Part(infinitive.end(), end))


def _infinitive(text: str, start: int, end: int, agents: tuple[AgentMention, ...]) -> re.Match[str] | None:
    """The `to` that leads to the asked act: the first one that is not part of a name or of the addressee's description;
    where all are, the first.
    """
    spare = None
    for match in _TO.finditer(text, start, end):
        at = match.start()
        if any(m.start < at < m.end for m in agents) or match["verb"] in _NO_VERB or _PARTICIPLE.match(match["verb"]):
            continue
        described = _INNER.search(text, max(start, at - 24), at) and at - start > 1 and text[at - 2 : at] != ", "
        if not described:
            return match
        spare = spare or match
    return spare


def _list_follows(text: str, end: int) -> bool:
    return text[end:].lstrip().startswith(":")


def _that_clause(text: str, start: int, end: int, agents: tuple[AgentMention, ...]) -> Ask | None:
    """`Demands that all parties allow ...`, `Recommends that the Council should consider ...`; None where nobody the
    text names is to do it.
    """
    acting = any(0 <= agent.start - start <= 4 and _ACTS.match(text, agent.end, end) for agent in agents)
    modal = None if acting else _MODAL.search(text, start, min(end, start + 240))
    if modal and _PASSIVE.match(text, modal.end(), end):
        return Ask(None, Part(start, end), _condition(text, Part(start, end)))
    if pronoun := _PRONOUN.match(text, start, end):
        asks = Part(pronoun.end(), end)
        return Ask(Part(*pronoun.span("who")), asks, _condition(text, asks))
    if modal and not ("," in text[start : modal.start()] and text.startswith(" not ", modal.start())):
        asks = Part(modal.end(), end)
        return Ask(_trimmed(text, start, modal.start()), asks, _condition(text, asks))
    for agent in agents:
        if agent.start - start <= 24 and agent.start >= start and not re.search(r"[,;]", text[start : agent.start]):
            aside = _ASIDE.match(text, agent.end, end)
            asks = Part(aside.end() if aside else min(agent.end + 1, end), end)
            return Ask(_trimmed(text, start, agent.end), asks, _condition(text, asks))
    if named := _NAMED.match(text, start, end):
        asks = Part(named.end() + 1, end)
        return Ask(Part(named.start(), named.end()), asks, _condition(text, asks))
    return None


def _trimmed(text: str, start: int, end: int) -> Part | None:
    words = text[start:end]
    part = Part(start + len(words) - len(words.lstrip(" ,")), start + len(words.rstrip(" ,")))
    return part if part.end > part.start else None


def _condition(text: str, asks: Part) -> Part | None:
    words = asks.of(text)
    match = _CONDITION.search(text, asks.start, asks.end) if any(sign in words for sign in _CONDITIONAL) else None
    return Part(match.start(), match.end()) if match else None
