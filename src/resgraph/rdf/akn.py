"""The names by which Akoma Ntoso knows a resolution and its paragraphs, where the date of adoption is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.iris import akn_paragraph, akn_work, repeated
from resgraph.lexicon import load
from resgraph.rdf.terms import literal
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode, Quad

    from resgraph.model import OperativeParagraph, Resolution
    from resgraph.rdf.terms import Scope


def akn_quads(scope: Scope, paragraphs: Iterable[tuple[OperativeParagraph, NamedNode]]) -> Iterator[Quad]:
    """The alias of the resolution, and of each numbered paragraph whose number no other one has."""
    work = akn_alias(scope.resolution)
    if work is None:
        return
    yield from scope.say(scope.node, RG.aknAlias, literal(work))
    parts = tuple(paragraphs)
    twice = repeated(paragraph.number for paragraph, _ in parts)
    for paragraph, node in parts:
        if paragraph.number not in twice:
            yield from scope.say_optional(node, RG.aknAlias, akn_paragraph(work, paragraph.number))


def akn_alias(resolution: Resolution) -> str | None:
    """The name of the work; None without a date, or where the symbol is not of a series that has such names."""
    masthead = resolution.masthead
    body = load().body(masthead.body)
    number = resolution.symbol.removeprefix(body.resolution_prefix or resolution.symbol)
    if not (masthead.adopted_on and body.akn_actor and number):
        return None
    return akn_work(body.akn_actor, masthead.adopted_on, number)
