"""The ledger of requests for reports: what answers each, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad

from resgraph.derive.answers import Answer, Asked, answers
from resgraph.derive.statements import Statement
from resgraph.iris import whole_and_part
from resgraph.literals import literal
from resgraph.vocab import RDF, RDFS, RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import NamedNode

    from resgraph.derive.records import Corpus
    from resgraph.iris import Iris


def request_statements(
    requests: Sequence[Asked],
    corpus: Corpus,
    chain: Mapping[NamedNode, NamedNode],
    recalled: Mapping[NamedNode, NamedNode],
    iris: Iris,
) -> Iterator[Statement]:
    """`rg:answeredBy` and `rg:answerStatus`; a request that was read stands for those that recall it.

    `recalled` leads from the latter to the former.
    """
    found: dict[NamedNode, list[Statement]] = {}
    for answer in answers(corpus, chain, requests):
        statement = _answered(answer, recalled, iris)
        found.setdefault(statement.subject, []).append(statement)
        yield statement
    for asked in requests:
        if asked.act.node not in recalled:
            yield _status(asked, corpus, found.get(asked.act.node, []), iris)


def unnamed_reports(statements: Iterable[Statement], corpus: Corpus, iris: Iris) -> Iterator[Quad]:
    """Descriptions of the reports whose symbols the documents have lost, in the words that take note of them."""
    graph = iris.derived_graph
    lost = {s.object for s in statements if s.predicate == RG.answeredBy and s.object not in corpus.symbols}
    homes = {whole_and_part(node.value)[0] for node in lost}
    texts = (text for text in corpus.resolutions if text.node.value in homes)
    acts = (act for text in texts for part in text.parts for act in part.acts)
    for act in acts:
        node = iris.report(act.node)
        if node in lost:
            yield Quad(node, RDF.type, RG.Document, graph)
            yield Quad(node, RDF.type, RG.Report, graph)
            yield Quad(node, RDFS.label, literal(" ".join(act.words[act.words.rindex("report") :].split())), graph)


def _answered(answer: Answer, recalled: Mapping[NamedNode, NamedNode], iris: Iris) -> Statement:
    noted, asked = answer.noted, answer.asked
    return Statement(
        subject=recalled.get(asked.act.node, asked.act.node),
        predicate=RG.answeredBy,
        object=noted.document or iris.report(noted.act.node),
        rule=answer.rule,
        evidence=(asked.act.node, noted.act.node, *noted.evidence),
        as_of=noted.resolution.adopted,
    )


def _status(asked: Asked, corpus: Corpus, found: list[Statement], iris: Iris) -> Statement:
    key = "answered" if found else "due-later" if _due_later(asked, corpus) else "none-in-corpus"
    evidence = (part for statement in found for part in statement.evidence)
    return Statement(
        subject=asked.act.node,
        predicate=RG.answerStatus,
        object=iris.answer(key),
        rule="where-it-stands",
        evidence=(asked.act.node, *evidence),
        as_of=max((statement.as_of for statement in found), default=corpus.last_day.get(asked.text.body, "")),
    )


def _due_later(asked: Asked, corpus: Corpus) -> bool:
    """Due at a session, or on a day, that no resolution read of that body reaches."""
    due, day = asked.request.due, asked.request.due_date
    if due is not None:
        return due.number > corpus.reach.get(due.body, -1) if due.regular else False
    return bool(day) and str(day) > corpus.last_day.get(asked.text.body, "")[: len(str(day))]
