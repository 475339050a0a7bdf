"""The engine: the questions of all shapes put to a store, on as many threads as there are processors."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from resgraph.shacl.conditions import Conditions
from resgraph.shacl.finding import Finding
from resgraph.shacl.native import BEYOND, ELSEWHERE, misplaced
from resgraph.shacl.questions import HAS_VALUE, SPARQL_COMPONENT, questions
from resgraph.shacl.shape import OutsideError
from resgraph.vocab import RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pyoxigraph import Store

    from resgraph.shacl.finding import Term
    from resgraph.shacl.questions import Question
    from resgraph.shacl.shape import Node, Shapes

    Row = Mapping[str, Term]
    Progress = Callable[[int, int], None]


def compiled(store: Store, shapes: Shapes) -> tuple[list[Question], dict[Node, str]]:
    """The questions to put to the store, and the shapes that are left to pySHACL with the reason."""
    conditions = Conditions(_subclasses(store))
    asked: list[Question] = []
    outside = dict(shapes.outside)
    for shape in shapes.compiled:
        try:
            asked += questions(shape, conditions)
        except OutsideError as error:
            outside[shape.node] = str(error)
    return asked, outside


def findings(store: Store, asked: list[Question], progress: Progress | None = None) -> Iterator[Finding]:
    """The answers to the questions; `progress` is told how many of how many are answered."""
    native = {question.shape.node.value: question for question in asked if is_native(question)}
    tasks: list[Callable[[], list[Finding]]] = [partial(_misplaced, store, native)] if native else []
    tasks += [partial(answer, store, question) for question in asked if not is_native(question)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done, future in enumerate(as_completed([pool.submit(task) for task in tasks]), 1):
            yield from future.result()
            if progress:
                progress(done, len(tasks))


def is_native(question: Question) -> bool:
    """True for what is answered in Python."""
    return question.select is not None and question.shape.node.value in (BEYOND, ELSEWHERE)


def _misplaced(store: Store, native: Mapping[str, Question]) -> list[Finding]:
    found = (
        (native[shape], {"this": this, "value": value}) for shape, this, value in misplaced(store) if shape in native
    )
    return [_finding(question, SPARQL_COMPONENT, row["this"], row) for question, row in found]


def answer(store: Store, question: Question) -> list[Finding]:
    """The findings of one question."""
    return [
        _finding(question, component, row["this"], row)
        for row in _solutions(store, question.query)
        if _is_target(store, row["this"], question)
        for n, component in enumerate(question.components)
        if len(question.components) == 1 or _is_true(row[f"f{n}"])
    ]


def _solutions(store: Store, query: str) -> Iterator[Row]:
    found: Any = store.query(query, use_default_graph_as_union=True)
    names = [variable.value for variable in found.variables]
    return (dict(zip(names, solution, strict=True)) for solution in found)


def _is_target(store: Store, focus: Term, question: Question) -> bool:
    """True for the nodes that the shape is about; a query may also find others."""
    return any(_has_target(store, focus, *target) for target in question.targets)


def _has_target(store: Store, focus: Term, name: str, term: Term) -> bool:
    if name == "targetNode" or not isinstance(term, NamedNode):
        return focus == term
    if name == "targetObjectsOf":
        return _some(store, None, term, focus)
    if not isinstance(focus, NamedNode | BlankNode):
        return False
    return _some(store, focus, term, None) if name == "targetSubjectsOf" else _some(store, focus, RDF.type, term)


def _some(store: Store, subject: Node | None, predicate: NamedNode, value: Term | None) -> bool:
    return any(True for _ in store.quads_for_pattern(subject, predicate, value, None))


def _finding(question: Question, component: str, focus: Term, row: Row) -> Finding:
    path, value, message = question.path, row.get("value"), question.shape.message
    if component != SPARQL_COMPONENT:
        value = focus if question.path is None and component != HAS_VALUE else value
    elif question.select:
        value = focus if value is None else value
        path = str(row["path"]) if row.get("path") else None
        message = _filled(question.select.message or message, row)
    return Finding(
        focus=focus,
        shape=question.shape.node.value,
        component=component,
        path=path[1:-1] if path and path.startswith("<") else path,
        value=value,
        severity=question.shape.severity,
        message=message,
    )


def _filled(message: str, row: Row) -> str:
    """The message with the values of the variables that it names."""
    for name, term in row.items():
        text = "" if term is None else getattr(term, "value", str(term))
        message = message.replace(f"{{?{name}}}", text).replace(f"{{${name}}}", text)
    return message


def _is_true(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.value == "true"


def _subclasses(store: Store) -> dict[Term, tuple[Term, ...]]:
    """Each class with those below it, as the graph has them."""
    below: dict[NamedNode, set[NamedNode]] = {}
    for quad in store.quads_for_pattern(None, RDFS.subClassOf, None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            below.setdefault(quad.object, set()).add(quad.subject)
    return {cls: tuple(sorted(_closure(cls, below), key=str)) for cls in below}


def _closure(cls: NamedNode, below: Mapping[NamedNode, set[NamedNode]]) -> set[NamedNode]:
    found, new = {cls}, [cls]
    while new:
        new = [one for one in below.get(new.pop(), ()) if one not in found] + new
        found.update(new)
    return found
