"""Who one is to a store: from the environment or a file, and never shown."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

USER = "RESGRAPH_LOAD_USER"
PASSWORD = "RESGRAPH_LOAD_PASSWORD"  # noqa: S105 (the name of a variable)
_HIDDEN = "***"


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    user: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials({self.user!r}, {_HIDDEN})"

    def hide(self, text: str) -> str:
        """A text of the store's without the password, should it say it back."""
        pair = f"{self.user}:{self.password}".encode()
        for secret in (base64.b64encode(pair).decode(), self.password):
            text = text.replace(secret, _HIDDEN) if secret else text
        return text


def credentials(user_file: Path | None, environment: Mapping[str, str]) -> Credentials | None:
    """Those of the file, else those of the environment; None where neither has any."""
    if user_file is not None:
        return _of_file(user_file)
    user, password = environment.get(USER), environment.get(PASSWORD)
    if user is None and password is None:
        return None
    if not user or password is None:
        raise UsageError("", f"{USER} and {PASSWORD} are not both set", "set both, or neither")
    return Credentials(user, password)


def _of_file(path: Path) -> Credentials:
    try:
        line = path.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(str(path), "cannot be read", "give a file whose first line is NAME:PASSWORD") from error
    user, colon, password = line.partition(":")
    if not (user and colon):
        raise UsageError(str(path), "its first line is not NAME:PASSWORD", "write it so")
    return Credentials(user, password)
