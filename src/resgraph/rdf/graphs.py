"""Statements of one named graph, given out as N-Quads or as quads.

A statement's object may be a plain value (a string, an integer, a boolean, a date) that becomes a literal only when it
is given out: pyoxigraph takes several times as long to make a quad with a literal as to parse one from N-Quads, or as
it takes here to write the line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from resgraph.literals import legible, literal
from resgraph.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import Quad

Value = NamedNode | Literal | str | int | date
Said = tuple[NamedNode, NamedNode, Value]

_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"))
_INTEGER = f"^^{XSD.integer}"


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph and what is said in it."""

    name: NamedNode
    said: list[Said] = field(default_factory=list)

    def nquads(self) -> bytes:
        """One line a statement, as pyoxigraph writes it."""
        return b"".join(map(str.encode, self._lines()))  # most are ASCII, and all together would not be

    def _lines(self) -> Iterator[str]:
        end = f"{self.name} .\n"
        last, written = self.name, str(self.name)
        for subject, predicate, value in self.said:
            if subject is not last:
                last, written = subject, str(subject)
            yield f"{written} {_predicate(predicate)} {_WRITTEN[type(value)](value)} {end}"

    def quads(self) -> Iterator[Quad]:
        return parse(self.nquads(), format=RdfFormat.N_QUADS, lenient=True)


def _string(text: str) -> str:
    """Of what N-Quads escape, legible text has these four characters only; to ask for one is faster than to replace
    it.
    """
    text = legible(text)
    for sign, escaped in _ESCAPES:
        if sign in text:
            text = text.replace(sign, escaped)
    return f'"{text}"'


def _integer(number: int) -> str:
    return f'"{number}"{_INTEGER}'


def _other(value: bool | date) -> str:
    return str(literal(value))


_predicate = lru_cache(str)
_WRITTEN: dict[type, Callable[..., str]] = {
    NamedNode: str,
    Literal: str,
    str: _string,
    int: _integer,
    bool: _other,
    date: _other,
}
