"""`resgraph timeline`: what resolutions say of an instrument, by date."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.argument("instrument")
@click.option("--format", "-f", "format_", type=click.Choice(("table", "csv")), default="table", show_default=True)
@click.option(
    "--plot", type=click.Path(path_type=Path), metavar="FILE", help="Draw it: .svg, .png or .pdf; a CSV beside."
)
def timeline(graph: Path, instrument: str, format_: str, plot: Path | None) -> None:
    """Show what the resolutions of GRAPH say of INSTRUMENT, such as ICRMW, in the order of dates."""
    from resgraph.store import open_store
    from resgraph.timeline import timeline as timeline_of

    line = timeline_of(open_store(graph), instrument)
    if plot is None:
        click.echo(line.rows.render(format_).encode(), nl=False)
        return
    from resgraph.pictures import with_data
    from resgraph.timeline import plot as draw

    with_data(plot, line.rows, lambda path: draw(line, path))
