"""Akoma Ntoso: what the markup says is what the resolution has, and its text is stored as printed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from resgraph.errors import InputError
from resgraph.model import Segmented, Source, Span
from resgraph.readers import read_source
from resgraph.readers.akn import read_akn
from resgraph.readers.akn.links import symbol_of_address
from resgraph.readers.sponsors import sponsors_of
from resgraph.readers.states import state_named, states_listed
from resgraph.recognise import recognise
from resgraph.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.model import Passage, PrintedParagraph, PrintedPoint, PrintedResolution, Resolution

CASES = Path(__file__).parent / "cases" / "akn"
CORPUS = Path(os.environ.get("RESGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus")) / "akn"


def read(data: bytes, name: str = "file.xml") -> Segmented:
    return read_akn(data, Source(name, "0" * 64, "application/akn+xml", "", name))


def case(name: str) -> Segmented:
    path = CASES / f"{name}.xml"
    return read(path.read_bytes(), path.name)


@pytest.fixture(scope="module")
def assembly() -> PrintedResolution:
    return case("assembly").resolutions[0]


def parts(of: tuple[PrintedParagraph | PrintedPoint, ...]) -> Iterator[PrintedParagraph | PrintedPoint]:
    for part in of:
        yield part
        yield from parts(part.points)


def passages(resolution: PrintedResolution) -> Iterator[Passage]:
    yield from (part.passage for part in parts((*resolution.preamble, *resolution.operative)))
    yield from (note.passage for note in resolution.footnotes if note.passage)
    yield from (heading.passage for heading in resolution.headings)
    yield from (passage for annex in resolution.annexes for passage in annex.paragraphs)


def assert_in_place(segmented: Segmented) -> None:
    text = segmented.source.text
    for resolution in segmented.resolutions:
        for passage in passages(resolution):
            for run in passage.runs:
                assert text[run.start : run.start + run.length] == passage.text[run.at : run.at + run.length]
            for mark in passage.marks:
                assert 0 <= mark.at <= len(passage.text)
                assert text[mark.span.start : mark.span.end].strip()
            for span in (*passage.italics, *passage.links):
                assert passage.text[span.start : span.end].strip() == passage.text[span.start : span.end] != ""


# ---------------------------------------------------------------- structure


@pytest.mark.parametrize("name", ["assembly", "council", "parts"])
def test_every_word_stands_where_it_claims_in_the_stored_text(name: str):
    assert_in_place(case(name))


def test_the_stored_text_reads_like_the_page(assembly: PrintedResolution):
    lines = case("assembly").source.text.splitlines()
    assert "75/900. Question of the Isles" in lines
    assert "Recalling its resolutions 67/234 B and 1541 (XV),¹ and the report thereon," in lines
    assert lines[lines.index("2. Requests the Secretary-General:") + 1].startswith("(a) To report")
    assert lines[-2:] == ["¹ See A/59/19/Rev.1.", "¹ Second."]


def test_numbers_and_labels_are_kept_apart_from_the_words(assembly: PrintedResolution):
    assert [(p.number, p.passage.text) for p in assembly.operative] == [
        ("1", "Zollifies the report;"),
        ("2", "Requests the Secretary-General:"),
    ]


def test_points_are_nested_as_marked_and_loose_ones_by_their_labels(assembly: PrintedResolution):
    first, second = assembly.operative[1].points
    assert (first.label, [p.label for p in first.points]) == ("a", ["i"])
    assert (second.label, second.passage.text) == ("b", "To write; and thanks him.")


def test_a_list_in_the_preamble_has_points(assembly: PrintedResolution):
    noting = assembly.preamble[1]
    assert noting.passage.text == "Noting that it serves:"
    assert [point.label for point in noting.points] == ["a", "b"]


def test_headings_know_the_paragraph_they_stand_before(assembly: PrintedResolution):
    assert [(h.passage.text, h.before) for h in assembly.headings] == [("Next steps", 2)]


def test_annexes_have_their_titles_numbers_and_rows(assembly: PrintedResolution):
    assert [a.title for a in assembly.annexes] == ["Annex I: Rules", "Annex II"]
    assert [p.text for p in assembly.annexes[0].paragraphs] == ["1. Be kind.", "One Two"]


def test_notes_that_share_a_mark_are_told_apart_and_reported(assembly: PrintedResolution):
    assert [note.marker for note in assembly.footnotes] == ["1", "1-2"]
    assert [p.kind for p in assembly.problems] == ["link-differs", "footnote-marks"]


def test_italics_that_the_markup_breaks_up_are_one(assembly: PrintedResolution):
    assert assembly.preamble[0].passage.italics == (Span(0, 9),)


def test_lettered_parts_are_resolutions_of_their_own():
    first, second = case("parts").resolutions
    assert (first.masthead.symbol, second.masthead.symbol) == ("A/RES/75/901A", "A/RES/75/901B")
    assert (first.masthead.title, second.masthead.title) == ("In the service of humanity", "Information")
    assert first.operative[0].number is None
    assert first.masthead.adoption.method == second.masthead.adoption.method == "without-vote"


def test_sections_bring_headings_and_a_preamble_of_their_own():
    second = case("parts").resolutions[1]
    assert [p.passage.text for p in second.preamble] == ["Having considered the report,"]
    assert [h.passage.text for h in second.headings] == ["I", "Policies", "II", "Means"]
    assert [p.number for p in second.operative] == ["1", "1"]


def test_an_embedded_draft_is_an_annex():
    annexes = case("parts").resolutions[1].annexes
    assert [(a.title, [p.text for p in a.paragraphs]) for a in annexes] == [("Draft resolution", ["Draft words."])]


def test_a_council_document_needs_no_preface_and_no_formula():
    council = case("council").resolutions[0]
    assert (council.masthead.symbol, council.masthead.title) == ("S/RES/9561(2021)", None)
    assert (council.masthead.meeting, str(council.masthead.adopted_on)) == (8906, "2021-01-29")
    assert [p.kind for p in council.problems] == ["no-formula"]


def test_a_statement_that_is_no_resolution_is_said_to_be_none():
    data = (CASES / "council.xml").read_bytes().replace(b"S/RES/9561 (2021)", b"S/PRST/2021/3")
    segmented = read(data)
    assert not segmented.resolutions
    assert [p.kind for p in segmented.problems] == ["not-a-resolution"]


# ---------------------------------------------------------------- metadata


def test_the_masthead_is_read_from_cover_preface_and_conclusions(assembly: PrintedResolution):
    head = assembly.masthead
    assert (head.symbol, head.body, head.title) == ("A/RES/75/900", "UNGA", "Question of the Isles")
    assert (str(head.adopted_on), str(head.published_on), head.meeting) == ("2020-12-10", "2020-12-21", 41)
    assert (head.session.label, head.agenda_items[0].number, head.agenda_items[0].title) == ("75", "61 (a)", "Islands")
    assert (head.on_report, head.report_paragraph, head.committee) == (("A/75/420",), "27", "UNGA-C4")
    assert head.job_numbers == ("20-16942",)


def test_what_print_does_not_show_is_read_too(assembly: PrintedResolution):
    head = assembly.masthead
    assert (head.drafts, head.meeting_record) == (("A/C.4/75/L.3",), "A/75/PV.41")
    assert (head.sponsors, head.additional_sponsors) == (("Côte d’Ivoire", "Trinidad and Tobago"), ("Viet Nam",))
    assert [(s.label, s.iri) for s in head.subjects] == [
        ("sdg 14", "http://metadata.un.org/sdg/14"),
        ("ocean", "http://eurovoc.europa.eu/2107"),
        ("marine resources", "http://metadata.un.org/thesaurus/1003922"),
        ("ISLANDS", None),
    ]


def test_every_vote_is_that_of_a_state_of_the_lexicon_where_it_has_it(assembly: PrintedResolution):
    vote = assembly.masthead.adoption
    assert (vote.method, vote.votes_for, vote.votes_against, vote.abstentions) == ("recorded-vote", 2, 0, 1)
    ballots = [(b.state, b.choice) for b in vote.ballots]
    assert ballots == [("Côte d’Ivoire", "for"), ("Viet Nam", "for"), ("ATLANTIS", "abstained")]


def test_unanimous_means_nobody_against():
    vote = case("council").resolutions[0].masthead.adoption
    assert (vote.method, vote.votes_for, vote.votes_against, vote.abstentions) == ("non-recorded-vote", 15, 0, 0)


@pytest.mark.parametrize(
    ("address", "symbol"),
    [
        ("https://undocs.org/en/A/RES/67/234b", "A/RES/67/234B"),
        ("https://undocs.org/en/A/RES/74/270a-b", "A/RES/74/270"),
        ("https://undocs.org/en/A/RES/1874(s-iv)", "A/RES/1874(S-IV)"),
        ("https://undocs.org//en/A/RES/217 (III)", "A/RES/217(III)"),
        ("https://undocs.org/en/e/res/2008%20(LX)", "E/RES/2008(LX)"),
        ("https://docs.un.org/A/59/19/Rev.1(supp)", "A/59/19/Rev.1"),
        ("http://www.undocs.org/A/75/1/.", "A/75/1"),
        ("https://undocs.org/en/GC.18/INF/4", "GC.18/INF/4"),
        ("https://undocs.org/en/UNEP/EA.4/Res.11?x=1", "UNEP/EA.4/Res.11"),
        ("https://undocs.org/en/A/RES/<script>", None),
        ("https://example.org/A/RES/75/1", None),
        ("https://undocs.org/en/about", None),
    ],
)
def test_addresses_become_canonical_symbols(address: str, symbol: str | None):
    assert symbol_of_address(address) == symbol


def test_states_are_known_however_they_are_spelt():
    assert (
        state_named("BOLIVIA (PLURINATIONAL STATE OF)") == state_named("Bolivia (Plurinational State of)") is not None
    )
    assert states_listed("Chile, Saint Vincent and the Grenadines and Bosnia and Herzegovina") == (
        "Chile",
        "Saint Vincent and the Grenadines",
        "Bosnia and Herzegovina",
    )
    assert states_listed("Chile and Atlantis") is None


def test_who_submits_for_others_is_a_sponsor_and_is_said_in_words():
    text = "Cuba (on behalf of the Movement of Non-Aligned Countries) and Chile"
    assert sponsors_of([text]) == (("Cuba", "Chile"), text)
    assert sponsors_of(["submitted by the Chair"]) == ((), "the Chair")


# ---------------------------------------------------------------- what is made of links and italics


def targets(resolution: Resolution) -> dict[str, list[str]]:
    found = {f"p{p.position}": p for p in resolution.preamble} | {p.number: p for p in resolution.operative}
    return {key: [c.target.symbol for c in p.citations if c.target] for key, p in found.items()}


def test_links_decide_what_is_cited_and_print_adds_what_they_miss():
    resolution = resolve(case("assembly"))[0]
    assert targets(resolution)["p1"] == ["A/RES/67/234B", "A/RES/1541(XV)", "A/75/101"]
    assert [c.target.symbol for c in resolution.footnotes[0].citations] == ["A/59/19/Rev.1"]
    point = resolution.operative[1].points[0]
    assert [c.target.symbol for c in point.citations] == ["A/RES/75/2"]


def test_italics_name_an_act_that_the_lexicon_lacks():
    act = resolve(case("assembly"))[0].operative[0].acts[0]
    assert (act.verb, act.verb_text) == (None, "Zollifies")


def test_the_council_sets_every_act_in_italics_and_nothing_else_counts():
    resolution = resolve(case("council"))[0]
    assert [a.verb_text for a in resolution.operative[0].acts] == ["Calls upon", "deplores"]
    assert [a.verb_text for a in resolution.preamble[0].acts] == ["Noting", "expressing"]


def test_italics_of_another_body_leave_later_acts_to_the_words():
    passage = case("council").resolutions[0].operative[0].passage
    acts = recognise(passage, preambular=False).acts
    assert acts[0].verb_text == "Calls upon"


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    "prolog",
    [
        b'<!DOCTYPE akomaNtoso SYSTEM "http://127.0.0.1:9/x.dtd">',
        b'<!DOCTYPE akomaNtoso [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    ],
)
def test_a_document_type_is_refused(prolog: bytes):
    with pytest.raises(InputError):
        read(prolog + (CASES / "council.xml").read_bytes())


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused(share: float):
    data = (CASES / "assembly.xml").read_bytes()
    with pytest.raises(InputError):
        read(data[: int(len(data) * share)])


def test_markup_without_a_statement_holds_no_resolution():
    segmented = read(b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"/>')
    assert [p.kind for p in segmented.problems] == ["no-statement"]


def test_a_file_is_known_by_its_root_and_not_by_its_name(tmp_path: Path):
    path = tmp_path / "75_900.txt"
    path.write_bytes((CASES / "assembly.xml").read_bytes())
    assert isinstance(read_source(path), Segmented)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus: set RESGRAPH_CORPUS to its folder")
def test_every_file_of_the_corpus_is_read():
    files = sorted(CORPUS.rglob("*.xml"))
    empty = []
    for path in files:
        segmented = read(path.read_bytes(), path.name)
        assert_in_place(segmented)
        if not segmented.resolutions:
            empty.append(path.name)
    assert empty == ["S_PRST_2020_11.xml"]
