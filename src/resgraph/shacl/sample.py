"""What a build knows of its graph when it has written it: one node for each sort of description that went by.

Most questions look at no more than one node's own statements, and of these at no more than which predicates it has, how
often, with values of which kind. Nodes that are alike in that give the same answer, so that a sample with one node of
each sort tells whether the store need be asked. Only that it need not is taken from the sample: where the sample breaks
a question, the store is asked, as it is all that the sample cannot tell.

A description is what one batch of lines says of one node in one graph. That a node has a statement is seen in one
description; that it has no other is known where all statements of the predicate stand in the graph of their document.
Held are one node of each sort and the names of the graphs, whatever the number of nodes.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice, starmap, takewhile
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, RdfFormat, Store

from resgraph.shacl.conditions import CAST, LOGICAL, number
from resgraph.shacl.questions import is_property
from resgraph.shacl.spans import HOMELY, WATCHED, Spans
from resgraph.vocab import RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resgraph.shacl.questions import Question
    from resgraph.shacl.shape import Constraint, Term

    Description = tuple[list[bytes], list[int]]
    Sort = tuple[bool, bool, frozenset[bytes], frozenset[bytes]]

_TYPE, _SUBCLASS = str(RDF.type).encode(), str(RDFS.subClassOf).encode()
_NONE = frozenset[bytes]()
_BOOLEAN = f'"^^{XSD.boolean}'.encode()


class Sample:
    """Takes note of N-Quads as they are written here: a statement a line, each in a named graph."""

    def __init__(self) -> None:
        self._lines = 0
        self._trusted = True
        self._whole = True
        self._scattered: set[bytes] = set()
        self._graphs: set[bytes] = set()
        self._sorts: dict[Sort, bytes] = {}
        self._spans = Spans()

    def note(self, lines: bytes) -> None:
        """Takes note of a batch, with all that stands in the graphs that its documents have for themselves."""
        try:
            self._note(list(dict.fromkeys(lines.splitlines())))
        except ValueError:
            self._trusted = False

    def _note(self, lines: list[bytes]) -> None:
        described: dict[tuple[bytes, bytes], Description] = {}
        marks: list[bytes] = []
        watched: list[tuple[bytes, bytes, bytes, bytes]] = []
        about = named = b""
        for at, line in enumerate(lines):
            subject, predicate, rest = line.split(b" ", 2)
            value, graph, _ = rest.rsplit(b" ", 2)
            if subject != about or graph != named:
                about, named = subject, graph
                marks, runs = described.setdefault((subject, graph), ([], []))
                runs.append(at)
            iri = value[:1] == b"<" != value[1:2] and predicate != _TYPE
            marks.append(predicate if iri else _mark(predicate, value))
            if predicate in WATCHED:
                watched.append((subject, predicate, value, graph))
        self._lines += len(lines)
        self._spans.note(watched)
        self._sort_all(described, lines)

    def _sort_all(self, described: dict[tuple[bytes, bytes], Description], lines: list[bytes]) -> None:
        homes = set()
        for (subject, graph), (marks, runs) in described.items():
            if home := subject.partition(b"#")[0].rstrip(b">") == graph[:-1]:
                homes.add(graph)
            once, twice = frozenset(marks), _NONE
            if len(once) < len(marks):
                twice = frozenset(mark for mark, number in Counter(marks).items() if number > 1)
            sort = subject[:1] == b"<", home, once, twice
            if b"\\" in subject or graph[:1] != b"<":
                raise ValueError(subject)
            if sort not in self._sorts:
                self._sorts[sort] = self._example(subject, home, _said(subject, graph, runs, lines))
        self._whole &= self._graphs.isdisjoint(homes)
        self._graphs |= homes

    def _example(self, subject: bytes, home: bool, said: list[bytes]) -> bytes:
        """What is said of a node, said of one that is only in the sample."""
        statements = [line.split(b" ", 1) for line in said]
        predicates = {predicate for predicate, _ in statements}
        if any(predicate[:1] != b"<" or b"\\" in predicate for predicate in predicates):
            raise ValueError(subject)
        self._whole &= _SUBCLASS not in predicates
        if not home:
            self._scattered |= predicates | {value for predicate, value in statements if predicate == _TYPE}
        node = (b"<urn:sort:%d>" if subject[:1] == b"<" else b"_:sort%d") % len(self._sorts)
        return b"".join(b"%b %b .\n" % (node, line) for line in said)

    def open_questions(self, store: Store, asked: Iterable[Question]) -> list[Question]:
        """Those that must be put to the store; all of them, if it holds more than was noted."""
        asked = list(asked)
        if not self._trusted or self._lines < len(store):
            return asked
        few = Store()
        few.bulk_load(b"".join(self._sorts.values()), RdfFormat.N_TRIPLES)
        placed = self._has_whole(HOMELY)
        left = [question for question in asked if not (placed and self._spans.settle(question))]
        return [question for question in left if not (self._knows(question) and _is_unbroken(few, question))]

    def _knows(self, question: Question) -> bool:
        """True where no node breaks the question if none of the sample does."""
        shape, targets = question.shape, question.targets
        if question.select or not (shape.path is None or is_property(shape.path)):
            return False
        own = [one for one in shape.constraints if one.component in question.components]
        if all(map(_is_of_kind, own)):
            return True
        if any(name not in ("targetClass", "targetSubjectsOf") for name, _ in targets):
            return False
        if all(_is_of_presence(shape.path, one) for one in own):
            return True
        used: set[Term | str] = {term for _, term in targets}
        return all(_is_about_node(shape.path, one, used) for one in own) and self._has_whole(used)

    def _has_whole(self, terms: Iterable[Term | str]) -> bool:
        """True where all that a node has of these predicates and classes stands in one description."""
        return self._whole and self._scattered.isdisjoint(str(term).encode() for term in terms)


def _said(subject: bytes, graph: bytes, runs: list[int], lines: list[bytes]) -> list[bytes]:
    """What lines say of a node in a graph, from the starts of the runs of lines that are about it."""
    start, end = subject + b" ", b" " + graph + b" ."

    def is_said(line: bytes) -> bool:
        return line.startswith(start) and line.endswith(end)

    found = (takewhile(is_said, islice(lines, run, None)) for run in runs)
    return [line[len(start) : -len(end)] for line in chain.from_iterable(found)]


def _mark(predicate: bytes, value: bytes) -> bytes:
    """What a question about kinds can tell a statement by: its class, or what sort of value it has."""
    if value[:1] != b'"':
        return b"a " + value if predicate == _TYPE else predicate + value[:2]
    kind = value[value.rindex(b'"') :]
    shown = value if kind == _BOOLEAN else value[:2] if value[:2] == b'""' else b""
    return predicate + shown + kind


def _is_unbroken(few: Store, question: Question) -> bool:
    found: Any = few.query(question.query)
    return not any(True for _ in found)


def _is_of_kind(constraint: Constraint) -> bool:
    """True for what is asked of each statement alone, and of no more than the kind of its value."""
    if constraint.name == "minLength":
        return number(constraint.terms[0]) <= 1
    return constraint.name == "nodeKind" or (constraint.name == "datatype" and constraint.terms[0] not in CAST)


def _is_of_presence(path: str | None, constraint: Constraint) -> bool:
    """True for what a node satisfies by what it has, whatever else it has; a path to other nodes leads nowhere here."""
    if constraint.name in ("or", "and"):
        inner = [(shape.path, one) for shape in constraint.shapes for one in shape.constraints]
        plain = path is None and not any(shape.properties for shape in constraint.shapes)
        return plain and all(starmap(_is_of_presence, inner))
    if constraint.name == "minCount":
        return path is not None and number(constraint.terms[0]) == 1
    if constraint.name == "hasValue":
        return path is not None and not is_property(path)
    return constraint.name == "class" and path is None


def _is_about_node(path: str | None, constraint: Constraint, used: set[Term | str]) -> bool:
    """True for what is asked of all that a node has of some predicates and classes, which are added to those `used`."""
    if path and not is_property(path):
        return False
    if constraint.name in LOGICAL:
        inner = [(shape.path, one) for shape in constraint.shapes for one in shape.constraints]
        plain = path is None and not any(shape.properties for shape in constraint.shapes)
        return plain and all(_is_about_node(below, one, used) for below, one in inner)
    if path is None:
        used.update(constraint.terms)
        return constraint.name == "class"
    used.add(path)
    (term, *_) = constraint.terms or (None,)
    if constraint.name in ("minCount", "maxCount"):
        return number(term) == 1
    return constraint.name == "hasValue" and isinstance(term, Literal) and term.datatype == XSD.boolean
