"""The start page: a search by symbol, title and words, narrowed by facets; counts of what the graph holds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool

from resgraph.serve.pages.view import page_number
from resgraph.serve.search import Wanted
from resgraph.serve.search.finder import FACETS, PAGE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from resgraph.serve.pages.view import View

_LONGEST = 300


async def start(request: Request, view: View) -> Response:
    given = request.query_params
    facets = tuple((facet, given[facet][:_LONGEST]) for facet in FACETS if given.get(facet))
    wanted = Wanted(given.get("q", "")[:_LONGEST], facets, page_number(request))
    found = await run_in_threadpool(view.finder.find, wanted)
    asked = {"q": wanted.words, **dict(facets)}
    chosen = [(facet, view.finder.label(value), _query(asked, facet)) for facet, value in facets]
    return view.page(
        request, "start.html", wanted=wanted, found=found, chosen=chosen, facets=facets, counts=view.finder.counts(),
        query=_query(asked), pages=-(-found.total // PAGE), searched=bool(wanted.words or facets),
    )  # fmt: skip


def _query(asked: dict[str, str], without: str = "") -> str:
    """What is asked for as the beginning of a query string, so that more can follow."""
    kept = {key: value for key, value in asked.items() if value and key != without}
    return f"{urlencode(kept)}&" if kept else ""
