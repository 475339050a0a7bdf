"""A graph described for catalogues, by VoID and DCAT: what it holds, of which sources, how it was made.

The same graph gives the same description: the only date in it is one that is given, or that of SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Store

from resgraph.dataset.census import Census, census
from resgraph.dataset.terms import DCAT, DCTERMS, PREFIXES, PROV, VOID
from resgraph.errors import UsageError
from resgraph.iris import foreign
from resgraph.literals import literal
from resgraph.vocab import RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import NamedNode

    from resgraph.iris import Iris
    from resgraph.rdf.terms import Statement

__all__ = ["PREFIXES", "Publication", "census", "description", "statements"]

LICENSE = "https://www.apache.org/licenses/LICENSE-2.0"
ONTOLOGY = "https://w3id.org/resgraph/ontology/0.1.0"
SOFTWARE = f"resgraph {installed_version('resgraph')}"
TITLE = "Resolutions of the United Nations as linked data"
DATASET = "dataset"
KEYWORDS = ("United Nations", "resolutions", "linked data")


@dataclass(frozen=True, slots=True)
class Publication:
    """What a graph does not know of itself: the licence under which it is given, and the day, if that is to be said."""

    license: str = LICENSE
    issued: date | None = None

    @classmethod
    def of_environment(cls, license_: str = LICENSE, issued: date | None = None) -> Publication:
        """Without a day, that of SOURCE_DATE_EPOCH where this is set."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if issued is None and epoch is not None:
            try:
                issued = datetime.fromtimestamp(int(epoch), UTC).date()
            except (ValueError, OverflowError, OSError) as error:
                raise UsageError("SOURCE_DATE_EPOCH", "is no number of seconds", "unset it, or give --date") from error
        return cls(license_, issued)


def description(quads: Store | Iterable[Quad], iris: Iris, publication: Publication | None = None) -> Iterator[Quad]:
    """The description of all quads that are not a description themselves, in a graph of its own."""
    store = quads
    if not isinstance(store, Store):
        store = Store()
        store.bulk_extend(quads)
    counted = census(store, iris.dataset_graph)
    for statement in statements(counted, iris, publication or Publication.of_environment()):
        yield Quad(*statement, iris.dataset_graph)


def statements(counted: Census, iris: Iris, publication: Publication) -> Iterator[Statement]:
    """What is said of the dataset as a whole, of its partitions, and of how it was made."""
    node = iris.resource(DATASET)
    yield node, RDF.type, VOID.Dataset
    yield node, RDF.type, DCAT.Dataset
    yield node, DCTERMS.title, literal(TITLE)
    yield node, DCTERMS.description, literal(in_words(counted))
    yield node, DCTERMS.license, foreign(publication.license)
    yield node, DCTERMS.conformsTo, foreign(ONTOLOGY)
    yield node, DCAT.version, literal(version(counted))
    yield node, VOID.uriSpace, literal(iris.base)
    if publication.issued:
        yield node, DCTERMS.issued, literal(publication.issued)
    for keyword in KEYWORDS:
        yield node, DCAT.keyword, literal(keyword)
    for file in counted.files:
        yield node, DCTERMS.source, file.node
    yield from _counts(counted, iris)
    yield from _period(counted, iris)
    yield from _making(counted, iris)


def version(counted: Census) -> str:
    """The version of resgraph, and digits that change with the sources and the counts."""
    return f"{SOFTWARE.rpartition(' ')[2]}+{counted.digest}"


def in_words(counted: Census) -> str:
    """A sentence or two for people."""
    bodies = ", ".join(counted.bodies)
    of_bodies = f" of {bodies}" if bodies else ""
    when = f", adopted from {counted.first} to {counted.last}" if counted.first else ""
    files = "file" if len(counted.files) == 1 else "files"
    return (
        f"{counted.resolutions} resolutions{of_bodies}{when}, read from {len(counted.files)} {files}: what they decide,"
        f" cite and ask for, with the place in the text on which every statement rests. {counted.triples} triples."
    )


def _counts(counted: Census, iris: Iris) -> Iterator[Statement]:
    node = iris.resource(DATASET)
    yield node, VOID.triples, literal(counted.triples)
    yield node, VOID.distinctSubjects, literal(counted.subjects)
    yield node, VOID.distinctObjects, literal(counted.objects)
    yield node, VOID.properties, literal(len(counted.properties))
    yield node, VOID.classes, literal(len(counted.classes))
    for namespace in counted.vocabularies:
        yield node, VOID.vocabulary, foreign(namespace)
    families = (
        (VOID.classPartition, VOID.class_, VOID.entities, counted.classes),
        (VOID.propertyPartition, VOID.property, VOID.triples, counted.properties),
    )
    for partition, of_what, number, counts in families:
        for name, count in sorted(counts.items(), key=lambda item: item[0].value):
            part = iris.resource(f"dataset#{_local(name, iris.prefixes)}")
            yield node, partition, part
            yield part, RDF.type, VOID.Dataset
            yield part, of_what, name
            yield part, number, literal(count)


def _period(counted: Census, iris: Iris) -> Iterator[Statement]:
    """When the resolutions were adopted."""
    if not counted.first:
        return
    period = iris.resource("dataset#period")
    yield iris.resource(DATASET), DCTERMS.temporal, period
    yield period, RDF.type, DCTERMS.PeriodOfTime
    yield period, DCAT.startDate, literal(date.fromisoformat(counted.first))
    yield period, DCAT.endDate, literal(date.fromisoformat(counted.last))


def _making(counted: Census, iris: Iris) -> Iterator[Statement]:
    build, software = iris.resource("dataset#build"), iris.resource("dataset#resgraph")
    yield build, RDF.type, PROV.Activity
    yield build, RDFS.label, literal("resgraph build")
    yield build, PROV.generated, iris.resource(DATASET)
    yield build, PROV.wasAssociatedWith, software
    yield software, RDF.type, PROV.SoftwareAgent
    yield software, RDFS.label, literal(SOFTWARE)
    for file in counted.files:
        yield build, PROV.used, file.node


def _local(name: NamedNode, prefixes: Mapping[str, str]) -> str:
    """`rg.cites`, for the fragment of a partition."""
    for prefix, namespace in prefixes.items():
        if name.value.startswith(namespace):
            return f"{prefix}.{name.value.removeprefix(namespace)}"
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name.value)
