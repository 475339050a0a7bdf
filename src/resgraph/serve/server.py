"""The site on a socket, by uvicorn."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.supervisors import Multiprocess

from resgraph.serve.app import create_app
from resgraph.serve.connections import BoundedHttp
from resgraph.serve.search import has_index, index_path, open_index
from resgraph.serve.site import Site

if TYPE_CHECKING:
    from resgraph.serve.settings import Settings

_IDLE = 15
_ENDING = 5
_SLOWEST = 60


def run(settings: Settings) -> None:
    """Serves until it is interrupted, by as many processes as the settings say, each with workers of its own."""
    prepare(settings)
    config = uvicorn.Config(
        partial(create_app, settings),
        factory=True,
        workers=settings.processes,
        timeout_worker_healthcheck=_SLOWEST,
        host=settings.host,
        port=settings.port,
        http=BoundedHttp,
        access_log=False,
        log_level="warning",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        server_header=False,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_ENDING,
    )
    if settings.processes == 1:
        uvicorn.Server(config).run()
    else:
        Multiprocess(config, [config.bind_socket()]).run()


def prepare(settings: Settings) -> None:
    """Writes the index where it is missing, before there are processes that would each do so."""
    site = Site.open(settings)
    if not has_index(site.graph_path):
        print(f"Writing the index {index_path(site.graph_path)}, once for each build ...", file=sys.stderr)
        open_index(site.store, site.graph_path)
