"""What a graph says of its nodes, as far as derivations need it: noted of quads on their way, or read from a store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, parse

from resgraph.errors import UsageError
from resgraph.iris import foreign
from resgraph.vocab import DCTERMS, RDF, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

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
_LINES = {str(node).encode(): name for node, name in _NAMES.items()}
_KIND_LINES = {str(kind).encode() for kind in KINDS}


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

    def read(self, lines: bytes) -> Self:
        """Notes the same of N-Quads as they were written here: one statement a line, no blank nodes.

        Raises ValueError, and notes nothing, where it meets damage; not all damage is met.
        """
        rows: dict[bytes, Row] = {}
        known, of_line = _Nodes(), _LINES.get
        for line in lines.splitlines():
            subject, predicate, rest = line.split(b" ", 2)
            if (name := of_line(predicate)) is None:
                continue
            value = rest.rsplit(b" ", 2)[0]
            if name != "type" or value in _KIND_LINES:
                said = known[value] if value[:1] == b"<" else _text_of(value)
                row = rows.get(subject)
                if row is None:
                    row = rows[subject] = {}
                if name in row:
                    row[name].append(said)
                else:
                    row[name] = [said]
        for node, row in [(known[subject], row) for subject, row in rows.items()]:
            for name, values in row.items():
                self.rows[node].setdefault(name, []).extend(values)
        return self

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


class _Nodes(dict[bytes, NamedNode]):
    """Nodes as N-Quads write them, each made once."""

    def __missing__(self, written: bytes) -> NamedNode:
        try:
            self[written] = made = foreign(written[1:-1].decode())
        except UsageError as error:
            raise ValueError(str(error)) from error
        return made


def _text_of(written: bytes) -> str:
    """The text of a literal; whatever is written with a stroke, the parser reads."""
    if b"\\" not in written:
        return written[1 : written.rindex(b'"')].decode()
    try:
        (triple,) = parse(b"<x:x> <x:x> " + written + b" .", RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise ValueError(str(error)) from error
    return triple.object.value if isinstance(triple.object, Literal) else ""


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
