"""The site in a real browser: Chromium without a window, with a graph whose words attack whoever shows them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from resgraph.store import open_store, write_store
from serving import serving
from test_pages import hostile_quads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None:
    pytest.skip("Chromium is not installed (Debian: apt-get install chromium)", allow_module_level=True)

OPTIONS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-dev-shm-usage"
).split()
KINDS = {
    "start": "/?q=report",
    "resolution": "/A/RES/57/201#op8.1",
    "instrument": "/instrument/ICRMW",
    "agent": "/agent/secretary-general",
    "question": "/questions/resolutions",
    "ledger": "/ledger",
    "network": "/network",
    "document": "/A/RES/45/158",
    "query": "/query",
    "vocabulary": "/ontology/",
}


@dataclass
class Watched:
    """A page, and what it did that none of ours may."""

    page: playwright.Page
    origin: str
    dialogs: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._request)
        self.page.on("response", lambda got: got.status >= 400 and self.failed.append(f"{got.status} {got.url}"))

    def _request(self, request: playwright.Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.elsewhere.append(request.url)

    def go(self, path: str) -> None:
        self.page.goto(self.origin + path, wait_until="networkidle")

    @property
    def wrongs(self) -> list[str]:
        return [*self.dialogs, *self.complaints, *self.elsewhere, *self.failed]


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def hostile(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("hostile") / "store"
    write_store(path, hostile_quads(open_store(graph)))
    with serving(path) as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture(scope="module")
def sound(graph: Path) -> Iterator[str]:
    with serving(graph) as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture
def watched(browser: playwright.Browser, sound: str) -> Iterator[Watched]:
    yield from _watched(browser, sound)


@pytest.fixture
def attacked(browser: playwright.Browser, hostile: str) -> Iterator[Watched]:
    yield from _watched(browser, hostile)


def _watched(browser: playwright.Browser, origin: str, **options: object) -> Iterator[Watched]:
    context = browser.new_context(**options)
    watched = Watched(context.new_page(), origin)
    watched.watch()
    yield watched
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_renders_and_asks_nobody_else(attacked: Watched, kind: str):
    attacked.go(KINDS[kind])
    assert attacked.page.locator("h1").first.is_visible()
    assert attacked.wrongs == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: playwright.Browser, sound: str, kind: str, scheme: str):
    for watched in _watched(browser, sound, color_scheme=scheme):
        watched.go(KINDS[kind])
        found = axe.Axe().run(watched.page, options={"resultTypes": ["violations"]}).response["violations"]
        told = [
            (rule["id"], node["html"][:160], node["failureSummary"]) for rule in found for node in rule["nodes"][:3]
        ]
        assert told == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_a_phone(browser: playwright.Browser, sound: str, kind: str):
    for watched in _watched(browser, sound, viewport={"width": 360, "height": 740}):
        watched.go(KINDS[kind])
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", ["/", "/ledger", "/questions/cited-by", "/query"])
def test_nothing_to_click_is_printed(watched: Watched, path: str):
    watched.go(path)
    assert watched.page.locator("form").first.is_visible()
    watched.page.emulate_media(media="print")
    shown = [form for form in watched.page.locator("main form, nav").all() if form.is_visible()]
    assert shown == []


_LINES = """[...document.querySelectorAll('td a')].map(a => {
  const text = a.firstChild, range = document.createRange(), space = text.data.indexOf(' ')
  range.setStart(text, 0)
  range.setEnd(text, space < 0 ? text.length : space)
  return range.getClientRects().length
})"""
"""On how many lines the first word of each link in a table stands."""


def test_a_symbol_in_a_table_is_not_broken(browser: playwright.Browser, sound: str):
    for watched in _watched(browser, sound, viewport={"width": 390, "height": 800}):
        watched.go("/ledger")
        heights = watched.page.evaluate(_LINES)
        assert heights
        assert set(heights) == {1}


def test_a_statement_lights_its_words(watched: Watched):
    watched.go("/A/RES/57/201")
    words = watched.page.locator('[id="op8.1"]')
    plain = words.evaluate("node => getComputedStyle(node).backgroundColor")
    watched.page.locator('.says a[href="#op8.1"]').click()
    assert words.evaluate("node => getComputedStyle(node).backgroundColor") != plain
    assert watched.page.locator('.says a[href="#op8.1"]').get_attribute("class") == "on"
    assert watched.wrongs == []


def test_all_but_the_query_page_works_without_scripts(browser: playwright.Browser, sound: str):
    for watched in _watched(browser, sound, java_script_enabled=False):
        watched.go("/A/RES/57/201")
        watched.page.locator('.says a[href="#op8.1"]').click()
        assert watched.page.locator('[id="op8.1"]:target').count() == 1
        watched.go("/query")
        watched.page.locator("#plain button").click()
        assert "A/RES/57/201" in watched.page.content()


def test_a_form_answers(watched: Watched):
    watched.go("/questions/cited-by")
    watched.page.get_by_label("document").fill("A/RES/45/158")
    watched.page.get_by_role("button", name="Answer").click()
    watched.page.get_by_role("heading", name=" rows").wait_for()
    assert watched.page.get_by_role("link", name="A/RES/57/201").first.get_attribute("href") == "/A/RES/57/201"
    assert watched.wrongs == []


def test_a_reader_finds_a_resolution_with_the_keyboard(watched: Watched):
    watched.go("/")
    watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    watched.page.get_by_label("Symbol, title or words").focus()
    watched.page.keyboard.type("timely establishment")
    watched.page.keyboard.press("Enter")
    watched.page.get_by_role("link", name="A/RES/57/201").click()
    watched.page.get_by_role("heading", level=1).wait_for()
    assert watched.page.url.endswith("/A/RES/57/201")


def test_a_query_runs_in_the_editor(watched: Watched):
    watched.go("/query")
    watched.page.locator(".yasqe_queryButton").click()
    watched.page.locator(".yasr table").wait_for()
    assert "A/RES/57/201" in watched.page.locator(".yasr table").inner_text()
    assert watched.wrongs == []


def test_a_stored_question_is_an_example_in_the_editor(watched: Watched):
    watched.go("/query?example=votes")
    assert "rg:hasVote" in watched.page.locator(".CodeMirror").inner_text()
    assert watched.wrongs == []
