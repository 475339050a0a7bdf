"""The files that pages load: an index of them is made once, and names are looked up in it."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from starlette.requests import Request

MEDIA = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}


@cache
def bundled() -> dict[str, tuple[bytes, str, str]]:
    """Bytes, media type and ETag of each file by its name below `static`."""
    return {name: (data, MEDIA[name.rpartition(".")[2]], sha256(data).hexdigest()[:20]) for name, data in _found()}


async def static(request: Request) -> Response:
    found = bundled().get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("There is no such file.\n", 404)
    data, media, tag = found
    headers = {"ETag": f'"{tag}"', "Cache-Control": "public, max-age=3600"}
    if request.headers.get("if-none-match", "").strip('W/"') == tag:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=media, headers=headers)


def _found() -> Iterator[tuple[str, bytes]]:
    def within(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
        for part in folder.iterdir():
            if part.is_dir():
                yield from within(part, f"{prefix}{part.name}/")
            elif part.name.rpartition(".")[2] in MEDIA:
                yield f"{prefix}{part.name}", part.read_bytes()

    yield from within(files("resgraph.serve") / "static", "")
