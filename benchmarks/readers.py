"""What reading costs beside the least that could be done with the same files: `python benchmarks/readers.py [CORPUS]`.

Each reader is timed against its measure on the same bytes, in turns, in one process and processor time; the figure is
the median of the rounds' ratios. Only readers whose files the corpus has are timed.
"""

from __future__ import annotations

import os
import re
import sys
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from zipfile import ZipFile

from resgraph.model import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 7
CORPUS = Path(os.environ.get("RESGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))


@dataclass(frozen=True, slots=True)
class Race:
    """A reader and what it is measured by; `most` is the ratio to stay under, `least_speed` the documents a second."""

    name: str
    files: str
    reader: Callable[[bytes, Source], object]
    measure: Callable[[bytes], object]
    most: float | None = None
    least_speed: int | None = None


def bare_pdf(data: bytes) -> None:
    """The text of each page as pdfium gives it, and nothing done with it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def bare_docx(data: bytes) -> None:
    """The parts that hold words, unzipped and parsed."""
    from lxml import etree

    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(?:document|footnotes|numbering|styles|header\d+)\.xml", name):
                etree.fromstring(archive.read(name))


def bare_xml(data: bytes) -> None:
    from lxml import etree

    etree.fromstring(data)


def races() -> list[Race]:
    from resgraph.readers.akn import read_akn
    from resgraph.readers.docx import read_docx
    from resgraph.readers.pdf import read_pdf

    return [
        Race("PDF against bare extraction by pdfium", "pdf/*.pdf", read_pdf, bare_pdf, most=1.25),
        Race("Word against unzipping and parsing", "docx/*", read_docx, bare_docx, most=3),
        Race("Akoma Ntoso against parsing", "akn/GA/78session-sample/*.xml", read_akn, bare_xml, least_speed=300),
    ]


def run(race: Race, files: Sequence[bytes]) -> None:
    ratios, times = [], []
    for _ in range(ROUNDS):
        spent = [timed(race, data) for data in files]
        least, reader = (sum(column) for column in zip(*spent, strict=True))
        ratios.append(reader / least)
        times.append(reader)
    ratio, speed = median(ratios), len(files) / median(times)
    held = speed >= race.least_speed if race.least_speed else ratio <= (race.most or 0)
    goal = f"at least {race.least_speed} documents/s" if race.least_speed else f"at most {race.most:.2f}"
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    print(f"{race.name}: {ratio:.2f} times ({spread}), {speed:.0f} documents/s; {goal}: {'held' if held else 'MISSED'}")


def timed(race: Race, data: bytes) -> tuple[float, float]:
    """Processor time of the measure and of the reader on one file."""
    start = time.process_time()
    race.measure(data)
    between = time.process_time()
    race.reader(data, Source("x", "", "", "", "x"))
    return between - start, time.process_time() - between


def main() -> None:
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    for race in races():
        files = [path.read_bytes() for path in sorted(corpus.glob(race.files)) if path.is_file()]
        if files:
            run(race, files)
        else:
            print(f"{race.name}: {corpus} has no {race.files}")


if __name__ == "__main__":
    main()
