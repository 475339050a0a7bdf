"""Pages of HTML from the templates of the package: one file each, nothing fetched from elsewhere, all text escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def environment() -> Environment:
    """The templates; every value is escaped, and a name that a template does not know is an error."""
    loader = PackageLoader("resgraph")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def page(template: str, **values: object) -> str:
    """A filled template."""
    return environment().get_template(template).render(**values)
