"""A statement of no graph."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]
