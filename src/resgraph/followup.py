"""The ledger of requests for reports: who was asked for what, by when, and which report answered.

It reads what `resgraph.derive` has derived. The world is open: a request without an answer is one to which no answer
stands in the documents that were read, or one that is due later than they reach.
"""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from resgraph.errors import GraphError
from resgraph.literals import literal
from resgraph.rows import Rows
from resgraph.sparql import evaluate
from resgraph.store import open_store
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Store, Triple

    from resgraph.rows import Term

_SHORT = 60
COLUMNS = ("date", "symbol", "place", "addressee", "report", "due", "status", "answer", "noted_in")
_QUESTION = """
SELECT ?request ?date ?symbol ?place ?agent ?addressee ?report ?due ?session ?status ?answer ?noted_in ?body
WHERE {
  ?request rg:answerStatus/skos:notation ?status ; rg:start ?start ; rg:expects/rdfs:label ?report .
  ?part rg:hasAction ?request .
  ?resolution rg:hasParagraph/rg:hasPoint* ?part .
  ?resolution rg:symbol ?reading ; rg:adoptedOn ?date ; rg:adoptedBy/skos:notation ?body .
  OPTIONAL { ?request rg:madeIn/rg:symbol ?made_in }
  BIND(COALESCE(?made_in, ?reading) AS ?symbol)
  BIND(IF(BOUND(?made_in), CONCAT("recalled in ", ?reading, " "), "") AS ?recalled)
  BIND(CONCAT(?recalled, STRAFTER(STR(?part), "#")) AS ?place)
  OPTIONAL { ?request rg:addressee ?agent . ?agent skos:prefLabel ?addressee }
  OPTIONAL { ?request rg:submitTo/skos:notation ?due_body }
  OPTIONAL { ?request rg:dueSession/rg:sessionLabel ?session }
  OPTIONAL { ?request rg:dueDate ?day }
  BIND(COALESCE(CONCAT(?due_body, " ", ?session), ?session, STR(?day)) AS ?due)
  OPTIONAL {
    ?request rg:answeredBy ?document .
    OPTIONAL { ?document rg:symbol ?named }
    OPTIONAL { ?document rdfs:label ?label }
    BIND(COALESCE(?named, ?label) AS ?answer)
    ?derivation rg:object ?document ; rg:subject ?request ; prov:wasDerivedFrom ?noting .
    ?later rg:hasParagraph/rg:hasPoint* ?noting .
    ?later rg:symbol ?later_symbol .
    BIND(CONCAT(?later_symbol, " ", STRAFTER(STR(?noting), "#")) AS ?noted_in)
  }
}
ORDER BY ?date ?symbol ?start ?addressee ?answer ?noted_in
"""


def ledger(
    graph: Path,
    *,
    body: str | None = None,
    addressee: str | None = None,
    due: str | None = None,
    status: str | None = None,
) -> Rows:
    """One row a request, by date; the statements of the rows are those about the requests and their answers.

    `body` is the short name of the body that asks, `addressee` the key of an agent, `due` a session as `UNGA 76` or
    `76`, or a date as printed, `status` the notation of an answer status. Raises GraphError where nothing was derived.
    """
    store = open_store(graph)
    wanted = {"body": body, "status": status}
    rows = list(entries(store))
    if not rows and not any(store.quads_for_pattern(None, RG.rule, None, None)):
        raise GraphError(str(graph), "it holds no derived statements", f"run: resgraph derive {graph}")
    chosen = [
        row
        for row in rows
        if all(value is None or _said(row[key]) == value for key, value in wanted.items())
        and due in (None, _said(row["due"]), _said(row["session"]))
        and (addressee is None or addressee in _said(row["agent"]).split())
    ]
    terms = tuple(tuple(row[column] for column in COLUMNS) for row in chosen)
    return Rows(COLUMNS, terms, tuple(_statements(store, (row["request"] for row in chosen))))


def brief(rows: Rows) -> Rows:
    """The same rows for a narrow table: without the dates, and with the reports in a few words."""
    at = rows.columns.index("report")
    terms = tuple(
        (*row[:at], literal(shorten(_said(row[at]), _SHORT, placeholder=" …")), *row[at + 1 :]) for row in rows.terms
    )
    return Rows(rows.columns, terms, rows.statements).without({"date"})


def entries(store: Store) -> Iterator[dict[str, Term | None]]:
    """One a request, by the columns of the question; `agent` has the keys of the addressees.

    Several addressees are joined, of several answers the first stands.
    """
    answer = evaluate(store, _QUESTION, where="followup")
    grouped: dict[str, list[dict[str, Term | None]]] = {}
    for terms in answer.terms:
        row = dict(zip(answer.columns, terms, strict=True))
        grouped.setdefault(_said(row["request"]), []).append(row)
    for rows in grouped.values():
        agents = dict.fromkeys(_said(row["agent"]).rpartition("/agent/")[2] for row in rows)
        names = dict.fromkeys(_said(row["addressee"]) for row in rows)
        yield rows[0] | {"agent": literal(" ".join(agents)), "addressee": literal("; ".join(filter(None, names)))}


def _statements(store: Store, requests: Iterable[Term | None]) -> Iterator[Triple]:
    """What is said of the requests, of the derivations about them, and of their answers."""
    for request in requests:
        if isinstance(request, NamedNode):
            derivations = [quad.subject for quad in store.quads_for_pattern(None, RG.subject, request, None)]
            answers = [quad.object for quad in store.quads_for_pattern(request, RG.answeredBy, None, None)]
            for node in (request, *derivations, *answers):
                if isinstance(node, NamedNode):
                    yield from (quad.triple for quad in store.quads_for_pattern(node, None, None, None))


def _said(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
