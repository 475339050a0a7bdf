"""An office's metadata of resolutions, one JSON object a line: votes, sponsors, subjects, records, joined by symbol.

The form is that of the Department for General Assembly and Conference Management: `symbol`, `adoption_type`,
`MS_in_favour`, `sponsors`, `subjects`, `pv` and the like, all of them strings or lists of strings.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from resgraph.errors import InputError
from resgraph.model import Adoption, AgendaItem, Ballot, Masthead, Problem, Segmented, Subject
from resgraph.numerals import first_date
from resgraph.readers.files import read_bytes
from resgraph.readers.sponsors import sponsors_of, symbols_in
from resgraph.readers.states import state_named
from resgraph.readers.text import decode
from resgraph.symbols import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_SYMBOL = re.compile(r"[A-Z][A-Z./]*/RES/[\w.()/-]+?(?:(?P<first>[A-Z])-(?P<last>[A-Z]))?")
_HEAD = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{[^\n]{0,200}?"symbol"\s*:\s*"')
_ITEM = re.compile(r"(?:agenda )?items?\s+", re.IGNORECASE)
_CHOICES = {"MS_in_favour": "for", "MS_against": "against", "MS_abstaining": "abstained"}
_FILLED = (
    *("title", "adopted_on", "meeting", "agenda_items", "on_report", "report_paragraph", "adoption"),
    *("drafts", "sponsors", "additional_sponsors", "submitted_by", "meeting_record", "subjects"),
)
_COMPARED = ("adopted_on", "meeting", "meeting_record")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is told of each resolution, by symbol, as a masthead that has little but it."""

    told: Mapping[str, Masthead] = field(default_factory=dict)

    def added_to(self, segmented: Segmented) -> Segmented:
        """The same resolutions, with what their documents leave open; what differs is a problem of the resolution."""
        if not self.told:
            return segmented
        resolutions = []
        for printed in segmented.resolutions:
            if told := self.told.get(printed.masthead.symbol):
                problems = (*printed.problems, *_differences(printed.masthead, told))
                printed = replace(printed, masthead=_filled(printed.masthead, told), problems=problems)
            resolutions.append(printed)
        return replace(segmented, resolutions=tuple(resolutions))

    def digest(self, symbols: Iterable[str]) -> str:
        """A word that is the same where the same is told of these resolutions; none where nothing is."""
        told = [repr(self.told[symbol]) for symbol in symbols if symbol in self.told]
        return sha256("\n".join(told).encode()).hexdigest() if told else ""


NO_METADATA = Metadata()


def set_apart(files: Iterable[Path]) -> tuple[Metadata, tuple[Path, ...], tuple[InputError, ...]]:
    """The metadata among the files, the files that are documents, and the faults of metadata that cannot be read."""
    told: dict[str, Masthead] = {}
    documents: list[Path] = []
    faults: list[InputError] = []
    for path in files:
        if not _is_metadata(path):
            documents.append(path)
            continue
        try:
            told.update(read_metadata(path).told)
        except InputError as error:
            faults.append(error)
    return Metadata(told), tuple(documents), tuple(faults)


def _is_metadata(path: Path) -> bool:
    """Whether a file opens with a JSON object that has a symbol."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return opens_as_metadata(file.read(512))
    except (OSError, ValueError):
        return False


def opens_as_metadata(head: bytes) -> bool:
    return _HEAD.match(head) is not None


def read_metadata(path: Path) -> Metadata:
    """The metadata in a file. Raises InputError, naming the line, where it is of another form."""
    return metadata_in(read_bytes(path), str(path))


def metadata_in(data: bytes, where: str) -> Metadata:
    """The same of the bytes of a file."""
    told: dict[str, Masthead] = {}
    for number, line in enumerate(decode(data, where).splitlines(), 1):
        if line.strip():
            told.update((masthead.symbol, masthead) for masthead in _mastheads(_entry(line, f"{where}:{number}")))
    return Metadata(told)


def _entry(line: str, where: str) -> dict[str, Any]:
    remedy = "give metadata as one JSON object a line, each with its symbol"
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(where, "is no JSON", remedy) from error
    if not isinstance(entry, dict) or not isinstance(entry.get("symbol"), str):
        raise InputError(where, "has no symbol of a resolution", remedy)
    return entry


def _mastheads(entry: dict[str, Any]) -> Iterator[Masthead]:
    """One masthead for each part that the symbol names: `A/RES/75/101 A-B` is two resolutions."""
    match = _SYMBOL.fullmatch(canonical(entry["symbol"]))
    if match is None:
        return
    symbol, first, last = match[0], match["first"], match["last"]
    parts = [symbol]
    if first:
        parts = [f"{symbol.removesuffix(f'{first}-{last}')}{chr(c)}" for c in range(ord(first), ord(last) + 1)]
    told = _told(entry, single=not first)
    yield from (replace(told, symbol=part) for part in parts)


def _told(entry: dict[str, Any], *, single: bool) -> Masthead:
    origin = _text(entry, "originating_document")
    sponsors, submitted_by = sponsors_of(_texts(entry, "sponsors"))
    additional, _ = sponsors_of(_texts(entry, "additional_sponsors"))
    symbols = symbols_in(origin)
    paragraph = _text(entry, "report_paragraph")
    return Masthead(
        symbol="",
        body="",
        title=_text(entry, "title") if single else None,
        adopted_on=first_date(_text(entry, "adoption_date")),
        meeting=int(m[0]) if (m := re.match(r"\d{1,5}", _text(entry, "adoption_meeting"))) else None,
        agenda_items=_items(entry),
        on_report=symbols,
        report_paragraph=paragraph if paragraph[:1].isdigit() else None,
        adoption=_adoption(entry),
        drafts=tuple(symbol for symbol in symbols if "/L." in symbol),
        sponsors=sponsors,
        additional_sponsors=additional,
        submitted_by=submitted_by,
        meeting_record=next(iter(symbols_in(_text(entry, "pv"))), None),
        subjects=tuple(_subjects(entry)),
    )


def _text(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _texts(entry: dict[str, Any], name: str) -> tuple[str, ...]:
    values = entry.get(name)
    return tuple(" ".join(v.split()) for v in values if isinstance(v, str)) if isinstance(values, list) else ()


def _items(entry: dict[str, Any]) -> tuple[AgendaItem, ...]:
    number = _ITEM.sub("", _text(entry, "agenda_item"), count=1)
    return (AgendaItem(number, _text(entry, "agenda_item_name") or None),) if number[:1].isdigit() else ()


def _adoption(entry: dict[str, Any]) -> Adoption | None:
    kind = _text(entry, "adoption_type").lower()
    if "without a vote" in kind:
        return Adoption("without-vote")
    if "vote" not in kind:
        return Adoption("consensus") if "consensus" in kind else None
    ballots = [Ballot(state_named(n) or n, choice) for key, choice in _CHOICES.items() for n in _texts(entry, key)]
    method = "recorded-vote" if ballots else "non-recorded-vote"
    votes_for, against, abstentions = (_number(entry, f"{key}_count") for key in _CHOICES)
    return Adoption(method, votes_for, against, abstentions, tuple(ballots))


def _number(entry: dict[str, Any], name: str) -> int | None:
    text = _text(entry, name)
    return int(text) if text.isdecimal() and len(text) < 5 else None


def _subjects(entry: dict[str, Any]) -> Iterator[Subject]:
    """Headings as the thesaurus spells them; the Sustainable Development Goals by their number."""
    for goal in _texts(entry, "SDGs"):
        if re.fullmatch(r"\d{1,2}", goal):
            yield Subject(f"sdg {goal}", f"http://metadata.un.org/sdg/{goal}")
    pairs = entry.get("subjects")
    for pair in pairs if isinstance(pairs, list) else ():
        if isinstance(pair, list) and pair and isinstance(pair[0], str) and pair[0].strip():
            yield Subject(" ".join(pair[0].split()))


def _filled(masthead: Masthead, told: Masthead) -> Masthead:
    new = {name: getattr(told, name) for name in _FILLED if not getattr(masthead, name)}
    if masthead.adoption and told.adoption and not masthead.adoption.ballots and told.adoption.ballots:
        new["adoption"] = told.adoption
    if masthead.body == "UNSC":
        new.pop("title", None)
    return replace(masthead, **new)


def _differences(masthead: Masthead, told: Masthead) -> Iterator[Problem]:
    for name in _COMPARED:
        own, other = getattr(masthead, name), getattr(told, name)
        if own and other and own != other:
            what = name.replace("_", " ")
            message = f"the metadata give {other} as {what}, the document {own}; the document is followed"
            yield Problem("metadata-differ", message)
    own_count, told_count = _count(masthead), _count(told)
    if own_count and told_count and own_count != told_count:
        yield Problem("metadata-differ", f"the metadata count the votes {told_count}, the document {own_count}")


def _count(masthead: Masthead) -> str:
    vote = masthead.adoption
    return f"{vote.votes_for}-{vote.votes_against or 0}-{vote.abstentions or 0}" if vote and vote.votes_for else ""
