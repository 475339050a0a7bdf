"""A resolution in schema.org's terms, for search engines: https://schema.org/Legislation."""

from __future__ import annotations

from typing import Any


def legislation(reading: dict[str, Any], base: str) -> dict[str, Any]:
    """What a reading says, in plain values for a script element of type application/ld+json."""
    said = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": base + reading["path"],
        "legislationIdentifier": reading["symbol"],
        "name": reading["title"],
        "inLanguage": "en",
        "legislationType": "resolution",
        "legislationPassedBy": {"@type": "Organization", "name": reading["body"][1]},
        "legislationDate": reading["date"],
        "sameAs": reading["see_also"],
        "citation": [base + path for path in reading["cited"]],
    }
    return {name: value for name, value in said.items() if value}
