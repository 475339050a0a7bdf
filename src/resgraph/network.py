"""Who cites whom: a directed graph for Gephi and the like, a table, and a picture sized by citations."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from resgraph.errors import QueryError, UsageError
from resgraph.pictures import COLOURS, INK, LINE, SOFT, drawing
from resgraph.queries import run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import networkx
    from matplotlib.axes import Axes
    from pyoxigraph import Store

    from resgraph.rows import Rows

_DAY = re.compile(r' lastmodifieddate="[^"]*"')
_KINDS = (
    ("read", "resolution that was read", "o"),
    ("resolution", "other resolution", "s"),
    ("instrument", "instrument", "D"),
    ("document", "other document", "^"),
)
_CITED, _CITING = 32, 48
"""How many a picture shows of a large network: the most cited, and those that cite most of these."""

_LABELLED = 45
"""In a picture with more nodes than this only the most cited have their names."""


@dataclass(frozen=True, slots=True)
class Network:
    """Documents and instruments by name, and how often each cites another."""

    kinds: Mapping[str, str]
    edges: Mapping[tuple[str, str], int]
    rows: Rows

    @property
    def cited(self) -> Counter[str]:
        """In how many resolutions each is cited."""
        return Counter(target for _, target in self.edges)

    def most_cited(self, count: int) -> list[str]:
        """The names that most resolutions cite."""
        return [name for name, _ in sorted(self.cited.items(), key=lambda item: (-item[1], item[0]))][:count]

    def core(self) -> Network:
        """All of a small network; of a large one the most cited, and those that cite most of these."""
        if len(self.kinds) <= _CITED + _CITING:
            return self
        cited = frozenset(self.most_cited(_CITED))
        citing = Counter(source for source, target in self.edges if target in cited)
        ranked = sorted(citing, key=lambda name: (-citing[name], name))
        kept = cited | frozenset(ranked[:_CITING])
        edges = {pair: number for pair, number in self.edges.items() if kept.issuperset(pair)}
        return Network({name: kind for name, kind in self.kinds.items() if name in kept}, edges, self.rows)


def network(store: Store, **restriction: str | None) -> Network:
    """The citations of a graph; `body`, `from_` and `to` restrict the citing ones. Raises QueryError for none."""
    rows = run(store, "citation-edges", **restriction)
    if not len(rows):
        raise QueryError("network", "no resolution in question cites anything", "give another body or other dates")
    kinds = {str(row["cited"]): str(row["kind"]) for row in rows}
    kinds |= {str(row["symbol"]): "read" for row in rows}
    edges = {(str(row["symbol"]), str(row["cited"])): int(str(row["mentions"])) for row in rows}
    return Network(dict(sorted(kinds.items())), dict(sorted(edges.items())), rows)


# ---------------------------------------------------------------- for other programs


def digraph(net: Network) -> networkx.DiGraph[str]:
    """The network for networkx: nodes with `kind` and `cited_by`, edges with `weight`, the number of mentions."""
    try:
        import networkx
    except ModuleNotFoundError as error:
        raise UsageError("network", "networkx is not installed", "run: pip install 'resgraph[plots]'") from error
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    cited = net.cited
    for name, kind in net.kinds.items():
        graph.add_node(name, label=name, kind=kind, cited_by=cited[name])
    graph.add_weighted_edges_from((source, target, number) for (source, target), number in net.edges.items())
    return graph


def write_graphml(net: Network, out: BinaryIO) -> None:
    """GraphML, as Gephi, yEd, Cytoscape and igraph read it."""
    graph = digraph(net)
    import networkx

    networkx.write_graphml_xml(graph, out, prettyprint=True)


def write_gexf(net: Network, out: BinaryIO) -> None:
    """GEXF, the format of Gephi; without the date that networkx puts there."""
    graph = digraph(net)
    import networkx

    text = "".join(f"{line}\n" for line in networkx.generate_gexf(graph))
    out.write(_DAY.sub("", text, count=1).encode())


# ---------------------------------------------------------------- the picture


def plot(net: Network, path: Path) -> None:
    """Draws the most cited part of the network into an SVG, PNG or PDF file."""
    shown, cited = net.core(), net.cited
    with drawing(path, 11, 9) as figure:
        axes = figure.add_subplot()
        places = _layout(shown)
        _edges(axes, shown, places)
        _nodes(axes, shown, places, cited)
        _names(axes, shown, places, cited)
        axes.set_axis_off()
        axes.margins(0.1)
        axes.set_title(_title(net, shown), loc="left", fontsize=11)
        axes.legend(loc="lower left", frameon=False, fontsize=8)


def _layout(net: Network) -> Mapping[str, Sequence[float]]:
    import networkx

    graph = digraph(net).to_undirected()
    apart = 2.4 / max(1, len(graph)) ** 0.5
    places: Mapping[str, Sequence[float]] = networkx.spring_layout(graph, seed=1, k=apart, iterations=300)
    return places


def _edges(axes: Axes, net: Network, places: Mapping[str, Sequence[float]]) -> None:
    from matplotlib.collections import LineCollection

    lines = [(tuple(places[source]), tuple(places[target])) for source, target in net.edges]
    axes.add_collection(LineCollection(lines, colors=LINE, linewidths=0.8, zorder=1))


def _nodes(axes: Axes, net: Network, places: Mapping[str, Sequence[float]], cited: Counter[str]) -> None:
    most = max(cited.values(), default=1)
    for (kind, label, marker), colour in zip(_KINDS, COLOURS, strict=False):
        names = [name for name, its_kind in net.kinds.items() if its_kind == kind]
        if names:
            across, up = zip(*(places[name] for name in names), strict=True)
            sizes = [40 + 500 * cited[name] / most for name in names]
            axes.scatter(across, up, s=sizes, marker=marker, color=colour, edgecolors="white", zorder=2)
            axes.scatter([], [], s=60, marker=marker, color=colour, label=label)


def _names(axes: Axes, net: Network, places: Mapping[str, Sequence[float]], cited: Counter[str]) -> None:
    for name in net.kinds if len(net.kinds) <= _LABELLED else net.most_cited(_CITED):
        axes.annotate(
            name, tuple(places[name]), xytext=(0, -11), textcoords="offset points", ha="center", va="top",
            fontsize=7.5, color=INK if net.kinds[name] == "read" or cited[name] > 1 else SOFT, zorder=3,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.3, "alpha": 0.7},
        )  # fmt: skip


def _title(net: Network, shown: Network) -> str:
    if len(shown.kinds) == len(net.kinds):
        return f"Who cites what: {len(net.kinds):,} documents and instruments, sized by the resolutions that cite them"
    return (
        f"Who cites what: the {_CITED} most cited of {len(net.kinds):,} documents and instruments, sized by the "
        f"resolutions that cite them,\nand the {len(shown.kinds) - _CITED} that cite most of these"
    )
