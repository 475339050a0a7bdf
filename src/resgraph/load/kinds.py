"""What the stores differ in: where they take a graph, where they answer queries, and how one says who one is."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from resgraph.errors import UsageError

N_TRIPLES = "application/n-triples"
_TURTLE_BEGINS = b"@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"


@dataclass(frozen=True, slots=True)
class Kind:
    """`store` and `query` are what stands after the address that the user gives; `head` goes before the statements."""

    store: str
    query: str | None
    given: str
    parameter: str = "graph"
    auth: str = "basic"
    media: str = N_TRIPLES
    head: bytes = b""


KINDS = {
    "gsp": Kind("", None, "the Graph Store Protocol's address"),
    "fuseki": Kind("/data", "/query", "http://host:3030/DATASET"),
    "graphdb": Kind("/rdf-graphs/service", "", "http://host:7200/repositories/ID"),
    # Virtuoso 7 guesses the format from the body whatever the header says, and only a prefix makes it sure:
    # without one it refuses a graph with a statement of some 200,000 characters as "unsupported type text/plain".
    "virtuoso": Kind(
        "/sparql-graph-crud-auth",
        "/sparql-auth",
        "http://host:8890",
        parameter="graph-uri",
        auth="digest",
        media="text/turtle",
        head=_TURTLE_BEGINS,
    ),
    "oxigraph": Kind("/store", "/query", "http://host:7878"),
    "stardog": Kind("", "/query", "http://host:5820/DATABASE"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """A store that takes graphs over HTTP."""

    kind: Kind
    store: str
    query: str

    @property
    def name(self) -> str:
        """The address as it may be shown and kept."""
        return shown(self.store)


def target(kind_name: str, url: str, query_url: str | None = None) -> Target:
    """The store of a kind at an address. Raises UsageError where the address cannot be one."""
    kind = KINDS[kind_name]
    url = _checked(url, kind.given).rstrip("/") if kind_name != "gsp" else _checked(url, kind.given)
    if kind_name == "graphdb" and "/repositories/" not in url:
        raise UsageError(shown(url), "is no repository of GraphDB", f"give its address: {kind.given}")
    if query_url is None and kind.query is None:
        raise UsageError(shown(url), "does not tell where it answers queries", "give --query-url")
    query = url + (kind.query or "") if query_url is None else _checked(query_url, "its address for queries")
    return Target(kind, url + kind.store, query)


def shown(url: str) -> str:
    """An address without what may be secret in it: a name and password, parameters."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _checked(url: str, given: str) -> str:
    try:
        parts = urlsplit(url)
        complete = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        complete = False
    if not complete:
        raise UsageError("--to", "the address is no http(s) address", f"give {given}")
    if "@" in parts.netloc:
        todo = "take it out, and give it in RESGRAPH_LOAD_USER and RESGRAPH_LOAD_PASSWORD or with --user-file"
        raise UsageError(shown(url), "the address holds a name or password, which others can see", todo)
    return url
