"""The command `resgraph query`."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, Store, parse

from resgraph.cli.query import query
from resgraph.errors import GraphError, QueryError
from resgraph.queries import index
from resgraph.store import open_store, write_store

GUIDE = (Path(__file__).parent.parent / "docs" / "queries.md").read_text(encoding="utf-8")


def ask(*arguments: str, graph: Path | None = None) -> Result:
    environment = {"RESGRAPH_GRAPH": str(graph) if graph else None, "COLUMNS": "200"}
    result = CliRunner().invoke(query, list(arguments), env=environment)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_question_is_answered_in_every_format(tiny_path):
    for name in ("table", "csv", "tsv", "json"):
        result = ask("resolutions", "--param", "body=UNGA", "--format", name, graph=tiny_path)
        assert result.exit_code == 0
        assert "A/RES/60/1" in result.stdout
        assert "E/RES/2006/5" not in result.stdout
    json.loads(ask("resolutions", "-g", str(tiny_path), "-f", "json").stdout)


def test_a_question_loads_what_answers_it_and_no_more(tiny_path):
    heavy = {"rdflib", "pyshacl", "rich", "jinja2", "pandas", "asyncio", "difflib"}
    heavy |= {f"resgraph.{part}" for part in ("lexicon", "model", "rdf", "export", "readers", "resolve", "validate")}
    heavy |= {"tempfile", "socket", "ctypes", "hashlib", "resgraph.output", "resgraph.cli.build", "resgraph.cli.serve"}
    arguments = ["query", "most-cited", "--graph", str(tiny_path), "--format", "csv"]
    program = f"""import sys; from resgraph.cli import main; main({arguments}, standalone_mode=False)
assert "pyoxigraph" in sys.modules and not (loaded := {heavy} & set(sys.modules)), loaded"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("cited,resolutions")


def test_lines_of_csv_end_as_the_standard_says(tiny_path):
    assert ask("meetings", "-f", "csv", graph=tiny_path).stdout_bytes.count(b"\r\n") == 2


def test_statements_are_turtle(tiny_path):
    turtle = ask("citation-network", "-f", "ttl", graph=tiny_path).stdout
    assert len(list(parse(turtle.encode(), RdfFormat.TURTLE))) == 13


def test_a_store_folder_answers_as_the_file_does(tiny_path, tmp_path):
    write_store(tmp_path / "graph", open_store(tiny_path))
    for name in ("addressees", "reports-due"):
        in_folder, in_file = (ask(name, "-f", "csv", graph=path).stdout for path in (tmp_path / "graph", tiny_path))
        assert in_folder == in_file


def test_the_list_shows_every_question_and_its_parameters():
    listing = ask("--list").stdout
    for question in index().values():
        assert f"{question.name}\n    {question.summary}\n" in listing
    assert "    from  date, optional: the first day of adoption\n" in listing
    assert "    verb  verb, default take-note: " in listing


def test_a_question_is_shown_as_it_is_stored():
    assert ask("meetings", "--show").stdout == index()["meetings"].text


def test_a_file_of_ones_own_takes_parameters(tiny_path, tmp_path):
    (tmp_path / "adverb.rq").write_text(re.findall(r"(?s)```sparql\n(.*?)```", GUIDE)[0], encoding="utf-8")
    result = ask("--file", str(tmp_path / "adverb.rq"), "-p", "adverb=with concern", "-f", "csv", graph=tiny_path)
    assert result.stdout.startswith('words\n"Noting that, pursuant to article 87')


def test_a_syntax_error_names_the_place(tiny_path, tmp_path):
    path = tmp_path / "mine.rq"
    path.write_text("SELECT ?s\nWHERE { ?s ?p }", encoding="utf-8")
    with pytest.raises(QueryError, match=re.escape(f"{path}:2:")):
        ask("--file", str(path), graph=tiny_path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give the NAME of a stored question or --file FILE"),
        (("resolutions", "--file", "x.rq"), "give the NAME of a stored question or --file FILE"),
        (("resolutions",), "say which graph to ask: --graph PATH, or the environment variable RESGRAPH_GRAPH"),
        (("resolutions", "-g", "x.ttl", "-p", "body"), "--param 'body' cannot be used"),
        (("resolutions", "-g", "x.ttl", "-p", "body=A", "-p", "body=B"), "--param 'body=B' cannot be used"),
        (("resolutions", "-f", "xml"), "'xml' is not one of"),
    ],
)
def test_a_wrong_command_line_is_told(arguments, message):
    result = ask(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_a_missing_graph_is_told(tmp_path):
    with pytest.raises(GraphError, match="there is no such file or folder"):
        ask("resolutions", graph=tmp_path / "nowhere")


def test_the_examples_of_the_guide_work(tiny_path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "adverb.rq").write_text(re.findall(r"(?s)```sparql\n(.*?)```", GUIDE)[0], encoding="utf-8")
    commands = re.findall(r"(?m)^\$ resgraph query (.+)$", GUIDE)
    assert len(commands) >= 7
    for command in commands:
        result = ask(*shlex.split(command), graph=tiny_path)
        assert result.exit_code == 0, command
        assert result.stdout, command


def test_the_stored_query_of_the_guide_works(tiny_path, tmp_path):
    path = tmp_path / "meetings.rq"
    path.write_text(re.findall(r"(?s)```sparql\n(.*?)```", GUIDE)[1], encoding="utf-8")
    result = ask("--file", str(path), "-p", "body=UNGA", "-f", "csv", graph=tiny_path)
    assert result.stdout == "date,symbol,meeting\n2005-10-24,A/RES/60/1,8\n"


def test_the_python_of_the_guide_works(tiny_path, tmp_path, monkeypatch, capsys):
    resgraph = pytest.importorskip("resgraph")
    pytest.importorskip("pandas")
    code = re.findall(r"(?s)```python\n(.*?)```", GUIDE)[0]
    monkeypatch.chdir(tmp_path)
    write_store(tmp_path / "graph", open_store(tiny_path))
    scope: dict[str, object] = {"resgraph": resgraph}
    exec(code, scope)
    assert capsys.readouterr().out == "A/RES/60/1 op1 62\n"


def test_an_empty_graph_has_no_answers(tmp_path):
    write_store(tmp_path / "graph", Store())
    assert ask("resolutions", "-f", "csv", graph=tmp_path / "graph").stdout == "date,symbol,adopted_by,session,title\n"
