"""Rows that a spreadsheet does not take for formulas: https://owasp.org/www-community/attacks/CSV_Injection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from resgraph.literals import literal
from resgraph.rows import Rows
from resgraph.tables.files import BEGIN_FORMULAS
from resgraph.vocab import XSD

if TYPE_CHECKING:
    from resgraph.rows import Term


def harmless(rows: Rows) -> Rows:
    """The same rows, words that begin like a formula with an apostrophe before them; numbers keep their sign."""
    return Rows(rows.columns, tuple(tuple(map(_harmless, row)) for row in rows.terms), rows.statements)


def _harmless(term: Term | None) -> Term | None:
    if isinstance(term, Literal) and term.datatype in (XSD.integer, XSD.decimal):
        return term
    if isinstance(term, Literal | NamedNode) and term.value.startswith(BEGIN_FORMULAS):
        return literal(f"'{term.value}")
    return term
