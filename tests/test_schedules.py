"""What a mention says of the adoption of what it names, and what an act puts on the agenda of a session."""

from datetime import date

import pytest

from resgraph.recognise.acts import find_acts
from resgraph.recognise.adoptions import Adopted, adopted_after
from resgraph.recognise.agendas import Scheduled, find_scheduled
from resgraph.recognise.mentions import AgentMention
from resgraph.recognise.names import find_names

# ---------------------------------------------------------------- what a mention says of the adoption of what it names


def adopted(text: str, name: str) -> tuple[date | str | None, str | None]:
    agents = tuple(m for m in find_names(text) if isinstance(m, AgentMention))
    found = adopted_after(text, text.index(name) + len(name), agents)
    return found.on, found.by and found.by.key


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        (
            "the Programme of Action adopted by the World Conference on Human Rights on 25 June 1993",
            "Programme of Action",
            (date(1993, 6, 25), "world-conference-human-rights"),
        ),
        (
            "the Programme of Action adopted in June 1993 by the World Conference on Human Rights (A/CONF.157/23),",
            "Programme of Action",
            ("1993-06", "world-conference-human-rights"),
        ),
        (
            "the Declaration, adopted by the General Assembly in its resolution 41/128 of 4 December 1986, which",
            "Declaration",
            (date(1986, 12, 4), "UNGA"),
        ),
        ("the New York Declaration, adopted on 19 September 2016,", "New York Declaration", (date(2016, 9, 19), None)),
        ("the Guidelines, adopted by the Council of the Organization in 2004, and", "Guidelines", ("2004", None)),
        (
            "the Declaration adopted by the World Conference, in particular its resolution 66/144 of 19 December 2011",
            "Declaration",
            (None, None),
        ),
        ("the Programme, adopted by the United Nations Conference on Arms, and", "Programme", (None, None)),
        ("the Convention, and the report adopted on 4 May 2001", "Convention", (None, None)),
    ],
)
def test_when_and_by_whom_something_was_adopted(text, name, found):
    assert adopted(text, name) == found


def test_words_that_say_nothing_of_an_adoption():
    assert adopted_after("the Convention", 14, ()) == Adopted()


# ---------------------------------------------------------------- what is put on the agenda of a session


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Decides to consider the report at its fifty-eighth session under the sub-item entitled “Human rights”.",
            Scheduled("fifty-eighth", "Human rights"),
        ),
        (
            "Decides to include in the provisional agenda of its fifty-eighth session the item entitled “Groups”.",
            Scheduled("fifty-eighth", "Groups"),
        ),
        (
            "Decides to include in the agenda of its tenth session, under the item “Trade”, the sub-item “Debt”.",
            Scheduled("tenth", "Debt"),
        ),
        ("Decides to revert to the question at its next session.", Scheduled("next", None)),
        ("Further decides to continue its consideration of the matter at its 2022 session.", Scheduled("2022", None)),
        ("Decides to remain seized of the matter.", None),
        ("Decides to establish, at its seventy-seventh session, a working group.", None),
        ("Requests the Council to consider the report at its fifty-eighth session.", None),
    ],
)
def test_what_is_put_on_an_agenda(text, found):
    (act,) = find_acts(text, preambular=False)
    assert find_scheduled(text, act) == found
