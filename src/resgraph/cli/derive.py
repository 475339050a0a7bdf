"""`resgraph derive`: what follows from what the documents say, worked out anew."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("--quiet", "-q", is_flag=True, help="Do not say how many statements were derived.")
def derive(graph: Path, quiet: bool) -> None:
    """Replace the derived graph of GRAPH, a store folder or a file of N-Quads or TriG.

    Series of resolutions, answers to requests, restatements, revisions of paragraphs, claims about treaties and careers
    of mandates are derived, each with its rule and its evidence.
    """
    from resgraph.derive import rederive

    count = rederive(graph)
    if not quiet:
        click.echo(f"resgraph: {count} derived statements in {graph}", err=True)
