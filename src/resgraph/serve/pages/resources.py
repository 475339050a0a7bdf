"""The page of each resource at its own path, which is looked up in the index and never becomes a path of files."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from resgraph.serve.negotiation import best
from resgraph.serve.pages.legislation import legislation
from resgraph.serve.pages.statements import ENDINGS, written
from resgraph.serve.pages.timelines import timeline_of
from resgraph.serve.pages.view import page_number
from resgraph.serve.search.finder import PAGE
from resgraph.vocab import RDF, RG, SKOS

if TYPE_CHECKING:
    from starlette.requests import Request

    from resgraph.serve.pages.view import View
    from resgraph.serve.search.finder import Resource

AGENTS = frozenset("Body Office State ActorGroup Agent".split())
INSTRUMENTS = frozenset("Treaty Declaration Programme Instrument".split())
_MOST = 100
_FORMS = ("text/html", *ENDINGS.values())
_SHOWN_ELSEWHERE = frozenset((RDF.type, SKOS.prefLabel, RG.symbol))


async def resource(request: Request, view: View) -> Response:
    """A page, or the statements where the ending or the Accept header asks for them."""
    path = request.path_params["path"]
    found = view.finder.resource(path)
    if found is not None:
        return await _chosen(request, view, found)
    stem, _, ending = path.rpartition(".")
    found = view.finder.resource(stem) if ending in ENDINGS else None
    if found is not None:
        return await _data(view, found, ending)
    if path.endswith("/") and view.finder.resource(path.rstrip("/")):
        return RedirectResponse(f"{request.scope.get('root_path', '')}/{path.strip('/')}", 308)
    return view.missing(request, path)


async def _chosen(request: Request, view: View, found: Resource) -> Response:
    """Direct, without a redirect: one address for the thing, its page and its statements, told apart by `Vary`."""
    form = best(request.headers.get("accept", ""), _FORMS) or "text/html"
    ending = next((ending for ending, media in ENDINGS.items() if media == form), "")
    response = await _data(view, found, ending) if ending else await _page(request, view, found)
    response.headers["Vary"] = "Accept"
    response.headers["Link"] = ", ".join(
        f'<{request.scope.get("root_path", "")}/{found.path}.{ending}>; rel="alternate"; type="{media}"'
        for ending, media in ENDINGS.items()
    )
    return response


async def _data(view: View, found: Resource, ending: str) -> Response:
    body = await run_in_threadpool(written, view.site, found.path, ending)
    media = ENDINGS[ending]
    return Response(body, media_type=media if ending == "jsonld" else f"{media}; charset=utf-8")


async def _page(request: Request, view: View, found: Resource) -> Response:
    page = page_number(request)
    read = view.finder.reading(found.path)
    total, mentions = view.finder.mentions(found.path, page)
    shown: dict[str, Any] = {
        "found": found,
        "mentions": mentions,
        "total": total,
        "page": page,
        "pages": -(-total // PAGE),
    }
    if read is not None:
        reading, text = read
        data = legislation(reading, view.site.base)
        return view.page(
            request, "resolution.html", reading=reading, article=_rooted(request, text), data=data, **shown
        )
    if found.kind in INSTRUMENTS:
        line = await run_in_threadpool(timeline_of, view, found.short)
        facts = await run_in_threadpool(_facts, view, found)
        return view.page(request, "instrument.html", line=line, facts=facts, **shown)
    if found.kind in AGENTS:
        asked, requests = view.finder.requests(found.path, page)
        shown |= {"pages": -(-asked // PAGE), "asked": asked, "requests": requests}
        return view.page(request, "agent.html", facts=await run_in_threadpool(_facts, view, found), **shown)
    facts = await run_in_threadpool(_facts, view, found)
    pointing = await run_in_threadpool(_pointing, view, found)
    return view.page(request, "other.html", facts=facts, pointing=pointing, **shown)


def _rooted(request: Request, text: str) -> Markup:
    """HTML of the index, whose links begin at `/`, for a site that begins elsewhere; no value has a quotation mark."""
    root = request.scope.get("root_path", "")
    return Markup(text.replace('href="/', f'href="{escape(root)}/') if root else text)  # noqa: S704 (escaped there)


def _facts(view: View, found: Resource) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each property in words, with its values: an address (none for mere words) and a label."""
    node = view.site.iris.resource(found.path)
    facts: dict[str, set[tuple[str, str]]] = {}
    for quad in islice(view.site.store.quads_for_pattern(node, None, None, None), _MOST):
        if quad.predicate not in _SHOWN_ELSEWHERE and isinstance(quad.object, NamedNode | Literal):
            facts.setdefault(in_words(quad.predicate.value), set()).add(_value(view, quad.object))
    return [(name, sorted(values, key=lambda value: value[1])) for name, values in sorted(facts.items())]


def _value(view: View, term: NamedNode | Literal) -> tuple[str, str]:
    if isinstance(term, Literal):
        return "", term.value if len(term.value) <= _LONGEST else f"{term.value[:_LONGEST]} …"
    if term.value.startswith(view.site.base):
        path = term.value.removeprefix(view.site.base)
        return path, view.finder.label(path)
    return term.value, term.value


def _pointing(view: View, found: Resource) -> list[tuple[str, str, str]]:
    """Who has it as a value: the property in words, the path of the subject, its name."""
    node = view.site.iris.resource(found.path)
    seen: dict[tuple[str, str, str], None] = {}
    for quad in islice(view.site.store.quads_for_pattern(None, None, node, None), _MOST):
        if isinstance(quad.subject, NamedNode) and quad.predicate != RG.target:
            path, label = _value(view, quad.subject)
            whole, mark, part = path.partition("#")
            label = f"{view.finder.short(whole)} {part}" if mark else label
            seen.setdefault((in_words(quad.predicate.value), path, label))
    return sorted(seen)


def in_words(iri: str) -> str:
    """`adoptedInSession` as `adopted in session`."""
    name = iri.rpartition("#")[2].rpartition("/")[2]
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


_LONGEST = 600
