"""Stored questions: one `.rq` file each, with a header that says what it answers and which parameters it takes.

    #+ summary: One sentence.
    #+ param: NAME TYPE [required | default=VALUE] -- what it is
    #+ tags: word, word

A parameter is a variable of the query. It is bound as a term and never pasted into the text; one that is neither given
nor has a default stays unbound, and then restricts nothing. Oxigraph binds only variables of the SELECT clause, so a
parameter stands there after the columns, and is left out of the answer; one that stays unbound is not even asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from resgraph.data import data_folder
from resgraph.errors import QueryError, ResgraphError
from resgraph.literals import literal
from resgraph.outline import outline
from resgraph.sparql import evaluate, iris_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from pyoxigraph import Store

    from resgraph.iris import Iris
    from resgraph.rows import Rows

Bound = NamedNode | Literal


def _day(text: str) -> Literal:
    return literal(date.fromisoformat(text))


def _document(iris: Iris, text: str) -> NamedNode:
    from resgraph.symbols import canonical

    return iris.document(canonical(text))


_BINDERS: Mapping[str, Callable[[Iris, str], Bound]] = MappingProxyType(
    {
        "string": lambda _, text: literal(text),
        "integer": lambda _, text: literal(int(text)),
        "date": lambda _, text: _day(text),
        "symbol": _document,
        "body": lambda iris, text: iris.agent(text),
        "agent": lambda iris, text: iris.agent(text),
        "instrument": lambda iris, text: iris.instrument(text),
        "verb": lambda iris, text: iris.verb(text),
    }
)
_EXAMPLES = {
    "string": "any words",
    "integer": "a number such as 12",
    "date": "a date such as 2000-12-04",
    "symbol": "a symbol such as A/RES/55/88",
    "body": "a body such as UNGA",
    "agent": "an agent such as secretary-general",
    "instrument": "a short name such as ICRMW",
    "verb": "a verb such as call-upon",
}
_HEADER = re.compile(r"#\+ (\w+): (.+)")
_PARAMETER = re.compile(
    r"(?P<name>[a-z]\w*) (?P<type>\w+)(?: (?:(?P<required>required)|default=(?P<default>\S+)))? -- (?P<description>.+)"
)
_LAST_COLUMNS = re.compile(
    r"\bSELECT(?!\s+(?:DISTINCT|REDUCED)\b)(?P<first>(?:(?!\bSELECT\b)[^{}#])*?)(?P<last>(?:\s\?\w+)+)\s+WHERE\s*\{\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that its reader may set."""

    name: str
    type: str
    description: str
    required: bool = False
    default: str | None = None

    def bind(self, value: object, iris: Iris, where: str) -> Bound:
        """The value as a term."""
        text = value.isoformat() if isinstance(value, date) else str(value).strip()
        try:
            return _BINDERS[self.type](iris, text)
        except (ValueError, ResgraphError) as error:
            what = f"{text[:60]!r} is no value for the parameter {self.name!r}"
            raise QueryError(where, what, f"give {_EXAMPLES[self.type]}") from error


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A question with its text, which is complete SPARQL, header and all."""

    name: str
    text: str
    summary: str = ""
    parameters: tuple[Parameter, ...] = ()
    tags: tuple[str, ...] = ()

    def bindings(self, given: Mapping[str, object], iris: Iris) -> dict[str, Bound]:
        """The given values, and the defaults of the others, as terms."""
        unknown = sorted(set(given) - {parameter.name for parameter in self.parameters})
        if unknown:
            raise QueryError(self.name, f"there is no parameter {unknown[0]!r}", self._advice())
        missing = [p.name for p in self.parameters if p.required and p.name not in given]
        if missing:
            raise QueryError(self.name, f"the parameter {missing[0]!r} is missing", self._advice())
        values = {p.name: given.get(p.name, p.default) for p in self.parameters}
        return {p.name: p.bind(values[p.name], iris, self.name) for p in self.parameters if values[p.name] is not None}

    def run(self, store: Store, given: Mapping[str, object], iris: Iris | None = None) -> Rows:
        """The answer on a store, without the columns that only bind parameters."""
        iris = iris or iris_of(store)
        bound, names = self.bindings(given, iris), frozenset(parameter.name for parameter in self.parameters)
        most = {parameter.name for parameter in self.parameters if parameter.type == "body"}
        text = _without_columns(self.text, names.difference(bound))
        return evaluate(store, text, bound, where=self.name, iris=iris, unplanned=most).without(names)

    def _advice(self) -> str:
        if not self.parameters:
            return "it takes none"
        return "it takes " + ", ".join(f"{parameter.name} ({parameter.type})" for parameter in self.parameters)


@lru_cache(maxsize=256)
def _without_columns(text: str, names: Collection[str]) -> str:
    """The query without these among its last columns, so that no term is made for them.

    Where DISTINCT counts the columns, and where there would be none, all stay.
    """
    found = _LAST_COLUMNS.search(text[: outline(text).pattern])
    if found is None:
        return text
    kept = re.sub(r"\s\?(\w+)", lambda column: "" if column[1] in names else column[0], found["last"])
    return text[: found.start("last")] + kept + text[found.end("last") :] if (found["first"] + kept).strip() else text


def parse_query(text: str, name: str) -> StoredQuery:
    """A query with its header; a header is no duty, but what it says must be well formed."""
    entries: dict[str, list[str]] = {"summary": [], "param": [], "tags": []}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            continue
        match = _HEADER.fullmatch(line.strip())
        if match is None or match[1] not in entries:
            todo = "write '#+ summary: ...', '#+ param: ...' or '#+ tags: ...'"
            raise QueryError(f"{name}:{number}", "this line of the header cannot be read", todo)
        entries[match[1]].append(match[2])
    parameters = tuple(_parameter(entry, name) for entry in entries["param"])
    tags = tuple(tag.strip() for entry in entries["tags"] for tag in entry.split(","))
    return StoredQuery(name, text, " ".join(entries["summary"]), parameters, tags)


def read_query(path: Path) -> StoredQuery:
    """A query of somebody's own, in a file."""
    try:
        return parse_query(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise QueryError(str(path), f"it cannot be read ({error.strerror})", "check the path") from error
    except UnicodeDecodeError as error:
        raise QueryError(str(path), "it is no UTF-8 text", "save the query as UTF-8") from error


@cache
def index() -> Mapping[str, StoredQuery]:
    """All stored questions by name; names are looked up here and never become paths."""
    return _index(data_folder("queries"))


@cache
def checks() -> Mapping[str, StoredQuery]:
    """The queries that find nothing in a sound graph, by name."""
    return _index(data_folder("queries") / "checks")


def stored(name: str) -> StoredQuery:
    """The stored question of that name."""
    found = index().get(name)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(name, index(), n=3, cutoff=0.5)
        todo = f"did you mean {' or '.join(near)}?" if near else "list them all with: resgraph query --list"
        raise QueryError(name[:60], "there is no stored query of this name", todo)
    return found


def run(store: Store, name: str, /, **params: object) -> Rows:
    """The answer of a stored question; `from_` stands for a parameter called `from`, which Python keeps for itself."""
    return stored(name).run(store, {key.removesuffix("_"): value for key, value in params.items() if value is not None})


def _parameter(entry: str, where: str) -> Parameter:
    match = _PARAMETER.fullmatch(entry)
    if match is None:
        todo = "write NAME TYPE [required | default=VALUE] -- what it is"
        raise QueryError(where, f"the parameter {entry[:60]!r} cannot be read", todo)
    if match["type"] not in _BINDERS:
        raise QueryError(where, f"{match['type']!r} is no type of parameter", "use " + ", ".join(_BINDERS))
    return Parameter(match["name"], match["type"], match["description"], bool(match["required"]), match["default"])


def _index(folder: Path) -> Mapping[str, StoredQuery]:
    paths = sorted(folder.glob("*.rq"))
    return MappingProxyType({path.stem: parse_query(path.read_text(encoding="utf-8"), path.stem) for path in paths})
