"""What a build derives document by document is what the whole graph gives at once."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from resgraph.derive.cabinet import Cabinet
from resgraph.derive.corpus import Gathering, corpus_of
from resgraph.derive.facts import Facts
from resgraph.iris import Iris
from resgraph.pipeline import quads
from resgraph.vocab import RG

SEEDS = sorted((Path(__file__).parent.parent / "seeds").iterdir())
IRIS = Iris()
PARAGRAPH = NamedNode("https://w3id.org/resgraph/A/RES/1/1#op1")


@pytest.fixture(scope="module")
def stated():
    return tuple(quads(SEEDS, IRIS))


def noted(some):
    facts = Facts()
    assert len(list(facts.noting(some))) == len(some)
    return facts


def lines(some):
    return serialize(some, format=RdfFormat.N_QUADS)


def same(row):
    return {name: sorted(map(str, values)) for name, values in row.items()}


def test_lines_tell_what_quads_tell(stated):
    of_quads, of_lines = noted(stated), Facts().read(lines(stated))
    assert {node: same(row) for node, row in of_lines.rows.items()} == {
        node: same(row) for node, row in of_quads.rows.items()
    }


@pytest.mark.parametrize(
    "literal",
    [
        Literal('says "no" \\ and\nbreaks\tthe line'),
        Literal("a > b . <c> \x00\x7f\u0085\u2028 é"),
        Literal("avec", language="fr"),
        Literal('"', datatype=NamedNode("http://www.w3.org/2001/XMLSchema#token")),
        Literal(7),
    ],
)
def test_every_literal_is_read_as_it_was_written(literal):
    some = [Quad(PARAGRAPH, RG.text, literal, PARAGRAPH)]
    assert Facts().read(lines(some)).rows == {PARAGRAPH: {"text": [literal.value]}}


@pytest.mark.parametrize(
    "damage", [b"<x:a>\n", b"<x:a> <x:b>\n", b"<none> %s <x:a> <x:b> .\n", b'<x:a> %s "\\x" <x:b> .\n']
)
def test_damaged_lines_are_refused(damage):
    with pytest.raises(ValueError, match=r"unpack|none|escape"):
        Facts().read(damage.replace(b"%s", str(RG.text).encode()))


def test_a_corpus_gathered_by_documents_is_that_of_the_graph(stated):
    whole = corpus_of(noted(stated))
    graphs = defaultdict(list)
    for quad in stated:
        graphs[quad.graph_name].append(quad)
    shared = Facts().read(lines(graphs.pop(IRIS.authority_graph)))
    gathering = Gathering(shared, Cabinet(BytesIO()).keep)
    for some in graphs.values():
        gathering.add(Facts().read(lines(some)))
    pieced = gathering.corpus()
    for one, other in zip(whole.resolutions, pieced.resolutions, strict=True):
        assert tuple(other.parts) == one.parts
        assert len(other.parts) == len(one.parts) > 0
        assert (other.node, other.title, other.session, other.cites) == (one.node, one.title, one.session, one.cites)
    for name in ("labels", "symbols", "notations", "offices", "notes", "lost_notes", "sessions"):
        assert getattr(pieced, name) == getattr(whole, name), name


def test_what_is_put_away_comes_back_however_much_there_is(stated):
    resolutions = corpus_of(noted(stated)).resolutions
    cabinet = Cabinet(BytesIO())
    kept = [(cabinet.keep(r.parts), r.parts) for _ in range(30) for r in resolutions]
    assert len(kept) > 128
    for fetched, parts in reversed(kept):
        assert (fetched[0], fetched[-1], fetched[1:3], list(fetched)) == (parts[0], parts[-1], parts[1:3], list(parts))
