"""`/sparql`: the SPARQL 1.1 Protocol, of which updates are left out, and the description of the service."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from resgraph.errors import UsageError
from resgraph.iris import foreign
from resgraph.serve.negotiation import GRAPHS, ROWS, best, content_type
from resgraph.serve.pool import Question
from resgraph.serve.protocol import prefers, read_request
from resgraph.serve.refusals import RefusalError, bad, not_acceptable
from resgraph.serve.screening import screen

if TYPE_CHECKING:
    from starlette.requests import Request

    from resgraph.serve.description import Description
    from resgraph.serve.pool import Answer, Pool
    from resgraph.serve.protocol import Asked
    from resgraph.serve.settings import Settings

CUT = "X-Resgraph-Truncated"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_PAGE = "text/html"
_ROWS, _GRAPHS = tuple(ROWS), tuple(GRAPHS)
_HEADERS = {"Vary": "Accept, Prefer"}


class Endpoint:
    """Answers with the whole of an answer or with a reason, never with a part under a good status."""

    def __init__(self, settings: Settings, pool: Pool, description: Description) -> None:
        self._limits = settings.limits
        self._public_url = settings.public_url
        self._pool = pool
        self._description = description

    async def respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(METHODS)})
        asked = await read_request(request, self._limits)
        if asked.query is None:
            return await self._without_query(request, asked)
        return await self._answer(request, asked, asked.query)

    async def _answer(self, request: Request, asked: Asked, query: str) -> Response:
        names_dataset = screen(query, self._limits).names_dataset
        accept = ",".join(request.headers.getlist("accept"))
        rows, graph = best(accept, _ROWS), best(accept, _GRAPHS)
        if rows is None and graph is None:
            raise not_acceptable((*ROWS, *GRAPHS))
        forms = ROWS.get(rows or ""), GRAPHS.get(graph or "")
        question = Question(query, self._address(request), asked.default, asked.named, names_dataset, *forms)
        answer = await self._pool.ask(question, request.client.host if request.client else "")
        media = rows if answer.family == "rows" else graph
        headers = {**_HEADERS, "Content-Type": content_type(media or ""), **self._cut(request, answer)}
        return Response(answer.body, headers=headers)

    def _address(self, request: Request) -> str:
        """The address of this endpoint: against it relative IRIs of a query are resolved."""
        address = f"{self._public_url.rstrip('/')}/sparql" if self._public_url else str(request.url.replace(query=""))
        try:
            return foreign(address).value
        except UsageError as error:
            raise bad(f"the request has no sound Host header: {error}", "send one") from error

    def _cut(self, request: Request, answer: Answer) -> dict[str, str]:
        """What a header says of an answer with fewer rows than the query has; who wants all or none, gets none."""
        if not answer.cut:
            return {}
        rows = f"{self._limits.rows:,}"
        if "handling=strict" in prefers(request):
            what = f"the answer has more than {rows} rows (a limit of this site, set by 'resgraph serve --max-rows')"
            raise RefusalError(HTTPStatus.FORBIDDEN, what, "ask in parts, with ORDER BY, LIMIT and OFFSET")
        return {CUT: f"the first {rows} rows; ask for the others with ORDER BY, LIMIT and OFFSET"}

    async def _without_query(self, request: Request, asked: Asked) -> Response:
        if request.method == "POST" or asked.default or asked.named:
            raise bad("the request has no query", "send one as the parameter 'query'")
        accept = ",".join(request.headers.getlist("accept"))
        if accept and best(accept, (*GRAPHS, _PAGE)) == _PAGE:
            return RedirectResponse("/query", HTTPStatus.SEE_OTHER, _HEADERS)
        media = best(accept, _GRAPHS)
        if media is None:
            raise not_acceptable(GRAPHS)
        body = await self._description.serialized(self._address(request), GRAPHS[media])
        return Response(body, headers={**_HEADERS, "Content-Type": content_type(media)})
