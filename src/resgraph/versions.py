"""One resolution from several files: the best form is what the graph says, the others are linked and compared to it.

A form is better the more it says itself of what its parts are: markup, Word, HTML, plain text, PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from resgraph.readers.media import AKN, DOC, DOCX, HTML, PDF, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from resgraph.model import Citation, Masthead, Provision, Resolution

_BEST_FIRST = tuple(media.media_type for media in (AKN, DOCX, DOC, HTML, TEXT, PDF))
_MOST_NAMED = 8
_HYPHENS = str.maketrans("\u2010\u2011", "--")

Marks = dict[tuple[str, str], str]
"""By part and aspect (`operative paragraph 4`, `text`), a word that is the same where the two are."""


def rank(media_type: str) -> int:
    """The place of a form among all, the best first."""
    return _BEST_FIRST.index(media_type) if media_type in _BEST_FIRST else -1


@dataclass(frozen=True, slots=True)
class Home:
    """The document that the graph has a resolution from, by its path, its hash, the key of its marks, and all
    resolutions in it.
    """

    where: str
    sha256: str
    key: str
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sifted:
    """Of a document's resolutions, by position: those that the graph has from it, those it is a second source of."""

    kept: tuple[int, ...]
    seconds: tuple[int, ...]
    remarks: tuple[str, ...]


@dataclass(slots=True)
class Versions:
    """What has been read of each resolution so far; `marks` gives those of all resolutions of a document by its key."""

    marks: Callable[[str], Sequence[Marks]]
    homes: dict[str, Home] = field(default_factory=dict)

    def sift(self, document: Home) -> Sifted:
        """What of a document is new; it is taken note of."""
        kept: list[int] = []
        seconds: list[int] = []
        remarks: list[str] = []
        for n, symbol in enumerate(document.symbols):
            home = self.homes.setdefault(symbol, document)
            if symbol in document.symbols[:n]:
                remarks.append(f"{symbol} was read from this file already; it is left out here")
            elif home is document:
                kept.append(n)
            elif home.sha256 == document.sha256:
                remarks.append(f"{symbol} was read from {home.where} already; it is left out here")
            else:
                seconds.append(n)
                remarks.append(self._remark(symbol, home, self.marks(document.key)[n]))
        return Sifted(tuple(kept), tuple(seconds), tuple(remarks))

    def _remark(self, symbol: str, home: Home, own: Marks) -> str:
        other = self.marks(home.key)[home.symbols.index(symbol)]
        words = _differing(own, other)
        more = f" and {len(words) - _MOST_NAMED} more" if len(words) > _MOST_NAMED else ""
        said = f"differs from it in {', '.join(words[:_MOST_NAMED])}{more}" if words else "says the same"
        return f"{symbol} was read from {home.where} already; this file is its second source and {said}"


def _differing(own: Marks, other: Marks) -> list[str]:
    """The parts in which two texts of a resolution differ, each with its aspects."""
    places: dict[str, list[str]] = {}
    for place, aspect in {**other, **own}:
        if own.get((place, aspect)) != other.get((place, aspect)):
            places.setdefault(place, []).append(aspect)
    return [f"{place} ({', '.join(aspects)})" if any(aspects) else place for place, aspects in places.items()]


def marks_of(resolution: Resolution) -> Marks:
    """What a resolution says, part by part, as short words to compare."""
    marks = {(name, ""): _word(value) for name, value in _printed(resolution.masthead)}
    for kind, parts in (("preambular paragraph", resolution.preamble), ("operative paragraph", resolution.operative)):
        for part in parts:
            _mark(marks, f"{kind} {getattr(part, 'number', part.position)}", part)
    for note in resolution.footnotes:
        marks[f"footnote {note.marker}", "text"] = _word(_plain(note.text or ""))
        marks[f"footnote {note.marker}", "citations"] = _word(_targets(note.citations))
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


def _mark(marks: Marks, place: str, part: Provision) -> None:
    marks[place, "text"] = _word(_plain(part.text))
    marks[place, "acts"] = _word(tuple(act.verb or act.verb_text for act in part.acts))
    marks[place, "citations"] = _word(_targets(part.citations))
    marks[place, "notes"] = _word(part.notes)
    for point in part.points:
        _mark(marks, f"{place} ({point.number})", point)


def _targets(citations: Iterable[Citation]) -> tuple[str, ...]:
    return tuple(sorted(f"{citation.target} {citation.locator}" for citation in citations))


def _plain(text: str) -> str:
    return " ".join(text.translate(_HYPHENS).split())


def _word(value: object) -> str:
    """Equal values have equal words, in every process."""
    return blake2b(repr(value).encode(), digest_size=8).hexdigest()
