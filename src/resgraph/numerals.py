"""Numbers as UN texts print them: ordinals and cardinals in words or figures, roman numerals, dates."""

from __future__ import annotations

import re
from datetime import date

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_CARDINALS = {word: n for n, word in enumerate(_UNITS)} | _TENS
_ORDINALS = {
    **{f"{word}th": n for n, word in enumerate(_UNITS)},
    **{f"{word[:-1]}ieth": n for word, n in _TENS.items()},
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
}  # fmt: skip
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
MONTHS = ("January February March April May June July August September October November December").split()
MONTH = "(?:" + "|".join(MONTHS) + ")"
DAY_MONTH_YEAR = rf"(?:1st|[0-3]?\d) {MONTH},? (?:1[89]|20)\d\d"
_DATE = re.compile(rf"\b([0-3]?\d)(?:st)? ({MONTH}),? ((?:1[89]|20)\d\d)\b")

_TENS_WORDS = "|".join(_TENS)
ORDINAL = (
    r"(?:(?:one |two )?hundred and )?"
    rf"(?:(?:{_TENS_WORDS})[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    rf"|(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}))"
    r"|\d{1,3}(?:st|nd|rd|th)"
)
"""A pattern (to be compiled with IGNORECASE) for an ordinal in words or figures."""


def ordinal(words: str) -> int | None:
    """`fifty-eighth`, `58th`, `one hundred and tenth` -> the number; None where it is no ordinal."""
    text = words.lower().strip()
    if text[:1].isdigit():
        digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
        return int(digits) if digits.isdigit() else None
    total = 0
    if "hundred" in text:
        head, _, text = text.partition("hundred")
        total = 100 * (_CARDINALS.get(head.strip(), 1))
        text = text.removeprefix(" and ").strip()
        if text == "th":
            return total
    parts = text.replace("-", " ").split()
    if not parts or parts[-1] not in _ORDINALS or any(p not in _TENS for p in parts[:-1]):
        return None
    return total + sum(_TENS[p] for p in parts[:-1]) + _ORDINALS[parts[-1]]


def in_ordinals(number: int) -> str:
    """58 -> `fifty-eighth`; `110th` and the like in figures."""
    words = {n: word for word, n in _ORDINALS.items()}
    tens = {n: word for word, n in _TENS.items()}
    if number in words:
        return words[number]
    if number < 100:
        return f"{tens[number // 10 * 10]}-{words[number % 10]}"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 % 10 != 1 else "th"
    return f"{number}{ending}"


def cardinal(words: str) -> int | None:
    """`six`, `twenty-one`, `21` -> the number; None where it is none."""
    text = words.lower().strip()
    if text.isdigit():
        return int(text)
    parts = text.replace("-", " ").split()
    if not parts or any(p not in _CARDINALS for p in parts):
        return None
    return sum(_CARDINALS[p] for p in parts)


def roman(numeral: str) -> int | None:
    """`XXI` -> 21; None where it is no roman numeral."""
    if not numeral or any(c not in _ROMAN for c in numeral):
        return None
    values = [_ROMAN[c] for c in numeral]
    return sum(-v if i + 1 < len(values) and values[i + 1] > v else v for i, v in enumerate(values))


def first_date(text: str) -> date | None:
    """The first full date in the text (`18 December 1990`), or None; an impossible one counts as none."""
    match = _DATE.search(text)
    if not match:
        return None
    try:
        return date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return None
