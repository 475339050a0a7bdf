"""Which form of an answer the other side wants, by its Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""The forms of an answer to SELECT or ASK, the one we like best first; the second word is what the worker calls it."""

GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
}
"""The forms of an answer to CONSTRUCT or DESCRIBE, and of the description of the service."""

_MOST = 50


@lru_cache(maxsize=1024)
def best(accept: str, offers: tuple[str, ...]) -> str | None:
    """The offer with the highest quality, the earlier of equals; None where none is accepted."""
    ranges = [parsed for part in (accept or "*/*").split(",")[:_MOST] if (parsed := _range(part))]
    rated = [(_quality(offer, ranges), -at, offer) for at, offer in enumerate(offers)]
    quality, _, offer = max(rated)
    return offer if quality > 0 else None


def content_type(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _range(part: str) -> tuple[str, float] | None:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((value for name, _, value in (p.partition("=") for p in parameters) if name.strip() == "q"), "1")
    try:
        return media, min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return None


def _quality(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """That of the most specific range that fits."""
    kind = offer.partition("/")[0]
    for wanted in (offer, f"{kind}/*", "*/*"):
        found = [quality for media, quality in ranges if media == wanted]
        if found:
            return max(found)
    return 0.0
