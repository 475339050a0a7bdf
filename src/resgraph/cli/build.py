"""`resgraph build`: files and folders in, a graph out."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

FORMATS = ("store", "nq", "trig", "ttl", "nt", "jsonld", "rdf")

READABLE = ("text", "docx", "doc", "html", "pdf", "akn", "zip")

DEFAULT_BASE = "https://w3id.org/resgraph/"

_UNCAPPED = "this system cannot cap what a document uses of {}; read only those you trust"

OUT = "A folder for an Oxigraph store, or a file whose ending names its format; - for standard output."


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", "-o", required=True, metavar="PATH", help=OUT)
@click.option("--format", "-f", "format_name", type=click.Choice(FORMATS), help="The format, whatever the ending says.")
@click.option(
    "--from", "form", type=click.Choice(READABLE), help="What the SOURCEs are, where their bytes do not tell."
)
@click.option(
    "--base", default=DEFAULT_BASE, show_default=True, metavar="IRI", help="What all IRIs of data begin with."
)
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no counts; what goes wrong is still said.")
@click.option("--no-derive", is_flag=True, help="Leave out the derived graph: series, answers, revisions and the like.")
@click.option("--no-validate", is_flag=True, help="Do not hold the graph against the shapes.")
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="N", help="Documents read at a time.  [default: the processors]"
)
@click.option("--index", is_flag=True, help="Write the index that 'resgraph serve' would write at its first start.")
@click.option("--fresh", is_flag=True, help="Read every document anew, whatever an earlier build has kept.")
@click.option("--cluster", metavar="TCP", help="A Dask scheduler whose workers read; SOURCEs and --out may be URLs.")
@click.option("--chunk", type=click.IntRange(1, 10_000), metavar="N", help="With --cluster: files a task.  [100]")
@click.pass_context
def build(
    ctx: click.Context,
    sources: tuple[str, ...],
    out: str,
    format_name: str | None,
    form: str | None,
    base: str,
    quiet: bool,
    no_derive: bool,
    no_validate: bool,
    workers: int | None,
    index: bool,
    fresh: bool,
    cluster: str | None,
    chunk: int | None,
) -> None:
    """Build one graph from the resolutions in all SOURCEs: files, folders, zip archives, or - for standard input.

    Word, HTML, PDF, Akoma Ntoso and plain text are told apart by what they hold.
    """
    from resgraph.build import build as build_graph
    from resgraph.cli.progress import bars
    from resgraph.readers.sandbox.pool import SANDBOX

    if cluster:
        _refuse_with_cluster(format_name=format_name, workers=workers, index=index)
        _build_on_cluster(ctx, cluster, sources, out, base=base, form=form, chunk=chunk, fresh=fresh, quiet=quiet)
    _refuse_misplaced(chunk, index, Path(out), format_name)
    with bars(quiet) as bar:
        report = build_graph(
            map(Path, sources),
            Path(out),
            format_name=format_name,
            form=form,
            base=base,
            derive=not no_derive,
            validate=not no_validate,
            watch=bar.reading,
            told=bar.validating,
            workers=workers,
            fresh=fresh,
        )
    if index:
        _write_index(Path(out))
    if text := report.render(quiet):
        click.echo(text, err=True)
    if missing := ", ".join(SANDBOX.missing):
        click.echo(f"resgraph: note: {_UNCAPPED.format(missing)}", err=True)
    ctx.exit(report.exit_code)


def _refuse_misplaced(chunk: int | None, index: bool, out: Path, format_name: str | None) -> None:
    """Options that would do nothing here."""
    from resgraph.build.targets import target_format

    if chunk:
        raise click.UsageError("--chunk is of use with --cluster only")
    if index and target_format(out, format_name) != "store":
        raise click.UsageError("--index is of use for a store folder only, which 'resgraph serve' serves")


def _write_index(out: Path) -> None:
    from resgraph.serve.search import open_index
    from resgraph.store import is_store, open_store

    if is_store(out):  # where no document could be read, there is none
        open_index(open_store(out), out)


def _refuse_with_cluster(**options: object) -> None:
    for name in (name for name, value in options.items() if value):
        option = {"format_name": "--format"}.get(name, f"--{name}")
        raise click.UsageError(f"{option} makes no sense with --cluster, which writes parts of N-Quads")


def _build_on_cluster(
    ctx: click.Context,
    scheduler: str,
    sources: tuple[str, ...],
    out: str,
    *,
    base: str,
    form: str | None,
    chunk: int | None,
    fresh: bool,
    quiet: bool,
) -> None:
    """Builds the parts, and ends with the exit code."""
    from resgraph.errors import UsageError

    if not all(map(find_spec, ("distributed", "fsspec"))):
        raise UsageError("--cluster", "Dask and fsspec are not installed", "run: pip install 'resgraph[cluster]'")
    from resgraph.cli.progress import bars
    from resgraph.cluster import CHUNK, build

    with bars(quiet) as bar:
        report = build(
            scheduler,
            sources,
            out,
            base=base,
            form=form,
            chunk=chunk or CHUNK,
            fresh=fresh,
            watch=bar.counting,
        )
    if text := report.render(quiet):
        click.echo(text, err=True)
    ctx.exit(report.exit_code)
