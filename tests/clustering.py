"""A scheduler with two workers, an S3 server, and a web server that fails: for builds on a cluster."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import dask
from distributed import LocalCluster

import mined
from serving import free_port, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

KEYS = {"AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def two_workers() -> Iterator[LocalCluster]:
    """Two processes; a task whose worker died twice is given up, so that the tests need not wait for four.

    Of a worker that died and takes longer than the usual 15 s to come back, as on a busy machine, a `LocalCluster`
    would let go for ever; a scheduler and workers that were started by themselves know no such end.
    """
    patient = {"distributed.scheduler.allowed-failures": 1, "distributed.deploy.lost-worker-timeout": "10 minutes"}
    with (
        dask.config.set(patient),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, preload=[mined.__file__]
        ) as started,
    ):
        yield started


@contextmanager
def s3_server(log: Path) -> Iterator[str]:
    """The address of moto's S3 server, in a process of its own, where this process and its children look for S3."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    kept = dict(os.environ)
    os.environ |= {**KEYS, "AWS_ENDPOINT_URL": address}
    try:
        with running(command, address, log):
            yield address
    finally:
        os.environ.clear()
        os.environ.update(kept)


class WebServer(ThreadingHTTPServer):
    """The files of a folder, without ranges, in small pieces; some names fail: `busy` the first two times (503),
    `cut` the first time in the middle of the file, `forbidden` (403) and `dropped` always.
    """

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
        self.seen: Counter[str] = Counter()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(SimpleHTTPRequestHandler):
    server: WebServer

    def send_head(self) -> BinaryIO | None:
        name = self.path.rpartition("/")[2]
        self.server.seen[name] += 1
        if name.startswith("forbidden"):
            self.send_error(403)
        elif name.startswith("busy") and self.server.seen[name] <= 2:
            self.send_error(503)
        elif name.startswith("dropped"):
            self.close_connection = True
        else:
            return super().send_head()  # type: ignore[return-value]
        return None

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:
        name = self.path.rpartition("/")[2]
        if name.startswith("cut") and self.server.seen[name] == 1:
            outputfile.write(source.read(1000))
            self.close_connection = True
            return
        while piece := source.read(1000):
            outputfile.write(piece)
            outputfile.flush()
            time.sleep(0.001)

    def log_message(self, *arguments: object) -> None:
        """Nothing on the terminal."""


@contextmanager
def web_server(folder: Path) -> Iterator[WebServer]:
    server = WebServer(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
