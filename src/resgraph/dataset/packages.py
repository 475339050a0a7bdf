"""The same description as JSON: a Frictionless data package, and an RO-Crate."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import file_digest
from typing import TYPE_CHECKING, Any

from resgraph.dataset import KEYWORDS, ONTOLOGY, SOFTWARE, TITLE, in_words, version
from resgraph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from resgraph.dataset import Publication
    from resgraph.dataset.census import Census

_MEDIA = {
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
}
_PROFILE = "https://w3id.org/ro/crate/1.1"
_PROGRAM = "#resgraph"


@dataclass(frozen=True, slots=True)
class Product:
    """A graph as it lies there: a file with its format, size and hash, or a store folder, whose files are no format."""

    name: str
    media_type: str | None = None
    size: int = 0
    sha256: str = ""

    @classmethod
    def at(cls, path: Path) -> Product:
        if path.is_dir():
            return cls(f"{path.resolve().name}/")
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        return cls(path.name, _MEDIA.get(path.suffix), path.stat().st_size, digest)


def datapackage(counted: Census, publication: Publication, product: Product) -> dict[str, Any]:
    """https://datapackage.org/standard/data-package/, with the counts under `stats`."""
    resource: dict[str, Any] = {"name": "graph", "path": product.name, "title": TITLE}
    if product.media_type:
        resource |= {"format": product.name.rpartition(".")[2], "mediatype": product.media_type, "encoding": "utf-8"}
        resource |= {"bytes": product.size, "hash": f"sha256:{product.sha256}"}
    package: dict[str, Any] = {
        "name": "resgraph",
        "title": TITLE,
        "description": in_words(counted),
        "version": version(counted),
        "licenses": [{"path": publication.license}],
        "keywords": list(KEYWORDS),
        "sources": [{"title": file.name, "hash": f"sha256:{file.sha256}"} for file in counted.files],
        "conformsTo": ONTOLOGY,
        "generator": SOFTWARE,
        "stats": _stats(counted),
        "resources": [resource],
    }
    if publication.issued:
        package["created"] = f"{publication.issued.isoformat()}T00:00:00Z"
    return package


def ro_crate(counted: Census, publication: Publication, product: Product) -> dict[str, Any]:
    """https://w3id.org/ro/crate/1.1, whose root must say on which day it was published."""
    if publication.issued is None:
        raise UsageError("ro-crate", "needs a date of publication", "give --date, or set SOURCE_DATE_EPOCH")
    files = [_source(file.name, file.sha256) for file in counted.files]
    graph = [
        _descriptor(),
        _root(counted, publication, product),
        _product(product),
        *files,
        {
            "@id": "#build",
            "@type": "CreateAction",
            "name": "resgraph build",
            "instrument": {"@id": _PROGRAM},
            "object": _links(file["@id"] for file in files),
            "result": {"@id": product.name},
        },
        {"@id": _PROGRAM, "@type": "SoftwareApplication", "name": "resgraph", "version": SOFTWARE.split()[-1]},
        {"@id": publication.license, "@type": "CreativeWork", "name": "Licence"},
        {"@id": ONTOLOGY, "@type": "CreativeWork", "name": "The resgraph ontology"},
    ]
    return {"@context": f"{_PROFILE}/context", "@graph": graph}


def _descriptor() -> dict[str, Any]:
    return {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _PROFILE},
    }


def _root(counted: Census, publication: Publication, product: Product) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": TITLE,
        "description": in_words(counted),
        "version": version(counted),
        "datePublished": publication.issued.isoformat() if publication.issued else None,
        "license": {"@id": publication.license},
        "keywords": ", ".join(KEYWORDS),
        "temporalCoverage": f"{counted.first}/{counted.last}",
        "hasPart": {"@id": product.name},
        "mentions": {"@id": "#build"},
    }


def _product(product: Product) -> dict[str, Any]:
    entity: dict[str, Any] = {"@id": product.name, "@type": "File" if product.media_type else "Dataset", "name": TITLE}
    if product.media_type:
        entity |= {"encodingFormat": product.media_type, "contentSize": str(product.size), "sha256": product.sha256}
    return entity | {"conformsTo": {"@id": ONTOLOGY}}


def _links(names: Iterable[str]) -> list[dict[str, str]] | dict[str, str]:
    """RO-Crate wants no list of one."""
    links = [{"@id": name} for name in names]
    return links[0] if len(links) == 1 else links


def _source(name: str, sha256: str) -> dict[str, Any]:
    return {"@id": f"#source-{sha256[:12]}", "@type": "CreativeWork", "name": name, "sha256": sha256}


def _stats(counted: Census) -> dict[str, Any]:
    return {
        "triples": counted.triples,
        "resolutions": counted.resolutions,
        "files": len(counted.files),
        "classes": {
            term.value: count for term, count in sorted(counted.classes.items(), key=lambda item: item[0].value)
        },
        "adoptedFrom": counted.first,
        "adoptedTo": counted.last,
    }
