"""What each kind of page weighs when it is sent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from resgraph.serve.app import create_app
from resgraph.serve.search import index_path, open_index
from resgraph.serve.settings import Limits, Settings
from resgraph.store import open_store

SESSIONS = os.environ.get("RESGRAPH_SESSIONS")
MOST = 100_000
PAGES = ("/", "/?q=report", "/ledger", "/agent/secretary-general", "/agent/UNGA", "/questions", "/timeline", "/network")


def weights(store: Path) -> dict[str, int]:
    """Bytes of a page as browsers take it, compressed, with the styles and scripts that it loads; by path."""
    question = "SELECT path FROM resolution ORDER BY LENGTH(article) DESC LIMIT 1"
    instruments = (
        "SELECT target FROM mention WHERE target LIKE 'instrument/%' GROUP BY target ORDER BY COUNT(*) DESC LIMIT 1"
    )
    finder = open_index(open_store(store), store)
    found = [f"/{path}" for asked in (question, instruments) for (path,) in finder.ask(asked)]
    with TestClient(create_app(Settings(store, limits=Limits(workers=1)))) as client:
        loaded = sum(_sent(client, f"/static/{name}") for name in ("site.css", "light.js", "icon.svg"))
        return {path: _sent(client, path) + loaded for path in (*PAGES, *found)}


def _sent(client: TestClient, path: str) -> int:
    response = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200, path
    return int(response.headers["Content-Length"])


def test_no_page_of_the_seeds_is_heavy(graph: Path):
    found = weights(graph)
    assert len(found) == len(PAGES) + 2
    assert {path: weight for path, weight in found.items() if weight >= MOST} == {}


@pytest.mark.skipif(not SESSIONS, reason="RESGRAPH_SESSIONS names no store of sessions")
def test_no_page_of_whole_sessions_is_heavy():
    assert SESSIONS
    assert index_path(Path(SESSIONS)).exists(), "start 'resgraph serve' on it once: it writes the index"
    assert {path: weight for path, weight in weights(Path(SESSIONS)).items() if weight >= MOST} == {}
