"""Which line opens a block: heads, formulas, closings, numbers of paragraphs, labels of points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model import Span
from resgraph.segment.block import Block, Here, Role, State
from resgraph.segment.closing import is_closing
from resgraph.segment.figures import DATE
from resgraph.segment.heads import PART, Number, read_number
from resgraph.segment.labels import FIRST, Label, read_act_letter, read_label, read_operative_number, successor
from resgraph.segment.layout import FULL_STOP
from resgraph.segment.words import speaker

if TYPE_CHECKING:
    from resgraph.segment.lines import Line

_ANNEX = re.compile(
    r"^[#*_ ]{0,5}(?:ANNEX|Annex|APPENDIX|Appendix|Attachment|ATTACHMENT)(?: (?:[IVX]{1,5}|[A-Z]|\d{1,2}))?"
    r"[.:]?[*_]{0,3}"
    r"(?:\s[A-Z“].{0,180})?$"
)


# "subparagraphs (d) and (e) of paragraph 3": what follows a bracket that labels no point
_GOES_ON = re.compile(r"(?:and|or|to) \(|of (?:the|this|that|para|sub|art|res|its|annex)|above\b|below\b")


def landmark(here: Here, state: State, blocks: list[Block]) -> Block | None:
    """A head, formula, letter of a part, annex or closing that a line opens."""
    if state.inside and not here.ended:
        return None
    line, words = here.line, here.words
    whole = [Span(line.start, line.end)]
    if speaker(words):
        return Block(Role.FORMULA, line.start, whole)
    number = read_number(words)
    if number and _is_head(number, here, state):
        bare = not any(speaker(next_.text) for next_ in here.after)
        return Block(Role.HEAD, line.start, [Span(line.start + number.rest, line.end)], number=number, bare=bare)
    part = PART.match(words)
    if part and any(speaker(next_.text) for next_ in here.after[: 3 if state.inside else 9]):
        return Block(Role.PART, line.start, [Span(line.start + part.end(), line.end)], label=part[1])
    if _ANNEX.match(words) and not state.preamble and not (here.after and here.after[0].text[:1].islower()):
        return Block(Role.ANNEX, line.start, whole)
    if _is_closing(here, state, blocks):
        return Block(Role.CLOSING, line.start, whole)
    return None


def _is_closing(here: Here, state: State, blocks: list[Block]) -> bool:
    """The meeting, the vote; a date closes only below these, or where it stands alone after the last paragraph."""
    below = bool(blocks) and blocks[-1].role is Role.CLOSING
    if not (below or state.inside) or not (is_closing(here.words) or _splits_ordinal(here)):
        return False
    if below or not DATE.match(here.words.lstrip("*_[( ")):
        return True
    return not state.preamble and here.before is not None and bool(FULL_STOP.search(here.before.text))


def _splits_ordinal(here: Here) -> bool:
    """`48`, `th`, `plenary meeting`: a raised ending put on a line of its own."""
    after = here.after[0].text if here.after else ""
    return here.words.isdigit() and after in ("st", "nd", "rd", "th")


def _is_head(number: Number, here: Here, state: State) -> bool:
    """A number opens a resolution where an enacting formula follows; the other styles cannot be anything else."""
    if number.style in ("named", "year"):
        return True
    if state.inside and number.style == "slash" and not re.search(r"[.\t]", here.words[: number.rest]):
        return False
    if any(speaker(line.text) for line in here.after):
        title = here.words[number.rest :] or (here.after[0].text if here.after else "")
        return not title[:1].islower()
    return number.style == "roman" and here.words[number.rest :][:1].isupper()


def labelled(here: Here, state: State, blocks: list[Block]) -> Block | None:
    """An operative paragraph or a point that a line opens."""
    if not state.inside or not (here.ended or blocks[-1].heading or blocks[-1].role is Role.FORMULA):
        return None
    line = here.line
    number = read_operative_number(here.words, state.last)
    if number and _number_fits(number, here, state, blocks):
        return Block(Role.NUMBER, line.start, _rest(line, number), label=number.text)
    letter = read_act_letter(here.words)
    if letter:
        return Block(Role.PLAIN, line.start, _rest(line, letter), label=letter.text)
    label = read_label(here.words)
    if label and _label_fits(label, here, state, blocks):
        return Block(Role.POINT, line.start, _rest(line, label), label=label.text)
    return None


def _rest(line: Line, label: Label) -> list[Span]:
    return [Span(line.start + label.rest, line.end)] if line.start + label.rest < line.end else []


def _number_fits(number: Label, here: Here, state: State, blocks: list[Block]) -> bool:
    """Operative numbers count up; they start again under a new section, and in a list that a paragraph holds."""
    n = int(number.text)
    if n in (state.last + 1, state.outer + 1 if state.outer else -1):
        return True
    if n == 1:
        return blocks[-1].role is Role.PLAIN or not here.layout.wrapped or here.blank
    return not here.layout.wrapped or (here.blank and not here.page) or state.last + 1 < n <= state.last + 2


def _label_fits(label: Label, here: Here, state: State, blocks: list[Block]) -> bool:
    """In hard-wrapped text a line may begin with a bracket of a sentence: `subparagraphs (c),` `(d) and (e) of`."""
    if not here.layout.wrapped:
        return True
    rest = here.words[label.rest :]
    if rest[:1] in ",;.)" or _GOES_ON.match(rest):
        return False
    if successor(label.text, blocks[-1].inline) and not successor(label.text, state.label):
        return False  # "(a) ... and (b) ..." within one sentence
    if state.preamble and not here.cut_short and not (here.blank and not here.page):
        return False
    return (
        label.text in FIRST or successor(label.text, state.label) or here.cut_short or here.blank or bool(state.label)
    )
