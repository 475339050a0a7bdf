"""N-Quads written line by line are those that pyoxigraph writes, and the quads are those that `Quad` makes."""

from __future__ import annotations

from datetime import date

import pytest
from pyoxigraph import Literal, Quad, RdfFormat, serialize

from resgraph.iris import Iris
from resgraph.literals import literal
from resgraph.rdf.graphs import Graph
from resgraph.vocab import RG, XSD

IRIS = Iris()
NODE = IRIS.document("A/RES/57/201")
EVERY_CHARACTER = [chr(code) for code in range(0x11000)]

VALUES = [
    *(
        "plain",
        "",
        'said "so"',
        "back\\slash",
        "\\n is not\na line",
        "\ttabbed",
        "Côte d’Ivoire",
        "nul\0",
        "\u00a0\u2028\u0085",
    ),
    *(0, 7, -3, 10**20, True, False, date(2001, 2, 3)),
    *(Literal("2001-10", datatype=XSD.gYearMonth), IRIS.agent("UNGA")),
]


def quad(value: object) -> Quad:
    term = value if isinstance(value, Literal | type(NODE)) else literal(value)
    return Quad(NODE, RG.text, term, NODE)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_line_is_as_pyoxigraph_writes_it(value):
    assert Graph(NODE, [(NODE, RG.text, value)]).nquads() == serialize([quad(value)], format=RdfFormat.N_QUADS)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_quad_is_as_pyoxigraph_makes_it(value):
    assert list(Graph(NODE, [(NODE, RG.text, value)]).quads()) == [quad(value)]


def test_every_character_is_written_as_pyoxigraph_writes_it():
    said = [(NODE, RG.text, f"before {character} after") for character in EVERY_CHARACTER]
    expected = serialize([quad(value) for _, _, value in said], format=RdfFormat.N_QUADS)
    assert Graph(NODE, said).nquads() == expected


def test_a_graph_in_which_nothing_is_said_is_empty():
    assert Graph(NODE).nquads() == b""
    assert list(Graph(NODE).quads()) == []


def test_statements_stand_in_the_order_in_which_they_were_made():
    said = [(NODE, RG.position, n) for n in (3, 1, 2)]
    assert [int(quad.object.value) for quad in Graph(NODE, said).quads()] == [3, 1, 2]
    assert Graph(NODE, said).nquads().count(b"\n") == 3
