"""What a validator finds, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One validation result. `shape` and `component` are IRIs, `path` is one or a path in SPARQL's syntax."""

    focus: Term
    shape: str
    component: str
    path: str | None
    value: Term | None
    severity: str
    message: str
