"""The graph as Python sees it."""

import pytest

import resgraph
from resgraph.api import Graph
from resgraph.data import data_folder
from resgraph.errors import GraphError, ResgraphError


def test_a_graph_answers_stored_questions(tiny_path):
    graph = resgraph.open(tiny_path)
    rows = graph.query("reports-due", body="UNGA")
    assert [(row["symbol"], row["due_session"]) for row in rows] == [("A/RES/60/1", "62")]


def test_a_graph_answers_any_question(tiny_path):
    with Graph(str(tiny_path)) as graph:
        assert graph.sparql("SELECT (COUNT(*) AS ?n) WHERE { ?r a rg:Footnote }").values == ((3,),)


def test_a_closed_graph_says_so(tiny_path):
    with resgraph.open(tiny_path) as graph:
        pass
    with pytest.raises(GraphError, match=r"tiny\.ttl: the graph is closed; open it again"):
        graph.query("resolutions")


def test_a_missing_graph_is_told(tmp_path):
    with pytest.raises(GraphError, match="nowhere"):
        resgraph.open(tmp_path / "nowhere")


def test_the_folders_of_data_are_found():
    assert (data_folder("queries") / "resolutions.rq").is_file()
    assert (data_folder("ontology") / "resgraph.ttl").is_file()
    with pytest.raises(ResgraphError, match="has no folder 'nothing'; install resgraph again"):
        data_folder("nothing")
