"""The grammar of UN document symbols: where they stand in a text, and their canonical spelling.

After ST/LIB/SER.B/5/Rev.5 (United Nations document series symbols): components separated by strokes; the first says the
organ, later ones the subsidiary body, kind and number; `/Add.1`, `/Rev.1`, `/Corr.1` and `(Part I)` modify.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model.values import value

if TYPE_CHECKING:
    from collections.abc import Iterator

# First components of the series in use, longest first where one begins another. Two-letter and longer roots of treaty
# bodies and conferences stand beside the principal organs' single letters.
_ROOTS = (
    "A|S|E|T|ST|TD|DP|ID|CD|DC|SG|GC|IC|AT|AC|LOS|JIU|CEB|ACC|HSP|HS|UNW|NPT|BWC|CCW|CCM|APLC|PC|FCCC|ICCD|CBD|UNEP|"
    "UNEPEA|HABITAT|UN-HABITAT|CERD|CCPR|CEDAW|CRC|CAT|CMW|CRPD|CED|HRI|ISBA|SPLOS|CLCS|CTOC|CAC|ICSC|ICC|ICCPR|UNFF|"
    "UNITAR|WFP|WFS|MAG|TPNW|ATT|LDC|CPC|IOMC|IPBES|COM|GP|TS|OLA|DPI|WIPO|BMS|SAICM|UNCITRAL|UNIDIR|CS|INF|WHA|EB"
)
_PART = (
    r"(?:Parts? [IVX]+(?: and [IVX]+)?|Parts? \d+(?: and \d+)?|Vols?\. ?[IVX]+(?:(?:[-–]| and )[IVX]+)?"
    r"|Sect\. ?\d+[A-Z]?|SUPP\.?|Supp\.?|Introduction|Income sect\. ?\d+|[IVX]+|\d{1,4})"
)
_COMPONENT = rf"/[A-Za-z0-9](?:[A-Za-z0-9]|[.‑][A-Za-z0-9]|-(?=[0-9]))*(?:\({_PART}\))?"
# The stroke is one character of a component at most, so that the pattern cannot backtrack over a long run of
# `A/A/A/...`.
_SYMBOL = re.compile(
    rf"(?<![A-Za-z0-9/.])(?=[A-Z])(?:{_ROOTS})(?:{_COMPONENT})+(?: ?\({_PART}\)(?:/(?:Add|Corr|Rev)\.\d+)*)?"
    r"(?:-[AES](?:/[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*)+)?"
)
_TAIL = re.compile(r"(?:,| and| ?[-–]) ?((?:Add|Corr|Rev|Amend)\.\d+)((?:/(?:Add|Corr|Rev)\.\d+)*)|/(?!\d)")
_MODIFIER = re.compile(r"/(?:Add|Corr|Rev|Amend)\.\d+$")


@value
class FoundSymbol:
    """A printed symbol: `text[start:end]` as it stands, `symbol` in canonical spelling."""

    start: int
    end: int
    symbol: str


def canonical(symbol: str) -> str:
    """One spelling for a symbol: single spaces, plain hyphens, no space before a year or session in brackets."""
    text = " ".join(symbol.replace("‑", "-").replace("–", "-").split())
    text = text.replace(" /", "/").replace("/ ", "/")
    if "/RES/" in text:
        text = text.replace(" ", "").replace("[", "(").replace("]", ")")
    return text


def find_symbols(text: str) -> Iterator[FoundSymbol]:
    """Every printed symbol of a text, with `and Corr.1`, `, Add.1 and 2` read as symbols of their own."""
    if "/" not in text:
        return
    at = 0
    while match := _SYMBOL.search(text, at):
        at = match.end()
        if not any(c.isdigit() for c in match[0]):
            continue
        yield FoundSymbol(match.start(), match.end(), canonical(match[0]))
        first, joined, second = match[0].rpartition("-")
        base = _MODIFIER.sub("", first if joined and second[:2] in ("A/", "E/", "S/") else match[0])
        while (tail := _TAIL.match(text, at)) and tail[1]:
            at = tail.end()
            yield FoundSymbol(tail.start(1), at, canonical(f"{base}/{tail[1]}{tail[2]}"))
