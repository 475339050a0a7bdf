"""The documentation of the ontology as one page, and the ontology in the formats of RDF."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize
from rdflib import DCTERMS, RDFS, SKOS
from rdflib.namespace import OWL

from resgraph.data import data_folder
from resgraph.errors import UsageError
from resgraph.ontology_check.describe import all_alignments, described
from resgraph.ontology_check.files import ONTOLOGY, core, vocabularies
from resgraph.output import whole_file
from resgraph.pages import page
from resgraph.vocab import RG_NAMESPACE

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "rdf": RdfFormat.RDF_XML}
"""By the endings of file names."""


@cache
def ontology_page() -> str:
    """The page: every term with its definition, example, questions and counterparts. It asks for nothing elsewhere."""
    terms = described()
    graph = core()
    return page(
        "ontology.html",
        label=graph.value(ONTOLOGY, RDFS.label),
        definition=graph.value(ONTOLOGY, RDFS.comment),
        version=graph.value(ONTOLOGY, OWL.versionInfo),
        version_iri=graph.value(ONTOLOGY, OWL.versionIRI),
        licence=graph.value(ONTOLOGY, DCTERMS.license),
        history=sorted(map(str, graph.objects(ONTOLOGY, SKOS.historyNote))),
        namespace=RG_NAMESPACE,
        kinds=[(kind, [term for term in terms if term.kind == kind]) for kind in dict.fromkeys(t.kind for t in terms)],
        vocabularies=vocabularies(),
        aligned={alignment.vocabulary for alignment in all_alignments()},
        endings=tuple(FORMATS),
    )


@cache
def ontology_in(ending: str) -> bytes:
    """The ontology as "ttl", as it was written, or as "jsonld" or "rdf", the same bytes each time."""
    if ending not in FORMATS:
        raise UsageError(ending[:20], "the ontology has no such form", f"use one of {' '.join(FORMATS)}")
    text = (data_folder("ontology") / "resgraph.ttl").read_bytes()
    if ending == "ttl":
        return text
    reader = parse(text, RdfFormat.TURTLE)
    dataset = Dataset(reader)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    quads = sorted(dataset, key=str)
    return serialize((quad.triple for quad in quads), format=FORMATS[ending], prefixes=reader.prefixes) or b""


def write_page(folder: Path) -> list[Path]:
    """Writes index.html, with the ontology and its alignments beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"index.html": ontology_page().encode()}
    files |= {f"resgraph.{ending}": ontology_in(ending) for ending in FORMATS}
    files["alignments.ttl"] = (data_folder("ontology") / "alignments.ttl").read_bytes()
    for name, content in files.items():
        with whole_file(folder / name) as file:
            file.write(content)
    return [folder / name for name in files]


def alignments_table() -> str:
    """The alignments as Markdown: which term is what in which version of which vocabulary, and where that stands."""
    by_prefix = {vocabulary.prefix: vocabulary for vocabulary in vocabularies()}
    lines = ["| prefix | vocabulary | version | licence | its terms stand in |", "|---|---|---|---|---|"]
    for each in by_prefix.values():
        digest = f", SHA-256 `{each.sha256[:16]}…`" if each.sha256 else ""
        lines.append(f"| `{each.prefix}` | {each.name} | {each.version} | {each.licence} | {each.file}{digest} |")
    lines += ["", "| term | | counterpart |", "|---|---|---|"]
    lines += [f"| `rg:{one.term}` | {one.relation} | `{one.other.short}` |" for one in all_alignments()]
    return "\n".join(lines) + "\n"
