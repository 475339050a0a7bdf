"""The schema of the word tables: the fields of a dataclass are the keys its TOML table may have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date  # noqa: TC003 (the reader of the tables looks at the types of the fields)
from typing import Literal

Force = Literal["directive", "deciding", "observing", "reinforcing", "evaluative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """An act of a resolution, in every form in which it is printed.

    `nouns` are what must follow the form for this verb to be meant, with a possessive or article and qualifiers between
    ("expresses [its] [deep] concern"); a form is claimed by one verb for one noun (or for none).
    `third` opens operative paragraphs ("takes note of"), `participle` and `adjective` preambular ones ("taking note
    of", "concerned"); `past` and `base` occur in reports of acts ("requested", "to request"). Forms are lower-case and
    carry no adverb, except where it is part of the verb. `request` tells whether the act asks somebody to do something.
    `opening_only` marks words so common in other uses ("ensuring", "establishes", "in the light of") that they are an
    act only where they open a paragraph.
    """

    slug: str
    label: str
    force: Force
    third: tuple[str, ...] = ()
    participle: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    request: bool = False
    opening_only: bool = False
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every printed form, without repetition."""
        return tuple(dict.fromkeys((*self.third, *self.participle, *self.adjective, *self.past, *self.base)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Adverb:
    """Words of the leading phrase, `before` the verb ("strongly condemns") or `after` it ("notes with concern").

    Qualifiers may stand after the first of several words ("with deep concern"), and an adverb that may stand after a
    verb may also part its words ("calls once again upon").
    """

    words: str
    before: bool = False
    after: bool = False
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier:
    """A word between a verb and its noun ("its deep concern") or before a feeling ("with deep concern")."""

    word: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionYears:
    """Sessions `first` to `last` (None: to this day) opened `per_year` a year, the first of them in `year`."""

    first: int
    year: int
    last: int | None = None
    per_year: int = 1

    def year_of(self, session: int) -> int | None:
        """The year in which a session opened, None where this rule does not reach."""
        if session < self.first or (self.last is not None and session > self.last):
            return None
        return self.year + (session - self.first) // self.per_year

    def session_of(self, year: int) -> int | None:
        """The one session that opened in a year, None where there were none or several."""
        session = self.first + year - self.year
        return session if self.per_year == 1 and self.year_of(session) == year else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organ that adopts resolutions or receives reports.

    `names` are printed in running text, the full name first; `formulas` open its resolutions; prefixes are those of its
    symbols; `sessions` says whether sessions are `numbered`, known by their year (`yearly`), or not counted (`none`);
    `parent` is the body above, `predecessor` the one whose work it took over; `akn_actor` is the body in the names of
    Akoma Ntoso.
    """

    key: str
    label: str
    names: tuple[str, ...]
    formulas: tuple[str, ...] = ()
    resolution_prefix: str | None = None
    document_prefix: str | None = None
    parent: str | None = None
    predecessor: str | None = None
    sessions: Literal["numbered", "yearly", "none"] = "none"
    session_years: tuple[SessionYears, ...] = ()
    wikidata: str | None = None
    akn_actor: str | None = None
    examples: tuple[str, ...] = ()

    def year_of_session(self, session: int) -> int | None:
        """The year in which the regular session of that number opened."""
        return next((y for rule in self.session_years if (y := rule.year_of(session)) is not None), None)

    def session_of_year(self, year: int) -> int | None:
        """The number of the one regular session that opened in a year."""
        return next((s for rule in self.session_years if (s := rule.session_of(year)) is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentEntry:
    """An office, group or body that is addressed or named; `names` are its printed forms, case as printed.

    `heads` are what later paragraphs of the same text call it once it has been named ("the Committee").
    """

    key: str
    label: str
    kind: Literal["office", "group", "body"]
    names: tuple[str, ...]
    heads: tuple[str, ...] = ()
    wikidata: str | None = None
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A State; `names` are all its printed forms, the short name in use first, then formal and earlier names.

    `member` is false of the observer States and of `former` Members of the United Nations.
    """

    key: str
    label: str
    names: tuple[str, ...]
    member: bool = True
    former: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A treaty, declaration or programme cited by name.

    `names` are printed in full; `heads` are what later paragraphs call it ("the Convention"); `adopted_as` is the
    symbol of the resolution or document that adopted it, `locator` its place there.
    """

    short: str
    label: str
    kind: Literal["treaty", "declaration", "programme"]
    names: tuple[str, ...]
    heads: tuple[str, ...] = ()
    adopted_as: str | None = None
    locator: str | None = None
    adopted_on: date | None = None
    wikidata: str | None = None
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collective:
    """A name that stands for several instruments ("the International Covenants on Human Rights")."""

    names: tuple[str, ...]
    members: tuple[str, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """A list of words that a recogniser looks for, known by its `name`."""

    name: str
    words: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """The words as alternatives of a regular expression, the longest first."""
        return "|".join(re.escape(word) for word in sorted(self.words, key=lambda w: (-len(w), w)))
