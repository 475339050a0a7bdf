"""What classes the nodes have that statements lead to, where they were described in the same batch or are looked up.

A class that was seen is there, whatever else is said: so the values of a predicate need no second look. What no batch
told is looked up in the store, each node once; it is what documents and findings refer to in other documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.shacl.batch import NONE, TYPE, document_of, iris_of
from resgraph.shacl.questions import is_property
from resgraph.shacl.register import Register
from resgraph.vocab import RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode, Store

    from resgraph.shacl.batch import Batch
    from resgraph.shacl.questions import Question
    from resgraph.shacl.shape import Constraint
    from resgraph.shacl.sorts import Sorts

    Uses = frozenset[bytes]

_OUTWARD = frozenset(str(term).encode() for term in (RDFS.seeAlso, SKOS.exactMatch))
"""They lead out of the graph, so that what they lead to is never described."""


class References:
    """Takes note of batches; `^p` stands for being said something of with `p`, as `p` for being a value of it."""

    def __init__(self) -> None:
        self._met: dict[bytes, set[Uses]] = {}
        self._open: dict[bytes, Uses] = {}
        self._uses: dict[Uses, Uses] = {}
        self._register = Register()

    def note(self, batch: Batch) -> None:
        kinds = batch.kinds.copy()
        for node in batch.edges():
            if document_of(node) not in batch.homes:
                kinds.pop(node, None)
        for node in self._open.keys() & kinds.keys():
            self._meet(self._open.pop(node), kinds[node])
        for predicate, values in batch.referred.items():
            if predicate not in _OUTWARD:
                found = set(map(kinds.get, values))
                if None in found:
                    self._leave(values.difference(kinds), {predicate})
                self._met.setdefault(predicate, set()).update(one for one in found if one is not None)
        self._register.note(batch)
        for node, predicates in batch.untyped:
            if node not in kinds:
                self._leave((node,), {b"^" + predicate for predicate in predicates})

    def settle(self, question: Question, sorts: Sorts, store: Store) -> bool:
        """True where the question has no answer."""
        path = question.shape.path
        own = [one for one in question.shape.constraints if one.component in question.components]
        if path is None or not is_property(path) or question.select or not sorts.are_flat():
            return False
        if path.encode() == TYPE:
            return all(map(_is_one, own)) and self._are_typed(question, sorts, store)
        if not all(map(_is_of_class, own)) or path.encode() in _OUTWARD or sorts.has_literals(path.encode()):
            return False
        if not self._look_up(store):
            return False
        return all(_fits(one, kinds) for kinds in self._met.get(path.encode(), ()) for one in own)

    def _are_typed(self, question: Question, sorts: Sorts, store: Store) -> bool:
        uses = []
        for name, term in question.targets:
            predicate = str(term).encode()
            if name == "targetSubjectsOf":
                uses.append(b"^" + predicate)
            elif name != "targetObjectsOf" or predicate in _OUTWARD or sorts.has_literals(predicate):
                return False
            else:
                uses.append(predicate)
        return self._look_up(store) and not any(NONE in self._met.get(use, ()) for use in uses)

    def _meet(self, uses: Iterable[bytes], kinds: frozenset[bytes]) -> None:
        for use in uses:
            self._met.setdefault(use, set()).add(kinds)

    def _leave(self, nodes: Iterable[bytes], uses: set[bytes]) -> None:
        for node in nodes:
            if kinds := self._register.kinds(node):
                self._meet(uses, kinds)
                continue
            known = self._open.get(node, NONE)
            if not uses <= known:
                more = known | uses
                self._open[node] = self._uses.setdefault(more, more)

    def _look_up(self, store: Store) -> bool:
        """Looks up what is left; False where a node has no IRI."""
        if any(node[:1] != b"<" for node in self._open):
            return False
        for node, uses in zip(iris_of(self._open), self._open.values(), strict=True):
            self._meet(uses, _classes(store, node))
        self._open.clear()
        return True


def _classes(store: Store, node: NamedNode) -> frozenset[bytes]:
    return frozenset(str(quad.object).encode() for quad in store.quads_for_pattern(node, RDF.type, None, None))


def _is_one(constraint: Constraint) -> bool:
    (term, *_) = constraint.terms or (None,)
    return constraint.name == "minCount" and getattr(term, "value", "") == "1"


def _is_of_class(constraint: Constraint) -> bool:
    if constraint.name in ("and", "or"):
        plain = not any(shape.path or shape.properties or shape.selects for shape in constraint.shapes)
        return plain and all(_is_of_class(one) for shape in constraint.shapes for one in shape.constraints)
    return constraint.name == "class"


def _fits(constraint: Constraint, kinds: frozenset[bytes]) -> bool:
    if constraint.name == "class":
        return str(constraint.terms[0]).encode() in kinds
    every = any if constraint.name == "or" else all
    return every(all(_fits(one, kinds) for one in shape.constraints) for shape in constraint.shapes)
