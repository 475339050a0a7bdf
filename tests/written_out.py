"""Stored questions as SPARQL with the values of their parameters written out, for those who cannot bind them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from resgraph.queries import index, stored

if TYPE_CHECKING:
    from resgraph.iris import Iris

_QUESTIONS = sorted((Path(__file__).parent / "competency").glob("*.json"))
_COMPUTED = r"\([^\n]*?AS \?\w+\)"
_LISTED = re.compile(rf"(SELECT(?: DISTINCT)?|GROUP BY)((?:\s+(?:\?\w+|{_COMPUTED}))+)")


@dataclass(frozen=True, slots=True)
class Case:
    """A stored question and the values of its parameters."""

    name: str
    params: tuple[tuple[str, object], ...]

    def text(self, iris: Iris) -> str:
        """The query, with terms in the place of its parameters; a column of such a term is left out."""
        question = stored(self.name)
        text = question.text
        for name, term in question.bindings(dict(self.params), iris).items():
            text = _LISTED.sub(lambda match: match[1] + _without(name, match[2]), text)  # noqa: B023
            text = re.sub(rf"[?$]{name}\b", lambda _: str(term), text)  # noqa: B023
        return text


def _without(name: str, columns: str) -> str:
    return re.sub(rf"{_COMPUTED}|[?]{name}\b", lambda match: match[0] if match[0][0] == "(" else "", columns)


def cases() -> list[Case]:
    """Each stored question: with the values that the questions of competency give it, else without any."""
    asked = [
        Case(question["query"], tuple(question["params"].items()))
        for path in _QUESTIONS
        for entry in json.loads(path.read_text(encoding="utf-8"))
        for question in entry["asked"]
    ]
    named = {case.name for case in asked}
    free = [Case(q.name, ()) for q in index().values() if not any(p.required for p in q.parameters)]
    return sorted(dict.fromkeys(asked + [case for case in free if case.name not in named]), key=str)
