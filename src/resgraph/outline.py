"""A SPARQL query's tokens, without its grammar: its words, how deep it is nested, and where its pattern begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      \#[^\n\r]*+
    | <[^<>"{}|^`\\\x00-\x20]*+>
    | \"{3}(?:[^"\\]|\\.|\"{1,2}(?!\"))*+(?:\"{3})? | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+(?:'{3})?
    | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'?
    | [?$@]\w++
    | (?P<open>[{(\[]) | (?P<close>[})\]])
    | (?P<words>[\w.-]++)(?!:)
    | [\w.-]*+:(?:[\w.:%-]|\\.)*+
    """,
    re.VERBOSE | re.DOTALL,
)
"""Each alternative goes on to where it ends, closed or not, so that no character is looked at again and again."""
_WORD = re.compile(r"[^\W\d]\w*")
_WALL = re.compile(r"SELECT\s+\*\s+WHERE\s*(?=\{)", re.IGNORECASE)
_PROLOGUE = ("BASE", "PREFIX", "VERSION")


@dataclass(frozen=True, slots=True)
class Outline:
    """The words of a query in capitals, without those in strings, names and comments; and how deep it is nested.

    `pattern` is where the outer pattern begins: behind the brace after its WHERE, if that is written. `walls` are where
    each `SELECT * WHERE` of a sub-select begins and ends: without it, a pattern is left that says the same.
    """

    words: tuple[str, ...]
    depth: int
    pattern: int | None
    walls: tuple[tuple[int, int], ...] = ()

    @property
    def names_dataset(self) -> bool:
        """Whether the query says itself, by FROM, what it is about."""
        return "FROM" in self.words

    @property
    def first(self) -> str:
        return next((word for word in self.words if word not in _PROLOGUE), "")


def outline(query: str) -> Outline:
    depth = deepest = 0
    words: list[str] = []
    pattern: int | None = None
    walls: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(query):
        if token["open"]:
            if pattern is None and depth == 0 and words[-1:] == ["WHERE"]:
                pattern = token.end()
            depth += 1
            deepest = max(deepest, depth)
        elif token["close"]:
            depth -= 1
        elif run := token["words"]:
            words += _WORD.findall(run.upper())
            if depth and (wall := _WALL.match(query, token.start())):
                walls.append(wall.span())
    return Outline(tuple(words), deepest, pattern, tuple(walls))
