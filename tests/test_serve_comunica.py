"""Comunica, a SPARQL client in JavaScript, asks every stored question over HTTP and has the same rows as in process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from resgraph.api import Graph
from resgraph.queries import stored
from resgraph.sparql import iris_of
from serving import serving
from written_out import Case, cases

if TYPE_CHECKING:
    from resgraph.rows import Rows

HERE = Path(__file__).parent / "comunica"
MODULES = Path(os.environ.get("RESGRAPH_COMUNICA", HERE))


@pytest.mark.skipif(
    not (shutil.which("node") and (MODULES / "node_modules" / "@comunica" / "query-sparql").is_dir()),
    reason="Comunica is not installed: npm install --prefix tests/comunica",
)
def test_comunica_has_the_rows_that_we_have(graph: Path):
    asked = cases()
    with Graph(graph) as opened, serving(graph, "--max-rows", "100000", "--max-time", "120") as client:
        texts = [case.text(iris_of(opened.store)) for case in asked]
        command = ["node", str(HERE / "ask.mjs"), str(client.base_url.join("/sparql")), str(MODULES)]
        run = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, timeout=600)
        assert run.returncode == 0, run.stderr
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        assert len(answers) == len(asked) > 90
        for case, answer in zip(asked, answers, strict=True):
            assert "error" not in answer, (case, answer)
            assert there(answer, case) == here(stored(case.name).run(opened.store, dict(case.params))), case


def there(answer: dict[str, str], case: Case) -> list[list[str]]:
    if answer["graph"]:
        return sorted([*map(str, quad.triple)] for quad in set(parse(answer["answer"], RdfFormat.N_QUADS)))
    told = json.loads(answer["answer"])  # to which Comunica adds what it did
    table = json.dumps({"head": told["head"], "results": {"bindings": told["results"]["bindings"]}})
    solutions = parse_query_results(table, QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    hidden = {parameter.name for parameter in stored(case.name).parameters}
    columns = [variable.value for variable in solutions.variables if variable.value not in hidden]
    return sorted([str(solution[column]) for column in sorted(columns)] for solution in solutions)


def here(rows: Rows) -> list[list[str]]:
    if rows.statements is not None:
        return sorted([*map(str, triple)] for triple in rows.statements)
    order = sorted(range(len(rows.columns)), key=lambda at: rows.columns[at])
    return sorted([str(row[at]) for at in order] for row in rows.terms)
