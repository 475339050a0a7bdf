"""The answer to a query, as Python values and in the forms in which it is written."""

import builtins
import json
from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from resgraph.errors import QueryError
from resgraph.rows import FORMATS, Rows, python_value
from resgraph.sparql import evaluate
from resgraph.vocab import XSD

SOME = Rows(
    ("title", "count", "when", "what"),
    (
        (Literal('a "b", [red]c'), Literal(3), Literal("2000-12-04", datatype=XSD.date), NamedNode("https://e.org/x")),
        (Literal("=1+1", language="en"), None, None, None),
    ),
)


def typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#" + kind))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (Literal(7), 7),
        (Literal(value=True), True),
        (typed("1.50", "decimal"), Decimal("1.50")),
        (typed("1e3", "double"), 1000.0),
        (typed("2000-12-04", "date"), date(2000, 12, 4)),
        (typed("-0044-03-15", "date"), "-0044-03-15"),
        (typed("2001", "gYear"), "2001"),
        (Literal("x", language="fr"), "x"),
        (NamedNode("https://e.org/x"), "https://e.org/x"),
        (None, None),
    ],
)
def test_a_term_becomes_a_python_value(term, value):
    assert python_value(term) == value
    assert type(python_value(term)) is type(value)


def test_rows_are_dictionaries_of_values():
    assert len(SOME) == 2
    assert list(SOME)[1] == {"title": "=1+1", "count": None, "when": None, "what": None}
    assert SOME.without({"when", "what"}).values == (('a "b", [red]c', 3), ("=1+1", None))


def test_csv_is_as_the_standard_says():
    assert (
        SOME.render("csv") == 'title,count,when,what\r\n"a ""b"", [red]c",3,2000-12-04,https://e.org/x\r\n=1+1,,,\r\n'
    )


def test_tsv_keeps_the_kinds_of_terms():
    lines = SOME.render("tsv").splitlines()
    assert lines[0] == "?title\t?count\t?when\t?what"
    assert lines[1].split("\t")[1:] == ["3", f'"2000-12-04"^^{XSD.date}', "<https://e.org/x>"]


def test_json_is_sparql_results():
    answer = json.loads(SOME.render("json"))
    assert answer["head"] == {"vars": ["title", "count", "when", "what"]}
    first, second = answer["results"]["bindings"]
    assert first["count"] == {"type": "literal", "value": "3", "datatype": XSD.integer.value}
    assert first["what"] == {"type": "uri", "value": "https://e.org/x"}
    assert second == {"title": {"type": "literal", "value": "=1+1", "xml:lang": "en"}}


def test_a_table_shows_text_as_it_is_and_counts():
    table = SOME.render("table", width=100)
    assert 'a "b", [red]c' in table
    assert table.endswith("2 rows\n")
    assert Rows(("a",), ()).render("table").endswith("0 rows\n")


def test_a_format_that_is_none_is_refused():
    with pytest.raises(QueryError, match="'xml' is no format for answers; use table, csv, tsv, json, ttl"):
        SOME.render("xml")


def test_rows_cannot_be_turtle():
    with pytest.raises(QueryError, match="only the statements of a CONSTRUCT query can be written as Turtle"):
        SOME.render("ttl")


def test_statements_are_sorted_rows_and_turtle(tiny):
    rows = evaluate(tiny, "CONSTRUCT { ?r rg:cites ?d } WHERE { ?r rg:cites ?d ; rg:symbol ?s }")
    assert rows.columns == ("subject", "predicate", "object")
    assert rows.statements is not None
    assert list(rows.terms) == sorted(rows.terms, key=lambda row: " ".join(map(str, row)))
    turtle = rows.render("ttl")
    assert "@prefix rg:" in turtle
    assert {quad.triple for quad in parse(turtle.encode(), RdfFormat.TURTLE)} == set(rows.statements)
    assert all(rows.without(()).render(name) for name in FORMATS)


def test_blank_nodes_of_an_answer_can_be_written(tiny):
    rows = evaluate(tiny, "CONSTRUCT { [] rg:cites ?d } WHERE { ?r rg:cites ?d ; rg:symbol 'A/RES/60/1' }")
    assert len(list(parse(rows.render("ttl").encode(), RdfFormat.TURTLE))) == 2


def test_ask_is_one_row(tiny):
    assert evaluate(tiny, "ASK { ?r a rg:Resolution }").values == ((True,),)


def test_a_data_frame_has_the_columns_and_values():
    pandas = pytest.importorskip("pandas")
    frame = SOME.to_pandas()
    assert list(frame.columns) == list(SOME.columns)
    assert frame["count"][0] == 3
    assert pandas.isna(frame["count"][1])


def test_without_pandas_it_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name == "pandas":
            raise ModuleNotFoundError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(QueryError, match=r"pandas is not installed; run: pip install 'resgraph\[pandas\]'"):
        SOME.to_pandas()
