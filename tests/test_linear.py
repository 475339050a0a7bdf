"""No text, however hostile, costs more than its length: twice the text takes at most 2.5 times as long."""

import gc
import time
from collections.abc import Callable

import pytest

from resgraph.model import Passage, Run, Source
from resgraph.recognise import recognise, recognise_note
from resgraph.resolve import resolve
from resgraph.segment import segment

UNITS = {
    "strokes": "A/",
    "symbols": "A/1/",
    "digits": "1",
    "spaced digits": "1 ",
    "brackets": "(",
    "closed brackets": "(a)",
    "resolutions": "resolution 45/158, ",
    "numbers": "48/141, ",
    "roman": "217 A (III) and ",
    "council": "1325 (2000), ",
    "dates": "18 December 1990 ",
    "capitals": "Special Committee ",
    "conventions": "Convention on the Rights ",
    "acts": ", and requests",
    "participles": " and recalling",
    "adverbs": "further ",
    "that": "which that ",
    "to": "to to ",
    "quotes": "“",
    "ibid": "Ibid., ",
    "marks": "⁷",
    "letters": "a",
    "spaces": " ",
    "articles": "article 1 of the ",
    "reports": "a report on ",
    "ratifications": "one ratification is ",
    "force": "entry into force of ",
    "mandates": "Special Rapporteur on ",
}
LINES = {
    "blank lines": "\n",
    "numbered lines": "1. Requests\n",
    "lettered lines": "(a) To\n",
    "preambular lines": "Recalling,\n",
    "note lines": "1 A/1/1.\n",
    "page numbers": "2\n\n",
    "formulas": "The General Assembly,\n",
    "headings": "A\n",
    "rules": "---\n",
    "hyphens": "long-\n",
    "dates": "18 December 1990\n",
    "headers": "A/RES/55/88\n",
}


def passage(text: str) -> Passage:
    return Passage(text, (Run(0, 0, len(text)),))


def cost(work: Callable[[str], object], text: str) -> float:
    gc.disable()
    try:
        started = time.process_time()
        work(text)
        return time.process_time() - started
    finally:
        gc.enable()


def grows_linearly(work: Callable[[str], object], unit: str, size: int) -> None:
    short, long = unit * (size // len(unit)), unit * (2 * size // len(unit))
    for _ in range(3):  # a machine with other work on it may stall once, not three times
        once = min(cost(work, short) for _ in range(3))
        twice = min(cost(work, long) for _ in range(3))
        if twice <= 2.5 * once + 0.01:
            return
    pytest.fail(f"{len(short)} characters take {once:.3f} s, {len(long)} take {twice:.3f} s")


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_recognising_a_paragraph_is_linear(unit: str) -> None:
    grows_linearly(lambda text: recognise(passage("Requests " + text), preambular=False), unit, 10_000)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_recognising_a_note_is_linear(unit: str) -> None:
    grows_linearly(lambda text: recognise_note(passage(text)), unit, 10_000)


@pytest.mark.parametrize("unit", [*UNITS.values(), *LINES.values()], ids=[*UNITS, *LINES])
def test_a_whole_document_is_linear(unit: str) -> None:
    def work(text: str) -> None:
        head = "55/88. Title\n\nThe General Assembly,\n\nRecalling its resolution 45/158,\n\n1. Requests him to "
        resolve(segment(Source("x.txt", "0" * 64, "text/plain", head + text)))

    grows_linearly(work, unit, 10_000)


def test_a_hundred_thousand_digits_are_linear() -> None:
    grows_linearly(lambda text: recognise(passage(text), preambular=False), "1", 100_000)
