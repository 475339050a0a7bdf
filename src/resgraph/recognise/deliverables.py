"""What an asked act is to produce, a report, a study or an oral update, and by when: a session, a day, how often."""

from __future__ import annotations

import re

from resgraph.model.values import value
from resgraph.numerals import MONTH, ORDINAL
from resgraph.recognise.requests import Part


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
