"""Graphs as files in the formats of the semantic web. A new format is one function with `@writes("name")`.

The same triples always give the same bytes: subjects in the order in which a reader meets them, `a` first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from resgraph.errors import UsageError
from resgraph.export.jsonld import write_jsonld
from resgraph.export.order import in_order, union_in_order
from resgraph.iris import Iris
from resgraph.output import whole_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FORMATS", "Options", "export_graph", "export_to_file", "format_of"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to write: `context` is the IRI that JSON-LD refers to, None to hold the context itself.

    `prefixes` are short names for Turtle and the like, beside those of the graph's own.
    """

    iris: Iris = field(default_factory=Iris)
    context: str | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @property
    def short_names(self) -> dict[str, str]:
        return {**self.iris.prefixes, **self.prefixes}


Writer = Callable[[Iterable[Quad], BinaryIO, Options], None]

FORMATS: dict[str, Writer] = {}
_HEAD = re.compile(rb"(?:@prefix [^\n]*\n)*")


def export_graph(quads: Iterable[Quad], out: BinaryIO, format_name: str, options: Options | None = None) -> None:
    """Writes a graph to an open file in one of `FORMATS`."""
    if format_name not in FORMATS:
        raise UsageError(format_name, "is no format", f"use one of {', '.join(FORMATS)}")
    FORMATS[format_name](quads, out, options or Options())


def export_to_file(
    quads: Iterable[Quad], path: Path, format_name: str | None = None, options: Options | None = None
) -> None:
    """Writes a graph to a file, whole or not at all; the format is that of the file's ending unless given."""
    format_name = format_name or format_of(path)
    with whole_file(path) as out:
        export_graph(quads, out, format_name, options)


def format_of(path: Path) -> str:
    """The format that the ending of a file name stands for."""
    ending = path.suffix.removeprefix(".")
    if ending not in FORMATS:
        endings = " ".join(f".{name}" for name in FORMATS)
        raise UsageError(str(path), f"its ending '{path.suffix}' names no format", f"use one of {endings}")
    return ending


def writes(name: str) -> Callable[[Writer], Writer]:
    def register(writer: Writer) -> Writer:
        FORMATS[name] = writer
        return writer

    return register


@writes("nq")
def write_nquads(quads: Iterable[Quad], out: BinaryIO, _: Options) -> None:
    serialize(in_order(quads), out, RdfFormat.N_QUADS)


@writes("trig")
def write_trig(quads: Iterable[Quad], out: BinaryIO, options: Options) -> None:
    _write_with_prefixes(in_order(quads), out, RdfFormat.TRIG, options.short_names)


@writes("ttl")
def write_turtle(quads: Iterable[Quad], out: BinaryIO, options: Options) -> None:
    _write_with_prefixes(union_in_order(quads), out, RdfFormat.TURTLE, options.short_names)


@writes("nt")
def write_ntriples(quads: Iterable[Quad], out: BinaryIO, _: Options) -> None:
    serialize(union_in_order(quads), out, RdfFormat.N_TRIPLES)


@writes("rdf")
def write_rdfxml(quads: Iterable[Quad], out: BinaryIO, options: Options) -> None:
    serialize(union_in_order(quads), out, RdfFormat.RDF_XML, prefixes=options.short_names)


@writes("jsonld")
def write_json_ld(quads: Iterable[Quad], out: BinaryIO, options: Options) -> None:
    write_jsonld(union_in_order(quads), out, options.context)


def _write_with_prefixes(
    statements: Iterable[Quad] | Iterable[Triple], out: BinaryIO, rdf_format: RdfFormat, prefixes: dict[str, str]
) -> None:
    """Turtle and TriG with the prefixes in our order (pyoxigraph's own is that of a hash) and an empty line after each
    subject; a line feed within a literal is escaped, so that every line ends with a statement or a part of one.
    """
    body = serialize(statements, format=rdf_format, prefixes=prefixes) or b""
    head = _HEAD.match(body)
    out.write("".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items()).encode())
    out.write(b"\n" + body[head.end() if head else 0 :].replace(b" .\n", b" .\n\n").rstrip() + b"\n")
