"""`resgraph network`: who cites whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from resgraph.network import Network

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("graph", type=_FILE)
@click.option("--body", metavar="BODY", help="Only resolutions of this body, such as UNGA.")
@click.option("--from", "from_", metavar="DATE", help="Only resolutions adopted on this day or later.")
@click.option("--to", metavar="DATE", help="Only resolutions adopted on this day or earlier.")
@click.option("--plot", type=_FILE, metavar="FILE", help="Draw the most cited part: .svg, .png or .pdf; a CSV beside.")
@click.option("--graphml", type=_FILE, metavar="FILE", help="All of it as GraphML.")
@click.option("--gexf", type=_FILE, metavar="FILE", help="All of it as GEXF, for Gephi.")
@click.option("--csv", type=_FILE, metavar="FILE", help="All of it as a table, one row an edge; - for stdout.")
def network(
    graph: Path, body: str | None, from_: str | None, to: str | None,
    plot: Path | None, graphml: Path | None, gexf: Path | None, csv: Path | None,
) -> None:  # fmt: skip
    """Write who cites whom in GRAPH in one or several forms; without any, print the table."""
    from resgraph import network as networks
    from resgraph.pictures import with_data
    from resgraph.store import open_store

    net = networks.network(open_store(graph), body=body, from_=from_, to=to)
    if plot is not None:
        with_data(plot, net.rows, lambda path: networks.plot(net, path))
    if graphml is not None:
        _write(graphml, net, networks.write_graphml)
    if gexf is not None:
        _write(gexf, net, networks.write_gexf)
    if csv is not None:
        _write(csv, net, _csv)
    if not (plot or graphml or gexf or csv):
        click.echo(net.rows.render("table").encode(), nl=False)


def _csv(net: Network, out: BinaryIO) -> None:
    out.write(net.rows.render("csv").encode())


def _write(path: Path, net: Network, writer: Callable[[Network, BinaryIO], None]) -> None:
    from resgraph.output import file_or_stdout

    with file_or_stdout(path) as file:
        writer(net, file)
