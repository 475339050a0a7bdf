"""What a build knows of its graph when it has written it: one node for each sort of description that went by.

Most questions look at no more than one node's own statements, and of these at no more than which predicates it has, how
often, with values of which kind. Nodes that are alike in that give the same answer, so that a sample with one node of
each sort tells whether the store need be asked. Only that it need not is taken from the sample: where the sample breaks
a question, the store is asked, as it is all that the sample cannot tell.

What looks at several nodes is told by others who take note: of places (`spans.py`), of positions and parts
(`orders.py`, `footnotes.py`), of the classes of what is referred to (`references.py`) and of derivations
(`derivations.py`). Held are one node of each sort, the names of graphs, the ends of IRIs (`register.py`) and hashes
(`sorts.py`): one or two thousand bytes a document.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, RdfFormat, Store

from resgraph.shacl import derivations, footnotes, orders, spans
from resgraph.shacl.batch import iris_of, read_batch
from resgraph.shacl.conditions import CAST, LOGICAL, Conditions, number
from resgraph.shacl.questions import is_property, questions
from resgraph.shacl.references import References
from resgraph.shacl.sorts import Sorts
from resgraph.shacl.witnessed import is_witnessed
from resgraph.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resgraph.shacl.questions import Question
    from resgraph.shacl.shape import Constraint, Term

_WATCHED = spans.WATCHED | orders.WATCHED | derivations.WATCHED | footnotes.WATCHED
_FEW = 500
"""Nodes that a question is put about one by one."""


class Sample:
    """Takes note of N-Quads as they are written here: a statement a line, each in a named graph.

    `is_all` may be set by who knows that a store holds what was noted, no more and no less; else its quads are counted,
    which takes time and memory.
    """

    def __init__(self) -> None:
        self.is_all = False
        self._lines = 0
        self._trusted = True
        self._sorts = Sorts()
        self._spans = spans.Spans()
        self._orders = orders.Orders()
        self._footnotes = footnotes.Footnotes()
        self._references = References()
        self._derivations = derivations.Derivations()

    def note(self, lines: bytes) -> None:
        """Takes note of a batch, with all that stands in the graphs that its documents have for themselves."""
        try:
            batch = read_batch(lines, _WATCHED)
            self._sorts.note(batch)
        except ValueError:
            self._trusted = False
        else:
            self._lines += len(batch.lines)
            for witness in (self._spans, self._orders, self._footnotes, self._references, self._derivations):
                witness.note(batch)

    def open_questions(self, store: Store, asked: Iterable[Question]) -> list[Question]:
        """Those that must be put to the store; all of them, if what it holds is not what was noted."""
        asked = list(asked)
        if not self._trusted or not (self.is_all or self._lines == len(store)):
            return asked
        few = Store()
        few.bulk_load(self._sorts.examples(), RdfFormat.N_TRIPLES)
        left = (question for question in asked if not self._settle(question, store))
        return [question for one in left for question in self._left(one, few)]

    def _settle(self, question: Question, store: Store) -> bool:
        """True where it is known to have no answer."""
        sorts = self._sorts
        if self._spans.settle(question, sorts) or self._references.settle(question, sorts, store):
            return True
        return is_witnessed(question) and (
            self._orders.settle(question, sorts)
            or self._footnotes.settle(question, sorts)
            or self._derivations.settle(question, sorts, store, self._spans)
        )

    def _left(self, question: Question, few: Store) -> Iterator[Question]:
        """The question, one about few nodes in its place, or none."""
        bare = self._orders.bare_documents(question, self._sorts) if is_witnessed(question) else None
        if bare is None and self._knows(question):
            bare = self._sorts.named(_broken(few, question))
        if bare is None or len(bare) > _FEW or not self._sorts.are_flat():
            yield question
        elif bare:
            yield _about(question, bare)

    def _knows(self, question: Question) -> bool:
        """True where no node breaks the question if none of its sort in the sample does."""
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
        return all(_is_about_node(shape.path, one, used) for one in own) and self._sorts.have_whole(used)


def _broken(few: Store, question: Question) -> set[str]:
    """The examples that break it, or what they point to."""
    found: Any = few.query(question.query)
    return {str(row["this"]) for row in found}


def _about(question: Question, nodes: Iterable[bytes]) -> Question:
    """The same question, put about some documents."""
    targets = tuple(("targetNode", node) for node in iris_of(nodes))
    every = questions(question.shape, Conditions({}), targets)
    query = next(one.query for one in every if (one.components, one.path) == (question.components, question.path))
    return replace(question, query=query)


def _is_of_kind(constraint: Constraint) -> bool:
    """True for what is asked of each statement alone, and of no more than the kind of its value."""
    if constraint.name == "minLength":
        return number(constraint.terms[0]) <= 1
    return constraint.name == "nodeKind" or (constraint.name == "datatype" and constraint.terms[0] not in CAST)


def _is_of_presence(path: str | None, constraint: Constraint) -> bool:
    """True for what a node satisfies by what it has, whatever else it has; a path to other nodes leads nowhere here."""
    if constraint.name in ("or", "and"):
        parts = [part for shape in constraint.shapes for part in (shape, *shape.properties)]
        plain = path is None and not any(part.path and part.properties for part in parts)
        return plain and all(_is_of_presence(part.path, one) for part in parts for one in part.constraints)
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
