"""`resgraph export`: a graph in another format."""

from __future__ import annotations

from pathlib import Path

import click

RDF = ("ttl", "trig", "nt", "nq", "jsonld", "rdf", "undo")
TABLES = ("csv", "parquet")
RECORDS = ("bibtex", "ris", "csl-json")
NETWORKS = ("graphml", "gexf")
FORMATS = (*RDF, *TABLES, *RECORDS, *NETWORKS, "akn")
STDOUT = Path("-")


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("--format", "-f", "format_name", type=click.Choice(FORMATS), help="Else that of the ending of --out.")
@click.option("--out", "-o", default="-", metavar="PATH", type=click.Path(path_type=Path), help="A file; - for stdout.")
@click.option("--context-iri", metavar="IRI", help="For JSON-LD: refer to the context by IRI instead of holding it.")
@click.option("--spreadsheet-safe", is_flag=True, help="For csv: an apostrophe before words that begin like a formula.")
def export(graph: Path, format_name: str | None, out: Path, context_iri: str | None, spreadsheet_safe: bool) -> None:
    """Write GRAPH, a store folder or an RDF file, in another format.

    `undo` is the graph in the terms of UNDO, the ontology of the United Nations for documents: as Turtle, or as the
    ending of --out says. `csv` and `parquet` are tables, in the folder --out; `bibtex`, `ris` and `csl-json` a
    record for each resolution; `graphml` and `gexf` the network of citations; `akn` a file of Akoma Ntoso for
    each resolution, in the folder --out.
    """
    if spreadsheet_safe and format_name != "csv":
        raise click.UsageError("--spreadsheet-safe is for --format csv")
    if format_name == "undo":
        _in_undo(graph, out)
    elif format_name in TABLES:
        _as_tables(graph, out, format_name, spreadsheet_safe)
    elif format_name in RECORDS:
        _as_records(graph, out, format_name)
    elif format_name in NETWORKS:
        _as_network(graph, out, format_name)
    elif format_name == "akn":
        _as_akn(graph, out)
    else:
        from resgraph.build import export_store

        export_store(graph, out, format_name, context_iri)


def _in_undo(graph: Path, out: Path) -> None:
    from resgraph.build import target_format, write_graph
    from resgraph.export import Options
    from resgraph.sparql import iris_of
    from resgraph.store import open_store
    from resgraph.undo import PREFIXES, undo_quads

    store = open_store(graph)
    target = target_format(out, "ttl" if out == STDOUT else None)
    write_graph(undo_quads(store), out, target, Options(iris_of(store), prefixes=PREFIXES))


def _as_tables(graph: Path, out: Path, format_name: str, spreadsheet_safe: bool) -> None:
    from resgraph.sparql import iris_of
    from resgraph.store import open_store
    from resgraph.tables import write_tables

    store = open_store(graph)
    write_tables(store, iris_of(store), _folder(out, format_name), format_name, spreadsheet_safe=spreadsheet_safe)


def _as_records(graph: Path, out: Path, format_name: str) -> None:
    from resgraph.export.records import RECORDS, records
    from resgraph.output import file_or_stdout
    from resgraph.properties import Properties
    from resgraph.store import open_store

    found = records(Properties(open_store(graph)))
    with file_or_stdout(out) as file:
        RECORDS[format_name](found, file)


def _as_network(graph: Path, out: Path, format_name: str) -> None:
    from resgraph.network import network, write_gexf, write_graphml
    from resgraph.output import file_or_stdout
    from resgraph.store import open_store

    net = network(open_store(graph))
    with file_or_stdout(out) as file:
        {"graphml": write_graphml, "gexf": write_gexf}[format_name](net, file)


def _as_akn(graph: Path, out: Path) -> None:
    from resgraph.export.akn import write_akn
    from resgraph.properties import Properties
    from resgraph.store import open_store

    write_akn(Properties(open_store(graph)), _folder(out, "akn"))


def _folder(out: Path, format_name: str) -> Path:
    from resgraph.errors import UsageError

    if out == STDOUT:
        raise UsageError(format_name, "is several files, and needs a folder", "give it with --out")
    return out
