"""What all pages share: the site, its index, the templates, and answers in the form that was asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from resgraph.serve.search import Finder
    from resgraph.serve.site import Site
    from resgraph.serve.stored import Stored

Kept = TypeVar("Kept")

_KEPT = 256


@dataclass(frozen=True, slots=True)
class View:
    """A site and its index."""

    site: Site
    finder: Finder
    stored: Stored
    memory: dict[str, Any] = field(default_factory=dict)

    def remembered(self, key: str, make: Callable[[], Kept]) -> Kept:
        """What was made once: the graph that is served does not change. The oldest is forgotten where many are kept."""
        if key not in self.memory:
            made = make()
            if len(self.memory) >= _KEPT:
                self.memory.pop(next(iter(self.memory)), None)
            self.memory[key] = made
        kept: Kept = self.memory[key]
        return kept

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401
        """A filled template; every value is escaped."""
        root = request.scope.get("root_path", "")
        text = environment().get_template(template).render(root=root, site=self.site, **values)
        return HTMLResponse(text, status)

    def missing(self, request: Request, path: str) -> HTMLResponse:
        """404, with what may have been meant."""
        from resgraph.serve.search import Wanted

        words = path.replace("/", " ").replace("%20", " ")
        named = self.finder.find(Wanted(path)).named or self.finder.find(Wanted(words)).named
        return self.page(request, "missing.html", 404, path=path, named=named)

    def trouble(
        self, request: Request, title: str, message: str, status: int, headers: Mapping[str, str]
    ) -> HTMLResponse:
        """What could not be done, and why."""
        response = self.page(request, "trouble.html", status, title=title, message=message)
        response.headers.update(headers)
        return response


@cache
def environment() -> Environment:
    """The templates; a name that a template does not know is an error."""
    made = Environment(
        loader=PackageLoader("resgraph", "serve/templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.filters["script_json"] = script_json
    made.tests["clickable"] = clickable
    made.filters["thousands"] = lambda number: f"{number:,}"
    return made


def script_json(value: object) -> Markup:
    """JSON that may stand inside a script element: it cannot end it, nor begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(safe)  # noqa: S704 (a JSON text without angle brackets and ampersands)


def clickable(address: str) -> bool:
    """True for addresses that may become links: those of the web."""
    return address.startswith(("https://", "http://"))


def page_number(request: Request) -> int:
    """`?page=`, from 1; what is no sensible number is 1."""
    text = request.query_params.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
