"""Leading phrases: the verb of an act with its adverbs, `Again calls upon`, `Noting with deep concern`.

Operative paragraphs open with a verb in the third person, preambular ones with a participle or an adjective (UN
Editorial Manual, "Resolutions"); adverbs tell apart acts of the same kind ("Also requests", "Further requests",
"Requests also").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from resgraph.lexicon import load
from resgraph.model.values import value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resgraph.lexicon import Verb

OPERATIVE = "third"
PREAMBULAR = "participle"
REPORTED = "past"

_KINDS = {OPERATIVE: ("third",), PREAMBULAR: ("participle", "adjective"), REPORTED: ("past",)}


@value
class Lead:
    """A leading phrase at `text[start:end]`, its verb without noun at `text[start:verb_end]`; `adverbs` in printed
    order.
    """

    start: int
    verb_end: int
    end: int
    verb: Verb
    adverbs: tuple[str, ...]


def _pattern(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def _qualifiers() -> str:
    """Any run of qualifiers: `deep and continuing `, `full, `."""
    return rf"(?:(?:{_pattern(q.word for q in load().qualifiers)})(?:,| and|, and)? ){{0,6}}"


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_pattern(a.words for a in load().adverbs if a.before)})(?![\w-])(?: and (?=\w))?,? ?", re.I
    )


@cache
def _after() -> re.Pattern[str]:
    """An adverb after (or inside) the verb; "with concern" may be qualified, "with deep concern"."""
    plain = [a.words for a in load().adverbs if a.after and not a.words.startswith("with ")]
    feelings = [a.words.removeprefix("with ") for a in load().adverbs if a.after and a.words.startswith("with ")]
    return re.compile(rf" (?:{_pattern(plain)}|with {_qualifiers()}(?:{_pattern(feelings)}))(?![\w-])", re.I)


@cache
def _inside() -> re.Pattern[str]:
    """What may part the words of a verb: `takes due note of`, `calls once again upon`."""
    words = [a.words for a in load().adverbs] + [q.word for q in load().qualifiers]
    return re.compile(rf" (?:{_pattern(words)})(?![\w-])", re.I)


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<gap>{_after().pattern})?(?: (?P<article>its|the|their|our))? {_qualifiers()}(?P<noun>[A-Za-z-]+)", re.I
    )


@dataclass(frozen=True, slots=True)
class _Form:
    """A printed form with the verbs that have it, those that want a noun before those that do not."""

    words: str
    verbs: tuple[Verb, ...]


@cache
def _forms(kind: str) -> dict[str, tuple[_Form, ...]]:
    """The printed forms of one kind by their first word, the longest first."""
    verbs: dict[str, list[Verb]] = {}
    for verb in load().verbs:
        for field in _KINDS[kind]:
            for form in getattr(verb, field):
                verbs.setdefault(form, []).append(verb)
    table: dict[str, list[_Form]] = {}
    for form in sorted(verbs, key=len, reverse=True):
        bearers = tuple(sorted(verbs[form], key=lambda verb: not verb.nouns))
        table.setdefault(re.split(r"[ \-]", form, maxsplit=1)[0], []).append(_Form(form, bearers))
    return {word: tuple(forms) for word, forms in table.items()}


_WORD = re.compile(r"\w+")


def _firsts(phrases: Iterable[str]) -> frozenset[str]:
    """The words by which phrases begin, lower case: by them most places are ruled out."""
    return frozenset(word[0].lower() for phrase in phrases if (word := _WORD.match(phrase)))


@cache
def _first_before() -> frozenset[str]:
    return _firsts(adverb.words for adverb in load().adverbs if adverb.before)


@cache
def _first_after() -> frozenset[str]:
    return _firsts(adverb.words for adverb in load().adverbs if adverb.after)


@cache
def first_words(kind: str) -> frozenset[str]:
    """The words by one of which every leading phrase begins, lower case."""
    return _first_before().union(_forms(kind))


def _word_at(text: str, at: int) -> str:
    word = _WORD.match(text, at)
    return word[0].lower() if word else ""


def lead_at(text: str, at: int, kind: str) -> Lead | None:
    """The leading phrase that begins at `at`, or None; British and American spellings meet in the lexicon."""
    word = _word_at(text, at)
    if word not in first_words(kind):
        return None
    end, adverbs = at, []
    while word in _first_before() and (match := _before().match(text, end)):
        adverbs.append(match[0].strip(" ,").lower())
        end = match.end()
        word = _word_at(text, end)
    for form in _forms(kind).get(word, ()):
        found = _match(text, end, form)
        if found is None:
            continue
        stop = found.end - (
            3 if text[found.end - 3 : found.end].lower() == " of" else 0
        )  # "*Takes note* of the report"
        adverbs += found.adverbs
        while _word_at(text, stop + 1) in _first_after() and (match := _after().match(text, stop)):
            adverbs.append(match[0].strip().lower())
            stop = match.end()
        return Lead(at, min(found.verb_end, stop), stop, found.verb, tuple(adverbs))
    return None


@value
class _Matched:
    """The verb of a form, where the form ends without and with its noun, and the adverbs that part its words."""

    verb: Verb
    verb_end: int
    end: int
    adverbs: tuple[str, ...]


_SAME_KIND = re.compile(r" (?:also|further|again|once more|once again)\b", re.I)


def _match(text: str, start: int, form: _Form) -> _Matched | None:
    """A form that begins at `start`, of the verb whose noun follows; None where it does not stand there."""
    within: list[str] = []
    stop = start + len(form.words)
    if text[start:stop].lower() != form.words:
        stop, within = _parted(text, start, form.words)
    if not stop or text[stop : stop + 1].isalnum():
        return None
    verb_end = again.end() if (again := _SAME_KIND.match(text, stop)) else stop
    noun = _noun().match(text, stop) if form.verbs[0].nouns else None
    if noun and noun["article"] == "the" and form.words.startswith(("reiterat", "renew", "repeat")):
        noun = None  # "*Reiterates* the call by"
    word = noun["noun"].lower() if noun else ""
    for verb in form.verbs:
        if not verb.nouns:
            return _Matched(verb, verb_end, stop, tuple(within))
        if noun and word in verb.nouns:
            gap = (noun["gap"].strip().lower(),) if noun["gap"] else ()
            return _Matched(verb, verb_end, noun.end(), (*within, *gap))
    return None


def _parted(text: str, start: int, form: str) -> tuple[int, list[str]]:
    first, _, rest = form.partition(" ")
    if not rest or text[start : start + len(first)].lower() != first:
        return 0, []
    there = f" {rest}" in text[start : start + len(form) + 60].lower()
    inside = _inside().match(text, start + len(first)) if there else None
    if inside is None:
        return 0, []
    stop = inside.end() + 1 + len(rest)
    return (stop, [inside[0].strip().lower()]) if text[inside.end() : stop].lower() == f" {rest}" else (0, [])
