"""`resgraph followup`: the ledger of requests for reports."""

from __future__ import annotations

from pathlib import Path

import click

STATUSES = ("answered", "due-later", "none-in-corpus")


@click.command()
@click.argument("graph", envvar="RESGRAPH_GRAPH", type=click.Path(path_type=Path))
@click.option("--body", metavar="BODY", help="Requests of one body only, such as UNGA.")
@click.option("--addressee", metavar="AGENT", help="Requests made of one addressee only, such as secretary-general.")
@click.option(
    "--due", metavar="SESSION", help="Requests due at one session only, such as 76 or 'UNGA 76', or on one date."
)
@click.option("--status", type=click.Choice(STATUSES), help="Requests that stand so only.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(("table", "csv", "ttl")), default="table", show_default=True
)
def followup(
    graph: Path, body: str | None, addressee: str | None, due: str | None, status: str | None, format_: str
) -> None:
    """Show which reports were asked for in GRAPH, of whom, by when, and which report answered.

    A request without an answer is not called unfulfilled: no answer stands in the documents that were read, or it is
    due at a session that they do not reach.
    """
    from resgraph.followup import brief, ledger

    rows = ledger(graph, body=body, addressee=addressee, due=due, status=status)
    rows = brief(rows) if format_ == "table" else rows
    click.echo(rows.render(format_).encode(), nl=False)
