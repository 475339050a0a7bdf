"""The site as an ASGI application: the routes of `/sparql` and its kind, then those of the pages."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from resgraph.errors import ResgraphError
from resgraph.serve.description import Description
from resgraph.serve.orphans import end_with_parent
from resgraph.serve.pages import routes as pages
from resgraph.serve.pool import Pool
from resgraph.serve.refusals import fail, refuse
from resgraph.serve.security import CROSS_ORIGIN, HEADERS, encoded, with_headers
from resgraph.serve.site import Site
from resgraph.serve.sparql import METHODS, Endpoint
from resgraph.serve.stored import Stored

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from resgraph.serve.settings import Settings

_CLOSED, _OPEN = encoded(HEADERS), encoded(HEADERS | CROSS_ORIGIN)
_OPENAPI = Path(__file__).with_name("openapi.json")


class _Site(Starlette):
    """Puts the headers of security on every response, those of errors among them."""

    cross_origin: bool = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            open_to_all = self.cross_origin and scope["path"] in ("/sparql", "/openapi.json")
            send = with_headers(send, _OPEN if open_to_all else _CLOSED)
        await super().__call__(scope, receive, send)


def create_app(settings: Settings) -> Starlette:
    """The application; its workers start with it, so that a test of it must run its lifespan to use `/sparql`."""
    site = Site.open(settings)
    pool = Pool(site, settings.limits.shared_by(settings.processes))
    stored = Stored(site)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        end_with_parent()
        try:
            await pool.start()
            await stored.start()
            yield
        finally:
            await pool.stop()
            await stored.stop()

    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", **pool.state}, headers={"Cache-Control": "no-store"})

    routes = [
        Route("/sparql", Endpoint(settings, pool, Description(site)).respond, methods=METHODS),
        Route("/health", health),
        Route("/openapi.json", _openapi),
        *pages(site, stored),
    ]
    app = _Site(routes=routes, lifespan=lifespan, exception_handlers={ResgraphError: refuse, Exception: fail})
    app.cross_origin = settings.cross_origin
    return app


async def _openapi(_: Request) -> FileResponse:
    return FileResponse(_OPENAPI, media_type="application/json")
