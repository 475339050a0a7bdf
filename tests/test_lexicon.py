"""The words as data: every table follows its schema, and every example in it is read as it says."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import pytest

from resgraph.lexicon import LexiconError, load
from resgraph.lexicon.schema import Body, SessionYears, Verb
from resgraph.lexicon.tables import parse_table
from resgraph.recognise.leads import OPERATIVE, PREAMBULAR, lead_at
from resgraph.recognise.mentions import AgentMention, InstrumentMention
from resgraph.recognise.names import find_names

LEXICON = load()
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SHORT = re.compile(r"[A-Z0-9]+(?:[-+][A-Z0-9]+)*")
SYMBOL = re.compile(
    r"A/RES/\d+\((?:[IVXL]+|S-[IVX]+)\)[A-Z]?"  # A/RES/2200(XXI)A, A/RES/3201(S-VI)
    r"|A/RES/(?:S-|ES-)?\d+/\d+[A-Z]?"  # A/RES/45/158, A/RES/S-26/2, A/RES/67/234B
    r"|(?:A|E|FCCC|CBD)/[A-Z0-9./-]+[A-Za-z0-9./]*(?: \((?:Part|Vol\.) [IVX]+\))?"  # A/CONF.157/24 (Part I)
)

VERB = """
[[verb]]
slug = "note"
label = "notes"
force = "observing"
examples = ["Notes that"]
"""


def repeated(names):
    return [name for name, count in Counter(names).items() if count > 1]


def leads(phrase):
    return [lead for kind in (OPERATIVE, PREAMBULAR) if (lead := lead_at(phrase, 0, kind))]


# ---------------------------------------------------------------- tables and their schema


def test_a_row_becomes_a_value_with_tuples():
    (verb,) = parse_table(VERB, "verbs.toml", "verb", Verb)
    assert verb == Verb(slug="note", label="notes", force="observing", examples=("Notes that",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (VERB + "colour = 'red'", "verbs.toml, [[verb]] 'note': unknown key 'colour'; remove it or use one of slug,"),
        (VERB.replace('slug = "note"', ""), "verbs.toml, [[verb]] 'notes': the key 'slug' is missing; add it"),
        (VERB.replace("observing", "loud"), "'force': 'loud' is not allowed; use one of directive, deciding,"),
        (VERB.replace('["Notes that"]', "[]"), "'examples': not a list with at least one entry; write one"),
        (VERB.replace('["Notes that"]', "[1]"), "'examples': 1 is no str; write one"),
        (VERB.replace('"notes"', '""'), "'label': '' is no str; write one"),
        (VERB + "third", "verbs.toml: not valid TOML"),
        ("", "verbs.toml: it has no [[verb]] tables; add at least one"),
        ("verb = ['note']", "number 1: 'note' is no table; write it with its keys"),
    ],
)
def test_a_row_that_does_not_follow_the_schema_is_refused_with_its_place(text, message):
    with pytest.raises(LexiconError) as caught:
        parse_table(text, "verbs.toml", "verb", Verb)
    assert message in str(caught.value)


def test_the_lexicon_is_read_once():
    assert load() is LEXICON


def test_rows_are_found_by_key():
    assert LEXICON.verb("take-note").label == "takes note of"
    assert LEXICON.body("UNGA").label == "General Assembly"
    assert LEXICON.agent("secretary-general").kind == "office"
    assert LEXICON.state("cote-divoire").member
    assert LEXICON.instrument("ICRMW").adopted_as == "A/RES/45/158"


@pytest.mark.parametrize(
    ("rows", "key", "pattern"),
    [
        (LEXICON.verbs, "slug", SLUG),
        (LEXICON.adverbs, "words", None),
        (LEXICON.qualifiers, "word", None),
        (LEXICON.bodies, "key", SHORT),
        (LEXICON.agents, "key", SLUG),
        (LEXICON.states, "key", SLUG),
        (LEXICON.instruments, "short", SHORT),
    ],
    ids=["verbs", "adverbs", "qualifiers", "bodies", "agents", "states", "instruments"],
)
def test_keys_are_unique_sorted_and_well_formed(rows, key, pattern):
    keys = [getattr(row, key) for row in rows]
    assert not repeated(keys)
    assert keys == sorted(keys), "keep the tables of the file in the order of their keys"
    assert all(pattern is None or pattern.fullmatch(k) for k in keys)


def test_the_lexicon_is_as_large_as_the_practice_it_describes():
    assert len(LEXICON.verbs) >= 180
    assert len(LEXICON.agents) >= 200
    assert len(LEXICON.instruments) >= 130
    assert sum(1 for state in LEXICON.states if state.member) == 193
    assert {s.key for s in LEXICON.states if not s.member and not s.former} == {"holy-see", "state-of-palestine"}


# ---------------------------------------------------------------- verbs


def test_a_printed_form_belongs_to_one_verb():
    for kind in ("third", "participle", "adjective", "past", "base"):
        claims = [(form, noun) for v in LEXICON.verbs for form in getattr(v, kind) for noun in v.nouns or ("",)]
        assert not repeated(claims), f"{kind}: give each form to one verb, or tell them apart by `nouns`"


def test_forms_are_lower_case_and_nouns_are_single_words():
    for verb in LEXICON.verbs:
        assert verb.forms
        assert all(form == form.lower().strip() for form in verb.forms)
        assert all(re.fullmatch(r"[a-z]+", noun) for noun in verb.nouns)


@pytest.mark.parametrize("verb", LEXICON.verbs, ids=lambda verb: verb.slug)
def test_the_examples_of_a_verb_open_with_it(verb):
    for example in verb.examples:
        assert verb in [lead.verb for lead in leads(example)], example
    for example in verb.counter_examples:
        assert verb not in [lead.verb for lead in leads(example)], example


def test_the_requests_are_those_that_ask_somebody():
    asked = {verb.slug for verb in LEXICON.verbs if verb.request}
    assert asked >= {"request", "call-upon", "urge", "invite", "encourage", "appeal-to", "ask", "recommend", "instruct"}
    assert asked >= {
        "direct",
        "demand",
        "reiterate-request",
        "reiterate-call",
        "reiterate-appeal",
        "reiterate-invitation",
    }
    assert not asked & {"decide", "authorize", "welcome", "endorse", "express-hope", "call-for"}
    assert {LEXICON.verb(slug).force for slug in asked} == {"directive"}


# ---------------------------------------------------------------- adverbs


@pytest.mark.parametrize("adverb", LEXICON.adverbs, ids=lambda adverb: adverb.words)
def test_the_examples_of_an_adverb_hold_it_in_the_leading_phrase(adverb):
    assert adverb.before or adverb.after
    for example in adverb.examples:
        first, *_, last = [*adverb.words.split(), adverb.words.split()[-1]]
        phrases = [example[: lead.end].lower() for lead in leads(example)]
        assert any(first in phrase and last in phrase for phrase in phrases), example


@pytest.mark.parametrize("qualifier", LEXICON.qualifiers, ids=lambda qualifier: qualifier.word)
def test_the_examples_of_a_qualifier_have_a_verb_with_a_noun(qualifier):
    for example in qualifier.examples:
        assert any(lead.verb.nouns and qualifier.word in example[: lead.end] for lead in leads(example)), example


# ---------------------------------------------------------------- bodies


@pytest.mark.parametrize(
    ("key", "session", "year"),
    [
        ("UNGA", 1, 1946),
        ("UNGA", 57, 2002),
        ("CHR", 5, 1949),
        ("CHR", 57, 2001),
        ("UNHRC", 1, 2006),
        ("UNHRC", 3, 2006),
        ("UNHRC", 12, 2009),
        ("UNHRC", 54, 2023),
        ("UNHRC", 55, 2024),
        ("ECOSOC", 10, 1950),
        ("ECOSOC", 24, 1957),
        ("ECOSOC", 37, 1964),
        ("ECOSOC", 48, 1970),
        ("ECOSOC", 53, 1972),
    ],
)
def test_sessions_fall_into_their_years(key, session, year):
    assert LEXICON.body(key).year_of_session(session) == year


def test_a_year_has_a_session_where_it_has_only_one():
    assert LEXICON.body("UNGA").session_of_year(2002) == 57
    assert LEXICON.body("CHR").session_of_year(2001) == 57
    assert LEXICON.body("UNHRC").session_of_year(2009) is None
    assert LEXICON.body("UNSC").session_of_year(2009) is None


def test_sessions_end_where_the_body_ended():
    assert LEXICON.body("CHR").year_of_session(63) is None
    assert SessionYears(first=2, year=2000).year_of(1) is None


def test_parents_exist_and_prefixes_and_names_are_told_apart():
    keys = {body.key for body in LEXICON.bodies}
    assert {body.parent for body in LEXICON.bodies if body.parent} <= keys
    assert {body.predecessor for body in LEXICON.bodies if body.predecessor} <= keys
    for field in ("resolution_prefix", "document_prefix", "wikidata"):
        assert not repeated([value for body in LEXICON.bodies if (value := getattr(body, field))])


@pytest.mark.parametrize("body", LEXICON.bodies, ids=lambda body: body.key)
def test_a_body_is_coherent(body: Body):
    assert bool(body.session_years) <= (body.sessions != "none" or not body.session_years)
    assert all(formula.startswith("The ") and formula.endswith(",") for formula in body.formulas)
    assert body.resolution_prefix is None or body.formulas
    assert all(any(name in example for name in body.names) for example in body.examples)


# ---------------------------------------------------------------- agents, States


def test_a_name_belongs_to_one_agent_body_or_state():
    names = chain.from_iterable(row.names for row in (*LEXICON.agents, *LEXICON.bodies, *LEXICON.states))
    assert not repeated(names)
    keys = [row.key for row in (*LEXICON.agents, *LEXICON.bodies, *LEXICON.states)]
    assert not repeated(keys)


@pytest.mark.parametrize("agent", LEXICON.agents, ids=lambda agent: agent.key)
def test_the_examples_of_an_agent_name_it(agent):
    assert agent.examples
    for example in agent.examples:
        found = [m.agent.key for m in find_names(example) if isinstance(m, AgentMention)]
        assert agent.key in found, example


def test_the_longest_name_is_meant():
    (mention,) = find_names("Secretary-General of the League of Arab States")
    assert isinstance(mention, AgentMention)
    assert mention.agent.key == "secretary-general-las"


# ---------------------------------------------------------------- instruments


def test_a_name_belongs_to_one_instrument_or_collective():
    names = chain.from_iterable(row.names for row in (*LEXICON.instruments, *LEXICON.collectives))
    assert not repeated(names)
    agents = chain.from_iterable(row.names for row in (*LEXICON.agents, *LEXICON.bodies))
    taken = set(chain.from_iterable(row.names for row in (*LEXICON.instruments, *LEXICON.collectives)))
    assert not taken & set(agents)


def test_members_of_collectives_exist():
    shorts = {instrument.short for instrument in LEXICON.instruments}
    assert {member for collective in LEXICON.collectives for member in collective.members} <= shorts


def cited(text):
    return [m.shorts for m in find_names(text) if isinstance(m, InstrumentMention)]


@pytest.mark.parametrize("instrument", LEXICON.instruments, ids=lambda instrument: instrument.short)
def test_the_examples_of_an_instrument_cite_it_alone(instrument):
    for example in instrument.examples:
        assert cited(example) == [(instrument.short,)], example
    for example in instrument.counter_examples:
        assert (instrument.short,) not in cited(example), example


@pytest.mark.parametrize("collective", LEXICON.collectives, ids=lambda collective: collective.names[0])
def test_the_examples_of_a_collective_cite_its_members(collective):
    for example in collective.examples:
        assert collective.members in cited(example), example


@pytest.mark.parametrize("instrument", LEXICON.instruments, ids=lambda instrument: instrument.short)
def test_an_instrument_names_its_source_in_canonical_spelling(instrument):
    assert instrument.names[0] == instrument.label
    if instrument.adopted_as:
        assert SYMBOL.fullmatch(instrument.adopted_as)
    assert not instrument.locator or instrument.adopted_as
    if instrument.adopted_on:
        assert 1864 <= instrument.adopted_on.year <= 2025


@pytest.mark.parametrize(
    "short",
    ["CHARTER", "UDHR", "ICCPR", "ICESCR", "ICERD", "CEDAW", "CRC", "ICRMW", "CAT", "CRPD", "ICPPED", "VDPA", "BPFA"],
)
def test_the_shared_short_names_are_there(short):
    assert LEXICON.instrument(short)
