"""The command line: each command parses its arguments, calls one function and prints what it gives.

Nothing heavy is imported here or at the head of a command's module, so that `resgraph --help` answers at once.
"""

from __future__ import annotations

import click

from resgraph.cli.build import build
from resgraph.cli.compare import compare
from resgraph.cli.derive import derive
from resgraph.cli.describe import describe
from resgraph.cli.diff import diff
from resgraph.cli.export import export
from resgraph.cli.followup import followup
from resgraph.cli.load import load
from resgraph.cli.network import network
from resgraph.cli.ontology import ontology
from resgraph.cli.query import query
from resgraph.cli.reason import reason
from resgraph.cli.serve import serve
from resgraph.cli.timeline import timeline
from resgraph.cli.validate import validate
from resgraph.errors import ResgraphError

EPILOG = (
    "Exit codes: 0 done; 1 the graph breaks a shape; 2 the command cannot be carried out;"
    " 3 some inputs could not be read; 4 another process is writing there, or a store counts otherwise; 5 no room."
)


class _Commands(click.Group):
    """Shows one of our errors on one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ResgraphError as error:
            click.echo(f"resgraph: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="resgraph")
def main() -> None:
    """Turn resolutions of the United Nations into linked data, with every statement traceable to its words."""


for command in (
    build, validate, query, derive, reason, followup, compare, timeline, network, diff, export, describe, load, serve,
    ontology,
):  # fmt: skip
    main.add_command(command)
