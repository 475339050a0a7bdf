"""Evaluation of one query: what it sees, and what it says of a mistake."""

import re

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from resgraph.errors import QueryError
from resgraph.outline import outline
from resgraph.sparql import evaluate
from resgraph.vocab import RDF, RG

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


# ------------------------------------------------------------ bound terms

BREAKOUTS = [
    "x:a> } #",
    "x:a\n} UNION { ?s ?p ?o",
    "x:a }",
    'x:"a"',
    "x:\\u003E",
    "x:a\\",
    "x:`a",
    "x:a^b",
    "x:a|b",
    "x:\x00",
]


@pytest.mark.parametrize("iri", BREAKOUTS)
def test_no_term_is_made_of_what_would_end_an_iri(iri):
    with pytest.raises(ValueError, match=r"(?i)iri"):
        NamedNode(iri)


@pytest.mark.parametrize("iri", ["x:a';", "x:%7D%3E", "x:\u202e", "x:a#", "x:?s(*)$;,/**/"])
@pytest.mark.parametrize(
    "text", ["SELECT ?o ?s WHERE { ?s <x:p> ?o }", "SELECT ?o ?s WHERE { { ?s <x:p> ?o } UNION { ?o <x:p> ?s } }"]
)
def test_an_iri_finds_itself_and_nothing_else(iri, text):
    store = Store()
    for subject in (iri, "x:other"):
        store.add(Quad(NamedNode(subject), NamedNode("x:p"), Literal(subject)))
    assert [row["o"] for row in evaluate(store, text, {"s": NamedNode(iri)})] == [iri]


@pytest.mark.parametrize("value", ['"', "'", '""" } #', "\\", "\\u0022", "}\n{", "\r", "{ ?s ?p ?o }", "\u202e", "#"])
def test_a_literal_finds_itself_and_nothing_else(value):
    store = Store()
    for text in (value, "other"):
        store.add(Quad(NamedNode("x:s"), NamedNode("x:p"), Literal(text)))
    bound = {"o": Literal(value), "s": NamedNode("x:s")}
    assert [row["o"] for row in evaluate(store, "SELECT ?s ?o WHERE { ?s <x:p> ?o }", bound)] == [value]


@pytest.mark.parametrize("name", ["s } #", "s ?p", "", "s\n"])
def test_a_variable_is_a_variable(name):
    with pytest.raises(ValueError, match="variable"):
        evaluate(Store(), "SELECT ?s WHERE { ?s ?p ?o }", {name: NamedNode("x:s")})


PLACES = {
    "pattern": ("SELECT ?o ?s WHERE { ?s <x:p> ?o }", ["1", "2"]),
    "optional": ("SELECT ?o ?s WHERE { ?x <x:q> ?y OPTIONAL { ?s <x:p> ?o } }", ["1", "2"]),
    "filter": ("SELECT ?o ?s WHERE { ?x <x:p> ?o FILTER(?x = ?s) }", ["1", "2"]),
    "not given to a sub-select": ("SELECT ?o ?s WHERE { { SELECT ?o WHERE { ?s <x:p> ?o } } }", ["1", "2", "3"]),
    "given to a sub-select": ("SELECT ?o ?s WHERE { { SELECT ?o ?s WHERE { ?s <x:p> ?o } } }", ["1", "2"]),
    "nothing but a sub-select": ("SELECT ?o ?s WHERE { SELECT ?o ?s WHERE { ?s <x:p> ?o } }", ["1", "2"]),
    "not exists": ("SELECT ?o ?s WHERE { ?x <x:p> ?o FILTER NOT EXISTS { ?s <x:p> ?o } }", ["3"]),
    "no word WHERE": ("SELECT ?o ?s { ?s <x:p> ?o }", ["1", "2"]),
    "counted": ("SELECT (COUNT(?x) AS ?o) ?s WHERE { ?s <x:p> ?x } GROUP BY ?s", [2]),
    "none": ("SELECT ?o ?s WHERE { ?x <x:p> ?o FILTER(?o = '9') }", []),
    "construct": ("CONSTRUCT { ?s <x:p> ?o } WHERE { ?s <x:p> ?o }", ["1", "2"]),
    "construct, short": ("CONSTRUCT WHERE { ?s <x:p> ?o }", ["1", "2"]),
}


@pytest.mark.parametrize(("text", "found"), PLACES.values(), ids=PLACES)
def test_a_parameter_restricts_wherever_it_stands(text, found):
    store = Store()
    for subject, value in (("x:a", "1"), ("x:a", "2"), ("x:b", "3")):
        store.add(Quad(NamedNode(subject), NamedNode("x:p"), Literal(value)))
    store.add(Quad(NamedNode("x:c"), NamedNode("x:q"), Literal("c")))
    rows = evaluate(store, text, {"s": NamedNode("x:a")})
    column = "object" if rows.statements is not None else "o"
    assert sorted(row[column] for row in rows) == found


WALLS = {
    "joined": "SELECT ?o ?s WHERE { { SELECT * WHERE { ?s <x:p> ?o } } { select *\n where { ?s a <x:Thing> } } }",
    "in an optional": "SELECT ?o ?s WHERE { ?s a <x:Thing> OPTIONAL { SELECT * WHERE { ?s <x:p> ?o } } }",
    "with a filter": "SELECT ?o ?s WHERE { ?s a <x:Thing> { SELECT * WHERE { ?s <x:p> ?o FILTER(?o < 3) } } }",
    "beside a string": "SELECT ?o ?s WHERE { ?s <x:p> ?o FILTER(?o != '{ SELECT * WHERE {') # SELECT * WHERE {\n }",
    "cut off": "SELECT ?o ?s WHERE { ?s a <x:Thing> { SELECT * WHERE { ?s <x:p> ?o } ORDER BY ?o LIMIT 2 } }",
}


@pytest.mark.parametrize("text", WALLS.values(), ids=WALLS)
def test_a_sub_select_of_all_is_opened_without_a_change(text):
    store = Store()
    for subject, value in (("x:a", 1), ("x:a", 2), ("x:b", 3)):
        store.add(Quad(NamedNode(subject), NamedNode("x:p"), Literal(value)))
        store.add(Quad(NamedNode(subject), RDF.type, NamedNode("x:Thing")))
    assert sorted(row["o"] for row in evaluate(store, text, {"s": NamedNode("x:a")})) == [1, 2]


def test_only_a_sub_select_of_all_is_a_wall():
    text = WALLS["joined"]
    assert [text[start:end] for start, end in outline(text).walls] == ["SELECT * WHERE ", "select *\n where "]
    assert not outline(WALLS["beside a string"]).walls
    assert not outline("SELECT * WHERE { { SELECT ?s WHERE { ?s ?p ?o } } }").walls


def test_an_error_shows_the_text_as_it_was_written():
    with pytest.raises(QueryError, match=re.escape("mine.rq:1:36: SPARQL syntax error")):
        evaluate(Store(), "SELECT ?s WHERE { ?s ?p ?o FILTR(?s) }", {"s": NamedNode("x:s")}, where="mine.rq")
