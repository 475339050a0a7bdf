"""The words of one passage: each case is a sentence in the style of UN resolutions and what it must yield."""

from datetime import date
from itertools import pairwise

import pytest

from resgraph.model import Passage, Run
from resgraph.recognise import recognise, recognise_note
from resgraph.recognise.acts import find_acts
from resgraph.recognise.addressees import asks_for_a_thing, slug, split_addressees
from resgraph.recognise.deliverables import find_due, find_product
from resgraph.recognise.heads import find_heads, find_unknown_instruments
from resgraph.recognise.leads import OPERATIVE, PREAMBULAR, lead_at
from resgraph.recognise.locators import locator_of
from resgraph.recognise.mentions import AgentMention, InstrumentMention, NumberMention
from resgraph.recognise.names import find_names
from resgraph.recognise.numbers import find_numbers
from resgraph.recognise.requests import parse_ask
from resgraph.recognise.status import find_statuses


def passage(text: str) -> Passage:
    return Passage(text, (Run(0, 0, len(text)),))


def numbers(text: str) -> list[tuple[str | None, str, str, int, str]]:
    return [(m.body, m.kind, m.number.session, m.number.serial, m.number.letter) for m in find_numbers(text)]


# ---------------------------------------------------------------- resolutions and decisions by number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Recalling its resolution 45/158 of 18 December 1990,", [("its", "resolution", "45", 158, "")]),
        ("Resolution 217 A (III).", [(None, "resolution", "III", 217, "A")]),
        ("General Assembly resolution 3201 (S-VI)", [("General Assembly", "resolution", "S-VI", 3201, "")]),
        ("Recalling resolution 1325 (2000)", [(None, "resolution", "2000", 1325, "")]),
        (
            "its resolutions 48/141 of 20 December 1993, 50/153 of 21 December 1995 and 52/111,",
            [
                ("its", "resolution", "48", 141, ""),
                ("its", "resolution", "50", 153, ""),
                ("its", "resolution", "52", 111, ""),
            ],
        ),
        (
            "its resolution 2018/19 of 24 July 2018 and its decisions 2004/322 of 11 November 2004 and 2009/211",
            [
                ("its", "resolution", "2018", 19, ""),
                ("its", "decision", "2004", 322, ""),
                ("its", "decision", "2009", 211, ""),
            ],
        ),
        ("resolutions 74/270 A and B", [(None, "resolution", "74", 270, "A"), (None, "resolution", "74", 270, "B")]),
        (
            "resolution 1999/44 of the Commission on Human Rights",
            [("Commission on Human Rights", "resolution", "1999", 44, "")],
        ),
        (
            "the decision of the Commission on Human Rights, in its resolution 1999/44 of 27 April 1999,",
            [("Commission on Human Rights", "resolution", "1999", 44, "")],
        ),
        (
            (
                "the resolutions of the Human Rights Council, the most recent of which being resolutions 47/1 of 12"
                " July 2021"
            ),
            [("Human Rights Council", "resolution", "47", 1, "")],
        ),
        (
            "Human Rights Council decision 18/120 of 30 September 2011 and resolutions 24/14 of 27 September 2013",
            [("Human Rights Council", "decision", "18", 120, ""), ("Human Rights Council", "resolution", "24", 14, "")],
        ),
        ("its resolutions concerning the Sudan, in particular 1591 (2005)", [("its", "resolution", "2005", 1591, "")]),
        (
            "decision 14/4 of 30 November 2018 of the Conference of the Parties",
            [("Conference", "decision", "14", 4, "")],
        ),
        (
            "resolutions ES-10/13 and S-24/2",
            [(None, "resolution", "ES-10", 13, ""), (None, "resolution", "S-24", 2, "")],
        ),
        ("the 2015/16 season, 1/3 of the votes, general comment No. 24 (2019)", []),
    ],
)
def test_resolutions_by_number_with_the_body_printed_for_them(
    text: str, found: list[tuple[str | None, str, str, int, str]]
) -> None:
    assert numbers(text) == found


def test_a_number_keeps_the_date_printed_after_it() -> None:
    first, second = find_numbers("resolutions 45/158 of 18 December 1990 and 52/111")
    assert (first.adopted_on, second.adopted_on) == (date(1990, 12, 18), None)


# ---------------------------------------------------------------- names, heads, locators


def test_a_committee_hides_the_treaty_inside_its_name() -> None:
    text = "the Committee on the Elimination of Discrimination against Women"
    assert [type(n) for n in find_names(text)] == [AgentMention]


def test_a_collective_name_stands_for_its_members() -> None:
    (found,) = find_names("the International Covenants on Human Rights,")
    assert isinstance(found, InstrumentMention)
    assert found.shorts == ("ICCPR", "ICESCR")


def test_a_name_must_be_a_whole_word() -> None:
    assert list(find_names("the Convention on the Rights of the Childlike")) == []


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("pursuant to article 87 of the Convention,", ["Convention"]),
        ("the Convention on Biological Diversity", []),
        ("the implementation of the present resolution", ["resolution"]),
        ("the resolution", []),
    ],
)
def test_short_forms_with_the_definite_article(text: str, heads: list[str]) -> None:
    assert [h.head for h in find_heads(text)] == heads


def test_a_treaty_the_lexicon_lacks_is_found_without_a_short_name() -> None:
    (found,) = find_unknown_instruments("the Convention on the Harmonization of Ferry Timetables,", ())
    assert found.shorts == ()


@pytest.mark.parametrize(
    ("text", "mention", "locator"),
    [
        ("Resolution 34/180, annex.", "34/180", "annex"),
        ("A/CONF.157/24 (Part I), chap. III.", "A/CONF.157/24 (Part I)", "chap. III"),
        ("pursuant to article 87 of the Convention", "the Convention", "article 87"),
        ("foreseen in articles 76 and 77 of the Convention", "the Convention", "articles 76 and 77"),
        ("Recalling resolution 45/158 of 18 December 1990", "45/158", None),
    ],
)
def test_the_place_inside_a_cited_document(text: str, mention: str, locator: str | None) -> None:
    start = text.index(mention)
    assert locator_of(text, start, start + len(mention)) == locator


# ---------------------------------------------------------------- acts


@pytest.mark.parametrize(
    ("text", "kind", "lead", "verb"),
    [
        ("Again calls upon all Member States", OPERATIVE, "Again calls upon", "call-upon"),
        ("Expresses its deep concern at", OPERATIVE, "Expresses its deep concern", "express-concern"),
        ("Takes note with appreciation of the report", OPERATIVE, "Takes note with appreciation", "take-note"),
        ("Deeply concerned at the grave situation", PREAMBULAR, "Deeply concerned", "concerned"),
        ("Reaffirming once more the permanent validity", PREAMBULAR, "Reaffirming once more", "reaffirm"),
        ("Noting with grave concern that", PREAMBULAR, "Noting with grave concern", "note"),
        ("Guided by the basic instruments", PREAMBULAR, "Guided by", "guided"),
    ],
)
def test_a_leading_phrase_is_the_verb_with_its_adverbs(text: str, kind: str, lead: str, verb: str) -> None:
    found = lead_at(text, 0, kind)
    assert found is not None
    assert (text[: found.end], found.verb.slug) == (lead, verb)


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        (
            (
                "Calls upon all Member States to consider signing the Convention, expresses the hope that it will"
                " enter into "
                "force, and notes that six ratifications are needed;"
            ),
            ["Calls upon", "expresses the hope", "notes"],
        ),
        (
            "Takes note of the report of the Secretary-General, and requests him to submit another;",
            ["Takes note", "requests"],
        ),
        ("Welcomes the report of the Committee, which notes that progress is slow;", ["Welcomes"]),
        ("Frobnicates the matter, and requests the Secretary-General to act;", ["Frobnicates", "requests"]),
    ],
)
def test_the_acts_of_an_operative_paragraph_in_order(text: str, leads: list[str]) -> None:
    acts = find_acts(text, preambular=False)
    assert [a.verb_text for a in acts] == leads
    assert all(text[a.start : a.lead_end] == a.verb_text for a in acts)
    assert all(a.end <= b.start for a, b in pairwise(acts))


def test_an_act_whose_verb_the_lexicon_lacks_has_no_verb() -> None:
    (act,) = find_acts("Frobnicates the matter;", preambular=False)
    assert act.verb is None


# ---------------------------------------------------------------- requests


def ask(text: str) -> tuple[str | None, str, str | None]:
    read = recognise(passage(text), preambular=False)
    found = parse_ask(text, read.acts[0], read.agents)
    return (
        found.addressee.of(text) if found.addressee else None,
        found.asks.of(text),
        found.condition.of(text) if found.condition else None,
    )


@pytest.mark.parametrize(
    ("text", "addressee", "asks", "condition"),
    [
        ("Requests the Secretary-General to submit a report;", "the Secretary-General", "submit a report", None),
        (
            "Calls upon States parties to the Convention to submit their report;",
            "States parties to the Convention",
            "submit their report",
            None,
        ),
        ("Invites States in a position to do so to contribute;", "States in a position to do so", "contribute", None),
        (
            (
                "Requests the Secretary-General to provide for its establishment, as soon as the Convention enters"
                " into force;"
            ),
            "the Secretary-General",
            "provide for its establishment, as soon as the Convention enters into force",
            "as soon as the Convention enters into force",
        ),
        (
            "Urges States and the entities referred to in article X to comply with their obligations;",
            "States and the entities referred to in article X",
            "comply with their obligations",
            None,
        ),
        (
            "Encourages States parties, with a view to enhancing its implementation, to take measures;",
            "States parties, with a view to enhancing its implementation",
            "take measures",
            None,
        ),
        ("Demands that all parties shall cease hostilities;", "all parties", "cease hostilities", None),
        (
            "Recommends in that context that the Partnership develop guidance to improve it;",
            "the Partnership",
            "develop guidance to improve it",
            None,
        ),
    ],
)
def test_the_parts_of_a_request(text: str, addressee: str, asks: str, condition: str | None) -> None:
    assert ask(text) == (addressee, asks, condition)


@pytest.mark.parametrize(
    ("phrase", "labels"),
    [
        ("the Secretary-General, in consultation with Member States,", ["Secretary-General"]),
        (
            (
                "the organizations and bodies of the United Nations system and intergovernmental and"
                " non-governmental organizations"
            ),
            [
                "organizations and bodies of the United Nations system",
                "intergovernmental organizations",
                "non-governmental organizations",
            ],
        ),
        (
            "intergovernmental and non\u2011governmental organizations",
            ["intergovernmental organizations", "non-governmental organizations"],
        ),
        ("all Member States that have not yet ratified the Convention", ["Member States"]),
        ("countries of destination", ["countries of destination"]),
        (
            "the International, Impartial and Independent Mechanism",
            ["International, Impartial and Independent Mechanism"],
        ),
        ("the Rule of Law Unit and other relevant parts of the Secretariat", ["Rule of Law Unit", "Secretariat"]),
        ("relevant humanitarian and development actors", ["humanitarian organizations", "development actors"]),
        ("the entities referred", ["entities"]),
        (
            "the Governments of India, Pakistan and the Sudan, and the United Nations",
            ["Government of India", "Government of Pakistan", "Government of Sudan", "United Nations"],
        ),
        ("Governments and Israel", ["Governments", "Israel"]),
        ("that the Working Group, particularly its Chair,", ["Working Group", "Chair"]),
        ("all States and enable the people", ["States"]),
        ("Member States, and in the context of all phases of peace processes, timely", ["Member States"]),
        ("the full, safe and unhindered delivery of assistance", []),
    ],
)
def test_addressees_by_the_head_of_their_name(phrase: str, labels: list[str]) -> None:
    agents = recognise(passage(phrase), preambular=False).agents
    assert [a.label for a in split_addressees(phrase, 0, len(phrase), agents)] == labels


@pytest.mark.parametrize(
    ("phrase", "thing"),
    [
        ("development partners", False),
        ("international financial institutions and other stakeholders", False),
        ("support offices", False),
        ("them", False),
        ("voluntary contributions by States", True),
        ("the further development of guidelines", True),
    ],
)
def test_what_nobody_is_asked_for(phrase: str, thing: bool) -> None:
    assert asks_for_a_thing(phrase) is thing


def test_a_slug_is_ascii_words() -> None:
    assert slug("Countries of destination’s police") == "countries-of-destinations-police"


@pytest.mark.parametrize(
    ("asks", "session", "year", "day", "rhythm"),
    [
        ("submit a report at its fifty-eighth session", "fifty-eighth", None, None, None),
        ("report to the Council at its substantive session of 2003", None, "2003", None, None),
        ("report no later than 30 December 2020", None, None, "30 December 2020", None),
        ("report to it annually", None, None, None, "annually"),
        ("report at its next session", "next", None, None, None),
        ("continue its work", None, None, None, None),
    ],
)
def test_when_an_asked_thing_is_due(
    asks: str, session: str | None, year: str | None, day: str | None, rhythm: str | None
) -> None:
    text = f"Requests the Secretary-General to {asks};"
    read = recognise(passage(text), preambular=False)
    due = find_due(text, parse_ask(text, read.acts[0], read.agents).asks)
    assert (due.session, due.session_year, due.date, due.frequency) == (session, year, day, rhythm)


@pytest.mark.parametrize(
    ("asks", "label"),
    [
        (
            "submit an updated report on the status of the Convention to the General Assembly",
            "updated report on the status of the Convention",
        ),
        ("submit to the Commission at its fifty-eighth session a report on migrants", "report on migrants"),
        ("take measures", None),
        ("seek the views of Member States and to submit a report thereon to the General Assembly", "report thereon"),
        (
            "prepare a summary report on the discussion and to submit it to the Council",
            "summary report on the discussion",
        ),
        ("provide information as a contribution to the report of the Secretary-General", None),
        ("continue to provide updates, taking into account the report of the Committee", None),
    ],
)
def test_what_an_asked_act_produces(asks: str, label: str | None) -> None:
    text = f"Requests the Secretary-General to {asks};"
    read = recognise(passage(text), preambular=False)
    product = find_product(text, parse_ask(text, read.acts[0], read.agents).asks)
    assert (product.label.of(text).strip() if product and product.label else None) == label


@pytest.mark.parametrize(
    "asks",
    [
        "continue to examine the question and to report thereon to the General Assembly at its seventy-sixth session",
        "consult States and to report, with specific recommendations, to the General Assembly its findings",
        "continue to report to the Council every four months and to include a detailed plan",
        "take measures and report back to the Council",
    ],
)
def test_an_asked_act_that_ends_in_a_report(asks: str) -> None:
    text = f"Requests the Secretary-General to {asks};"
    read = recognise(passage(text), preambular=False)
    product = find_product(text, parse_ask(text, read.acts[0], read.agents).asks)
    assert product is not None
    assert product.report


# ---------------------------------------------------------------- claims and notes


@pytest.mark.parametrize(
    ("text", "needed", "in_force"),
    [
        (
            (
                "notes that, pursuant to article 87 of the Convention, only six ratifications or accessions are"
                " still needed for it to enter into force;"
            ),
            6,
            None,
        ),
        ("only one more ratification or accession is needed for it to enter into force;", 1, None),
        ("Recalling also the entry into force of the Convention on 1 July 2003,", None, date(2003, 7, 1)),
        ("the Treaty, which entered into force on 22 January 2021,", None, date(2021, 1, 22)),
    ],
)
def test_claims_about_a_treaty(text: str, needed: int | None, in_force: date | None) -> None:
    (claim,) = find_statuses(text)
    assert (claim.needed, claim.in_force) == (needed, in_force)


def test_a_note_performs_no_act_and_ibid_is_a_mention() -> None:
    read = recognise_note(passage("Ibid., annex IV."))
    assert read.acts == ()
    assert [(type(m).__name__, m.locator) for m in read.mentions] == [("IbidMention", "annex IV")]


def test_a_number_inside_a_printed_symbol_is_not_read_twice() -> None:
    read = recognise(passage("Takes note of document A/RES/55/88 and of resolution 55/89;"), preambular=False)
    assert [m.number.serial for m in read.mentions if isinstance(m, NumberMention)] == [89]
