"""Where the ontology and the stored queries are: inside the installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

from resgraph.errors import ResgraphError

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder `ontology` or `queries`, whether resgraph is installed or runs from a checkout."""
    for holder in (_PACKAGE, _PACKAGE.parent.parent):
        if (holder / name).is_dir():
            return holder / name
    raise ResgraphError(str(_PACKAGE), f"has no folder {name!r}", "install resgraph again")
