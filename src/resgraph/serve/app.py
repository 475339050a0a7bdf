"""The site as an ASGI application: the routes of `/sparql` and its kind, then those of the pages."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from starlette.applications import Starlette

from resgraph.serve.site import Site

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from resgraph.serve.settings import Settings


def create_app(settings: Settings) -> Starlette:
    site = Site.open(settings)
    return Starlette(routes=_pages(site))


def _pages(site: Site) -> list[BaseRoute]:
    if not find_spec("resgraph.serve.pages"):
        return []
    return list(import_module("resgraph.serve.pages").routes(site))
