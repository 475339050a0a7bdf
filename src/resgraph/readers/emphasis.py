"""Italics as asterisks, where they tell what a paragraph does: at its opening, and then wherever else it has them."""

from __future__ import annotations

import re

OPEN, CLOSE = "\x0e", "\x0f"
"""What readers put around words in italics until their line is whole."""

_STRETCH = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_PARTED = re.compile(f"{CLOSE}(\\s*){OPEN}")
_LABEL = re.compile(
    f"(?:\\s|[{OPEN}{CLOSE}]*\\d{{1,3}}\\.[{CLOSE}]*|[(][{OPEN}{CLOSE}]*\\w{{1,5}}[{OPEN}{CLOSE}]*[)])*"
)
_SIGNS = re.compile(f"[{OPEN}{CLOSE}]")
_EDGES = " \t\n\x0b\xa0,;:.⁰¹²³⁴⁵⁶⁷⁸⁹"
_LETTERS = re.compile(r"[^\W\d_]{3}")
_WORD = re.compile(r"[^\W_⁰¹²³⁴-⁹]")
_FORMULA = re.compile(r"The [A-Z]")
_WHOLE = 0.9


def plain(text: str) -> str:
    """The text without any sign of italics."""
    return _SIGNS.sub("", text)


def printed(text: str) -> str:
    """A paragraph's text, its italics between asterisks if it opens with them and goes on without."""
    if OPEN not in text:
        return plain(text)
    text = _PARTED.sub(r"\1", text)
    first = _STRETCH.match(text, _LABEL.match(text).end())  # type: ignore[union-attr]
    if first is None or _FORMULA.match(first[1].lstrip()) or len(first[1]) > _WHOLE * len(plain(text.strip())):
        return plain(text)
    return plain(_STRETCH.sub(lambda match: _starred(match, text), text))


def _starred(match: re.Match[str], text: str) -> str:
    """One stretch, without the spaces and stops at its edges, and only where it begins and ends with a word's end."""
    words = match[1].strip(_EDGES)
    at = match[1].find(words)
    before, after = match[1][:at], match[1][at + len(words) :]
    stands_alone = bool(before) or not _WORD.match(plain(text[max(0, match.start() - 3) : match.start()])[-1:])
    ends = bool(after) or not _WORD.match(text, match.end())
    if "*" in words or not _LETTERS.search(words) or not stands_alone or not ends:
        return match[1]
    return f"{before}*{words}*{after}"
