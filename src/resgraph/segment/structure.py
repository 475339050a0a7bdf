"""The body of one resolution: preamble, operative paragraphs with nested points, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from resgraph.model import Span
from resgraph.segment.block import Block, Role
from resgraph.segment.labels import FIRST, SECTION, successor
from resgraph.segment.layout import FULL_STOP, is_ended
from resgraph.segment.words import opens_operative, opens_preamble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(slots=True)
class Node:
    """A paragraph or point that is being put together."""

    label: str | None
    start: int
    spans: list[Span]
    points: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for point in self.points:
            yield from point.walk()


@dataclass(slots=True)
class Body:
    """The parts of a resolution's text; a heading comes with the operative position it stands before;
    `quoting` are the offsets of paragraphs and points that hold a quotation.
    """

    preamble: list[Node] = field(default_factory=list)
    operative: list[Node] = field(default_factory=list)
    headings: list[tuple[Node, int]] = field(default_factory=list)
    quoting: set[int] = field(default_factory=set)

    def nodes(self) -> list[Node]:
        """Everything that holds words, in printed order."""
        roots = [*self.preamble, *self.operative, *(heading for heading, _ in self.headings)]
        return sorted((node for root in roots for node in root.walk()), key=lambda node: node.start)


# the end of a preamble that the formula does not lead on from: "Therefore:" (1946), "Consequently" (1949)
_LINK = re.compile(r"^(?:Therefore|Consequently|Accordingly|Hence|Now,? therefore)\s?[,:;]?$")
# in 1946 the organ names itself in every paragraph: "The General Assembly requests the Secretary-General to ..."
_ORGAN = re.compile(r"^The (?:General Assembly|Security Council|(?:Economic and Social |Trusteeship )?Council) ")
_LONG = 200  # more than a heading has
_QUOTES = ("“", '"', "‘")
_BARE = re.compile(r"^[#*_ ]{0,5}(?:[IVX]{1,5}|[A-Z])[.]?[*_]{0,3}$")


def read_body(blocks: Sequence[Block], text: str) -> Body:
    """Blocks between the enacting formula and the closing, as the resolution's paragraphs."""
    body = Body()
    split = _operative_start(blocks, text)
    _read_preamble(blocks[:split], body, text)
    _read_operative(blocks[split:], body, text)
    return body


def _words(block: Block, text: str) -> str:
    return " ".join(text[span.start : span.end] for span in block.spans)


def _act(block: Block, text: str) -> str:
    """The words from the verb on, where the organ names itself before it."""
    words = _ORGAN.sub("", _words(block, text).lstrip("*_"))
    return words[:1].upper() + words[1:]


def _operative_start(blocks: Sequence[Block], text: str) -> int:
    """The first numbered paragraph; the Council's preambles hold finite verbs too (`Recalls that ...`).

    Where no paragraph is numbered, or the numbers count the items of one that opens with an act, that one.
    """
    first = next((n for n, block in enumerate(blocks) if block.role is Role.NUMBER), len(blocks))
    for n, (block, following) in enumerate(pairwise(blocks[:first])):
        if _is_heading(block, text) and opens_operative(_words(following, text).lstrip("*_")):
            return n  # a section whose paragraphs have no numbers
    numbered = first < len(blocks) and not _counts_items(blocks, first, text)
    if not numbered:
        for n, block in enumerate(blocks[:first]):
            words = _words(block, text).lstrip("*_")
            if block.role is Role.PLAIN and opens_operative(words) and not opens_preamble(words):
                return n
    while first and first < len(blocks) and _is_heading(blocks[first - 1], text):
        first -= 1
    return first


def _counts_items(blocks: Sequence[Block], first: int, text: str) -> bool:
    """`Establishes an Economic Commission for Europe, with terms of reference as follows:` and then 1., 2., 3."""
    before = _words(blocks[first - 1], text).lstrip("*_") if first else ""
    if not opens_operative(before) or opens_operative(_words(blocks[first], text).lstrip("*_")):
        return False
    return before.endswith(":") or not is_ended(before)


def _is_heading(block: Block, text: str) -> bool:
    """A line without an end that opens no paragraph; sections are headed so in resolutions with several parts."""
    words = _words(block, text).strip("*_# ")
    if block.role is not Role.PLAIN or len(words) > 250 or not words[:1].isupper() or _LINK.match(words):
        return False
    if SECTION.match(words):
        return True
    return not is_ended(words) and not opens_preamble(words) and not opens_operative(words)


def _read_preamble(blocks: Sequence[Block], body: Body, text: str) -> None:
    for n, block in enumerate(blocks):
        node = Node(None, block.start, list(block.spans))
        if block.role is Role.POINT and body.preamble:
            node.label = block.label
            _place(node, body.preamble[-1], _coming(blocks[n + 1 :]))
        elif block.role is Role.FORMULA:
            continue
        elif _is_heading(block, text):
            body.headings.append((node, 1))
        else:
            body.preamble.append(node)


def _read_operative(blocks: Sequence[Block], body: Body, text: str) -> None:
    for n, block in enumerate(blocks):
        node = Node(block.label or None, block.start, list(block.spans))
        match block.role:
            case Role.NUMBER if _is_item(blocks, n, body, text):
                body.operative[-1].points.append(node)
            case Role.NUMBER:
                body.operative.append(node)
            case _ if _quoted(block, body, text):
                _last(body).spans += [Span(block.start, block.spans[0].end), *block.spans[1:]]
            case Role.POINT if body.operative:
                _place(node, _holder(body.operative[-1]), _coming(blocks[n + 1 :]))
            case Role.FORMULA:
                continue
            case _ if _is_heading(block, text) or _heads_next(blocks, n, body, text):
                _head(node, block, blocks, n, body, text)
            case _:
                _plain(node, block, body, text)


def _last(body: Body) -> Node:
    """The paragraph or point whose words were read last."""
    *_, last = body.operative[-1].walk()
    return last


def _quoted(block: Block, body: Body, text: str) -> bool:
    """`... by the following text:` and then `"Rule 1`: a quotation keeps its own numbers and letters.

    Letters of a text that a paragraph without points quotes count as its points (`sub-paragraph (c):`, `"(c) Where`).
    """
    if not body.operative or not block.spans or text[block.start] not in _QUOTES:
        return False
    end = _last(body).spans[-1].end
    before = text[max(0, end - 2) : end]
    goes_on = before[-1:] == ":" or before[-1:] in '”"' or _last(body).start in body.quoting
    if goes_on and block.role is Role.PLAIN:
        body.quoting.add(_last(body).start)
        return True
    return goes_on and block.role is Role.POINT and bool(body.operative[-1].points)


def _heads_next(blocks: Sequence[Block], n: int, body: Body, text: str) -> bool:
    """`Sanctions Committee` reads like an act, but has no end and stands above the next number."""
    following = blocks[n + 1] if n + 1 < len(blocks) else None
    words = _words(blocks[n], text)
    above = following is not None and following.role is Role.NUMBER and bool(body.operative)
    return above and len(words) < 400 and not is_ended(words.rstrip(":")) and body.operative[-1].label is not None


def _head(node: Node, block: Block, blocks: Sequence[Block], n: int, body: Body, text: str) -> None:
    before = len(body.operative) + 1
    if body.headings and body.headings[-1][1] == before and _BARE.match(_words(blocks[n - 1], text)):
        body.headings[-1][0].spans += block.spans  # "II" and, on the next line, "Functions and Activities"
    else:
        body.headings.append((node, before))


def _plain(node: Node, block: Block, body: Body, text: str) -> None:
    """Words without a number: a paragraph of its own where it opens with an act, else the end of the one before.

    The flush end of a list ("shall freeze such funds ...") joins the last point, which it stands below. In a section
    whose paragraphs have no numbers each is one of its own.
    """
    words = _act(block, text)
    acts = opens_operative(words) and (is_ended(words) or len(words) > _LONG)
    section = body.operative[body.headings[-1][1] - 1 if body.headings else 0 :]
    if not section and body.headings and opens_preamble(words) and not acts:
        body.preamble.append(
            node
        )  # "III", "Fact-finding", "Recalling the statement ...": a section has its own preamble
    elif acts or all(p.label is None for p in section):
        body.operative.append(node)
    else:
        _last(body).spans += block.spans


def _is_item(blocks: Sequence[Block], n: int, body: Body, text: str) -> bool:
    """A number that counts the items of a paragraph: `terms of reference as follows:` and then 1., 2., 3."""
    headed = bool(body.headings) and body.headings[-1][1] == len(body.operative) + 1
    words = _act(blocks[n], text)
    if not body.operative or headed:
        return False
    last = body.operative[-1]
    if last.points and last.points[-1].label and last.points[-1].label.isdigit():
        follows = successor(blocks[n].label, last.points[-1].label)
        return follows and not opens_operative(words)
    end = text[last.spans[-1].start : last.spans[-1].end] if last.spans else ""
    return blocks[n].label == "1" and not opens_operative(words) and (last.label is None or end.endswith(":"))


def _holder(paragraph: Node) -> Node:
    """Points after numbered items belong to the last item."""
    if paragraph.points and (paragraph.points[-1].label or "").isdigit() and not (paragraph.label or "").isdigit():
        return paragraph.points[-1]
    return paragraph


def _coming(blocks: Sequence[Block]) -> str:
    """The label of the next point."""
    return next((block.label for block in blocks if block.role is Role.POINT), "")


def _place(node: Node, root: Node, coming: str) -> None:
    """Hangs a point where its label goes on with the count, innermost first; a first label opens a new level.

    No level lies within another of its kind: a second (a) below (a) starts the same level again.
    """
    label = node.label or ""
    levels = [root]
    while levels[-1].points:
        levels.append(levels[-1].points[-1])
    opens = label in FIRST and not (label == "i" and coming not in ("ii", ""))
    for depth in range(len(levels) - 1, 0, -1):
        if successor(label, levels[depth].label or "") and not (opens and coming == "ii"):
            levels[depth - 1].points.append(node)
            return
    same = [depth for depth in range(1, len(levels)) if levels[depth - 1].points[0].label == label]
    if opens and same:
        levels[same[-1] - 1].points.append(node)
    elif opens or len(levels) == 1:
        levels[-1].points.append(node)
    else:
        root.points.append(node)


def ends(text: str, node: Node) -> str:
    """The sign that ends a paragraph's last words, empty where they break off."""
    last = [n for n in node.walk() if n.spans]
    stop = FULL_STOP.search(text[last[-1].spans[-1].start : last[-1].spans[-1].end]) if last else None
    return stop[0][0] if stop else ""
