"""Answers: the report that a body asked for at one of its sessions and then, at that session, took note of.

Nothing is guessed. A report answers a request only where its symbol is of the session it was due at, a resolution of
that session on the same matter takes note of it, and no other report noted there fits as well.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.derive.wording import plain, subject_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import NamedNode

    from resgraph.derive.records import Act, Corpus, Part, Request, Resolution, Session

NOTING = frozenset(
    "acknowledge appreciate commend consider express-appreciation express-satisfaction having-considered "
    "having-examined having-noted having-received having-reviewed having-studied having-taken-note note review "
    "take-cognizance take-note welcome".split()
)
Found = tuple[str, "NamedNode | None", "tuple[NamedNode, ...]"]
_OWN_SUBJECT = 0.5
_COMMON_SUBJECT = 0.6


@dataclass(frozen=True, slots=True)
class Noted:
    """A report of which an act takes note; `document` is None where its symbol is not known."""

    resolution: Resolution
    part: Part
    act: Act
    words: str
    document: NamedNode | None
    evidence: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a report, with the resolution that made it; `text` is the one that was read."""

    act: Act
    request: Request
    text: Resolution
    made_in: NamedNode

    @property
    def recalled(self) -> bool:
        return self.made_in != self.text.node


@dataclass(frozen=True, slots=True)
class Answer:
    asked: Asked
    noted: Noted
    rule: str


def report_requests(corpus: Corpus) -> tuple[Asked, ...]:
    """Every request that expects a report, also one that is only recalled."""
    return tuple(asked for text in corpus.resolutions for asked in requests_in(text))


def requests_in(text: Resolution) -> Iterator[Asked]:
    """Those of one resolution."""
    for part in text.parts:
        for act in part.acts:
            if act.request and act.request.report:
                yield Asked(act, act.request, text, act.request.made_in or text.node)


def noted_reports(corpus: Corpus, resolution: Resolution) -> Iterator[Noted]:
    """The reports of which a resolution takes note, each as it is called there."""
    for part in resolution.parts:
        for act in part.acts:
            if act.verb in NOTING and "report" in act.words:
                found = list(_named_or_meant(corpus, act, part)) or list(_by_note(corpus, act, part))
                for words, document, evidence in found:
                    yield Noted(resolution, part, act, words, document, (part.node, *evidence))


def _named_or_meant(corpus: Corpus, act: Act, part: Part) -> Iterator[Found]:
    for mention in part.mentions:
        if act.holds(mention) and mention.target in corpus.symbols and "report" in mention.words:
            note = (mention.note,) if mention.note else ()
            yield mention.words, mention.target, (mention.node, *note)


def _by_note(corpus: Corpus, act: Act, part: Part) -> Iterator[Found]:
    """`the report of the Secretary-General on the implementation of resolution 75/33,2`: the note is the report's."""
    within = [mention for mention in part.mentions if act.holds(mention)]
    elsewhere = {mention.note for mention in part.mentions if not act.holds(mention)}
    said = {mention.target for mention in part.mentions}
    for note in part.notes:
        ends = [mention.start - act.start + len(mention.words) for mention in within if mention.note == note]
        words = act.words[: max(ends)] if ends else act.words
        if note not in elsewhere and "report" in words:
            described = words[words.rindex("report") :]
            documents = [d for d in corpus.notes.get(note, ()) if d in corpus.symbols and d not in said]
            yield from ((described, document, (note,)) for document in documents)
            if note in corpus.lost_notes:
                yield described, None, (note,)


def answers(
    corpus: Corpus, chain: Mapping[NamedNode, NamedNode], requests: Iterable[Asked] | None = None
) -> Iterator[Answer]:
    """Each request with its answer, as far as one is certain; all of the corpus, unless they are given."""
    in_session: dict[NamedNode, list[Resolution]] = defaultdict(list)
    for resolution in corpus.resolutions:
        if resolution.session:
            in_session[resolution.session.node].append(resolution)
    scopes = {session: _Scope.of(resolutions, chain) for session, resolutions in in_session.items()}
    noted: dict[NamedNode, tuple[Noted, ...]] = {}
    for asked in report_requests(corpus) if requests is None else requests:
        due = asked.request.due
        if due is None or due.body != asked.text.body or due.node not in scopes:
            continue
        for rule, later in scopes[due.node].on_the_matter_of(asked, chain):
            if later.node not in noted:
                noted[later.node] = tuple(noted_reports(corpus, later))
            found = _best(asked, rule, [n for n in noted[later.node] if _of_session(n, due, corpus)], corpus)
            if found:
                yield Answer(asked, found, rule)
                break


@dataclass(frozen=True, slots=True)
class _Scope:
    """The resolutions of one session, by the series they belong to and by what they cite."""

    by_chain: Mapping[NamedNode, list[Resolution]]
    by_cited: Mapping[NamedNode, list[Resolution]]

    @classmethod
    def of(cls, resolutions: Iterable[Resolution], chain: Mapping[NamedNode, NamedNode]) -> _Scope:
        by_chain: dict[NamedNode, list[Resolution]] = defaultdict(list)
        by_cited: dict[NamedNode, list[Resolution]] = defaultdict(list)
        for resolution in resolutions:
            if resolution.node in chain:
                by_chain[chain[resolution.node]].append(resolution)
            for cited in sorted(resolution.cites, key=lambda node: node.value):
                by_cited[cited].append(resolution)
        return cls(by_chain, by_cited)

    def on_the_matter_of(self, asked: Asked, chain: Mapping[NamedNode, NamedNode]) -> Iterator[tuple[str, Resolution]]:
        if asked.recalled:
            yield "recalled-and-noted", asked.text
            return
        series = self.by_chain.get(chain.get(asked.text.node, asked.text.node), [])
        later = [r for r in series if r.adopted > asked.text.adopted]
        yield from (("noted-in-series", r) for r in later)
        cited = (r for r in self.by_cited.get(asked.text.node, []) if r.adopted > asked.text.adopted)
        yield from (("noted-where-recalled", r) for r in cited if r not in later)


def _of_session(noted: Noted, due: Session, corpus: Corpus) -> bool:
    if noted.document is None:
        return True
    return (corpus.notations.get(due.body, ""), due.number) in symbol_sessions(corpus.symbols[noted.document])


def symbol_sessions(symbol: str) -> frozenset[tuple[str, int]]:
    """Body and number of the sessions that a symbol names: two in the case of `A/76/74-E/2021/54`."""
    found = set()
    for one in symbol.replace("-E/", " E/").replace("-S/", " S/").split():
        match one.split("/"):
            case ["A", "HRC", number, *_] if number.isdecimal():
                found.add(("UNHRC", int(number)))
            case ["A", number, *_] if number.isdecimal():
                found.add(("UNGA", int(number)))
            case ["E", "CN.4", year, *_] if year.isdecimal():
                found.add(("CHR", int(year) - 1944))
            case ["E", year, *_] if year.isdecimal():
                found.add(("ECOSOC", int(year)))
    return frozenset(found)


def _best(asked: Asked, rule: str, candidates: list[Noted], corpus: Corpus) -> Noted | None:
    """The one report that fits best; None where none does, or two do equally."""
    scored = [(score, noted) for noted in candidates if (score := _fit(asked, rule, noted, corpus)) > 0]
    best = max((score for score, _ in scored), default=0.0)
    fitting = [noted for score, noted in scored if score == best]
    reports = {corpus.symbols[noted.document].split("/Add.")[0] if noted.document else "" for noted in fitting}
    return fitting[0] if len(reports) == 1 else None


def _fit(asked: Asked, rule: str, noted: Noted, corpus: Corpus) -> float:
    """How well the report fits the request, 0 where it does not: by who wrote it, and on what."""
    author = next((name for name in _names(asked, corpus) if name in plain(noted.words)), None)
    if author is None or ("transmitting" in noted.words and "transmit" not in asked.request.asks):
        return 0.0
    if plain(asked.request.deliverable).startswith("oral"):
        return 0.0  # what is said leaves no document
    subject = subject_words(noted.words) - subject_words(author)
    wanted = subject_words(f"{asked.request.deliverable} {asked.request.asks}")
    of_matter = subject_words(asked.text.title) | subject_words(noted.resolution.title)
    own, common = shared(subject, wanted), shared(subject, wanted | of_matter)
    named = any(mention.target == asked.text.node and noted.act.holds(mention) for mention in noted.part.mentions)
    if rule == "noted-where-recalled":
        return named + own + common if named or (len(subject) > 1 and own >= _COMMON_SUBJECT) else 0.0
    if named or not subject:
        return named + 0.5
    return own + common if common >= _OWN_SUBJECT else 0.0


def _names(asked: Asked, corpus: Corpus) -> list[str]:
    """The names of those asked, the longest first; a mandate also by its office, which texts part from its subject:
    "the Special Rapporteur of the Human Rights Council on the right to food".
    """
    labels = [label for agent in asked.request.addressees if (label := corpus.labels.get(agent))]
    names = {plain(name) for label in labels for name in (label, label.partition(" on ")[0])}
    return sorted(names, key=lambda name: (-len(name), name))


def shared(some: frozenset[str], others: frozenset[str]) -> float:
    """The share of the first words that are among the others."""
    return len(some & others) / len(some) if some else 0.0
