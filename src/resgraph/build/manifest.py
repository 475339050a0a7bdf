"""What a build tells the next one, in a file within the store: which graph it holds, and what validation said of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pyoxigraph import RdfFormat, parse

from resgraph.output import whole_file
from resgraph.shacl_report import Report, Result
from resgraph.store import MANIFEST

if TYPE_CHECKING:
    from pathlib import Path

_TERMS = ("focus", "value")
_DATA = ("*.sst", "*.blob", "*.log", "CURRENT")


@dataclass(frozen=True, slots=True)
class Manifest:
    """`graph` is the same for two builds whose graphs are; `validation` is None where the graph was not validated."""

    graph: str
    validation: Report | None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    told = {"graph": manifest.graph, "files": _files(folder), "validation": _report_told(manifest.validation)}
    with whole_file(folder / MANIFEST) as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=1).encode())


def read_manifest(folder: Path) -> Manifest | None:
    """None where a store has none, or was written to by anything but the build that left it."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        if told["files"] != _files(folder):
            return None
        return Manifest(str(told["graph"]), _report(told["validation"]))
    except (OSError, ValueError, KeyError, TypeError, SyntaxError):
        return None


def _files(folder: Path) -> str:
    """A digest of the names and sizes of the files that hold data, which no write leaves as they are."""
    found = sorted((path.name, path.stat().st_size) for pattern in _DATA for path in folder.glob(pattern))
    return sha256(repr(found).encode()).hexdigest()


def _report_told(report: Report | None) -> list[dict[str, Any]] | None:
    return [_result_told(result) for result in report.results] if report else None


def _result_told(result: Result) -> dict[str, Any]:
    told = {field.name: getattr(result, field.name) for field in fields(result)}
    return told | {name: None if told[name] is None else str(told[name]) for name in _TERMS}


def _report(told: list[dict[str, Any]] | None) -> Report | None:
    if told is None:
        return None
    return Report.of({Result(**entry | {name: _term(entry[name]) for name in _TERMS}) for entry in told})


def _term(told: str | None) -> Any:  # noqa: ANN401 (a term of any kind, or none)
    """A term as N-Triples write it."""
    if told is None:
        return None
    (triple,) = parse(f"<x:x> <x:x> {told} .", RdfFormat.N_TRIPLES)
    return triple.object
