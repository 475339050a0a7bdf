"""Records of resolutions, read back by parsers of others."""

import json
from io import BytesIO

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from click.testing import CliRunner
from pyoxigraph import Quad, Store

from resgraph.cli import main
from resgraph.export.records import RECORDS, Record, records
from resgraph.iris import Iris
from resgraph.literals import literal
from resgraph.properties import Properties
from resgraph.vocab import DCTERMS, RG

TITLE = "Coûts & {benefits} of 100% #1_x $5 ~ ^ \\ “quoted” – Ελλάς"
HARD = Record("A/RES/2625(XXV)", TITLE, "General Assembly", "1970-10-24", "25", "1883", "https://undocs.org/A_(1)")
BARE = Record("S/RES/1(1946)", "", "", "", "", "", "")
CSL_KEYS = set("id type title author authority genre number publisher issued note URL language".split())


@pytest.fixture(scope="module")
def seeds(seeds_graph) -> list[Record]:
    return list(records(Properties(seeds_graph)))


def written(found: list[Record], name: str) -> str:
    out = BytesIO()
    RECORDS[name](found, out)
    return out.getvalue().decode()


def bibtex(found: list[Record]) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(written(found, "bibtex"), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    return [
        {"ENTRYTYPE": entry.entry_type, "ID": entry.key, **{field.key: field.value for field in entry.fields}}
        for entry in library.entries
    ]


def ris(found: list[Record]) -> list[dict]:
    return rispy.loads(written(found, "ris"))


def csl(found: list[Record]) -> list[dict]:
    return json.loads(written(found, "csl-json"))


def test_there_is_a_record_for_each_resolution_that_was_read(seeds):
    assert [record.symbol for record in seeds] == [
        "A/RES/54/158", "A/RES/55/88", "A/RES/57/201", "A/RES/59/262", "E/CN.4/RES/2001/53",
    ]  # fmt: skip
    assert len(bibtex(seeds)) == len(ris(seeds)) == len(csl(seeds)) == len(seeds)


def test_what_a_record_says_stands_in_the_graph(seeds):
    assert seeds[2] == Record(
        symbol="A/RES/57/201",
        title="International Convention on the Protection of the Rights of All Migrant Workers and Members of Their "
        "Families",
        body="General Assembly",
        date="2002-12-18",
        session="57",
        meeting="77",
        url="https://undocs.org/A/RES/57/201",
    )


def test_bibtex_comes_back(seeds):
    for record, entry in zip([*seeds, HARD], bibtex([*seeds, HARD]), strict=True):
        assert entry["ENTRYTYPE"] == "techreport"
        assert entry["number"] == record.symbol
        title = entry["title"].removeprefix("{").removesuffix("}").replace("ˆ", "^")  # pylatexenc's own way with it
        assert title == record.title
        assert entry["author"].strip("{}") == record.body
        assert (entry["year"], entry["date"]) == (record.date[:4], record.date)
        assert entry["url"] == record.url


def test_what_bibtex_would_take_for_a_command_is_escaped():
    text = written([HARD], "bibtex")
    assert r"{{Coûts \& \{benefits\} of 100\% \#1\_x \$5 \textasciitilde{} \textasciicircum{} \textbackslash{}" in text
    assert "month = oct" in text


def test_ris_comes_back(seeds):
    for record, entry in zip([*seeds, HARD], ris([*seeds, HARD]), strict=True):
        assert entry["type_of_reference"] == "RPRT"
        assert entry["title"] == record.title
        assert entry["authors"] == [record.body]
        assert entry["issn"] == record.symbol, "SN, where Zotero looks for the number of a report"
        assert entry["date"] == f"{record.date.replace('-', '/')}/"
        assert entry["publisher"] == "United Nations"
        assert entry["urls"] == [record.url]


def test_a_line_break_in_a_title_does_not_end_the_field():
    store, node = Store(), Iris().document("A/RES/1/1")
    store.add(Quad(node, RG.symbol, literal("A/RES/1/1"), node))
    store.add(Quad(node, RG.hasParagraph, Iris().operative(node, "1", 1), node))
    store.add(Quad(node, DCTERMS.title, literal("Peace\nER  - \nTY  - BOOK"), node))
    (entry,) = ris(list(records(Properties(store))))
    assert entry["title"] == "Peace ER - TY - BOOK"


def test_csl_json_has_the_types_and_variables_of_csl(seeds):
    for record, item in zip([*seeds, HARD], csl([*seeds, HARD]), strict=True):
        assert set(item) <= CSL_KEYS
        assert item["type"] == "report"
        assert (item["id"], item["number"], item["title"]) == (record.symbol, record.symbol, record.title)
        assert item["author"] == [{"literal": record.body}]
        assert item["issued"] == {"date-parts": [[int(part) for part in record.date.split("-")]]}


def test_csl_json_is_set_by_a_processor_of_others(seeds):
    """citeproc-py takes only the names of CSL, and prints what it understood."""
    found = [*seeds, HARD, BARE]
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(csl(found)), formatter.plain)
    bibliography.register(Citation([CitationItem(record.symbol) for record in found]))
    printed = [str(entry) for entry in bibliography.bibliography()]
    for record, entry in zip(found, printed, strict=True):
        assert f"Resolution {record.symbol}. United Nations." in entry
        assert all(part in entry for part in (record.title, record.body, record.date[:4], record.url))


def test_what_the_graph_does_not_say_is_left_out():
    (entry,) = bibtex([BARE])
    assert set(entry) == set("ENTRYTYPE ID title institution type number langid".split())
    (entry,) = ris([BARE])
    assert not {"authors", "date", "year", "urls", "notes"} & set(entry)
    (item,) = csl([BARE])
    assert set(item) == set("id type title genre number publisher language".split())
    assert item["title"] == "S/RES/1(1946)", "resolutions of the Security Council have no title"


def test_keys_are_plain_and_tell_resolutions_apart(seeds):
    keys = [record.key for record in [*seeds, HARD]]
    assert len(set(keys)) == len(keys)
    assert keys[-1] == "A-RES-2625-XXV"


@pytest.mark.parametrize("name", RECORDS)
def test_the_command_writes_a_file_or_to_standard_output(name, graph, seeds, tmp_path):
    result = CliRunner().invoke(main, ["export", str(graph), "--format", name])
    assert result.exit_code == 0, result.output
    assert result.stdout_bytes.decode() == written(seeds, name)
    assert CliRunner().invoke(main, ["export", str(graph), "-f", name, "-o", str(tmp_path / "r")]).exit_code == 0
    assert (tmp_path / "r").read_bytes() == result.stdout_bytes
