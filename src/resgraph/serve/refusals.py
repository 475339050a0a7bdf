"""Why a request is not answered, with the status that says so; the text has the reason, and what to do."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

from resgraph.errors import ResgraphError
from resgraph.sparql import syntax_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

_LONGEST = 500
_SIMPLER = "ask for less: restrict the query, or give it a LIMIT"


class RefusalError(ResgraphError):
    """A request that gets no answer. What depends on the query alone is 4xx, what a limit ended is 503."""

    def __init__(self, status: HTTPStatus, what: str, todo: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__("", what, todo)
        self.status = status
        self.headers = dict(headers or {})


def bad(what: str, todo: str) -> RefusalError:
    return RefusalError(HTTPStatus.BAD_REQUEST, what, todo)


def forbidden(what: str, todo: str) -> RefusalError:
    return RefusalError(HTTPStatus.FORBIDDEN, what, todo)


def exhausted(what: str, option: str, todo: str) -> RefusalError:
    """A query that a limit ended; to ask again makes no difference, so that nothing is said of when to."""
    return RefusalError(HTTPStatus.SERVICE_UNAVAILABLE, f"{what} ({_keeper(option)})", todo)


def too_slow(seconds: float) -> RefusalError:
    return exhausted(f"the query took more than {seconds:g} s", "--max-time", _SIMPLER)


def too_long(size: int) -> RefusalError:
    return exhausted(f"the answer has more than {size:,} bytes", "--max-answer", _SIMPLER)


def too_large(what: str, option: str, todo: str) -> RefusalError:
    return RefusalError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"{what} ({_keeper(option)})", todo)


def too_deep(what: str, option: str, todo: str) -> RefusalError:
    return RefusalError(HTTPStatus.BAD_REQUEST, f"{what} ({_keeper(option)})", todo)


def too_many(what: str, option: str) -> RefusalError:
    later = {"Retry-After": "5"}
    return RefusalError(HTTPStatus.TOO_MANY_REQUESTS, f"{what} ({_keeper(option)})", "wait for one to end", later)


def busy(what: str, option: str) -> RefusalError:
    later = {"Retry-After": "10"}
    return RefusalError(HTTPStatus.SERVICE_UNAVAILABLE, f"{what} ({_keeper(option)})", "ask again later", later)


def waiting(others: int) -> RefusalError:
    return busy(f"{others} others wait already", "--max-queue")


def not_acceptable(forms: Iterable[str]) -> RefusalError:
    offered = ", ".join(forms)
    return RefusalError(HTTPStatus.NOT_ACCEPTABLE, "none of the accepted forms can be had", f"accept one of {offered}")


def malformed(query: str, message: str) -> RefusalError:
    """A query that the engine does not understand: the place, the reason, the line, and a mark under the place."""
    place = syntax_place(message)
    if place is None:
        return bad(f"this is no SPARQL query: {message[:_LONGEST]}", "compare it with a stored one")
    line, column, reason = place
    lines = query.split("\n")
    shown = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
    if len(shown) <= _LONGEST:
        shown += "\n" + " " * (column - 1) + "^"
    return bad(f"line {line}, column {column}: SPARQL syntax error: {reason}\n\n{shown[:_LONGEST]}", "")


async def refuse(_: Request, error: Exception) -> Response:
    """Any error of ours as plain text."""
    if isinstance(error, RefusalError):
        return PlainTextResponse(f"{error}\n", error.status, error.headers)
    return PlainTextResponse(f"{error}\n", HTTPStatus.BAD_REQUEST)


async def fail(_: Request, __: Exception) -> Response:
    """What nobody foresaw; it is in the log, and no stranger's business."""
    return PlainTextResponse("The site made a mistake, which is in its log.\n", HTTPStatus.INTERNAL_SERVER_ERROR)


def _keeper(option: str) -> str:
    return f"a limit of this site, set by 'resgraph serve {option}'"
