"""Series, answers and careers of mandates in real resolutions, read one by one; `data/` lists them by their symbols.

The resolutions are the marked-up ones of the corpus, which is looked for in RESGRAPH_CORPUS or beside the project.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from resgraph.derive import Facts
from resgraph.derive.answers import answers
from resgraph.derive.corpus import corpus_of
from resgraph.derive.mandates import mandate_statements
from resgraph.derive.series import chains, neighbours
from resgraph.iris import Iris
from resgraph.pipeline import quads
from resgraph.vocab import RG, RG_NAMESPACE

DATA = Path(__file__).parent / "data"
CORPUS = Path(os.environ.get("RESGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus")) / "akn"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus: set RESGRAPH_CORPUS to its folder")


def listed(name):
    return {tuple(line.split()) for line in (DATA / name).read_text(encoding="utf-8").splitlines()}


def said_by(*folders):
    """What derivations know of the resolutions in folders of the corpus; other documents there are left out."""
    files = [path for folder in folders for path in sorted((CORPUS / folder).rglob("*.xml")) if "PRST" not in path.name]
    facts = Facts()
    assert sum(1 for _ in facts.noting(quads(files, Iris())))
    return corpus_of(facts)


@pytest.fixture(scope="module")
def assembly():
    return said_by("GA/75session", "GA/76session")


@pytest.fixture(scope="module")
def councils():
    return said_by("HRC", "SC")


def test_the_series_that_were_read_are_found(assembly):
    found = {(pair.after.symbol, pair.before.symbol) for pair in neighbours(assembly)}
    assert listed("series-75-76.txt") <= found


def test_more_than_sixty_series_span_both_sessions(assembly):
    found = neighbours(assembly)
    spanning = [p for p in found if (p.before.symbol.split("/")[2], p.after.symbol.split("/")[2]) == ("75", "76")]
    assert len(spanning) > 60


def test_the_answers_that_were_read_are_found_and_no_others(assembly):
    said = {
        (
            answer.asked.text.symbol,
            answer.asked.act.node.value.partition("#")[2],
            assembly.symbols[answer.noted.document].replace(" ", ""),
            answer.noted.resolution.symbol,
            answer.noted.part.node.value.partition("#")[2],
        )
        for answer in answers(assembly, chains(neighbours(assembly)))
        if answer.asked.text.symbol.startswith("A/RES/75/") and answer.noted.document
    }
    assert said == listed("answers-75-76.txt")
    assert len(said) > 30


def test_what_became_of_the_mandates_that_were_read_and_of_no_others(councils):
    said = {
        (
            *(node.value.removeprefix(Iris().base) for node in (statement.subject, statement.object)),
            statement.predicate.value.removeprefix(RG_NAMESPACE),
        )
        for statement in mandate_statements(councils)
        if statement.predicate != RG.welcomesMandate
    }
    assert said == listed("mandates-councils.txt")
    assert {kind for _, _, kind in said} == {"createsMandate", "extendsMandate", "renamesMandate"}
