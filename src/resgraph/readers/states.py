"""Names of States in lists of voters and sponsors, however they are spelt: `COTE D'IVOIRE`, `Türkiye`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from resgraph.lexicon import load

_OTHER = re.compile(r"\bthe\b|[^a-z ()]")
_COMMA = re.compile(r",\s+(?![^(]{0,60}\))")


@lru_cache(maxsize=4096)
def state_named(name: str) -> str | None:
    """The label of the State of that name; None where the lexicon has none."""
    return _labels().get(_folded(name))


def states_listed(text: str) -> tuple[str, ...] | None:
    """The States of a list such as `Chile, Trinidad and Tobago and Viet Nam`; None where not all of it are States."""
    found: list[str] = []
    for piece in _COMMA.split(text.strip(" .")):
        states = _coordinated(piece.removeprefix("and ").strip())
        if states is None:
            return None
        found += states
    return tuple(dict.fromkeys(found))


def _coordinated(piece: str) -> list[str] | None:
    """One name, or names joined by `and`, which may be part of a name too."""
    if state := state_named(piece):
        return [state]
    words = piece.split(" and ")
    for cut in range(1, len(words)):
        first = state_named(" and ".join(words[:cut]))
        if first and (rest := _coordinated(" and ".join(words[cut:]))):
            return [first, *rest]
    return None


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = _OTHER.sub("", plain.replace("-", " "))
    return " ".join(plain.split())


@cache
def _labels() -> dict[str, str]:
    labels: dict[str, str] = {}
    for state in load().states:
        for name in (state.label, *state.names):
            labels.setdefault(_folded(name), state.label)
    return labels
