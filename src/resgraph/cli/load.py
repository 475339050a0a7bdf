"""`resgraph load`: a graph into a store."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resgraph.errors import UsageError

if TYPE_CHECKING:
    from resgraph.load.bulk import Part
    from resgraph.load.kinds import Target
    from resgraph.load.loading import Options

HTTP = ("gsp", "fuseki", "graphdb", "virtuoso", "oxigraph", "stardog")
FILES = ("qlever", "neptune")
_MB = 1_000_000


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.option(
    "--to", "to", nargs=2, required=True, type=(click.Choice([*HTTP, *FILES]), str), metavar="KIND URL",
    help=f"One of {', '.join(HTTP)} and the store's address; or {' or '.join(FILES)} and a folder to write.",
)  # fmt: skip
@click.option("--only-changed", is_flag=True, help="Send only what differs from the last load; also resumes one.")
@click.option("--replace-all", is_flag=True, help="Remove graphs that an earlier load sent and GRAPH has no more.")
@click.option("--dry-run", is_flag=True, help="Print the requests; send nothing.")
@click.option("--query-url", metavar="URL", help="Where the store answers SPARQL, if not at the usual place.")
@click.option("--user-file", type=click.Path(path_type=Path), help="Its first line is NAME:PASSWORD.")
@click.option("--auth", type=click.Choice(["basic", "digest"]), help="If not as usual for the store.")
@click.option("--chunk-mb", type=click.FloatRange(min=0.001), default=8, show_default=True, help="Size of a request.")
@click.option("--attempts", type=click.IntRange(min=1), default=6, show_default=True, help="For each request.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=300, show_default=True, help="Seconds to wait.")
@click.option("--state", type=click.Path(path_type=Path), help="The journal of loads; else GRAPH.loaded.jsonl.")
@click.option("--s3", metavar="URL", help="For neptune: where the parts will lie, s3://bucket/folder/.")
@click.option("--iam-role", metavar="ARN", help="For neptune: the role that may read them.")
@click.option("--region", metavar="NAME", help="For neptune: where bucket and cluster are.")
def load(
    graph: Path, to: tuple[str, str], only_changed: bool, replace_all: bool, dry_run: bool, query_url: str | None,
    user_file: Path | None, auth: str | None, chunk_mb: float, attempts: int, timeout: float, state: Path | None,
    s3: str | None, iam_role: str | None, region: str | None,
) -> None:  # fmt: skip
    """Load GRAPH, a store folder or a file in N-Quads or TriG, into a store, a named graph a document.

    A name and password are those of RESGRAPH_LOAD_USER and RESGRAPH_LOAD_PASSWORD, or of --user-file. Loading twice
    changes nothing. In the end the store's statements are counted; the exit code is 4 where they are not those sent.
    """
    kind, url = to
    chunk = int(chunk_mb * _MB)
    if kind in FILES:
        _write_files(graph, kind, Path(url), chunk, (s3, iam_role, region))
        return
    if not all(map(find_spec, ("httpx", "tenacity"))):
        raise UsageError("load", "httpx and tenacity are not installed", "run: pip install 'resgraph[load]'")
    from resgraph.load.client import Patience
    from resgraph.load.kinds import target
    from resgraph.load.loading import Options

    options = Options(only_changed, replace_all, chunk, auth, Patience(attempts, timeout))
    store = target(kind, url, query_url)
    if dry_run:
        _show(graph, store, options, state)
    else:
        _send(graph, store, options, state, user_file)


def _show(graph: Path, store: Target, options: Options, state: Path | None) -> None:
    from resgraph.load.loading import planned

    for request in planned(graph, store, options, state):
        size = f", {request.statements:,} statements, {request.size:,} bytes" if request.size else ""
        click.echo(f"{request.method} {store.name}?{store.kind.parameter}={request.graph}{size}")


def _send(graph: Path, store: Target, options: Options, state: Path | None, user_file: Path | None) -> None:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from resgraph.load.credentials import credentials
    from resgraph.load.loading import load_graph

    login = credentials(user_file, os.environ)
    bar = Progress(
        SpinnerColumn(), TextColumn("{task.description}"), console=Console(stderr=True), transient=True,
        disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with bar:
        task = bar.add_task("Loading")
        done = load_graph(graph, store, login, options, state, lambda each: bar.update(task, description=each.name))
    click.echo(
        f"{store.name}: {done.sent:,} graphs sent with {done.statements:,} statements, {done.unchanged:,} unchanged,"
        f" {done.removed:,} removed; the store's counts agree"
    )


def _write_files(graph: Path, kind: str, folder: Path, chunk: int, place: tuple[str | None, ...]) -> None:
    from resgraph.load.bulk import Bucket, write_for_neptune, write_for_qlever

    parts: tuple[Part, ...]
    if kind == "qlever":
        parts = write_for_qlever(graph, folder, chunk)
    else:
        source, role, region = place
        if not (source and role and region):
            raise UsageError("neptune", "needs to know where the parts will lie", "give --s3, --iam-role and --region")
        parts = write_for_neptune(graph, folder, chunk, Bucket(source, role, region))
    click.echo(f"{folder}: {sum(part.statements for part in parts):,} statements in {len(parts)} parts")
