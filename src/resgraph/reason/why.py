"""Why a triple stands in the inferred graph: the rule and the triples it rests on, down to what is stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Triple, Variable, parse

from resgraph.errors import UsageError
from resgraph.reason.rules import rules
from resgraph.sparql import iris_of
from resgraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import BlankNode, DefaultGraph, Literal, QuerySolution, Store

    from resgraph.iris import Iris
    from resgraph.reason.rules import Pattern, Rule

    Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Reason:
    """A triple with the graph it stands in; one that is inferred has its rule and the reasons for its premises."""

    triple: Triple
    graph: NamedNode | BlankNode | DefaultGraph
    rule: str = ""
    summary: str = ""
    premises: tuple[Reason, ...] = ()

    def render(self, iris: Iris, depth: int = 0) -> str:
        """A line for each triple, premises below and further in."""
        words = " ".join(_short(term, iris) for term in self.triple)
        why = f"by the rule {self.rule}: {self.summary}" if self.rule else f"stated in {_short(self.graph, iris)}"
        below = "".join(premise.render(iris, depth + 1) for premise in self.premises)
        return f"{'  ' * depth}{words}\n{'  ' * depth}  {why}\n{below}"


def explain(path: Path, terms: tuple[str, str, str]) -> str:
    """The reasons for a triple of a store folder or a file, as lines."""
    store = open_store(path)
    iris = iris_of(store)
    return why(store, read_triple(terms, iris)).render(iris)


def read_triple(terms: tuple[str, str, str], iris: Iris) -> Triple:
    """Terms as in Turtle; a word without a colon is what follows the base: `A/RES/45/158`."""
    names = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in iris.prefixes.items())
    bare = (word if word == "a" or word[:1] in ("<", '"') or ":" in word else f"<{word}>" for word in terms)
    try:
        (quad,) = parse(f"{names}@base <{iris.base}> .\n{' '.join(bare)} .", RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise UsageError(" ".join(terms), "is no triple", "write A/RES/45/158 rg:citedBy A/RES/57/201") from error
    return Triple(quad.subject, quad.predicate, quad.object)


def why(store: Store, triple: Triple) -> Reason:
    """Raises UsageError where the graph does not hold the triple."""
    found = _why(store, triple, iris_of(store).inferred_graph, frozenset())
    if found is None:
        raise UsageError(str(triple), "is not in the graph", "give a triple of it; 'resgraph reason' infers")
    return found


def _why(store: Store, triple: Triple, inferred: NamedNode, above: frozenset[Triple]) -> Reason | None:
    graphs = [quad.graph_name for quad in store.quads_for_pattern(*triple)]
    stated = next((graph for graph in graphs if graph != inferred), None)
    if stated is not None:
        return Reason(triple, stated)
    if not graphs or triple in above:
        return None
    for rule in rules():
        for premises in _applications(store, rule, triple):
            known = [_why(store, premise, inferred, above | {triple}) for premise in premises]
            if None not in known:
                return Reason(triple, inferred, rule.name, rule.summary, tuple(filter(None, known)))
    return None


def _applications(store: Store, rule: Rule, triple: Triple) -> Iterator[tuple[Triple, ...]]:
    """The premises of the rule, each time it concludes the triple."""
    bound: dict[Variable, Term] = {}
    for slot, term in zip(rule.conclusion, triple, strict=True):
        if (bound.setdefault(slot, term) if isinstance(slot, Variable) else slot) != term:
            return
    answer = store.query(rule.selection, use_default_graph_as_union=True, substitutions=bound)
    for solution in answer if isinstance(answer, QuerySolutions) else ():
        yield tuple(_instance(pattern, solution) for pattern in rule.premises)


def _instance(pattern: Pattern, solution: QuerySolution) -> Triple:
    return Triple(*(solution[slot] if isinstance(slot, Variable) else slot for slot in pattern))


def _short(term: object, iris: Iris) -> str:
    """A term as Turtle writes it, with the short names of the vocabularies."""
    if not isinstance(term, NamedNode):
        return str(term)
    for prefix, namespace in iris.prefixes.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return f"<{term.value.removeprefix(iris.base)}>"
