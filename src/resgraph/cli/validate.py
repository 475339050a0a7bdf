"""`resgraph validate`: a graph held against the shapes."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("text", "ttl", "json")


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("--format", "-f", "format_name", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_context
def validate(ctx: click.Context, graph: Path, format_name: str) -> None:
    """Hold GRAPH, a store folder or an RDF file, against the shapes. Exit code 0: it conforms; 1: it does not."""
    from resgraph.store import open_store
    from resgraph.validate import validate as validate_graph

    report = validate_graph(open_store(graph))
    click.echo({"text": report.to_text, "ttl": report.to_turtle, "json": report.to_json}[format_name](), nl=False)
    ctx.exit(0 if report.conforms else 1)
