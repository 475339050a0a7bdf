"""Every stored question as a form; its answer as a table, and at the same address as CSV, JSON or Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from resgraph.errors import QueryError
from resgraph.queries import StoredQuery, index
from resgraph.rows import Rows, statement_rows
from resgraph.serve.pages.spreadsheet import harmless
from resgraph.serve.refusals import RefusalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from resgraph.serve.pages.view import View
    from resgraph.serve.pool import Answer

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/sparql-results+json",
    "ttl": "text/turtle; charset=utf-8",
}
SHOWN = 500
_FITS = 70_000
_MARKUP = 24
_LONGEST = 300
_SYMBOLS = frozenset("symbol cited answer made_in earlier later noted_in".split())


async def questions(request: Request, view: View) -> Response:
    """All of them by their tags."""
    tagged: dict[str, list[StoredQuery]] = {}
    for query in index().values():
        tagged.setdefault(query.tags[0] if query.tags else "others", []).append(query)
    return view.page(request, "questions.html", tagged=sorted(tagged.items()))


async def question(request: Request, view: View) -> Response:
    query = index().get(request.path_params["name"])
    if query is None:
        return view.missing(request, request.path_params["name"])
    given = _given(request, query)
    lacking = [parameter.name for parameter in query.parameters if parameter.required and parameter.name not in given]
    if lacking or (query.parameters and not request.query_params):
        message = f"Fill in: {', '.join(lacking)}." if request.query_params else ""
        return _form(request, view, query, given, message=message)
    return await _answered(request, view, query, given)


async def _answered(request: Request, view: View, query: StoredQuery, given: dict[str, str]) -> Response:
    form = request.query_params.get("format", "")
    try:
        query.bindings(given, view.site.iris)
        answer = await view.stored.ask(query.name, given, request.client.host if request.client else "")
    except RefusalError as refusal:
        if form in FORMS:
            raise
        return view.trouble(request, "This question was not answered", str(refusal), refusal.status, refusal.headers)
    except QueryError as error:
        return _form(request, view, query, given, message=str(error))
    if form == "json" and answer.family == "rows":
        return _file(query, answer.body, form)
    rows = await run_in_threadpool(_rows, answer)
    return await run_in_threadpool(_written if form in FORMS else _form, request, view, query, given, rows)


def _rows(answer: Answer) -> Rows:
    if answer.family == "graph":
        return statement_rows([quad.triple for quad in parse(answer.body, RdfFormat.N_TRIPLES)])
    solutions = parse_query_results(answer.body, QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)  # noqa: S101 (what a worker sends is a table)
    return Rows(tuple(column.value for column in solutions.variables), tuple(map(tuple, solutions)))


def _given(request: Request, query: StoredQuery) -> dict[str, str]:
    """The parameters of the query that were given a value."""
    values = {parameter.name: request.query_params.get(parameter.name, "").strip() for parameter in query.parameters}
    return {name: value[:_LONGEST] for name, value in values.items() if value}


def _form(
    request: Request, view: View, query: StoredQuery, given: dict[str, str], rows: Rows | None = None, message: str = ""
) -> Response:
    shown = list(_shown(view, rows)) if rows else []
    link = urlencode(given)
    return view.page(
        request, "question.html", 400 if message else 200, query=query, given=given, rows=rows, shown=shown,
        message=message, link=f"{link}&" if link else "",
    )  # fmt: skip


def _shown(view: View, rows: Rows) -> Iterator[list[tuple[str, str]]]:
    """As many rows as fit on a page."""
    size = 0
    for row in rows.terms[:SHOWN]:
        cells = [_cell(view, column, term) for column, term in zip(rows.columns, row, strict=True)]
        size += sum(len(address) + len(label) + _MARKUP for address, label in cells)
        if size > _FITS:
            return
        yield cells


def _cell(view: View, column: str, term: object) -> tuple[str, str]:
    """A path below the base, an address of the web, or nothing; and the words."""
    value = getattr(term, "value", "") if term is not None else ""
    if isinstance(term, NamedNode):
        if value.startswith(view.site.base):
            path = value.removeprefix(view.site.base)
            return f"/{path}", path
        return value, value
    if column in _SYMBOLS and (found := view.finder.resource(value.replace(" ", ""))):
        return f"/{found.path}", value
    return "", value


def _written(request: Request, _: View, query: StoredQuery, __: dict[str, str], rows: Rows) -> Response:
    form = request.query_params["format"]
    try:
        safe = harmless(rows) if form == "csv" and request.query_params.get("spreadsheet") == "1" else rows
        body = safe.render(form).encode()
    except QueryError as error:
        return Response(f"{error}\n", 406, media_type="text/plain; charset=utf-8")
    return _file(query, body, form)


def _file(query: StoredQuery, body: bytes, form: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{query.name}.{form}"'}
    return Response(body, media_type=FORMS[form], headers=headers)
