"""Blocks into resolutions: where each begins and ends, lettered parts, annexes, and what belongs to none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resgraph.segment.block import Block, Role
from resgraph.segment.closing import is_closing
from resgraph.segment.labels import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resgraph.segment.heads import Number


@dataclass(slots=True)
class Draft:
    """The blocks of one resolution: what stands above the formula, the text proper, what stands below, the annexes."""

    number: Number | None = None
    letter: str = ""
    above: list[Block] = field(default_factory=list)
    title: list[Block] = field(default_factory=list)
    formula: Block | None = None
    body: list[Block] = field(default_factory=list)
    below: list[Block] = field(default_factory=list)
    annexes: list[list[Block]] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        return bool(self.below)

    def blocks(self) -> list[Block]:
        """Everything that belongs to it."""
        formula = [self.formula] if self.formula else []
        annexed = [block for annex in self.annexes for block in annex]
        return [*self.above, *self.title, *formula, *self.body, *self.below, *annexed]


_DRAFT = re.compile(
    r"\b(?:draft (?:resolution|decision|text)s?|following (?:resolution|declaration|statement))\b[^.;]{0,160}:[”\"]?$",
    re.IGNORECASE,
)


def divide(blocks: Sequence[Block], text: str) -> list[Draft]:
    """The resolutions of a text in order; blocks that belong to none are left out."""
    drafts: list[Draft] = []
    loose: list[Block] = []
    head: list[Block] = []
    for n, block in enumerate(blocks):
        current = drafts[-1] if drafts else None
        match block.role:
            case Role.HEAD if current is not None and _repeats(block, current):
                current.above.append(block)
            case Role.HEAD | Role.FORMULA if current is not None and _is_annexed(block, current):
                current.annexes[-1].append(block)
            case Role.HEAD:
                drafts.append(_opened(block, current, loose, head))
                head = []
            case Role.PART if current is not None:
                drafts += _part(block, current)
            case Role.FORMULA:
                _formula(block, drafts, head, text)
                head = []
            case _ if current is None:
                head.append(block)
            case _ if _entitles(blocks, n, current) or _proclaims(blocks, n, current, text):
                current.annexes.append([block])
            case _:
                _append(block, current, loose, text)
    return drafts


_ARTICLE = re.compile(
    r"^[#*_ ]{0,5}(?:Article|Chapter|Part|Section|Rule|Principle|Regulation)\s+(?:\d|[IVX]+\b)", re.IGNORECASE
)


def _entitles(blocks: Sequence[Block], n: int, current: Draft) -> bool:
    """`STATUTE OF THE INTERNATIONAL LAW COMMISSION`, then `Article 1`: an annex that is not called one (1946-1950)."""
    words = blocks[n].first
    if (
        not current.closed
        or current.annexes
        or blocks[n].role is not Role.PLAIN
        or not words.isupper()
        or len(words) < 12
    ):
        return False
    return any(_ARTICLE.match(block.first) for block in blocks[n + 1 : n + 4])


def _begins(line: str) -> bool:
    article = ARTICLE.match(line)
    return article is not None and article[1] is not None


def _proclaims(blocks: Sequence[Block], n: int, current: Draft, text: str) -> bool:
    """`Proclaims this Declaration ... by means of appropriate measures:`, then `Principle I` and all that follows."""
    if current.annexes or current.closed or not current.body or not _begins(blocks[n].first):
        return False
    before = current.body[-1].spans
    return bool(before) and text[before[-1].end - 1] in ":."


def _repeats(block: Block, current: Draft) -> bool:
    """Resolutions adopted in writing print their number twice, above and below the masthead."""
    if current.formula is not None or current.number is None or block.number is None:
        return False
    return (current.number.session, current.number.number) == (block.number.session, block.number.number)


def _is_annexed(block: Block, current: Draft) -> bool:
    """A resolution of another body is an annex where `Resolution 74/5` stands right below that word (E/RES/2018/25)."""
    if not (current.closed and _annexed(current)):
        return False
    annex = current.annexes[-1]
    if block.role is Role.FORMULA:
        return len(annex) > 1 and annex[1].role is Role.HEAD
    return len(annex) == 1 and block.first.startswith("Resolution ")


def _opened(block: Block, current: Draft | None, loose: list[Block], head: list[Block]) -> Draft:
    draft = Draft(number=block.number, letter=block.number.letter if block.number else "")
    draft.title = [block]
    if current is None:
        draft.above = list(head)
    elif block.number and block.number.style == "named":
        # the Commission prints its titles above the number
        while loose and loose[-1].lines and loose[-1].lines[-1] >= block.lines[0] - 6 and loose[-1].role is Role.PLAIN:
            draft.above.insert(0, loose.pop())
    return draft


def _part(block: Block, current: Draft) -> list[Draft]:
    """A lettered part is a resolution of its own under the number of the one it follows; the first opens that one."""
    if current.formula is None:
        current.letter = block.label
        current.title.append(block)
        return []
    return [Draft(number=current.number, letter=block.label, title=[*_shared(current.title), block])]


def _shared(title: Sequence[Block]) -> list[Block]:
    """The title above all parts: what stands before the first letter."""
    out = []
    for block in title:
        if block.role is Role.PART:
            break
        out.append(block)
    return out


def _formula(block: Block, drafts: list[Draft], head: list[Block], text: str) -> None:
    current = drafts[-1] if drafts else None
    if current is not None and current.formula is None:
        current.formula = block
    elif current is not None and not current.closed and _embeds(current, text):
        current.annexes.append([block])
    elif current is not None and current.annexes and not current.closed:
        current.annexes[-1].append(block)
    elif current is not None and not current.closed:
        current.body.append(block)
    elif current is not None and len(current.letter) == 1 and current.letter < "Z":
        # parts are lettered in order, and each has a formula: one without a letter has lost it
        title = _shared(current.title)
        drafts.append(Draft(current.number, chr(ord(current.letter) + 1), title=title, formula=block))
    else:
        drafts.append(Draft(formula=block, above=list(head)))


def _embeds(current: Draft, text: str) -> bool:
    """`... the adoption of the following draft resolution:` holds a draft, whose formula may stand below a title."""
    for block in reversed(current.body[-3:]):
        if block.spans and _DRAFT.search(" ".join(text[span.start : span.end] for span in block.spans)[-300:]):
            return True
    return False


def _append(block: Block, current: Draft, loose: list[Block], text: str) -> None:
    if current.formula is None:
        current.title.append(block)
    elif block.role is Role.ANNEX:
        current.annexes.append([block])
    elif (block.role is Role.CLOSING and not (current.annexes and current.closed)) or (
        current.closed and is_closing(block.first) and not _annexed(current)
    ):
        current.below.append(block)
    elif _annexed(current) and not _resumes(block, current, text):
        current.annexes[-1].append(block)
    elif current.closed:
        loose.append(block)
    else:
        current.body.append(block)


def _annexed(current: Draft) -> bool:
    """Whether what follows belongs to an annex: one opened below the closing, or a draft that the text holds."""
    if not current.annexes:
        return False
    return not current.closed or current.annexes[-1][0].start > current.below[0].start


def _resumes(block: Block, current: Draft, text: str) -> bool:
    """The paragraph after an embedded draft goes on with the numbers of the resolution, not of the draft."""
    if block.role is not Role.NUMBER or current.closed:
        return False
    outer = [int(b.label) for b in current.body if b.role is Role.NUMBER]
    inner = [int(b.label) for b in current.annexes[-1] if b.role is Role.NUMBER]
    n = int(block.label)
    unquoted = current.annexes[-1][-1].spans[-1:] and text[current.annexes[-1][-1].spans[-1].end - 1] in '”"'
    return bool(outer) and n == outer[-1] + 1 and (bool(unquoted) or (bool(inner) and n != inner[-1] + 1))
