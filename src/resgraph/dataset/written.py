"""The description of a graph that lies there: as a text to print, or within the graph."""

from __future__ import annotations

import io
import json
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from resgraph.dataset import PREFIXES, description, statements
from resgraph.dataset.census import Census, census
from resgraph.dataset.packages import Product, datapackage, ro_crate
from resgraph.derive import NAMED_GRAPHS
from resgraph.errors import UsageError
from resgraph.export import Options, export_graph, export_to_file
from resgraph.literals import literal
from resgraph.sparql import iris_of
from resgraph.store import open_store, replace_graph
from resgraph.vocab import RDF, RG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from resgraph.dataset import Publication
    from resgraph.rdf.terms import Statement


def described(path: Path, format_name: str, publication: Publication) -> bytes:
    """The description of a store folder or an RDF file, as `ttl`, `datapackage` or `ro-crate`."""
    store = open_store(path)
    iris = iris_of(store)
    counted = census(store, iris.dataset_graph)
    if format_name == "ttl":
        said = chain(statements(counted, iris, publication), _files(counted))
        out = io.BytesIO()
        export_graph((Quad(*statement) for statement in said), out, "ttl", Options(iris, prefixes=PREFIXES))
        return out.getvalue()
    make = {"datapackage": datapackage, "ro-crate": ro_crate}[format_name]
    text = json.dumps(make(counted, publication, Product.at(path)), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def describe_within(path: Path, publication: Publication) -> None:
    """Replaces the description within a store folder, or a file with named graphs."""
    if not path.is_dir() and path.suffix not in NAMED_GRAPHS and path.exists():
        todo = f"give a store folder, or a file with the ending {', '.join(NAMED_GRAPHS)}"
        raise UsageError(str(path), "this format keeps no named graphs", todo)
    store = open_store(path)
    iris = iris_of(store)
    quads = list(description(store, iris, publication))
    if path.is_dir():
        del store
        replace_graph(path, iris.dataset_graph, quads)
    else:
        others = (quad for quad in store if quad.graph_name != iris.dataset_graph)
        export_to_file(chain(others, quads), path, path.suffix[1:], Options(iris))


def _files(counted: Census) -> Iterator[Statement]:
    """What the graph itself says of its sources, for a description that stands alone."""
    for file in counted.files:
        yield file.node, RDF.type, RG.Source
        yield file.node, RG.fileName, literal(file.name)
        yield file.node, RG.sha256, literal(file.sha256)
