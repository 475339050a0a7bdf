"""Cover page, preface and conclusions to the masthead of a resolution."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from resgraph import lexicon
from resgraph.model import AgendaItem, Masthead, Session
from resgraph.readers.akn.proceedings import proceedings_of
from resgraph.readers.akn.words import NS, words_of
from resgraph.segment.heads import symbol_of_file
from resgraph.segment.words import slug
from resgraph.symbols import canonical, find_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_RESOLUTION = re.compile(r"[A-Z](?:/[A-Z][A-Za-z0-9.]*)*/RES/\S+")
_SEVERAL = re.compile(r"[A-Z]-[A-Z]$")
_NUMBER = re.compile(r"((?:E?S-)?\d{1,4}/\d{1,3}) ?([A-Z])?\.?")
_PART = re.compile(r"([A-Z])\.?")
_ITEM = re.compile(r"(?:agenda )?items?\s+", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\bparas?\. ?(\d[\d, and–-]*)")
_NUMBERED_COMMITTEE = re.compile(r"\b((?:First|Second|Third|Fourth|Fifth|Sixth) Committee)\b")
_RECOMMENDED = re.compile(r"\b(?:recommendation|report) of the (.+?)(?: \(|\]|$)")
_MEETING = re.compile(r"\d+")
_JOB = re.compile(r"\d{2}[- ]\d{5}|N\d{7}E?")


@dataclass(frozen=True, slots=True)
class Front:
    """Whence the masthead of a statement is read: the statement and, for a part of a collection, the `whole`."""

    statement: _Element
    whole: _Element
    file_name: str

    def all(self, name: str) -> Iterator[_Element]:
        """The elements of a name above and below the text, the statement's own before those of the collection."""
        for holder in dict.fromkeys((self.statement, self.whole)):
            for part in ("preface", "conclusions", "coverPage"):
                for block in holder.iterchildren(NS + part):
                    yield from block.iter(NS + name)

    def cover(self, tag: str, /, **attributes: str) -> _Element | None:
        for holder in dict.fromkeys((self.statement, self.whole)):
            for page in holder.iterchildren(f"{NS}coverPage"):
                for element in page.iter(NS + tag):
                    if all(element.get(key) == value for key, value in attributes.items()):
                        return element
        return None

    def dated(self, name: str) -> date | None:
        """The date that the markup calls `name`; the year 1 stands for none."""
        for element in self.all("docDate"):
            if element.get("refersTo") == f"#{name}" and (day := day_of(element.get("date") or "")):
                return day
        return None


def read_masthead(front: Front, body_name: str) -> Masthead | None:
    """The masthead; None where nothing tells which resolution it is. `body_name` is who speaks in the formula."""
    symbol, inferred = _symbol(front, body_name)
    if symbol is None:
        return None
    body = body_of(symbol)
    proponent = _text(front.cover("docProponent"))
    origin = _text(front.cover("inline", name="originating document")) or proponent
    adopted, published = front.dated("adoptionDate"), front.dated("dateOfIssuance")
    if adopted is None:
        adopted = _frbr_date(front, "FRBRWork")
    return Masthead(
        symbol=symbol,
        body=body,
        title=None if body == "UNSC" else _title(front),
        adopted_on=adopted,
        published_on=published,
        session=_session(front, body),
        meeting=_meeting(front),
        agenda_items=_items(front),
        on_report=tuple(dict.fromkeys(found.symbol for found in find_symbols(origin))),
        report_paragraph=match[1].strip(" ,") if (match := _PARAGRAPH.search(origin)) else None,
        committee=_committee(proponent),
        job_numbers=_job_numbers(front),
        inferred=inferred,
        **proceedings_of(front.whole),
    )


def _text(element: _Element | None) -> str:
    return "" if element is None else words_of(element).text


def _symbol(front: Front, body_name: str) -> tuple[str | None, tuple[str, ...]]:
    """The symbol on the cover with the letter of the part; else one made of the printed number or the file's name."""
    number, letter = _number(front)
    cover = canonical(_text(front.cover("docNumber", refersTo="#symbol")) or _text(front.cover("docNumber")))
    if _RESOLUTION.fullmatch(cover):
        base = _SEVERAL.sub("", cover)
        if letter and (front.statement is not front.whole or base != cover):
            return f"{base}{letter}", ()
        return base, ()
    if cover and "/" in cover:
        return None, ()
    prefix = next((b.resolution_prefix for b in lexicon.load().bodies if b.label == body_name), None)
    if number and prefix:
        return f"{prefix}{number}{letter}", ("symbol",)
    return symbol_of_file(front.file_name), ("symbol",)


def _number(front: Front) -> tuple[str, str]:
    """The printed number without its part (`75/290`), and the letter of the part."""
    number = letter = ""
    for element in reversed(list(front.all("docNumber"))):
        text = _text(element)
        if match := _NUMBER.fullmatch(text):
            number, letter = match[1], match[2] or letter
        elif match := _PART.fullmatch(text):
            letter = match[1]
    return number, letter


@lru_cache(maxsize=4096)
def body_of(symbol: str) -> str:
    """The body whose resolutions bear symbols of this kind; the longest prefix counts."""
    prefixes = ((body.resolution_prefix or "", body.key) for body in lexicon.load().bodies)
    fits = [(len(prefix), key) for prefix, key in prefixes if prefix and symbol.startswith(prefix)]
    return max(fits)[1] if fits else slug(symbol.rsplit("/RES/", 1)[0])


def _title(front: Front) -> str | None:
    """The first title of the statement's own preface, else that of the collection it is part of."""
    for holder in dict.fromkeys((front.statement, front.whole)):
        for preface in holder.iterchildren(f"{NS}preface"):
            for element in preface.iter(f"{NS}docTitle"):
                if text := _text(element).rstrip("."):
                    return text
    return None


def _session(front: Front, body: str) -> Session | None:
    element = front.cover("session")
    value = "" if element is None else (element.get("value") or "").strip()
    if not value.isdigit() or body == "UNSC":
        return None
    words = _text(element).lower()
    kind = "ES-" if "emergency" in words else "S-" if "special" in words else ""
    return Session(body, f"{kind}{int(value)}")


def _meeting(front: Front) -> int | None:
    for name in ("inline", "location"):
        for element in front.all(name):
            if "adoptionMeeting" in (element.get("name"), (element.get("refersTo") or "").strip("#")):
                found = _MEETING.match((element.get("title") or "").strip()) or _MEETING.search(_text(element))
                if found:
                    return int(found[0])
    return None


def _items(front: Front) -> tuple[AgendaItem, ...]:
    number = _ITEM.sub("", _text(front.cover("inline", name="agenda item")), count=1)
    title = _text(front.cover("inline", name="agenda item name")) or None
    return (AgendaItem(number, title),) if number and number[0].isdigit() else ()


def _committee(proponent: str) -> str | None:
    """The committee on whose report or recommendation it was adopted: the lexicon's key, else a slug."""
    match = _NUMBERED_COMMITTEE.search(proponent) or _RECOMMENDED.search(proponent)
    if match is None:
        return None
    return _committees().get(match[1].lower(), slug(match[1]))


@cache
def _committees() -> dict[str, str]:
    """The lexicon's bodies and agents by each of their names, lower case."""
    known = [(body.key, body.label, body.names) for body in lexicon.load().bodies]
    known += [(agent.key, agent.label, agent.names) for agent in lexicon.load().agents]
    keys: dict[str, str] = {}
    for key, label, names in known:
        for name in (label, *names):
            keys.setdefault(name.lower(), key)
    return keys


def _job_numbers(front: Front) -> tuple[str, ...]:
    """The number on the foot of the first page; a part of a collection has none of its own."""
    numbers = (words_of(element).text for element in front.whole.iterfind(f"{NS}meta//{NS}docketNumber"))
    return tuple(dict.fromkeys(match[0] for text in numbers if (match := _JOB.search(text))))


def _frbr_date(front: Front, level: str) -> date | None:
    for element in front.statement.iterfind(f"{NS}meta/{NS}identification/{NS}{level}/{NS}FRBRdate"):
        if day := day_of(element.get("date") or ""):
            return day
    return None


def day_of(text: str) -> date | None:
    """A date of the markup; `0001-01-01` stands for none."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day.year > 1900 else None
