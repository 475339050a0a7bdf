"""Literals, canonical from the start, since Oxigraph and rdflib rewrite those that are not (`"007"^^xsd:integer`)."""

from __future__ import annotations

from datetime import date

from pyoxigraph import Literal

from resgraph.vocab import XSD

_UNFIT = dict.fromkeys((*range(0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")
del _UNFIT[ord("\t")], _UNFIT[ord("\n")]
_UNFIT_CHARACTERS = frozenset(map(chr, _UNFIT))


def literal(value: object) -> Literal:
    """A canonical literal: string, integer, boolean or date, or a date cut short, as `month_or_year` makes it."""
    match value:
        case str():
            return Literal(legible(value))
        case bool() | int():
            return Literal(value)
        case date():
            return Literal(value.isoformat(), datatype=XSD.date)
    raise TypeError(f"no literal for {type(value).__name__}")


def month_or_year(value: date | str) -> Literal:
    """`2001-10` as xsd:gYearMonth, `2001` as xsd:gYear; a full date as xsd:date."""
    if isinstance(value, date):
        return literal(value)
    return Literal(value, datatype=XSD.gYearMonth if "-" in value else XSD.gYear)


def legible(text: str) -> str:
    """The text with what no XML 1.0 document may hold replaced, character by character, so that offsets stay true."""
    fit = text.replace("\n", " ").isprintable() or _UNFIT_CHARACTERS.isdisjoint(text)
    return text if fit else text.translate(_UNFIT)
