"""What a query's tokens tell before it is evaluated: how deep it is nested, and whether it asks for what is not served.

No safety rests on this. The workers have no socket to reach another host and die alone; a refusal here says why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.serve.refusals import bad, forbidden, too_deep, too_large

if TYPE_CHECKING:
    from resgraph.serve.settings import Limits

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
_PROLOGUE = ("BASE", "PREFIX", "VERSION")
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))


@dataclass(frozen=True, slots=True)
class Outline:
    """The words of a query in capitals, without those in strings, names and comments; and how deep it is nested."""

    words: tuple[str, ...]
    depth: int

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
    for token in _TOKEN.finditer(query):
        if token["open"]:
            depth += 1
            deepest = max(deepest, depth)
        elif token["close"]:
            depth -= 1
        elif run := token["words"]:
            words += _WORD.findall(run.upper())
    return Outline(tuple(words), deepest)


def check_size(size: int, limits: Limits) -> None:
    if size > limits.query_size:
        what = f"the query has more than {limits.query_size:,} bytes"
        raise too_large(what, "--max-query", "ask in parts")


def screen(query: str, limits: Limits) -> Outline:
    """The outline of a query that may be evaluated."""
    check_size(len(query.encode()), limits)
    if "\x00" in query:
        raise bad("the query holds a NUL character", "leave it out")
    found = outline(query)
    if found.depth > limits.nesting:
        what = f"the query is nested {found.depth:,} deep, more than {limits.nesting}"
        raise too_deep(what, "--max-nesting", "write it flatter")
    if found.first in _UPDATES:
        raise forbidden(f"{found.first} would change the graph, which is only read here", "ask with a query")
    if "SERVICE" in found.words:
        raise forbidden("SERVICE is not served: no other host is asked from here", "ask it yourself, and join the rows")
    return found
