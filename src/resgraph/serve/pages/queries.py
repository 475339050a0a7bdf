"""The page for one's own SPARQL: an editor that asks `/sparql`, with the stored questions as examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.queries import StoredQuery, index
from resgraph.serve.security import POLICY

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from resgraph.serve.pages.view import View

FIRST = "resolutions"
_GRIPS = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
"""The one style sheet that the table of answers writes into the page, for the grips between its columns."""


async def query(request: Request, view: View) -> Response:
    examples = [(stored.name, stored.summary) for stored in index().values()]
    chosen = index().get(request.query_params.get("example", ""))
    text = request.query_params.get("query", "")[:20_000] or without_header(chosen or index()[FIRST])
    settings = {"root": request.scope.get("root_path", ""), "prefixes": view.site.iris.prefixes, "given": bool(chosen)}
    response = view.page(request, "query.html", examples=examples, text=text, settings=settings)
    response.headers["Content-Security-Policy"] = POLICY.replace("style-src 'self'", f"style-src 'self' {_GRIPS}")
    return response


def without_header(stored: StoredQuery) -> str:
    """The query as one would type it: its summary as a comment, and no parameters to declare."""
    lines = [line for line in stored.text.splitlines() if not line.startswith("#+")]
    return "\n".join([f"# {stored.summary}", *lines]) + "\n"
