"""Sets resgraph up in `.venv` and shows it at work: `python3 start.py`; or runs its tests: `python3 start.py test`.

Needs Python 3.11 or newer and a way to the Python Package Index, nothing else: no compiler, no account, no root.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
GRAPH = "graph"
QUESTIONS = (
    ("which resolutions are in it", ["resolutions"]),
    ("which reports did the General Assembly ask for", ["reports-due", "--param", "body=UNGA"]),
    ("how many ratifications did the Convention still need", ["ratification-countdown"]),
)


def main(arguments: list[str]) -> int | str:
    if sys.version_info < (3, 11):
        return f"start.py: this is Python {sys.version.split()[0]}; it needs 3.11 or newer: run it with that"
    os.chdir(HOME)
    os.environ.setdefault("PYTHONUTF8", "1")
    purpose, *rest = arguments or ["show"]
    if purpose not in TASKS or (rest and purpose != "test"):
        return "start.py: say `start.py`, `start.py test [PYTEST OPTIONS]` or `start.py check`"
    try:
        install("run" if purpose == "show" else "test")
        TASKS[purpose](rest)
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


def install(lock: str) -> None:
    """Everything that `requirements/<lock>.lock` names, hashes checked, and resgraph itself; at once if it is there."""
    pinned = [HOME / "requirements" / f"{name}.lock" for name in ("build", lock)]
    stamp = VENV / f"installed-{lock}"
    state = hashlib.sha256(b"".join(path.read_bytes() for path in (*pinned, HOME / "pyproject.toml"))).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == state and works():
        return
    say(f"installing into {VENV}: once, a minute or so")
    if not (PYTHON.exists() and works()):
        create_environment()
    for path in pinned:  # owlready2 comes as source; with the pinned tools and without Cython it needs no compiler
        pip("--require-hashes", "--no-build-isolation", "-r", str(path))
    pip("--no-deps", "--no-build-isolation", "--editable", str(HOME))
    stamp.write_text(state)


def create_environment() -> None:
    try:
        venv.create(VENV, clear=True, with_pip=True)
    except subprocess.CalledProcessError:
        sys.exit(
            "start.py: this Python cannot make a virtual environment with pip in it; on Debian and Ubuntu install the"
            f" package python3-venv (apt install python3-venv), then run {Path(sys.executable).name} start.py again"
        )


def works() -> bool:
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def pip(*arguments: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    subprocess.run([PYTHON, "-m", "pip", "install", *quiet, *arguments], check=True, stdin=subprocess.DEVNULL)


def show(_: list[str]) -> None:
    os.environ.setdefault("COLUMNS", str(shutil.get_terminal_size((120, 50)).columns))
    run("resgraph", "build", "seeds", "--out", GRAPH)
    for question, arguments in QUESTIONS:
        say(f"\n{question}?")
        run("resgraph", "query", *arguments, "--graph", GRAPH)
    say(f"\nthe graph stands in {HOME / GRAPH}; all questions: {SCRIPTS / 'resgraph'} query --list")


def test(options: list[str]) -> None:
    run("python", "-m", "pytest", *options)


def check(_: list[str]) -> None:
    run("ruff", "check")
    run("ruff", "format", "--check")
    run("mypy")
    run("lint-imports")


def run(program: str, *arguments: str) -> None:
    say("$", program, *arguments)
    subprocess.run([SCRIPTS / program, *arguments], check=True)


def say(*words: object) -> None:
    print(*words, file=sys.stderr, flush=True)


TASKS = {"show": show, "test": test, "check": check}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
