"""What a browser prints before the items of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.readers.numbers import format_number

if TYPE_CHECKING:
    from lxml import etree

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_FORMS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "none": "none",
}


def label_of(parent: etree._Element, item: etree._Element, index: int, tag: str) -> str:
    """`1.` in a numbered list; `(a)`, `(i)` and numbers below another list in brackets, as resolutions print points."""
    if tag != "ol":
        return "" if _form(parent) == "none" or _form(item) == "none" else "•"
    form = _form(item) or _form(parent) or "decimal"
    number = _integer(item.get("value"))
    if number is None:
        number = _count(parent, index)
    text = format_number(number, form)
    if not text:
        return ""
    inner = any(ancestor.tag == "ol" for ancestor in parent.iterancestors())
    return f"({text})" if inner or form != "decimal" else f"{text}."


def _form(element: etree._Element) -> str:
    style = _STYLE.search(element.get("style") or "")
    name = element.get("type") or (style[1].lower() if style else "")
    return _FORMS.get(name, "")


def _count(parent: etree._Element, index: int) -> int:
    """The number of an item, counted on from the list's start or the last item that has a number of its own."""
    start = _integer(parent.get("start"))
    number = 1 if start is None else start
    for n, item in enumerate(item for item in parent if isinstance(item.tag, str)):
        own = _integer(item.get("value"))
        number = number if own is None else own
        if n == index:
            break
        number += 1
    return number


def _integer(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
