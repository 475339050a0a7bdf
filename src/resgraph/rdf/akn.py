"""The names by which Akoma Ntoso knows a resolution and its paragraphs, where the date of adoption is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.iris import repeated
from resgraph.lexicon import load
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pyoxigraph import NamedNode

    from resgraph.model import OperativeParagraph, Resolution
    from resgraph.rdf.scope import Scope


def akn_quads(scope: Scope, paragraphs: Iterable[tuple[OperativeParagraph, NamedNode]]) -> None:
    """The alias of the resolution, and of each numbered paragraph whose number no other one has."""
    work = akn_alias(scope.resolution)
    if work is None:
        return
    scope.say(scope.node, RG.aknAlias, work)
    parts = tuple(paragraphs)
    twice = repeated(paragraph.number for paragraph, _ in parts)
    for paragraph, node in parts:
        if paragraph.number not in twice:
            scope.say_optional(node, RG.aknAlias, akn_paragraph(work, paragraph.number))


def akn_alias(resolution: Resolution) -> str | None:
    """The name of the work; None without a date, or where the symbol is not of a series that has such names."""
    masthead = resolution.masthead
    body = load().body(masthead.body)
    number = resolution.symbol.removeprefix(body.resolution_prefix or resolution.symbol)
    if not (masthead.adopted_on and body.akn_actor and number):
        return None
    return akn_work(body.akn_actor, masthead.adopted_on, number)


def akn_work(actor: str, adopted_on: date, number: str) -> str:
    """A resolution as Akoma Ntoso names it, from the root on: `/akn/un/statement/deliberation/un-ga/2002-12-18/57-201`.

    `number` is the symbol without what names the series: `57/201`, `2576(2021)`, `217(III)A`.
    """
    pieces = "".join(c if c == "-" or (c.isascii() and c.isalnum()) else " " for c in number).split()
    return f"/akn/un/statement/deliberation/{actor}/{adopted_on.isoformat()}/{'-'.join(pieces)}"


def akn_paragraph(work: str, number: str) -> str | None:
    """A numbered paragraph of a resolution named so, None where its number is no plain one."""
    return f"{work}/!main~para_{number}" if number.isascii() and number.isalnum() else None
