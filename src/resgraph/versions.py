"""One resolution from several files: the best form is what the graph says, the others are linked and compared to it.

A form is better the more it says itself of what its parts are: markup, Word, HTML, plain text, PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from resgraph.model import Segmented
from resgraph.rdf import source_quads
from resgraph.readers.media import AKN, BY_NAME, DOC, DOCX, HTML, PDF, TEXT, ZIP, media_type
from resgraph.readers.sandbox.outcomes import Done
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from resgraph.iris import Iris
    from resgraph.model import Citation, Masthead, Provision, Resolution
    from resgraph.pipeline import Document
    from resgraph.readers import Reading

_BEST_FIRST = tuple(media.media_type for media in (ZIP, AKN, DOCX, DOC, HTML, TEXT, PDF))
"""Archives come first, since their members are sorted in among the other files once they are read."""
_HEAD = 16_384
_MOST_NAMED = 8
_HYPHENS = str.maketrans("\u2010\u2011", "--")

_Marks = dict[tuple[str, str], int]
"""By part and aspect (`operative paragraph 4`, `text`), a number that is the same where the two are."""


def by_form(paths: Iterable[Path], form: str | None = None) -> list[Path]:
    """The files, those in a better form first, otherwise in their order; `form` names that of all of them."""
    paths = list(paths)
    return paths if form and BY_NAME[form] is not ZIP else sorted(paths, key=_rank_of_file)


def _rank_of_file(path: Path) -> int:
    try:
        if path.is_file():
            with path.open("rb") as file:
                return _rank(media_type(file.read(_HEAD)).media_type)
    except (OSError, ValueError):
        pass
    return 0


def _rank(form: str) -> int:
    return _BEST_FIRST.index(form) if form in _BEST_FIRST else 0


def in_order(readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings of files `by_form`, with the members of archives held back until what is better has come."""
    held: list[tuple[int, Reading]] = []
    best = 0
    for reading in readings:
        rank = _rank_of_reading(reading)
        if rank > best and "!" in reading.where:
            held.append((rank, reading))
            continue
        best = max(best, rank)
        held.sort(key=lambda pair: pair[0])
        while held and held[0][0] < rank:
            yield held.pop(0)[1]
        yield reading
    yield from (reading for _, reading in sorted(held, key=lambda pair: pair[0]))


def _rank_of_reading(reading: Reading) -> int:
    if not isinstance(reading.outcome, Done):
        return 0
    value = reading.outcome.value
    return _rank((value.source if isinstance(value, Segmented) else value).media_type)


@dataclass(frozen=True, slots=True)
class _Home:
    """The document that the graph has a resolution from."""

    where: str
    sha256: str
    marks: _Marks


@dataclass(slots=True)
class Versions:
    """What has been read of each resolution so far."""

    homes: dict[str, _Home] = field(default_factory=dict)

    def sift(self, document: Document) -> tuple[Document, tuple[Resolution, ...], tuple[str, ...]]:
        """The document without the resolutions that are known; those of them that it is a second source of; remarks."""
        kept: list[Resolution] = []
        seconds: list[Resolution] = []
        remarks: list[str] = []
        own: set[str] = set()
        for resolution in document.resolutions:
            symbol, home = resolution.symbol, self.homes.get(resolution.symbol)
            if symbol in own:
                remarks.append(f"{symbol} was read from this file already; it is left out here")
            elif home is None:
                kept.append(resolution)
            elif home.sha256 == document.source.sha256:
                remarks.append(f"{symbol} was read from {home.where} already; it is left out here")
            else:
                seconds.append(resolution)
                remarks.append(_remark(resolution, home))
            own.add(symbol)
        return replace(document, resolutions=tuple(kept)), tuple(seconds), tuple(remarks)

    def add(self, document: Document, where: str) -> None:
        """Takes note of what the graph has from a document."""
        for resolution in document.resolutions:
            self.homes[resolution.symbol] = _Home(where, document.source.sha256, _marks(resolution))


def second_source_quads(document: Document, seconds: Sequence[Resolution], iris: Iris) -> Iterator[Quad]:
    """The source of a document as a second one of resolutions; `document` says what else was taken from it."""
    if seconds and not document.resolutions:
        yield from source_quads(document.source, iris, document.problems)
    for resolution in seconds:
        node = iris.document(resolution.symbol)
        yield Quad(node, RG.alternateSource, iris.source(document.source.sha256), node)


def _remark(resolution: Resolution, home: _Home) -> str:
    own = _marks(resolution)
    differing = [key for key in {**home.marks, **own} if home.marks.get(key) != own.get(key)]
    places: dict[str, list[str]] = {}
    for place, aspect in differing:
        places.setdefault(place, []).append(aspect)
    words = [f"{place} ({', '.join(aspects)})" if any(aspects) else place for place, aspects in places.items()]
    more = f" and {len(words) - _MOST_NAMED} more" if len(words) > _MOST_NAMED else ""
    said = f"differs from it in {', '.join(words[:_MOST_NAMED])}{more}" if words else "says the same"
    return f"{resolution.symbol} was read from {home.where} already; this file is its second source and {said}"


def _marks(resolution: Resolution) -> _Marks:
    marks = {(name, ""): hash(value) for name, value in _printed(resolution.masthead)}
    for kind, parts in (("preambular paragraph", resolution.preamble), ("operative paragraph", resolution.operative)):
        for part in parts:
            _mark(marks, f"{kind} {getattr(part, 'number', part.position)}", part)
    for note in resolution.footnotes:
        marks[f"footnote {note.marker}", "text"] = hash(_plain(note.text or ""))
        marks[f"footnote {note.marker}", "citations"] = hash(_targets(note.citations))
    return marks


def _printed(masthead: Masthead) -> tuple[tuple[str, object], ...]:
    """What every form prints; votes and sponsors stand in the markup alone."""
    return (
        ("title", _plain(masthead.title or "")),
        ("date of adoption", masthead.adopted_on),
        ("date of publication", masthead.published_on),
        ("session", masthead.session),
        ("meeting", masthead.meeting),
        ("agenda items", tuple(item.number for item in masthead.agenda_items)),
        ("report", masthead.on_report),
    )


def _mark(marks: _Marks, place: str, part: Provision) -> None:
    marks[place, "text"] = hash(_plain(part.text))
    marks[place, "acts"] = hash(tuple(act.verb or act.verb_text for act in part.acts))
    marks[place, "citations"] = hash(_targets(part.citations))
    marks[place, "notes"] = hash(part.notes)
    for point in part.points:
        _mark(marks, f"{place} ({point.number})", point)


def _targets(citations: Iterable[Citation]) -> tuple[str, ...]:
    return tuple(sorted(f"{citation.target} {citation.locator}" for citation in citations))


def _plain(text: str) -> str:
    return " ".join(text.translate(_HYPHENS).split())
