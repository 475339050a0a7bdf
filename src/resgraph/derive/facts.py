"""What a graph says of its nodes, as far as derivations need it: noted of quads on their way, or read from a store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions

from resgraph.vocab import DCTERMS, RDF, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad, Store

    from resgraph.iris import Iris
    from resgraph.sparql import Term

    Value = NamedNode | str
    Row = dict[str, list[Value]]

_READ = (
    *(RG.hasParagraph, RG.hasPoint, RG.position, RG.text, RG.hasNote, RG.names, RG.marker, RG.missing),
    *(RG.hasAction, RG.verb, RG.verbText, RG.adverb, RG.start, RG.end, RG.exact),
    *(RG.hasCitation, RG.hasReference, RG.cites, RG.target, RG.viaFootnote),
    *(RG.addressee, RG.asks, RG.expects, RG.submitTo, RG.dueSession, RG.dueDate, RG.madeIn),
    *(RG.symbol, RG.adoptedBy, RG.adoptedOn, RG.adoptedInSession, RG.sessionOf, RG.sessionNumber, RG.sessionLabel),
    *(DCTERMS.title, RDFS.label, SKOS.prefLabel, SKOS.notation, RDF.type),
)
_NAMES = {node: node.value.replace("#", "/").rpartition("/")[2] for node in _READ}
KINDS = {RG.PreambularParagraph, RG.Report, RG.Office, RG.Body}
NONE: Row = {}


@dataclass(frozen=True, slots=True)
class Facts:
    """For each node the values of each property by its short name; of a literal its text, of types only the `KINDS`."""

    rows: dict[NamedNode, Row] = field(default_factory=lambda: defaultdict(dict))

    def noting(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Passes the quads on and keeps what they say."""
        note, names = self._note, _NAMES
        for quad in quads:
            if name := names.get(quad.predicate):
                note(quad.subject, name, quad.object)
            yield quad

    def _note(self, subject: object, name: str, value: object) -> None:
        if isinstance(subject, NamedNode):
            if isinstance(value, Literal):
                self.rows[subject].setdefault(name, []).append(value.value)
            elif isinstance(value, NamedNode) and (name != "type" or value in KINDS):
                self.rows[subject].setdefault(name, []).append(value)

    @classmethod
    def of(cls, store: Store, iris: Iris) -> Facts:
        """Everything outside the derived graph, so that derivations never rest on themselves."""
        facts = cls()
        for predicate, name in _NAMES.items():
            kinds = f" VALUES ?value {{ {' '.join(map(str, KINDS))} }}" if predicate == RDF.type else ""
            for subject, value in _stated(store, f"?subject {predicate} ?value{kinds}", iris):
                facts._note(subject, name, value)
        return facts

    def lines(self) -> Iterator[str]:
        """What is known of each node, the same however it was read."""
        for node, row in self.rows.items():
            said = [(name, sorted(set(map(str, row[name])))) for name in sorted(row)]
            yield f"{node} {said}"

    def having(self, name: str) -> list[NamedNode]:
        return [node for node, row in self.rows.items() if name in row]

    def of_kind(self, kind: NamedNode) -> frozenset[NamedNode]:
        return frozenset(node for node, row in self.rows.items() if kind in row.get("type", ()))

    def row(self, node: NamedNode | None) -> Row:
        return self.rows.get(node, NONE) if node else NONE


def _stated(store: Store, pattern: str, iris: Iris) -> Iterator[tuple[Term, Term]]:
    """To ask which graph each row is of would take three times as long as to leave out the derived rows.

    A query is three times as fast as `quads_for_pattern`.
    """
    text = f"SELECT ?subject ?value WHERE {{ {pattern} }}"
    derived = set(_pairs(store.query(text, default_graph=iris.derived_graph)))
    pairs = _pairs(store.query(text, use_default_graph_as_union=True))
    return (pair for pair in pairs if pair not in derived) if derived else pairs


def _pairs(answer: object) -> Iterator[tuple[Term, Term]]:
    return ((subject, value) for subject, value in answer) if isinstance(answer, QuerySolutions) else iter(())


def nodes(row: Row, name: str) -> list[NamedNode]:
    """In a fixed order, each once."""
    values = row.get(name)
    if values is None:
        return []
    found = [value for value in values if not isinstance(value, str)]
    return found if len(found) < 2 else sorted(set(found), key=lambda value: value.value)


def node(row: Row, name: str) -> NamedNode | None:
    return found[0] if name in row and (found := nodes(row, name)) else None


def text(row: Row, name: str) -> str:
    """The first in the alphabet, where there are several."""
    values = row.get(name)
    if values is None:
        return ""
    return min((value for value in values if isinstance(value, str)), default="") if values[1:] else _said(values[0])


def number(row: Row, name: str) -> int:
    value = text(row, name)
    return int(value) if value.lstrip("-").isdecimal() else 0


def _said(value: Value) -> str:
    return value if isinstance(value, str) else ""
