"""Where a reader finds what was found: the resolution, the part of it, the words, and their place in the file."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import asdict, dataclass, field
from textwrap import shorten
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Store

from resgraph.iris import whole_and_part
from resgraph.shacl_report import Result
from resgraph.vocab import PROV, RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resgraph.shacl.finding import Finding, Term

_WORDS = 100
_PARTS = (
    *(RG.hasParagraph, RG.hasPoint, RG.hasFootnote, RG.hasHeading, RG.hasAnnex, RG.hasAction, RG.hasCitation),
    *(RG.hasReference, RG.hasStatus, RG.hasVote, RG.hasProblem, RG.expects),
)


@dataclass(frozen=True, slots=True)
class Places:
    """Finds places in one store; the line ends of each text are counted once."""

    store: Store
    _ends: dict[str, list[int]] = field(default_factory=dict)

    def result(self, finding: Finding) -> Result:
        """The finding with its place."""
        node = self._node(finding.focus, finding.value)
        *_, resolution = self._ancestors(node)
        source = min(self._objects(resolution, PROV.wasDerivedFrom), key=str, default=None)
        words, start = self._climb(node, RG.exact), self._climb(node, RG.start)
        line, column = self._line_and_column(source, start)
        return Result(
            **asdict(finding),
            symbol=self._text(resolution, RG.symbol),
            part=whole_and_part(node.value)[1] or None if isinstance(node, NamedNode) else None,
            words=shorten(words, _WORDS, placeholder=" …") if words else None,
            file=self._text(source, RG.fileName),
            line=line,
            column=column,
        )

    def _node(self, focus: Term, value: Term | None) -> Term:
        """The part that a reader should look at: of a node of which nothing is said, what refers to it."""
        if value is not None and self._objects(value, RG.start):
            return value
        if self._objects(focus, None):
            return focus
        referring = (quad.subject for quad in self.store.quads_for_pattern(None, None, focus, None))
        return min(referring, key=str, default=focus)

    def _ancestors(self, node: Term) -> Iterator[Term]:
        """The node, what it is a part of, and so on up to the document."""
        seen: set[Term] = set()
        current: Term | None = node
        while current is not None and current not in seen:
            seen.add(current)
            yield current
            of = (q.subject for part in _PARTS for q in self.store.quads_for_pattern(None, part, current, None))
            current = min(of, key=str, default=None)

    def _climb(self, node: Term, predicate: NamedNode) -> str | None:
        """The nearest value, at the node or above it."""
        found = (self._text(ancestor, predicate) for ancestor in self._ancestors(node))
        return next((value for value in found if value is not None), None)

    def _objects(self, node: Term, predicate: NamedNode | None) -> list[Term]:
        if not isinstance(node, NamedNode | BlankNode):
            return []
        return [quad.object for quad in self.store.quads_for_pattern(node, predicate, None, None)]

    def _text(self, node: Term | None, predicate: NamedNode) -> str | None:
        texts = [] if node is None else self._objects(node, predicate)
        return min((getattr(text, "value", "") for text in texts), default=None)

    def _line_and_column(self, source: Term | None, start: str | None) -> tuple[int, int] | tuple[None, None]:
        """Both from 1; the column counts code points."""
        if source is None or start is None or not start.isdecimal():
            return None, None
        if str(source) not in self._ends:
            text = self._text(source, RG.text)
            if text is None:
                return None, None
            self._ends[str(source)] = [at for at, character in enumerate(text) if character == "\n"]
        ends = self._ends[str(source)]
        line = bisect_left(ends, int(start))
        return line + 1, int(start) - (ends[line - 1] if line else -1)
