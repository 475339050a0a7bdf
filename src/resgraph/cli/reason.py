"""`resgraph reason`: what the ontology entails."""

from __future__ import annotations

from pathlib import Path

import click

WHY = "Show by which rule a triple follows, and from what; terms as in Turtle: A/RES/45/158 rg:citedBy A/RES/57/201."


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("--why", "triple", nargs=3, metavar="S P O", help=WHY)
@click.option("--quiet", "-q", is_flag=True, help="Do not say how many triples were inferred.")
def reason(graph: Path, triple: tuple[str, str, str] | None, quiet: bool) -> None:
    """Replace the inferred graph of GRAPH, a store folder or a file of N-Quads or TriG.

    Inverse properties, the properties and classes above others, parts at any depth, bodies above and before others:
    queries/reason/ has the rules. With --why nothing is changed.
    """
    if triple:
        from resgraph.reason.why import explain

        click.echo(explain(graph, triple), nl=False)
        return
    from resgraph.reason import reason as reason_on

    count = reason_on(graph)
    if not quiet:
        click.echo(f"resgraph: {count} inferred triples in {graph}", err=True)
