"""The acts that one paragraph performs, in printed order: its opening act and those that follow in the same sentence.

A later act of an operative paragraph stands in the third person after a comma or "and" ("expresses the hope that ...,
and notes that ..."); in the preamble it is a participle. The Security Council prints every such verb in italics.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from resgraph.model.values import value
from resgraph.recognise.leads import OPERATIVE, PREAMBULAR, Lead, first_words, lead_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.lexicon import Verb

_CONNECTOR = re.compile(
    r"(?:[,;:”]| and\b| but\b| while\b)(?: (?:and|but|while|as well as|still)\b,?){0,2}"
    r"(?: (?:in (?:this|that) (?:regard|respect|context|connection|matter)|to (?:this|that) end|in particular"
    r"|therefore|thus|"
    r"hence|accordingly|to this effect|for (?:this|that) purpose)\b,?)* (?=(?P<word>[A-Za-z]\w*))"
)
# A clause with another subject: "which recognizes ... and calls upon", "the Committee, which ..., and recommends".
_OTHER_SUBJECT = re.compile(r"\b(?:which|who) (?:also |further )?[a-z]+s\b[^,;]*$|\b(?:which|who) $")
_FIRST_WORDS = re.compile(r"\W*([\w’'-]+(?: (?:and|also|further) [\w-]+)?)")


@value
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


def find_acts(text: str, *, preambular: bool, verb_alone: bool = False) -> tuple[ActMention, ...]:
    """The acts of a paragraph's text (without its number), in order; at least one for any text with a word.

    `verb_alone` follows the house style of the Security Council, whose italics stop at the verb: "*Expresses* its deep
    concern" where the Assembly prints "*Expresses its deep concern*".
    """
    kind = PREAMBULAR if preambular else OPERATIVE
    operative, participle = lead_at(text, 0, OPERATIVE), lead_at(text, 0, PREAMBULAR)
    opening = (participle or operative) if preambular else (operative or participle)
    leads = [opening] if opening else []
    later_kind = OPERATIVE if opening is not None and operative == opening else kind
    leads += _later(text, opening.end if opening else 1, later_kind)
    pairs = zip_longest(leads, leads[1:])
    acts = [_act(text, lead, following, lead.verb_end if verb_alone else lead.end) for lead, following in pairs]
    if opening is None and (unknown := _unknown(text, leads[0] if leads else None)):
        acts.insert(0, unknown)
    return tuple(acts)


def _later(text: str, start: int, kind: str) -> Iterator[Lead]:
    firsts = first_words(kind)
    for match in _CONNECTOR.finditer(text, start):
        if match["word"] not in firsts or match.end() < start:
            continue
        lead = lead_at(text, match.end(), kind)
        if lead is None or lead.verb.opening_only:
            continue
        gerunds = kind == PREAMBULAR and text.endswith("ing", 0, match.start())
        if (
            gerunds and match.start() > start
        ):  # "the possibility of signing and ratifying", but "*Recalling and reaffirming*"
            continue
        if _OTHER_SUBJECT.search(text, max(start, match.start() - 80), match.start()):
            continue
        yield lead
        start = lead.end


def _act(text: str, lead: Lead, following: Lead | None, printed_end: int) -> ActMention:
    words = text[lead.start : printed_end]
    end = max(clause_end(text, lead.start, following.start if following else None), lead.end)
    return ActMention(lead.start, lead.end, end, lead.verb, words, lead.adverbs)


_JOINING = re.compile(r"[,;]?\s(?:and|but|in (?:this|that) \w+|to (?:this|that) end|therefore|as well as|also),?$")


def clause_end(text: str, start: int, following: int | None) -> int:
    """Where the clause begun at `start` ends: before the words that join the next one, which begins at `following`,
    without closing punctuation.
    """
    clause = text[start:following].rstrip(" ,;.:")
    while following is not None and (joining := _JOINING.search(clause, max(0, len(clause) - 40))):
        clause = clause[: joining.start()].rstrip(" ,;.:")
    return start + len(clause)


def _unknown(text: str, following: Lead | None) -> ActMention | None:
    words = _FIRST_WORDS.match(text)
    if not words:
        return None
    end = max(clause_end(text, words.start(1), following.start if following else None), words.end(1))
    return ActMention(words.start(1), words.end(1), end, None, words[1])
