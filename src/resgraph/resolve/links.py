"""Mentions to identities: the citations and references of one passage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model import Citation, DocumentTarget, InstrumentTarget, Problem, Reference
from resgraph.model.values import value
from resgraph.recognise.adoptions import adopted_after
from resgraph.recognise.mentions import (
    HeadMention,
    InstrumentMention,
    Mention,
    NumberMention,
    SymbolMention,
)
from resgraph.resolve.antecedents import Antecedents, last_number, meant_by
from resgraph.resolve.bodies import attribute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from resgraph.model import Footnote, NoteMark
    from resgraph.recognise import Recognised

# "the Vienna Declaration and Programme of Action adopted by the World Conference on Human Rights on 25 June 1993,6"
_ADOPTED = re.compile(r",? (?:as )?(?:adopted|opened|approved|proclaimed|annexed|contained) [^;]{3,160}$")
_BESIDE = re.compile(r"(?:[\s,;)”\"]|(?:of|on) \d{1,2} [A-Z]\w+ \d{4}|\([A-Z][^()]{0,60}\)){0,6}$")
_NOUN = re.compile(
    r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Aa]n?) (?:[\w’'-]+ ){0,6}?"
    r"(?:reports?|notes?|letters?|statements?|rules|recommendations?|outcomes?|stud(?:y|ies)|programme|plan|strategy|"
    r"declaration|framework|principles|guidelines|decisions?|communiqués?|agreements?|conclusions|proposals?)\b"
)


@value
class Links:
    """What a passage cites, what it means without naming, and what could not be told."""

    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()


def links_of(read: Recognised, known: Antecedents) -> Links:
    """The citations and references of a paragraph or point, in the order of the text."""
    citations = [c for m in read.mentions for c in cite(m, read, known)]
    back = [(m, tuple(_back(m, read, known))) for m in read.mentions if isinstance(m, HeadMention)]
    references = [r for _, found in back for r in found]
    references += [r for mark in read.passage.marks for r in _by_note(mark, read, known.notes)]
    lost = tuple(_lost(m, read) for m, found in back if not found)
    return Links(tuple(citations), tuple(sorted(references, key=lambda r: r.span.start)), lost)


def cite(mention: Mention, read: Recognised, known: Antecedents) -> Iterator[Citation]:
    """The citations a mention makes: one for each instrument a collective name stands for."""
    span = read.passage.span(mention.start, mention.end)
    via = _note_beside(mention, read)
    match mention:
        case SymbolMention():
            yield Citation(span, DocumentTarget(mention.symbol), mention.locator, via)
        case NumberMention():
            found = attribute(mention, known.speaker, known.within(read, mention.start))
            target = DocumentTarget(found.symbol) if found else None
            inferred = bool(found and found.inferred)
            yield Citation(span, target, mention.locator, via, inferred=inferred, stated_date=mention.adopted_on)
        case InstrumentMention(shorts=()):
            yield Citation(span, None, mention.locator, via)
        case InstrumentMention():
            said = adopted_after(read.passage.text, mention.end, read.agents)
            for short in mention.shorts:
                instrument = InstrumentTarget(short)
                yield Citation(span, instrument, mention.locator, via, stated_date=said.on, stated_by=said.by)


def _note_beside(mention: Mention, read: Recognised) -> str | None:
    """The marker of the note whose mark follows a mention: it says where the thing is printed."""
    text = read.passage.text
    for mark in read.passage.marks:
        if mark.at < mention.end:
            continue
        gap = text[mention.end : mark.at]
        if len(gap) <= 60 and _BESIDE.match(gap):
            return mark.marker
        if _ADOPTED.match(gap) and not any(mention.end < m.end <= mark.at for m in read.mentions):
            return mark.marker
    return None


def _back(head: HeadMention, read: Recognised, known: Antecedents) -> Iterator[Reference]:
    span = read.passage.span(head.start, head.end)
    if head.head != "resolution":
        if short := meant_by(head, known, read):
            yield Reference(span, InstrumentTarget(short))
    elif head.determiner in ("this", "the present"):
        yield Reference(span, DocumentTarget(known.symbol))
    elif number := last_number(read, head.start):
        found = attribute(number, known.speaker, known.within(read, number.start))
        if found:
            yield Reference(span, DocumentTarget(found.symbol))


def _lost(head: HeadMention, read: Recognised) -> Problem:
    words = read.passage.text[head.start : head.end]
    message = f"‘{words}’ may mean more than one instrument, or one not named before; no reference is made"
    return Problem("reference-without-antecedent", message, read.passage.span(head.start, head.end))


def _by_note(mark: NoteMark, read: Recognised, notes: Mapping[str, Footnote]) -> Iterator[Reference]:
    """`the report of the Secretary-General,7` where only note 7 has the symbol."""
    note = notes.get(mark.marker)
    named = (m for m in read.mentions if not isinstance(m, HeadMention))
    if note is None or any(_note_beside(m, read) == mark.marker for m in named):
        return
    start = _phrase_start(read, mark)
    end = len(read.passage.text[: mark.at].rstrip(" ,;.:"))
    span = read.passage.span(start, max(start + 1, end))
    for target in dict.fromkeys(c.target for c in note.citations if isinstance(c.target, DocumentTarget)):
        yield Reference(span, target, mark.marker)


def _phrase_start(read: Recognised, mark: NoteMark) -> int:
    """Where the words begin that a note explains: the last noun of a document before its mark, else the last clause."""
    floor = max([m.at for m in read.passage.marks if m.at < mark.at], default=0)
    text = read.passage.text
    nouns = list(_NOUN.finditer(text, max(floor, mark.at - 240), mark.at))
    if nouns:
        return nouns[-1].start()
    comma = text.rfind(",", floor, max(floor, mark.at - 2))
    start = comma + 1 if comma >= 0 else floor
    return start + len(text[start : mark.at]) - len(text[start : mark.at].lstrip())
