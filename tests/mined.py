"""Files that end the process that opens them, as `mined:///path`: what Dask's workers load before they work."""

from __future__ import annotations

import os
import signal

import fsspec
from fsspec.implementations.local import LocalFileSystem


class Mined(LocalFileSystem):
    protocol = "mined"

    def __init__(self, **options: object) -> None:
        super().__init__(auto_mkdir=True, **options)

    def _open(self, path: str, *args: object, **options: object) -> object:
        if "mine" in path.rsplit("/", 1)[-1]:
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._open(path, *args, **options)

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return LocalFileSystem._strip_protocol(path.replace("mined://", "file://"))

    def unstrip_protocol(self, name: str) -> str:
        return f"mined://{self._strip_protocol(name)}"


fsspec.register_implementation("mined", Mined, clobber=True)
