"""The lexicon as RDF: verbs and forces, adoption methods and votes as concepts, bodies, agents and instruments.

The whole lexicon is stated, not only what one build uses: the authority graph of two builds is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from pyoxigraph import Quad

from resgraph.iris import Iris
from resgraph.lexicon import Force, Lexicon, load
from resgraph.literals import literal
from resgraph.rdf.graphs import Graph
from resgraph.rdf.shared import AGENT_CLASSES, document_statements
from resgraph.vocab import RDF, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from resgraph.lexicon import Instrument, Verb
    from resgraph.rdf.terms import Statement

_SCHEMES = {
    "verbs": "Verbs of resolutions",
    "forces": "Forces of verbs",
    "adoption": "Methods of adoption",
    "choices": "Choices of a vote",
}
_ADOPTION = {
    "without-vote": "without a vote",
    "recorded-vote": "by a recorded vote",
    "non-recorded-vote": "by a non-recorded vote",
    "consensus": "by consensus",
}
_CHOICES = {"for": "in favour", "against": "against", "abstained": "abstaining", "absent": "absent"}
_INSTRUMENT_CLASSES = {"treaty": RG.Treaty, "declaration": RG.Declaration, "programme": RG.Programme}


def authority_quads(iris: Iris | None = None, lexicon: Lexicon | None = None) -> Iterator[Quad]:
    """All that the lexicon says, in the authority graph."""
    iris, lexicon = iris or Iris(), lexicon or load()
    for statements in (_concepts(lexicon, iris), _agents(lexicon, iris)):
        yield from (Quad(*statement, iris.authority_graph) for statement in statements)
    for instrument in lexicon.instruments:
        yield from (Quad(*statement, iris.authority_graph) for statement in instrument_statements(instrument, iris))
        if instrument.adopted_as:
            adopting = document_statements(instrument.adopted_as, iris)
            yield from Graph(iris.authority_graph, [*adopting]).quads()


def authority_about(nodes: Iterable[object], iris: Iris | None = None) -> Iterator[Quad]:
    """What the authority graph says of these nodes and of those that it refers them to."""
    described: dict[object, list[Quad]] = {}
    for quad in authority_quads(iris):
        described.setdefault(quad.subject, []).append(quad)
    waiting: list[object] = [node for node in nodes if node in described]
    while waiting:
        quads = described.pop(waiting.pop(), [])
        yield from quads
        waiting.extend(quad.object for quad in quads if quad.object in described)


def _concepts(lexicon: Lexicon, iris: Iris) -> Iterator[Statement]:
    for slug, label in _SCHEMES.items():
        yield iris.scheme(slug), RDF.type, SKOS.ConceptScheme
        yield iris.scheme(slug), SKOS.prefLabel, literal(label)
    for verb in lexicon.verbs:
        yield from verb_statements(verb, iris)
    forces = {force: force for force in get_args(Force)}
    families = (
        ("forces", forces, iris.force),
        ("adoption", _ADOPTION, iris.adoption),
        ("choices", _CHOICES, iris.choice),
    )
    for scheme, labels, mint in families:
        for slug, label in labels.items():
            yield iris.scheme(scheme), SKOS.hasTopConcept, mint(slug)
            yield from _concept(mint(slug), slug, label, iris.scheme(scheme))


def _concept(node: NamedNode, slug: str, label: str, scheme: NamedNode) -> Iterator[Statement]:
    yield node, RDF.type, SKOS.Concept
    yield node, SKOS.inScheme, scheme
    yield node, SKOS.notation, literal(slug)
    yield node, SKOS.prefLabel, literal(label)


def verb_statements(verb: Verb, iris: Iris) -> Iterator[Statement]:
    """A verb as a concept under its force, with its printed forms."""
    node = iris.verb(verb.slug)
    yield from _concept(node, verb.slug, verb.label, iris.scheme("verbs"))
    yield node, SKOS.broader, iris.force(verb.force)
    yield from _names(node, verb.label, verb.forms)


def instrument_statements(instrument: Instrument, iris: Iris) -> Iterator[Statement]:
    """An instrument, with its names and the document that adopted it."""
    node = iris.instrument(instrument.short)
    yield node, RDF.type, _INSTRUMENT_CLASSES[instrument.kind]
    yield node, RDF.type, RG.Instrument
    yield node, SKOS.notation, literal(instrument.short)
    yield node, SKOS.prefLabel, literal(instrument.label)
    yield from _names(node, instrument.label, instrument.names)
    if instrument.adopted_as:
        yield node, RG.adoptedAs, iris.document(instrument.adopted_as)
    if instrument.locator:
        yield node, RG.locator, literal(instrument.locator)
    yield from _match(node, instrument.wikidata, iris)


def _agents(lexicon: Lexicon, iris: Iris) -> Iterator[Statement]:
    for body in lexicon.bodies:
        yield from _agent(iris.agent(body.key), "body", body.key, body.label, body.names)
        yield from _match(iris.agent(body.key), body.wikidata, iris)
        for relation, other in ((RG.subsidiaryOf, body.parent), (RG.predecessor, body.predecessor)):
            if other:
                yield iris.agent(body.key), relation, iris.agent(other)
    for agent in lexicon.agents:
        yield from _agent(iris.agent(agent.key), agent.kind, agent.key, agent.label, agent.names)
        yield from _match(iris.agent(agent.key), agent.wikidata, iris)
    for state in lexicon.states:
        yield from _agent(iris.agent(state.key), "state", state.key, state.label, state.names)


def _agent(node: NamedNode, kind: str, key: str, label: str, names: tuple[str, ...]) -> Iterator[Statement]:
    for agent_class in AGENT_CLASSES[kind]:
        yield node, RDF.type, agent_class
    if kind == "body":
        yield node, SKOS.notation, literal(key)
    yield node, SKOS.prefLabel, literal(label)
    yield from _names(node, label, names)


def _names(node: NamedNode, label: str, names: Iterable[str]) -> Iterator[Statement]:
    return ((node, SKOS.altLabel, literal(name)) for name in names if name != label)


def _match(node: NamedNode, wikidata: str | None, iris: Iris) -> Iterator[Statement]:
    if wikidata:
        yield node, SKOS.exactMatch, iris.wikidata(wikidata)
