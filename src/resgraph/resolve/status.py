"""Claims about treaties given their instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.model import InstrumentTarget, TreatyStatus

if TYPE_CHECKING:
    from resgraph.model import Citation, Reference
    from resgraph.recognise import Recognised, StatusMention


def statuses_of(
    read: Recognised, citations: tuple[Citation, ...], references: tuple[Reference, ...]
) -> tuple[TreatyStatus, ...]:
    """The claims of a passage whose instrument is named or meant in the claim or last before it."""
    return tuple(
        TreatyStatus(
            instrument=short,
            span=read.passage.span(claim.start, claim.end),
            ratifications_needed=claim.needed,
            entry_into_force=claim.in_force,
            locator=claim.locator,
        )
        for claim in read.statuses
        if (short := _instrument(claim, read, citations, references)) is not None
    )


def _instrument(
    claim: StatusMention, read: Recognised, citations: tuple[Citation, ...], references: tuple[Reference, ...]
) -> str | None:
    place = read.passage.span(claim.start, claim.end)
    mentions: tuple[Citation | Reference, ...] = (*citations, *references)
    found = [
        (mention.span.start, mention.target.short)
        for mention in mentions
        if isinstance(mention.target, InstrumentTarget)
    ]
    within = {short for at, short in found if place.start <= at < place.end}
    if within:
        return within.pop() if len(within) == 1 else None
    earlier = [item for item in found if item[0] < place.start]
    return max(earlier)[1] if earlier else None
