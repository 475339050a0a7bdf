"""The pages as a client without a browser sees them."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

pytest.importorskip("starlette")

from starlette.testclient import TestClient

from resgraph.queries import index
from resgraph.serve.app import create_app
from resgraph.serve.pages.files import bundled
from resgraph.serve.settings import Limits, Settings
from resgraph.store import open_store, write_store

if TYPE_CHECKING:
    from collections.abc import Iterator

VENDOR = Path(__file__).parent.parent / "src" / "resgraph" / "serve" / "static" / "vendor"
BASE = "https://w3id.org/resgraph/"
EVIL = '"><svg onload=alert(1)>'
KINDS = ("/A/RES/57/201", "/instrument/ICRMW", "/agent/secretary-general", "/A/RES/45/158", "/agent/UNGA/session/57")
PAGES = (*KINDS, "/", "/?q=report", "/questions", "/questions/resolutions", "/ledger", "/timeline", "/network")


class Page(HTMLParser):
    """What tests want to know of a page: ids, links, what each link says, elements that are never closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.attributes |= set(given)
        self.ids += [given["id"]] if given.get("id") else []
        if tag == "a":
            assert "a" not in self.open, "a link within a link"
            self.links.append(given["href"] or "")
        if tag in ("script", "img") and given.get("src"):
            self.loaded.append(given["src"] or "")
        if tag == "link" and given["rel"] in ("stylesheet", "icon"):
            self.loaded.append(given["href"] or "")
        if tag not in ("meta", "link", "input", "br", "line", "circle", "path"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("line", "circle", "path"):
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def client(graph: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(graph, limits=Limits(workers=1)))) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_small_and_loads_only_what_is_bundled(client: TestClient, path: str):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in response.headers["content-security-policy"]
    page = Page(response.text)
    assert page.open == ["html"] or page.open == []
    assert len(page.ids) == len(set(page.ids)), "an id stands twice"
    assert {name.removeprefix("/static/") for name in page.loaded} <= set(bundled())
    assert not page.attributes & {"style", "onclick", "onload"}
    assert "<style" not in response.text
    loaded = sum(len(bundled()[name.removeprefix("/static/")][0]) for name in page.loaded)
    assert len(response.content) + loaded < 100_000


@pytest.mark.parametrize("path", PAGES)
def test_no_link_within_the_site_leads_nowhere(client: TestClient, path: str):
    links = {link.partition("#")[0] for link in Page(client.get(path).text).links}
    inside = [link for link in links if link.startswith(("/", "?")) and link != "/sparql"]
    for link in inside:
        target = f"{path.partition('?')[0]}{link}" if link.startswith("?") else link
        assert client.get(target).status_code == 200, f"{path} -> {target}"


def test_a_link_to_a_place_of_the_same_page_finds_it(client: TestClient):
    page = Page(client.get("/A/RES/57/201").text)
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_a_resolution_reads_as_printed_with_its_statements(client: TestClient):
    text = client.get("/A/RES/57/201").text
    assert '<span class="q" id="op8.1"><i>Requests</i>' in text
    assert '<a class="r" id="op8.r1" href="/instrument/ICRMW">the Convention</a> to the General Assembly' in text
    assert '<sup><a href="#fn1" aria-label="note 1">1</a></sup>' in text
    assert 'href="#op8.1">Requests</a> <a href="/agent/secretary-general">Secretary-General</a>' in text
    assert "due <b>UNGA 58</b>" in text
    assert 'before it <a href="/A/RES/55/88">A/RES/55/88</a>' in text


def test_what_answered_a_request_is_told_with_the_place_that_notes_it(client: TestClient):
    text = client.get("/A/RES/54/158").text
    assert 'answered by <a href="/A/55/205">A/55/205</a>, see <a href="/A/RES/55/88#op7">' in text


def test_a_document_that_was_not_read_has_a_page_of_who_cites_it(client: TestClient):
    text = client.get("/A/RES/45/158").text
    assert "was not read here" in text
    assert text.count('<span class="places">') == 5


def test_an_agent_has_what_it_was_asked_and_an_instrument_its_timeline(client: TestClient):
    assert "updated report on the status of the Convention" in client.get("/agent/secretary-general").text
    text = client.get("/instrument/ICRMW").text
    assert "entry into force 2003-07-01" in text
    assert text.count("<circle") >= 9
    assert '<a href="/A/RES/57/201#op3">' in text


def test_schema_org_data_stand_inside(client: TestClient):
    text = client.get("/A/RES/57/201").text
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    said = json.loads(data)
    assert said["@type"] == "Legislation"
    assert said["legislationIdentifier"] == "A/RES/57/201"
    assert said["legislationDate"] == "2002-12-18"
    assert f"{BASE}instrument/UDHR" in said["citation"]


@pytest.mark.parametrize(("ending", "media", "form"), [
    ("ttl", "text/turtle", RdfFormat.TURTLE),
    ("nt", "application/n-triples", RdfFormat.N_TRIPLES),
    ("jsonld", "application/ld+json", RdfFormat.JSON_LD),
])  # fmt: skip
def test_statements_are_beside_each_page_by_ending_and_by_negotiation(
    client: TestClient, seeds_graph: Store, ending: str, media: str, form: RdfFormat
):
    by_ending = client.get(f"/A/RES/57/201.{ending}")
    by_accept = client.get("/A/RES/57/201", headers={"Accept": f"{media}, text/html;q=0.5"})
    assert by_ending.content == by_accept.content
    assert by_accept.headers["content-type"].startswith(media)
    assert by_accept.headers["vary"].startswith("Accept")
    found = {quad.triple for quad in parse(by_ending.content, form)}
    own = {q.triple for q in seeds_graph.quads_for_pattern(None, None, None, NamedNode(f"{BASE}A/RES/57/201"))}
    assert own < found


def test_a_browser_gets_the_page(client: TestClient):
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert "<!DOCTYPE html>" in client.get("/instrument/ICRMW", headers={"Accept": accept}).text


@pytest.mark.parametrize("path", [
    "/A/RES/99/999", "/..%2f..%2fetc/passwd", "/static/../app.py", "/static/%2e%2e/app.py", "/etc/passwd",
    "/A/RES/57/201.exe",
    "/questions/..%2fchecks%2fblank-nodes", "/agent/%00", "/%f0%9f%92%a7", "/A\\RES", "/questions/nothing",
])  # fmt: skip
def test_what_is_not_there_is_said_to_be_missing(client: TestClient, path: str):
    response = client.get(path)
    assert response.status_code == 404
    assert "root:" not in response.text


def test_a_missing_page_helps(client: TestClient):
    text = client.get("/resolution 57/201").text
    assert "Did you mean" in text
    assert 'href="/A/RES/57/201"' in text


def test_search_and_its_filters(client: TestClient):
    text = client.get("/?q=establishment&body=agent%2FUNGA").text
    assert "<mark>" in text
    assert "body <b>General Assembly</b>" in text
    assert client.get("/?q=%22unfinished+NEAR(&page=999999&year=%27").status_code == 200


@pytest.mark.parametrize("name", sorted(index()))
def test_every_stored_question_is_a_form_that_answers(client: TestClient, name: str):
    values = {"symbol": "A/RES/57/201", "body": "UNGA", "agent": "secretary-general", "instrument": "ICRMW",
              "verb": "request", "string": "report", "integer": "1", "date": "2000-01-01"}  # fmt: skip
    query = index()[name]
    form = client.get(f"/questions/{name}")
    assert form.status_code == 200
    assert all(f'for="p-{parameter.name}"' in form.text for parameter in query.parameters)
    given = {parameter.name: values[parameter.type] for parameter in query.parameters if parameter.required}
    rows = client.get(f"/questions/{name}", params={**given, "format": "json"}).json()["results"]["bindings"]
    shown = client.get(f"/questions/{name}", params={**given, "ask": "1"}).text
    assert f"{len(rows):,} row" in shown
    assert client.get(f"/questions/{name}", params={**given, "format": "csv"}).text.count("\n") >= len(rows) + 1


@pytest.mark.parametrize("value", [
    'A/RES/57/201> } #', '" . ?s ?p ?o . "', "A/RES/57/201\n} UNION { ?x ?y ?z }", "\\u0022", "}", "' OR 1=1", EVIL,
])  # fmt: skip
def test_a_parameter_is_a_term_and_never_text(client: TestClient, value: str):
    words = client.get("/questions/words", params={"words": value, "format": "json"})
    assert words.json()["results"]["bindings"] == []
    symbol = client.get("/questions/cited-by", params={"document": value, "ask": "1"})
    assert symbol.status_code == 400
    assert "is no value for the parameter" in symbol.text
    assert EVIL not in symbol.text


def test_a_needed_parameter_is_asked_for(client: TestClient):
    response = client.get("/questions/cited-by?ask=1")
    assert response.status_code == 400
    assert "Fill in: document." in response.text


def test_the_ledger_narrows(client: TestClient):
    assert "2 requests" not in client.get("/ledger").text
    text = client.get("/ledger?body=CHR").text
    assert "A/RES/" not in re.findall(r"(?s)<tbody>(.*?)</tbody>", text)[0]
    assert client.get("/ledger?body=CHR&format=csv").text.startswith("date,symbol,place")


def test_pages_are_compressed(client: TestClient):
    with client.stream("GET", "/A/RES/57/201", headers={"Accept-Encoding": "gzip"}) as response:
        assert response.headers["content-encoding"] == "gzip"
        assert b"Convention" in gzip.decompress(b"".join(response.iter_raw()))


def test_files_have_a_tag_and_are_not_sent_twice(client: TestClient):
    tag = client.get("/static/site.css").headers["etag"]
    assert client.get("/static/site.css", headers={"If-None-Match": tag}).status_code == 304


@pytest.fixture(scope="module")
def hostile(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The seeds, with a title, a name, a note and links that attack whoever shows them."""
    path = tmp_path_factory.mktemp("hostile") / "store"
    write_store(path, hostile_quads(open_store(graph)))
    with TestClient(create_app(Settings(path, limits=Limits(workers=1)))) as client:
        yield client


def hostile_quads(store: Store) -> list[Quad]:
    def changed(quad: Quad) -> Quad:
        if quad.predicate.value.endswith(("/title", "#prefLabel", "#asks", "#message", "#label")):
            value = f"=cmd|{EVIL}</script><script>alert(1)</script>"
            return Quad(quad.subject, quad.predicate, Literal(value), quad.graph_name)
        if quad.predicate.value.endswith("#seeAlso"):
            return Quad(quad.subject, quad.predicate, NamedNode("javascript:alert(1)"), quad.graph_name)
        return quad

    return [changed(quad) for quad in store]


@pytest.mark.parametrize("path", [*PAGES, "/query", f"/?q={quote(EVIL)}", f"/{quote(EVIL)}"])
def test_words_of_documents_and_of_readers_never_become_markup(hostile: TestClient, path: str):
    text = hostile.get(path).text
    assert "<svg onload" not in text
    assert "<script>alert" not in text
    assert 'href="javascript:' not in text


def test_csv_for_a_spreadsheet_has_no_formulas(hostile: TestClient):
    plain = hostile.get("/questions/resolutions?format=csv").text
    safe = hostile.get("/questions/resolutions?format=csv&spreadsheet=1").text
    assert re.search(r'(?m),"=cmd', plain)
    assert not re.search(r'(?m)(^|,|")=cmd', safe)
    assert safe.count("'=cmd") == 5


def test_bundled_work_of_others_is_what_its_record_says():
    record = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))
    recorded = {name: digest for entry in record.values() for name, digest in entry["files"].items()}
    bundles = [path for path in VENDOR.iterdir() if path.suffix in (".js", ".css")]
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in bundles} == recorded
    assert all((VENDOR / entry["licence_file"]).is_file() for entry in record.values())
    for library in record["yasgui"]["bundled"]:
        assert library["package"]
        assert library["licence"]


def test_the_query_page_allows_one_known_style_sheet_and_others_none(client: TestClient):
    policy = client.get("/query").headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert policy.count("sha256-") == 1
    assert "sha256-" not in client.get("/").headers["content-security-policy"]


def test_the_vocabulary_has_its_page_and_its_files(client: TestClient):
    response = client.get("/ontology")
    assert response.status_code == 200
    links = [link for link in Page(response.text).links if not link.startswith(("#", "http"))]
    assert links
    assert [client.get(f"/ontology/{link}").status_code for link in links] == [200] * len(links)
    assert "unsafe" not in response.headers["content-security-policy"]
    assert client.get("/ontology/stubs.ttl").status_code == 404


def test_the_python_of_the_guide_runs(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    write_store(tmp_path / "graph", open_store(graph))
    monkeypatch.chdir(tmp_path)
    guide = Path(__file__).parent.parent / "docs" / "guide" / "site.md"
    (code,) = re.findall(r"(?s)```python\n(.*?)```", guide.read_text(encoding="utf-8"))
    exec(code, {})
    assert capsys.readouterr().out == "5 graph.search.sqlite\n"
