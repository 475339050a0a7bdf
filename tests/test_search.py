"""The index of a store: marks in the text, what is found, and that no reader's words are syntax."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from resgraph.cli import main
from resgraph.followup import ledger
from resgraph.serve.search import Finder, Wanted, has_index, index_path, open_index, write_index
from resgraph.serve.search import graph as graph_module
from resgraph.serve.search.graph import PROPERTIES
from resgraph.serve.search.marks import Mark, marked
from resgraph.serve.search.words import fts_query, symbol_like
from resgraph.store import open_store, write_store
from resgraph.vocab import DCTERMS, PROV, RDF, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

SEED = Path(__file__).parent.parent / "seeds" / "000_d337d03f1aa31ce2.txt"


@pytest.fixture(scope="module")
def finder(graph: Path) -> Finder:
    return open_index(open_store(graph), graph)


def words(tokens: list) -> str:
    return "".join(token for token in tokens if isinstance(token, str))


def printed(article: str) -> Iterator[tuple[str, str]]:
    """Place and words of each paragraph, point, heading and annex, without their numbers and the marks of notes."""
    text = article.partition('<section class="notes"')[0]
    blocks = re.split(r'<(?:div class="part[^"]*"|h2 class="heading"|section class="annex") id="([^"]+)">', text)[1:]
    for place, block in zip(blocks[::2], blocks[1::2], strict=True):
        shown = re.sub(r'(?s)<ul class="says".*?</ul>|<sup>.*?</sup>|<span class="n">.*?</span>', "", block)
        yield place, unescape(re.sub(r"<[^>]*>", "", shown))


def test_marks_are_nested_and_keep_every_word():
    text = "Requests the Secretary-General to report on the Convention;"
    marks = [Mark(100, 158, "q", "op1.1"), Mark(144, 158, "r", "op1.r1", "instrument/X"), Mark(100, 108, "v")]
    tokens = marked(text, text, 100, marks, {})
    assert words(tokens) == text
    assert tokens[:4] == [["q", "op1.1", ""], ["v", "", ""], "Requests", []]
    assert tokens[-4:] == ["the Convention", [], [], ";"]


def test_a_mark_that_crosses_another_ends_with_it():
    tokens = marked("one two three", "one two three", 0, [Mark(0, 7, "a", "x"), Mark(4, 13, "c", "y", "p")], {})
    assert tokens == [["a", "x", ""], "one ", ["c", "y", "p"], "two", [], [], " three"]


def test_note_marks_are_set_apart_and_page_furniture_is_left_out():
    exact = "on Human Rights,¹ and\n\n2 A/RES/55/88\n\nthe Convention4 on Women;"
    tokens = marked(exact, "on Human Rights, and the Convention on Women;", 0, [], {"1": "fn1", "4": "fn4"})
    assert tokens == [
        "on Human Rights,",
        ["n", "fn1", "1"],
        " and ",
        " ",
        " the Convention",
        ["n", "fn4", "4"],
        " on Women;",
    ]


def test_a_text_that_cannot_be_matched_with_its_source_is_shown_as_the_source_has_it():
    assert words(marked("one two", "three", 0, [], {})) == "one two"


def test_every_text_reads_as_the_graph_has_it(finder: Finder, seeds_graph: Store):
    """Words of the reading = `rg:text`, white space aside, for all paragraphs of the seeds."""
    from resgraph.vocab import RG

    texts = {q.subject.value: q.object.value for q in seeds_graph.quads_for_pattern(None, RG.text, None, None)}
    checked = 0
    for (path,) in finder.ask("SELECT path FROM resolution"):
        for place, shown in printed(finder.reading(path)[1]):
            expected = texts[f"https://w3id.org/resgraph/{path}#{place}"]
            assert "".join(shown.split()) == "".join(expected.split())
            checked += 1
    assert checked == 88


def test_every_act_citation_and_reference_of_the_seeds_is_marked(finder: Finder, seeds_graph: Store):
    from resgraph.vocab import RG

    wanted = {
        quad.object.value.removeprefix("https://w3id.org/resgraph/")
        for predicate in (RG.hasAction, RG.hasCitation, RG.hasReference)
        for quad in seeds_graph.quads_for_pattern(None, predicate, None, None)
    }
    found = set()
    for (path,) in finder.ask("SELECT path FROM resolution"):
        _, article = finder.reading(path)
        found |= {f"{path}#{place}" for place in re.findall(r'<(?:a|span) class="[aqscr]" id="([^"]+)"', article)}
    assert wanted - found == set()


def test_a_resolution_is_found_by_symbol_number_title_and_words(finder: Finder):
    assert finder.find(Wanted("A/RES/57/201")).named[0].path == "A/RES/57/201"
    assert finder.find(Wanted("resolution 57/201")).named[0].path == "A/RES/57/201"
    assert finder.find(Wanted("Migrant Workers")).total == 5
    hits = finder.find(Wanted("timely establishment")).hits
    assert [(hit.symbol, hit.place) for hit in hits] == [("A/RES/57/201", "op4")]
    assert hits[0].pieces[1] == "timely"


def test_words_in_quotation_marks_stand_together(finder: Finder):
    assert finder.find(Wanted("police forces authorities")).total == 1
    assert finder.find(Wanted('"forces police"')).total == 0


def test_filters_narrow_and_are_counted(finder: Finder):
    every = finder.find(Wanted())
    assert every.total == 5
    bodies = dict(every.choices)["body"]
    assert bodies == (("agent/UNGA", "General Assembly", 4), ("agent/CHR", "Commission on Human Rights", 1))
    both = Wanted(facets=(("body", "agent/UNGA"), ("year", "2004")))
    assert [hit.symbol for hit in finder.find(both).hits] == ["A/RES/59/262"]
    asked = finder.find(
        Wanted("report", facets=(("addressee", "agent/secretary-general"), ("session", "agent/UNGA/session/57")))
    )
    assert [hit.symbol for hit in asked.hits] == ["A/RES/57/201"]


@given(st.text(max_size=40))
@settings(max_examples=50, deadline=None)
def test_no_words_are_syntax(finder: Finder, text: str):
    finder.find(Wanted(text))
    finder.resource(text)


@pytest.mark.parametrize("text", ['"', "NEAR(", "a OR", "*", "title:x", "^a", "-a", "{a}", "a\0b", "' OR 1=1 --", "💧"])
def test_nothing_that_looks_like_syntax_fails(finder: Finder, text: str):
    assert finder.find(Wanted(text)).total >= 0


def test_words_become_quoted_phrases():
    assert fts_query("a NEAR(b) “c d” -") == '"a" "NEAR b" "c d"'
    assert fts_query('*** "') == ""
    assert symbol_like("what of 45/158?") == "%/45/158"
    assert symbol_like("water") == ""


def test_the_ledger_is_that_of_followup(finder: Finder, graph: Path):
    rows = ledger(graph)
    total, entries = finder.ledger({}, 1, 1000)
    assert total == len(rows)
    assert [entry["place"] for entry in entries] == [row["place"] for row in rows]
    for wanted in ({"body": "CHR"}, {"addressee": "secretary-general"}, {"due": "UNGA 58"}, {"status": "answered"}):
        expected = [(row["symbol"], row["place"]) for row in ledger(graph, **wanted)]
        assert [(entry["symbol"], entry["place"]) for entry in finder.ledger(wanted, 1, 1000)[1]] == expected


def test_an_index_is_used_again_until_the_store_is_another(seeds_graph: Store, graph: Path, tmp_path: Path):
    store = tmp_path / "store"
    write_store(store, open_store(graph))
    assert open_index(open_store(store), store).find(Wanted()).total == 5
    written = index_path(store).stat().st_mtime_ns
    open_index(open_store(store), store)
    assert index_path(store).stat().st_mtime_ns == written
    write_store(store, [quad for quad in seeds_graph if "57/201" not in str(quad)])
    assert open_index(open_store(store), store).find(Wanted()).total == 4


def test_two_writings_give_the_same_bytes(seeds_graph: Store, tmp_path: Path):
    for name in "ab":
        write_index(seeds_graph, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_every_property_that_is_asked_for_is_read():
    """The index reads of a document the properties of a list, and no others."""
    folder = Path(graph_module.__file__).parent
    text = "".join((folder / f"{name}.py").read_text("utf-8") for name in ("reading", "statements"))
    asked = set(re.findall(r"\b(RG|RDF|RDFS|SKOS|DCTERMS|PROV)\.([a-z]\w+)", text))
    assert len(asked) > 40
    vocabularies = {"RG": RG, "RDF": RDF, "RDFS": RDFS, "SKOS": SKOS, "DCTERMS": DCTERMS, "PROV": PROV}
    assert {getattr(vocabularies[prefix], name) for prefix, name in asked} <= set(PROPERTIES)


def test_a_broken_index_is_written_anew(graph: Path, tmp_path: Path):
    store = tmp_path / "store"
    write_store(store, open_store(graph))
    index_path(store).write_bytes(b"SQLite format 3\0 but no more of it")
    assert open_index(open_store(store), store).find(Wanted()).total == 5


def test_where_nothing_can_be_written_the_index_is_in_memory(
    graph: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    from resgraph.serve import search

    monkeypatch.setattr(search, "index_path", lambda _: tmp_path / "nowhere" / "index")
    assert open_index(open_store(graph), graph).find(Wanted("migrants")).total > 0


def test_what_stands_above_a_text_is_plain_json(finder: Finder):
    reading, _ = finder.reading("A/RES/57/201")
    assert json.loads(json.dumps(reading)) == reading
    assert reading["earlier"][0][0] == "A/RES/55/88"


def test_a_build_writes_the_index_where_that_is_wanted(tmp_path: Path):
    out = tmp_path / "graph"
    made = CliRunner().invoke(main, ["build", str(SEED), "-o", str(out), "-q", "--no-validate", "--index"])
    assert (made.exit_code, made.output) == (0, "")
    assert index_path(out).is_file()
    assert has_index(out)


def test_only_a_store_has_an_index(tmp_path: Path):
    out = tmp_path / "graph.nq"
    refused = CliRunner().invoke(main, ["build", str(SEED), "-o", str(out), "--index"])
    assert refused.exit_code == 2
    assert "store folder only" in refused.output
    assert not out.exists()
