"""Derivations that a query can say: the files of `queries/derive/`, one rule each.

Each constructs nodes of `rg:Derivation` without a name, with `rg:subject`, `rg:property`, `rg:object`, the evidence as
`prov:wasDerivedFrom` and, where one is known, `rg:asOf`. The rule is the name of the file.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QueryTriples

from resgraph.data import data_folder
from resgraph.derive.statements import Statement
from resgraph.errors import QueryError
from resgraph.vocab import PROV, RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    Said = dict[NamedNode, list[NamedNode | Literal]]


def constructed(store: Store) -> Iterator[Statement]:
    """What the stored rules derive, rule by rule."""
    for path in sorted((data_folder("queries") / "derive").glob("*.rq")):
        said: dict[object, Said] = defaultdict(lambda: defaultdict(list))
        answer = store.query(path.read_text(encoding="utf-8"), use_default_graph_as_union=True)
        for triple in answer if isinstance(answer, QueryTriples) else ():
            if isinstance(triple.object, NamedNode | Literal):
                said[triple.subject][triple.predicate].append(triple.object)
        yield from (_statement(found, path.stem) for found in said.values())


def _statement(said: Said, rule: str) -> Statement:
    nodes = {p: [value for value in values if isinstance(value, NamedNode)] for p, values in said.items()}
    dates = sorted(value.value for value in said.get(RG.asOf, []) if isinstance(value, Literal))
    try:
        (subject,), (predicate,), (value,) = nodes[RG.subject], nodes[RG.property], nodes[RG.object]
    except (KeyError, ValueError) as error:
        todo = "construct one rg:subject, rg:property and rg:object for each derivation"
        raise QueryError(rule, "does not construct statements", todo) from error
    evidence = tuple(nodes.get(PROV.wasDerivedFrom, ()))
    as_of = dates[-1] if dates else ""
    return Statement(subject=subject, predicate=predicate, object=value, rule=rule, evidence=evidence, as_of=as_of)
