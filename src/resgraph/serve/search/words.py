"""A reader's words as a full-text query that has no syntax of its own: every word is quoted."""

from __future__ import annotations

import re

_MOST = 24
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_SIGNS = re.compile(r"[^\w]+")
_SYMBOL = re.compile(r"[\w./()+-]*\d[\w./()+-]*")


def fts_query(text: str) -> str:
    """All words must stand in a passage; words between quotation marks must stand together; no word gives nothing.

    >>> fts_query('report OR "human rights" NEAR(')
    '"report" "OR" "human rights" "NEAR"'
    """
    phrases = []
    for match in _WORD.finditer(text.replace("“", '"').replace("”", '"')):
        words = _SIGNS.sub(" ", match[1] or match[2] or "").strip()
        if words:
            phrases.append(f'"{words}"')
    return " ".join(phrases[:_MOST])


def symbol_like(text: str) -> str:
    """A LIKE pattern for symbols that end with the last thing in a text that looks like one, or nothing.

    >>> symbol_like("resolution 57/201")
    '%/57/201'
    """
    found = _SYMBOL.findall(text)
    return f"%/{found[-1]}" if found and "/" in found[-1] else ""
