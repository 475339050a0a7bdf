"""Headers of every response, whoever made it: what a browser may do with it, and which other sites may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Message, Send

Encoded = tuple[tuple[bytes, bytes], ...]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept, Content-Type, Prefer",
    "Access-Control-Expose-Headers": "X-Resgraph-Truncated, Retry-After",
    "Access-Control-Max-Age": "86400",
}
"""Public data, no cookies, nothing to change: a page of any other site may ask."""


def encoded(headers: Mapping[str, str]) -> Encoded:
    """Headers as they are sent."""
    return tuple((name.lower().encode(), value.encode()) for name, value in headers.items())


def with_headers(send: Send, headers: Encoded) -> Send:
    """Sends the same with these headers; one that a response has set for itself stays as it is."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name for name, _ in message["headers"]}
            message["headers"] += [header for header in headers if header[0] not in present]
        await send(message)

    return sending
