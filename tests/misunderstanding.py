"""What may go wrong with a document once it has been read: faults of our own, and answers not to be believed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from resgraph.build import understand
from resgraph.build.parts import part_of
from resgraph.iris import Iris
from resgraph.pipeline import understood
from resgraph.readers.metadata import NO_METADATA

if TYPE_CHECKING:
    from collections.abc import Callable

    from resgraph.build.parts import Part
    from resgraph.model import Read, Source
    from resgraph.pipeline import Document


def finisher(setting: bytes) -> Callable[[Read, str], bytes]:
    iris = Iris(setting.decode())
    understand.understood = _understood
    return partial(_finished, iris=iris)


def _understood(read: Read, where: str, metadata: object) -> Document:
    if where.endswith("a.txt"):
        raise RecursionError("too deep")
    if where.endswith("b.txt"):
        return ()[len(where)]
    return understood(read, where)


def _finished(read: Source, where: str, *, iris: Iris) -> bytes:
    for name, answer in ANSWERS.items():
        if where.endswith(f"{name}.txt"):
            return answer(part_of(understood(replace(read, text=TEXT), where), iris))
    return understand._part(read, where, iris=iris, metadata=NO_METADATA)


def _forged(part: Part) -> bytes:
    return replace(part, text=part.text.replace("A/RES/57/201", "A/RES/57/202")).pack()


def _torn(part: Part) -> bytes:
    return part.pack()[:-5]


def _mute(part: Part) -> bytes:
    return b""


ANSWERS = {"forged": _forged, "torn": _torn, "mute": _mute}
TEXT = understand._SAMPLE
