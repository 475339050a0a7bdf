"""What has been named so far in a resolution, so that later words can mean it."""

from __future__ import annotations

import re
from dataclasses import field, replace
from functools import cache
from typing import TYPE_CHECKING

from resgraph.lexicon import load
from resgraph.model.values import value
from resgraph.recognise.mentions import AgentMention, HeadMention, InstrumentMention, NumberMention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from resgraph.model import DocumentTarget, Footnote
    from resgraph.recognise import Recognised

_DEFINED = re.compile(
    r"[^()]{0,80}?\((?:hereinafter |hereafter |henceforth )?(?:referred to as )?[“\"](?:the )?(?P<head>[A-Z][\w"
    r" ]{2,60})[”\"]\)"
)
_REMEMBERED = 40


@value
class Antecedents:
    """`agents` and `instruments` in the order they were named; `title` the instruments of the resolution's title.

    `defined` are the short forms a text gives itself (`(“the Convention”)`); `numbered` the last document cited by
    number.
    """

    speaker: str
    symbol: str
    title: tuple[str, ...] = ()
    agents: tuple[AgentMention, ...] = ()
    instruments: tuple[str, ...] = ()
    defined: tuple[tuple[str, str], ...] = ()
    notes: Mapping[str, Footnote] = field(default_factory=dict)
    numbered: DocumentTarget | None = None

    def after(self, read: Recognised) -> Antecedents:
        """What is known once a passage has been read."""
        named = [m for m in read.mentions if isinstance(m, InstrumentMention)]
        if not (named or read.agents):
            return self
        return replace(
            self,
            agents=(*self.agents, *read.agents)[-_REMEMBERED:],
            instruments=(*self.instruments, *(s for m in named for s in m.shorts)),
            defined=(*self.defined, *_definitions(read.passage.text, named)),
        )

    def within(self, read: Recognised, end: int) -> tuple[AgentMention, ...]:
        """The bodies named before offset `end` of a passage, nearest last."""
        named = (*self.agents, *(a for a in read.agents if a.end <= end))
        return tuple(a for a in named if a.agent.kind == "body")


def _definitions(text: str, named: Iterable[InstrumentMention]) -> Iterable[tuple[str, str]]:
    for mention in named:
        if len(mention.shorts) == 1 and (match := _DEFINED.match(text, mention.end)):
            yield match["head"], mention.shorts[0]


@cache
def _with_head(head: str) -> frozenset[str]:
    """The instruments that a short form can mean."""
    return frozenset(instrument.short for instrument in load().instruments if head in instrument.heads)


def meant_by(head: HeadMention, known: Antecedents, read: Recognised) -> str | None:
    """The instrument a short form means, where just one can be meant; else None.

    In this order: a definition the text gives; the instrument of the title; the one named last before it in the same
    passage; the only one with that head so far.
    """
    instruments = _with_head(head.head)
    for words, short in reversed(known.defined):
        if words == head.head:
            return short
    titled = [s for s in dict.fromkeys(known.title) if s in instruments]
    if len(titled) == 1:
        return titled[0]
    earlier = [m for m in read.mentions if isinstance(m, InstrumentMention) and m.end <= head.start]
    here = list(dict.fromkeys(s for m in earlier for s in m.shorts if s in instruments))
    if here and (len(here) == 1 or head.determiner not in ("the",)):
        return here[-1]
    so_far = list(dict.fromkeys(s for s in known.instruments if s in instruments))
    return so_far[0] if len(so_far) == 1 and not here else None


def last_number(read: Recognised, before: int) -> NumberMention | None:
    """The resolution cited by number last before an offset, `the said resolution`."""
    return next((m for m in reversed(read.mentions) if isinstance(m, NumberMention) and m.end <= before), None)
