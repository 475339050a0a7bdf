"""What frames a resolution's text: number and title above it, the formula, the lines below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model import Span
from resgraph.segment.block import Block, Role
from resgraph.segment.heads import symbol_of_file
from resgraph.segment.masthead import Cover, clean_title, is_title
from resgraph.segment.words import opens_preamble, speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.model import Passage
    from resgraph.segment.divide import Draft
    from resgraph.segment.passages import Mark
    from resgraph.segment.sheet import Sheet

_ORGAN = re.compile(r"\bThe ((?:General Assembly|Security Council|Economic and Social Council|Trusteeship Council))\b")


def settle(draft: Draft, text: str) -> None:
    """What stands between number and formula and is no title opens the preamble.

    Titles end where the date of adoption or the document is printed (`Resolution of 21 September 1946`), and the
    Security Council has none (`As a preliminary step in the consideration of the incidents ...`).
    """
    titled = draft.number is None or draft.number.style != "year"
    kept = draft.title[:1]
    moved: list[Block] = []
    for block in draft.title[1:]:
        words = text[block.start : block.spans[-1].end] if block.spans else ""
        closes = draft.formula is None and block.role is Role.CLOSING
        dated = block.role is not Role.PART and not closes and not is_title(words)
        fits = titled and not moved and len(words) < 300 and not _opens(words) and _may_be_title(draft, kept)
        if dated or block.role is Role.PART or fits:
            kept.append(block)
            titled = titled and not dated
        else:
            moved.append(block)
    draft.title = kept
    draft.below += [block for block in moved if block.role is Role.CLOSING]
    draft.body = [block for block in moved if block.role is not Role.CLOSING] + draft.body


def _opens(words: str) -> bool:
    """`Whereas the Security Council has adopted a recommendation on this matter,` stands above the formula in 1949."""
    return words.startswith("Whereas ") or (words.endswith((",", ";")) and opens_preamble(words))


def _may_be_title(draft: Draft, kept: Sequence[Block]) -> bool:
    """Without a formula to end it, a title is what stands on the line of the number, or on the next."""
    if draft.formula is not None:
        return True
    return not any(block.spans and block.spans[0].end > block.spans[0].start for block in kept)


def speaker_of(draft: Draft, text: str) -> str | None:
    """The body that speaks, by the formula; else by the organ that the paragraphs name as they act."""
    if draft.formula is not None:
        return speaker(text[draft.formula.spans[0].start : draft.formula.spans[0].end])
    for span in (span for block in draft.body for span in block.spans):
        if match := _ORGAN.search(text, span.start, span.end):
            return match[1]
    return None


def formula_of(draft: Draft, sheet: Sheet) -> Passage:
    """The enacting formula; where none is printed, the first words that name the organ as it acts (`1. The Security
    Council requests`, 1946).
    """
    if draft.formula is not None:
        return sheet.clean(draft.formula.spans, ())
    for span in (span for block in draft.body for span in block.spans):
        if match := _ORGAN.search(sheet.text, span.start, span.end):
            return sheet.clean([Span(match.start(), match.end())], ())
    return sheet.clean([span for block in draft.body for span in block.spans][:1], ())


def read_cover(draft: Draft, sheet: Sheet) -> Cover:
    """The lines above and below; the page furniture tells of the resolutions that have the file to themselves."""
    above = "\n".join(sheet.text[b.start : b.spans[-1].end] for b in (*draft.above, *draft.title) if b.spans)
    below = [block for block in draft.below if block.spans]
    # the figures of a vote may stand on lines of their own, like page numbers: all that lies between belongs to it
    closing = sheet.text[below[0].start : below[-1].spans[-1].end] if below else ""
    furniture = sheet.furniture if sheet.shared else ""
    closing += _adoption_note(closing, sheet)
    return Cover(above, furniture, closing, symbol_of_file(sheet.source.name), sheet.sole)


_CLOSING_MARK = re.compile(r"^(?:Adopted|ADOPTED)\b.{0,600}[.)](\s?(?:[⁰¹²³⁴-⁹]{1,3}|\d{1,3}))$", re.DOTALL)


def closing_mark(draft: Draft, text: str) -> list[Span]:
    """Where the closing ends in the mark of a note (`Adopted at the 2034th meeting by 13 votes to none ... . 34`)."""
    for block in draft.below:
        words = text[block.start : block.spans[-1].end] if block.spans else ""
        if match := _CLOSING_MARK.match(words):
            return [Span(block.start + match.start(1), block.start + match.end(1))]
    return []


def _adoption_note(closing: str, sheet: Sheet) -> str:
    """`Adopted at the 2nd meeting. 22`, and in the note: `Adopted without vote.` (1946)"""
    for note in sheet.notes:
        words = " ".join(sheet.text[span.start : span.end] for span in note.spans)
        if note.marker and closing.endswith((f" {note.marker}", f".{note.marker}")) and words.startswith("Adopted "):
            return f"\n{words}"
    return ""


def title_of(draft: Draft, sheet: Sheet, marks: Sequence[Mark]) -> str | None:
    """The title, and behind a colon that of the lettered part; the Commission prints its titles above the number."""
    if draft.number is not None and draft.number.style == "named":
        return _clean(draft.above, sheet, marks)
    cut = next((n for n, block in enumerate(draft.title) if block.role is Role.PART), len(draft.title))
    titles = _clean(draft.title[:cut], sheet, marks), _clean(draft.title[cut:], sheet, marks)
    return ": ".join(title for title in titles if title) or None


def letter_behind(title: str | None, draft: Draft, text: str) -> str:
    """`56/210. International Conference on Financing for Development B`: a letter behind the title is that of the part
    where the text cites the part before it (`its resolution 56/210 A`).
    """
    number, found = draft.number, re.search(r" ([B-Z])$", title or "")
    if number is None or draft.letter or found is None or not draft.body:
        return ""
    part = f"{number.session}/{number.number} {chr(ord(found[1]) - 1)}"
    words = " ".join(text[draft.body[0].start : draft.body[-1].spans[-1].end].split()) if draft.body[-1].spans else ""
    return found[1] if part in words else ""


def _clean(blocks: Sequence[Block], sheet: Sheet, marks: Sequence[Mark]) -> str | None:
    kept = [block for block in blocks if block.spans and is_title(sheet.clean(block.spans, marks).text)]
    return clean_title(sheet.clean([span for block in kept for span in block.spans], marks).text)
