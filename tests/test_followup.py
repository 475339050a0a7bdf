"""The ledger of requests on the seeds, as rows, as text, and from the command line."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from resgraph.cli import main
from resgraph.errors import GraphError
from resgraph.followup import brief, ledger


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "graph"
    done = CliRunner().invoke(main, ["build", "-q", "--no-validate", "seeds", "-o", str(path)], catch_exceptions=False)
    assert done.exit_code == 0
    return path


def places(rows):
    return [(row["symbol"], row["place"], row["status"], row["answer"]) for row in rows]


ALL = [
    ("A/RES/53/137", "recalled in A/RES/54/158 pp9", "answered", "report of the Secretary-General"),
    ("A/RES/54/158", "op7", "answered", "A/55/205"),
    ("A/RES/55/88", "op7", "none-in-corpus", None),
    ("E/CN.4/RES/2001/53", "op9", "due-later", None),
    ("A/RES/57/201", "op8", "none-in-corpus", None),
    ("A/RES/59/262", "op12", "due-later", None),
]


def test_every_request_for_a_report_stands_in_it_by_date(graph):
    assert places(ledger(graph)) == ALL


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        ({"body": "CHR"}, ALL[3:4]),
        ({"addressee": "secretary-general"}, ALL),
        ({"addressee": "states"}, []),
        ({"due": "58"}, ALL[3:5]),
        ({"due": "UNGA 58"}, ALL[4:5]),
        ({"status": "answered"}, ALL[:2]),
        ({"status": "none-in-corpus", "due": "56"}, ALL[2:3]),
    ],
)
def test_it_can_be_narrowed(graph, given, rows):
    assert places(ledger(graph, **given)) == rows


def test_a_row_says_where_the_answer_was_taken_note_of(graph):
    row = next(iter(ledger(graph, due="55")))
    assert (row["due"], row["noted_in"], row["addressee"]) == ("UNGA 55", "A/RES/55/88 op7", "Secretary-General")


def test_the_table_is_short(graph):
    rows = brief(ledger(graph, due="CHR 58"))
    assert "date" not in rows.columns
    assert next(iter(rows))["report"] == "report on the status of the Convention and on the efforts …"


def test_a_graph_without_derived_statements_is_told(tmp_path):
    path = tmp_path / "empty.ttl"
    path.write_text("", encoding="utf-8")
    with pytest.raises(GraphError, match="it holds no derived statements; run: resgraph derive"):
        ledger(path)


class TestCommands:
    def run(self, *arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)

    def test_followup_as_table_csv_and_turtle(self, graph):
        assert "2 rows" in self.run("followup", graph, "--status", "answered").stdout
        assert self.run("followup", graph, "-f", "csv").stdout.count("\n") == 7
        turtle = self.run("followup", graph, "--due", "55", "-f", "ttl").stdout
        assert "rg:answeredBy <https://w3id.org/resgraph/A/55/205>" in turtle
        assert "fn7" in turtle

    def test_derive_says_how_many_statements_and_changes_nothing_the_second_time(self, graph, tmp_path):
        before = self.run("followup", graph, "-f", "csv").stdout
        done = self.run("derive", graph)
        assert done.exit_code == 0
        assert "derived statements" in done.stderr
        assert self.run("followup", graph, "-f", "csv").stdout == before
        assert "as before: nothing they follow from has changed" in self.run("derive", graph).stderr

    def test_build_without_the_derived_graph(self, tmp_path):
        out = tmp_path / "plain"
        assert self.run("build", "-q", "--no-validate", "--no-derive", "seeds", "-o", out).exit_code == 0
        failed = self.run("followup", out)
        assert failed.exit_code == 2
        assert "run: resgraph derive" in failed.stderr
        self.run("derive", "-q", out)
        assert places(ledger(out)) == ALL

    def test_a_file_without_named_graphs_is_refused(self, tmp_path):
        out = tmp_path / "seeds.ttl"
        self.run("build", "-q", "--no-validate", "seeds", "-o", out)
        assert "keeps no named graphs" in self.run("derive", out).stderr
        assert places(ledger(out)) == ALL
