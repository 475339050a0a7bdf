"""The pages of the site. `routes` is mounted last: its last route takes every path and looks it up in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Route

from resgraph.serve.pages import ledgers, networks, queries, questions, resources, start, vocabulary
from resgraph.serve.pages.files import static
from resgraph.serve.pages.view import View
from resgraph.serve.search import open_index

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from resgraph.serve.site import Site
    from resgraph.serve.stored import Stored

    Page = Callable[[Request, View], Awaitable[Response]]

__all__ = ["routes"]

_PAGES: tuple[tuple[str, Page], ...] = (
    ("/", start.start),
    ("/questions", questions.questions),
    ("/questions/{name}", questions.question),
    ("/ledger", ledgers.ledger_page),
    ("/timeline", networks.timelines),
    ("/network", networks.network_page),
    ("/query", queries.query),
    ("/ontology", vocabulary.vocabulary),
    ("/ontology/", vocabulary.vocabulary),
    ("/ontology/{name}", vocabulary.vocabulary_file),
    ("/{path:path}", resources.resource),
)


def routes(site: Site, stored: Stored) -> list[BaseRoute]:
    """All pages of a site; its index is opened, or written where it is missing."""
    view = View(site, open_index(site.store, site.graph_path), stored)
    smaller = [Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)]
    pages = [("/static/{name:path}", static), *((path, _of(page, view)) for path, page in _PAGES)]
    return [Route(path, endpoint, methods=["GET"], middleware=smaller) for path, endpoint in pages]


def _of(page: Page, view: View) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        return await page(request, view)

    return respond
