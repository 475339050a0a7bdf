"""Acts that put a matter on the agenda of a session: `Decides to consider ... at its fifty-eighth session`.

The words are those of the UN Editorial Manual's decisions on future work: to consider, to continue or resume
consideration, to include in the provisional agenda, to revert to or take up again, to remain seized.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model.values import value
from resgraph.numerals import ORDINAL

if TYPE_CHECKING:
    from resgraph.recognise.acts import ActMention

_TO = re.compile(
    r" ?(?:also |further |therefore |accordingly )*to (?:"
    r"(?:continue to |further |again )?(?:consider|discuss|review|examine|address)\b(?! (?:taking|making|adopting))"
    r"|(?:continue|resume|defer|conclude|undertake|revert to|keep|return to|take up|postpone)"
    r" (?:its |the |their |further )*(?:consideration|discussion|examination|review"
    r"|deliberations|debate|question|issue|matter|item|subject|report)\b"
    r"|include\b[^;]{0,200}?\b(?:in|on) (?:the|its)(?: draft| provisional)? agenda\b"
    r"|(?:remain|continue to be|keep itself) (?:actively )?seized\b|remain(?: actively)? apprised\b"
    r"|inscribe\b|place\b[^;]{0,200}?\bon the(?: provisional)? agenda\b)"
)
_SESSION = re.compile(
    rf"\b(?:at|of|for|in|during|until|to) (?:its|the|their)(?: regular| next| resumed| main)? "
    rf"(?P<session>{ORDINAL}|next|(?:19|20)\d\d)(?: regular| substantive| annual| resumed)? session\b",
    re.I,
)
_TITLE = re.compile(r"\b(?P<sub>sub-?)?item (?:entitled |on )?[“\"](?P<title>[^”\"]{3,300})[”\"]")


@value
class Scheduled:
    """The session for which a matter is put on the agenda, as printed (an ordinal, a year or `next`), and the title of
    the item, or of the sub-item where there is one.
    """

    session: str
    item_title: str | None = None


def find_scheduled(text: str, act: ActMention) -> Scheduled | None:
    """The session and item of an act's own clause, None where it schedules nothing."""
    if act.verb is None or act.verb.force != "deciding" or not _TO.match(text, act.lead_end, act.end):
        return None
    session = _SESSION.search(text, act.lead_end, act.end)
    titles = sorted(_TITLE.finditer(text, act.lead_end, min(len(text), act.end + 1)), key=lambda t: not t["sub"])
    return Scheduled(session["session"].lower(), titles[0]["title"] if titles else None) if session else None
