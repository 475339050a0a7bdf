"""What italics say of acts: the opening words of a paragraph are set in them, and by the Security Council every act."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from resgraph.recognise.acts import ActMention, clause_end
from resgraph.recognise.leads import OPERATIVE, PREAMBULAR, Lead, lead_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.model import Passage, Span

_LONGEST = 90
_SLACK = 2
"""By how many words the lexicon's reading of an opening may go beyond its italics: `*Takes note* of`."""

# An act that the lexicon lacks; titles and Latin words are set in italics too
_ACT = re.compile(r"(?:(?:[a-z-]+ly|further|also|again|once again) )*[a-z]{3,}(?:s|ing)\b")
_NO_ACT = re.compile(r"(?:mutatis|inter|vis|prima|sine|pro|bona|de|ex|ad hoc)\b")
_STRIPPED = " ,;:.“”"


def by_italics(
    acts: tuple[ActMention, ...], passage: Passage, *, preambular: bool, all_acts: bool
) -> tuple[ActMention, ...]:
    """The acts of a passage, corrected by its italics."""
    first = passage.italics[0]
    if first.start > 1 or first.end - first.start > _LONGEST:
        return acts
    opening = _opening(acts[0] if acts and acts[0].start <= 1 else None, passage.text, first)
    if not all_acts:
        return (opening, *(act for act in acts[1:] if act.start >= opening.lead_end))
    return _with_ends([opening, *_later(passage, preambular=preambular)], passage.text)


def _opening(act: ActMention | None, text: str, italic: Span) -> ActMention:
    """The opening act: the words in italics, with what the lexicon knows of them."""
    words = text[italic.start : italic.end].strip(_STRIPPED)
    if act is None or act.verb is None:
        end = italic.start + len(text[italic.start : italic.end].rstrip(_STRIPPED))
        return ActMention(italic.start, end, act.end if act else len(text.rstrip(_STRIPPED)), None, words)
    known = act.verb_text.split()
    printed = words.split()
    if known[: len(printed)] == printed and len(known) - len(printed) <= _SLACK:
        return act
    return replace(act, verb_text=words)


def _later(passage: Passage, *, preambular: bool) -> Iterator[ActMention]:
    """The acts set in italics after the opening one."""
    text = passage.text
    for italic in passage.italics[1:]:
        start = italic.end - len(text[italic.start : italic.end].lstrip(_STRIPPED))
        words = text[start : italic.end].rstrip(_STRIPPED)
        if not words[:1].islower() or len(words) > _LONGEST:
            continue
        if lead := _lead(text, start, preambular=preambular):
            act = ActMention(start, lead.end, lead.end, lead.verb, text[start : lead.verb_end], lead.adverbs)
            yield _opening(act, text, italic)
        elif _ACT.match(words) and not _NO_ACT.match(words):
            yield ActMention(start, start + len(words), start + len(words), None, words)


def _lead(text: str, at: int, *, preambular: bool) -> Lead | None:
    kinds = (PREAMBULAR, OPERATIVE) if preambular else (OPERATIVE, PREAMBULAR)
    return next((lead for kind in kinds if (lead := lead_at(text, at, kind))), None)


def _with_ends(acts: list[ActMention], text: str) -> tuple[ActMention, ...]:
    """Each act with the end of its clause, before the words that join the next one."""
    starts = (*(act.start for act in acts[1:]), None)
    ends = (clause_end(text, act.start, start) for act, start in zip(acts, starts, strict=True))
    return tuple(replace(act, end=max(end, act.lead_end)) for act, end in zip(acts, ends, strict=True))
