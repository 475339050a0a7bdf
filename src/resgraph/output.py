"""Files and folders that appear whole or not at all: written beside their place, synced, then moved there.

Who writes for long holds the place meanwhile, so that no other process writes there.
"""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
import socket
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from resgraph.errors import BusyError, FullError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_TOKEN = 4
_BEYOND = 4096
"""The byte that is locked where a lock keeps others from reading what it covers."""

_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
_FULL_WORDS = ("No space left", "File too large", "quota exceeded")
"""How the system says it, where an engine gives its words and not its number."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """The place of an output held for the length of the block; what a process that was killed has left there goes.

    Raises BusyError, naming the process and its host, where another one holds it.
    """
    target = path.resolve()
    lock = target.with_name(f".{target.name}.lock")
    with _refusals(path):
        handle = _locked(lock)
    if handle is None:
        holder = lock.read_text("utf-8", "replace").strip() or "another process"
        raise BusyError(str(path), f"is being written by {holder}", "wait until it is done, or end it")
    try:
        with _refusals(path):
            os.write(handle, f"process {os.getpid()} on {socket.gethostname()}".encode())
            _tidy(target)
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        os.close(handle)


def _locked(lock: Path) -> int | None:
    """The open file, locked; None where it is another's. Who lets go removes the file, so it is looked at again."""
    while True:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        if not _lock(handle):
            os.close(handle)
            return None
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), lock.stat()):
                os.ftruncate(handle, 0)
                return handle
        os.close(handle)


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _BEYOND, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


def _tidy(target: Path) -> None:
    """Removes what writers that were killed have left; a folder that was being replaced is put back."""
    if not target.exists() and (aside := _aside(target)).exists():
        aside.rename(target)
    left = [path for path in target.parent.iterdir() if _is_left(path.name, target.name)]
    for path in [*left, _aside(target)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _is_left(name: str, target: str) -> bool:
    start, end = f".{target}.", ".partial"
    middle = name[len(start) : -len(end)]
    return name.startswith(start) and name.endswith(end) and len(middle) == 2 * _TOKEN and middle.isalnum()


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
def file_or_stdout(path: Path) -> Iterator[BinaryIO]:
    """The same, or standard output for `-`."""
    if str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with whole_file(path) as file:
        yield file


@contextmanager
def whole_folder(path: Path, replaceable: Callable[[Path], bool], kind: str = "store") -> Iterator[Path]:
    """A new folder to fill; it takes its place, and that of an older one, only if the block succeeds.

    What stands at `path` already is replaced only if it is an empty folder or `replaceable` says so, which looks for a
    folder of some `kind`.
    """
    target = path.resolve()
    if target.exists() and not (target.is_dir() and (not any(target.iterdir()) or replaceable(target))):
        raise OutputError(str(path), f"it exists and is no {kind}", "give another name, or move it away first")
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
        aside = _aside(target)
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


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{secrets.token_hex(_TOKEN)}.partial")


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        if error.errno in _FULL or any(words in str(error) for words in _FULL_WORDS):
            raise FullError(
                str(path), f"it cannot be written ({reason})", "make room, or choose another place"
            ) from error
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
