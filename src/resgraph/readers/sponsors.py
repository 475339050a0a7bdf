"""Who submitted a draft: the States of a list, or the words that say who else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.readers.states import states_listed
from resgraph.symbols import find_symbols

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUBMITTED = re.compile(r"^submitted by ", re.IGNORECASE)
_FOR_OTHERS = re.compile(r" \(on behalf of [^()]*\)|, on behalf of .*$", re.IGNORECASE)


def symbols_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.symbol for found in find_symbols(text)))


def sponsors_of(entries: Iterable[str]) -> tuple[tuple[str, ...], str | None]:
    """The States that submitted a draft, and what is said of who submitted it where that is more or other than States:
    `Guyana, on behalf of the States Members ...`, `the Chair of the Committee following informal consultations`.
    """
    states: list[str] = []
    words: list[str] = []
    for entry in entries:
        text = " ".join(entry.split())
        bare = _FOR_OTHERS.sub("", text)
        listed = states_listed(bare) if bare else ()
        states += listed or ()
        if text and (not listed or bare != text):
            words.append(_SUBMITTED.sub("", text))
    return tuple(dict.fromkeys(states)), "; ".join(words) or None
