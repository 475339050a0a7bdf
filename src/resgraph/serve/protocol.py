"""Requests of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): what they ask, of which graphs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from resgraph.errors import UsageError
from resgraph.iris import foreign
from resgraph.serve.refusals import RefusalError, bad, forbidden
from resgraph.serve.screening import check_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.requests import Request

    from resgraph.serve.settings import Limits

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_FIELDS = 1000
_MOST_GRAPHS = 500
_SLOWEST = 30.0
_ESCAPED = 3
"""How many bytes of a form one byte of a query may take: `%` and two digits."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request's query, None where it has none, and the graphs it names."""

    query: str | None
    default: tuple[str, ...]
    named: tuple[str, ...]


async def read_request(request: Request, limits: Limits) -> Asked:
    pairs = _pairs(request.scope["query_string"])
    if request.method == "POST":
        pairs += await _posted(request, limits)
    return _asked(pairs)


def _asked(pairs: list[tuple[str, str]]) -> Asked:
    fields: Mapping[str, list[str]] = {"query": [], "update": [], "default-graph-uri": [], "named-graph-uri": []}
    for name, value in pairs:
        if name in fields:
            fields[name].append(value)
    if fields["update"]:
        raise forbidden("the graph is only read here, and no update is carried out", "ask with a query")
    if len(fields["query"]) > 1:
        raise bad(f"the request has {len(fields['query'])} queries", "send one at a time")
    default, named = _graphs(fields["default-graph-uri"]), _graphs(fields["named-graph-uri"])
    return Asked(next(iter(fields["query"]), None), default, named)


def _graphs(addresses: list[str]) -> tuple[str, ...]:
    if len(addresses) > _MOST_GRAPHS:
        raise bad(f"the request names {len(addresses):,} graphs, more than {_MOST_GRAPHS}", "name fewer")
    try:
        return tuple(foreign(address).value for address in addresses)
    except UsageError as error:
        raise bad(str(error), "") from error


async def _posted(request: Request, limits: Limits) -> list[tuple[str, str]]:
    media, charset = _media(request)
    if media == FORM:
        return _pairs(await _body(request, limits.query_size * _ESCAPED + limits.query_size, limits))
    if media == DIRECT:
        if charset not in ("", "utf-8", "utf8"):
            raise _unsupported(f"a query in {charset[:40]!a} is not read", "send it as UTF-8")
        return [("query", _decoded(await _body(request, limits.query_size, limits)))]
    if media == _UPDATE:
        raise forbidden("the graph is only read here, and no update is carried out", "ask with a query")
    what = f"a body of the type {media[:60]!a} is not read" if media else "the request does not say what its body is"
    raise _unsupported(what, f"send {DIRECT} or {FORM}")


def _media(request: Request) -> tuple[str, str]:
    media, *parameters = request.headers.get("content-type", "").lower().split(";")
    values = (parameter.strip().partition("=") for parameter in parameters)
    return media.strip(), next((value.strip('"') for name, _, value in values if name == "charset"), "")


async def _body(request: Request, most: int, limits: Limits) -> bytes:
    """Reads no more than it may."""
    body = bytearray()
    try:
        async with asyncio.timeout(_SLOWEST):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    check_size(len(body), limits)
    except TimeoutError as error:
        what = f"the request was not there after {_SLOWEST:g} s"
        raise RefusalError(HTTPStatus.REQUEST_TIMEOUT, what, "send it faster", {"Connection": "close"}) from error
    return bytes(body)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_decoded(encoded), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise _not_utf8() from error
    except ValueError as error:
        raise bad(f"the request has more than {_MOST_FIELDS:,} parameters", "send fewer") from error


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8() from error


def _not_utf8() -> RefusalError:
    return bad("the request is not UTF-8", "send it as UTF-8")


def _unsupported(what: str, todo: str) -> RefusalError:
    return RefusalError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, what, todo, {"Accept-Post": f"{DIRECT}, {FORM}"})


def prefers(request: Request) -> Iterator[str]:
    """The preferences of RFC 7240 that a request has."""
    for header in request.headers.getlist("prefer"):
        yield from (part.strip().lower() for part in header.split(","))
