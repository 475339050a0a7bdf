"""The stored questions: well formed, asked alike by two engines, and answered on the seeds as a reader would."""

import json
import logging
import re
from datetime import date
from itertools import product
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from resgraph import vocab
from resgraph.errors import QueryError
from resgraph.iris import Iris
from resgraph.queries import StoredQuery, _without_columns, checks, index, parse_query, read_query, run, stored
from resgraph.sparql import iris_of

HERE = Path(__file__).parent
GUIDE = (HERE.parent / "docs" / "queries.md").read_text(encoding="utf-8")
ANSWERS = sorted((HERE / "answers").glob("*.json"))
COMPETENCY = sorted((HERE / "competency").glob("*.json"))
EVERY = [*index().values(), *checks().values()]
VOCABULARIES = (vocab.RG, vocab.DCTERMS, vocab.SKOS, vocab.PROV, vocab.RDF, vocab.RDFS, vocab.XSD)
TERMS = frozenset().union(*(vocab.terms(vocabulary) for vocabulary in VOCABULARIES))
SAMPLES = {
    "agent": ["secretary-general", "france"],
    "body": ["UNGA", "ECOSOC"],
    "document": ["A/RES/45/158"],
    "from": ["2006-01-01"],
    "instrument": ["ICRMW"],
    "other": ["E/RES/2006/5"],
    "position": ["1"],
    "report": ["A/61/9"],
    "resolution": ["A/RES/60/1", "E/RES/2006/5"],
    "threshold": ["20"],
    "to": ["2006-01-01"],
    "verb": ["call-upon", "take-note"],
    "words": ["widget"],
}
INJECTIONS = [
    '" ) } #',
    "' OR true",
    "> } INSERT DATA { <a> <b> <c> } #",
    "\\u0022",
    "a\nb",
    "?s ?p ?o",
    "} UNION { ?s ?p ?o",
]

every_query = pytest.mark.parametrize("query", EVERY, ids=lambda query: query.name)
stored_query = pytest.mark.parametrize("query", index().values(), ids=lambda query: query.name)


def code(query: StoredQuery) -> str:
    """The text without its header, comments and strings."""
    return re.sub(r'"(?:[^"\\]|\\.)*"', '""', re.sub(r"(?m)^#.*$", "", query.text))


def selected(query: StoredQuery) -> str:
    return code(query).split("SELECT", 1)[1].split("WHERE", 1)[0]


# ---------------------------------------------------------------- form


@every_query
def test_parses_in_oxigraph_and_in_rdflib(query):
    Store().query(query.text, use_default_graph_as_union=True)
    prepareQuery(query.text)


@every_query
def test_uses_only_terms_of_the_vocabulary(query):
    prefixes = dict(re.findall(r"(?m)^PREFIX (\w+): <(.+)>$", query.text))
    body = re.sub(r"(?m)^PREFIX .*$", "", code(query))
    used = {(prefix, name) for prefix, name in re.findall(r"(?<![\w?])(\w+):(\w+)", body)}
    assert {prefix for prefix, _ in used} == set(prefixes), "declare the prefixes that are used, and no others"
    assert {NamedNode(prefixes[prefix] + name) for prefix, name in used} <= TERMS
    assert "<http" not in body


@every_query
def test_has_a_summary_and_tags(query):
    assert re.fullmatch(r"[A-Z].{10,140}\.", query.summary)
    assert query.tags
    assert all(re.fullmatch(r"[a-z-]+", tag) for tag in query.tags)


@every_query
def test_has_a_fixed_order_of_rows(query):
    assert "ORDER BY" in query.text or "CONSTRUCT" in query.text


@stored_query
def test_selects_its_parameters_last(query):
    if "CONSTRUCT" in query.text:
        assert all(f"?{parameter.name} " in code(query) for parameter in query.parameters)
        return
    assert selected(query).split()[-len(query.parameters) or None :] == [f"?{p.name}" for p in query.parameters] or (
        not query.parameters
    )


@stored_query
def test_asks_neither_bound_nor_bind_of_a_parameter(query):
    """Oxigraph decides both before it knows the value that is given."""
    for parameter in query.parameters:
        assert not re.search(rf"(?i)\b(BOUND|BIND)\s*\(\s*\?{parameter.name}\b", query.text)


@stored_query
def test_is_in_the_guide_with_its_parameters(query):
    row = next((line for line in GUIDE.splitlines() if line.startswith(f"| `{query.name}` |")), "")
    assert query.summary in row, f"add to docs/queries.md: | `{query.name}` | {query.summary} | ... |"
    assert re.findall(r"`(\w+)`", row.rsplit(" | ", 1)[1]) == [parameter.name for parameter in query.parameters]


def test_checks_take_no_parameters():
    assert not any(check.parameters for check in checks().values())


def test_there_are_no_two_queries_with_the_same_summary():
    assert len({query.summary for query in EVERY}) == len(EVERY)


# ---------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        ("SELECT ?a ?b ?n ?m", "SELECT ?a ?b ?m"),
        ("SELECT ?a (COUNT(?n) AS ?b)\n  ?m ?n", "SELECT ?a (COUNT(?n) AS ?b)\n  ?m"),
        ("SELECT ?n", "SELECT ?n"),
        ("SELECT DISTINCT ?a ?n ?m", "SELECT DISTINCT ?a ?n ?m"),
        ("SELECT ?n ?a", "SELECT ?a"),
        ("SELECT *", "SELECT *"),
        ("ASK", "ASK"),
    ],
)
def test_a_parameter_that_is_not_given_is_no_column(head, asked):
    pattern = "\nWHERE { { SELECT ?n ?a WHERE { ?a ?n ?m } } FILTER('SELECT ?n WHERE {') }"
    assert _without_columns(f"# SELECT ?n\n{head}{pattern}", frozenset({"n"})) == f"# SELECT ?n\n{asked}{pattern}"


def given_combinations(query: StoredQuery) -> list[dict[str, str]]:
    """Every way of giving or leaving out the parameters, with the samples."""
    choices = [
        [*({parameter.name: sample} for sample in SAMPLES[parameter.name]), *([] if parameter.required else [{}])]
        for parameter in query.parameters
    ]
    return [{key: value for part in parts for key, value in part.items()} for parts in product(*choices)]


@pytest.fixture(scope="module")
def tiny_rdflib() -> rdflib.Graph:
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    return rdflib.Graph().parse(HERE / "data" / "tiny.ttl")


def rdflib_rows(
    graph: rdflib.Graph, query: StoredQuery, prepared: Query, given: dict[str, str]
) -> list[tuple[str | None, ...]]:
    bindings = {
        name: rdflib.URIRef(term.value)
        if isinstance(term, NamedNode)
        else rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
        for name, term in query.bindings(given, Iris()).items()
    }
    answer = graph.query(prepared, initBindings=bindings)
    if answer.type == "CONSTRUCT":
        return sorted(tuple(str(term) for term in triple) for triple in answer.graph or ())
    columns = [column for column in answer.vars or [] if str(column) not in {p.name for p in query.parameters}]
    rows = [tuple(str(row[c]) if row.get(c) is not None else None for c in columns) for row in answer.bindings]
    return [row for row in rows if any(row)]  # rdflib makes one empty row of no groups


@stored_query
def test_oxigraph_and_rdflib_agree_on_every_combination_of_parameters(query, tiny, tiny_rdflib):
    prepared = prepareQuery(query.text)
    for given in given_combinations(query):
        rows = query.run(tiny, given)
        mine = [tuple(term.value if term else None for term in row) for row in rows.terms]
        if rows.statements is not None:
            mine.sort()
        assert mine == rdflib_rows(tiny_rdflib, query, prepared, given), given


def test_a_parameter_that_is_not_given_restricts_nothing(tiny):
    assert [row["symbol"] for row in run(tiny, "resolutions")] == ["A/RES/60/1", "E/RES/2006/5"]
    assert [row["symbol"] for row in run(tiny, "resolutions", body="ECOSOC")] == ["E/RES/2006/5"]
    assert [row["symbol"] for row in run(tiny, "resolutions", body=None, from_=date(2006, 1, 1))] == ["E/RES/2006/5"]
    assert [row["symbol"] for row in run(tiny, "resolutions", to="2005-10-24")] == ["A/RES/60/1"]


def test_counts_do_not_fall_apart_by_a_parameter_that_is_not_given(tiny):
    assert next(iter(run(tiny, "addressees"))) == {"addressee": "Secretary-General", "requests": 3, "resolutions": 2}
    assert next(iter(run(tiny, "addressees", body="UNGA")))["requests"] == 2


def test_a_default_is_used_and_can_be_replaced(tiny):
    assert [row["document_symbol"] for row in run(tiny, "documents-by-verb")] == ["A/61/9"]
    assert len(run(tiny, "documents-by-verb", verb="call-upon")) == 0


def test_a_due_date_without_a_body_is_not_the_bodys(tiny):
    assert [row["due_date"] for row in run(tiny, "reports-due")] == [None, "2008"]
    assert [row["due_session"] for row in run(tiny, "reports-due", body="UNGA")] == ["62"]
    assert len(run(tiny, "reports-due", body="ECOSOC")) == 0


def test_a_symbol_may_be_spelled_freely(tiny):
    assert len(run(tiny, "paragraphs", resolution=" A/RES/60 / 1")) == 6


def test_the_base_of_the_graph_is_found(tiny_path):
    store = Store()
    text = tiny_path.read_text(encoding="utf-8").replace("https://w3id.org/resgraph/", "https://example.org/data/")
    text = text.replace("https://example.org/data/ontology#", vocab.RG_NAMESPACE)
    store.load(text.encode(), RdfFormat.TURTLE)
    assert iris_of(store) == Iris("https://example.org/data/")
    assert len(run(store, "paragraphs", resolution="A/RES/60/1")) == 6


@pytest.mark.parametrize("payload", INJECTIONS)
def test_words_are_bound_and_never_become_query_text(tiny, payload):
    assert len(run(tiny, "words", words=payload)) == 0


@pytest.mark.parametrize("payload", INJECTIONS)
@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("paragraphs", "resolution"),
        ("resolutions", "body"),
        ("resolutions", "from"),
        ("requests-by-addressee", "agent"),
        ("entry-into-force", "instrument"),
        ("verb-usage", "verb"),
        ("opening-verbs", "position"),
    ],
)
def test_what_cannot_be_a_value_is_refused(tiny, name, parameter, payload):
    with pytest.raises(QueryError, match=f"is no value for the parameter '{parameter}'; give a"):
        run(tiny, name, **{parameter: payload})


def test_quotes_in_a_value_find_quotes_in_the_text(tiny):
    assert [row["place"] for row in run(tiny, "words", words='a "widget", or = 1+1')] == ["op2.b"]


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("reports-do", {}, "reports-do: there is no stored query of this name; did you mean reports-due"),
        ("../resolutions", {}, "there is no stored query of this name; did you mean resolutions"),
        ("checks/blank-nodes", {}, "there is no stored query of this name"),
        ("zzz", {}, "list them all with: resgraph query --list"),
        (
            "resolutions",
            {"boby": "UNGA"},
            "resolutions: there is no parameter 'boby'; it takes body (body), from (date)",
        ),
        ("instruments", {"body": "UNGA"}, "there is no parameter 'body'; it takes none"),
        ("paragraphs", {}, "paragraphs: the parameter 'resolution' is missing; it takes resolution (symbol)"),
        ("resolutions", {"from": "yesterday"}, "'yesterday' is no value for the parameter 'from'; give a date such as"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(tiny, name, params, message):
    with pytest.raises(QueryError, match=re.escape(message)):
        run(tiny, name, **params)


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ sumary: What.", "mine.rq:1: this line of the header cannot be read"),
        ("#+ summary: What.\n#+ param body", "mine.rq:2: this line of the header cannot be read"),
        ("#+ param: body -- the body", "mine.rq: the parameter 'body -- the body' cannot be read; write NAME TYPE"),
        ("#+ param: body organ -- the body", "mine.rq: 'organ' is no type of parameter; use string, integer, date"),
    ],
)
def test_a_bad_header_is_refused(header, message):
    with pytest.raises(QueryError, match=re.escape(message)):
        parse_query(header + "\nSELECT * {}", "mine.rq")


def test_a_header_is_read():
    query = parse_query(
        "#+ summary: What.\n#+ param: n integer default=3 -- how many\n#+ tags: a, b\nSELECT ?n {}", "q"
    )
    assert (query.summary, query.tags) == ("What.", ("a", "b"))
    assert query.bindings({}, Iris()) == {"n": Literal(3)}


@pytest.mark.parametrize(("content", "message"), [(None, "it cannot be read"), (b"\xff\xfe", "it is no UTF-8 text")])
def test_a_file_that_cannot_be_read_is_told(tmp_path, content, message):
    path = tmp_path / "mine.rq"
    if content:
        path.write_bytes(content)
    with pytest.raises(QueryError, match=re.escape(f"{path}: {message}")):
        read_query(path)


# ---------------------------------------------------------------- answers on the seeds


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def test_every_question_has_an_expected_answer():
    answered = {json.loads(path.read_text(encoding="utf-8"))["query"] for path in ANSWERS}
    for path in COMPETENCY:
        for question in json.loads(path.read_text(encoding="utf-8")):
            answered |= {asked["query"] for asked in question["asked"]}
    assert answered == set(index())


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_answers_on_the_seeds_as_a_reader_would(path, seeds_graph):
    """`compare` is exact; distinct: repeated rows count once; contains: these rows are among the answers."""
    expected = json.loads(path.read_text(encoding="utf-8"))
    rows = stored(expected["query"]).run(seeds_graph, expected["params"])
    found = [[plain(row[column]) for column in expected["columns"]] for row in rows]
    if expected["compare"] == "contains":
        assert [row for row in expected["rows"] if row not in found] == []
        return
    if expected["compare"] == "distinct":
        found = [row for at, row in enumerate(found) if row not in found[:at]]
    assert found == expected["rows"]


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.name)
def test_the_graph_of_the_seeds_is_sound(check, seeds_graph):
    assert list(check.run(seeds_graph, {})) == []
