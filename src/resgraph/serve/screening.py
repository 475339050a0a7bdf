"""What a query's tokens tell before it is evaluated: how deep it is nested, and whether it asks for what is not served.

No safety rests on this. The workers have no socket to reach another host and die alone; a refusal here says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.outline import Outline, outline
from resgraph.serve.refusals import bad, forbidden, too_deep, too_large

if TYPE_CHECKING:
    from resgraph.serve.settings import Limits

_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))


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
