"""What follows from a corpus, in two steps: first what its records alone tell, then what takes the whole graph.

So a build can compare texts while it loads them. Quads come as they are made: neighbours in a series are compared pair
by pair, and no statement about one pair is made of another; only the few others wait for each other, to be merged.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from resgraph.derive.answers import requests_in
from resgraph.derive.constructs import constructed
from resgraph.derive.mandates import mandates_in
from resgraph.derive.requests import request_statements, unnamed_reports
from resgraph.derive.restatements import restatements
from resgraph.derive.revisions import matched, revisions
from resgraph.derive.series import chains, neighbours, series_statement
from resgraph.derive.sessions import between, unspoken_quads
from resgraph.derive.statements import concept_quads, merged, statement_quads
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Quad, Store

    from resgraph.derive.answers import Asked
    from resgraph.derive.records import Corpus
    from resgraph.derive.series import Neighbours
    from resgraph.derive.statements import Statement
    from resgraph.iris import Iris


class Derivation:
    """The derived graph of a corpus, as quads that belong together; `compared` comes before `concluded`."""

    def __init__(self, corpus: Corpus, iris: Iris) -> None:
        self._corpus = corpus
        self._iris = iris
        self._found = neighbours(corpus)
        self._asked: list[Asked] = []
        self._mandates: list[Statement] = []

    def compared(self) -> Iterator[Sequence[Quad]]:
        """What texts tell, one by one and beside their neighbours."""
        for resolution in self._corpus.resolutions:
            self._asked += requests_in(resolution)
            self._mandates += mandates_in(resolution, self._corpus)
        for pair in self._found:
            yield from self._quads(merged(self._statements(pair)))

    def concluded(self, store: Store) -> Iterator[Sequence[Quad]]:
        """The rest: what queries find in the store, where requests stand, and what all statements speak of."""
        said = list(constructed(store))
        recalled = {statement.subject: statement.object for statement in said if statement.predicate == RG.recalls}
        requests = request_statements(self._asked, self._corpus, chains(self._found), recalled, self._iris)
        statements = merged(chain(said, requests, self._mandates))
        yield from self._quads(statements)
        yield tuple(concept_quads(self._iris))
        missing = (between(p.before.session, p.after.session, self._corpus, self._iris) for p in self._found)
        yield tuple(unspoken_quads(chain.from_iterable(missing), self._corpus, self._iris))
        yield tuple(unnamed_reports(statements, self._corpus, self._iris))

    def _statements(self, pair: Neighbours) -> Iterator[Statement]:
        after, before = pair.after, pair.before
        yield series_statement(pair, self._corpus, self._iris)
        matches = matched(after, before)
        yield from revisions(after, before, matches)
        yield from restatements(after, before, [(after.parts[new], before.parts[old]) for new, old, _ in matches])

    def _quads(self, statements: Iterable[Statement]) -> Iterator[Sequence[Quad]]:
        return (tuple(statement_quads(statement, self._iris)) for statement in statements)
