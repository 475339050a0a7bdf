"""Note marks as raised digits, the only ones in a source's text, so that the segmenter takes them for certain."""

from __future__ import annotations

import re

_RAISE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", "\ue000\ue001")
_MARK = re.compile(r"[\[(]?(\d{1,3})[\])/]?")
_SEVERAL = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})+")
_UNIT = re.compile(r"(?:\b(?:[kcdm]?m|sec|s|ft|in|mi|CO|PM)|(?<![\d/])\d)$")
_RAISED_END = re.compile("[⁰¹²³⁴-⁹]$")


def raise_digits(number: int) -> str:
    return str(number).translate(_RAISE)


def lower_digits(text: str) -> str:
    """Words of a document in which no digit is raised, and none of the signs stands that readers set around italics."""
    return text.translate(_LOWER)


def raised(text: str, before: str) -> str | None:
    """Superior text as a note mark; None where it is none: the end of an ordinal, a power, a square metre."""
    words = text.strip()
    if _UNIT.search(before) and not _SEVERAL.fullmatch(words):
        return None
    if match := _MARK.fullmatch(words):
        return after_mark(before) + match[1].translate(_RAISE)
    if _SEVERAL.fullmatch(words):
        return after_mark(before) + " ".join(part.translate(_RAISE) for part in re.findall(r"\d+", words))
    return None


def after_mark(before: str) -> str:
    """A space after another mark, lest the two be read as one number."""
    return " " if _RAISED_END.search(before) else ""
