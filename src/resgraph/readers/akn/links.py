"""Addresses of documents in the markup to canonical symbols."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from resgraph.symbols import canonical

_ADDRESS = re.compile(
    r"\s*https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)/+(?:(?:en|eng)/)*(.+)", re.IGNORECASE | re.DOTALL
)
_TAIL = re.compile(r"[\s/.,;]+$")
_QUERY = re.compile(r"[?#].*$", re.DOTALL)
# "A/59/19/Rev.1(supp)" is the address of a supplement to the Official Records; its symbol has no such ending
_SUPPLEMENT = re.compile(r" ?\(supp\.?\)$", re.IGNORECASE)
_RANGE = re.compile(r"(.+?/\d+)[ ]?[a-z](?:-[a-z])$", re.IGNORECASE)
_RESOLUTION = re.compile(r"^((?:[A-Z]+/)+)RES/(.+)$", re.IGNORECASE)
_FIT = re.compile(r"[A-Z][A-Za-z0-9.]*(?:/[A-Za-z0-9(][A-Za-z0-9 .()&,+‑-]*)+", re.ASCII)
_JOINT = re.compile(r"-(?=[A-Z]+/)")
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=16384)
def symbol_of_address(address: str) -> str | None:
    """`https://undocs.org/en/A/RES/67/234b` -> `A/RES/67/234B`; None where it is no UN document's address.

    Parts A to B of a resolution (`74/270a-b`) are linked as one; the symbol is then that of the whole.
    """
    match = _ADDRESS.match(unquote(address))
    if match is None:
        return None
    symbol = _SUPPLEMENT.sub("", _TAIL.sub("", _QUERY.sub("", match[1])))
    if ranged := _RANGE.match(symbol):
        symbol = ranged[1]
    root, _, rest = symbol.partition("/")
    symbol = canonical(f"{root.upper()}/{rest}")
    if resolution := _RESOLUTION.match(symbol):
        symbol = f"{resolution[1].upper()}RES/{resolution[2].upper()}".replace(" ", "")
    return symbol if _FIT.fullmatch(symbol) and _DIGITS.search(symbol) else None


def disagrees(anchor: str, symbol: str) -> bool:
    """Whether the words of a link print a number that its address does not have; of a joint symbol
    (`A/56/1026-S/2002/932`) one half is enough.
    """
    if symbol.endswith(anchor):
        return False
    halves = (set(_DIGITS.findall(half)) for half in _JOINT.split(anchor))
    return not any(numbers <= set(_DIGITS.findall(symbol)) for numbers in halves)
