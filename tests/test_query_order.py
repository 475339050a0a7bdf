"""Rows are in the same order in every store: no sort key compares an IRI with a literal, or a number with a word."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from resgraph.queries import StoredQuery, index
from resgraph.sparql import iris_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GIVEN = {
    "resolution": "A/RES/57/201",
    "other": "A/RES/54/158",
    "document": "A/RES/45/158",
    "instrument": "ICRMW",
    "agent": "secretary-general",
    "verb": "request",
    "words": "report",
    "threshold": "20",
}
XSD = "http://www.w3.org/2001/XMLSchema#"
ORDERED = [query for query in index().values() if "ORDER BY" in query.text]


def keys(query: StoredQuery) -> list[str]:
    """The expressions of ORDER BY, without their direction."""
    clause = query.text.rpartition("ORDER BY")[2]
    return re.findall(r"(?:STR|STRLEN)\(\?\w+\)|\?\w+", clause)


def kind(term: object) -> str:
    """What a term is compared as; stores differ in how they put one kind beside another."""
    if isinstance(term, NamedNode):
        return "IRI"
    assert isinstance(term, Literal)
    return "words in a language" if term.language else term.datatype.value.removeprefix(XSD)


def mixed(rows: Iterable[Sequence[object]]) -> set[str]:
    """The kinds that are compared, where they are several: in rows that are alike in all keys before."""
    compared = defaultdict(set)
    for row in rows:
        for at, term in enumerate(row):
            if term is not None:
                compared[tuple(map(str, row[:at]))].add(kind(term))
    return set().union(*(kinds for kinds in compared.values() if len(kinds) > 1))


def sorted_by(store: Store, query: StoredQuery) -> list[tuple[object, ...]]:
    """The values of the sort keys of an answer, row by row; those that are no columns are made such."""
    wanted = [f"key{at}" for at, _ in enumerate(keys(query))]
    if "GROUP BY" in query.text:
        text, wanted = query.text, [key.strip("?") for key in keys(query)]
    else:
        more = " ".join(f"({key} AS ?{name})" for key, name in zip(keys(query), wanted, strict=True))
        text = re.sub(r"(?m)^SELECT (DISTINCT )?", rf"SELECT \1{more} ", query.text, count=1)
    required = {p.name: GIVEN[p.name] for p in query.parameters if p.required}
    bound = {Variable(name): term for name, term in query.bindings(required, iris_of(store)).items()}
    rows = store.query(text, use_default_graph_as_union=True, substitutions=bound)
    assert isinstance(rows, QuerySolutions)
    return [tuple(row[name] for name in wanted) for row in rows]


@pytest.mark.parametrize("query", ORDERED, ids=lambda query: query.name)
def test_no_sort_key_compares_terms_of_two_kinds(query: StoredQuery, seeds_graph: Store):
    assert not mixed(sorted_by(seeds_graph, query))


def test_two_kinds_are_seen():
    iri, word, number = NamedNode("x:a"), Literal("a"), Literal(1)
    assert mixed([(word, iri), (word, number)]) == {"IRI", "integer"}
    assert not mixed([(word, iri), (Literal("b"), number)])
    assert not mixed([(word, None), (word, number)])


def test_most_questions_are_ordered_and_find_something(seeds_graph: Store):
    assert sum(bool(sorted_by(seeds_graph, query)) for query in ORDERED) > len(ORDERED) * 0.8
