"""The site on a socket, by uvicorn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from resgraph.serve.app import create_app
from resgraph.serve.connections import BoundedHttp

if TYPE_CHECKING:
    from resgraph.serve.settings import Settings

_IDLE = 15
_ENDING = 5


def run(settings: Settings) -> None:
    """Serves until it is interrupted."""
    config = uvicorn.Config(
        create_app(settings),
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
    uvicorn.Server(config).run()
