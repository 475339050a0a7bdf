"""What a chunk of documents gave, kept beside the parts until all is done: a broken build goes on there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resgraph.build.making import Entry
from resgraph.build.parts import Part
from resgraph.cluster.places import read, within, write
from resgraph.errors import InputError

if TYPE_CHECKING:
    from resgraph.iris import Iris

FOLDER = ".drafts"
_SIZE = 8


@dataclass(frozen=True, slots=True)
class Drafted:
    """One document: its part, or in its entry the reason why there is none."""

    entry: Entry
    part: Part | None


def place(out: str, name: str) -> str:
    return within(out, f"{FOLDER}/{name}")


def write_draft(url: str, documents: list[Drafted]) -> None:
    pieces = [json.dumps([_told(document.entry) for document in documents]).encode()]
    pieces += [document.part.pack() if document.part else b"" for document in documents]
    write(url, b"".join(len(piece).to_bytes(_SIZE, "big") + piece for piece in pieces))


def read_draft(url: str, iris: Iris) -> list[Drafted] | None:
    """None where there is none, or a damaged one."""
    data = read(url)
    if data is None:
        return None
    try:
        told, *packed = _pieces(data)
        entries = map(_entry, json.loads(told))
        parts = (Part.unpack(piece, iris) if piece else None for piece in packed)
        return [Drafted(entry, part) for entry, part in zip(entries, parts, strict=True)]
    except (ValueError, TypeError, KeyError):
        return None


def _pieces(data: bytes) -> list[bytes]:
    pieces, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + _SIZE], "big")
        pieces.append(data[at + _SIZE : at + _SIZE + size])
        at += _SIZE + size
    return pieces


def _told(entry: Entry) -> dict[str, object]:
    failure = entry.failure and (entry.failure.where, entry.failure.what, entry.failure.todo)
    told = {"order": entry.order, "where": entry.where, "sha256": entry.sha256, "key": entry.key, "told": entry.told}
    return told | {"failure": failure}


def _entry(told: dict[str, Any]) -> Entry:
    form, member, number = told["order"]
    where, digest, key, metadata = (str(told[name]) for name in ("where", "sha256", "key", "told"))
    failure = InputError(*told["failure"]) if told["failure"] else None
    return Entry((form, member, number), where, digest, key, metadata, failure)
