"""`resgraph query`: ask a stored question, or one of your own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resgraph.queries import Parameter, StoredQuery

_FORMATS = ("table", "csv", "tsv", "json", "ttl")


@click.command()
@click.argument("name", required=False)
@click.option(
    "--graph",
    "-g",
    envvar="RESGRAPH_GRAPH",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A store folder or an RDF file. The environment variable RESGRAPH_GRAPH serves too.",
)
@click.option("--param", "-p", "params", multiple=True, metavar="KEY=VALUE", help="A parameter of the question.")
@click.option("--format", "-f", "format_", type=click.Choice(_FORMATS), default="table", show_default=True)
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="FILE", help="Ask the question in this file.")
@click.option("--list", "list_", is_flag=True, help="List the stored questions and their parameters.")
@click.option("--show", is_flag=True, help="Print the question instead of asking it.")
def query(
    name: str | None,
    graph: Path | None,
    params: tuple[str, ...],
    format_: str,
    file: Path | None,
    list_: bool,
    show: bool,
) -> None:
    """Ask the stored question NAME of a graph, or with --file a question of your own.

    Parameters are given as --param body=UNGA; one that is not given restricts nothing.
    """
    if list_:
        click.echo(_listing(), nl=False)
    elif show:
        click.echo(_chosen(name, file).text.encode(), nl=False)
    else:
        click.echo(_answer(_chosen(name, file), graph, params, format_).encode(), nl=False)


def _chosen(name: str | None, file: Path | None) -> StoredQuery:
    from resgraph.queries import read_query, stored

    if (name is None) == (file is None):
        raise click.UsageError("give the NAME of a stored question or --file FILE; --list shows the names")
    return read_query(file) if file else stored(name or "")


def _answer(question: StoredQuery, graph: Path | None, params: Iterable[str], format_: str) -> str:
    from resgraph.api import Graph

    if graph is None:
        raise click.UsageError("say which graph to ask: --graph PATH, or the environment variable RESGRAPH_GRAPH")
    given = _given(params)
    with Graph(graph) as opened:
        return question.run(opened.store, given).render(format_)


def _given(params: Iterable[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals or not key or key in given:
            raise click.UsageError(f"--param {param!r} cannot be used: write each parameter once, as KEY=VALUE")
        given[key] = value
    return given


def _listing() -> str:
    from resgraph.queries import index

    lines: list[str] = []
    for question in index().values():
        lines.append(f"{question.name}\n    {question.summary}")
        lines += [f"    {p.name}  {p.type}, {_need(p)}: {p.description}" for p in question.parameters]
    return "\n".join(lines) + "\n"


def _need(parameter: Parameter) -> str:
    if parameter.required:
        return "required"
    return f"default {parameter.default}" if parameter.default else "optional"
