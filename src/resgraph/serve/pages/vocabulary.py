"""The documentation of the ontology, a page that stands alone, and the ontology in the formats of RDF."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from resgraph.data import data_folder
from resgraph.ontology_check.page import FORMATS, ontology_in, ontology_page
from resgraph.serve.security import POLICY

if TYPE_CHECKING:
    from starlette.requests import Request

    from resgraph.serve.pages.view import View

_MEDIA = {"ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}
_STYLE = re.compile(r"(?s)<style>(.*?)</style>")


async def vocabulary(request: Request, _: View) -> Response:
    """The page; the style sheets that it holds are allowed by what they are."""
    if not request.url.path.endswith("/"):
        return RedirectResponse(f"{request.scope.get('root_path', '')}/ontology/", 308)
    text = await run_in_threadpool(ontology_page)
    sums = [b64encode(sha256(style.encode()).digest()).decode() for style in _STYLE.findall(text)]
    allowed = " ".join(["style-src 'self'", *(f"'sha256-{digest}'" for digest in sums)])
    return HTMLResponse(text, headers={"Content-Security-Policy": POLICY.replace("style-src 'self'", allowed)})


async def vocabulary_file(request: Request, view: View) -> Response:
    """The files that the page links to, by their names."""
    name = request.path_params["name"]
    stem, _, ending = name.partition(".")
    if stem == "resgraph" and ending in FORMATS:
        return Response(await run_in_threadpool(ontology_in, ending), media_type=_MEDIA[ending])
    if name == "alignments.ttl":
        return Response((data_folder("ontology") / "alignments.ttl").read_bytes(), media_type=_MEDIA["ttl"])
    return view.missing(request, f"ontology/{name}")
