"""Which line goes on with the block before it, in each layout and across page breaks."""

from __future__ import annotations

from resgraph.segment.block import Block, Here, Role, State
from resgraph.segment.figures import DATE
from resgraph.segment.labels import ARTICLE, SECTION
from resgraph.segment.layout import FULL_STOP, is_ended
from resgraph.segment.words import may_open_preamble, opens_operative, opens_preamble


def in_bracket(here: Here, blocks: list[Block]) -> bool:
    """`[Adopted by a recorded vote of 28 to 6 ...`: what stands between the brackets is one closing."""
    if not blocks or here.before is None or blocks[-1].role is not Role.CLOSING or len(blocks[-1].spans) > 40:
        return False
    return blocks[-1].first.lstrip("*_ ").startswith("[") and "]" not in here.above


def runs_on(here: Here, state: State, blocks: list[Block]) -> bool:
    """Whether a line goes on with the block before."""
    if not blocks or here.before is None:
        return False
    last = blocks[-1]
    if last.role in (Role.NUMBER, Role.POINT) and not last.spans:
        return True
    if not here.words[:1].islower() and (SECTION.match(last.first) or ARTICLE.match(last.first)):
        return False
    if (
        last.role is Role.CLOSING
    ):  # "Adopted at the 705th meeting by 8 votes to none, with 3", "abstentions (Belgium, ..."
        return (
            here.layout.wrapped
            and not here.blank
            and not here.page
            and here.above[-1:] not in ".*]"
            and not DATE.search(here.above)
        )
    if last.role not in (Role.NUMBER, Role.POINT, Role.PLAIN):
        return False
    if not state.inside:
        return _runs_on_outside(here)
    if here.words[:1].islower():
        return True
    parted = opens_preamble(here.words) or opens_operative(here.words)
    if not here.layout.wrapped:
        broken = here.page or (state.preamble and not may_open_preamble(here.words) and not is_heading(here, 1))
        return broken and not is_ended(here.above) and not parted
    if here.layout.spaced:
        return _runs_on_spaced(here, parted)
    return not (_starts_preambular(here, parted) if state.preamble else _starts_operative(here, state, blocks))


def _runs_on_outside(here: Here) -> bool:
    """Annexes and what stands between resolutions."""
    if here.blank and not here.page:
        return False
    if here.words[:1].islower():
        return not FULL_STOP.search(here.above)
    if here.layout.wrapped:
        return not is_ended(here.above) and not here.cut_short
    return here.page and not is_ended(here.above) and len(here.above) > 80


def _runs_on_spaced(here: Here, parted: bool) -> bool:
    if here.blank and not here.page:  # "as reported on", and below a stray blank line "2 March 1994,"
        return here.words[:1].isdigit() and not is_ended(here.above)
    if not (here.blank or here.page):
        return not (parted and is_ended(here.above))
    return not is_ended(here.above) or not parted


def _starts_preambular(here: Here, parted: bool) -> bool:
    """Without blank lines, a preambular paragraph starts with its verb, after one that ended or broke off early."""
    if here.layout.greedy and here.cut_short:
        return True
    if here.before is not None and here.above.endswith(":"):
        return False  # "Guiding Principles on Business and Human Rights:", "Implementing the ... Framework"
    return here.ended and (parted or may_open_preamble(here.words) or is_heading(here, 1))


def _starts_operative(here: Here, state: State, blocks: list[Block]) -> bool:
    last = blocks[-1]
    if last.role is Role.PLAIN and state.last and not FULL_STOP.search(here.above if here.before else ""):
        return False
    if here.layout.greedy and here.cut_short:
        return True
    if not state.last:
        return here.ended and opens_operative(here.words)
    return here.ended and is_heading(here, state.last + 1)


def is_heading(here: Here, number: int) -> bool:
    """A line without an end, right above the next operative paragraph."""
    lines = [line.text for line in here.after[:2]]
    above = lines[:1] and (
        lines[0].startswith(f"{number}.") or (lines[-1].startswith(f"{number}.") and not is_ended(lines[0]))
    )
    return bool(above) and not is_ended(here.words) and here.words[:1].isupper()
