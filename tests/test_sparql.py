"""Evaluation of one query: what it sees, and what it says of a mistake."""

import re

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from resgraph.errors import QueryError
from resgraph.sparql import evaluate
from resgraph.vocab import RG

LONG = "SELECT * WHERE { " + "?s ?p " * 200


def test_the_default_graph_is_the_union_of_all_graphs():
    store = Store()
    for name in ("a", "b"):
        node = NamedNode("https://e.org/" + name)
        store.add(Quad(node, NamedNode("https://e.org/p"), Literal(name), node))
    assert len(evaluate(store, "SELECT ?o WHERE { ?s <https://e.org/p> ?o }")) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?r WHERE {\n  ?r rg:cites ?x .\n  FILTR(?x)\n}", "mine.rq:3:11: SPARQL syntax error: "),
        ("SELECT ?r WHERE {\n  ?r rg:cites ?x .\n  FILTR(?x)\n}", "in the line 'FILTR(?x)'; mend the query"),
        ("SELECT ?r WHERE { ?r unknown:cites ?x }", "a prefix is not declared, in the line"),
        ("SELECT ?r (COUNT(?x) AS ?n)\nWHERE { ?r rg:cites ?x }", "neither grouped by nor aggregated"),
        ("SELECT ?r WHERE {\n", "the text ends there"),
        ("", "mine.rq:1:1: SPARQL syntax error"),
        ("INSERT DATA { <https://e.org/a> rg:cites <https://e.org/b> }", "mine.rq:1:10: SPARQL syntax error"),
        ("DROP ALL", "SPARQL syntax error"),
    ],
)
def test_a_syntax_error_names_line_column_and_the_line(text, message):
    with pytest.raises(QueryError, match=re.escape(message)) as caught:
        evaluate(Store(), text, where="mine.rq")
    assert "\n" not in str(caught.value)


def test_a_graph_of_somebody_elses_is_asked_all_the_same():
    store = Store()
    store.add(Quad(NamedNode("https://e.org/a"), RG.symbol, Literal("no symbol at all")))
    assert len(evaluate(store, "SELECT ?s WHERE { ?s rg:symbol ?symbol }")) == 1


def test_a_long_line_is_cut_short():
    with pytest.raises(QueryError) as caught:
        evaluate(Store(), LONG)
    assert len(str(caught.value)) < 500


def test_a_parameter_that_is_not_selected_is_told():
    with pytest.raises(QueryError, match=r"'x' cannot be bound: \?x is not in the SELECT clause; write \?x after"):
        evaluate(Store(), "SELECT ?s WHERE { ?s ?p ?x }", {"x": Literal("1")})


def test_from_names_the_dataset():
    store = Store()
    for graph in "ab":
        store.add(Quad(*(NamedNode(f"x:{part}") for part in (f"s{graph}", "p", "o", graph))))
    subjects = [
        [row["s"] for row in evaluate(store, f"SELECT ?s {clause} {{ ?s ?p ?o }} ORDER BY ?s")]
        for clause in ("", "FROM <x:a>", "FROM <x:none>", "FROM NAMED <x:a>")
    ]
    assert subjects == [["x:sa", "x:sb"], ["x:sa"], [], []]
