"""The command line: each command parses its arguments, calls one function and prints what it gives.

Nothing heavy is imported here or at the head of a command's module, so that `resgraph --help` answers at once; and
only the module of the command that is given is imported.
"""

from __future__ import annotations

from importlib import import_module

import click

from resgraph.errors import ResgraphError

EPILOG = (
    "Exit codes: 0 done; 1 the graph breaks a shape; 2 the command cannot be carried out;"
    " 3 some inputs could not be read; 4 another process is writing there, or a store counts otherwise; 5 no room."
)


_NAMES = (
    *("build", "compare", "derive", "describe", "diff", "export", "followup", "load", "network", "ontology", "query"),
    *("reason", "serve", "timeline", "validate"),
)


class _Commands(click.Group):
    """Each command is of the module of its name. Shows one of our errors on one line, without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click gives it)
        return list(_NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click gives it)
        if cmd_name not in _NAMES:
            return None
        command: click.Command = getattr(import_module(f"resgraph.cli.{cmd_name}"), cmd_name)
        return command

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
