"""What a requesting act asks, of whom, by when: the parts of one clause, as spans of the passage's text.

The pattern of the Editorial Manual's examples: verb, addressee (with those to be consulted between commas), `to`, the
asked act. Points after a colon inherit verb and addressee.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.lexicon import load
from resgraph.model.values import value
from resgraph.numerals import MONTH, ORDINAL

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


@value
class Due:
    """When an asked thing is due: an ordinal of a session (or `next`), a year's session, a date in words, a rhythm.

    The words of the session stand at `text[at:end]`.
    """

    session: str | None = None
    session_year: str | None = None
    date: str | None = None
    within: str | None = None
    frequency: str | None = None
    at: int = 0
    end: int = 0


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
_MODAL = re.compile(r" (?:should|shall|must|may|will|would)(?: also| further| not)? | (?=be |not )")


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
    modal = _MODAL.search(text, start, min(end, start + 240))
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


# ---------------------------------------------------------------- by when

_SESSION = re.compile(
    rf"\b(?:at|for|before|during|in time for|prior to|to) (?:its|the|his|her|their)(?: regular| next| main|"
    rf" resumed| annual)? "
    rf"(?P<ordinal>{ORDINAL}|next)(?: and (?:{ORDINAL}))?(?: regular| special| emergency special| substantive|"
    rf" annual| resumed| plenary)? sessions?\b"
    rf"|\bat (?:its|the) (?:substantive |annual |regular |organizational )?session (?:of|in) (?P<year>\d{{4}})"
    rf"|\bat its (?P<before>\d{{4}}) (?:substantive )?session",
    re.I,
)
_DATE = re.compile(
    rf"\b(?:by|no later than|not later than|before|until|on or before|prior to|due (?:on|by)) (?:the end of )?(?:the )?"
    rf"(?P<date>[0-3]?\d {MONTH} \d{{4}}|(?:end |early |mid-)?{MONTH} \d{{4}}|(?:end of )?\d{{4}})\b"
)
_YEAR = re.compile(r"\d{4}")
_WITHIN = re.compile(
    r"\bwithin (?P<within>\w+(?:-\w+)? (?:days?|weeks?|months?|years?)) of (?:the )?(?:date of )?(?:the"
    r" )?adoption of (?:this|the present) resolution",
    re.I,
)
_FREQUENCY = re.compile(
    r"\b(?:annually|biannually|biennially|triennially|quarterly|monthly|semi-annually|periodically|regularly|on"
    r" an annual basis|"
    r"on a (?:regular|biennial|yearly|quarterly|monthly|periodic|triennial) basis|on a continuing basis|"
    r"every (?:\w+ )?(?:days|weeks|months|years|sessions|year|month|session)|each year|every (?:second|third"
    r"|other) (?:year|session))\b",
    re.I,
)


_OFTEN = ("annually", "ennially", "quarterly", "monthly", "periodically", "regularly", "basis", "every", "each year")
"""One of these is in all that `_FREQUENCY` finds."""


def find_due(text: str, asks: Part) -> Due:
    """When the asked thing is due, in the words of the asked act; an empty `Due` where it does not say."""
    words = asks.of(text).lower()
    session = _due_session(text, asks) if "session" in words else None
    date = _DATE.search(text, asks.start, asks.end) if _YEAR.search(words) else None
    within = _WITHIN.search(text, asks.start, asks.end) if "within" in words else None
    often = any(sign in words for sign in _OFTEN)
    frequency = _FREQUENCY.search(text, asks.start, asks.end) if often else None
    return Due(
        session["ordinal"] if session else None,
        (session["year"] or session["before"]) if session else None,
        date["date"] if date else None,
        within["within"] if within else None,
        frequency[0] if frequency else None,
        *(session.span() if session else (asks.end, asks.end)),
    )


# "the report of the Secretary-General submitted to the General Assembly at its sixty-second session" (A/RES/75/209,
# para. 4), "resolution 4/6 ..., adopted by the United Nations Environment Assembly ... at its fourth session"
_DONE = re.compile(
    r"(?<!\bbe )(?<!\bbeing )\b(?:adopted|agreed|approved|concluded|considered|convened|endorsed|held|issued|presented"
    r"|submitted|taken)(?: (?:to|by|before|at|in) the [A-Z][^,;]{0,160})?,? $"
)


def _due_session(text: str, asks: Part) -> re.Match[str] | None:
    """The first session that is not that of something done before."""
    found = _SESSION.finditer(text, asks.start, asks.end)
    return next((m for m in found if not _DONE.search(text, max(asks.start, m.start() - 200), m.start())), None)


# ---------------------------------------------------------------- what is to be produced

_DELIVER = re.compile(
    r"(?:(?:continue|also|further|again|regularly|periodically|and|jointly|fully|to|prepare and|compile and|update and|"
    r"[a-z]+ly) )*(?P<verb>submit|present|prepare|provide|report|update|brief|issue|transmit|produce|publish|circulate|"
    r"undertake|conduct|deliver|make)\b(?: a report| an oral report| oral reports)?"
)
_PRODUCT = re.compile(
    r"(?:\b(?:a|an|the|his|her|its|their|one|two|further|updated|annual|oral|written|such) )"
    r"(?P<label>(?:(?!(?:a|an|the|its|his|her|their|sessions?|to|on|of|at|by)\b)[a-z][\w-]*,? ){0,8}?(?:reports?"
    r"|stud(?:y|ies)|notes?|updates?|reviews?|briefings?|assessments?|summar(?:y|ies)|"
    r"analys[ei]s|recommendations|proposals|action plan|plan)\b(?! reports?\b))"
)
_BEFORE_OTHERS = re.compile(r"\b(?:of|to|in|into|for|on|from|by|under|through|account|including|above|and) $")
_AND_REPORT = re.compile(
    r"(?:, |,? and |; (?:and )?)to (?:also |further |continue to )?"
    r"(?=(?:brief|prepare|present|provide|report|submit)\b)"
    r"|,? and (?=report (?:thereon |back |on [^,;]{1,120} )?to (?:the|it)\b)"
)
_JOINED = (", to ", "and to ", "; to ", "and report ")
"""One of these is in all that `_AND_REPORT` finds."""
_REPORTS = re.compile(r"\b(?:reports?|stud(?:y|ies)|notes?|updates?|briefings?)\b")
_LABEL_END = re.compile(
    r",? (?:to the (?:General|Security|Human|Economic|Commission|Council|Assembly|Committee)|to it\b|at (?:its"
    r"|the)\b|for (?:its |the )?consideration|"
    r"no later than|not later than|by (?:the end|\d)|within \w+ (?:days|months)|every \w+|annually|under the"
    r" (?:sub-)?item|in accordance with|"
    r"and to (?:also |further )?(?:analyse|brief|circulate|continue|develop|discuss|engage|ensure|explore|identify"
    r"|include|inform|keep|make|organize|prepare|present|propose|provide|publish|recommend|report|share|strengthen|submit|take"
    r"|transmit)\b|before the|through the|in due time|as (?:requested|appropriate|soon)|when\b|if\b)|;|\.$"
)


# "a mid-term update to the Committee no later than 28 July 2019, and a final report no later than 28 January 2020 to
# the Security Council" (S/RES/2456, para. 8): the Council gets the second only
_ANOTHER = re.compile(
    r"[^;]{0,120}?\b(?:to the|no later than|not later than|by) [^;]{0,120}?"
    r"(?P<other>,? and (?:an?|its|his|her) (?:[a-z-]+ ){0,3}(?:reports?|updates?|briefings?)\b)"
)


@value
class Product:
    """What an asked act is to produce; `report` for reports, studies, notes and oral updates.

    `at` is where the words begin that ask for it, and `end` where they end, or those of another product begin.
    """

    report: bool
    label: Part | None
    at: int
    end: int


def find_product(text: str, asks: Part) -> Product | None:
    """The deliverable of an asked act whose own verb delivers something, else the report that it is to end in: "seek
    the views of Member States and to submit a report thereon" (A/RES/75/47, para. 2); None for other acts.
    """
    if verb := _DELIVER.match(text, asks.start, asks.end):
        product = _produced(text, verb, asks.end)
        if product is not None:
            return product
    words = asks.of(text)
    if not any(sign in words for sign in _JOINED):
        return None
    for joined in _AND_REPORT.finditer(text, asks.start, asks.end):
        verb = _DELIVER.match(text, joined.end(), asks.end)
        product = _produced(text, verb, asks.end) if verb else None
        if product is not None and product.report:
            return product
    return None


def _produced(text: str, verb: re.Match[str], end: int) -> Product | None:
    """What the verb has as its object: no report that a preposition leads to."""
    found = (m for m in _PRODUCT.finditer(text, verb.start("verb"), end))
    product = next((m for m in found if not _BEFORE_OTHERS.search(text, max(0, m.start() - 16), m.start())), None)
    reports = product is not None and bool(_REPORTS.search(product["label"]))
    if verb["verb"] in ("report", "brief", "update") and not reports:
        return Product(True, None, verb.start(), end)
    if product is None or (not reports and verb["verb"] in ("undertake", "conduct", "make", "provide")):
        return None
    another = _ANOTHER.match(text, product.end(), end)
    end = another.start("other") if another else end
    stop = _LABEL_END.search(text, product.end(), end)
    label = Part(product.start("label"), stop.start() if stop else end)
    return Product(reports, label, verb.start(), end)
