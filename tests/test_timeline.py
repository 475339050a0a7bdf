"""What resolutions say of an instrument by date: as a table, as CSV and as a picture with its data beside it."""

import sys

import pytest

from resgraph.cli.timeline import timeline as command
from resgraph.errors import QueryError, UsageError
from resgraph.timeline import Event, Timeline, plot, timeline


def test_the_countdown_and_the_entry_into_force(seeds_graph):
    line = timeline(seeds_graph, "ICRMW")
    assert [(event.when, event.detail) for event in line.of("ratifications needed")] == [
        ("1999-12-17", "8"),
        ("2000-12-04", "6"),
        ("2001-04-24", "4"),
        ("2002-12-18", "1"),
    ]
    assert [(event.when, event.stated_in) for event in line.of("entry into force")] == [
        ("2003-07-01", ("A/RES/59/262#pp3",))
    ]
    assert [(event.when, event.detail) for event in line.of("request answered")] == [("2000-12-04", "A/55/205")]


def test_what_several_resolutions_state_is_one_event(seeds_graph):
    (adoption,) = timeline(seeds_graph, "ICRMW").of("adoption")
    assert (adoption.when, adoption.detail) == ("1990-12-18", "A/RES/45/158")
    assert len(adoption.stated_in) == 5


def test_claims_that_differ_stand_side_by_side(seeds_graph):
    adoptions = timeline(seeds_graph, "VDPA").of("adoption")
    assert [(event.when, len(event.stated_in)) for event in adoptions] == [("1993-06", 1), ("1993-06-25", 4)]


def test_an_instrument_that_nobody_names(seeds_graph):
    with pytest.raises(QueryError, match="CRPD: the graph says nothing of this instrument"):
        timeline(seeds_graph, "CRPD")


def test_a_month_or_a_year_has_its_first_day():
    assert [Event(when, "", "", ()).day.isoformat() for when in ("1993", "1993-06", "1993-06-25")] == [
        "1993-01-01",
        "1993-06-01",
        "1993-06-25",
    ]


def test_the_table_and_the_csv(run, graph):
    assert "ratifications needed" in run(command, graph, "ICRMW").output
    lines = run(command, graph, "ICRMW", "--format", "csv").output.splitlines()
    assert lines[0] == "when,event,detail,stated_in"
    assert "2003-07-01,entry into force,,A/RES/59/262#pp3" in lines


@pytest.mark.parametrize(("ending", "head"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_picture_has_its_data_beside_it_and_the_same_bytes_each_time(run, graph, tmp_path, ending, head):
    path = tmp_path / f"line.{ending}"
    run(command, graph, "ICRMW", "--plot", path)
    first = path.read_bytes()
    run(command, graph, "ICRMW", "--plot", path)
    assert path.read_bytes() == first
    assert first.startswith(head)
    assert b"CreationDate" not in first
    assert b"<dc:date>" not in first
    csv = path.with_suffix(".csv").read_text(encoding="utf-8")
    assert csv.splitlines() == run(command, graph, "ICRMW", "--format", "csv").output.splitlines()


def test_a_crowded_lane_and_a_single_event_are_drawn(tmp_path):
    crowd = tuple(Event(f"20{n:02}-01-02", "resolution", f"A/RES/{n}", ("x",)) for n in range(10, 60))
    plot(Timeline("X", "Convention on Widgets", crowd), tmp_path / "crowd.svg")
    plot(Timeline("X", "Convention on Widgets", crowd[:1]), tmp_path / "one.svg")
    assert (tmp_path / "one.svg").stat().st_size


def test_a_picture_of_an_unknown_kind_is_refused(run, graph, tmp_path):
    with pytest.raises(UsageError, match=r"its ending '.gif' names no picture; use one of .svg .png .pdf"):
        run(command, graph, "ICRMW", "--plot", tmp_path / "line.gif")


def test_without_matplotlib_the_remedy_is_told(run, graph, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"pip install 'resgraph\[plots\]'"):
        run(command, graph, "ICRMW", "--plot", tmp_path / "line.svg")
    assert list(tmp_path.iterdir()) == []
