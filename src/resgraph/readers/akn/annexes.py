"""Annexes, and drafts that a resolution recommends to another body: kept as paragraphs with their own numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model import Annex
from resgraph.readers.akn.words import EMBEDDED, NS, NUM, plain_text, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from resgraph.model import Passage
    from resgraph.readers.akn.sheet import Sheet
    from resgraph.readers.akn.words import Words

_TITLE = re.compile(r"(?:Annex|Appendix|Enclosure|Attachment)(?: (?:[IVX]{1,5}|[A-Z]|\d{1,2}))?[.:]?", re.IGNORECASE)
_BLOCKS = ("p", "heading", "subheading", "crossHeading", "tr", "docTitle", "listIntroduction", "docNumber")
_LEAVES = frozenset(NS + name for name in _BLOCKS)
_DRAFT = "Draft resolution"


def read_annexes(statement: _Element, sheet: Sheet) -> tuple[Annex, ...]:
    """The annexes of a statement in printed order: embedded drafts first, since they stand in its paragraphs."""
    annexes = [_draft(_lines(embedded), sheet) for embedded in statement.iterfind(f"{NS}mainBody//{EMBEDDED}")]
    for draft in statement.iterfind(f"{NS}components/{NS}component/{NS}statement"):
        annexes += _embedded(draft, sheet)
    for attachment in statement.iterfind(f"{NS}attachments/{NS}attachment/*"):
        annexes += _split(_lines(*attachment.iterchildren(f"{NS}preface", f"{NS}preamble", f"{NS}mainBody")), sheet)
    return tuple(annexes)


def _embedded(draft: _Element, sheet: Sheet) -> Iterator[Annex]:
    titles = [words_of(title).text for title in draft.iterfind(f"{NS}preface//{NS}docTitle")]
    text = _lines(*draft.iterchildren(f"{NS}preface", f"{NS}preamble", f"{NS}mainBody"))
    yield _draft(text, sheet, next(filter(None, titles), ""))
    yield from read_annexes(draft, sheet)


def _draft(lines: Iterable[Words], sheet: Sheet, title: str = "") -> Annex:
    return Annex(f"{_DRAFT}: {title}" if title else _DRAFT, tuple(sheet.write(words) for words in lines))


def _split(lines: Iterable[Words], sheet: Sheet) -> Iterator[Annex]:
    """An attachment may hold several annexes, each under `Annex` and a title on the next line."""
    title, waits = "", False
    passages: list[Passage] = []
    for words in lines:
        passage = sheet.write(words)
        if _TITLE.fullmatch(words.text):
            if passages:
                yield Annex(title or "Annex", tuple(passages))
            title, waits, passages = words.text, True, []
        elif waits and not passages and len(words.text) < 250 and not words.text.endswith((".", ";", ",", ":")):
            title, waits = f"{title}: {words.text}", False
        else:
            passages.append(passage)
    if title or passages:
        yield Annex(title or "Annex", tuple(passages))


def _lines(*elements: _Element) -> Iterator[Words]:
    """The lines of elements, each with the number or label that stands before it."""
    label = ""
    for element in elements:
        for leaf in _leaves(element):
            if leaf.tag == NUM:
                label = f"{label} {plain_text(leaf)}".strip()
            elif (words := words_of(leaf)).text:
                yield words.after(label)
                label = ""


def _leaves(element: _Element) -> Iterator[_Element]:
    """Numbers and the smallest blocks of words, in order."""
    for child in element:
        if child.tag == NUM or (child.tag in _LEAVES and not _holds_blocks(child)):
            yield child
        else:
            yield from _leaves(child)


def _holds_blocks(element: _Element) -> bool:
    inner = next(element.iter(EMBEDDED, f"{NS}docTitle"), element)
    return element.tag != f"{NS}tr" and inner is not element
