"""Scanned documents: a text layer for a PDF that has none, by ocrmypdf or tesseract, whichever is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from resgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NO_TEXT_LAYER = "is a scanned PDF document without a text layer"
_REMEDY = (
    "recognise its text (OCR) with ocrmypdf and give the result; with ocrmypdf or tesseract installed "
    "(pip install 'resgraph[ocr]') resgraph does so itself"
)
TIMEOUT = 600
_MOST_PAGES = 200


def without_text_layer(where: str) -> InputError:
    """The error for a document whose pages are pictures."""
    return InputError(where, NO_TEXT_LAYER, _REMEDY)


def program() -> str | None:
    """The path of the program that recognises text; None where neither is installed."""
    return shutil.which("ocrmypdf") or shutil.which("tesseract")


def with_text_layer(data: bytes, picture: Callable[[int], bytes], where: str) -> bytes:
    """The document with a text layer; `picture` gives a page (from 1) as a graymap, nothing after the last.

    Raises InputError if no program is installed, or if it fails.
    """
    found = program()
    if found is None:
        raise without_text_layer(where)
    with TemporaryDirectory(prefix="resgraph-ocr-") as folder:
        run = _ocrmypdf if Path(found).stem == "ocrmypdf" else _tesseract
        return run(found, Path(folder), data, picture, where)


def _ocrmypdf(path: str, folder: Path, data: bytes, _picture: Callable[[int], bytes], where: str) -> bytes:
    source, target = folder / "scan.pdf", folder / "read.pdf"
    source.write_bytes(data)
    options = ("--force-ocr", "--output-type", "pdf", "--language", "eng", "--quiet")
    return _run((path, *options, str(source), str(target)), target, where)


def _tesseract(path: str, folder: Path, _data: bytes, picture: Callable[[int], bytes], where: str) -> bytes:
    pages = []
    for number in range(1, _MOST_PAGES + 2):
        dots = picture(number)
        if not dots:
            break
        if number > _MOST_PAGES:
            raise InputError(where, f"has more than {_MOST_PAGES} scanned pages", "split it into its documents")
        pages.append(folder / f"{number}.pgm")
        pages[-1].write_bytes(dots)
    listed = folder / "pages.txt"
    listed.write_text("".join(f"{page}\n" for page in pages), "utf-8")
    command = (path, str(listed), str(folder / "read"), "-l", "eng", "--dpi", "300", "pdf")
    return _run(command, folder / "read.pdf", where)


def _run(command: Sequence[str], target: Path, where: str) -> bytes:
    name = Path(command[0]).stem
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT, stdin=subprocess.DEVNULL)  # noqa: S603
        return target.read_bytes()
    except subprocess.TimeoutExpired as error:
        raise InputError(where, f"was not read by {name} within {TIMEOUT} s", "split it into its documents") from error
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", b"") or b""
        reason = " ".join(said.decode("utf-8", "replace").split())[-200:] or str(error)
        raise InputError(where, f"cannot be read by {name} ({reason})", _REMEDY) from error
