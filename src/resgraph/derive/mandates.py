"""Careers of mandates: special rapporteurs, committees, working groups, from the resolution that made them on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.derive.statements import Statement
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from resgraph.derive.records import Act, Corpus, Mention, Part, Resolution

_HEAD = re.compile(
    r"^(?:(?! of the ).)*?\b(Special Rapporteur|Independent Expert|Special Representative|Special Envoy|Special Adviser"
    r"|Working Group|Commission of Inquiry|Fact-Finding Mission|Mechanism|Committee|Panel of Experts|Group of Experts"
    r"|Monitoring Team|Mission|Force|Operation|Integrated (?:Peacebuilding )?Office)\b"
)
_NONE = re.compile(
    r"(?:First|Second|Third|Fourth|Fifth|Sixth|General|Credentials|Special|Ad Hoc|Preparatory|Scientific|Executive"
    r"|Advisory|Joint|Standing|Special Political) Committee$|Red Cross|Olympic|Paralympic"
)
_MADE = r"\b(?:establish(?:es|ed|ing)?|creat(?:e|es|ed|ing)|appoint(?:s|ed|ing)?|set(?:s|ting)? up)\b"
_CREATES = re.compile(rf"{_MADE},? (?:[^;]{{0,60}}?, )?(?:an? |one )[^,;]{{0,90}}?$")
_CREATED = re.compile(rf"{_MADE},? (?:[^;]{{0,60}}?, )?(?:an? |one |the )[^,;]{{0,90}}?$")
_EXTENDS = re.compile(r"\b(?:extend|renew|prolong)\w*\b[^;]{0,60}\bmandates?\b[^;,]{0,80}$")
_EXTENDS_ITS = re.compile(r"\b(?:extend|renew|prolong)\w*\b[^;]{0,60}$")
_ITS_MANDATE = re.compile(r"[’'](?:s )?(?:present |current )?mandate\b(?! modification)")
_WORK = re.compile(
    r"^[^,;]{0,80}?\b(?:work|efforts?|activities|reports?|contributions?|role|appointment|establishment|recommendations"
    r"|stud(?:y|ies)|visits?|findings|initiatives?|the)\b(?! cooperation)[^,;]{0,40}$"
)
_RENAMES = re.compile(
    r"\b(?:renam(?:e|es|ed|ing)|redesignat\w+|chang\w+ the (?:name|title))\b|\bmandate\b[^;,]{0,60} as $"
)
_WELCOMING = frozenset(
    "acknowledge appreciate commend express-appreciation express-satisfaction note take-note thank welcome".split()
)
_DECIDING = frozenset("appoint create decide establish extend renew request resolve set-up".split())


def mandate_statements(corpus: Corpus) -> Iterator[Statement]:
    """What each resolution does to the mandates that its acts name."""
    for resolution in corpus.resolutions:
        yield from mandates_in(resolution, corpus)


def mandates_in(resolution: Resolution, corpus: Corpus) -> Iterator[Statement]:
    """What one does."""
    for part in resolution.parts:
        mandates = {agent: head for agent in _sorted(part) if (head := _head(agent, corpus))}
        for act in part.acts if mandates else ():
            for agent, head in mandates.items():
                if place := _place(act, agent, head, mandates, corpus):
                    yield from _statements(resolution, part, act, agent, place)


def _sorted(part: Part) -> list[NamedNode]:
    return sorted(part.names, key=lambda agent: agent.value)


def _head(agent: NamedNode, corpus: Corpus) -> str:
    label = corpus.labels.get(agent, "")
    found = _HEAD.search(label) if agent in corpus.offices and not _NONE.search(label) else None
    return found[1] if found and label != found[1] else ""


def _place(
    act: Act, agent: NamedNode, head: str, mandates: dict[NamedNode, str], corpus: Corpus
) -> tuple[int, int] | None:
    """Where the act names the mandate: by its label or its letters, or by its head where no other mandate has it."""
    words = " ".join(act.words.split())
    letters = corpus.notations.get(agent, "").upper()
    for name in (corpus.labels[agent], letters, head if list(mandates.values()).count(head) == 1 else ""):
        if name and (found := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)):
            return found.span()
    return None


def _statements(
    resolution: Resolution, part: Part, act: Act, agent: NamedNode, place: tuple[int, int]
) -> Iterator[Statement]:
    words = " ".join(act.words.split())
    before, behind = words[: place[0]], words[place[1] :]
    recalled = [m.target for m in part.mentions if act.holds(m) and _is_resolution(m) and _words(m) in before]
    evidence = (part.node, act.node)
    for kind, rule in _kinds(act, before, behind, deciding=act.verb in _DECIDING and not part.preambular):
        subject = recalled[-1:] if rule.startswith("recalled") else [resolution.node]
        for node in (node for node in subject if node is not None):
            yield Statement(
                subject=node, predicate=kind, object=agent, rule=rule, evidence=evidence, as_of=resolution.adopted
            )


def _kinds(act: Act, before: str, behind: str, *, deciding: bool) -> Iterator[tuple[NamedNode, str]]:
    """What the act does to the mandate, by the words before and behind its name."""
    extends = _EXTENDS.search(before) or (_EXTENDS_ITS.search(before) and _ITS_MANDATE.match(behind))
    if deciding:
        if _CREATES.search(before):
            yield RG.createsMandate, "decides-to-make"
        if extends:
            yield RG.extendsMandate, "decides-to-extend"
        if _RENAMES.search(before):
            yield RG.renamesMandate, "decides-to-rename"
    elif _CREATED.search(before):
        yield RG.createsMandate, "recalled-as-made"
    elif extends:
        yield RG.extendsMandate, "recalled-as-extended"
    if act.verb in _WELCOMING and _WORK.search(before):
        yield RG.welcomesMandate, "work-welcomed"


def _words(mention: Mention) -> str:
    return " ".join(mention.words.split())


def _is_resolution(mention: Mention) -> bool:
    return mention.target is not None and "/RES/" in mention.target.value
