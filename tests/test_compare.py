"""Two resolutions side by side: paragraphs matched, words that changed, acts that hardened; in text and as a page."""

import re
from html.parser import HTMLParser

import pytest

from resgraph.cli.compare import compare as command
from resgraph.compare import Pair, Unit, align, compare, stretches, unit
from resgraph.errors import QueryError
from resgraph.pages import page
from resgraph.strength import Wording, direction

SHORT = "Requests the Secretary-General to submit a report on widgets at its tenth session"
LONG = "Bearing in mind the principles and norms established within the framework of the Organization for Widgets"
OTHER = "Deeply concerned at the grave situation of all those who have neither house nor home in any country"


def units(*texts: str, part: str = "op") -> list[Unit]:
    return [unit(f"{part}{number}", text) for number, text in enumerate(texts, 1)]


def kinds(pairs: list[Pair]) -> list[str]:
    return [f"{pair.kind}{' moved' if pair.moved else ''}" for pair in pairs]


def places(pairs: list[Pair]) -> list[tuple[str | None, str | None]]:
    return [(pair.before and pair.before.place, pair.after and pair.after.place) for pair in pairs]


# ---------------------------------------------------------------- matching


def test_the_same_words_are_the_same_whatever_their_punctuation():
    pairs = list(align(units(SHORT + ";"), units(SHORT + ".")))
    assert kinds(pairs) == ["same"]


def test_a_reworded_paragraph_keeps_its_counterpart():
    pairs = list(align(units(SHORT), units(SHORT.replace("tenth", "eleventh"))))
    assert kinds(pairs) == ["reworded"]
    assert 0.9 < pairs[0].similarity < 1


def test_what_one_alone_has_is_new_or_dropped_and_stands_where_it_stood():
    pairs = list(align(units(SHORT, OTHER), units(LONG, SHORT)))
    assert kinds(pairs) == ["new", "same", "dropped"]
    assert places(pairs) == [(None, "op1"), ("op1", "op2"), ("op2", None)]


def test_paragraphs_that_left_their_order_are_moved():
    pairs = list(align(units(SHORT, LONG, OTHER), units(LONG, OTHER, SHORT)))
    assert kinds(pairs) == ["same", "same", "same moved"]


def test_a_paragraph_may_go_over_to_the_preamble():
    before = [*units(LONG, part="pp"), *units(OTHER)]
    pairs = list(align(before, units(LONG, OTHER.replace("house", "roof"), part="pp")))
    assert places(pairs) == [("pp1", "pp1"), ("op1", "pp2")]


def test_every_unit_stands_once_however_alike_they_are():
    before, after = units(*[SHORT] * 40), units(*[SHORT] * 43)
    pairs = list(align(before, after))
    assert sorted(p.before.place for p in pairs if p.before) == sorted(u.place for u in before)
    assert sorted(p.after.place for p in pairs if p.after) == sorted(u.place for u in after)
    assert kinds(pairs).count("new") == 3


def test_nothing_can_be_compared_with_nothing():
    assert list(align([], [])) == []
    assert kinds(list(align(units(SHORT), []))) == ["dropped"]


def test_words_of_both_come_in_their_own_spelling():
    found = [
        (stretch.before, stretch.after) for stretch in stretches("Calls upon all States,", "again calls upon States;")
    ]
    assert found == [("", "again"), ("Calls upon", "calls upon"), ("all", ""), ("States,", "States;")]


# ---------------------------------------------------------------- strength


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (("invite", "Invites", "Invites States to ratify"), ("urge", "Urges", "Urges States to ratify"), "harder"),
        (("demand", "Demands", "Demands it"), ("request", "Requests", "Requests it"), "softer"),
        (
            ("call-upon", "Calls upon", "Calls upon all"),
            ("call-upon", "Again calls upon", "Again calls upon all"),
            "harder",
        ),
        (
            ("request", "Requests", "Requests it at once"),
            ("request", "Also requests", "Also requests it at once"),
            None,
        ),
        (("urge", "Urges", "Urges all to act"), ("urge", "Urges", "Urges all to act, as appropriate"), "softer"),
        (("express-concern", "Expresses concern", ""), ("express-concern", "Expresses deep concern", ""), "harder"),
        (("note", "Notes", "Notes"), ("condemn", "Condemns", "Condemns"), "harder"),
        (("note", "Notes", "Notes"), ("request", "Requests", "Requests"), "other"),
        (("note", "Notes", "Notes"), (None, "Frobnicates", "Frobnicates"), "other"),
        (
            ("consider", "Considering", "Considering that all may consider it"),
            ("consider", "Considering", "Considering"),
            None,
        ),
    ],
)
def test_whether_the_wording_became_harder(before, after, change):
    assert direction(Wording(*before), Wording(*after)) == change


# ---------------------------------------------------------------- the seeds


def test_55_88_and_57_201(seeds_graph):
    found = compare(seeds_graph, "A/RES/55/88", "A/RES/57/201")
    assert (found.count("same"), found.count("new"), found.count("dropped"), found.moved) == (4, 2, 0, 0)
    assert [pair.after.place for pair in found.pairs if pair.kind == "new" and pair.after] == ["pp5", "op4"]
    assert ("op7", "op8") in places(list(found.pairs))
    assert [(p.after and p.after.place, s.after.printed, s.direction) for p, s in found.shifts] == [
        ("pp3", "Recalling", "softer"),
        ("op3", "Again calls upon", "harder"),
    ]


def test_concern_that_went_over_to_the_preamble(seeds_graph):
    found = compare(seeds_graph, "A/RES/57/201", "A/RES/59/262")
    (pair,) = [pair for pair in found.pairs if pair.before and pair.before.place == "op1"]
    assert pair.moved
    assert pair.after
    assert pair.after.place == "pp7"


def test_a_resolution_compared_with_itself_is_the_same(seeds_graph):
    found = compare(seeds_graph, "A/RES/59/262", "A/RES/59/262")
    assert (found.count("same"), found.moved, found.shifts) == (20, 0, ())


def test_a_resolution_that_was_only_cited_has_no_text(seeds_graph):
    with pytest.raises(QueryError, match="A/RES/45/158: the graph has no text of this resolution"):
        compare(seeds_graph, "A/RES/45/158", "A/RES/55/88")


# ---------------------------------------------------------------- the command and the page


def test_the_terminal_shows_both_sides(run, graph):
    shown = run(command, graph, "A/RES/55/88", "A/RES/57/201").output
    assert "[-different-]" in shown
    assert "{+various+}" in shown
    assert "harder: op3 → op3: Calls upon → Again calls upon" in shown
    assert "4 same, 12 reworded, 2 new, 0 dropped, 0 moved, 1 harder, 1 softer" in shown


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href", "action") and value]


def test_the_page_stands_alone(run, graph, tmp_path):
    run(command, graph, "A/RES/55/88", "A/RES/57/201", "--html", tmp_path / "out.html")
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    parsed = _Page(text)
    assert parsed.links == []
    assert "script" not in parsed.tags
    assert not re.search(r"@import|url\(|https?://", text)
    assert "<del>different</del>" in text
    assert "<ins>various</ins>" in text
    assert text == run(command, graph, "A/RES/55/88", "A/RES/57/201", "--html", "-").output


def test_what_a_document_says_is_escaped():
    hostile = "<script>alert('x')</script> & \"more\""
    heading = {"symbol": hostile, "title": hostile, "adopted_by": hostile, "date": hostile}
    pairs = list(align(units(hostile + " one two three four"), units(hostile + " one two three five")))
    pairs += [Pair("new", None, unit("op2", hostile)), Pair("dropped", unit("op3", hostile), None)]
    text = page("compare.html", before=heading, after=heading, counts=hostile, pairs=pairs, shifts=())
    assert "<script" not in text
    assert text.count("&lt;script&gt;") >= 8
