"""`resgraph ontology`: the ontology checked, as a page, and the stubs of the vocabularies it is aligned with."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def ontology() -> None:
    """Check the ontology, write its page, or make the stubs of other vocabularies anew."""


@ontology.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Hold the ontology against HermiT, the profile OWL 2 DL and its own rules; needs Java.

    Exit code 0: it is sound; 1: it is not.
    """
    from resgraph.ontology_check import check_ontology

    findings = check_ontology()
    click.echo(findings.to_text(), nl=False)
    ctx.exit(0 if findings.passed else 1)


@ontology.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The folder to write to.")
def page(out: Path) -> None:
    """Write the documentation as index.html, with the ontology as .ttl, .jsonld and .rdf beside it."""
    from resgraph.ontology_check.page import write_page

    for path in write_page(out):
        click.echo(path)


@ontology.command()
@click.argument("sources", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The folder to write to.")
def stubs(sources: Path, out: Path) -> None:
    """Make the stubs of other vocabularies from their own files in the folder SOURCES, named prov.nq, undo.ttl, ...

    ontology/vocabularies.toml says which version of each is expected, and where it was found.
    """
    from resgraph.ontology_check.stubs import write_stubs

    for path in write_stubs(sources, out):
        click.echo(path)


@ontology.command()
def alignments() -> None:
    """Print what each term is in other vocabularies, and where that was looked up, as Markdown."""
    from resgraph.ontology_check.page import alignments_table

    click.echo(alignments_table(), nl=False)
