"""What stands above and below a resolution: symbol, title, session, agenda item, dates, meeting, report, vote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from resgraph import lexicon
from resgraph.model import AgendaItem, Masthead, Session
from resgraph.numerals import MONTH, ordinal, roman
from resgraph.segment.closing import Closing, read_closing
from resgraph.segment.figures import DATE, ORDINAL_WORDS, first_date
from resgraph.segment.heads import Number, symbol_of
from resgraph.segment.lines import RESOLUTION_SYMBOL
from resgraph.segment.words import body_key, resolution_prefix, slug

if TYPE_CHECKING:
    from datetime import date

# the letter of a part ends its line; "A/RES/75/237 A global call for ..." is a running head
_PRINTED = re.compile(RESOLUTION_SYMBOL + r"(?: ?[A-Z](?=\s*$))?", re.MULTILINE)
_DISTRIBUTED = re.compile(
    rf"Distr\.?\s*:?\s*(?:General|Limited|Restricted)?(?:\s*{RESOLUTION_SYMBOL})?\s*(\d{{1,2}}\s+{MONTH}\s+\d{{4}})",
    re.IGNORECASE,
)
_SESSION = re.compile(
    rf"({ORDINAL_WORDS})\s+((?:emergency\s+)?special\s+|resumed\s+|regular\s+)?session\b", re.IGNORECASE
)
_YEAR_SESSION = re.compile(r"((?:19|20)\d\d)\s+(?:substantive\s+|regular\s+|organizational\s+)?session\b")
_ITEM = re.compile(
    r"\bAgenda items?\s+(\d{1,3}(?:\s?\([a-z]{1,3}\))?"
    r"(?:(?:\s?,\s?|\s?,?\s+and\s+|\s?[-–]\s?)(?:\d{1,3}(?:\s?\([a-z]{1,3}\))?|\([a-z]{1,3}\)))*)",
)
_BRACKET = re.compile(
    r"[\[(]\s?(?:on|without|adopted on|as adopted|sans)\s[^\]]{0,400}\]|\[\s?on (?:the|a) [^\]]{0,400}\]", re.IGNORECASE
)
_REPORT = re.compile(r"\b[AEST]/[\w./\-]{1,40}\w")
_COMMITTEE = re.compile(
    r"\b(?:(First|Second|Third|Fourth|Fifth|Sixth|Social|Economic|General|Credentials|Co-ordination|Coordination"
    r"|Special Political|Ad Hoc Political) Committee\b"
    r"|(?:recommendation|report) of the ([A-Z][\w-]+(?: (?:[A-Z][\w-]+|of|on|the|for|and)){1,12}))"
)
_REPORT_PARAGRAPH = re.compile(r"\bparas?\.\s+(\d+(?:(?:\s?[-–]\s?|,\s|\sand\s)\d+)*)")
_DOCUMENT = re.compile(r"[\[(](?:document )?([AEST]/[\w./\-]+)[\])]")
_JOB = re.compile(r"\b(?:N\d{7}E?|(?:GE\.)?\d{2}[ -]\d{5})\b")
_NOT_TITLE = re.compile(
    rf"^[\[(*_ ]{{0,4}}(?:(?:Resolution )?(?:of )?\d{{1,2}}(?:\s+(?:{MONTH}))?(?: and \d{{1,2}})?\s+{MONTH},? \d{{4}}\b"
    r".{0,20}$"
    r"|Resolution of |document [AEST]/|[AEST]/[\w./]+[\])]$"
    r"|(?:Resolution )?adopted (?:by|at|on|without)\b|on the (?:report|recommendation)|without reference"
    r"|on a proposal)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cover:
    """The words around a resolution: `above` it, the page `furniture` of the file, `below` it, and its file's name."""

    above: str
    furniture: str
    below: str
    file_symbol: str | None
    sole: bool


def read_masthead(
    number: Number | None, letter: str, speaker: str | None, title: str | None, cover: Cover
) -> Masthead | None:
    """The masthead; None where neither the text nor the file's name tells which resolution it is.

    Resolutions of the Security Council are issued on the day they are adopted.
    """
    around = f"{cover.above}\n{cover.furniture}"
    named = _named_body(number, speaker, cover)
    symbol, guessed = _symbol(number, letter, named, cover)
    if symbol is None:
        return None
    body = named or _body_of(symbol)
    above, below = read_closing(cover.above), read_closing(cover.below)
    session, session_inferred = _session(body, around, symbol)
    adopted, published = _adopted(cover.above, below), _published(around)
    issued_at_once = body == "UNSC" and adopted is None and published is not None
    flags = (("symbol", guessed), ("session", session_inferred), ("adopted_on", issued_at_once))
    bracket = _bracket(cover.above)
    return Masthead(
        symbol=symbol,
        body=body,
        title=title if body != "UNSC" else None,
        adopted_on=published if issued_at_once else adopted,
        published_on=published,
        session=session,
        meeting=below.meeting or above.meeting,
        agenda_items=_items(around),
        on_report=_reports(bracket, cover.above),
        committee=_committee(bracket),
        adoption=below.adoption or above.adoption,
        report_paragraph=match[1] if (match := _REPORT_PARAGRAPH.search(bracket)) else None,
        job_numbers=tuple(dict.fromkeys(_JOB.findall(cover.furniture))),
        inferred=tuple(name for name, holds in flags if holds),
    )


def _named_body(number: Number | None, speaker: str | None, cover: Cover) -> str | None:
    if speaker:
        key, printed = body_key(speaker), _PRINTED.search(cover.furniture)
        symbol = printed[0] if printed else (cover.file_symbol or "")
        return key if resolution_prefix(key) else _known_body(symbol) or key  # "L’Assemblée générale,"
    if number and number.body:
        return body_key(number.body)
    if number and number.style == "year":
        return "UNSC"
    return _body_of(cover.file_symbol) if cover.file_symbol and cover.sole else None


def _body_of(symbol: str) -> str:
    """The body whose resolutions carry symbols of this kind; the longest prefix counts (A/HRC/RES/ before A/)."""
    return _known_body(symbol) or slug(symbol.rsplit("/RES/", 1)[0])


def _known_body(symbol: str) -> str | None:
    prefixes = [(body.resolution_prefix or "", body.key) for body in lexicon.load().bodies]
    return max(((len(p), key) for p, key in prefixes if p and symbol.startswith(p)), default=(0, None))[1]


def _symbol(number: Number | None, letter: str, body: str | None, cover: Cover) -> tuple[str | None, bool]:
    """The symbol, and whether it was inferred from number and body, or from the file's name.

    Where only the Roman numeral of the session differs from the file's name, OCR misread it (`174 (III)` of 1947).
    """
    file_symbol = cover.file_symbol
    around = f"{cover.above}\n{cover.furniture}"
    printed = [re.sub(r"\s", "", match[0]).rstrip(".-/*") for match in _PRINTED.finditer(around)]
    printed = [symbol for symbol in printed if re.search(r"\d[\w()]*$", symbol)]
    prefix = resolution_prefix(body) if body else None
    if number is None:
        return (printed[0], False) if printed else (file_symbol if cover.sole else None, True)
    if prefix is None:
        counted = [*re.findall(r"\d+", number.session)[-1:], number.number]
        fits = [symbol for symbol in printed if re.findall(r"\d+", symbol)[-2:] == counted]  # 5/14: UNEP/EA.5/Res.14
        return (fits[0], False) if fits else (file_symbol if cover.sole else None, True)
    symbol = symbol_of(prefix, number.session, number.number, letter, number.style)
    if number.style == "roman" and (file_symbol or "").startswith(f"{prefix}{number.number}("):
        symbol = f"{(file_symbol or '').removesuffix(letter)}{letter}"
    lettered = [other for other in (*printed, file_symbol or "") if re.fullmatch(re.escape(symbol) + "[A-Z]", other)]
    if lettered and not letter:  # "A/RES/75/251 B" stands over a title without the letter
        return lettered[0], lettered[0] not in printed
    return symbol, symbol not in printed


def _session(body: str, around: str, symbol: str) -> tuple[Session | None, bool]:
    """The session, and whether it follows from the number or the year and is not printed."""
    if body == "UNSC":
        return None, False
    if match := _YEAR_SESSION.search(DATE.sub(" ", around)):
        return Session(body, match[1]), False
    label = _label_of(symbol)
    yearly = next((b.sessions == "yearly" for b in lexicon.load().bodies if b.key == body), False)
    if label and yearly and len(label) == 4:
        return Session(body, label), True  # "Substantive session of 1989" has no number of its own
    if match := _printed_session(around):
        count, kind = ordinal(match[1]), (match[2] or "").lower()
        prefix = "ES-" if "emergency" in kind else "S-" if "special" in kind else ""
        if count and (label is None or label == f"{prefix}{count}" or body not in ("UNGA", "UNHRC")):
            return Session(body, f"{prefix}{count}"), False
    if label and len(label) == 4 and label.isdigit():
        return _session_of_year(body, int(label))
    return (Session(body, label), True) if label else (None, False)


def _printed_session(around: str) -> re.Match[str] | None:
    """The first session that is printed with its ordinal, looked for before each "session" only."""
    for word in re.finditer("session", around, re.IGNORECASE):
        if match := _SESSION.search(around, max(0, word.start() - 100), word.end() + 1):
            return match
    return None


_SESSION_OF_SYMBOL = re.compile(r"/RES/(?:(?P<slash>(?:ES-|S-)?(?:\d+|[IVX]+))/|\d+\((?P<roman>(?:ES-|S-)?[IVXLC]+)\))")


def _label_of(symbol: str) -> str | None:
    """`57` of A/RES/57/201, `3` of A/RES/217(III)A, `S-6` of A/RES/3201(S-VI)."""
    match = _SESSION_OF_SYMBOL.search(symbol)
    if match is None:
        return None
    prefix, dash, count = (match["slash"] or match["roman"]).rpartition("-")
    return f"{prefix}{dash}{count if count.isdigit() else roman(count)}"


def _session_of_year(body: str, year: int) -> tuple[Session | None, bool]:
    """The Council's sessions go by the year; the Commission's are counted."""
    entry = next((b for b in lexicon.load().bodies if b.key == body), None)
    if entry is None or entry.sessions == "yearly":
        return Session(body, str(year)), True
    count = entry.session_of_year(year)
    return (Session(body, str(count)), True) if count else (None, False)


def _adopted(text: str, below: Closing) -> date | None:
    """The date in `Resolution adopted ... on 10 December 2020`, in the closing, or under the number."""
    if match := re.search(
        rf"adopted\b[^.\n]{{0,200}}?\bon\s+(\d{{1,2}}\s+{MONTH}\s+\d{{4}})",
        re.sub(r"\s*\n\s*", " ", text),
        re.IGNORECASE,
    ):
        return first_date(match[1])
    if below.adopted_on:
        return below.adopted_on
    if match := re.search(
        rf"^(?:.{{0,30}}\bof )?(\d{{1,2}}(?: {MONTH})?(?: and \d{{1,2}})? {MONTH},? \d{{4}})\b", text, re.MULTILINE
    ):
        return first_date(match[1])
    return None


def _published(around: str) -> date | None:
    flat = re.sub(r"\s+", " ", around)
    match = _DISTRIBUTED.search(flat)
    return first_date(match[1]) if match else None


def _items(around: str) -> tuple[AgendaItem, ...]:
    match = _ITEM.search(around)
    return (AgendaItem(re.sub(r"\s+", " ", match[1]).strip()),) if match else ()


def _bracket(above: str) -> str:
    match = _BRACKET.search(re.sub(r"\s+", " ", above))
    return match[0] if match else ""


def _reports(bracket: str, above: str) -> tuple[str, ...]:
    """`[on the report of the Third Committee (A/57/556/Add.1)]`; `(document E/231)` and `[S/3509]` until the 1950s."""
    found = _REPORT.findall(bracket)
    if not found:
        found = [match[1] for match in _DOCUMENT.finditer(above)]
    return tuple(dict.fromkeys(symbol.rstrip(".,;") for symbol in found))


def _committee(bracket: str) -> str | None:
    match = re.search(r"\((First|Second|Third|Fourth|Fifth|Sixth) Committee\)", bracket) or _COMMITTEE.search(bracket)
    if match is None:
        return None
    name = f"{match[1]} Committee" if match[1] else match[2]
    return _agent_key(name)


def _agent_key(name: str) -> str:
    """The lexicon's key of a body or agent of that name, else a slug of it."""
    return _agent_keys().get(name.lower()) or slug(name)


@cache
def _agent_keys() -> dict[str, str]:
    words = lexicon.load()
    named = [(entry.key, (entry.label, *entry.names)) for entry in words.bodies]
    named += [(entry.key, (entry.label, *entry.names)) for entry in words.agents]
    return {name.lower(): key for key, names in reversed(named) for name in names}


def is_title(line: str) -> bool:
    """Whether a line between number and formula belongs to the title; dates, reports and notes on adoption do not."""
    return bool(line) and not _NOT_TITLE.match(line)


def clean_title(words: str) -> str | None:
    """A title without the signs that set it off."""
    return words.strip("*_# ").rstrip(" .*") or None
