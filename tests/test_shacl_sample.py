"""What went by while a store was filled spares it questions, and never a finding."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, serialize

from conftest import TINY
from mutants import mutant
from resgraph.shacl.engine import compiled, findings
from resgraph.shacl.sample import Sample
from resgraph.shacl.witnessed import WITNESSED, digest, is_witnessed
from resgraph.validate import read_here, validate
from resgraph.vocab import PROV, RDF, RG
from test_shacl import EXAMPLES, example

MUTANTS = 200
AUTHORITY = NamedNode("https://w3id.org/resgraph/graph/authority")
OTHER = NamedNode("https://w3id.org/resgraph/graph/other")
DERIVED_EXAMPLE = next(path for path in EXAMPLES if path.match("valid/derived.ttl"))
DERIVED = NamedNode("https://w3id.org/resgraph/graph/derived")
PREFIXES = """BASE <https://w3id.org/resgraph/> PREFIX rg: <https://w3id.org/resgraph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> """
FAULTS = {
    "ActionPositions": "DELETE { ?a rg:position 1 } INSERT { ?a rg:position 3 } WHERE { ?a a rg:Action }",
    "OperativePositions": "DELETE { ?a rg:position 1 } INSERT { ?a rg:position 2 } WHERE { ?a rg:number '1' }",
    "PreambularPositions": "INSERT DATA { <A/RES/55/88> rg:hasParagraph <A/RES/55/88#pp2> . "
    "<A/RES/55/88#pp2> a rg:PreambularParagraph ; rg:position 2 }",
    "PointPositions": "INSERT DATA { <A/RES/55/88#op1> rg:hasPoint <A/RES/55/88#op1.1> . "
    "<A/RES/55/88#op1.1> a rg:Point ; rg:position 2 }",
    "ResolutionOperativePart": "DELETE { ?a a rg:OperativeParagraph } WHERE { ?a rg:number '1' }",
    "ResolutionTitle": "DELETE { ?a dcterms:title ?b } WHERE { ?a dcterms:title ?b }",
    "Type": "DELETE { <A/RES/54/158#op1> a ?b } WHERE { <A/RES/54/158#op1> a ?b }",
    "FootnoteMarkerOnce": "INSERT DATA { <A/RES/55/88> rg:hasFootnote <A/RES/55/88#fn1>, <A/RES/55/88#fn2> . "
    "<A/RES/55/88#fn1> rg:marker '1' . <A/RES/55/88#fn2> rg:marker '1' }",
    "IbidAntecedent": "INSERT DATA { <A/RES/55/88> rg:hasFootnote <A/RES/55/88#fn1>, <A/RES/55/88#fn2> . "
    "<A/RES/55/88#fn1> rg:text 'Ibid., p. 2.' ; rg:start 3 . <A/RES/55/88#fn2> rg:text 'A/55/205.' ; rg:start 4 }",
    "DocumentSymbol": "INSERT DATA { <A/RES/55/88#op1.1.report> a rg:Report, rg:Document }",
    "AddresseeAgent": "DELETE DATA { <agent/secretary-general> a rg:Agent }",
    "RequestSpeaker": "DELETE DATA { <agent/UNGA> a rg:Agent }",
    "ResolutionBody": "DELETE DATA { <agent/UNGA> a rg:Body }",
    "SessionBody": "DELETE DATA { <agent/UNGA> a rg:Body }",
    "TargetOnce": "INSERT DATA { <A/RES/55/88#op1> rg:target <agent/UNGA> }",
    "DerivedStatement": "DELETE { ?a rg:object ?b } WHERE { ?a rg:object ?b }",
    "DerivationStated": "DELETE { ?a rg:revises ?b } WHERE { ?a rg:revises ?b }",
    "DerivationObject": "INSERT { ?a rg:object <A/55/205> } WHERE { ?a rg:property rg:revises }",
    "AnswerStatus": "DELETE { ?a rg:answeredBy ?b } WHERE { ?a rg:answeredBy ?b }",
    "RevisedInSeries": "DELETE { ?a rg:previousInSeries ?b } WHERE { ?a rg:previousInSeries ?b }",
    "SpanStart": "DELETE { ?a rg:start ?b } INSERT { ?a rg:start -1 } WHERE { ?a rg:start ?b }",
    "SpanEnd": "DELETE { ?a rg:end ?b } INSERT { ?a rg:end 50.0 } WHERE { ?a rg:end ?b }",
    "NotedReport": "INSERT DATA { <A/RES/55/88#op1> rg:hasAction <A/RES/55/88#op1.1> . "
    "<A/RES/55/88#op1.1> rg:verb <verb/take-note> ; rg:exact 'note of the report' }",
}
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
    stated = {quad.object for quad in store.quads_for_pattern(None, RG.property, None, None)}
    derivations = {quad.subject for quad in store.quads_for_pattern(None, RG.property, None, None)}
    for quad in store:
        graph = quad.graph_name if quad.graph_name != DefaultGraph() else home(quad.subject)
        graph = DERIVED if quad.predicate in stated or quad.subject in derivations else graph
        graph = OTHER if random and random.random() < 0.01 else graph
        graphs.setdefault(graph.value, []).append(Quad(quad.subject, quad.predicate, quad.object, graph))
    filled = Store()
    filled.extend(quad for quads in graphs.values() for quad in quads)
    batches = {"own": []}
    for graph, quads in graphs.items():  # those of the documents and their sources in one
        batches.setdefault("own" if "/RES/" in graph or "/source/" in graph else graph, []).extend(quads)
    return filled, [lines_of(quads) for quads in batches.values()]


def cut(batches, size=7):
    """As a build cuts what documents share and what is derived: in the order of the lines, wherever a node ends."""
    for batch in batches:
        lines = batch.splitlines(keepends=True)
        if not any(b"/graph/" in line.rpartition(b" <")[2] for line in lines[:1]):
            yield batch
        else:
            yield from (b"".join(sorted(lines)[at : at + size]) for at in range(0, len(lines), size))


def faulty(update):
    """The example with everything that is derived, changed."""
    store = Store()
    store.extend(example(DERIVED_EXAMPLE))
    store.update(PREFIXES + update)
    return store


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
    assert found(store, noted(cut(batches) if number % 2 else batches)) == found(store), name


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


@pytest.mark.parametrize(("shape", "update"), FAULTS.items(), ids=FAULTS)
def test_a_fault_is_found_with_a_sample(shape, update):
    store, batches = placed(faulty(update))
    expected = found(store)
    assert shape in {finding.shape.rpartition("#")[2] for finding in expected}
    assert found(store, noted(batches)) == expected
    assert found(store, noted(cut(batches))) == expected


def test_what_is_derived_is_spared_too():
    store, batches = placed(example(DERIVED_EXAMPLE))
    assert FAULTS.keys() - {"NotedReport"} <= {name for name, _ in spared(store, noted(batches))}


def test_an_expected_document_needs_no_symbol():
    request = "{ <A/RES/54/158#op1.1> rg:expects <A/RES/54/158#op1.1.report> . "
    report = "<A/RES/54/158#op1.1.report> a rg:Report, rg:Document }"
    store, batches = placed(faulty(f"INSERT DATA {request} {report}"))
    assert "DocumentSymbol" in {name for name, _ in spared(store, noted(batches))}
    assert "DocumentSymbol" not in {finding.shape.rpartition("#")[2] for finding in found(store)}


def test_a_derivation_in_two_batches_is_asked_about():
    two = faulty(
        "INSERT { ?a rg:object <A/55/205> ; rg:subject ?s } WHERE { ?a rg:property rg:revises ; rg:subject ?s }"
    )
    store, batches = placed(two)
    (derived,) = (batch for batch in batches if b"#revises" in batch)
    second = b"".join(
        line for line in derived.splitlines(keepends=True) if b"#object> <https://w3id.org/resgraph/A/55" in line
    )
    rest = [batch.replace(second, b"") for batch in batches]
    assert found(store, noted([*rest, second])) == found(store)
    assert "DerivationStated" in {finding.shape.rpartition("#")[2] for finding in found(store, noted([*rest, second]))}


def test_a_second_status_in_another_batch_is_found():
    change = "DELETE { ?a rg:answeredBy ?b } INSERT { ?a rg:answerStatus <answer/none-in-corpus> }"
    store, batches = placed(faulty(change + "WHERE { ?a rg:answeredBy ?b }"))
    second = [line + b"\n" for batch in batches for line in batch.splitlines() if b"answerStatus> <https" in line]
    rest = [batch.replace(second[0], b"").replace(second[1], b"") for batch in batches]
    results = found(store, noted([*rest, *second]))
    assert results == found(store)
    assert "AnswerStatus" in {finding.shape.rpartition("#")[2] for finding in results}


def test_a_second_source_leaves_its_resolution_spared():
    store, batches = placed(example(DERIVED_EXAMPLE))
    (resolution, *_) = sorted(store.quads_for_pattern(None, RG.hasParagraph, None, None), key=str)
    source = NamedNode("https://w3id.org/resgraph/source/2")
    more = [
        Quad(resolution.subject, RG.alternateSource, source, resolution.graph_name),
        Quad(source, RDF.type, RG.Source, source),
    ]
    store.extend(more)
    sample = noted([*batches, lines_of(more)])
    assert found(store, sample) == found(store)
    assert {"Type", "ActionPositions", "SpanExact", "AlternateSource"} <= {name for name, _ in spared(store, sample)}


def test_what_was_noted_and_never_stored_spares_nothing():
    store, batches = placed(example(DERIVED_EXAMPLE))
    assert spared(store, noted([*batches, LETTER.encode()])) == set()


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
    (batch,) = [batch for batch in batches if b" %b ." % str(quad.graph_name).encode() in batch]
    batches = [one + lines_of(more[:1]) if one == batch else one for one in batches]
    assert found(store, noted([*batches, lines_of(more[1:])])) == found(store)


def test_a_sample_of_less_than_the_store_has_spares_nothing():
    store, batches = placed(example(TINY))
    assert spared(store, noted(batches[1:])) == set()


def test_a_store_that_is_known_to_hold_what_was_noted_is_not_counted():
    store, batches = placed(example(DERIVED_EXAMPLE))
    counted, known = noted(batches), noted([*batches, b""])
    known._lines += 1
    assert spared(store, known) == set()
    known.is_all = True
    assert spared(store, known) == spared(store, counted) != set()


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


def test_what_is_answered_by_name_is_the_query_that_was_understood():
    """A shape that was changed: change what answers for it (`shacl/`), then its digest."""
    asked, _ = compiled(Store(), read_here())
    named = [one for one in asked if one.shape.node.value.rpartition("#")[2] in WITNESSED]
    assert {one.shape.node.value.rpartition("#")[2]: digest(one) for one in named} == WITNESSED
    assert all(map(is_witnessed, named))
    assert not any(is_witnessed(replace(one, query=f"{one.query} LIMIT 1")) for one in named)
