"""Claims about a treaty's status: ratifications still needed, a date of entry into force."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model.values import value
from resgraph.numerals import DAY_MONTH_YEAR, cardinal, first_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# "only six ratifications or accessions are still needed for it to enter into force" (A/RES/55/88, para. 3);
# "only one more ratification or accession is needed" (A/RES/57/201, para. 3).
_NEEDED = re.compile(
    r"\b(?P<count>\w+(?:-\w+)?) (?:more |further |additional )?(?:ratifications?|accessions?|instruments? of"
    r" ratification|signatures?)"
    r"[^;.]{0,60}? (?:is|are)(?: still)? (?:needed|required|necessary)\b[^;.]{0,60}?\b(?:enter into force|entry"
    r" into force)"
)
# "the entry into force of the Convention on 1 July 2003" (A/RES/59/262, preamble); "which entered into force on ...".
_IN_FORCE = re.compile(
    rf"\b(?:entry into force,? on (?P<early>{DAY_MONTH_YEAR}),? of\b[^;.]{{4,240}}"
    rf"|entry into force of\b[^;.]{{4,240}}? on (?P<late>{DAY_MONTH_YEAR})"
    rf"|(?:entered|came) into force on (?P<verbal>{DAY_MONTH_YEAR}))"
)
_ARTICLE = re.compile(r"\bpursuant to (article \d+(?: \(\d+\))?)")


@value
class StatusMention:
    """A claim at `text[start:end]`; the instrument is the one named or meant within or last before it."""

    start: int
    end: int
    needed: int | None = None
    in_force: date | None = None
    locator: str | None = None


def find_statuses(text: str) -> Iterator[StatusMention]:
    """Every claim of a passage that gives a figure or a full date."""
    if "into force" not in text:
        return
    for match in _NEEDED.finditer(text):
        if (count := cardinal(match["count"])) is not None:
            article = _ARTICLE.search(text, max(0, match.start() - 120), match.start())
            start = article.start() if article else match.start()
            yield StatusMention(start, match.end(), needed=count, locator=article[1] if article else None)
    for match in _IN_FORCE.finditer(text):
        printed = match["early"] or match["late"] or match["verbal"]
        if printed and (on := first_date(printed)):
            yield StatusMention(match.start(), match.start() + len(match[0].rstrip()), in_force=on)
