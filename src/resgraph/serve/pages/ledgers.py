"""The ledger of requests for reports, as `resgraph followup` has it: who was asked, by when, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import Response

from resgraph.followup import COLUMNS
from resgraph.literals import literal
from resgraph.rows import Rows
from resgraph.serve.pages.spreadsheet import harmless
from resgraph.serve.pages.view import page_number

if TYPE_CHECKING:
    from starlette.requests import Request

    from resgraph.serve.pages.view import View

FILTERS = ("body", "addressee", "due", "status")
_PAGE = 50
_ALL = 1_000_000


async def ledger_page(request: Request, view: View) -> Response:
    given = {name: request.query_params.get(name, "").strip()[:100] for name in FILTERS}
    wanted = {name: value for name, value in given.items() if value}
    if request.query_params.get("format") == "csv":
        return _csv(view, wanted, safe=request.query_params.get("spreadsheet") == "1")
    page = page_number(request)
    total, rows = view.finder.ledger(wanted, page, _PAGE)
    link = urlencode(wanted)
    return view.page(
        request, "ledger.html", rows=rows, total=total, page=page, pages=-(-total // _PAGE), given=given,
        statuses=_values(view, "status"), dues=_values(view, "due"), link=f"{link}&" if link else "",
    )  # fmt: skip


def _csv(view: View, wanted: dict[str, str], *, safe: bool) -> Response:
    _, entries = view.finder.ledger(wanted, 1, _ALL)
    terms = tuple(tuple(literal(entry[column]) if entry[column] else None for column in COLUMNS) for entry in entries)
    rows = Rows(COLUMNS, terms)
    return Response((harmless(rows) if safe else rows).render("csv"), media_type="text/csv; charset=utf-8")


def _values(view: View, column: str) -> list[str]:
    question = f"SELECT DISTINCT {column} FROM ledger WHERE {column} <> '' ORDER BY 1"  # noqa: S608 (one of two columns)
    return [value for (value,) in view.finder.ask(question)]
