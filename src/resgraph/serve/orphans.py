"""A process of several that serve a site ends when the one that made them is gone, however that ended."""

from __future__ import annotations

import asyncio
import os
import signal
from multiprocessing import parent_process


def end_with_parent() -> None:
    """Notices the end of the parent by a pipe that it held open; nothing where there is none."""
    parent = parent_process()
    if parent is None:
        return
    loop = asyncio.get_running_loop()

    def end() -> None:
        loop.remove_reader(parent.sentinel)
        os.kill(os.getpid(), signal.SIGTERM)

    loop.add_reader(parent.sentinel, end)
