"""`resgraph describe`: a graph as a catalogue sees it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import datetime

FORMATS = ("ttl", "datapackage", "ro-crate")


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("--format", "-f", "format_name", type=click.Choice(FORMATS), default="ttl", show_default=True)
@click.option("--ro-crate", "format_name", flag_value="ro-crate", help="The same as --format ro-crate.")
@click.option(
    "--within", is_flag=True, help="Put the description into GRAPH, as a graph of its own, and print nothing."
)
@click.option("--license", "license_", metavar="IRI", help="The licence of the data; else that of resgraph.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Of publication; else that of SOURCE_DATE_EPOCH."
)
def describe(graph: Path, format_name: str, within: bool, license_: str | None, day: datetime | None) -> None:
    """Describe GRAPH, a store folder or an RDF file: what it holds, of which sources, how it was made.

    As VoID and DCAT, as a data package, or as an RO-Crate, which needs a date.
    """
    from resgraph.dataset import LICENSE, Publication
    from resgraph.dataset.written import describe_within, described

    publication = Publication.of_environment(license_ or LICENSE, day.date() if day else None)
    if within:
        describe_within(graph, publication)
    else:
        click.echo(described(graph, format_name, publication), nl=False)
