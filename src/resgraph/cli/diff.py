"""`resgraph diff`: two graphs compared in words."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("text", "json")


@click.command()
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("second", metavar="B", type=click.Path(path_type=Path))
@click.option("--format", "-f", "format_name", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_context
def diff(ctx: click.Context, first: Path, second: Path, format_name: str) -> None:
    """Compare the graphs A and B, resolution by resolution and paragraph by paragraph.

    A and B are store folders or RDF files. Exit code 0: they say the same; 1: they differ.
    """
    from resgraph.diff import diff as diff_graphs

    found = diff_graphs(first, second)
    click.echo({"text": found.to_text, "json": found.to_json}[format_name](), nl=False)
    ctx.exit(0 if found.same else 1)
