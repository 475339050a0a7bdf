"""HTTP/1.1 by uvicorn and httptools, which by themselves would read a head without end, in size and in time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from asyncio import TimerHandle

_LARGEST_HEAD = 256 * 1024


class BoundedHttp(HttpToolsProtocol):
    """Hangs up on those whose head is too large or too late."""

    slowest_head = 20.0
    _head = 0
    _timer: TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._begin()

    def on_headers_complete(self) -> None:
        self._stop()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._timer:
            self._head += len(data)
            if self._head > _LARGEST_HEAD:
                self.send_400_response(f"The head of a request has at most {_LARGEST_HEAD} bytes here.\n")

    def _begin(self) -> None:
        self._stop()
        self._head = 0
        self._timer = asyncio.get_running_loop().call_later(self.slowest_head, self._hang_up)

    def _stop(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _hang_up(self) -> None:
        self._timer = None
        self.transport.close()
