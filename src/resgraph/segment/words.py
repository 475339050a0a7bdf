"""What the lexicon knows about how paragraphs open and which bodies speak, ready for matching."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from resgraph import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resgraph.lexicon import Body

# "The Conference of the Parties," and "The Commission on Narcotic Drugs," open resolutions as the principal organs do;
# the comma is sometimes left out (Security Council 1946-1950) and OCR reads it as a full stop
_SPEAKER = re.compile(
    r"^[#“\"‘' _*]{0,6}The ((?:[A-Z][\w’'-]*)(?: (?:[A-Z][\w’'-]*|of|on|the|and|for|to|in)){0,14})\s?[,.:;]?[_*]{0,2}$"
)
_ORGAN = re.compile(
    r"\b(?:Assembly|Council|Commission|Committee|Sub-Commission|Board|Conference|Congress|Forum|Meeting)\b"
)
# a document in French or Spanish that stands among the English ones has the same parts
_OTHER_SPEAKER = re.compile(
    r"^(?:L[’']|Le |La |El )((?:Assemblée|Conseil|Commission|Asamblea|Consejo|Comisión)(?: [\w’-]+){0,8}),$"
)
_ADVERB = re.compile(r"(?:[A-Z]?[a-z]+ly|[Aa]lso|[Ff]urther|[Aa]gain|[Oo]nce more|[Oo]nce again)[ ,]+")
_WEAK = re.compile(r"^[A-Z][a-z]{2,}(?:ing|ed) [a-z]")
_NOUN = re.compile(
    r"^(?:States|Plans|Calls|Stresses|Supports|Reports|Requests|Demands)\b"
    r"(?! (?:that|its|the|upon|on|for|all|also|further|with|in|a|an|to|again|once))"
)
# openings of preambular paragraphs that are no verb: "In the light of", "Pursuant to", "Whereas" (1946-1950)
_OTHER_OPENING = re.compile(
    r"^(?:Whereas|Pursuant to|In (?:the )?(?:light|view|accordance|pursuance|exercise)|On the (?:basis|occasion)"
    r"|With (?:a view|the)) ?"
)


@cache
def bodies() -> dict[str, Body]:
    """Every body under each of its full names, lower case, without the article."""
    table: dict[str, Body] = {}
    for body in lexicon.load().bodies:
        for name in (*(f.strip(" ,") for f in body.formulas), body.label, body.names[0]):
            table.setdefault(re.sub(r"^the ", "", name.lower()), body)
    return table


def speaker(line: str) -> str | None:
    """The name of the body where a line is an enacting formula (`The General Assembly,`), else None."""
    if len(line) > 160:
        return None
    match = _SPEAKER.match(line)
    if match is None:
        other = _OTHER_SPEAKER.match(line)
        return other[1] if other else None
    name = match[1]
    return name if name.lower() in bodies() or _ORGAN.search(name) else None


def body_key(name: str) -> str:
    """The lexicon's key of a body, else a slug of its name."""
    body = bodies().get(name.lower())
    return body.key if body else slug(name)


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def resolution_prefix(key: str) -> str | None:
    """`A/RES/` for UNGA; None where the lexicon does not know the body's symbols."""
    return next((b.resolution_prefix for b in lexicon.load().bodies if b.key == key), None)


@dataclass(frozen=True, slots=True)
class _Forms:
    """Printed forms of verbs, a pattern for each three letters with which some of them begin."""

    patterns: dict[str, re.Pattern[str]]

    def open(self, words: str, at: int = 0) -> bool:
        pattern = self.patterns.get(words[at : at + 3].lower())
        return pattern is not None and pattern.match(words, at) is not None


def _matcher(forms: Iterable[str]) -> _Forms:
    groups: dict[str, list[str]] = {}
    for form in sorted(set(forms), key=len, reverse=True):
        groups.setdefault(form[:3].lower(), []).append(re.escape(form))
    return _Forms({start: re.compile(rf"(?:{'|'.join(group)})\b", re.I) for start, group in groups.items()})


@cache
def _participles() -> _Forms:
    return _matcher(chain.from_iterable((*v.participle, *v.adjective) for v in lexicon.load().verbs))


@cache
def _finite() -> _Forms:
    return _matcher(chain.from_iterable(v.third for v in lexicon.load().verbs))


def _after_adverbs(words: str) -> int:
    """The offset of the first word that is no adverb, of three at most."""
    at = 0
    for _ in range(3):
        match = _ADVERB.match(words, at)
        if match is None:
            break
        at = match.end()
    return at


def opens_preamble(words: str) -> bool:
    """Whether the first words are those of a preambular paragraph (`Deeply concerned`, `Recalling also`)."""
    if not words[:1].isupper():
        return False
    words = words[:80]
    forms = _participles()
    return forms.open(words) or bool(_OTHER_OPENING.match(words)) or forms.open(words, _after_adverbs(words))


def may_open_preamble(words: str) -> bool:
    """The same, for a verb that the lexicon lacks: a capitalised participle."""
    return bool(_WEAK.match(words))


def opens_operative(words: str) -> bool:
    """Whether the first words are those of an operative paragraph (`Again calls upon`, `Decides`)."""
    if not words[:1].isupper() or _NOUN.match(words):
        return False
    words = words[:80]
    forms = _finite()
    return forms.open(words) or forms.open(words, _after_adverbs(words))
