"""The acts that one paragraph performs, in printed order: its opening act and those that follow in the same sentence.

A later act of an operative paragraph stands in the third person after a comma or "and" ("expresses the hope that ..., and
notes that ..."); in the preamble it is a participle. The Security Council prints every such verb in italics.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.recognise.leads import OPERATIVE, PREAMBULAR, Lead, lead_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.lexicon import Verb

_CONNECTOR = re.compile(
    r"(?:[,;:]| and\b| but\b)(?: (?:and|but|as well as)\b,?)?"
    r"(?: (?:in (?:this|that) (?:regard|respect|context|connection|matter)|to (?:this|that) end|in particular|therefore|thus|"
    r"hence|accordingly|to this effect|for (?:this|that) purpose)\b,?)* (?=[A-Za-z])"
)
# A clause with another subject: "which recognizes ... and calls upon", "the Committee, which ..., and recommends".
_OTHER_SUBJECT = re.compile(r"\b(?:which|who) (?:also |further )?[a-z]+s\b[^,;]*$|\b(?:which|who) $")
_FIRST_WORDS = re.compile(r"\W*([\w’'-]+(?: (?:and|also|further) [\w-]+)?)")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class ActMention:
    """An act at `text[start:end]`, its whole clause; `lead_end` is where its leading phrase ends.

    `verb` is None where the lexicon lacks the opening verb; later acts are found by the lexicon only.
    """

    start: int
    lead_end: int
    end: int
    verb: Verb | None
    verb_text: str
    adverbs: tuple[str, ...] = ()


def find_acts(text: str, *, preambular: bool) -> tuple[ActMention, ...]:
    """The acts of a paragraph's text (without its number), in order; at least one for any text with a word."""
    kind = PREAMBULAR if preambular else OPERATIVE
    opening = lead_at(text, 0, kind) or lead_at(text, 0, OPERATIVE if preambular else PREAMBULAR)
    leads = [opening] if opening else []
    later_kind = OPERATIVE if opening is not None and lead_at(text, 0, OPERATIVE) == opening else kind
    leads += _later(text, opening.end if opening else 1, later_kind)
    acts = [_act(text, lead, following) for lead, following in zip(leads, [*leads[1:], None])]
    if opening is None and (unknown := _unknown(text, leads[0] if leads else None)):
        acts.insert(0, unknown)
    return tuple(acts)


def _later(text: str, start: int, kind: str) -> Iterator[Lead]:
    for match in _CONNECTOR.finditer(text, start):
        if match.end() < start:
            continue
        lead = lead_at(text, match.end(), kind)
        if kind == PREAMBULAR and text[: match.start()].endswith("ing"):  # "the possibility of signing and ratifying"
            continue
        if lead is None or not text[match.end()].islower() or _OTHER_SUBJECT.search(text, max(start, match.start() - 80), match.start()):
            continue
        yield lead
        start = lead.end


def _act(text: str, lead: Lead, following: Lead | None) -> ActMention:
    return ActMention(lead.start, lead.end, _clause_end(text, following), lead.verb, text[lead.start : lead.end], lead.adverbs)


def _clause_end(text: str, following: Lead | None) -> int:
    """Where a clause ends: before the words that join the next one, without closing punctuation."""
    end = following.start if following else len(text)
    clause = text[:end].rstrip(" ,;.:")
    while following and (joined := re.search(r"[,;]?\s(?:and|but|in (?:this|that) \w+|to (?:this|that) end|therefore|as well as|also),?$", clause)):
        clause = clause[: joined.start()].rstrip(" ,;.:")
    return max(len(clause), 1)


def _unknown(text: str, following: Lead | None) -> ActMention | None:
    words = _FIRST_WORDS.match(text)
    if not words:
        return None
    return ActMention(words.start(1), words.end(1), max(_clause_end(text, following), words.end(1)), None, words[1])
