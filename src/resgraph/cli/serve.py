"""`resgraph serve`: a site on a store."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resgraph.errors import UsageError
from resgraph.serve.settings import TITLE, Limits, Settings

if TYPE_CHECKING:
    from collections.abc import Callable

_DEFAULT = Limits()
_LIMITS = {
    "--max-time": ("time", "Seconds that a query may take."),
    "--max-rows": ("rows", "Rows, or statements, of an answer; more are left out, and a header says so."),
    "--max-query": ("query_size", "Bytes of a query."),
    "--max-nesting": ("nesting", "How deep brackets of a query may stand within each other."),
    "--max-answer": ("answer_size", "Bytes of an answer."),
    "--max-memory": ("memory", "Bytes of memory that a worker may use, its program and the store's index included."),
    "--max-per-address": ("per_address", "Queries that one address may have answered at once."),
    "--max-queue": ("queue", "Queries that may wait for a worker."),
    "--workers": ("workers", "Processes that answer queries."),
}


def _with_limits(command: Callable[..., None]) -> Callable[..., None]:
    for option, (field, text) in reversed(_LIMITS.items()):
        default = getattr(_DEFAULT, field)
        kind = click.FloatRange(min=0.1) if isinstance(default, float) else click.IntRange(min=1)
        command = click.option(option, field, type=kind, default=default, show_default=True, help=text)(command)
    return command


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True)
@click.option("--title", default=TITLE, show_default=True, help="The name of the site.")
@click.option("--public-url", metavar="URL", help="The site's address as the world sees it, behind a proxy.")
@click.option(
    "--trusted-proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy (address or network) whose X-Forwarded-For is believed.",
)
@click.option("--cross-origin/--no-cross-origin", default=True, help="Whether pages of other sites may ask /sparql.")
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    show_default="one a processor",
    help="Processes that serve the site.",
)
@_with_limits
def serve(
    store: Path, host: str, port: int, title: str, public_url: str | None, proxies: tuple[str, ...],
    cross_origin: bool, processes: int, **limits: float,
) -> None:  # fmt: skip
    """Serve a read-only site on STORE, a folder that `resgraph build` wrote: pages, search, SPARQL."""
    if not all(map(find_spec, ("httptools", "starlette", "uvicorn"))):
        raise UsageError("serve", "Starlette and uvicorn are not installed", "run: pip install 'resgraph[serve]'")
    from resgraph.serve.server import run

    settings = Settings(store, host, port, title, public_url, proxies, cross_origin, processes, Limits(**limits))  # type: ignore[arg-type]
    click.echo(f"Serving {store} at http://{host}:{port}/ (Ctrl+C ends it)")
    run(settings)
