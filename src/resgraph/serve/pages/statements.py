"""What the graph says of one resource, for programs: Turtle, JSON-LD, N-Triples."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from resgraph.export import Options, export_graph
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode, Quad

    from resgraph.serve.site import Site

ENDINGS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}


def statements(site: Site, path: str) -> Iterator[Quad]:
    """All of its own graph and what was derived of its parts; of what has no graph, the statements about itself."""
    node = site.iris.resource(path)
    parts: set[NamedNode] = set()
    for quad in site.store.quads_for_pattern(None, None, None, node):
        parts.add(quad.subject)  # type: ignore[arg-type]
        yield quad
    for part in parts | {node}:
        yield from site.store.quads_for_pattern(part, None, None, site.iris.derived_graph)
        for derivation in site.store.quads_for_pattern(None, RG.subject, part, site.iris.derived_graph):
            yield from site.store.quads_for_pattern(derivation.subject, None, None, site.iris.derived_graph)
    if not parts:
        yield from site.store.quads_for_pattern(node, None, None, None)


def written(site: Site, path: str, ending: str) -> bytes:
    """The statements as one of `ENDINGS`."""
    out = BytesIO()
    export_graph(statements(site, path), out, ending, Options(site.iris))
    return out.getvalue()
