"""Series and answers between two sessions of the Assembly, read one by one; `data/` lists them by their symbols.

`RESGRAPH_SESSIONS` names a store built from the resolutions of the seventy-fifth and seventy-sixth sessions.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from resgraph.derive.answers import answers
from resgraph.derive.corpus import read_corpus
from resgraph.derive.series import chains, neighbours
from resgraph.sparql import iris_of
from resgraph.store import open_store

DATA = Path(__file__).parent / "data"
STORE = os.environ.get("RESGRAPH_SESSIONS")
pytestmark = pytest.mark.skipif(not STORE, reason="RESGRAPH_SESSIONS names no store of the two sessions")


def listed(name):
    return {tuple(line.split()) for line in (DATA / name).read_text(encoding="utf-8").splitlines()}


@pytest.fixture(scope="module")
def corpus():
    store = open_store(Path(STORE or ""))
    return read_corpus(store, iris_of(store))


@pytest.fixture(scope="module")
def found(corpus):
    return neighbours(corpus)


def test_the_series_that_were_read_are_found(found):
    assert listed("series-75-76.txt") <= {(pair.after.symbol, pair.before.symbol) for pair in found}


def test_more_than_sixty_series_span_both_sessions(found):
    spanning = [p for p in found if (p.before.symbol.split("/")[2], p.after.symbol.split("/")[2]) == ("75", "76")]
    assert len(spanning) > 60


def test_the_answers_that_were_read_are_found_and_no_others(corpus, found):
    said = {
        (
            answer.asked.text.symbol,
            answer.asked.act.node.value.partition("#")[2],
            corpus.symbols[answer.noted.document].replace(" ", ""),
            answer.noted.resolution.symbol,
            answer.noted.part.node.value.partition("#")[2],
        )
        for answer in answers(corpus, chains(found))
        if answer.asked.text.symbol.startswith("A/RES/75/") and answer.noted.document
    }
    assert said == listed("answers-75-76.txt")
    assert len(said) > 30
