"""Acts and requests with their agents, recipients and due sessions made out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.lexicon import load
from resgraph.model import Act, Agent, Consideration, Deliverable, Request, Session
from resgraph.model.values import value
from resgraph.numerals import MONTHS, cardinal, first_date, ordinal
from resgraph.recognise.addressees import asks_for_a_thing, slug, split_addressees
from resgraph.recognise.agendas import find_scheduled
from resgraph.recognise.deliverables import Due, Product, find_due, find_product
from resgraph.recognise.requests import Ask, Part, parse_ask
from resgraph.resolve.bodies import body_named, known_names

if TYPE_CHECKING:
    from datetime import date

    from resgraph.model import Masthead
    from resgraph.recognise import ActMention, Recognised
    from resgraph.resolve.antecedents import Antecedents

_NAMES = "|".join(re.escape(n) for n in sorted(set(known_names()), key=lambda n: (-len(n), n)))
_INITIALS = "".join(sorted({name[0] for name in known_names()}))
_RECIPIENT = re.compile(
    rf"\b(?:to|before|inform|update|brief) (?:the )?(?=[{_INITIALS}i])(?P<body>{_NAMES}|it)(?![\w-])"
)
_SPECIAL = re.compile(r"(emergency )?special session")
# "requested the Committee on Crime Prevention and Control to consider at its tenth session" (E/RES/1989/65)
_MEETS = re.compile(
    r"(?:[A-Z][\w-]+ )*?(?:Board|Commission|Committee|Conference|Congress|Council|Forum|Subcommittee|Working Group)\b"
)


_OBJECTS = {"he": "him", "she": "her", "they": "them"}
# offices whose holder only a mandate named in full tells
_GENERIC = frozenset({"special-rapporteur", "independent-expert", "special-representative-of-the-secretary-general"})


@value
class Speech:
    """Who speaks in a passage and what is known by then. `made_in` is the resolution that a preamble recalls."""

    read: Recognised
    known: Antecedents
    masthead: Masthead
    speaker: Agent
    made_in: str | None = None


def act_of(mention: ActMention, position: int, speech: Speech) -> Act:
    """The act: a `Request` where it asks somebody for something in this very clause, a `Consideration` where it puts a
    matter on an agenda.
    """
    span = speech.read.passage.span(mention.start, mention.end)
    verb = mention.verb.slug if mention.verb else None
    plain = Act(position=position, verb=verb, verb_text=mention.verb_text, span=span, adverbs=mention.adverbs)
    if mention.verb is None or not mention.verb.request:
        return _considered(plain, mention, speech) or plain
    ask = parse_ask(speech.read.passage.text, mention, speech.read.agents)
    if ask is None or ask.asks.end <= ask.asks.start:
        return plain
    if ask.addressee is not None and asks_for_a_thing(ask.addressee.of(speech.read.passage.text)):
        return plain
    return request_of(plain, ask, addressees_of(ask, speech), speech)


def _considered(act: Act, mention: ActMention, speech: Speech) -> Consideration | None:
    """The act with the session of the speaker for which it schedules something, where it does."""
    scheduled = find_scheduled(speech.read.passage.text, mention)
    if scheduled is None or speech.speaker.key not in {body.key for body in load().bodies}:
        return None
    session = _numbered_session(scheduled.session, speech.speaker.key, speech.masthead)
    if session is None:
        return None
    return Consideration(
        position=act.position, verb=act.verb, verb_text=act.verb_text, span=act.span, adverbs=act.adverbs,
        session=session, item_title=scheduled.item_title,
    )  # fmt: skip


def request_of(act: Act, ask: Ask, addressees: tuple[Agent, ...], speech: Speech) -> Request:
    """The request that an act makes of its addressees."""
    text = speech.read.passage.text
    product = find_product(text, ask.asks)
    asks = _of_product(text, ask.asks, product)
    due = find_due(text, asks)
    told = _body_told(Part(asks.start, asks.end if product else due.at), ask.asks.start, due, speech)
    recipient = _recipient(asks, due, told, speech) if product is not None and product.report else None
    deliverable = None
    if product is not None:
        # a report is one that is to be submitted to somebody, or by a day; "their first periodic reports in due time"
        # go to no one named
        timed = product.report and (due.frequency or due.date or due.within)
        kind = "report" if recipient is not None or timed else "other"
        deliverable = Deliverable(kind, product.label.of(text).strip(" ,") if product.label else "report")
    return Request(
        position=act.position, verb=act.verb, verb_text=act.verb_text, span=act.span, adverbs=act.adverbs,
        requested_by=speech.speaker,
        addressees=addressees,
        addressee_text=ask.addressee.of(text) if ask.addressee else None,
        asks=ask.asks.of(text).strip(" ,;."),
        condition=ask.condition.of(text).strip(" ,") if ask.condition else None,
        deliverable=deliverable,
        submit_to=recipient,
        due_session=_due_session(due, asks, recipient or told, addressees, speech),
        due_date=_due_date(due, speech.masthead.adopted_on),
        frequency=due.frequency,
        made_in=speech.made_in,
    )  # fmt: skip


def addressees_of(ask: Ask, speech: Speech) -> tuple[Agent, ...]:
    """Everyone asked, pronouns resolved to those named before in the same passage."""
    if ask.addressee is None:
        return ()
    text = speech.read.passage.text
    words = ask.addressee.of(text)
    first = re.match(r"(?:upon |on |to )?(him|her|it|them|he|she|they)\b", words)
    if first:
        return _meant(_OBJECTS.get(first[1], first[1]), ask.addressee.start, speech)
    found = split_addressees(text, ask.addressee.start, ask.addressee.end, speech.read.agents)
    return tuple(_short_form(agent, speech, ask.addressee.start) for agent in found)


def _short_form(agent: Agent, speech: Speech, before: int) -> Agent:
    """`the Committee`, `the Council`, `the Independent Expert`: who the text named in full before, where it did."""
    if agent.known and agent.key not in _GENERIC:
        return agent
    if key := body_named(agent.label, speech.known.speaker, speech.known.within(speech.read, before)):
        return Agent(key, load().body(key).label, "body")
    named = [a.agent for a in (*speech.known.agents, *(m for m in speech.read.agents if m.end <= before))]
    for earlier in reversed(named):
        if earlier.label != agent.label and f" {agent.label} " in f" {earlier.label} ":
            return earlier
    return agent


def _meant(pronoun: str, before: int, speech: Speech) -> tuple[Agent, ...]:
    """Those a pronoun stands for: the office last named (`him`, `her`, `it`), or all groups of the clause (`them`)."""
    earlier = [m.agent for m in speech.read.agents if m.end <= before and m.agent.kind != "state"]
    if pronoun == "them":
        earlier_acts = [a for a in speech.read.acts if a.lead_end < before - 1]
        if earlier_acts and (asked := _asked_by(earlier_acts[-1], speech)):
            return asked
        begun = [a.start for a in earlier_acts]
        clause = [m for m in speech.read.agents if max(begun, default=0) <= m.start and m.end <= before]
        if not clause:
            return ()
        return split_addressees(speech.read.passage.text, clause[0].start, clause[-1].end, speech.read.agents)
    kinds = ("office",) if pronoun in ("him", "her") else ("body", "office")
    offices = [a for a in earlier if a.kind in kinds]
    if pronoun == "her":
        offices = [a for a in offices if a.key != "secretary-general"] or offices
    return (offices[-1],) if offices else ()


def _asked_by(act: ActMention, speech: Speech) -> tuple[Agent, ...]:
    """Those whom an earlier act of the passage asks: "requests the Secretary-General to ..., and requests him to"."""
    if act.verb is None or not act.verb.request:
        return ()
    ask = parse_ask(speech.read.passage.text, act, speech.read.agents)
    if ask is None or ask.addressee is None:
        return ()
    return split_addressees(speech.read.passage.text, ask.addressee.start, ask.addressee.end, speech.read.agents)


_OF = re.compile(r" of the (?P<name>[A-Z][\w-]+(?: (?:(?:of|on|the|and|for|to) ){0,3}[A-Z][\w-]+){0,14})")
# "to the Committee on Information at its forty-third session": whose session it is stands just before, or before
# "on this issue" (A/RES/72/90 B, para. 88)
_ARTICLE = re.compile(r"\bthe (?=[A-Z])")
_NAME = re.compile(
    r"(?P<name>[A-Z][\w-]+(?: (?:[A-Z][\w-]+|of|on|the|and|for|to)){0,14})"
    r"(?:,? (?:on|about) (?:this|the|that) (?:issue|matter|subject|question)| in preparation)?,? ?"
)


def _of_product(text: str, asks: Part, product: Product | None) -> Part:
    """The words that say for whom and when: those of the product, where they say when, not those of other acts asked:
    "to conclude, at its 1988 substantive session, its work ..., and to submit its report" (A/RES/42/36).
    """
    if product is None or (product.at == asks.start and product.end == asks.end):
        return asks
    own = Part(product.at, product.end)
    due = find_due(text, own)
    return own if due.session or due.session_year or due.date else Part(asks.start, product.end)


def _recipient(asks: Part, due: Due, told: Agent | None, speech: Speech) -> Agent | None:
    """Who a report goes to: named just before "at its fifty-eighth session", else the body that is told something, else
    the speaker, where it is due at a session.
    """
    timed = due.session is not None or due.session_year is not None
    if timed and (whose := _whose_session(asks, due, speech)):
        return whose
    return told or (speech.speaker if timed else None)


def _body_told(asks: Part, since: int, due: Due, speech: Speech) -> Agent | None:
    """The first body after "to"; where there is none, the last one after `since`."""
    text = speech.read.passage.text
    found = list(_RECIPIENT.finditer(text, since, asks.end))
    matches = [match for match in found if match.start() >= asks.start] or found[-1:]
    if not matches:
        return None
    near = next((m for m in matches if m.start() < due.at), matches[0])
    if near["body"] == "it":
        return speech.speaker
    key = body_named(near["body"], speech.known.speaker, speech.known.within(speech.read, near.start()))
    return Agent(key, load().body(key).label, "body") if key else None


def _whose_session(asks: Part, due: Due, speech: Speech) -> Agent | None:
    """Who is named right after a session ("the next session of the Committee on Information"), else just before it: the
    shortest known name that ends there, else the longest unknown one.
    """
    text, longest = speech.read.passage.text, None
    if after := _OF.match(text, due.end):
        key = body_named(after["name"], speech.known.speaker, speech.known.within(speech.read, due.at))
        named = next((m.agent for m in speech.read.agents if m.start == after.start("name")), None)
        return Agent(key, load().body(key).label, "body") if key else named or _unknown(after["name"], speech, due.at)
    for article in reversed(list(_ARTICLE.finditer(text, max(asks.start, due.at - 160), due.at))):
        name = _NAME.fullmatch(text, article.end(), due.at)
        if name is None:
            continue
        if key := body_named(name["name"], speech.known.speaker, speech.known.within(speech.read, article.end())):
            return Agent(key, load().body(key).label, "body")
        if named := next((m.agent for m in speech.read.agents if m.start == article.end()), None):
            return named
        longest = _unknown(name["name"], speech, article.end())
    return longest


def _unknown(name: str, speech: Speech, before: int) -> Agent:
    return _short_form(Agent(slug(name), name, "group", known=False), speech, before)


def _due_session(
    due: Due, asks: Part, told: Agent | None, addressees: tuple[Agent, ...], speech: Speech
) -> Session | None:
    """`its fifty-eighth session` is a session of the body named just before it, else of the one that is told something,
    else of a body that is itself asked, else of the speaker, whose is `the fifty-eighth session` too, but no `2021
    session` where the speaker numbers its sessions.
    """
    if not due.session and not due.session_year:
        return None
    bodies = {body.key: body for body in load().bodies}
    its = " its " in speech.read.passage.text[due.at : due.end]
    asked = next((a for a in addressees if a.key in bodies or (its and _MEETS.match(a.label))), None)
    owner = _whose_session(asks, due, speech) or told or asked or speech.speaker
    if owner.key not in bodies:
        return None
    if due.session_year:
        numbered = owner == speech.speaker and bodies[owner.key].sessions == "numbered"
        return None if numbered else Session(owner.key, due.session_year)
    regular = _numbered_session(due.session or "", owner.key, speech.masthead)
    special = _SPECIAL.search(speech.read.passage.text, due.at, min(asks.end, due.at + 60))
    if regular is None or due.session == "next" or special is None:
        return regular
    return Session(owner.key, f"{'ES' if special[1] else 'S'}-{regular.label}")


def _numbered_session(words: str, body: str, masthead: Masthead) -> Session | None:
    """`fifty-eighth`, or `next` after the session of the resolution where that is one of the body's numbered ones."""
    if words == "next":
        current = masthead.session
        same = current is not None and current.body == body and current.label.isdigit()
        return Session(body, str(current.number + 1)) if current is not None and same else None
    number = ordinal(words)
    return Session(body, str(number)) if number is not None else None


def _due_date(due: Due, adopted_on: date | None) -> date | str | None:
    """A date, `YYYY-MM` or `YYYY` as far as printed; "within three months" counts from the adoption where that is
    known.
    """
    if due.date:
        if full := first_date(due.date):
            return full
        year = due.date[-4:]
        month = next((n for n, name in enumerate(MONTHS, 1) if name in due.date), None)
        return f"{year}-{month:02}" if month else year
    if due.within and adopted_on:
        amount, unit = due.within.rsplit(" ", 1)
        count = cardinal(amount)
        if count and unit.startswith("month"):
            months = adopted_on.month - 1 + count
            return f"{adopted_on.year + months // 12}-{months % 12 + 1:02}"
    return None
