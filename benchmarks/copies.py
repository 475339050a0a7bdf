"""A corpus of any size out of a small one: copies of marked-up resolutions, each with symbols and titles of its own.

Usage: python benchmarks/copies.py AKN_FOLDER OUT [--documents N] [--times 10]

Copy k of resolution 75/100 is 75/<1000k + 100>, and cites the copies of what 75/100 cites of these sessions; its title
begins with a number, so that each copy has series of its own, as many and as long as those of the original.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

SESSIONS = ("75", "76")
STEP = 1000
_NUMBER = re.compile(rf"(?:(?<=RES/)|(?<![\w/.-]))({'|'.join(SESSIONS)})([/-])(\d{{1,3}})(?![\d/])")
_TITLE = re.compile(r'<docTitle refersTo="#resolutionTitle">')
_NAME = re.compile(rf"(?:A_RES_)?({'|'.join(SESSIONS)})_(\d+)[_-]\d*E\.xml")


def originals(folder: Path, count: int) -> list[Path]:
    """The resolutions to copy: as many of each session, in the order of their numbers."""
    found = [(match[1], int(match[2]), path) for path in folder.rglob("*.xml") if (match := _NAME.fullmatch(path.name))]
    share = -(-count // len(SESSIONS))
    by_session = (sorted(one for one in found if one[0] == session)[:share] for session in SESSIONS)
    return [path for some in by_session for *_, path in some][:count]


def copy_of(text: str, number: int) -> str:
    """The text of copy `number`; copy 0 is the original."""
    if number == 0:
        return text
    moved = _NUMBER.sub(lambda match: f"{match[1]}{match[2]}{STEP * number + int(match[3])}", text)
    return _TITLE.sub(lambda match: f"{match[0]}{number}. ", moved)


def write_copies(paths: list[Path], out: Path, times: int) -> int:
    """Writes `times` copies of each into a folder; how many documents they are."""
    out.mkdir(parents=True)
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for number in range(times):
            (out / f"{path.stem}_{number}.xml").write_text(copy_of(text, number), encoding="utf-8")
    return len(paths) * times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--times", type=int, default=10)
    asked = parser.parse_args()
    print(write_copies(originals(asked.folder, asked.documents), asked.out, asked.times), "documents")


if __name__ == "__main__":
    main()
