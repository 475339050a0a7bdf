"""Who cites what, in two columns: the most cited, and those that cite most of these. Timelines to choose from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from resgraph.network import Network
from resgraph.rows import Rows

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from resgraph.serve.pages.view import View

_STEP, _TOP, _WIDTH, _LEFT, _RIGHT = 20, 30, 900, 250, 650
_QUESTION = """
    SELECT symbol, resolution.path, short, target, kind, COUNT(*) FROM mention
    JOIN resolution USING (doc) JOIN resource ON resource.path = target
    WHERE named = 1 AND (:body = '' OR body = :body) AND target <> resolution.path
    GROUP BY doc, target ORDER BY symbol, short"""

_BODIES = """
    SELECT DISTINCT value, COALESCE(label, value) FROM facet LEFT JOIN resource ON path = value
    WHERE facet.kind = 'body' ORDER BY 2"""
_MOST_CITED, _MOST_CITING = 24, 24


@dataclass(frozen=True, slots=True)
class End:
    """A document or instrument in its column."""

    y: int
    name: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The two columns, and a line for each of `edges`: heights at its ends."""

    height: int
    citing: tuple[End, ...]
    cited: tuple[End, ...]
    edges: tuple[tuple[int, int], ...]
    documents: int
    citations: int


async def network_page(request: Request, view: View) -> Response:
    body = request.query_params.get("body", "")[:100]
    key = body if view.finder.resource(body) else ""
    net = await run_in_threadpool(lambda: view.remembered(f"network {key}", lambda: _picture(view, key)))
    bodies = view.finder.ask(_BODIES)
    return view.page(request, "network.html", net=net, body=key, bodies=bodies, left=_LEFT, right=_RIGHT, width=_WIDTH)


async def timelines(request: Request, view: View) -> Response:
    """The instruments, most mentioned first; the page of each has its timeline."""
    question = """
        SELECT resource.path, short, label, COUNT(DISTINCT doc) FROM mention JOIN resource ON resource.path = target
        WHERE target LIKE 'instrument/%' GROUP BY target ORDER BY 4 DESC, short"""
    rows = view.remembered("instruments", lambda: view.finder.ask(question))
    return view.page(request, "timelines.html", rows=rows)


def _picture(view: View, body: str) -> Picture | None:
    rows = view.finder.ask(_QUESTION, {"body": body})
    if not rows:
        return None
    paths = {name: path for row in rows for name, path in ((row[0], row[1]), (row[2], row[3]))}
    edges = {(row[0], row[2]): row[5] for row in rows}
    net = Network({row[2]: row[4] for row in rows} | {row[0]: "read" for row in rows}, edges, Rows((), ()))
    most = net.most_cited(_MOST_CITED)
    citing = Counter(source for source, target in edges if target in most)
    right = _column(most, paths, net.cited)
    left = _column([name for name, _ in sorted(citing.items(), key=_most)][:_MOST_CITING], paths, citing)
    rights, lefts = ({end.name: end.y for end in column} for column in (right, left))
    lines = tuple((lefts[a], rights[b]) for a, b in sorted(edges) if a in lefts and b in rights)
    height = _TOP + _STEP * max(len(left), len(right)) + 10
    return Picture(height, left, right, lines, len(net.kinds), sum(edges.values()))


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _column(names: list[str], paths: dict[str, str], counts: Counter[str]) -> tuple[End, ...]:
    return tuple(End(_TOP + _STEP * at, name, paths[name], counts[name]) for at, name in enumerate(names))
