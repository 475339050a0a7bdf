"""Graphs on disk: an Oxigraph store folder written in one go, or any graph opened to be asked.

What writes is imported where it is needed, so that a graph is opened at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from resgraph.errors import GraphError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pyoxigraph import NamedNode, Quad

FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}
_DEEPEST = 100
_STORE_FILES = ("CURRENT", "IDENTITY", "LOCK", "LOG*", "MANIFEST-*", "OPTIONS-*", "*.sst", "*.log", "*.blob", "*.dbtmp")
MANIFEST = "resgraph.json"
"""What a build tells the next one, beside the files of the store."""


def is_store(path: Path) -> bool:
    """True for a folder that holds an Oxigraph store, perhaps what a build tells of it, and nothing else."""
    if not (path / "CURRENT").is_file():
        return False
    return all(
        any(part.match(pattern) for pattern in (*_STORE_FILES, MANIFEST, f".{MANIFEST}.*")) for part in path.iterdir()
    )


def write_store(path: Path, quads: Iterable[Quad]) -> None:
    """A new store of these quads; an older one stays until this is complete."""
    from resgraph.output import whole_folder

    with whole_folder(path, is_store) as folder:
        fill_store(folder, lambda store: store.bulk_extend(quads))


def fill_store(folder: Path, fill: Callable[[Store], None]) -> None:
    """A store in a new folder, with what `fill` puts into it."""
    store = Store(str(folder))
    fill(store)
    store.optimize()
    store.flush()


def replace_graph(path: Path, graph: NamedNode, quads: Iterable[Quad]) -> None:
    """The store at `path` with these quads in the place of one of its graphs; the old one stays until all is done."""

    def replace(store: Store) -> None:
        store.clear_graph(graph)
        store.bulk_extend(quads)

    change_store(path, replace)


def change_store(path: Path, change: Callable[[Store], None]) -> None:
    """Changes a copy of the store at `path`, which takes its place when all is done."""
    import shutil

    from resgraph.output import held, whole_folder

    with held(path), whole_folder(path, is_store) as folder:
        shutil.copytree(path, folder, dirs_exist_ok=True)
        store = Store(str(folder))
        change(store)
        store.optimize()
        store.flush()
        del store


def open_store(path: Path) -> Store:
    """A store folder, read-only, or an RDF file loaded into memory.

    Named graphs stay apart: ask with `use_default_graph_as_union=True`.
    """
    if path.is_dir():
        return _open_folder(path)
    if not path.exists():
        raise GraphError(str(path), "there is no such file or folder", "check the path, or build the graph first")
    if path.suffix not in FORMATS:
        raise UsageError(str(path), f"its ending '{path.suffix}' names no format", f"use one of {' '.join(FORMATS)}")
    return _load(path, FORMATS[path.suffix])


def _open_folder(path: Path) -> Store:
    if not (path / "CURRENT").is_file():
        raise GraphError(str(path), "this folder is no store", "give the folder that 'resgraph build' wrote")
    try:
        return Store.read_only(str(path))
    except (OSError, RuntimeError) as error:
        raise GraphError(str(path), f"the store cannot be opened ({error})", "build it again") from error


def _refuse_bombs(path: Path, data: bytes, rdf_format: RdfFormat) -> None:
    """Nested entities and deeply nested JSON, which end the process inside the parser."""
    if rdf_format == RdfFormat.RDF_XML and b"<!DOCTYPE" in data:
        raise GraphError(str(path), "RDF/XML with a document type is not read", "convert it to Turtle")
    if rdf_format == RdfFormat.JSON_LD and _depth(path, data) > _DEEPEST:
        raise GraphError(str(path), f"the JSON is nested more than {_DEEPEST} deep", "convert it to Turtle")


def _depth(path: Path, data: bytes) -> int:
    """How many objects and lists stand within each other."""
    import json

    try:
        level = [json.loads(data)]
    except RecursionError:
        return _DEEPEST + 1
    except json.JSONDecodeError as error:
        raise GraphError(
            f"{path}, line {error.lineno}", f"it is no valid JSON ({error.msg})", "correct the file"
        ) from error
    except UnicodeDecodeError as error:
        raise GraphError(str(path), "it is not UTF-8", "save it as UTF-8") from error
    depth = 0
    while level := [value for value in level if isinstance(value, dict | list)]:
        level = [part for value in level for part in (value.values() if isinstance(value, dict) else value)]
        depth += 1
    return depth


def _load(path: Path, rdf_format: RdfFormat) -> Store:
    store = Store()
    try:
        data = path.read_bytes()
        _refuse_bombs(path, data, rdf_format)
        store.bulk_load(data, rdf_format)
    except OSError as error:
        raise GraphError(str(path), f"it cannot be read ({error.strerror or error})", "check the file") from error
    except SyntaxError as error:
        where = f"{path}, line {error.lineno}" if error.lineno else str(path)
        raise GraphError(where, f"it is no valid {rdf_format.name} ({error.msg})", "correct the file") from error
    return store
