"""Mentions and their identities, in short resolutions of our own writing."""

from datetime import date

import pytest

from resgraph.model import (
    Consideration,
    DocumentTarget,
    InstrumentTarget,
    Masthead,
    NoteMark,
    Passage,
    PrintedFootnote,
    PrintedParagraph,
    PrintedPoint,
    PrintedResolution,
    Request,
    Resolution,
    Run,
    Segmented,
    Session,
    Source,
    Span,
)
from resgraph.resolve import resolve

CAT = "Convention against Torture and Other Cruel, Inhuman or Degrading Treatment or Punishment"
ICRMW = "International Convention on the Protection of the Rights of All Migrant Workers and Members of Their Families"


def passage(text: str) -> Passage:
    """A passage whose source is itself; `{7}` is a note mark."""
    words, marks = "", []
    for n, piece in enumerate(text.replace("{", "}").split("}")):
        if n % 2:
            marks.append(NoteMark(piece, len(words), Span(0, 1)))
        else:
            words += piece
    return Passage(words, (Run(0, 0, len(words)),), tuple(marks))


def read(
    *operative: str | PrintedParagraph,
    preamble: tuple[str, ...] = (),
    notes: dict[str, str | None] | None = None,
    body: str = "UNGA",
    symbol: str = "A/RES/57/201",
    title: str | None = ICRMW,
) -> Resolution:
    session = Session(body, "57")
    masthead = Masthead(symbol=symbol, body=body, title=title, session=session, adopted_on=date(2002, 12, 18))
    printed = PrintedResolution(
        masthead=masthead,
        formula=passage("The General Assembly,"),
        preamble=tuple(PrintedParagraph(passage(p)) for p in preamble),
        operative=tuple(
            p if isinstance(p, PrintedParagraph) else PrintedParagraph(passage(p), str(n))
            for n, p in enumerate(operative, 1)
        ),
        footnotes=tuple(PrintedFootnote(m, passage(t) if t else None) for m, t in (notes or {}).items()),
    )
    source = Source("x.txt", "0" * 64, "text/plain", "x" * 4000)
    (resolution,) = resolve(Segmented(source, (printed,)))
    return resolution


def cited(resolution: Resolution, number: int = 0) -> list[str | None]:
    targets = [c.target for c in resolution.paragraphs[number].citations]
    return [t.symbol if isinstance(t, DocumentTarget) else t.short if t else None for t in targets]


@pytest.mark.parametrize(
    ("text", "body", "targets"),
    [
        ("Recalling its resolution 45/158 of 18 December 1990,", "UNGA", ["A/RES/45/158"]),
        ("Recalling General Assembly resolution 45/158 of 18 December 1990,", "CHR", ["A/RES/45/158"]),
        ("Recalling its resolution 16/18 of 24 March 2011,", "UNHRC", ["A/HRC/RES/16/18"]),
        ("Recalling Human Rights Council resolution 16/18 of 24 March 2011,", "UNGA", ["A/HRC/RES/16/18"]),
        ("Recalling resolution 1325 (2000) of 31 October 2000,", "UNSC", ["S/RES/1325(2000)"]),
        ("Recalling its resolution 1996/31 of 25 July 1996,", "ECOSOC", ["E/RES/1996/31"]),
        ("Recalling Commission on Human Rights resolution 1999/44,", "UNGA", ["E/CN.4/RES/1999/44"]),
        ("Recalling its resolution 217 A (III) of 10 December 1948,", "UNGA", ["A/RES/217(III)A"]),
        ("Recalling decision 14/4 of the Conference of the Parties,", "UNGA", [None]),
        ("Recalling resolution 6/2 on asset recovery,", "UNGA", [None]),
        (
            "Recalling General Assembly and Security Council resolutions 70/262 and 2282 (2016) of 27 April 2016,",
            "UNGA",
            ["A/RES/70/262", "S/RES/2282(2016)"],
        ),
    ],
)
def test_a_number_is_the_resolution_of_the_right_body(text: str, body: str, targets: list[str | None]) -> None:
    assert cited(read("Decides;", preamble=(text,), body=body)) == targets


def test_the_council_is_the_one_named_in_full_before() -> None:
    resolution = read(
        "Welcomes Council resolution 16/21 of 25 March 2011;",
        preamble=("Recalling the work of the Human Rights Council,",),
    )
    assert cited(resolution, 1) == ["A/HRC/RES/16/21"]


def test_the_convention_is_that_of_the_title_though_others_are_named() -> None:
    resolution = read(
        "Notes that, pursuant to article 87 of the Convention, only one more ratification or accession is needed"
        " for it "
        "to enter into force;",
        preamble=("Guided by the Convention on the Rights of the Child,",),
    )
    paragraph = resolution.operative[0]
    assert [r.target for r in paragraph.references] == [InstrumentTarget("ICRMW")]
    (status,) = paragraph.statuses
    assert (status.instrument, status.ratifications_needed, status.locator) == ("ICRMW", 1, "article 87")


def test_a_short_form_that_may_mean_two_instruments_is_left_out_and_counted() -> None:
    resolution = read(
        "Calls upon States to ratify the Convention;",
        preamble=("Recalling the Convention on the Rights of the Child,", f"Recalling the {CAT},"),
        title="Rights",
    )
    assert resolution.operative[0].references == ()
    assert [p.kind for p in resolution.problems] == ["reference-without-antecedent"]


def test_a_note_names_the_report_that_the_paragraph_only_means() -> None:
    resolution = read("Takes note of the report of the Secretary-General;{8}", notes={"8": "A/57/291."})
    (reference,) = resolution.operative[0].references
    assert (reference.target, reference.via_footnote) == (DocumentTarget("A/57/291"), "8")
    assert resolution.operative[0].citations == ()


def test_a_note_beside_an_instrument_explains_the_instrument() -> None:
    resolution = read(
        "Recalls the Universal Declaration of Human Rights,{1} and", notes={"1": "Resolution 217 A (III)."}
    )
    (citation,) = resolution.operative[0].citations
    assert (citation.target, citation.via_footnote) == (InstrumentTarget("UDHR"), "1")
    assert resolution.operative[0].references == ()


def test_ibid_is_what_the_note_before_cites() -> None:
    resolution = read("Notes it;{4} and{5}", notes={"4": "Supplement No. 48 (A/59/48).", "5": "Ibid., annex IV."})
    (citation,) = resolution.footnotes[1].citations
    assert (citation.target, citation.locator) == (DocumentTarget("A/59/48"), "annex IV")


def test_a_mark_without_a_note_is_a_missing_footnote_at_its_mark() -> None:
    resolution = read("Takes note of the report,{8} and", notes={"8": None})
    (note,) = resolution.footnotes
    assert note.missing
    assert note.span == Span(0, 1)


def test_a_pronoun_is_the_office_named_before() -> None:
    resolution = read(
        "Takes note of the report of the Secretary-General, and requests him to submit an updated report on the"
        " status of "
        "the Convention to the General Assembly at its fifty-eighth session;"
    )
    request = resolution.operative[0].acts[1]
    assert isinstance(request, Request)
    assert [a.key for a in request.addressees] == ["secretary-general"]
    assert request.submit_to is not None
    assert request.submit_to.key == "UNGA"
    assert request.due_session == Session("UNGA", "58")


def test_it_in_a_recalled_request_is_the_speaker() -> None:
    resolution = read(
        "Decides;",
        preamble=(
            (
                "Recalling that, in its resolution 53/137 of 9 December 1998, it requested the Secretary-General to"
                " submit to it at "
                "its fifty-fourth session a report on the status of the Convention,"
            ),
        ),
    )
    request = resolution.preamble[0].acts[-1]
    assert isinstance(request, Request)
    assert (request.made_in, request.due_session) == ("A/RES/53/137", Session("UNGA", "54"))
    assert request.submit_to is not None
    assert request.submit_to.key == "UNGA"


def test_points_inherit_verb_and_addressee_of_their_chapeau() -> None:
    points = (PrintedPoint("a", passage("To submit a report;")), PrintedPoint("b", passage("To continue his efforts;")))
    resolution = read(PrintedParagraph(passage("Requests the Secretary-General:"), "1", points))
    paragraph = resolution.operative[0]
    assert not any(isinstance(a, Request) for a in paragraph.acts)
    requests = [a for p in paragraph.points for a in p.acts]
    assert [(r.verb, r.asks, r.addressees[0].key) for r in requests if isinstance(r, Request)] == [
        ("request", "submit a report", "secretary-general"),
        ("request", "continue his efforts", "secretary-general"),
    ]


def test_a_single_paragraph_without_a_number_is_the_first() -> None:
    resolution = read(PrintedParagraph(passage("Decides to remain seized of the matter.")))
    assert resolution.operative[0].number == "1"


def test_an_act_that_puts_a_matter_on_the_agenda_has_the_session_of_the_speaker():
    text = "Decides to consider the report at its next session under the item entitled “Migrants”."
    (act,) = read(text).operative[0].acts
    assert isinstance(act, Consideration)
    assert (act.session, act.item_title) == (Session("UNGA", "58"), "Migrants")


def test_a_citation_has_the_date_that_is_printed_with_it():
    (citation,) = read("Recalls its resolution 45/158 of 18 December 1990;").operative[0].citations
    assert citation.stated_date == date(1990, 12, 18)


@pytest.mark.parametrize(
    ("recipient", "key", "session"),
    [
        ("to the General Assembly at its fifty-eighth session", "UNGA", Session("UNGA", "58")),
        ("to the Human Rights Council at its fifty-seventh session", "UNHRC", Session("UNHRC", "57")),
        ("to the Committee on Timetables at its forty-third session", "committee-on-timetables", None),
        ("to the Committee on Timetables on this issue at its fortieth session", "committee-on-timetables", None),
        ("before the next session of the Committee on Timetables", "committee-on-timetables", None),
        ("to the next session of the Human Rights Council, by May 2004", "UNHRC", None),
        ("at its fifty-eighth session", "UNGA", Session("UNGA", "58")),
    ],
)
def test_a_due_session_is_of_the_body_named_beside_it(recipient: str, key: str, session: Session | None) -> None:
    resolution = read(f"Requests the Secretary-General to submit a report on the matter {recipient};")
    (request,) = resolution.operative[0].acts
    assert isinstance(request, Request)
    assert request.submit_to is not None
    assert (request.submit_to.key, request.due_session) == (key, session)


def test_a_session_of_another_body_is_none_of_the_speaker_whatever_is_asked() -> None:
    resolution = read(
        "Encourages the Department of Public Information to develop collaborative arrangements and to bring them before"
        " the Committee on Information at its fortieth session;"
    )
    (request,) = resolution.operative[0].acts
    assert isinstance(request, Request)
    assert request.due_session is None


@pytest.mark.parametrize(
    "past",
    [
        "the work presented in the report submitted to the General Assembly at its sixty-second session",
        "the Political Declaration adopted by the General Assembly at its sixty-fourth session",
        "the discussions of the Commission on Timetables in preparation for its sixty-fifth session",
    ],
)
def test_a_session_of_the_past_or_of_another_body_is_no_due_session(past: str) -> None:
    (request,) = read(f"Requests the Secretary-General to build on {past};").operative[0].acts
    assert isinstance(request, Request)
    assert request.due_session is None


def test_them_are_those_whom_the_act_before_asks() -> None:
    resolution = read(
        "Requests the Secretary-General and the United Nations High Commissioner for Human Rights to provide all the "
        "human and financial resources necessary for the mandate of the Special Rapporteur on the right to food, and "
        "also requests them to pay due attention to the matter;"
    )
    _, request = resolution.operative[0].acts
    assert isinstance(request, Request)
    assert [a.key for a in request.addressees] == ["secretary-general", "ohchr-high-commissioner"]


@pytest.mark.parametrize(
    ("office", "key"),
    [
        (
            "Special Rapporteur on the situation of human rights in the Russian Federation",
            "special-rapporteur-on-the-situation-of-human-rights-in-the-russian-federation",
        ),
        (
            "Independent Expert on the enjoyment of human rights by persons with albinism",
            "independent-expert-on-the-enjoyment-of-human-rights-by-persons-with-albinism",
        ),
    ],
)
def test_a_mandate_has_its_country_and_its_people(office: str, key: str) -> None:
    resolution = read(f"Decides to extend the mandate of the {office} for a period of one year;")
    assert key in {agent.key for agent in resolution.operative[0].named}


@pytest.mark.parametrize("after", ["(A/HRC/12/31)", "contained in document A/HRC/12/31", "on 31 December 2014"])
def test_a_mandate_ends_before_its_report_and_before_a_day(after: str) -> None:
    """A/HRC/RES/12/10; A/RES/75/188."""
    resolution = read(
        f"Welcomes the report of the Special Rapporteur on the right to food {after}, and takes note of it;"
    )
    assert "Special Rapporteur on the right to food" in {agent.label for agent in resolution.operative[0].named}


@pytest.mark.parametrize(
    ("asked", "recipient", "session"),
    [
        (  # A/RES/42/36, para. 3
            "the Disarmament Commission to end it at its 1988 session and report to the Assembly at its third session",
            "UNGA",
            Session("UNGA", "3"),
        ),
        (  # A/HRC/RES/55/27
            "it to talk to the Human Rights Council at its first session and to present a report at its second session",
            "UNHRC",
            Session("UNHRC", "2"),
        ),
        # E/RES/1989/65
        ("the Committee on Crime Prevention and Control to consider at its tenth session the question", None, None),
        # A/RES/52/153, para. 2: "the", not "its"
        ("the Working Group to continue its work at the fifty-third session", None, Session("UNGA", "53")),
        (  # A/RES/75/193
            "the Commission of Inquiry to present its findings to the General Assembly at its seventy-sixth session",
            None,
            Session("UNGA", "76"),
        ),
        (  # A/RES/76/263
            "the Secretary-General to report to the Special Committee on Peacekeeping Operations at its 2023 session",
            "C34",
            Session("C34", "2023"),
        ),
        # A/RES/75/83: the session of the Conference on Disarmament
        ("the successive Presidents to guide the Conference to the beginning of work at its 2021 session", None, None),
    ],
)
def test_a_session_is_of_whom_the_text_names(asked: str, recipient: str | None, session: Session | None) -> None:
    (request,) = read(f"Requests {asked};").operative[0].acts
    assert isinstance(request, Request)
    assert (request.submit_to and request.submit_to.key, request.due_session) == (recipient, session)


def test_of_two_reports_each_has_its_own_recipient() -> None:
    """S/RES/2456, para. 8: the Council gets the final report."""
    resolution = read(
        "Requests the Panel of Experts to provide a mid-term update to the Committee no later than 28 July 2019, and a"
        " final report no later than 28 January 2020 to the Security Council, after discussion with the Committee;"
    )
    (request,) = resolution.operative[0].acts
    assert isinstance(request, Request)
    assert (request.submit_to, request.due_date) == (None, date(2019, 7, 28))
    assert request.deliverable is not None
    assert request.deliverable.label == "mid-term update"


@pytest.mark.parametrize(
    ("clause", "addressees", "asks"),
    [
        (  # S/RES/739
            "Recommends to the General Assembly that the Republic of Moldova be admitted to membership",
            ["UNGA"],
            "the Republic of Moldova be admitted to membership",
        ),
        (  # A/RES/75/251 C, para. 17
            "Reiterates its request to the Secretary-General that he continue to explore ways to promote procurement",
            ["secretary-general"],
            "continue to explore ways to promote procurement",
        ),
        (  # A/RES/75/84, para. 5
            "Calls upon that State to accede to the Treaty and not to develop nuclear weapons",
            ["state"],
            "accede to the Treaty and not to develop nuclear weapons",
        ),
        (  # E/RES/1988/13, para. 1
            "Recommends that Governments, where they have not already done so, seek to establish a structure",
            ["governments"],
            "seek to establish a structure",
        ),
        (  # A/RES/75/250 B, para. 18: nobody is asked
            "Requests that all peacekeeping missions be provided with adequate resources",
            [],
            "all peacekeeping missions be provided with adequate resources",
        ),
        (  # S/RES/1267, para. 2
            "Demands that the Taliban turn him over to a country where he will be returned to justice",
            ["taliban"],
            "turn him over to a country where he will be returned to justice",
        ),
        (  # S/RES/2653, para. 25
            "Requests in this regard the Secretary-General, in coordination with the Panel of Experts, to report",
            ["secretary-general"],
            "report",
        ),
        (  # A/HRC/RES/55/22, para. 30
            "Urges that all parties to the conflict comply with the law, and do not hinder humanitarian access",
            ["parties-to-the-conflict"],
            "comply with the law, and do not hinder humanitarian access",
        ),
    ],
)
def test_what_is_asked_begins_after_whom_and_asides(clause: str, addressees: list[str], asks: str) -> None:
    (request,) = read(f"{clause};").operative[0].acts
    assert isinstance(request, Request)
    assert ([agent.key for agent in request.addressees], request.asks) == (addressees, asks)


def test_he_who_is_to_submit_is_the_one_asked_before() -> None:
    """A/RES/76/188, para. 121."""
    resolution = read(
        "Takes note of the report of the Secretary-General, and requests that he submit to the General Assembly at its"
        " seventy-seventh session a report on the implementation of the present resolution;"
    )
    _, request = resolution.operative[0].acts
    assert isinstance(request, Request)
    assert [agent.key for agent in request.addressees] == ["secretary-general"]
    assert request.submit_to is not None
    assert request.due_session == Session("UNGA", "77")


def test_a_point_may_name_whom_it_asks() -> None:
    """A/RES/76/54, para. 3: the chapeau asks nobody."""
    points = ("All States possessing nuclear weapons to take actions to reduce risks;", "To promote training;")
    printed = tuple(PrintedPoint(label, passage(words)) for label, words in zip("ab", points, strict=True))
    resolution = read(PrintedParagraph(passage("Encourages the following as joint actions:"), "3", printed))
    first, second = (point.acts[0] for point in resolution.operative[0].points)
    assert isinstance(first, Request)
    assert isinstance(second, Request)
    assert [agent.key for agent in first.addressees] == ["states"]
    assert (first.asks, second.asks) == ("take actions to reduce risks", "promote training")
    assert second.addressees == ()
