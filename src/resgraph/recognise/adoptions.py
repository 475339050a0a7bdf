"""What a mention says of the adoption of what it names: `adopted by the World Conference on 25 June 1993`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model.values import value
from resgraph.numerals import DAY_MONTH_YEAR, MONTH, MONTHS, first_date

if TYPE_CHECKING:
    from datetime import date

    from resgraph.model import Agent
    from resgraph.recognise.mentions import AgentMention

# "the Vienna Declaration and Programme of Action adopted in June 1993 by the World Conference on Human Rights"
# (Commission on Human Rights resolution 2001/53); "the New York Declaration, adopted on 19 September 2016".
_ADOPTED = re.compile(r"(?: \([^()]{1,60}\))?,? (?:(?:which|that|as) (?:was |were )?)?(?:unanimously )?adopted(?= )")
_END = re.compile(r"[;:]|, (?!by |on |in (?!particular)|at )|,? (?:and|but|which|that|as well as|opened) ")
_WHEN = re.compile(
    rf"\b(?:on|resolution [\w/() -]{{1,30}} of) (?P<day>{DAY_MONTH_YEAR})"
    rf"|\bin (?:(?P<month>{MONTH}) )?(?P<year>(?:19|20)\d\d)\b"
)
_MORE_OF_A_NAME = re.compile(r" (?:of the )?[A-Z]")
_LONGEST = 240


@value
class Adopted:
    """When and by whom something was adopted: a date, or `YYYY-MM` / `YYYY` where no more is printed."""

    on: date | str | None = None
    by: Agent | None = None


def adopted_after(text: str, end: int, agents: tuple[AgentMention, ...]) -> Adopted:
    """What the words behind a name that ends at `end` say of its adoption; nothing where they are of something else."""
    begun = _ADOPTED.match(text, end, end + _LONGEST)
    if begun is None:
        return Adopted()
    stop = _clause_end(text, begun.end(), agents)
    when = _WHEN.search(text, begun.end(), stop)
    return Adopted(_date(when) if when else None, _adopter(text, begun.end(), stop, agents))


def _adopter(text: str, start: int, end: int, agents: tuple[AgentMention, ...]) -> Agent | None:
    """The agent after "by the", unless its name only begins another one: `the United Nations Conference on`."""
    for named in agents:
        if start <= named.start < end and text.endswith("by the ", 0, named.start):
            return None if _MORE_OF_A_NAME.match(text, named.end) else named.agent
    return None


def _clause_end(text: str, start: int, agents: tuple[AgentMention, ...]) -> int:
    """Where the words on the adoption end; an "and" within the name of an agent does not end them."""
    for match in _END.finditer(text, start, start + _LONGEST):
        if not any(agent.start < match.start() < agent.end for agent in agents):
            return match.start()
    return min(len(text), start + _LONGEST)


def _date(match: re.Match[str]) -> date | str | None:
    if match["day"]:
        return first_date(match["day"])
    return f"{match['year']}-{MONTHS.index(match['month']) + 1:02}" if match["month"] else match["year"]
