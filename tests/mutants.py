"""Graphs with one fault each, made from sound ones: the same number gives the same graph."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from resgraph.vocab import PROV, RDF, RG, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Mutation = Callable[[Store, Random], None]

OTHER_TYPES = (XSD.string, XSD.integer, XSD.decimal, XSD.date, XSD.gYear)
"""Without xsd:boolean, as which rdflib reads any text for false."""
PARTS = (RG.hasParagraph, RG.hasPoint, RG.hasAction, RG.hasCitation, RG.hasReference, RG.hasFootnote)


def mutant(bases: Sequence[Store], number: int) -> tuple[str, Store]:
    """What was done, and a copy of one of the bases in which it was."""
    random = Random(number)
    name, mutation = sorted(MUTATIONS.items())[number % len(MUTATIONS)]
    store = Store()
    store.extend(random.choice(bases))
    mutation(store, random)
    return name, store


def chosen(store: Store, random: Random, wanted: Callable[[Quad], bool] = lambda quad: True) -> Quad:
    return random.choice(sorted(filter(wanted, store), key=str) or sorted(store, key=str))


def is_link(quad: Quad) -> bool:
    return isinstance(quad.object, NamedNode) and quad.predicate != RDF.type


def is_literal(quad: Quad) -> bool:
    return isinstance(quad.object, Literal)


def put(store: Store, quad: Quad, value: NamedNode | BlankNode | Literal) -> None:
    store.add(Quad(quad.subject, quad.predicate, value, quad.graph_name))


def replace(store: Store, quad: Quad, value: NamedNode | BlankNode | Literal) -> None:
    store.remove(quad)
    put(store, quad, value)


def drop_statement(store, random):
    store.remove(chosen(store, random))


def drop_node(store, random):
    node = chosen(store, random).subject
    for quad in list(store.quads_for_pattern(node, None, None, None)):
        store.remove(quad)


def add_value(store, random):
    quad = chosen(store, random, is_literal)
    put(store, quad, Literal(quad.object.value + random.choice("x12 "), datatype=XSD.string))


def add_number(store, random):
    put(store, chosen(store, random, is_literal), Literal(str(random.randrange(-5, 100)), datatype=XSD.integer))


def add_link(store, random):
    quad, other = chosen(store, random, is_link), chosen(store, random, is_link)
    put(store, quad, other.object)


def change_datatype(store, random):
    quad = chosen(store, random, is_literal)
    replace(store, quad, Literal(quad.object.value, datatype=random.choice(OTHER_TYPES)))


def give_language(store, random):
    quad = chosen(store, random, is_literal)
    replace(store, quad, Literal(quad.object.value, language="en"))


def empty_text(store, random):
    replace(store, chosen(store, random, lambda q: is_literal(q) and q.object.datatype == XSD.string), Literal(""))


def garble_text(store, random):
    quad = chosen(store, random, lambda q: is_literal(q) and q.object.datatype == XSD.string)
    letters = list(quad.object.value)
    random.shuffle(letters)
    replace(store, quad, Literal("".join(letters)))


def change_number(store, random):
    quad = chosen(store, random, lambda q: is_literal(q) and q.object.datatype == XSD.integer)
    replace(store, quad, Literal(str(random.randrange(-3, 5000)), datatype=XSD.integer))


def change_date(store, random):
    quad = chosen(store, random, lambda q: is_literal(q) and q.object.datatype == XSD.date)
    day = random.choice(("1899-01-01", "2099-12-31"))  # what is no date, pySHACL compares as text
    replace(store, quad, Literal(day, datatype=XSD.date))


def dangle_link(store, random):
    quad = chosen(store, random, is_link)
    replace(store, quad, NamedNode("https://w3id.org/resgraph/A/99/999"))


def swap_link(store, random):
    quad, other = chosen(store, random, is_link), chosen(store, random, is_link)
    replace(store, quad, other.object)


def link_to_text(store, random):
    replace(store, chosen(store, random, is_link), Literal("the Secretary-General"))


def text_to_link(store, random):
    quad = chosen(store, random, is_literal)
    replace(store, quad, quad.subject)


def link_to_blank(store, random):
    replace(store, chosen(store, random, is_link), BlankNode("nobody"))


def blank_subject(store, random):
    node = chosen(store, random).subject
    for quad in list(store.quads_for_pattern(node, None, None, None)):
        store.remove(quad)
        store.add(Quad(BlankNode("somebody"), quad.predicate, quad.object, quad.graph_name))


def drop_class(store, random):
    store.remove(chosen(store, random, lambda q: q.predicate == RDF.type))


def swap_class(store, random):
    quad, other = (chosen(store, random, lambda q: q.predicate == RDF.type) for _ in "ab")
    replace(store, quad, other.object)


def add_class(store, random):
    quad, other = (chosen(store, random, lambda q: q.predicate == RDF.type) for _ in "ab")
    put(store, quad, other.object)


def close_cycle(store, random):
    quad = chosen(store, random, lambda q: q.predicate in PARTS)
    store.add(Quad(quad.object if is_link(quad) else quad.subject, RG.hasPoint, quad.subject, quad.graph_name))


def share_part(store, random):
    quad, other = (chosen(store, random, lambda q: q.predicate in PARTS) for _ in "ab")
    put(store, quad, other.object)


def move_part(store, random):
    quad = chosen(store, random, lambda q: q.predicate in PARTS)
    store.remove(quad)
    store.add(Quad(chosen(store, random, is_link).subject, quad.predicate, quad.object, quad.graph_name))


def other_source(store, random):
    quad = chosen(store, random, lambda q: q.predicate == PROV.wasDerivedFrom)
    replace(store, quad, chosen(store, random, is_link).object)


def say_twice(store, random):
    for quad in [chosen(store, random) for _ in range(5)]:
        store.add(Quad(quad.subject, quad.predicate, quad.object, NamedNode("https://w3id.org/resgraph/graph/twice")))


MUTATIONS: dict[str, Mutation] = {
    mutation.__name__: mutation
    for mutation in (
        *(drop_statement, drop_node, add_value, add_number, add_link, change_datatype, give_language, empty_text),
        *(garble_text, change_number, change_date, dangle_link, swap_link, link_to_text, text_to_link, link_to_blank),
        *(
            blank_subject,
            drop_class,
            swap_class,
            add_class,
            close_cycle,
            share_part,
            move_part,
            other_source,
            say_twice,
        ),
    )
}
