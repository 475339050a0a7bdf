"""`resgraph export`: a graph in another format."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("ttl", "trig", "nt", "nq", "jsonld", "rdf")


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("--format", "-f", "format_name", type=click.Choice(FORMATS), help="Else that of the ending of --out.")
@click.option("--out", "-o", default="-", metavar="PATH", type=click.Path(path_type=Path), help="A file; - for stdout.")
@click.option("--context-iri", metavar="IRI", help="For JSON-LD: refer to the context by IRI instead of holding it.")
def export(graph: Path, format_name: str | None, out: Path, context_iri: str | None) -> None:
    """Write GRAPH, a store folder or an RDF file, in another format."""
    from resgraph.build import export_store

    export_store(graph, out, format_name, context_iri)
