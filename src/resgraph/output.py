"""Files and folders that appear whole or not at all: written beside their place, synced, then moved there."""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from resgraph.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A binary file to write; it takes its place, and that of an older file, only if the block succeeds.

    Raises OutputError where the system refuses to write; an OSError of the block is taken for such a refusal.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise OutputError(str(path), "it is no ordinary file", "give the name of a file, or '-' for standard output")
    temporary = _beside(target)
    with _refusals(path), _removing(temporary):
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        _sync(target.parent)


@contextmanager
def whole_folder(path: Path, replaceable: Callable[[Path], bool]) -> Iterator[Path]:
    """A new folder to fill; it takes its place, and that of an older one, only if the block succeeds.

    What stands at `path` already is replaced only if it is an empty folder or `replaceable` says so.
    """
    target = path.resolve()
    if target.exists() and not (target.is_dir() and (not any(target.iterdir()) or replaceable(target))):
        raise OutputError(str(path), "it exists and is no store", "give another name, or move it away first")
    temporary = _beside(target)
    with _refusals(path), _removing(temporary):
        temporary.mkdir()
        yield temporary
        for part in temporary.rglob("*"):
            _sync(part)
        _sync(temporary)
        _move(temporary, target)
        _sync(target.parent)


def _move(temporary: Path, target: Path) -> None:
    """Puts `temporary` in the place of `target`; where both exist they are swapped, so that one is always there."""
    if not target.exists():
        temporary.rename(target)
    elif not _exchange(temporary, target):
        aside = _beside(target)
        target.rename(aside)
        try:
            temporary.rename(target)
        except OSError:
            aside.rename(target)
            raise
        shutil.rmtree(aside)


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two folders in one step, as Linux can; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    failed = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return not failed


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}.partial")


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(str(path), f"it cannot be written ({reason})", "choose another place") from error


@contextmanager
def _removing(temporary: Path) -> Iterator[None]:
    """Leaves nothing under the temporary name, whatever happens."""
    try:
        yield
    finally:
        if temporary.is_dir():
            shutil.rmtree(temporary, ignore_errors=True)
        else:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
