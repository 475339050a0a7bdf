"""Whose resolution a number names: `its resolution` in the mouth of the speaker, `Council resolution` after a full
name.

A number is given to a body only where that body could have adopted it: the way of writing, the session and, where
printed, the date must fit.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from resgraph.lexicon import load
from resgraph.model.values import value
from resgraph.numerals import roman

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.lexicon import Body
    from resgraph.recognise.mentions import AgentMention, Number, NumberMention

# The Commission and its Sub-Commission numbered by year as the Council does, though their sessions are counted.
_NUMBERED_BY_YEAR = frozenset({"ECOSOC", "CHR", "SUBCOM"})
_NUMBERED_IN_ROMAN = frozenset({"UNGA", "ECOSOC", "TC"})
_PART = re.compile(r"(?<=[\d)])[A-Z]$")
_FIRST_STROKE = {"UNGA": 31, "ECOSOC": 1978, "CHR": 1978, "SUBCOM": 1978}


@value
class Attribution:
    """The symbol a number stands for; `inferred` where the body is not printed and not the speaker."""

    symbol: str
    inferred: bool


def attribute(mention: NumberMention, speaker: str, before: tuple[AgentMention, ...]) -> Attribution | None:
    """The document a number means, None where no body or more than one could be meant.

    `before` are the agents named earlier, nearest last: the Assembly's "the Council" is the one named in full before.
    A link of the markup decides, but for the part of a resolution that it leaves out (`75/101 A and B`).
    """
    if mention.linked is None:
        return _guessed(mention, speaker, before)
    guess = _guessed(mention, speaker, before) if mention.number.letter else None
    whole = guess is not None and _PART.sub("", guess.symbol) == _PART.sub("", mention.linked)
    return Attribution(guess.symbol if guess and whole else mention.linked, inferred=False)


def _guessed(mention: NumberMention, speaker: str, before: tuple[AgentMention, ...]) -> Attribution | None:
    named = _named_bodies(mention.body, speaker, before) if mention.body else []
    for body in named:
        if could_adopt(body, mention):
            return Attribution(_symbol(body, mention.number, mention.kind), inferred=False)
    if mention.body not in (None, "its"):
        return None
    for key in dict.fromkeys((speaker, "UNGA", "UNSC", "ECOSOC")):
        body = load().body(key)
        if could_adopt(body, mention):
            return Attribution(_symbol(body, mention.number, mention.kind), inferred=key != speaker)
    return None


def _named_bodies(name: str | None, speaker: str, before: tuple[AgentMention, ...]) -> list[Body]:
    lexicon = load()
    own = lexicon.body(speaker)
    if name == "its":
        return [own]
    if name is not None and " and " in name and not any(name in body.names for body in lexicon.bodies):
        return [body for part in name.split(" and ", 1) for body in _named_bodies(part, speaker, before)]
    bearers = _bearers(name)
    if len(bearers) <= 1 or own in bearers:
        return [own] if own in bearers else bearers
    recent = [m.agent.key for m in reversed(before)]
    return sorted(bearers, key=lambda b: recent.index(b.key) if b.key in recent else len(recent))


@lru_cache(maxsize=4096)
def _bearers(name: str | None) -> list[Body]:
    """The bodies of a full or a short name."""
    return [b for b in load().bodies if any(n == name or _shortened(n, name) for n in b.names)]


def _shortened(full: str, short: str | None) -> bool:
    """Whether texts call a body again by the short form: `the Council`, `the Commission` (on Human Rights)."""
    return short is not None and (full.endswith(f" {short}") or full.startswith((f"{short} on ", f"{short} of ")))


def could_adopt(body: Body, mention: NumberMention) -> bool:
    """Whether a body could have adopted a resolution or decision of that number on that date."""
    number, adopted = mention.number, mention.adopted_on
    if body.resolution_prefix is None:
        return False
    if number.bracketed:
        return _fits_brackets(body, number)
    if number.session.startswith(("S-", "ES-")):
        return body.key == "UNGA" or (body.key == "UNHRC" and number.session.startswith("S-"))
    session = int(number.session)
    if session < _FIRST_STROKE.get(body.key, 0) or (session >= 1946) != (body.key in _NUMBERED_BY_YEAR):
        return False
    if body.key in ("UNSC", "TC"):
        return False
    if body.key in _NUMBERED_BY_YEAR or body.sessions != "numbered":
        return True
    opened = body.year_of_session(session)
    return adopted is None or opened is None or -1 <= adopted.year - opened <= 1


def _fits_brackets(body: Body, number: Number) -> bool:
    if number.session.isdigit():
        return body.key == "UNSC"
    if number.session.startswith(("S-", "ES-")):
        return body.key == "UNGA"
    session = roman(number.session)
    last = {"UNGA": 30, "ECOSOC": 63, "TC": 61}.get(body.key, 0)
    return session is not None and body.key in _NUMBERED_IN_ROMAN and session <= last


def _symbol(body: Body, number: Number, kind: str) -> str:
    prefix = body.resolution_prefix or ""
    if kind == "decision":
        prefix = prefix.replace("RES", "DEC")
    if number.bracketed:
        return f"{prefix}{number.serial}({number.session}){number.letter}"
    return f"{prefix}{number.session}/{number.serial}{number.letter}"


def body_named(words: str, speaker: str, before: tuple[AgentMention, ...]) -> str | None:
    """The key of the body that a printed name means in the speaker's mouth: a full name, `it`, or a short form of the
    speaker or of a body named before; None for a short form of nobody named.
    """
    if words in ("it", "its"):
        return speaker
    recent = {mention.agent.key for mention in before}
    for body in _named_bodies(words, speaker, before):
        if words in body.names or body.key == speaker or body.key in recent:
            return body.key
    return None


def known_names() -> Iterator[str]:
    """Every printed name of every body."""
    for body in load().bodies:
        yield from body.names
        if body.resolution_prefix:
            yield body.names[-1].rsplit(" ", 1)[-1]
