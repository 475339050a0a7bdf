"""The network of citations as `export` writes it, read back by networkx."""

import networkx
import pytest
from click.testing import CliRunner

from resgraph.cli import main
from resgraph.queries import run

READERS = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}


@pytest.fixture(scope="module")
def edges(seeds_graph) -> dict[tuple[str, str], int]:
    return {(row["symbol"], row["cited"]): row["mentions"] for row in run(seeds_graph, "citation-edges")}


@pytest.mark.parametrize("name", READERS)
def test_networkx_reads_every_citation(name, graph, edges, tmp_path):
    path = tmp_path / f"network.{name}"
    result = CliRunner().invoke(main, ["export", str(graph), "--format", name, "--out", str(path)])
    assert result.exit_code == 0, result.output
    net = READERS[name](path)
    assert net.is_directed()
    assert {(a, b): int(weight) for a, b, weight in net.edges.data("weight")} == edges
    assert {node for node, kind in net.nodes.data("kind") if kind == "read"} == {source for source, _ in edges}
    assert all(net.in_degree(node) == cited for node, cited in net.nodes.data("cited_by"))


@pytest.mark.parametrize("name", READERS)
def test_the_same_graph_gives_the_same_bytes_as_the_network_command(name, graph, tmp_path):
    path = tmp_path / "network"
    assert CliRunner().invoke(main, ["network", str(graph), f"--{name}", str(path)]).exit_code == 0
    assert CliRunner().invoke(main, ["export", str(graph), "-f", name]).stdout_bytes == path.read_bytes()
