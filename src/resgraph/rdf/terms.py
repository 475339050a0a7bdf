"""Literals, and a statement of no graph."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from resgraph.literals import legible, literal, month_or_year

__all__ = ["Statement", "legible", "literal", "month_or_year"]

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]
