"""`resgraph build`: files and folders in, a graph out."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("store", "nq", "trig", "ttl", "nt", "jsonld", "rdf")

DEFAULT_BASE = "https://w3id.org/resgraph/"

OUT = "A folder for an Oxigraph store, or a file whose ending names its format; - for standard output."


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))
@click.option("--out", "-o", required=True, metavar="PATH", type=click.Path(path_type=Path), help=OUT)
@click.option("--format", "-f", "format_name", type=click.Choice(FORMATS), help="The format, whatever the ending says.")
@click.option(
    "--base", default=DEFAULT_BASE, show_default=True, metavar="IRI", help="What all IRIs of data begin with."
)
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no counts; what goes wrong is still said.")
@click.option("--no-validate", is_flag=True, help="Do not hold the graph against the shapes.")
@click.pass_context
def build(
    ctx: click.Context,
    sources: tuple[Path, ...],
    out: Path,
    format_name: str | None,
    base: str,
    quiet: bool,
    no_validate: bool,
) -> None:
    """Build one graph from the resolutions in all SOURCEs, which are text files or folders of them."""
    from resgraph.build import build as build_graph
    from resgraph.cli.progress import bars

    with bars(quiet) as bar:
        report = build_graph(
            sources,
            out,
            format_name=format_name,
            base=base,
            validate=not no_validate,
            watch=bar.reading,
            told=bar.validating,
        )
    if text := report.render(quiet):
        click.echo(text, err=True)
    ctx.exit(report.exit_code)
