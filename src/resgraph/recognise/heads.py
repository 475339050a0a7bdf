"""References back: `the Convention`, `the said resolution`, `the present resolution`, and treaty names the lexicon
lacks.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from resgraph.lexicon import load
from resgraph.recognise.mentions import HeadMention, IbidMention, InstrumentMention

if TYPE_CHECKING:
    from collections.abc import Iterator

# its first character is searched for, so that the search is fast; then come the boundary before it and the rest
_DETERMINER = r"(?P<determiner>[Tt](?<!\w.)h(?:e(?:(?<=the) (?:said|above-mentioned|aforementioned|present))?|is|at))"
# What follows a head that is the beginning of a longer name, not a short form: "the Convention on the Rights of ...".
_LONGER = r"(?! (?:on|against|for|relating|concerning|between|establishing|of) (?:the )?[A-Z])(?! [A-Z][a-z])(?![\w-])"
_IBID = re.compile(r"\bIbid\.", re.I)
_KINDS = ("Convention", "Treaty", "Covenant", "Protocol", "Charter")
_MATTER = ("on", "against", "for", "relating to", "concerning")
_NAMED = tuple(f"{kind} {matter} " for kind in _KINDS for matter in _MATTER)
_UNKNOWN = re.compile(
    rf"(?:[A-Z][\w-]+ ){{0,6}}(?:{'|'.join(_KINDS)}) (?:{'|'.join(_MATTER)}) "
    r"(?:the |[a-z]+ ){0,2}[A-Z][\w-]+(?: (?:(?:of|on|and|the|in|to|for|by|with|from|all|their)"
    r" ){0,3}[A-Z][\w-]+){0,14}"
)


@cache
def _heads() -> re.Pattern[str]:
    heads = {head for instrument in load().instruments for head in instrument.heads} | {"resolution"}
    words = "|".join(re.escape(h) for h in sorted(heads, key=lambda h: (-len(h), h)))
    first = "".join(sorted({head[0] for head in heads}))
    return re.compile(rf"{_DETERMINER} (?=[{first}])(?P<head>{words}){_LONGER}(?! \d)")


def find_heads(text: str) -> Iterator[HeadMention]:
    """Short forms with a definite determiner; "the resolution" only with `said`, `present` and the like."""
    for match in _heads().finditer(text):
        determiner = match["determiner"].lower()
        if match["head"] == "resolution" and determiner in ("the", "that"):
            continue
        yield HeadMention(match.start(), match.end(), determiner, match["head"])


def find_ibids(text: str) -> Iterator[IbidMention]:
    """`Ibid.` in the text of a note."""
    for match in _IBID.finditer(text):
        yield IbidMention(match.start(), match.end())


def find_unknown_instruments(text: str, known: tuple[tuple[int, int], ...]) -> Iterator[InstrumentMention]:
    """Treaty names that the lexicon lacks, outside the spans already known: mentions without a short name."""
    if not any(named in text for named in _NAMED):
        return
    for match in _UNKNOWN.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in known):
            yield InstrumentMention(match.start(), match.end(), ())
