"""Requests to a store, sent again where that may help: 408, 429, 5xx, a lost connection; never after another 4xx."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from resgraph.errors import RemoteError
from resgraph.iris import foreign
from resgraph.load.kinds import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resgraph.load.credentials import Credentials
    from resgraph.load.kinds import Target

_RESULTS = "application/sparql-results+json"
_SCHEMES = {"basic": httpx.BasicAuth, "digest": httpx.DigestAuth}
_AGAIN = (408, 429)
_LONGEST_WAIT = 600
_SHOWN = 300
_SHORT = 60
"""Seconds for the counts of all graphs, of which a store may have many that are none of ours."""

_QUADS = "GRAPH ?g { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class Patience:
    """`attempts` in all; seconds for one answer; seconds before the second attempt at most, which double from there."""

    attempts: int = 6
    timeout: float = 300
    first_wait: float = 0.5


class _PassingError(Exception):
    """What may go away by itself, and the seconds that the store wants us to wait."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


class Client:
    """A store, spoken to. Raises RemoteError, in which no password stands."""

    def __init__(self, target: Target, login: Credentials | None, auth: str | None, patience: Patience) -> None:
        self._target = target
        self._login = login
        self._patience = patience
        self._backoff = wait_random_exponential(multiplier=patience.first_wait, max=60)
        self._scheme = auth or target.kind.auth
        self._http = httpx.Client(auth=_auth(login, self._scheme), timeout=patience.timeout)

    def close(self) -> None:
        self._http.close()

    def put(self, graph: str, body: Iterable[bytes]) -> None:
        self._to_graph("PUT", graph, body)

    def post(self, graph: str, body: Iterable[bytes]) -> None:
        self._to_graph("POST", graph, body)

    def delete(self, graph: str) -> None:
        """Removes a graph; one that is not there is what was asked for."""
        self._send(self._graph_request("DELETE", graph), allowed=(404,))

    def counts(self, graphs: Iterable[str]) -> dict[str, int]:
        """How many statements the store has in each of these graphs; those that it does not have are left out."""
        names = " ".join(str(foreign(graph)) for graph in graphs)
        return self._counted(f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {names} }} {_QUADS} }} GROUP BY ?g")

    def all_counts(self) -> Iterator[dict[str, int]]:
        """The same of all its graphs, as many at a time as it answers: some cut off long answers without a word.

        It ends early where the store gives none in time, since of one that has much else this asks a lot.
        """
        last = ""
        while True:
            after = f"FILTER(STR(?g) > {Literal(last)})" if last else ""
            query = f"SELECT ?g (COUNT(*) AS ?n) {{ {_QUADS} {after} }} GROUP BY ?g ORDER BY STR(?g)"
            try:
                found = self._counted(query, once=True)
            except RemoteError:
                return
            if not found or last in found:
                return
            yield found
            last = list(found)[-1]

    def _counted(self, query: str, *, once: bool = False) -> dict[str, int]:
        request = self._http.build_request(
            "POST",
            self._target.query,
            data={"query": query},
            headers={"Accept": _RESULTS},
            timeout=min(_SHORT, self._patience.timeout) if once else self._patience.timeout,
        )
        answer = self._send(request, attempts=1 if once else None).content
        try:
            solutions = parse_query_results(answer, QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._error(request, f"answers no SPARQL results ({error})", "check its address") from error
        found: dict[str, int] = {}
        for solution in solutions if isinstance(solutions, QuerySolutions) else ():
            graph, count = solution["g"], solution["n"]
            if isinstance(graph, NamedNode) and isinstance(count, Literal):
                found[graph.value] = int(count.value)
        return found

    def _to_graph(self, method: str, graph: str, body: Iterable[bytes]) -> None:
        self._send(self._graph_request(method, graph, self._target.kind.head + b"".join(body)))

    def _graph_request(self, method: str, graph: str, content: bytes | None = None) -> httpx.Request:
        kind = self._target.kind
        url = httpx.URL(self._target.store).copy_merge_params({kind.parameter: graph})
        headers = {"Content-Type": kind.media} if content is not None else {}
        return self._http.build_request(method, url, content=content, headers=headers)

    def _send(
        self, request: httpx.Request, allowed: tuple[int, ...] = (), attempts: int | None = None
    ) -> httpx.Response:
        attempts = attempts or self._patience.attempts
        trying = Retrying(
            stop=stop_after_attempt(attempts),
            wait=self._wait,
            retry=retry_if_exception_type(_PassingError),
            reraise=True,
        )
        try:
            response = trying(self._once, request)
        except _PassingError as error:
            todo = "when it is well again, run the same command with --only-changed"
            raise self._error(request, f"{error}, {attempts} times", todo) from None
        if response.is_success or response.status_code in allowed:
            return response
        raise self._error(request, self._told(response), self._todo(response))

    def _once(self, request: httpx.Request) -> httpx.Response:
        try:
            response = self._http.send(request)
        except httpx.TransportError as error:
            raise _PassingError(f"gives no answer ({self._hide(str(error)) or type(error).__name__})") from None
        if response.status_code in _AGAIN or response.status_code >= 500:
            raise _PassingError(self._told(response), _retry_after(response))
        return response

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        wanted = error.wait if isinstance(error, _PassingError) else None
        return self._backoff(state) if wanted is None else min(wanted, _LONGEST_WAIT)

    def _told(self, response: httpx.Response) -> str:
        text = " ".join(self._hide(response.text).split())
        return f"answers {response.status_code}" + (f" ({text[:_SHOWN]})" if text else "")

    def _todo(self, response: httpx.Response) -> str:
        wanted = response.headers.get("WWW-Authenticate", "").partition(" ")[0].lower()
        if self._login and wanted in _SCHEMES and wanted != self._scheme:
            return f"give --auth {wanted}, which the store wants"
        if response.status_code in (401, 403):
            return "set RESGRAPH_LOAD_USER and RESGRAPH_LOAD_PASSWORD to those of somebody who may write"
        if response.is_redirect:
            return "give the address that it leads to"
        return "check the kind and the address of the store"

    def _hide(self, text: str) -> str:
        return self._login.hide(text) if self._login else text

    def _error(self, request: httpx.Request, what: str, todo: str) -> RemoteError:
        graph = request.url.params.get(self._target.kind.parameter)
        where = f"{request.method} {shown(str(request.url))}" + (f" of {graph}" if graph else "")
        return RemoteError(where, what, todo)


def _auth(login: Credentials | None, scheme: str) -> httpx.Auth | None:
    if login is None:
        return None
    return _SCHEMES[scheme](login.user, login.password)


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds, from a header that has them or a time."""
    said = response.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
