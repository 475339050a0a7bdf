"""Who cites whom: for Gephi and other programs, as a table, and as a picture."""

import sys
from collections import Counter

import pytest

from resgraph.cli.network import network as command
from resgraph.errors import QueryError, UsageError
from resgraph.network import Network, digraph, network, plot
from resgraph.rows import Rows

networkx = pytest.importorskip("networkx")


def test_the_seeds_and_what_they_cite(seeds_graph):
    net = network(seeds_graph)
    assert Counter(net.kinds.values()) == {"read": 5, "instrument": 8, "resolution": 8, "document": 8}
    assert net.most_cited(4) == ["A/RES/45/158", "ICRMW", "UDHR", "VDPA"]
    assert net.edges["A/RES/57/201", "A/RES/45/158"] == 2


def test_it_can_be_restricted(seeds_graph):
    assert [name for name, kind in network(seeds_graph, body="CHR").kinds.items() if kind == "read"] == [
        "E/CN.4/RES/2001/53"
    ]
    late = network(seeds_graph, from_="2001-01-01", to="2003-01-01")
    assert [name for name, kind in late.kinds.items() if kind == "read"] == ["A/RES/57/201", "E/CN.4/RES/2001/53"]
    with pytest.raises(QueryError, match="no resolution in question cites anything"):
        network(seeds_graph, body="UNSC")


def test_nodes_and_edges_say_what_they_are(seeds_graph):
    net = digraph(network(seeds_graph))
    assert net.nodes["ICRMW"] == {"label": "ICRMW", "kind": "instrument", "cited_by": 5}
    assert net.edges["A/RES/57/201", "A/RES/45/158"]["weight"] == 2


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_other_programs_read_it_and_it_is_the_same_each_time(run, graph, tmp_path, form):
    path = tmp_path / f"net.{form}"
    run(command, graph, f"--{form}", path)
    first = path.read_bytes()
    run(command, graph, f"--{form}", path)
    assert path.read_bytes() == first
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[form](path)
    assert read.is_directed()
    assert read.number_of_nodes() == 29
    assert read.nodes["ICRMW"]["cited_by"] == 5
    assert read.edges["A/RES/57/201", "A/RES/45/158"]["weight"] == 2


def test_the_table(run, graph, tmp_path):
    run(command, graph, "--csv", tmp_path / "net.csv")
    lines = (tmp_path / "net.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "date,symbol,cited,kind,mentions"
    assert "2002-12-18,A/RES/57/201,A/RES/45/158,resolution,2" in lines
    assert run(command, graph, "--csv", "-").stdout_bytes == (tmp_path / "net.csv").read_bytes()
    assert "A/RES/45/158" in run(command, graph).output


def test_a_picture_has_its_data_beside_it_and_the_same_bytes_each_time(run, graph, tmp_path):
    path = tmp_path / "net.svg"
    run(command, graph, "--plot", path)
    first = path.read_bytes()
    run(command, graph, "--plot", path)
    assert path.read_bytes() == first
    assert path.with_suffix(".csv").read_bytes() == run(command, graph, "--csv", "-").stdout_bytes


def test_of_a_large_network_the_most_cited_are_drawn(tmp_path):
    edges = {(f"R{source}", f"D{target}"): 1 for source in range(200) for target in range(source % 40)}
    kinds = {name: "read" if name[0] == "R" else "document" for pair in edges for name in pair}
    net = Network(kinds, edges, Rows((), ()))
    core = net.core()
    assert len(core.kinds) == 80
    assert set(net.most_cited(32)) <= set(core.kinds)
    plot(net, tmp_path / "net.png")
    assert (tmp_path / "net.png").read_bytes().startswith(b"\x89PNG")


def test_without_networkx_the_remedy_is_told(run, graph, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(UsageError, match=r"pip install 'resgraph\[plots\]'"):
        run(command, graph, "--gexf", tmp_path / "net.gexf")
    assert list(tmp_path.iterdir()) == []
