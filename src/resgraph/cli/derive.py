"""`resgraph derive`: what follows from what the documents say, worked out anew where anything has changed."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("--quiet", "-q", is_flag=True, help="Do not say how many statements were derived.")
def derive(graph: Path, quiet: bool) -> None:
    """Replace the derived graph of GRAPH, a store folder or a file of N-Quads or TriG.

    Series of resolutions, answers to requests, restatements, revisions of paragraphs, claims about treaties and careers
    of mandates are derived, each with its rule and its evidence. Where nothing has changed, GRAPH is left as it is.
    """
    from resgraph.derive import rederive

    derived = rederive(graph)
    if not quiet:
        kept = "" if derived.changed else ", as before: nothing they follow from has changed"
        click.echo(f"resgraph: {derived.statements} derived statements in {graph}{kept}", err=True)
