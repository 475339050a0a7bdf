"""Italics: signs around words while a reader puts lines together, and spans of the text once it is whole."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from resgraph.model import Span
from resgraph.readers.text import normalise

if TYPE_CHECKING:
    from resgraph.model import Source

OPEN, CLOSE = "\ue000", "\ue001"
"""Private characters, which no document can print: those that it has are taken out with these."""

_SIGNS = re.compile(f"[{OPEN}{CLOSE}]")
_LATE_SPACE = re.compile(f"({OPEN}+)([^\\S\n]+)")
_EARLY_SPACE = re.compile(f"([^\\S\n]+)({CLOSE}+)")
_PARTED = re.compile(f"{CLOSE}([^\\S\n]*){OPEN}")
_WITHIN_WORD = re.compile(f"([^\\S\n]+)([^\\W_]+)({CLOSE})(?=[^\\W_])")
_EMPTY = re.compile(f"{OPEN}{CLOSE}")
_SPACES = re.compile(r"  +")


def plain(text: str) -> str:
    """The text without any sign of italics."""
    return _SIGNS.sub("", text)


def tidy(text: str) -> str:
    """A line in which the signs stand at words, not at the spaces between them, and runs of one look are one."""
    if OPEN not in text:
        return text
    text = _WITHIN_WORD.sub(r"\3\1\2", text)
    text = _EARLY_SPACE.sub(r"\2\1", _LATE_SPACE.sub(r"\2\1", text))
    return _SPACES.sub(" ", _PARTED.sub(r"\1", _EMPTY.sub("", text))).strip()


def with_text(source: Source, text: str) -> Source:
    """The source with a text, normalised, and the spans of what stood between the signs."""
    pieces = re.split(f"([{OPEN}{CLOSE}])", normalise(text, source.path))
    kept: list[str] = []
    italics: list[Span] = []
    length, opened = 0, -1
    for piece in pieces:
        if piece == OPEN:
            opened = length
        elif piece == CLOSE:
            if 0 <= opened < length:
                italics.append(Span(opened, length))
            opened = -1
        else:
            kept.append(piece)
            length += len(piece)
    return replace(source, text="".join(kept), italics=tuple(italics))
