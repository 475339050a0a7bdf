from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resgraph.errors import ResgraphError, SymbolError, UsageError
from resgraph.iris import DEFAULT_BASE, Iris, repeated, whole_and_part
from resgraph.model import AgendaItem, Session

IRIS = Iris()
RESOLUTION = IRIS.document("A/RES/55/88")


@pytest.mark.parametrize(
    ("symbol", "path"),
    [
        ("A/RES/55/88", "A/RES/55/88"),
        ("E/CN.4/RES/2001/53", "E/CN.4/RES/2001/53"),
        ("A/RES/217 (III) A", "A/RES/217(III)A"),
        ("A/CONF.157/24 (Part I)", "A/CONF.157/24(PartI)"),
        ("A/AC.237/18 (Part II)/Add.1", "A/AC.237/18(PartII)/Add.1"),
        ("A/RES/ES-10/14", "A/RES/ES-10/14"),
        ("GC(54)/RES/12", "GC(54)/RES/12"),
        ("A/55/1,2&3+4", "A/55/1%2C2%263+4"),
    ],
)
def test_a_document_is_known_by_its_symbol(symbol, path):
    assert IRIS.document(symbol).value == DEFAULT_BASE + path


@pytest.mark.parametrize(
    "symbol",
    [
        "",
        "A",
        "A/",
        "/A/RES/1",
        "A//1",
        "A/../agent/UNGA",
        "A/./1",
        "agent/UNGA",
        "verb/request",
        "A/RES/55/88>",
        "A/RES/1> } INSERT DATA { <a> <b> <c> ",
        'A/RES/"1"',
        "A/%2e%2e/1",
        "A/RES/55/88#op1",
        "A/RES/55/88?x=1",
        "A/RES/5 5/88",
        "A/RES/5  5/88",
        "A/RES/55/8\u202e8",
        "A/RES/55/8\u200b8",
        "A/RES/55/88\n",
        "A/RES/55\u00a088/1",
        "A/RES/55/٨٨",
        "А/RES/55/88",  # a Cyrillic letter
        "A/" + "1" * 5000,
    ],
)
def test_what_is_no_symbol_never_becomes_an_iri(symbol):
    with pytest.raises(SymbolError):
        IRIS.document(symbol)


def _valid(iri):
    parts = urlsplit(iri)
    bad = [c for c in iri if unicodedata.category(c) in ("Cc", "Cf", "Zs", "Zl", "Zp") or c in '<>"{}|\\^`' or c > "~"]
    return iri.startswith(DEFAULT_BASE) and not bad and not {".", ".."} & set(parts.path.split("/")) and not parts.query


TEXTS = st.one_of(
    st.text(),
    st.text(alphabet='AERS/.-()0123 &,%#?<>"{}|\\^`\u202e\u200b\u2066\0\n'),
    st.from_regex(r"[AES]/(RES/)?\d{1,3}/\S{1,9}"),
)
MINTS = [
    IRIS.document,
    IRIS.source,
    IRIS.agent,
    IRIS.instrument,
    IRIS.verb,
    IRIS.force,
    IRIS.scheme,
    IRIS.adoption,
    IRIS.choice,
    lambda text: IRIS.session(Session("UNGA", text)),
    lambda text: IRIS.session(Session(text, "57")),
    lambda text: IRIS.meeting(text, None, 3),
    lambda text: IRIS.item(RESOLUTION, Session("UNGA", "57"), AgendaItem(text)),
    lambda text: IRIS.item(RESOLUTION, None, AgendaItem(text)),
    lambda text: IRIS.operative(RESOLUTION, text, 3),
    lambda text: IRIS.point(IRIS.operative(RESOLUTION, "1", 1), text, 3),
    lambda text: IRIS.footnote(RESOLUTION, text, 3),
    lambda text: IRIS.vote(RESOLUTION, text),
]


@given(text=TEXTS, mint=st.sampled_from(MINTS))
def test_any_text_gives_a_valid_iri_under_the_base_or_is_refused(text, mint):
    try:
        iri = mint(text).value
    except SymbolError:
        return
    assert _valid(iri)


@given(st.text())
def test_any_text_is_a_base_that_makes_valid_iris_or_is_refused(text):
    for base in (text, f"https://{text}/"):
        try:
            iri = Iris(base).document("A/RES/55/88").value
        except UsageError:
            continue
        assert iri == base + "A/RES/55/88"
        assert iri.isascii()
        assert urlsplit(iri).netloc


@pytest.mark.parametrize(
    "base", ["", "x", "http://x", "ftp://x/", "https://x/#", "https://x/?q=/", "https:///", "http://[/"]
)
def test_a_base_is_an_address_that_ends_with_a_stroke(base):
    with pytest.raises(UsageError, match="base"):
        Iris(base)


def test_the_base_can_be_set():
    assert Iris("http://localhost:8000/un/").verb("take-note").value == "http://localhost:8000/un/verb/take-note"


def test_parts_are_fragments_of_their_document():
    op4 = IRIS.operative(RESOLUTION, "4", 4)
    point = IRIS.point(op4, "a", 1)
    minted = {
        "pp3": IRIS.preambular(RESOLUTION, 3),
        "op4": op4,
        "op4.a": point,
        "op4.a.i": IRIS.point(point, "i", 1),
        "op4.(1)": IRIS.point(op4, "1", 1),
        "op4.(c1)": IRIS.point(op4, "c1", 1),
        "op4.a.2": IRIS.action(point, 2),
        "op4.a.2.report": IRIS.report(IRIS.action(point, 2)),
        "op4.c1": IRIS.citation(op4, 1),
        "op4.r1": IRIS.reference(op4, 1),
        "op4.s1": IRIS.status(op4, 1),
        "fn7": IRIS.footnote(RESOLUTION, "7", 7),
        "fn*": IRIS.footnote(RESOLUTION, "*", 1),
        "fn7.c1": IRIS.citation(IRIS.footnote(RESOLUTION, "7", 7), 1),
        "h1": IRIS.heading(RESOLUTION, 1),
        "annex1": IRIS.annex(RESOLUTION, 1),
        "problem1": IRIS.problem(RESOLUTION, 1),
        "vote.france": IRIS.vote(RESOLUTION, "france"),
    }
    assert {whole_and_part(iri.value) for iri in minted.values()} == {(RESOLUTION.value, part) for part in minted}
    assert [whole_and_part(iri.value)[1] for iri in minted.values()] == list(minted)


def test_a_label_that_cannot_stand_in_a_fragment_gives_way_to_the_position():
    assert IRIS.operative(RESOLUTION, "7.2", 12).value.endswith("#op-at12")
    assert IRIS.operative(RESOLUTION, "1", 12, by_position=True).value.endswith("#op-at12")
    assert IRIS.point(IRIS.operative(RESOLUTION, "1", 1), "—", 2).value.endswith("#op1.at2")
    assert IRIS.footnote(RESOLUTION, "†", 4).value.endswith("#fn-at4")


def test_sessions_meetings_and_items_stand_under_their_body():
    session = Session("UNGA", "57")
    item = AgendaItem("109 (a)")
    assert IRIS.session(session).value == DEFAULT_BASE + "agent/UNGA/session/57"
    assert IRIS.meeting("UNGA", session, 77).value == DEFAULT_BASE + "agent/UNGA/session/57/meeting/77"
    assert IRIS.meeting("UNSC", None, 8906).value == DEFAULT_BASE + "agent/UNSC/meeting/8906"
    assert IRIS.item(RESOLUTION, session, item).value == DEFAULT_BASE + "agent/UNGA/session/57/item/109(a)"
    assert IRIS.item(RESOLUTION, None, item).value == RESOLUTION.value + "#item.109(a)"


def test_a_plus_sign_stays_readable():
    assert IRIS.instrument("BAPA+40").value == DEFAULT_BASE + "instrument/BAPA+40"


def test_links_to_others():
    assert IRIS.see_also("A/CONF.157/24 (Part I)").value == "https://undocs.org/A/CONF.157/24(PartI)"
    assert IRIS.wikidata("Q47423").value == "http://www.wikidata.org/entity/Q47423"


def test_repeated_labels_are_those_that_stand_twice():
    assert repeated(["1", "2", "1", "3", "3", "3"]) == {"1", "3"}


def test_a_refusal_shows_hidden_characters():
    with pytest.raises(ResgraphError, match=r"\\u202e"):
        IRIS.document("A/RES/\u202e1")
