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
from resgraph.vocab import RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resgraph.shacl.batch import Batch
    from resgraph.shacl.shape import Term

    Sort = tuple[bool, bool, bytes, frozenset[bytes], frozenset[bytes]]

_SUBCLASS = str(RDFS.subClassOf).encode()


@dataclass(frozen=True, slots=True)
class Known:
    """One sort: an example, what it is told apart by, and its nodes: whole documents, or the hashes of scattered ones.

    `literal` are the predicates with a value that is no IRI.
    """

    example: bytes
    predicates: frozenset[bytes]
    classes: frozenset[bytes]
    terms: frozenset[bytes]
    literal: frozenset[bytes]
    home: bool
    part: bool
    documents: list[bytes] = field(default_factory=list)
    hashes: array[int] = field(default_factory=lambda: array("q"))


class Sorts:
    """Takes note of batches."""

    def __init__(self) -> None:
        self._known: dict[Sort, Known] = {}
        self._graphs: set[bytes] = set()
        self._flat = True

    def note(self, batch: Batch) -> None:
        """Takes note of each description, and tells the batch of its nodes' classes."""
        for (subject, graph), (marks, _) in batch.described.items():
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
            if home:
                batch.homes.add(graph)
                known.documents.extend(() if part else (graph,))
            else:
                known.hashes.append(hash(subject))
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
        classes = frozenset(value for predicate, value in statements if predicate == TYPE)
        return Known(
            example=b"".join(b"%b %b .\n" % (node, line) for line in said),
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

    def documents(self, examples: Iterable[str]) -> list[bytes] | None:
        """The nodes of the sorts with these examples, if all are documents."""
        every = {f"<urn:sort:{number}>": known for number, known in enumerate(self._known.values())}
        found = [every.get(example) for example in examples]
        documents = [known.documents for known in found if known and known.home and not known.part]
        return list(chain.from_iterable(documents)) if len(documents) == len(found) else None

    def has_literals(self, predicate: bytes) -> bool:
        """True where a value of the predicate is no IRI."""
        return any(predicate in known.literal for known in self._known.values())

    def has_parts(self, cls: Term) -> bool:
        """True where a part of a document is said to be of a class."""
        return any(known.part for known in self._with([cls]))

    def _with(self, terms: Iterable[Term | str]) -> Iterator[Known]:
        wanted = {str(term).encode() for term in terms}
        return (known for known in self._known.values() if not wanted.isdisjoint(known.terms))
