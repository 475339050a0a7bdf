"""Each text of `cases/segment` has beside it the outline of what it holds, written once and read by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from resgraph.model import Passage, PrintedParagraph, PrintedPoint, PrintedResolution, Segmented, Source
from resgraph.segment import segment

CASES = Path(__file__).parent / "cases" / "segment"
SEEDS = Path(__file__).parent.parent / "seeds"
TEXTS = sorted(CASES.glob("*.txt"))


def read(path: Path, name: str | None = None) -> Segmented:
    return segment(Source(name or path.name, "0" * 64, "text/plain", path.read_text("utf-8")))


def marked(passage: Passage) -> str:
    """The words with their note marks in braces, so that an outline shows where each stood."""
    text, at = "", 0
    for mark in passage.marks:
        text, at = f"{text}{passage.text[at : mark.at]}{{{mark.marker}}}", mark.at
    return text + passage.text[at:]


def points(items: tuple[PrintedPoint, ...], depth: int = 1) -> list[str]:
    out = []
    for item in items:
        out += [f"{'  ' * depth}({item.label}) {marked(item.passage)}", *points(item.points, depth + 1)]
    return out


def outline(resolution: PrintedResolution) -> list[str]:
    head = resolution.masthead
    out = [head.symbol, f"body {head.body}"]
    fields = ("title", "adopted_on", "published_on", "meeting", "committee")
    out += [f"{name} {value}" for name in fields if (value := getattr(head, name)) is not None]
    if head.session:
        out.append(f"session {head.session.body} {head.session.label}")
    out += [f"agenda item {item.number}" for item in head.agenda_items]
    out += [f"on report {symbol}" for symbol in head.on_report]
    if head.adoption:
        counts = (head.adoption.votes_for, head.adoption.votes_against, head.adoption.abstentions)
        out.append(f"adoption {head.adoption.method} {counts}")
        out += [f"  {ballot.choice} {ballot.state}" for ballot in head.adoption.ballots]
    out += [f"inferred {name}" for name in head.inferred]
    out.append(f"formula {resolution.formula.text}")
    for paragraph in resolution.preamble:
        out += [f"p {marked(paragraph.passage)}", *points(paragraph.points)]
    for n, paragraph in enumerate(resolution.operative, 1):
        out += [f"heading {h.passage.text}" for h in resolution.headings if h.before == n]
        out += [f"{paragraph.number}. {marked(paragraph.passage)}", *points(paragraph.points)]
    for annex in resolution.annexes:
        out += [f"annex {annex.title}", *(f"  {passage.text}" for passage in annex.paragraphs)]
    out += [f"note {note.marker} {note.passage.text if note.passage else '(missing)'}" for note in resolution.footnotes]
    return out + [f"problem {problem.kind}: {problem.message}" for problem in resolution.problems]


def whole_outline(found: Segmented) -> str:
    lines = [line for resolution in found.resolutions for line in (*outline(resolution), "")]
    return "\n".join([*lines, *(f"problem {p.kind}: {p.message}" for p in found.problems)]).rstrip() + "\n"


def passages(found: Segmented) -> list[Passage]:
    out: list[Passage] = []

    def walk(item: PrintedParagraph | PrintedPoint) -> None:
        out.append(item.passage)
        for point in item.points:
            walk(point)

    for resolution in found.resolutions:
        out.append(resolution.formula)
        for paragraph in (*resolution.preamble, *resolution.operative):
            walk(paragraph)
        out += [note.passage for note in resolution.footnotes if note.passage]
        out += [heading.passage for heading in resolution.headings]
        out += [passage for annex in resolution.annexes for passage in annex.paragraphs]
    return out


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_has_the_structure_that_a_reader_sees(path: Path) -> None:
    expected = path.with_suffix(".outline")
    found = whole_outline(read(path))
    if not expected.exists():
        expected.write_text(found, "utf-8")
        pytest.fail(f"{expected} was missing: it is written now, read it and run the test again")
    assert found == expected.read_text("utf-8")


@pytest.mark.parametrize("path", [*TEXTS, *sorted(SEEDS.glob("*.txt"))], ids=lambda path: path.stem)
def test_every_word_and_every_mark_stands_where_it_says(path: Path) -> None:
    found = read(path)
    text = found.source.text
    for passage in passages(found):
        assert passage.runs
        assert "  " not in passage.text
        covered = sum(run.length for run in passage.runs)
        assert len(passage.text) - covered <= len(passage.runs) - 1
        for run in passage.runs:
            assert passage.text[run.at : run.at + run.length] == text[run.start : run.start + run.length]
        for mark in passage.marks:
            digits = text[mark.span.start : mark.span.end].translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
            assert mark.marker.split("-")[0] == digits


def test_the_seeds_have_as_many_paragraphs_and_notes_as_were_counted_by_hand() -> None:
    counts = {}
    for path in sorted(SEEDS.glob("*.txt")):
        (found,) = read(path).resolutions
        notes = [note.passage is None for note in found.footnotes]
        counts[found.masthead.symbol] = (
            len(found.preamble),
            len(found.operative),
            len(notes),
            sum(notes),
        )
    assert counts == {
        "A/RES/57/201": (9, 9, 8, 0),
        "A/RES/55/88": (8, 8, 7, 0),
        "E/CN.4/RES/2001/53": (7, 10, 0, 0),
        "A/RES/59/262": (8, 12, 5, 0),
        "A/RES/54/158": (9, 8, 8, 2),
    }


@pytest.mark.parametrize(
    ("seed", "kinds"),
    [
        ("000", {"notes-after-closing"}),
        ("001", {"residue"}),
        ("002", {"number-on-own-line"}),
        ("003", {"residue"}),
        ("004", {"unnumbered-footnotes", "missing-footnote", "notes-after-closing"}),
    ],
)
def test_what_is_wrong_with_a_seed_is_named(seed: str, kinds: set[str]) -> None:
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    found = read(path)
    problems = [*found.problems, *(problem for resolution in found.resolutions for problem in resolution.problems)]
    assert {problem.kind for problem in problems} == kinds
    assert not found.unread


def test_a_note_that_lost_its_number_goes_to_the_mark_whose_words_it_fits() -> None:
    (path,) = SEEDS.glob("004_*.txt")
    (resolution,) = read(path).resolutions
    texts = {note.marker: note.passage.text if note.passage else None for note in resolution.footnotes}
    assert texts["5"] == "Resolution 44/25, annex."
    assert texts["6"] is None
    assert texts["7"] is not None
    assert texts["7"].endswith("(E/1999/23), chap. II, sect. A.")
    assert texts["8"] is None


def test_the_name_of_a_file_corrects_a_misread_session_and_says_so() -> None:
    text = (
        "174 (III). Commission\nThe General Assembly,\nResolves to act.\n"
        "Hundred and twentieth plenary meeting,\n21 November 1947.\n"
    )
    (resolution,) = segment(Source("A_RES_174(II).txt", "0" * 64, "text/plain", text)).resolutions
    assert resolution.masthead.symbol == "A/RES/174(II)"
    assert "symbol" in resolution.masthead.inferred
    assert resolution.masthead.meeting == 120


def test_what_was_misread_in_one_number_is_corrected_in_its_neighbours() -> None:
    name = "A_RES_190(II).txt"
    found = read(CASES / "assembly-1947-statute.txt", name)
    assert [resolution.masthead.symbol for resolution in found.resolutions] == ["A/RES/190(II)", "A/RES/191(II)"]
    assert all("symbol" in resolution.masthead.inferred for resolution in found.resolutions)


def test_the_last_resolution_of_pages_cut_out_for_another_breaks_off() -> None:
    lines = (CASES / "ecosoc-1947-lettered-acts.txt").read_text("utf-8").splitlines()
    neighbour = "99 (IV). Moorings\nThe Economic and Social Council,\nEstablishes a Commission for Moorings.\n"
    text = "\n".join([*lines, neighbour])
    for name, symbols in (("E_RES_98(IV).txt", ["E/RES/98(IV)"]), ("list.txt", ["E/RES/98(IV)", "E/RES/99(IV)"])):
        found = segment(Source(name, "0" * 64, "text/plain", text))
        assert [resolution.masthead.symbol for resolution in found.resolutions] == symbols


@pytest.mark.parametrize("text", ["", "\n\n", "A shopping list\n\n1. Milk\n2. Bread\n", "The General Assembly,\n"])
def test_a_text_without_a_resolution_yields_none(text: str) -> None:
    assert segment(Source("list.txt", "0" * 64, "text/plain", text)).resolutions == ()
