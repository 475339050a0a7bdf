"""The W3C's tests of the SPARQL 1.1 Protocol and of service descriptions that a read-only endpoint can take.

Each is named after its entry in `protocol/manifest.ttl` and `service-description/manifest.ttl` of the suite
(data-sparql11). Those of updates are held to the 4xx that the suite wants of bad ones; the good ones are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from resgraph.store import write_store
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

DATA = "http://kasei.us/2009/09/sparql/data/"
FORM = "application/x-www-form-urlencoded"
DIRECT = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
RESULTS = ("application/sparql-results+json", "application/sparql-results+xml")
SD = "http://www.w3.org/ns/sparql-service-description#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The suite's data: each file tells the type of itself, in a graph of its own name."""
    path = tmp_path_factory.mktemp("protocol") / "store"
    document = NamedNode("http://xmlns.com/foaf/0.1/Document")
    files = [NamedNode(f"{DATA}data{number}.rdf") for number in range(4)]
    write_store(path, [Quad(file, NamedNode(TYPE), document, file) for file in files])
    with serving(path) as client:
        yield client


def direct(client: httpx.Client, query: str, **params: object) -> httpx.Response:
    return client.post("/sparql", content=query, headers=DIRECT, params=params)


def is_true(response: httpx.Response) -> bool:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] in RESULTS
    return bool(response.json()["boolean"])


def data(*numbers: int) -> list[str]:
    return [f"{DATA}data{number}.rdf" for number in numbers]


def test_query_get(client: httpx.Client):
    assert is_true(client.get("/sparql", params={"query": "ASK {}"}))


def test_query_post_form(client: httpx.Client):
    assert is_true(client.post("/sparql", data={"query": "ASK {}"}))


def test_query_post_direct(client: httpx.Client):
    assert is_true(direct(client, "ASK {}"))


def test_query_dataset_default_graph(client: httpx.Client):
    assert is_true(direct(client, f"ASK {{ <{DATA}data1.rdf> ?p ?o }}", **{"default-graph-uri": data(1)}))
    assert not is_true(direct(client, f"ASK {{ <{DATA}data1.rdf> ?p ?o }}", **{"default-graph-uri": data(2)}))


def test_query_dataset_default_graphs_get(client: httpx.Client):
    query = f"ASK {{ <{DATA}data1.rdf> a ?type . <{DATA}data2.rdf> a ?type . }}"
    assert is_true(client.get("/sparql", params={"query": query, "default-graph-uri": data(1, 2)}))
    assert not is_true(client.get("/sparql", params={"query": query, "default-graph-uri": data(1)}))


def test_query_dataset_default_graphs_post(client: httpx.Client):
    query = f"ASK {{ <{DATA}data1.rdf> ?p ?o . <{DATA}data2.rdf> ?p ?o }}"
    assert is_true(direct(client, query, **{"default-graph-uri": data(1, 2)}))
    assert is_true(client.post("/sparql", data={"query": query, "default-graph-uri": data(1, 2)}))


def test_query_dataset_named_graphs_get(client: httpx.Client):
    query = f"ASK {{ GRAPH ?g1 {{ <{DATA}data1.rdf> a ?type }} GRAPH ?g2 {{ <{DATA}data2.rdf> a ?type }} }}"
    assert is_true(client.get("/sparql", params={"query": query, "named-graph-uri": data(1, 2)}))
    assert not is_true(client.get("/sparql", params={"query": query, "named-graph-uri": data(1)}))


def test_query_dataset_named_graphs_post(client: httpx.Client):
    assert is_true(direct(client, "ASK { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": data(1, 2)}))
    assert not is_true(direct(client, "ASK { ?s ?p ?o }", **{"named-graph-uri": data(1, 2)}))


def test_query_dataset_full(client: httpx.Client):
    graphs = {"default-graph-uri": data(3), "named-graph-uri": data(1, 2)}
    response = direct(client, "SELECT ?g ?x ?s { ?x ?y ?o  GRAPH ?g { ?s ?p ?o } }", **graphs)
    assert response.headers["content-type"] in RESULTS
    rows = [{name: term["value"] for name, term in row.items()} for row in response.json()["results"]["bindings"]]
    assert sorted(rows, key=str) == [{"g": file, "x": data(3)[0], "s": file} for file in data(1, 2)]


def test_query_multiple_dataset(client: httpx.Client):
    """What the request names stands above what the query names."""
    asked = "ASK FROM <{}> {{ <{}> ?p ?o }}"
    assert is_true(direct(client, asked.format(data(1)[0], data(2)[0]), **{"default-graph-uri": data(2)}))
    assert not is_true(direct(client, asked.format(data(1)[0], data(1)[0]), **{"default-graph-uri": data(2)}))


def test_query_content_type_select(client: httpx.Client):
    response = direct(client, "SELECT (1 AS ?value) {}")
    assert response.headers["content-type"] in (*RESULTS, "text/tab-separated-values", "text/csv")
    assert response.json()["results"]["bindings"][0]["value"]["value"] == "1"


def test_query_content_type_ask(client: httpx.Client):
    assert is_true(direct(client, "ASK {}"))


@pytest.mark.parametrize("query", ["DESCRIBE <http://example.org/>", "CONSTRUCT { <s> <p> 1 } WHERE {}"])
def test_query_content_type_describe_and_construct(client: httpx.Client, query: str):
    response = direct(client, query)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] in ("text/turtle", "application/rdf+xml")
    triples = [quad.triple for quad in parse(response.content, RdfFormat.TURTLE)]
    endpoint = str(client.base_url.join("/"))
    assert [str(t.subject.value) for t in triples] == ([f"{endpoint}s"] if "CONSTRUCT" in query else [])


@pytest.mark.parametrize(
    ("name", "status", "request_"),
    [
        ("bad_query_method", 405, {"method": "PUT", "params": {"query": "ASK {}"}}),
        ("bad_multiple_queries", 400, {"method": "GET", "params": {"query": ["ASK {}", "SELECT * {}"]}}),
        ("bad_query_wrong_media_type", 415, {"headers": {"Content-Type": "text/plain"}, "content": "ASK {}"}),
        ("bad_query_missing_form_type", 415, {"content": b"query=ASK%20%7B%7D"}),
        ("bad_query_missing_direct_type", 415, {"content": b"ASK {}"}),
        (
            "bad_query_non_utf8",
            415,
            {
                "headers": {"Content-Type": "application/sparql-query; charset=UTF-16"},
                "content": "ASK {}".encode("utf-16"),
            },
        ),
        ("bad_query_non_utf8, unsaid", 400, {"headers": DIRECT, "content": "ASK {}".encode("utf-16")}),
        ("bad_query_syntax", 400, {"method": "GET", "params": {"query": "ASK {"}}),
        ("bad_update_get", 403, {"method": "GET", "params": {"update": "CLEAR ALL"}}),
        ("bad_multiple_updates", 403, {"data": {"update": ["CLEAR NAMED", "CLEAR DEFAULT"]}}),
        ("bad_update_wrong_media_type", 415, {"headers": {"Content-Type": "text/plain"}, "content": "CLEAR NAMED"}),
        ("bad_update_missing_form_type", 415, {"content": b"update=CLEAR%20NAMED"}),
        ("bad_update_non_utf8", 403, {"headers": UPDATE, "content": "CLEAR NAMED".encode("utf-16")}),
        ("bad_update_syntax", 403, {"data": {"update": "CLEAR XYZ"}}),
        (
            "bad_update_dataset_conflict",
            403,
            {"data": {"update": "WITH <x:a> DELETE {} WHERE {}", "using-graph-uri": "x:b"}},
        ),
        ("update_post_form", 403, {"data": {"update": "CLEAR ALL"}}),
        ("update_post_direct", 403, {"headers": UPDATE, "content": "CLEAR ALL"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused(client: httpx.Client, name: str, status: int, request_: dict[str, object]):
    response = client.request(url="/sparql", **{"method": "POST", **request_})
    assert response.status_code == status, name
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.strip()
    assert is_true(direct(client, f"ASK {{ <{DATA}data1.rdf> ?p ?o }}"))


def described(client: httpx.Client) -> Store:
    response = client.get("/sparql")
    assert response.status_code == 200
    store = Store()
    store.extend(parse(response.content, RdfFormat.from_media_type(response.headers["content-type"].partition(";")[0])))
    return store


def test_returns_rdf(client: httpx.Client):
    assert len(described(client)) > 0


def test_has_endpoint_triple(client: httpx.Client):
    endpoint = NamedNode(str(client.base_url.join("/sparql")))
    assert any(described(client).quads_for_pattern(None, NamedNode(SD + "endpoint"), endpoint))


def test_conforms_to_schema(client: httpx.Client):
    """Its properties stand between what the vocabulary of service descriptions says they stand between."""
    store = described(client)
    schema = {
        "endpoint": ("Service", None),
        "supportedLanguage": ("Service", None),
        "feature": ("Service", None),
        "resultFormat": ("Service", None),
        "defaultDataset": ("Service", "Dataset"),
        "defaultGraph": ("Dataset", "Graph"),
    }
    used = {quad.predicate.value.removeprefix(SD) for quad in store if quad.predicate.value.startswith(SD)}
    assert used == set(schema)
    for name, ends in schema.items():
        for quad in store.quads_for_pattern(None, NamedNode(SD + name), None):
            assert not isinstance(quad.object, Literal)
            for node, kind in zip((quad.subject, quad.object), ends, strict=True):
                typed = store.quads_for_pattern(node, NamedNode(TYPE), NamedNode(f"{SD}{kind}"))
                assert kind is None or any(typed), (name, kind)


def test_the_description_counts(client: httpx.Client):
    counted = {
        quad.predicate.value.rpartition("#")[2]: quad.object.value
        for quad in described(client)
        if quad.predicate.value.startswith("http://rdfs.org/ns/void#") and isinstance(quad.object, Literal)
    }
    assert counted == {"triples": "4", "distinctSubjects": "4", "properties": "1", "classes": "1"}
