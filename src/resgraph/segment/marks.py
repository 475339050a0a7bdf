"""Note marks in the words: raised digits, `1/`, and digits glued to words, told from other digits by their sequence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.model import Span
from resgraph.model.values import value
from resgraph.numerals import MONTH
from resgraph.segment.figures import RAISED
from resgraph.segment.passages import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MARKED = re.compile(r"[\d⁰¹²³⁴-⁹*]")
_DIGIT = re.compile(r"\d")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]{1,3}")
_BRACKET = re.compile(r"\s?\[(\d{1,3}) ?\](?![\w(])")
_SLASH = re.compile(r"(?<=[\w,.;:)\]”\"’'])\s{0,2}(\d{1,3})\s?/(?=[\s,.;:)\]]|$)")
# "Rights,1 the", "Women4 and", "session”12 and", "(III)3": never inside a number ("1,000", "2.5") or "COVID-19"
_GLUED = re.compile(
    r"(?<=[^\W\d_])(\d{1,3})(?![\w/(-])|(?<=[,.;:)\]”\"’'?!%])(\d{1,3})(?![\w/(]|-\w|,\d{3}(?!\d)|\.\d)"
)
# "Western Sahara, 31" and "22 February 1990 49 calling": OCR parts the raised digits from their word
_LOOSE = re.compile(
    r"(?<=[\w,.;:)\]”\"’'?]) (\d{1,3})(?=[,.;:)\]]|\s*$|\s+(?:and|or|of|on|in|to|that|which|by|for|from|with|at|as|the"
    r"|its|their|is|are|was|were|has|have|had|concerning|regarding|relating|calling|adopted|submitted|annexed|dated)\b)",
    re.MULTILINE,
)
_NUMBER = re.compile(r"(?<![\d,])\d{2,7}(?![\w/(-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STAR = re.compile(r"(?<=[\w,.;:)\]”\"’'])(\*{1,3})(?=[\s,.;:)]|$)")
# what glued digits may belong to: chemical formulas, groups and models known by a letter and a number
_NAMES = re.compile(r"(?:\b(?:[A-Z]|CO|PM|SO|NO|CH|HFC|PCB|UN|ISO|IPSAS|MP|Web)|[Cc]o[Vv])$")
_ABBREVIATIONS = re.compile(r"(?:\b[Nn]os?|[Pp]aras?|[Aa]rts?|[Cc]hap|[Ss]ect|[Pp]p?|[Vv]ol|[Rr]ev|[Aa]dd|[Cc]orr)\.$")


@value
class _Candidate:
    number: int
    mark: Mark
    weight: float


def find_marks(text: str, spans: Sequence[Span], known: Iterable[str], *, sole: bool = True) -> tuple[Mark, ...]:
    """The marks that stand in `spans` of a text; `known` are the markers of the notes that were found, which belong to
    other resolutions too unless this is the `sole` one.
    """
    spans = [span for span in spans if _MARKED.search(text, span.start, span.end)]
    known = frozenset(known)
    numbers = frozenset(int(marker) for marker in known if marker.isdigit())
    raised = [mark for span in spans for mark in _raised(text, span)]
    sure = sorted((*raised, *_certain(text, spans, numbers)), key=lambda mark: mark.span.start)
    stars = [mark for mark in _stars(text, spans) if mark.marker in known]
    if len([m for m in sure if int(m.marker) in numbers]) >= max(1, len(numbers) // 2):
        chain: list[Mark] = sure
    else:
        likely = [_Candidate(int(mark.marker), mark, 3.0) for mark in raised]
        chain = _longest(
            sorted((*likely, *_candidates(text, spans, numbers)), key=lambda c: c.mark.span.start), numbers
        )
        # "Lebanon¹⁰", where the next is 20: raised digits are marks though OCR misread them
        placed = {mark.digits.start for mark in chain}
        chain += [mark for mark in sure if int(mark.marker) in numbers and mark.digits.start not in placed]
    chain += _gaps(text, spans, chain, numbers if sole else _between(chain, numbers))
    return tuple(sorted(chain + stars, key=lambda mark: mark.span.start))


def _certain(text: str, spans: Sequence[Span], numbers: frozenset[int]) -> Iterator[Mark]:
    """Digits that a stroke or brackets tell from words."""
    for span in spans:
        for sign, pattern in (("/", _SLASH), ("[", _BRACKET)):
            for match in _found(sign, pattern, text, span):
                if int(match[1]) in numbers or not numbers:
                    yield _mark(match, 1, match[1])


def _found(sign: str, pattern: re.Pattern[str], text: str, span: Span) -> Iterable[re.Match[str]]:
    """Where a pattern matches, of which a sign is part: few lines have it."""
    return pattern.finditer(text, span.start, span.end) if text.find(sign, span.start, span.end) >= 0 else ()


def _raised(text: str, span: Span) -> Iterator[Mark]:
    """Raised digits, with the white space before them."""
    for match in _RAISED.finditer(text, span.start, span.end):
        start = match.start() - (match.start() > span.start and text[match.start() - 1].isspace())
        marker = str(int(match[0].translate(RAISED)))
        yield Mark(marker, Span(start, match.end()), Span(match.start(), match.end()))


def _mark(match: re.Match[str], group: int, marker: str) -> Mark:
    return Mark(str(int(marker)), Span(match.start(), match.end()), Span(match.start(group), match.end(group)))


def _stars(text: str, spans: Sequence[Span]) -> Iterator[Mark]:
    for span in spans:
        for match in _found("*", _STAR, text, span):
            yield Mark(match[1], Span(match.start(), match.end()), Span(match.start(1), match.end(1)))


def _candidates(text: str, spans: Sequence[Span], numbers: frozenset[int]) -> Iterator[_Candidate]:
    for span in spans:
        first = _DIGIT.search(text, span.start, span.end)
        if first is None:
            continue
        for match in _GLUED.finditer(text, first.start(), span.end):
            group = 1 if match[1] else 2
            if not _belongs(text, span, match.start(group)):
                number = int(match[group])
                weight = 2.0 + (number in numbers) + 0.5 * (group == 2)
                if _NAMES.search(text, max(span.start, match.start(group) - 8), match.start(group)):
                    weight = 0.6 if number in numbers else 0.0  # "CO2", "G20"; but "Protocol V8 to the Convention"
                yield _Candidate(number, _mark(match, group, match[group]), weight)
        for match in _LOOSE.finditer(text, max(span.start, first.start() - 1), span.end):
            if int(match[1]) in numbers and not _in_phrase(text, span, match):
                yield _Candidate(int(match[1]), _mark(match, 1, match[1]), 0.8)


def _belongs(text: str, span: Span, at: int) -> bool:
    """Whether digits at an offset belong to the number or abbreviation before them."""
    before = text[max(span.start, at - 12) : at]
    if before in ('"', "“", "‘") or before[-2:] in (' "', " “", " ‘"):  # a quotation that begins with a number
        return True
    if _ABBREVIATIONS.search(before) or re.search(r"[/(][A-Za-z]+\.$", before):  # "C-28/DEC.12", "GC(SPL.2)"
        return True
    if before.endswith((",", ".")) and before[-2:-1].isdigit():
        thousands = re.search(r"(?<![\d/])\d{1,3},$", before) and re.match(r"\d{3}(?!\d)", text[at : at + 4])
        return bool(thousands) or (before.endswith(".") and bool(re.search(r"(?<!\d)\d{1,3}\.$", before)))
    return False


_COUNTED = re.compile(
    r"(?:\b(?:paragraphs?|articles?|resolutions?|decisions?|annex(?:es)?|rules?|sections?|chapters?|parts?|pages?|items?|regulations?"
    r"|chapter|no|nos|numbers?|protocol|group|agenda|of|to|and|or|from|at|than|about|by|on|between|least|some|over|nearly|the|all|its|for|in"
    r"|with|January|February|March|April|May|June|July|August|September|October|November|December))$",
    re.IGNORECASE,
)
_DAY = re.compile(rf"\s(?:{MONTH}|per|\()")


def _in_phrase(text: str, span: Span, match: re.Match[str]) -> bool:
    """`paragraph 5`, `of 44`, `27 February`: digits that stand apart and are words of the sentence."""
    before = text[max(span.start, match.start() - 24) : match.start()]
    return bool(_DAY.match(text, match.end(), span.end) or _COUNTED.search(before))


def _longest(candidates: Sequence[_Candidate], numbers: frozenset[int]) -> list[Mark]:
    """The chain of candidates whose numbers count up with the fewest gaps; digits outside it are words.

    Linear: a candidate looks at the best chains that end on one of the eight numbers before its own.
    """
    best: dict[int, tuple[float, int]] = {}
    back: list[int] = []
    for n, candidate in enumerate(candidates):
        start = 0.0 if candidate.number == min(numbers, default=1) else -1.5 if candidate.number in numbers else -3.0
        score, previous = start, -1
        for number in range(max(0, candidate.number - 8), candidate.number):
            if number in best and best[number][0] - _gap(number, candidate.number, numbers) > score:
                score, previous = best[number][0] - _gap(number, candidate.number, numbers), best[number][1]
        back.append(previous)
        if candidate.number not in best or score + candidate.weight > best[candidate.number][0]:
            best[candidate.number] = (score + candidate.weight, n)
    if not best:
        return []
    score, at = max(best.values())
    chain: list[Mark] = []
    while at >= 0 and score >= (0.7 if numbers else 2.4):
        chain.append(candidates[at].mark)
        at = back[at]
    return chain[::-1]


def _gap(low: int, high: int, numbers: frozenset[int]) -> float:
    """What a jump from one number to a higher one costs: skipped numbers that have a note are likelier than others."""
    skipped = 1.5 if numbers else 4.0
    return sum(0.5 if number in numbers else skipped for number in range(low + 1, high))


def _between(chain: Sequence[Mark], numbers: frozenset[int]) -> frozenset[int]:
    """On a page of several resolutions the notes before the first mark and after the last belong to neighbours."""
    have = [int(mark.marker) for mark in chain]
    return frozenset(number for number in numbers if have and min(have) < number < max(have))


def _gaps(text: str, spans: Sequence[Span], chain: Sequence[Mark], numbers: frozenset[int]) -> list[Mark]:
    """Marks glued to a number, which only their place in the sequence tells: `of 15 March 20066 and` holds mark 6."""
    have = {int(mark.marker): mark for mark in chain}
    out = []
    for number in sorted(numbers - set(have)):
        low = max((m.span.end for k, m in have.items() if k < number), default=0)
        high = min((m.span.start for k, m in have.items() if k > number), default=len(text))
        glued = next(_glued_to_number(text, spans, low, high, str(number)), None)
        mark = glued or _apart(text, spans, low, high, number)
        if mark is not None:
            have[number] = mark
            out.append(mark)
    return out


def _glued_to_number(text: str, spans: Sequence[Span], low: int, high: int, marker: str) -> Iterator[Mark]:
    """Between the marks before and after: a number that makes sense without the marker at its end, or the only one."""
    run_on = re.compile(rf"(?<=[,;.)”a-z]){marker}(?=[a-z])")  # "of 5 December 1994,1in which"
    found: list[tuple[int, int]] = []
    for span in spans:
        start, end = max(span.start, low), min(span.end, high)
        if start < end:
            found += [(match.start(), match.start()) for match in run_on.finditer(text, start, end)]
            found += [
                (match.start(), match.end() - len(marker))
                for match in _NUMBER.finditer(text, start, end)
                if match[0].endswith(marker) and len(match[0]) > len(marker) + 1 and _is_too_long(text, match)
            ]
    ends = [(start < cut and not _stands_alone(text, start, cut), cut) for start, cut in found[:9]]
    if ends and len(found) < 9 and (len(ends) == 1 or not min(ends)[0]):
        at = Span(min(ends)[1], min(ends)[1] + len(marker))
        yield Mark(marker, at, at)


def _apart(text: str, spans: Sequence[Span], low: int, high: int, number: int) -> Mark | None:
    """`on 27 May 1948, 13 third interim report, 14 report on`: digits that OCR parted from their comma, where they
    stand so but once between the marks before and after.
    """
    stray = re.compile(rf"(?<=,) ({number})(?=\s+[a-z])")
    bounds = [Span(max(span.start, low), min(span.end, high)) for span in spans]
    found = [match for span in bounds if span.start < span.end for match in stray.finditer(text, span.start, span.end)]
    return _mark(found[0], 1, found[0][1]) if len(found) == 1 else None


def _is_too_long(text: str, match: re.Match[str]) -> bool:
    """A year may be one, but not in a name (`COVID-1910`); numbers of resolutions have three digits since 1976."""
    if text[match.start() - 1] == "/":
        return len(match[0]) > 3
    return bool(re.search(r"[A-Z]-$", text[max(0, match.start() - 2) : match.start()])) or not _YEAR.fullmatch(match[0])


def _stands_alone(text: str, start: int, cut: int) -> bool:
    """Whether a number makes sense without the mark: as a year, or as printed elsewhere (`Agenda 21`, `1/CP.21`)."""
    if _YEAR.fullmatch(text, start, cut):
        return True
    before = text[max(0, start - 6) : cut]
    at = text.find(before)
    while at >= 0:
        if not text[at + len(before) : at + len(before) + 1].isdigit():
            return True
        at = text.find(before, at + 1)
    return False
