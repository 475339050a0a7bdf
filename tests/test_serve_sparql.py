"""`/sparql` for those who mean well: forms, datasets, errors, limits; and the headers of every response."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from resgraph.api import Graph
from resgraph.queries import stored
from resgraph.sparql import iris_of
from serving import serving
from written_out import Case, cases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

SELECT = "SELECT ?resolution ?symbol { ?resolution rg:adoptedOn ?day ; rg:symbol ?symbol } ORDER BY ?symbol"
CONSTRUCT = "CONSTRUCT { ?resolution rg:symbol ?symbol } { ?resolution rg:adoptedOn ?day ; rg:symbol ?symbol }"
ROWS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


@pytest.fixture(scope="module")
def client(graph: Path) -> Iterator[httpx.Client]:
    with serving(graph, "--max-rows", "2000", "--max-per-address", "40", "--max-time", "120") as client:
        yield client


def ask(client: httpx.Client, query: str, accept: str = "*/*", **headers: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query}, headers={"Accept": accept, **headers})


def rows(response: httpx.Response) -> list[list[str]]:
    media = response.headers["content-type"].partition(";")[0]
    solutions = parse_query_results(response.content, ROWS[media])
    assert isinstance(solutions, QuerySolutions)
    return [[str(term) for term in solution] for solution in solutions]


@pytest.mark.parametrize("media", ROWS)
def test_rows_come_in_every_form(client: httpx.Client, graph: Path, media: str):
    response = ask(client, SELECT, media)
    assert response.headers["content-type"].partition(";")[0] == media
    with Graph(graph) as opened:
        assert rows(response) == [[str(term) for term in row] for row in opened.sparql(SELECT).terms]
    assert len(rows(response)) == 5


def test_csv_is_that_of_the_standard(client: httpx.Client):
    response = ask(client, 'SELECT (?v AS ?value) { VALUES ?v { "=1+1" "a,b" <x:y> 5 } }', "text/csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.text == 'value\r\n=1+1\r\n"a,b"\r\nx:y\r\n5\r\n'


@pytest.mark.parametrize("media", GRAPHS)
def test_a_graph_comes_in_every_form(client: httpx.Client, media: str):
    response = ask(client, CONSTRUCT, media)
    assert response.headers["content-type"].partition(";")[0] == media
    described = ask(client, "DESCRIBE ?r { ?r rg:symbol 'A/RES/57/201' }", media)
    assert len(list(parse(response.content, GRAPHS[media]))) == 5
    assert len(list(parse(described.content, GRAPHS[media]))) > 10


@pytest.mark.parametrize("media", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_ask_comes_as_a_boolean(client: httpx.Client, media: str):
    response = ask(client, "ASK { ?s ?p ?o }", media)
    assert bool(parse_query_results(response.content, ROWS[media])) is True


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv, */*;q=0.1", "text/csv; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/turtle, application/sparql-results+xml;q=0.5", "application/sparql-results+xml"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.4", "text/tab-separated-values; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/*;q=0.5, text/csv;q=0, nonsense;;q=x", "text/tab-separated-values; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
    ],
)
def test_the_form_is_the_one_preferred(client: httpx.Client, accept: str, given: str):
    response = ask(client, SELECT, accept)
    assert response.headers["content-type"] == given
    assert "Accept" in response.headers["vary"]


def test_a_form_that_cannot_be_had_is_not_acceptable(client: httpx.Client):
    for query, accept in ((SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (SELECT, "image/png"), (SELECT, "*/*;q=0")):
        response = ask(client, query, accept)
        assert response.status_code == 406
        assert "accept one of" in response.text
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("media", GRAPHS)
def test_the_service_describes_itself_in_every_form(client: httpx.Client, media: str):
    response = client.get("/sparql", headers={"Accept": media})
    assert response.headers["content-type"].partition(";")[0] == media
    assert any(quad.object.value == "http://www.w3.org/ns/sparql-service-description#Service"
               for quad in parse(response.content, GRAPHS[media]))  # fmt: skip


def test_a_browser_without_a_query_is_shown_the_page_for_queries(client: httpx.Client):
    response = client.get("/sparql", headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert (response.status_code, response.headers["location"]) == (303, "/query")


def test_head_has_the_headers_of_get(client: httpx.Client):
    get, head = ask(client, SELECT), client.head("/sparql", params={"query": SELECT})
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]


def test_pages_of_other_sites_may_ask(client: httpx.Client, graph: Path):
    response = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert response.status_code == 204
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    for answer in (response, ask(client, SELECT), ask(client, "SELECT")):
        assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/health").headers
    with serving(graph, "--no-cross-origin") as closed:
        assert "access-control-allow-origin" not in ask(closed, SELECT).headers


@pytest.mark.parametrize("path", ["/sparql", "/sparql?query=SELECT", "/health", "/openapi.json", "/no/such/page"])
def test_every_response_has_the_headers_of_security(client: httpx.Client, path: str):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_an_error_names_line_and_column_and_shows_the_line(client: httpx.Client):
    response = ask(client, "SELECT *\n{ ?s ?p ?o ;; }\nLIMIT x")
    assert response.status_code == 400
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    first, *_, line, mark = response.text.rstrip("\n").split("\n")
    assert first.startswith("line 3, column 7: SPARQL syntax error: ")
    assert (line, mark) == ("LIMIT x", "      ^")


def test_markup_in_an_error_stays_plain_text(client: httpx.Client):
    response = ask(client, "<script>alert(1)</script>")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_an_update_as_a_query_is_refused_with_the_reason(client: httpx.Client):
    response = ask(client, "PREFIX a: <x:a> # SELECT\nINSERT DATA { a:a a:a a:a }")
    assert response.status_code == 403
    assert response.text == "INSERT would change the graph, which is only read here; ask with a query\n"


def test_service_is_refused_with_the_reason(client: httpx.Client):
    response = ask(client, "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    assert response.status_code == 403
    assert "SERVICE is not served" in response.text


@pytest.mark.parametrize("media", [*ROWS, "text/csv"])
def test_a_row_limit_gives_a_whole_document_and_says_so(client: httpx.Client, media: str):
    response = ask(client, "SELECT ?s ?p ?o { ?s ?p ?o }", media)
    assert response.status_code == 200
    assert response.headers["x-resgraph-truncated"].startswith("the first 2,000 rows")
    if media == "text/csv":
        import csv
        import io

        assert len(list(csv.reader(io.StringIO(response.text)))) == 2_001
    else:
        assert len(rows(response)) == 2_000


def test_an_answer_of_just_as_many_rows_is_whole(client: httpx.Client):
    for limit, cut in ((1_999, False), (2_000, False), (2_001, True)):
        response = ask(client, f"SELECT ?s {{ ?s ?p ?o }} LIMIT {limit}")
        assert ("x-resgraph-truncated" in response.headers) == cut
        assert len(rows(response)) == min(limit, 2_000)
        response = ask(client, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }} LIMIT {limit}", "application/n-triples")
        assert ("x-resgraph-truncated" in response.headers) == cut


def test_a_graph_is_cut_to_as_many_statements(client: httpx.Client):
    response = ask(client, "CONSTRUCT WHERE { ?s ?p ?o }", "application/ld+json")
    assert response.headers["x-resgraph-truncated"]
    assert len(list(parse(response.content, RdfFormat.JSON_LD))) == 2_000


def test_who_wants_all_or_nothing_gets_nothing(client: httpx.Client):
    response = ask(client, "SELECT ?s ?p ?o { ?s ?p ?o }", Prefer="handling=strict")
    assert response.status_code == 403
    assert "--max-rows" in response.text
    assert ask(client, SELECT, Prefer="handling=strict").status_code == 200


def test_a_count_is_of_all_rows_whatever_the_limit(client: httpx.Client, graph: Path):
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with Graph(graph) as opened:
        assert rows(ask(client, query)) == [[str(term) for term in row] for row in opened.sparql(query).terms]
    assert int(ask(client, query).json()["results"]["bindings"][0]["n"]["value"]) > 2_000


def test_the_default_graph_is_the_union_unless_a_graph_is_named(client: httpx.Client):
    one = "https://w3id.org/resgraph/A/RES/57/201"
    symbols = "SELECT ?symbol {} {{ ?r rg:adoptedOn ?day ; rg:symbol ?symbol }}"
    assert len(rows(ask(client, symbols.format("")))) == 5
    assert rows(ask(client, symbols.format(f"FROM <{one}>"))) == [['"A/RES/57/201"']]
    assert rows(ask(client, symbols.format(f"FROM NAMED <{one}>"))) == []
    by_request = client.get("/sparql", params={"query": symbols.format(""), "default-graph-uri": one})
    assert rows(by_request) == [['"A/RES/57/201"']]


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_stored_question_has_the_rows_that_it_has_in_process(client: httpx.Client, graph: Path, case: Case):
    with Graph(graph) as opened:
        here = stored(case.name).run(opened.store, dict(case.params))
        there = ask(client, case.text(iris_of(opened.store)), "application/sparql-results+json, text/turtle")
    assert there.status_code == 200, there.text
    if here.statements:
        triples = {str(quad.triple) for quad in parse(there.content, RdfFormat.TURTLE)}
        assert triples == {str(triple) for triple in here.statements}
    else:
        assert sorted(tabled(there, here.columns)) == sorted([str(term) for term in row] for row in here.terms)


def tabled(response: httpx.Response, columns: tuple[str, ...]) -> list[list[str]]:
    """The rows with these columns only."""
    solutions = parse_query_results(response.content, QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    return [[str(solution[column]) for column in columns] for solution in solutions]
