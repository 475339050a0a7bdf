"""The sorts of descriptions that went by, with an example of each and which nodes they are of.

A description is what one batch of lines says of one node in one graph. It is at home if it is of a document or a part
of one, in the first batch with lines of the document's own graph; of the others, a hash tells whether a node had two.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from resgraph.shacl.batch import NONE, TYPE
from resgraph.vocab import RDFS, RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resgraph.shacl.batch import Batch
    from resgraph.shacl.shape import Term

    Sort = tuple[bool, bool, bytes, frozenset[bytes], frozenset[bytes]]

_LONG = 64
_EXPECTS = str(RG.expects).encode()
_EXPECTED = b"^" + _EXPECTS
"""Marks what a request expects, which needs no symbol."""
_SUBCLASS = str(RDFS.subClassOf).encode()


@dataclass(slots=True)
class Known:
    """One sort: an example, with short values, and how many descriptions are of it.

    `literal` are the predicates with a value that is no IRI; `hashes` are of nodes that are not at home; `named` are
    nodes of which more may be said elsewhere, and whole documents: there are few.
    """

    example: bytes
    predicates: frozenset[bytes]
    classes: frozenset[bytes]
    terms: frozenset[bytes]
    literal: frozenset[bytes]
    home: bool
    part: bool
    descriptions: int = 0
    named: list[bytes] = field(default_factory=list)
    hashes: array[int] = field(default_factory=lambda: array("q"))


class Sorts:
    """Takes note of batches."""

    def __init__(self) -> None:
        self._known: dict[Sort, Known] = {}
        self._graphs: set[bytes] = set()
        self._flat = True

    def note(self, batch: Batch) -> None:
        """Takes note of each description, and tells the batch of its nodes' classes."""
        expected, edges = batch.referred.get(_EXPECTS, ()), batch.edges()
        for (subject, graph), (marks, _) in batch.described.items():
            if subject in expected:
                marks.append(_EXPECTED)
            whole, part, _ = subject.partition(b"#")
            home = whole.rstrip(b">") == graph[:-1] and graph not in self._graphs
            once, twice = frozenset(marks), NONE
            if len(once) < len(marks):
                twice = frozenset(mark for mark, number in Counter(marks).items() if number > 1)
            sort = subject[:1] == b"<", home, part, once, twice
            if b"\\" in subject or graph[:1] != b"<":
                raise ValueError(subject)
            known = self._known.get(sort)
            if known is None:
                known = self._known[sort] = self._new(sort, batch.said_of(subject, graph))
            known.descriptions += 1
            if home:
                batch.homes.add(graph)
            else:
                known.hashes.append(hash(subject))
            if ((home and not part) or subject in edges) and sort[0]:
                known.named.append(subject)
            if known.classes:
                batch.kinds[subject] = known.classes | batch.kinds.get(subject, NONE)
            else:
                batch.untyped.append((subject, known.predicates))
        self._graphs |= batch.homes

    def _new(self, sort: Sort, said: list[bytes]) -> Known:
        """Its example says of a node that is only here what is said of the first of the sort."""
        is_iri, home, part, once, _ = sort
        statements = [line.split(b" ", 1) for line in said]
        predicates = frozenset(predicate for predicate, _ in statements)
        if any(predicate[:1] != b"<" or b"\\" in predicate for predicate in predicates):
            raise ValueError(predicates)
        self._flat &= _SUBCLASS not in predicates
        node = (b"<urn:sort:%d>" if is_iri else b"_:sort%d") % len(self._known)
        inverse = b"<urn:sort> %b %b .\n" % (_EXPECTS, node) if _EXPECTED in once else b""
        classes = frozenset(value for predicate, value in statements if predicate == TYPE)
        values = (_short(value, at) for at, (_, value) in enumerate(statements))
        lines = (b"%b %b %b .\n" % (node, name, value) for (name, _), value in zip(statements, values, strict=True))
        return Known(
            example=inverse + b"".join(lines),
            predicates=predicates,
            classes=classes,
            terms=predicates | classes,
            literal=frozenset(one for one in predicates for mark in once if mark != one and mark.startswith(one)),
            home=home,
            part=bool(part),
        )

    def __len__(self) -> int:
        return len(self._known)

    def examples(self) -> bytes:
        return b"".join(known.example for known in self._known.values())

    def are_flat(self) -> bool:
        """True where no class is said to be below another."""
        return self._flat

    def are_at_home(self, terms: Iterable[Term | str]) -> bool:
        """True where all that is said with these predicates and classes stands in the graph of its document."""
        return self._flat and all(known.home for known in self._with(terms))

    def have_whole(self, terms: Iterable[Term | str]) -> bool:
        """True where all that a node has of these predicates and classes stands in one description."""
        found = list(self._with(terms))
        scattered = [known for known in found if not known.home]
        if not scattered or not self._flat:
            return self._flat
        hashes = set(chain.from_iterable(known.hashes for known in scattered))
        return len(found) == len(scattered) and len(hashes) == sum(len(known.hashes) for known in scattered)

    def named(self, examples: set[str]) -> list[bytes] | None:
        """The nodes of the sorts with these examples, if all are known by name."""
        if not examples:
            return []
        every = {f"<urn:sort:{number}>": known for number, known in enumerate(self._known.values())}
        found = [every.get(example) for example in examples]
        named = [known.named for known in found if known and len(known.named) == known.descriptions]
        return list(dict.fromkeys(chain.from_iterable(named))) if len(named) == len(found) else None

    def has_literals(self, predicate: bytes) -> bool:
        """True where a value of the predicate is no IRI."""
        return any(predicate in known.literal for known in self._known.values())

    def has_parts(self, cls: Term) -> bool:
        """True where a part of a document is said to be of a class."""
        return any(known.part for known in self._with([cls]))

    def _with(self, terms: Iterable[Term | str]) -> Iterator[Known]:
        wanted = {str(term).encode() for term in terms}
        return (known for known in self._known.values() if not wanted.isdisjoint(known.terms))


def _short(value: bytes, number: int) -> bytes:
    """A value of the same kind that is no other's: a source's text is long."""
    if len(value) <= _LONG or value[:1] != b'"':
        return value
    return b'"%b%d' % (b"." * _LONG, number) + value[value.rindex(b'"') :]
