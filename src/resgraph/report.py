"""What a build tells its user: counts, and every place that a careful reader should look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from resgraph.model import Point, Request, Resolution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from resgraph.errors import InputError
    from resgraph.model import Citation, Problem, Provision, Source, Span
    from resgraph.pipeline import Document
    from resgraph.shacl_report import Report

_MOST_SHOWN = 20
_EXCERPT = 60
_UNREAD = "unread-text"
"""The kind of problem that the list of text outside every paragraph shows with its words."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of each thing was found."""

    resolutions: int = 0
    paragraphs: int = 0
    points: int = 0
    acts: int = 0
    requests: int = 0
    citations_resolved: int = 0
    citations_unresolved: int = 0
    references: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one file gave. The lists are lines to show, each with its place; `failure` is set where nothing was read."""

    path: str
    tally: Tally = Tally()
    problems: tuple[str, ...] = ()
    unknown_verbs: tuple[str, ...] = ()
    without_addressee: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    failure: InputError | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build gave; `validation` is None where the graph was not held against the shapes. `changed` is False
    where the graph of these files stood at `output` already.
    """

    files: tuple[FileReport, ...]
    output: str
    written: bool
    validation: Report | None = None
    changed: bool = True

    @property
    def failures(self) -> tuple[InputError, ...]:
        return tuple(file.failure for file in self.files if file.failure)

    @property
    def exit_code(self) -> int:
        """3 where a file could not be read, else 1 where the graph breaks a shape, else 0."""
        return 3 if self.failures else 1 if self.validation and not self.validation.conforms else 0

    def render(self, quiet: bool = False) -> str:
        """The report as text; a quiet one has only what went wrong."""
        parts = () if quiet else (self._counts(), *self._remarks())
        return "\n".join((*parts, *self._failures(), *self._ending(quiet)))

    def _counts(self) -> str:
        total = sum((file.tally for file in self.files), Tally())
        documents = len(self.files) - len(self.failures)
        rows = (
            ("documents", f"{documents:,} read", f"{len(self.failures):,} not read"),
            ("resolutions", f"{total.resolutions:,}", ""),
            ("paragraphs", f"{total.paragraphs:,}", f"with {total.points:,} points"),
            ("acts", f"{total.acts:,}", ""),
            ("requests", f"{total.requests:,}", ""),
            ("citations", f"{total.citations_resolved:,} resolved", f"{total.citations_unresolved:,} unresolved"),
            ("references back", f"{total.references:,}", ""),
            ("problems", f"{sum(len(file.problems) for file in self.files):,}", ""),
        )
        return "\n".join(f"{name:<16} {first:>15}  {second}".rstrip() for name, first, second in rows)

    def _remarks(self) -> Iterator[str]:
        yield from _by_file("problems", ((file.path, file.problems) for file in self.files))
        verbs = Counter(verb for file in self.files for verb in file.unknown_verbs)
        ranked = sorted(verbs.items(), key=lambda item: (-item[1], item[0]))
        yield from _listed("verbs that the lexicon lacks", [f"{count:>5} × {verb}" for verb, count in ranked])
        yield from _by_file("requests without addressee", ((file.path, file.without_addressee) for file in self.files))
        yield from _by_file("text outside every paragraph", ((file.path, file.unread) for file in self.files))

    def _failures(self) -> Iterator[str]:
        yield from (f"resgraph: {failure}" for failure in self.failures)

    def _ending(self, quiet: bool) -> Iterator[str]:
        if not self.written:
            yield f"resgraph: nothing was written to {self.output}, since no resolution was read"
        elif not quiet:
            yield f"\n{'written' if self.changed else 'unchanged'}: {self.output}"
        if self.validation:
            yield self.validation.to_text().rstrip("\n")


@dataclass(frozen=True, slots=True)
class Findings:
    """What one resolution gave, as lines to show."""

    tally: Tally
    problems: tuple[str, ...]
    unknown_verbs: tuple[str, ...]
    without_addressee: tuple[str, ...]


def findings_of(resolution: Resolution) -> Findings:
    source, symbol = resolution.source, resolution.symbol
    acts = [act for part in _provisions(resolution) for act in part.acts]
    return Findings(
        _tally(resolution),
        tuple(_problem_line(source, symbol, problem) for problem in resolution.problems),
        tuple(act.verb_text for act in acts if act.verb is None),
        tuple(
            f"{_line(source, act.span)}: {symbol}: {_excerpt(source, act.span)}"
            for act in acts
            if isinstance(act, Request) and not act.addressees
        ),
    )


def problems_of(document: Document) -> tuple[str, ...]:
    """The problems of a file that are no resolution's."""
    own = (problem for problem in document.problems if problem.kind != _UNREAD)
    return tuple(_problem_line(document.source, None, problem) for problem in own)


def unread_of(document: Document) -> tuple[str, ...]:
    """The text outside every resolution."""
    source = document.source
    return tuple(f"{_line(source, span)}: {_excerpt(source, span)}" for span in document.unread)


def report_of(where: str, problems: Iterable[str], unread: tuple[str, ...], findings: Sequence[Findings]) -> FileReport:
    """What a file gave: the problems of all its resolutions after its own."""
    return FileReport(
        where,
        sum((found.tally for found in findings), Tally()),
        (*problems, *(line for found in findings for line in found.problems)),
        tuple(verb for found in findings for verb in found.unknown_verbs),
        tuple(line for found in findings for line in found.without_addressee),
        unread,
    )


def _tally(resolution: Resolution) -> Tally:
    parts = tuple(_provisions(resolution))
    acts = [act for part in parts for act in part.acts]
    citations = _citations(resolution)
    unresolved = sum(citation.target is None for citation in citations)
    return Tally(
        resolutions=1,
        paragraphs=len(resolution.paragraphs),
        points=sum(isinstance(part, Point) for part in parts),
        acts=len(acts),
        requests=sum(isinstance(act, Request) for act in acts),
        citations_resolved=len(citations) - unresolved,
        citations_unresolved=unresolved,
        references=sum(len(part.references) for part in parts),
    )


def _provisions(resolution: Resolution) -> Iterator[Provision]:
    """Paragraphs and points in printed order."""
    waiting: list[Provision] = list(reversed(resolution.paragraphs))
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(part.points))


def _citations(resolution: Resolution) -> list[Citation]:
    own = (citation for part in _provisions(resolution) for citation in part.citations)
    return [*own, *(citation for footnote in resolution.footnotes for citation in footnote.citations)]


def _problem_line(source: Source, symbol: str | None, problem: Problem) -> str:
    place = _line(source, problem.span) if problem.span else ""
    return ": ".join(word for word in (place, symbol, problem.message) if word)


def _line(source: Source, span: Span) -> str:
    return f"line {source.line_of(span.start)}"


def _excerpt(source: Source, span: Span) -> str:
    words = " ".join(source.text[span.start : span.end].split())
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rstrip()}…"


def _by_file(title: str, files: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    yield from _listed(title, [f"  {path}: {line}" for path, lines in files for line in lines])


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"\n{title} ({len(lines):,})"
        yield from lines[:_MOST_SHOWN]
    if len(lines) > _MOST_SHOWN:
        yield f"  … and {len(lines) - _MOST_SHOWN:,} more"
