"""Resolutions and decisions by number, in lists and alone: `its resolutions 48/141 of 20 December 1993 and 52/111`.

Ways of writing (UN Editorial Manual, "References to resolutions and decisions"): the Assembly until 1976 and the
Economic and Social Council until 1977 a serial number with the session in roman numerals, `2200 A (XXI)`, `3201
(S-VI)`; since
then session or year, stroke, serial number, `45/158`, `S-24/2`, `2001/53`; the Security Council a serial number and
the
year, `1325 (2000)`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from resgraph.lexicon import load
from resgraph.model.values import value
from resgraph.numerals import DAY_MONTH_YEAR, first_date
from resgraph.recognise.mentions import Number, NumberMention

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = r"[A-Z]{1,2}(?:(?:[-–]| and | to |, )[A-Z](?![A-Za-z]))*"
_NUMBER = re.compile(
    r"(?<![\w/.])(?:"
    rf"(?P<serial>\d{{1,4}}) ?(?P<first>{_LETTERS})? ?\((?P<session>(?:19|20)\d\d|(?:E?S-)?[IVXLC]{{1,9}})\)(?:"
    rf" ?(?P<last>{_LETTERS})(?![\w/]))?"
    rf"|(?P<stroke>(?:E?S ?[-‑–] ?)?\d{{1,4}}) ?/ ?(?P<count>\d{{1,4}})(?: ?(?P<part>{_LETTERS})(?![\w’'/.]))?"
    r")(?![\d/])"
)
_ANY_NUMBER = re.compile(r"/ ?\d|\((?:19|20|E?S-|[IVXLC])")
_ANCHOR = re.compile(r"\b([Rr]esolution|[Dd]ecision)(s?)\b(?: No\.?)? ?$")
_ANY_ANCHOR = re.compile(r"\b(?:[Rr]esolution|[Dd]ecision)s?\b")
_DATE = re.compile(rf"{DAY_MONTH_YEAR}")
# "Human Rights Council decision 18/120 of 30 September 2011 and resolutions 24/14 ...": the body holds for both
_AND_ANCHOR = re.compile(r"(?: of)? ?,? (?:and|as well as) (?:resolution|decision)s? ")
# "the resolutions of the Human Rights Council, the most recent of which being resolutions 47/1 ..."
_COLLECTIVE = re.compile(
    r"\b(?:resolutions|decisions)(?: and (?:resolutions|decisions))? (?:adopted )?(?:of|by) the"
    r" (?P<body>[A-Z][\w ]{4,80}?)(?:,| on | in particular| including| relating| concerning)"
)
_SINGLED_OUT = re.compile(r"\b(?:including|in particular|most recent|latest|notably|especially)\b")
_NOT_A_RESOLUTION = re.compile(r"(?:\bNos?\.|\bdocuments?|\bNumbers?|[£$€]) ?$")
# Words that may part two numbers of one list: "48/141 of 20 December 1993, as well as", "all subsequent", "in
# particular".
_BETWEEN = re.compile(
    r"(?:[\s,;.()\[\]]|\b(?:of|on|and|or|to|the|as|well|also|its|all|in|particular|including|inter|alia|same|date|dated|"
    r"adopted|by|consensus|subsequent|most|recent|recently|further|especially|notably|both|through|from|"
    r"annex(?:es)?|sections?|sects?|chap|paragraphs?|paras?|part|see|[IVX]{1,5}|[A-Z]|[a-z]|\d{1,3})\b|[-–]|“[^”]{1,200}”|entitled){0,60}$"
)
_POSSESSIVE = re.compile(r"\b(?:its|their|our)(?: \w+){0,4} ?$")
_CAPITALISED = re.compile(r"((?:[A-Z][\w-]+|of|on|for|the|and|to)(?: (?:[A-Z][\w-]+|of|on|for|the|and|to)){0,12}) $")
_ORGAN = re.compile(
    r"\b(?:Assembly|Council|Commission|Conference|Committee|Board|Congress|Forum|Parties|Union|Organization)$"
)
_AFTER = re.compile(
    r",? ?(?:adopted )?(?:of|by) the ((?:[A-Z][\w-]+)(?: (?:[A-Z][\w-]+|of the|of|on the|on|for the|for|and|to"
    r" the)){0,14})"
)


@value
class _List:
    """The list that is being read: its head's kind and body, and where its last number ended."""

    kind: str
    body: str | None
    end: int


def find_numbers(text: str) -> Iterator[NumberMention]:
    """Every numbered resolution and decision of a passage, with the body that is printed for it."""
    if ("/" not in text and "(" not in text) or not _ANY_NUMBER.search(text):
        return
    current: _List | None = None
    pending: list[NumberMention] = []
    for match in _NUMBER.finditer(text):
        head = _head(text, match, current)
        if head is None:
            continue
        if current is None or head.end == -1:
            yield from _closed(text, pending)
            pending = []
        current = _List(head.kind, head.body, match.end())
        pending += _mentions(text, match, current)
    yield from _closed(text, pending)


def _head(text: str, match: re.Match[str], current: _List | None) -> _List | None:
    """The head that governs a number: its own (`end` is -1), the running list's, or None for a number that is none."""
    before = text[max(0, match.start() - 160) : match.start()]
    end = max(0, len(before) - 24)  # longer than what stands right before a number can be
    if _NOT_A_RESOLUTION.search(before, end):
        return None
    if anchor := _ANCHOR.search(before, end):
        body = _body_before(before[: anchor.start()])
        if (
            body is None
            and current is not None
            and _AND_ANCHOR.fullmatch(_DATE.sub("", text[current.end : match.start()]))
        ):
            body = current.body
        return _List(anchor[1].lower(), body or _collective(before[: anchor.start()]), -1)
    if current is not None:
        gap = text[current.end : match.start()]
        if len(gap) < 260 and _BETWEEN.match(_DATE.sub("", gap)):
            return current
        if anchors := list(_ANY_ANCHOR.finditer(gap[-160:])):
            word = anchors[-1][0].lower().rstrip("s")
            if _is_number_of_a_resolution(text, match):
                return _List(word, None, -1)
    return _loose_head(text, match, before)


def _collective(before: str) -> str | None:
    """The body of resolutions spoken of before some are singled out: `Human Rights Council resolutions on the subject,
    including resolution 42/9`.
    """
    if spoken := list(_COLLECTIVE.finditer(before)):
        return _known_body_at(spoken[-1]["body"]) or _organ(spoken[-1]["body"])
    anchors = [a for a in _ANY_ANCHOR.finditer(before) if _SINGLED_OUT.search(before, a.end())]
    return _body_before(before[: anchors[-1].start()]) if anchors else None


def _loose_head(text: str, match: re.Match[str], before: str) -> _List | None:
    """A number far from its "resolutions" ("its resolutions on the matter, in particular 1591 (2005)") or with no such
    word at all: only where its form can be nothing else.
    """
    if not _is_number_of_a_resolution(text, match):
        return None
    anchors = list(_ANY_ANCHOR.finditer(before))
    if not anchors:
        return _List("resolution", None, -1)
    body = _body_before(before[: anchors[-1].start()]) or _collective(before)
    return _List(anchors[-1][0].lower().rstrip("s"), body, -1)


def _is_number_of_a_resolution(text: str, match: re.Match[str]) -> bool:
    if match["serial"]:
        return not match["session"].isdigit() or 1945 < int(match["session"]) < 2100
    return bool(_DATE.match(text[match.end() : match.end() + 30].removeprefix(" of ")))


def _mentions(text: str, match: re.Match[str], head: _List) -> Iterator[NumberMention]:
    session = re.sub(r"[\s‑–]+", "-", match["session"] or match["stroke"]).replace("--", "-")
    letters = re.findall(r"[A-Z]{1,2}", match["first"] or match["last"] or match["part"] or "")
    if len(letters) == 2 and re.search(r"[-–]|to", match["first"] or match["last"] or match["part"]):
        letters = [chr(c) for c in range(ord(letters[0]), ord(letters[1]) + 1)]
    after = text[match.end() : match.end() + 40]
    adopted = first_date(after) if (at := _DATE.search(after)) and at.start() < 14 else None
    for letter in letters or [""]:
        number = Number(session, int(match["serial"] or match["count"]), letter, bool(match["serial"]))
        yield NumberMention(match.start(), match.end(), number, head.kind, head.body, adopted)


def _closed(text: str, mentions: list[NumberMention]) -> Iterator[NumberMention]:
    """A finished list: a body named after it (`resolution 1999/44 of the Commission`) holds for all of it."""
    if mentions and mentions[-1].body in (None, "its"):
        rest = text[mentions[-1].end : mentions[-1].end + 200]
        if date_ := _DATE.match(rest.removeprefix(" of ")):
            rest = rest.removeprefix(" of ")[date_.end() :]
        if (named := _AFTER.match(rest)) and (body := _known_body_at(named[1]) or _organ(named[1])):
            mentions = [replace(m, body=body) for m in mentions]
    yield from mentions


@cache
def _body_names() -> tuple[str, ...]:
    """Full names, then the last words by which texts call a body again, `the Council`."""
    full = {name for body in load().bodies for name in body.names}
    short = {name.rsplit(" ", 1)[-1] for body in load().bodies if body.resolution_prefix for name in body.names}
    return tuple(sorted(full | short, key=lambda n: (-len(n), n)))


def _known_body_at(words: str) -> str | None:
    return next((name for name in _body_names() if words.startswith(name)), None)


def _organ(words: str) -> str | None:
    """A capitalised name that ends in an organ's noun, of a body the lexicon lacks."""
    first = re.match(r"[A-Z][\w-]+(?: [A-Z][\w-]+)*", words)
    return first[0] if first and _ORGAN.search(first[0]) else None


def _body_before(before: str) -> str | None:
    """The body printed before "resolution": `Security Council`, `Council`, `its`; None where there is none."""
    words = re.sub(
        r"(?:’s|'s)? (?:relevant |previous |earlier |subsequent |recent |annual |own |main )*$",
        "",
        before.rstrip() + " ",
    )
    if name := _name_at_end(words):
        joint = _name_at_end(words.removesuffix(name).removesuffix(" and ")) if words.endswith(f" and {name}") else None
        return f"{joint} and {name}" if joint else name
    if possessive := _POSSESSIVE.search(before):
        return _subject(before[: possessive.start()]) or "its"
    if (capitalised := _CAPITALISED.search(words)) and _ORGAN.search(capitalised[1]):
        return re.sub(r"^(?:[a-z]+ )+", "", capitalised[1].rsplit("the ", 1)[-1])
    return None


def _name_at_end(words: str) -> str | None:
    names = _body_names()
    return next((name for name in names if words.endswith(name)), None) if words.endswith(names) else None


_INTRODUCED = re.compile(
    r"(?:,| and| or)?(?: (?:in|by|under|through|pursuant to|of|with|and|in paragraph \d+ of|in its|as|set out in"
    r"|contained in))*,? ?$"
)

# "the adoption by the Economic Commission for Latin America and the Caribbean on 16 May 1998 of its resolution 574
# (XXVII)"
_TAKEN_BY = re.compile(r"\bby the ((?:[A-Z][\w-]+)(?: (?:[A-Z][\w-]+|of|on|for|the|and)){0,12})")


def _subject(before: str) -> str | None:
    """The body whose own resolution is meant: `the Commission on Human Rights, in its resolution 1999/44`."""
    words = _INTRODUCED.sub("", before)
    if name := next((name for name in _body_names() if words.endswith("the " + name)), None):
        return name
    taken = list(_TAKEN_BY.finditer(before[-200:])) if before.endswith(" of ") else []
    return _known_body_at(taken[-1][1]) or _organ(taken[-1][1]) if taken else None
