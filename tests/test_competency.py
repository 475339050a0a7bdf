"""Questions that a graph of the seeds must answer, each by stored queries; the answers were found by reading the files.

`tests/competency/` has them by subject. `where` keeps the rows with these values; `compare` is exact, contains (these
rows are among the answers) or first (they are its first ones).
"""

import json
from datetime import date
from pathlib import Path

import pytest

from resgraph.queries import stored

HERE = Path(__file__).parent
QUESTIONS = [
    question
    for path in sorted((HERE / "competency").glob("*.json"))
    for question in json.loads(path.read_text(encoding="utf-8"))
]
ASKED = [
    pytest.param(asked, id=f"{question['number']:02}-{count}-{asked['query']}")
    for question in sorted(QUESTIONS, key=lambda question: question["number"])
    for count, asked in enumerate(question["asked"], 1)
]
GUIDE = (HERE.parent / "docs" / "guide" / "competency.md").read_text(encoding="utf-8")


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("asked", ASKED)
def test_the_answer_is_that_of_a_reader(asked, seeds_graph):
    rows = stored(asked["query"]).run(seeds_graph, asked["params"])
    chosen = [row for row in rows if all(row[name] == value for name, value in asked.get("where", {}).items())]
    found = [[plain(row[column]) for column in asked["columns"]] for row in chosen]
    if asked["compare"] == "contains":
        assert [row for row in asked["rows"] if row not in found] == []
        return
    assert (found[: len(asked["rows"])] if asked["compare"] == "first" else found) == asked["rows"]


def test_every_question_is_asked_once():
    assert sorted(question["number"] for question in QUESTIONS) == list(range(1, 76))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["number"]))
def test_the_guide_says_how_each_is_asked(question):
    row = next((line for line in GUIDE.splitlines() if line.startswith(f"| {question['number']} |")), "")
    for asked in question["asked"]:
        assert f"`{asked['query']}" in row
