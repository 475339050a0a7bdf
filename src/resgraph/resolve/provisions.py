"""A paragraph or point with all it says, read in the light of what stands before it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from resgraph.model import Act, Point, Provision, Request
from resgraph.model.values import value
from resgraph.recognise import HouseStyle, recognise
from resgraph.recognise.acts import ActMention
from resgraph.recognise.leads import OPERATIVE, PREAMBULAR, REPORTED, lead_at
from resgraph.recognise.requests import Ask, Part, parse_point
from resgraph.resolve.antecedents import last_number
from resgraph.resolve.asks import Speech, act_of, addressees_of, request_of
from resgraph.resolve.bodies import attribute
from resgraph.resolve.links import links_of
from resgraph.resolve.status import statuses_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resgraph.model import Agent, Masthead, PrintedPoint, Problem
    from resgraph.recognise import Recognised
    from resgraph.resolve.antecedents import Antecedents

# "in its resolution 53/137 of 9 December 1998, it requested the Secretary-General to ..." (A/RES/54/158, preamble)
_RECALLED = re.compile(
    r"[it](?<!\w.)(?:(?<=i)t|(?<=t)he (?:Assembly|Council|Commission)) "
    r"(?=(?:also |further |had |again )*(?P<verb>[a-z]+ed|called)\b)"
)
_TO = re.compile(r"(?:[Tt]o )?")


@value
class Setting:
    """Where a provision stands: the masthead, the speaker, what was named before, and what a chapeau hands down."""

    masthead: Masthead
    speaker: Agent
    known: Antecedents
    preambular: bool
    style: HouseStyle
    inherited: Inherited | None = None


@value
class Inherited:
    """The act of a chapeau ending in a colon, with its addressees: "Requests the Secretary-General: (a) To ..."."""

    act: Act
    addressees: tuple[Agent, ...]
    addressee_text: str | None


@value
class Filled:
    """A provision with what it says, what is known after it, and what could not be told."""

    provision: Provision
    known: Antecedents
    problems: tuple[Problem, ...]


def fill(
    bare: Callable[..., Provision],
    read: Recognised,
    points: tuple[PrintedPoint, ...],
    setting: Setting,
    *,
    point: bool = False,
) -> Filled:
    """What a provision says in its own words, then, with the knowledge of them, what its points say; `bare` makes it,
    knowing what is printed.
    """
    known = setting.known
    links = links_of(read, known)
    speech = Speech(read, known, setting.masthead, setting.speaker)
    acts = _point_acts(speech, setting.inherited) if point else _paragraph_acts(speech, setting)
    after = known.after(read)
    inner: list[Filled] = []
    if points:
        handed = _handed_down(acts, speech) or setting.inherited
        inner = _points(points, replace(setting, known=after, inherited=handed))
    whole = bare(
        notes=tuple(dict.fromkeys(mark.marker for mark in read.passage.marks)),
        acts=tuple(acts),
        citations=links.citations,
        references=links.references,
        statuses=statuses_of(read, links.citations, links.references),
        named=tuple(dict.fromkeys(a.agent for a in read.agents)),
        points=tuple(f.provision for f in inner if isinstance(f.provision, Point)),
    )
    problems = (*links.problems, *(p for f in inner for p in f.problems))
    return Filled(whole, inner[-1].known if inner else after, problems)


def _points(points: tuple[PrintedPoint, ...], setting: Setting) -> list[Filled]:
    filled: list[Filled] = []
    for position, point in enumerate(points, 1):
        read = recognise(point.passage, preambular=setting.preambular, style=setting.style)
        text, span = point.passage.text, point.passage.span()
        bare = partial(Point, position=position, number=point.label, text=text, span=span)
        setting = replace(setting, known=filled[-1].known) if filled else setting
        filled.append(fill(bare, read, point.points, setting, point=True))
    return filled


def _paragraph_acts(speech: Speech, setting: Setting) -> list[Act]:
    acts = [act_of(mention, position, speech) for position, mention in enumerate(speech.read.acts, 1)]
    if setting.preambular:
        acts += _recalled(speech, len(acts))
    return acts


def _recalled(speech: Speech, count: int) -> Iterator[Act]:
    """Requests that a preamble reports as made in an earlier resolution."""
    text = speech.read.passage.text
    for match in _RECALLED.finditer(text):
        lead, number = lead_at(text, match.end(), REPORTED), last_number(speech.read, match.start())
        if lead is None or number is None or not lead.verb.request:
            continue
        found = attribute(number, speech.known.speaker, speech.known.within(speech.read, number.start))
        mention = ActMention(
            lead.start, lead.end, _end(text, lead.end), lead.verb, text[lead.start : lead.end], lead.adverbs
        )
        act = act_of(mention, count + 1, replace(speech, made_in=found.symbol if found else None))
        if isinstance(act, Request):
            count += 1
            yield act


def _end(text: str, start: int) -> int:
    stop = text.find(";", start)
    return len(text[: stop if stop > 0 else len(text)].rstrip(" ,;."))


def _handed_down(acts: list[Act], speech: Speech) -> Inherited | None:
    """The last act of a chapeau that ends in a colon, where it asks somebody for what the points say."""
    mentions = speech.read.acts
    if not acts or not mentions or not speech.read.passage.text.rstrip().endswith(":"):
        return None
    last = mentions[-1]
    if last.verb is None or not last.verb.request or isinstance(acts[-1], Request):
        return None
    end = re.sub(r",? to$", "", speech.read.passage.text[: last.end].rstrip(" :"))
    part = Part(last.lead_end + 1, len(end))
    if part.end <= part.start:
        return Inherited(acts[-1], (), None)
    return Inherited(acts[-1], addressees_of(Ask(part, part), speech), part.of(end))


def _point_acts(speech: Speech, inherited: Inherited | None) -> list[Act]:
    """A point asks what its chapeau asks for, or performs an act of its own; most points do neither."""
    text = speech.read.passage.text
    if inherited is not None:
        start = _TO.match(text).end()  # type: ignore[union-attr]  # an optional group always matches
        span = speech.read.passage.span()
        act = Act(
            position=1,
            verb=inherited.act.verb,
            verb_text=inherited.act.verb_text,
            span=span,
            adverbs=inherited.act.adverbs,
        )
        own = parse_point(text, speech.read.agents) if not inherited.addressees else None
        if own and (addressees := addressees_of(own, speech)):
            return [request_of(act, own, addressees, speech)]
        asks = Part(start, max(start + 1, len(text.rstrip(" ,;.:"))))
        request = request_of(act, Ask(None, asks), inherited.addressees, speech)
        return [replace(request, addressee_text=inherited.addressee_text)]
    if lead_at(text, 0, OPERATIVE) is None and lead_at(text, 0, PREAMBULAR) is None:
        return []
    return [act_of(mention, position, speech) for position, mention in enumerate(speech.read.acts, 1)]
