"""The acts of a resolution, and whom or what each is done to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.vocab import RDF, RG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from resgraph.properties import Properties


@dataclass(frozen=True, slots=True)
class ReadAct:
    """An act with its speaker and its receivers."""

    node: NamedNode
    verb: NamedNode | None
    verb_text: str
    proponent: NamedNode | None
    receivers: tuple[NamedNode, ...]


def read_acts(resolution: NamedNode, parts: Iterable[NamedNode], graph: Properties) -> list[ReadAct]:
    """The receivers of a request are those who are asked; of another act, the documents and instruments in its words.

    Words that stand within two acts are those of the one that begins later.
    """
    parts = tuple(parts)
    acts = [act for part in parts for act in graph.nodes(part, RG.hasAction)]
    spans = sorted((_offset(act, RG.start, graph), _offset(act, RG.end, graph), act.value) for act in acts)
    targets: dict[str, dict[NamedNode, None]] = {}
    for place in (node for part in parts for p in (RG.hasCitation, RG.hasReference) for node in graph.nodes(part, p)):
        at = _offset(place, RG.start, graph)
        around = [act for start, end, act in spans if start <= at < end]
        for target in graph.nodes(place, RG.target) if around else ():
            targets.setdefault(around[-1], {})[target] = None
    return [_act(act, resolution, tuple(targets.get(act.value, ())), graph) for act in acts]


def _act(act: NamedNode, resolution: NamedNode, targets: tuple[NamedNode, ...], graph: Properties) -> ReadAct:
    is_request = RG.Request in graph.nodes(act, RDF.type)
    speaker = graph.node(act, RG.requestedBy) or graph.node(resolution, RG.adoptedBy)
    receivers = tuple(graph.nodes(act, RG.addressee)) if is_request else targets
    return ReadAct(act, graph.node(act, RG.verb), graph.text(act, RG.verbText), speaker, receivers)


def _offset(node: NamedNode, predicate: NamedNode, graph: Properties) -> int:
    return int(graph.text(node, predicate) or -1)
