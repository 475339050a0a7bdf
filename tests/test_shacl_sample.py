"""What went by while a store was filled spares it questions, and never a finding."""

from __future__ import annotations

from random import Random

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, serialize

from conftest import TINY
from mutants import mutant
from resgraph.shacl.engine import compiled, findings
from resgraph.shacl.sample import Sample
from resgraph.validate import read_here, validate
from resgraph.vocab import PROV, RDF, RG
from test_shacl import EXAMPLES, example

MUTANTS = 200
AUTHORITY = NamedNode("https://w3id.org/resgraph/graph/authority")
OTHER = NamedNode("https://w3id.org/resgraph/graph/other")
LETTER = '<https://example.org/a> <https://example.org/p> "x" <https://example.org/a> .\n'


@pytest.fixture(scope="module")
def bases():
    return [*(example(path) for path in EXAMPLES if path.parent.name == "valid"), example(TINY)]


def home(node):
    whole = getattr(node, "value", "").partition("#")[0]
    return NamedNode(whole) if "/RES/" in whole or "/source/" in whole else AUTHORITY


def placed(store, random=None):
    """The store as a build has it, and its batches; with `random`, some stand in a graph where none belongs."""
    graphs = {}
    for quad in store:
        graph = quad.graph_name if quad.graph_name != DefaultGraph() else home(quad.subject)
        graph = OTHER if random and random.random() < 0.01 else graph
        graphs.setdefault(graph.value, []).append(Quad(quad.subject, quad.predicate, quad.object, graph))
    filled = Store()
    filled.extend(quad for quads in graphs.values() for quad in quads)
    batches = {}
    for graph, quads in graphs.items():  # those of the documents and their sources in one
        batches.setdefault("own" if "/RES/" in graph or "/source/" in graph else graph, []).extend(quads)
    return filled, [lines_of(quads) for quads in batches.values()]


def lines_of(quads):
    return serialize(quads, format=RdfFormat.N_QUADS)


def noted(batches):
    sample = Sample()
    for batch in batches:
        sample.note(batch)
    return sample


def found(store, sample=None):
    asked, _ = compiled(store, read_here())
    asked = sample.open_questions(store, asked) if sample else asked
    return sorted(set(findings(store, asked)), key=str)


def spared(store, sample):
    asked, _ = compiled(store, read_here())
    left = sample.open_questions(store, asked)
    return {(one.shape.node.value.rpartition("#")[2], one.components[0][26:]) for one in asked if one not in left}


@pytest.mark.parametrize("number", range(MUTANTS))
def test_a_mutated_document_gives_the_same_results_with_a_sample(number, bases):
    name, store = mutant(bases, number)
    store, batches = placed(store, Random(number) if number % 3 == 0 else None)
    assert found(store, noted(batches)) == found(store), name


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_gives_the_same_results_with_a_sample(path):
    store, batches = placed(example(path))
    assert found(store, noted(batches)) == found(store)


def test_a_sound_graph_is_spared_what_is_asked_of_single_nodes():
    store, batches = placed(example(TINY))
    known = spared(store, noted(batches))
    names = {name for name, _ in known}
    assert names >= {"Node", "SpanWords", "Text", "VerbText", "CitationTarget", "ParagraphKind"}
    assert names >= {"SpanExact", "SpanInsideText", "SpanOrder", "ResolutionTitle"}
    assert ("SpanStart", "MinCountConstraintComponent") in {(a, b.rpartition("#")[2]) for a, b in known}
    assert validate(store, sample=noted(batches)) == validate(store)


def test_a_second_value_in_another_graph_is_found():
    store, batches = placed(example(TINY))
    (quad, *_) = sorted(store.quads_for_pattern(None, RG.verbText, None, None), key=str)
    more = Quad(quad.subject, quad.predicate, Literal("Asks anew"), OTHER)
    store.add(more)
    sample = noted([*batches, lines_of([more])])
    assert "VerbText" in {finding.shape.rpartition("#")[2] for finding in found(store, sample)}


def test_a_class_in_another_graph_makes_a_target():
    store, batches = placed(example(TINY))
    (quad, *_) = sorted(store.quads_for_pattern(None, RG.verbText, None, None), key=str)
    more = Quad(quad.subject, RDF.type, RG.Citation, OTHER)
    store.add(more)
    sample = noted([*batches, lines_of([more])])
    assert "CitationTarget" in {finding.shape.rpartition("#")[2] for finding in found(store, sample)}
    assert found(store, sample) == found(store)


def test_a_place_in_another_graph_is_compared_too():
    store, batches = placed(example(TINY))
    (quad, *_) = sorted(store.quads_for_pattern(None, RG.exact, None, None), key=str)
    more = Quad(quad.subject, quad.predicate, Literal("other words"), OTHER)
    store.add(more)
    sample = noted([*batches, lines_of([more])])
    assert "SpanExact" in {finding.shape.rpartition("#")[2] for finding in found(store, sample)}


def test_a_second_text_is_compared_too():
    store, batches = placed(example(TINY))
    (source, *_) = sorted(store.quads_for_pattern(None, RDF.type, RG.Source, None), key=str)
    (resolution, *_) = sorted(store.quads_for_pattern(None, PROV.wasDerivedFrom, source.subject, None), key=str)
    more = [
        Quad(resolution.subject, PROV.wasDerivedFrom, NamedNode("https://example.org/2"), OTHER),
        Quad(NamedNode("https://example.org/2"), RG.text, Literal("Other words."), NamedNode("https://example.org/2")),
    ]
    store.extend(more)
    for batch in ([*batches, lines_of(more)], [lines_of(more), *batches], [*batches, *map(lines_of, zip(more))]):
        assert found(store, noted(batch)) == found(store)
    assert "SpanInsideText" in {finding.shape.rpartition("#")[2] for finding in found(store, noted(batch))}


def test_a_part_of_another_document_is_compared_too():
    store, batches = placed(example(TINY))
    (quad, *_) = sorted(store.quads_for_pattern(None, RG.hasParagraph, None, None), key=str)
    whole, part = quad.subject.value + "X", NamedNode(quad.subject.value + "X#op1")
    there = NamedNode(whole)
    span = [(RG.start, 0), (RG.end, 5), (RG.exact, "other")]
    more = [
        Quad(quad.subject, RG.hasParagraph, part, quad.graph_name),
        *(Quad(part, predicate, Literal(value), there) for predicate, value in span),
    ]
    store.extend(more)
    (batch,) = [batch for batch in batches if str(quad.graph_name).encode() in batch]
    batches = [one + lines_of(more[:1]) if one == batch else one for one in batches]
    assert found(store, noted([*batches, lines_of(more[1:])])) == found(store)


def test_a_sample_of_less_than_the_store_has_spares_nothing():
    store, batches = placed(example(TINY))
    assert spared(store, noted(batches[1:])) == set()


def test_what_is_noted_twice_hides_no_second_value():
    one, other = (
        f'<https://w3id.org/resgraph/A/RES/1/{n}> {RG.symbol} "{value}" <https://w3id.org/resgraph/A/RES/1/{n}> .\n'
        for n, value in ((1, "A/RES/1/1"), (2, "A/RES/1/2"))
    )
    second = other.replace('"A/RES/1/2"', '"A/RES/1/3"')
    store = Store()
    store.load((one + other + second).encode(), RdfFormat.N_QUADS)
    for lines in (one + one + other + second, other + second + one + one):
        results = found(store, noted([lines.encode()]))
        assert results == found(store)
        assert any(finding.component.endswith("MaxCountConstraintComponent") for finding in results)


@pytest.mark.parametrize(
    "line",
    [
        LETTER.replace("example.org/a", "example.org/\\u0061"),
        LETTER.replace("org/p", "org/\\u0070"),
        LETTER.replace(" ", "\t"),
        LETTER.replace(" <https://example.org/a> .", " ."),
        "nothing\n",
    ],
)
def test_lines_that_are_not_as_a_build_writes_them_spare_nothing(line):
    store, batches = placed(example(TINY))
    (sample := noted(batches)).note(line.encode())
    if line != "nothing\n":
        store.load(line.encode(), RdfFormat.N_QUADS)
    assert spared(store, sample) == set()


def test_a_sample_does_not_grow_with_the_nodes():
    lines = "".join(LETTER.replace("example.org/a", f"example.org/{n}") for n in range(1000))
    sample = noted([lines.encode()])
    assert len(sample._sorts) == 1
