"""What the links of the markup say of the mentions they cover: a link is the author's word on what is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from resgraph.recognise.mentions import NumberMention, SymbolMention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.model import Link
    from resgraph.recognise.mentions import Mention


def with_links(mentions: Sequence[Mention], links: Sequence[Link]) -> list[Mention]:
    """The mentions with the documents to which they are linked; a link that covers none is a mention of its own."""
    told: list[Mention] = []
    used: set[int] = set()
    for mention in mentions:
        over = [n for n, link in enumerate(links) if link.start < mention.end and mention.start < link.end]
        if over and isinstance(mention, (NumberMention, SymbolMention)):
            used.add(over[0])
            mention = _linked(mention, links[over[0]].symbol)
            used.update(n for n in over if links[n].symbol == links[over[0]].symbol)
        told.append(mention)
    return [*told, *(SymbolMention(k.start, k.end, k.symbol) for n, k in enumerate(links) if n not in used)]


def _linked(mention: NumberMention | SymbolMention, symbol: str) -> NumberMention | SymbolMention:
    if isinstance(mention, NumberMention):
        return replace(mention, linked=symbol)
    return mention if _same(mention.symbol, symbol) else replace(mention, symbol=symbol)


def _same(printed: str, linked: str) -> bool:
    """Whether a printed symbol says as much as the link; a joint one (`A/56/1026-S/2002/932`) says more."""
    first, second = _folded(printed), _folded(linked)
    return first == second or first.startswith(f"{second}-") or first.endswith(f"-{second}")


def _folded(symbol: str) -> str:
    return symbol.replace(" ", "").replace(".)", ")").upper()
