"""What a part depends on besides its document: the code, its data, and the libraries it runs on."""

from __future__ import annotations

import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from resgraph.data import data_folder

_PACKAGE = Path(__file__).parent.parent
_READ = (".py", ".toml", ".ttl", ".rq")


@cache
def rules_digest() -> str:
    """The same as long as the same documents would give the same graph: the version of the rules."""
    digest = sha256(f"{platform.python_version()}\n".encode())
    for folder in (_PACKAGE, data_folder("ontology"), data_folder("queries")):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in _READ):
            digest.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    for name in sorted(_libraries()):
        digest.update(f"{name} {_version(name)}\n".encode())
    return digest.hexdigest()


def _libraries() -> set[str]:
    """The names of what resgraph needs to run; those of optional features make nothing of a graph."""
    try:
        needed = requires("resgraph") or []
    except PackageNotFoundError:
        return set()
    return {_name(line) for line in needed if ";" not in line}


def _name(requirement: str) -> str:
    return next((requirement[:n] for n, sign in enumerate(requirement) if sign in "<>=!~ [("), requirement)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
