"""The description of a graph: counts as SPARQL counts, a form that its shapes hold, and the same for the same graph."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pyshacl
import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import BlankNode, NamedNode, Store
from rdflib import DCAT, DCTERMS, PROV, RDF, SH, VOID
from rocrate.rocrate import ROCrate

from resgraph.bridge import to_rdflib
from resgraph.cli import main
from resgraph.data import data_folder
from resgraph.dataset import LICENSE, Publication, description
from resgraph.errors import UsageError
from resgraph.export import export_to_file
from resgraph.iris import Iris
from resgraph.store import open_store, write_store

IRIS = Iris()
SHAPES = rdflib.Graph().parse(data_folder("ontology") / "dataset-shapes.ttl")
NAMED = sorted(s for s in SHAPES.subjects(SH.message) if isinstance(s, rdflib.URIRef))
WHOLE = rdflib.URIRef(IRIS.resource("dataset").value)
DCAT_VERSION = rdflib.URIRef(f"{DCAT}version")  # of DCAT 3, which rdflib does not have yet
SEEDS = Path(__file__).parent.parent / "seeds"
DAY = date(2026, 1, 31)


@pytest.fixture(scope="module")
def described(seeds_graph) -> rdflib.Graph:
    return to_rdflib(description(seeds_graph, IRIS, Publication()))


def broken(graph: rdflib.Graph) -> set[str]:
    _, report, _ = pyshacl.validate(graph, shacl_graph=SHAPES)
    shapes = set(report.objects(None, SH.sourceShape))
    owners = {o: s for s, o in SHAPES.subject_objects(SH.property)}
    return {str(owners.get(shape, shape)).rpartition("#")[2] for shape in shapes}


def count(store: Store, pattern: str, what: str = "*") -> int:
    (row,) = store.query(f"SELECT (COUNT({what}) AS ?n) WHERE {{ {pattern} }}", use_default_graph_as_union=True)
    return int(row["n"].value)


# ---------------------------------------------------------------- what it says


def test_the_counts_are_those_of_sparql(seeds_graph, described):
    for property_, what in (
        (VOID.triples, "*"),
        (VOID.distinctSubjects, "DISTINCT ?s"),
        (VOID.distinctObjects, "DISTINCT ?o"),
    ):
        assert int(described.value(WHOLE, property_)) == count(seeds_graph, "?s ?p ?o", what)
    parts = list(described.objects(WHOLE, VOID.propertyPartition))
    assert len(parts) == int(described.value(WHOLE, VOID.properties)) == count(seeds_graph, "?s ?p ?o", "DISTINCT ?p")
    for part in parts:
        name = described.value(part, VOID.property)
        assert int(described.value(part, VOID.triples)) == count(seeds_graph, f"?s <{name}> ?o"), name
    for part in described.objects(WHOLE, VOID.classPartition):
        name = described.value(part, VOID["class"])
        assert int(described.value(part, VOID.entities)) == count(seeds_graph, f"?s a <{name}>"), name


def test_the_sources_are_the_files_by_their_hashes(described):
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")}
    sources = {str(source).rpartition("/")[2] for source in described.objects(WHOLE, DCTERMS.source)}
    assert sources == hashes
    (build,) = described.subjects(PROV.generated, WHOLE)
    assert {str(source).rpartition("/")[2] for source in described.objects(build, PROV.used)} == hashes


def test_it_says_what_it_is_in_words(described):
    words = str(described.value(WHOLE, DCTERMS.description))
    start = "5 resolutions of Commission on Human Rights, General Assembly, adopted from 1999-12-17 to 2004-12-23, "
    assert words.startswith(start)


def test_the_licence_and_the_day_are_those_given(seeds_graph, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    plain = to_rdflib(description(seeds_graph, IRIS))
    assert str(plain.value(WHOLE, DCTERMS.license)) == LICENSE
    assert plain.value(WHOLE, DCTERMS.issued) is None
    given = to_rdflib(description(seeds_graph, IRIS, Publication("https://example.org/licence", DAY)))
    assert str(given.value(WHOLE, DCTERMS.license)) == "https://example.org/licence"
    assert given.value(WHOLE, DCTERMS.issued).toPython() == DAY
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert Publication.of_environment().issued == date(2001, 9, 9)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        Publication.of_environment()


def test_a_licence_that_is_no_iri_is_refused(seeds_graph):
    with pytest.raises(UsageError, match="is no absolute IRI"):
        list(description(seeds_graph, IRIS, Publication("> <urn:x> <urn:y> .")))


# ---------------------------------------------------------------- its form


def test_the_same_quads_give_the_same_description_in_any_order_and_others_another_version(seeds_graph):
    quads = sorted(seeds_graph, key=str)
    once, again = (list(description(order, IRIS, Publication())) for order in (quads, quads[::-1]))
    assert once == again
    assert list(description([*quads, *once], IRIS, Publication())) == once, "it does not describe itself"
    versions = [q.object for q in description(quads[1:], IRIS, Publication()) if q.predicate.value.endswith("#version")]
    assert not set(versions) & {quad.object for quad in once}


def test_it_stands_in_a_graph_of_its_own_and_says_nothing_that_another_says(seeds_graph):
    quads = list(description(seeds_graph, IRIS, Publication()))
    assert {quad.graph_name for quad in quads} == {IRIS.dataset_graph}
    assert not [q for q in quads if BlankNode in (type(q.subject), type(q.object))]
    assert not [q for q in quads if next(seeds_graph.quads_for_pattern(q.subject, q.predicate, q.object), None)]


def test_it_keeps_to_its_shapes(described):
    assert broken(described) == set()


FAULTS = {
    "Title": [(WHOLE, DCTERMS.title)],
    "Description": [(WHOLE, DCTERMS.description)],
    "License": [(WHOLE, DCTERMS.license)],
    "Version": [(WHOLE, DCAT_VERSION)],
    "ConformsTo": [(WHOLE, DCTERMS.conformsTo)],
    "Source": [(WHOLE, DCTERMS.source)],
    "Counts": [(WHOLE, VOID.vocabulary)],
    "ClassPartition": [(rdflib.URIRef(f"{WHOLE}#rg.Request"), VOID.entities)],
    "PropertyPartition": [(rdflib.URIRef(f"{WHOLE}#rg.cites"), VOID.property)],
    "Making": [(rdflib.URIRef(f"{WHOLE}#build"), PROV.used)],
    "Period": [(rdflib.URIRef(f"{WHOLE}#period"), DCAT.endDate)],
}


def test_every_shape_is_broken_by_something():
    assert {str(shape).rpartition("#")[2] for shape in NAMED} == {*FAULTS, "Triples"}


@pytest.mark.parametrize("shape", FAULTS)
def test_what_is_missing_breaks_its_shape_alone(shape, described):
    graph = rdflib.Graph() + described
    for subject, predicate in FAULTS[shape]:
        graph.remove((subject, predicate, None))
    assert broken(graph) == {shape}


def test_a_count_that_is_no_number_breaks_its_shape(described):
    graph = rdflib.Graph() + described
    graph.set((WHOLE, VOID.triples, rdflib.Literal("many")))
    assert broken(graph) == {"Triples"}


# ---------------------------------------------------------------- the command


def run(*arguments: object) -> str:
    result = CliRunner().invoke(main, ["describe", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


def test_turtle_stands_alone(graph):
    turtle = rdflib.Graph().parse(data=run(graph), format="turtle")
    assert broken(turtle) == set()
    assert (WHOLE, RDF.type, DCAT.Dataset) in turtle
    hashes = {str(value) for value in turtle.objects(None, rdflib.URIRef("https://w3id.org/resgraph/ontology#sha256"))}
    assert len(hashes) == 5


def test_a_data_package_has_the_file_with_its_hash(seeds_graph, tmp_path):
    path = tmp_path / "graph.nq"
    export_to_file(seeds_graph, path)
    package = json.loads(run(path, "--format", "datapackage"))
    (resource,) = package["resources"]
    assert resource["path"] == "graph.nq"
    assert resource["hash"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    assert resource["bytes"] == path.stat().st_size
    assert len(package["sources"]) == package["stats"]["resolutions"] == 5
    assert "created" not in package
    assert json.loads(run(path, "-f", "datapackage", "--date", "2026-01-31"))["created"] == "2026-01-31T00:00:00Z"


def test_an_ro_crate_links_what_was_made_with_what_it_was_made_of(seeds_graph, tmp_path):
    path = tmp_path / "graph.nq"
    export_to_file(seeds_graph, path)
    crate = json.loads(run(path, "--ro-crate", "--date", "2026-01-31"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert entities["./"]["datePublished"] == "2026-01-31"
    assert entities["./"]["hasPart"] == {"@id": "graph.nq"}
    assert entities["graph.nq"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(entities["#build"]["object"]) == 5
    links = [
        v["@id"]
        for e in crate["@graph"]
        for vs in e.values()
        for v in (vs if isinstance(vs, list) else [vs])
        if isinstance(v, dict)
    ]
    assert {link for link in links if link not in entities} == {"https://w3id.org/ro/crate/1.1"}


def test_an_ro_crate_is_read_by_the_library_of_its_authors(seeds_graph, tmp_path):
    path = tmp_path / "graph.nq"
    export_to_file(seeds_graph, path)
    (tmp_path / "ro-crate-metadata.json").write_text(run(path, "--ro-crate", "--date", "2026-01-31"))
    crate = ROCrate(tmp_path)
    assert crate.root_dataset["license"].id == "https://www.apache.org/licenses/LICENSE-2.0"
    assert [file.id for file in crate.data_entities] == ["graph.nq"]
    (build,) = crate.get_by_type("CreateAction")
    assert build["result"].id == "graph.nq"
    assert len(build["object"]) == 5


def test_an_ro_crate_needs_a_date(graph, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    result = CliRunner().invoke(main, ["describe", str(graph), "--ro-crate"])
    assert result.exit_code == 2
    assert "give --date" in result.output


def test_it_can_be_put_into_a_store_or_a_file_once(seeds_graph, tmp_path):
    write_store(tmp_path / "graph", seeds_graph)
    export_to_file(seeds_graph, tmp_path / "graph.trig")
    for name in ("graph", "graph.trig"):
        assert run(tmp_path / name, "--within") == ""
        first = set(open_store(tmp_path / name))
        assert len(first) == len(list(seeds_graph)) + len(list(description(seeds_graph, IRIS, Publication())))
        run(tmp_path / name, "--within")
        assert set(open_store(tmp_path / name)) == first
    export_to_file(seeds_graph, tmp_path / "graph.ttl")
    refused = CliRunner().invoke(main, ["describe", str(tmp_path / "graph.ttl"), "--within"])
    assert (refused.exit_code, "keeps no named graphs" in refused.output) == (2, True)


def test_a_graph_of_nothing_has_no_period():
    quads = list(description([], IRIS, Publication()))
    assert NamedNode("http://purl.org/dc/terms/temporal") not in {quad.predicate for quad in quads}
