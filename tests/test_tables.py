"""A graph as tables: what pandas and pyarrow read back is what SPARQL counts, and every column is explained."""

import csv
import json
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet
import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, Store

from resgraph.cli import main
from resgraph.errors import OutputError
from resgraph.iris import Iris
from resgraph.literals import literal
from resgraph.sparql import evaluate
from resgraph.tables import TABLES, write_tables
from resgraph.tables.columns import snake
from resgraph.tables.dictionary import FILE, description, markdown
from resgraph.vocab import DCTERMS, RDF, RG, terms

HERE = Path(__file__).parent
GOLDEN = HERE / "data" / "tables"
GUIDE = HERE.parent / "docs" / "guide" / "tables.md"
COUNTS = {
    "resolutions": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x rg:hasParagraph ?p }",
    "paragraphs": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?y rg:hasParagraph|rg:hasPoint ?x }",
    "requests": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a rg:Request }",
    "citations": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a rg:Citation }",
    "votes": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a rg:Vote }",
}


@pytest.fixture(scope="module")
def folders(seeds_graph, tmp_path_factory) -> dict[str, Path]:
    top = tmp_path_factory.mktemp("tables")
    for name in ("csv", "parquet"):
        write_tables(seeds_graph, Iris(), top / name, name)
    return {name: top / name for name in ("csv", "parquet")}


@pytest.fixture
def one_of_everything(tmp_path) -> Path:
    from resgraph.authority import authority_quads
    from resgraph.rdf import resolution_quads
    from sample import RESOLUTION

    store = Store()
    store.extend(resolution_quads(RESOLUTION, Iris()))
    store.extend(authority_quads(Iris()))
    write_tables(store, Iris(), tmp_path / "t", "csv")
    return tmp_path / "t"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---------------------------------------------------------------- what is in them


@pytest.mark.parametrize("name", COUNTS)
def test_pandas_reads_as_many_rows_as_sparql_counts(name, folders, seeds_graph):
    (row,) = evaluate(seeds_graph, COUNTS[name])
    assert len(pd.read_csv(folders["csv"] / f"{name}.csv")) == row["n"]
    assert pyarrow.parquet.read_metadata(folders["parquet"] / f"{name}.parquet").num_rows == row["n"]


def test_the_counts_of_a_column_are_those_of_sparql(folders, seeds_graph):
    requests = pyarrow.parquet.read_table(folders["parquet"] / "requests.parquet").to_pandas()
    (said,) = evaluate(seeds_graph, "SELECT (COUNT(*) AS ?n) { ?x a rg:Request ; rg:addressee ?who }")
    assert requests["addressee"].map(len).sum() == said["n"] > 0
    citations = pd.read_csv(folders["csv"] / "citations.csv")
    query = "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a rg:Citation ; rg:target instrument:ICRMW }"
    (said,) = evaluate(seeds_graph, query)
    assert (citations["target"] == "ICRMW").sum() == said["n"] > 0


@pytest.mark.parametrize("name", ["resolutions", "requests"])
def test_the_tables_of_the_seeds_are_those_that_a_person_read(name, folders):
    assert (folders["csv"] / f"{name}.csv").read_bytes() == (GOLDEN / f"{name}.csv").read_bytes()


def test_parquet_has_dates_integers_booleans_and_lists(folders):
    resolutions = pyarrow.parquet.read_table(folders["parquet"] / "resolutions.parquet")
    kinds = {field.name: str(field.type) for field in resolutions.schema}
    assert kinds["adopted_on"] == "date32[day]"
    assert kinds["meeting_number"] == "int64"
    assert kinds["item_number"].startswith("list<")
    (row,) = [row for row in resolutions.to_pylist() if row["symbol"] == "A/RES/57/201"]
    assert row["adopted_on"] == date(2002, 12, 18)
    assert row["meeting_number"] == 77
    assert row["job_number"] == sorted(row["job_number"])
    citations = pyarrow.parquet.read_table(folders["parquet"] / "citations.parquet")
    assert str(citations.schema.field("unresolved").type) == "bool"
    assert set(citations["unresolved"].to_pylist()) <= {True, None}


def test_both_formats_hold_the_same(folders):
    for table in TABLES:
        typed = pyarrow.parquet.read_table(folders["parquet"] / f"{table.name}.parquet").to_pylist()
        assert [{name: as_text(value) for name, value in row.items()} for row in typed] == rows(
            folders["csv"] / f"{table.name}.csv"
        )


def as_text(value: object) -> str:
    if isinstance(value, list):
        return "|".join(value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_every_resolution_named_is_in_the_table_of_resolutions(folders):
    symbols = {row["symbol"] for row in rows(folders["csv"] / "resolutions.csv")}
    parts = {row["iri"] for row in rows(folders["csv"] / "paragraphs.csv")}
    for name in ("paragraphs", "requests", "citations"):
        assert {row["resolution"] for row in rows(folders["csv"] / f"{name}.csv")} <= symbols
    assert {row["part_of"] for row in rows(folders["csv"] / "requests.csv")} <= parts


def test_votes_and_points_have_their_rows(one_of_everything):
    votes = [(row["state"], row["cast_by"], row["choice"]) for row in rows(one_of_everything / "votes.csv")]
    assert votes == [("Côte d’Ivoire", "cote-divoire", "for"), ("France", "france", "against")]
    (resolution,) = rows(one_of_everything / "resolutions.csv")
    assert (resolution["votes_for"], resolution["abstentions"]) == ("2", "0")
    numbers = [(row["type"], row["number"]) for row in rows(one_of_everything / "paragraphs.csv")]
    assert ("Point", "a") in numbers
    (unresolved,) = [row for row in rows(one_of_everything / "citations.csv") if row["unresolved"] == "true"]
    assert unresolved["exact"] == "document XYZ"


# ---------------------------------------------------------------- their form


def test_csv_is_utf_8_with_the_line_ends_of_rfc_4180(folders):
    for table in TABLES:
        data = (folders["csv"] / f"{table.name}.csv").read_bytes()
        head, end, _ = data.partition(b"\r\n")
        assert end
        assert head.decode().split(",") == [column.name for column in table.columns]
        assert not data.startswith("\ufeff".encode())


def formula_store(*titles: str) -> Store:
    store = Store()
    for count, title in enumerate(titles, 1):
        node = Iris().document(f"A/RES/1/{count}")
        store.add(Quad(node, RG.symbol, literal(f"A/RES/1/{count}"), node))
        store.add(Quad(node, RG.hasParagraph, NamedNode(f"{node.value}#op1"), node))
        store.add(Quad(node, DCTERMS.title, literal(title), node))
        store.add(Quad(node, RG.votesFor, literal(-3), node))
    return store


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|'/C calc'!A0"]


def test_words_that_begin_like_a_formula_get_an_apostrophe_and_numbers_do_not(tmp_path):
    write_tables(formula_store(*DANGEROUS, "Peace"), Iris(), tmp_path / "t", "csv", spreadsheet_safe=True)
    found = rows(tmp_path / "t" / "resolutions.csv")
    assert [row["title"] for row in found] == [*(f"'{title}" for title in DANGEROUS), "Peace"]
    assert {row["votes_for"] for row in found} == {"-3"}


def test_without_the_option_words_are_as_they_are(tmp_path):
    write_tables(formula_store(*DANGEROUS), Iris(), tmp_path / "t", "csv")
    assert [row["title"] for row in rows(tmp_path / "t" / "resolutions.csv")] == DANGEROUS


def test_commas_quotes_and_line_breaks_come_back(tmp_path):
    title = 'A "title", with\na line break and ‘ž’'
    write_tables(formula_store(title), Iris(), tmp_path / "t", "csv")
    assert pd.read_csv(tmp_path / "t" / "resolutions.csv")["title"].tolist() == [title]


# ---------------------------------------------------------------- the dictionary


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_the_data_package_describes_each_file_and_column(name, folders):
    package = json.loads((folders[name] / FILE).read_text(encoding="utf-8"))
    assert [resource["path"] for resource in package["resources"]] == [f"{table.name}.{name}" for table in TABLES]
    for resource, table in zip(package["resources"], TABLES, strict=True):
        assert (folders[name] / resource["path"]).is_file()
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == [column.name for column in table.columns]
        assert all(field["description"].endswith(".") for field in fields)


def test_a_column_is_called_like_a_term_and_described_by_it():
    assert snake(RG.adoptedOn) == "adopted_on"
    names = {snake(term) for term in terms(RG) | terms(DCTERMS)}
    named_otherwise = {c.name for table in TABLES for c in table.columns if c.path and c.name not in names}
    assert named_otherwise == {"see_also"}
    assert all(description(column) for table in TABLES for column in table.columns)


def test_no_table_has_a_column_twice():
    for table in TABLES:
        assert len({column.name for column in table.columns}) == len(table.columns)


def test_the_guide_has_the_dictionary():
    assert markdown() in GUIDE.read_text(encoding="utf-8")


# ---------------------------------------------------------------- the command


def test_the_command_writes_a_folder(graph, tmp_path, folders):
    result = CliRunner().invoke(main, ["export", str(graph), "--format", "csv", "--out", str(tmp_path / "t")])
    assert result.exit_code == 0, result.output
    for path in folders["csv"].iterdir():
        assert (tmp_path / "t" / path.name).read_bytes() == path.read_bytes()
    again = CliRunner().invoke(main, ["export", str(graph), "-f", "csv", "-o", str(tmp_path / "t")])
    assert again.exit_code == 0, again.output


def test_the_python_of_the_guide_works(seeds_graph, tmp_path, monkeypatch, capsys):
    write_tables(seeds_graph, Iris(), tmp_path / "tables", "csv")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"(?s)```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"))
    exec(code, {})
    assert "UNGA" in capsys.readouterr().out


def test_a_folder_is_needed_and_no_other_one_is_overwritten(graph, seeds_graph, tmp_path):
    assert CliRunner().invoke(main, ["export", str(graph), "--format", "csv"]).exit_code == 2
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(OutputError, match="no folder of tables"):
        write_tables(seeds_graph, Iris(), tmp_path, "csv")
    assert (tmp_path / "letters.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["parquet", "ttl", "ris"])
def test_safety_from_formulas_is_a_matter_of_csv(name, graph, tmp_path):
    result = CliRunner().invoke(
        main, ["export", str(graph), "-f", name, "-o", str(tmp_path / "t"), "--spreadsheet-safe"]
    )
    assert result.exit_code == 2
    assert "--format csv" in result.output
    assert not (tmp_path / "t").exists()


def test_the_command_makes_tables_safe_for_spreadsheets(graph, tmp_path):
    arguments = ["export", str(graph), "-f", "csv", "-o", str(tmp_path / "t"), "--spreadsheet-safe"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert len(rows(tmp_path / "t" / "resolutions.csv")) == 5


def test_a_base_of_ones_own_gives_the_same_keys(tmp_path):
    from resgraph.rdf import resolution_quads
    from sample import RESOLUTION

    iris, store = Iris("https://example.org/un/"), Store()
    store.extend(resolution_quads(RESOLUTION, iris))
    write_tables(store, iris, tmp_path / "t", "csv")
    (row,) = rows(tmp_path / "t" / "resolutions.csv")
    assert (row["iri"], row["adopted_by"]) == ("https://example.org/un/A/RES/57/201", "UNGA")
    assert any(store.quads_for_pattern(None, RDF.type, RG.Vote))
