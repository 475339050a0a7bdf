"""Evaluation of one SPARQL query on a store: the default graph is the union of all named graphs."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Variable

from resgraph.errors import QueryError, ResgraphError
from resgraph.iris import DEFAULT_BASE, Iris
from resgraph.literals import literal
from resgraph.outline import outline
from resgraph.rows import Rows, statement_rows
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pyoxigraph import BlankNode, QueryTriples, Store, Triple

    Term = NamedNode | BlankNode | Literal | Triple

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NOT_SELECTED = re.compile(r"does not contains? variable \?(\w+)")
_LONGEST = 160
_PANIC = "PanicException"
"""What pyoxigraph raises where its engine stops; it is no Exception, and its class cannot be imported."""
_TRIED = 100


def evaluate(
    store: Store,
    text: str,
    bindings: Mapping[str, Term] | None = None,
    *,
    where: str = "query",
    iris: Iris | None = None,
    unplanned: Collection[str] = (),
) -> Rows:
    """The answer of a query; `bindings` give variables their values as terms, `where` names the query in errors.

    A query that names graphs itself (FROM) is about those and no others. The prefixes of exported Turtle (`rg`, `skos`,
    `agent`, ...) need no declaration. ASK gives one row, `answer`. `iris` are those of the graph, where they are known.
    `unplanned` names bindings that narrow little down, with which no plan should begin.
    """
    try:
        answer = _answer(store, text, bindings or {}, iris or iris_of(store), unplanned)
    except SyntaxError as error:
        raise _syntax_error(text, where, str(error)) from error
    except RuntimeError as error:
        raise _evaluation_error(where, str(error)) from error
    try:
        return _rows(answer)
    except RuntimeError as error:
        raise _evaluation_error(where, str(error)) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise _evaluation_error(where, f"the engine gave up: {error}") from error


def _answer(
    store: Store, text: str, bindings: Mapping[str, Term], iris: Iris, unplanned: Collection[str]
) -> QueryBoolean | QuerySolutions | QueryTriples:
    """The engine's answer.

    It substitutes when it has planned, so that its plan knows no values: the IRIs are stated to the planner besides.
    """
    outer = _outline(text)
    substitutions = {Variable(name): term for name, term in bindings.items()}
    ask = partial(
        store.query,
        prefixes=_prefixes(text, iris),
        use_default_graph_as_union=not outer.names_dataset,
        substitutions=substitutions,
    )
    known = [
        f"VALUES ?{name} {{ {term} }}"
        for name, term in bindings.items()
        if isinstance(term, NamedNode) and name not in unplanned
    ]
    if known and outer.pattern is not None:
        with suppress(SyntaxError):  # a sub-select that is all of the pattern has no room
            return ask(_stated(text, outer.pattern, outer.walls, known))
    return ask(text)


def _stated(text: str, at: int, walls: Iterable[tuple[int, int]], known: Iterable[str]) -> str:
    """The query with values stated where its pattern begins, and sub-selects of all (`SELECT *`) opened.

    Each of these is planned by itself and read as a whole, which pays where all is asked for. With a value to begin
    with the plan should see into them; `{ SELECT * WHERE { ... } }` and `{ { ... } }` have the same solutions.
    """
    parts, end = [text[:at], *known], at
    for start, behind in walls:
        parts.append(text[end:start])
        end = behind
    return " ".join((*parts, text[end:]))


_outline = lru_cache(maxsize=128)(outline)


@lru_cache(maxsize=128)
def _prefixes(text: str, iris: Iris) -> dict[str, str]:
    """Those that a query may use; the engine takes its time over each that it is given."""
    escaped = "\\" in text
    return {prefix: name for prefix, name in iris.prefixes.items() if escaped or f"{prefix}:" in text}


def _rows(answer: QueryBoolean | QuerySolutions | QueryTriples) -> Rows:
    if isinstance(answer, QueryBoolean):
        return Rows(("answer",), ((literal(value=bool(answer)),),))
    if isinstance(answer, QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        return Rows(columns, tuple(tuple(solution) for solution in answer))
    return statement_rows(list(answer))


def iris_of(store: Store) -> Iris:
    """The IRIs of a graph: those of the base under which its documents stand."""
    for quad in islice(store.quads_for_pattern(None, RG.symbol, None), _TRIED):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            with suppress(ResgraphError):  # a graph of somebody else's may call anything a symbol
                path = Iris().document(quad.object.value).value.removeprefix(DEFAULT_BASE)
                if quad.subject.value.endswith(path):
                    return Iris(quad.subject.value.removesuffix(path))
    return Iris()


def syntax_place(message: str) -> tuple[int, int, str] | None:
    """Line, column and reason of a syntax error, from what the engine says of it."""
    match = _PLACE.match(message)
    return (int(match[1]), int(match[2]), _reason(match[3])) if match else None


def _syntax_error(text: str, where: str, message: str) -> QueryError:
    """The place, the reason and the line of an error, on one line."""
    place = syntax_place(message)
    if place is None:
        return QueryError(where, f"is no SPARQL query: {_short(message)}", "compare it with a stored query")
    line, column, reason = place
    lines = text.splitlines()
    shown = lines[line - 1].strip() if line <= len(lines) else ""
    what = f"SPARQL syntax error: {reason}"
    if not shown:
        return QueryError(f"{where}:{line}:{column}", what, "the text ends there")
    return QueryError(f"{where}:{line}:{column}", f"{what}, in the line {_short(shown)!r}", "mend the query")


def _reason(expected: str) -> str:
    if "Prefix not found" in expected:
        return "a prefix is not declared"
    if "contains a variable that is unbound" in expected:
        return "the SELECT clause has a variable that is neither grouped by nor aggregated"
    return _short(expected)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 3] + "..."


def _evaluation_error(where: str, message: str) -> QueryError:
    if match := _NOT_SELECTED.search(message):
        what = f"the parameter {match[1]!r} cannot be bound: ?{match[1]} is not in the SELECT clause"
        return QueryError(where, what, f"write ?{match[1]} after the other columns of SELECT")
    return QueryError(where, f"could not be evaluated: {_short(message)}", "simplify the query")
