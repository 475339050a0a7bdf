"""Whether derived statements had derivations when they went by, and the reverse, and whether what they say can be."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from resgraph.shacl.batch import document_of, iris_of
from resgraph.shacl.witnessed import name_of
from resgraph.vocab import RG, SKOS

if TYPE_CHECKING:
    from pyoxigraph import Store

    from resgraph.shacl.batch import Batch
    from resgraph.shacl.questions import Question
    from resgraph.shacl.sorts import Sorts
    from resgraph.shacl.spans import Spans

    Pair = tuple[bytes, bytes]

_DERIVED = (
    *(RG.adds, RG.answeredBy, RG.answerStatus, RG.contradicts, RG.createsMandate, RG.drops, RG.extendsMandate),
    *(RG.previousClaim, RG.previousInSeries, RG.recalls, RG.renamesMandate, RG.restates, RG.revises),
    RG.welcomesMandate,
)
_DERIVATION = (RG.subject, RG.property, RG.object)
_STATED = frozenset(str(term).encode() for term in _DERIVED)
_SUBJECT, _PROPERTY, _OBJECT = (str(term).encode() for term in _DERIVATION)
_ANSWERED, _STATUS, _REVISES, _RESTATES = (
    str(term).encode() for term in (RG.answeredBy, RG.answerStatus, RG.revises, RG.restates)
)
WATCHED = _STATED | {_SUBJECT, _PROPERTY, _OBJECT}


class Derivations:
    """Takes note of batches, each with whole derivations and what they are of."""

    def __init__(self) -> None:
        self._derived = True
        self._stated = True
        self._known = True
        self._answers: set[tuple[bytes, bool]] = set()
        self._compared: set[Pair] = set()

    def note(self, batch: Batch) -> None:
        said = batch.said
        of, by, to = ({node: value for node, value, _ in said[name]} for name in (_SUBJECT, _PROPERTY, _OBJECT))
        each = len(of) == len(said[_SUBJECT]) and len(by) == len(said[_PROPERTY]) and len(to) == len(said[_OBJECT])
        told = {(of[node], by[node], to[node]) for node in of.keys() & by.keys() & to.keys()}
        stated = {(node, name, value) for name in _STATED for node, value, _ in said[name]}
        self._derived &= stated <= told
        self._stated &= each and of.keys() == by.keys() == to.keys() and told <= stated
        self._note_answers(batch)
        self._compared |= {
            (document_of(node), document_of(value)) for node, value, _ in chain(said[_REVISES], said[_RESTATES])
        }

    def _note_answers(self, batch: Batch) -> None:
        answered = {node for node, _, _ in batch.said[_ANSWERED]}
        statuses = {node: value for node, value, _ in batch.said[_STATUS]}
        self._known &= len(statuses) == len(batch.said[_STATUS]) and answered <= statuses.keys()
        self._answers |= {(status, node in answered) for node, status in statuses.items()}

    def settle(self, question: Question, sorts: Sorts, store: Store, spans: Spans) -> bool:
        """True where the question has no answer."""
        match name_of(question):
            case "DerivedStatement":
                return self._derived and all(term in _DERIVED for _, term in question.targets)
            case "DerivationStated":
                return self._stated and sorts.have_whole((RG.Derivation, *_DERIVATION))
            case "AnswerStatus":
                whole = sorts.have_whole((RG.answeredBy, RG.answerStatus))
                return self._known and whole and all(_is_true(store, *one) for one in self._answers)
            case "RevisedInSeries":
                return spans.are_placed(sorts) and self._compared <= _series(store)
        return False


def _series(store: Store) -> set[Pair]:
    found = store.quads_for_pattern(None, RG.previousInSeries, None, None)
    return {(str(quad.subject).encode(), str(quad.object).encode()) for quad in found}


def _is_true(store: Store, status: bytes, answered: bool) -> bool:
    """True where a status has a notation, and that of an answered request is `answered`, of no other."""
    if status[:1] != b"<":
        return False
    (node,) = iris_of([status])
    notations = {quad.object for quad in store.quads_for_pattern(node, SKOS.notation, None, None)}
    return bool(notations) and (Literal("answered") in notations) == answered
