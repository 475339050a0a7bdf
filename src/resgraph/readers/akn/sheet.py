"""The text that is stored for a document of markup: one paragraph a line, as printed.

Numbers and labels open their lines; note marks stand raised after their words (`2020,¹`), as they are printed; the
notes of a resolution stand below it, each behind its raised mark.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from resgraph.model import Link, NoteMark, Passage, PrintedFootnote, Problem, Run, Span
from resgraph.readers.akn.links import disagrees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.readers.akn.words import Words

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class _Due:
    """A note to be printed: the marker that names it, and the one that is printed."""

    marker: str
    printed: str
    words: Words


@dataclass(slots=True)
class Sheet:
    """Lines as they are written, with the notes whose marks have been written and the problems met on the way."""

    lines: list[str] = field(default_factory=list)
    length: int = 0
    notes: list[_Due] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n" if self.lines else ""

    def write(self, words: Words, before: str = "") -> Passage:
        """Writes the words on a line of their own behind a number or label, and tells which passage they are."""
        text, italics, links = words.text, tuple(words.italics), tuple(words.links)
        prefix = f"{before} " if before else ""
        if not words.marks:
            run = Run(0, self.length + len(prefix), len(text))
            self._line(f"{prefix}{text}")
            passage = Passage(text, (run,), (), italics, links)
            return self._checked(passage) if links else passage
        pieces, runs, marks = [prefix], list[Run](), list[NoteMark]()
        here, at = self.length + len(prefix), 0
        for (marker, place), note in zip(words.marks, words.notes, strict=True):
            place = len(text[:place].rstrip())
            raised = marker.translate(_RAISED)
            printed = f"{' ' if marks and place == at else ''}{raised}"
            pieces += (text[at:place], printed)
            if at < place:
                runs.append(Run(at, here, place - at))
            here += place - at + len(printed)
            at = place
            span = Span(here - len(printed.lstrip()), here)
            marks.append(NoteMark(self._named(marker, raised, note, span), place, span))
        pieces.append(text[at:])
        if at < len(text):
            runs.append(Run(at, here, len(text) - at))
        self._line("".join(pieces))
        return self._checked(Passage(text, tuple(runs), tuple(marks), italics, links))

    def print_notes(self) -> tuple[PrintedFootnote, ...]:
        """Writes the notes that are due below what was written, and forgets them."""
        due, self.notes = self.notes, []
        return tuple(PrintedFootnote(note.marker, self._note(note)) for note in due)

    def _note(self, note: _Due) -> Passage | None:
        return self.write(note.words, note.printed) if note.words.text else None

    def take_problems(self) -> tuple[Problem, ...]:
        problems, self.problems = tuple(self.problems), []
        return problems

    def _line(self, text: str) -> None:
        self.lines.append(text)
        self.length += len(text) + 1

    def _named(self, marker: str, raised: str, note: Words, span: Span) -> str:
        """The name of a note: its marker, with a count where notes of one resolution share it; never an empty one."""
        same = [due for due in self.notes if due.printed == raised]
        if same and not note.text:
            return same[-1].marker
        name = f"{marker}-{len(same) + 1}" if same else marker or f"n{len(self.notes) + 1}"
        self.notes.append(_Due(name, raised, note))
        if same or not marker:
            what = f"more than one footnote is marked {marker}" if marker else "a footnote has no mark"
            self.problems.append(Problem("footnote-marks", f"{what}; this one is called {name}", span))
        if not note.text:
            self.problems.append(Problem("missing-footnote", f"mark {marker} has no footnote", span))
        return name

    def _checked(self, passage: Passage) -> Passage:
        """The passage, whose links are held against the words they stand on."""
        for link in passage.links:
            printed = passage.text[link.start : link.end]
            if disagrees(printed, link.symbol):
                message = f"‘{printed}’ is linked to {link.symbol}; the link is followed"
                self.problems.append(Problem("link-differs", message, passage.span(link.start, link.end)))
        return passage


def joined(passages: Sequence[Passage]) -> Passage:
    """Passages that make one paragraph, a single space between them."""
    if len(passages) == 1:
        return passages[0]
    whole = passages[0]
    for passage in passages[1:]:
        shift = len(whole.text) + 1
        whole = Passage(
            f"{whole.text} {passage.text}",
            (*whole.runs, *(replace(run, at=run.at + shift) for run in passage.runs)),
            (*whole.marks, *(replace(mark, at=mark.at + shift) for mark in passage.marks)),
            (*whole.italics, *(Span(span.start + shift, span.end + shift) for span in passage.italics)),
            (*whole.links, *(Link(a.start + shift, a.end + shift, a.symbol) for a in passage.links)),
        )
    return whole
