"""Word documents of before 2007, through LibreOffice: it makes a new one of them, which the reader of those reads.

LibreOffice runs as a program of its own with caps on memory, time and files written, in an empty folder, with macros
switched off and no links followed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from resgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

MB = 1024 * 1024
PROGRAMS = ("soffice", "libreoffice")
WALL = 120.0
_LIMITS = {"RLIMIT_AS": 4096 * MB, "RLIMIT_CPU": 90, "RLIMIT_FSIZE": 200 * MB, "RLIMIT_CORE": 0}
_LAUNCH = """
import json, os, sys
try:
    import resource
except ImportError:
    resource = None
for name, value in json.loads(sys.argv[1]).items() if resource else ():
    try:
        resource.setrlimit(getattr(resource, name), (value, value))
    except (AttributeError, ValueError, OSError):
        pass
os.execv(sys.argv[2], sys.argv[2:])
"""
_SETTINGS = {
    "org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "org.openoffice.Office.Writer/Content/Update": {"Link": "0"},
}
_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>
"""
_ITEM = '<item oor:path="/{}"><prop oor:name="{}"><value>{}</value></prop></item>'
_NOWHERE = "http://127.0.0.1:9"
_REMEDY = "save it as a Word document (.docx) and give that file"


def to_docx(data: bytes, where: str) -> bytes:
    """The document in the form that Word has used since 2007. Raises InputError where LibreOffice is not installed,
    or does not manage it.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        what = "is an old Word document, which is read through LibreOffice, and that is not installed here"
        raise InputError(where, what, f"install LibreOffice, or {_REMEDY}")
    with tempfile.TemporaryDirectory(prefix="resgraph-", ignore_cleanup_errors=True) as folder:
        (Path(folder) / "document.doc").write_bytes(data)
        _write_settings(Path(folder) / "profile" / "user")
        if not _run(program, Path(folder), where):
            raise InputError(where, "is an old Word document that LibreOffice cannot read", _REMEDY)
        return (Path(folder) / "out" / "document.docx").read_bytes()


def _write_settings(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = (_ITEM.format(path, name, value) for path, own in _SETTINGS.items() for name, value in own.items())
    (folder / "registrymodifications.xcu").write_text(_REGISTRY.format("".join(items)), encoding="utf-8")


def _run(program: str, folder: Path, where: str) -> bool:
    """Whether LibreOffice made a document; it and all that it started are gone afterwards."""
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo", "--nolockcheck"]
    command += [
        "--infilter=MS Word 97",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(folder / "document.doc"),
    ]
    process = subprocess.Popen(  # noqa: S603 (found on the path of the user's own machine)
        [sys.executable, "-I", "-c", _LAUNCH, json.dumps(_LIMITS), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
    )
    try:
        process.wait(WALL)
    except subprocess.TimeoutExpired:
        what = f"is over the cap on time: LibreOffice had not read it within {WALL:g} s"
        raise InputError(where, what, _REMEDY) from None
    finally:
        _end(process)
    return (folder / "out" / "document.docx").is_file()


def _environment(folder: Path) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NOWHERE)
    return {**kept, **proxies, "HOME": str(folder), "TMPDIR": str(folder)}


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
