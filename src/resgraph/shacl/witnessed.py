"""The questions that are answered by name while a build writes, each with a digest of the query that was understood.

A shape that is changed is put to the store again, until what answers for it has been changed as well.
"""

from __future__ import annotations

from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resgraph.shacl.questions import Question

_SHAPES = "https://w3id.org/resgraph/shapes#"
WITNESSED = MappingProxyType(
    {
        "ActionPositions": "174b50c879540880",
        "AnswerStatus": "3ce546b5ced4bb02",
        "DerivationStated": "db0ba37d4d1ab869",
        "DerivedStatement": "6d7b894f6a9bba4c",
        "FootnoteMarkerOnce": "fe28c9c563525900",
        "IbidAntecedent": "23840cddcd10a3a2",
        "OperativePositions": "957d1d365f3d720c",
        "PointPositions": "76fee0431d205449",
        "PreambularPositions": "5746486e0babb059",
        "ResolutionOperativePart": "fa9887af7cbb02ad",
        "RevisedInSeries": "9904d73dc4c35e6a",
    }
)


def is_witnessed(question: Question) -> bool:
    """True where the query is one that what goes by is held against."""
    return WITNESSED.get(name_of(question)) == digest(question)


def name_of(question: Question) -> str:
    """The name of the question's shape among ours."""
    return question.shape.node.value.removeprefix(_SHAPES)


def digest(question: Question) -> str:
    return sha256(question.query.encode()).hexdigest()[:16]
