"""The errors that a user may meet. Every message says where, what, and what to do, in that order and on one line."""

from __future__ import annotations


class ResgraphError(Exception):
    """The base of all errors that resgraph raises on purpose.

    `where` is a path, a path with a line, a symbol or the name of a query; `todo` says what the reader can do about it.
    """

    exit_code = 2

    def __init__(self, where: str, what: str, todo: str = "") -> None:
        super().__init__(where, what, todo)
        self.where = where
        self.what = what
        self.todo = todo

    def __str__(self) -> str:
        message = f"{self.where}: {self.what}" if self.where else self.what
        return f"{message}; {self.todo}" if self.todo else message


class InputError(ResgraphError):
    """A document cannot be read, or is no resolution. It costs that document, not the others."""

    exit_code = 3


class UsageError(ResgraphError):
    """The command line or the arguments of a call make no sense."""


class OutputError(ResgraphError):
    """A graph cannot be written where it was asked for; nothing partial is left."""


class FullError(OutputError):
    """The disk is full, or a file may not grow any more; nothing partial is left."""

    exit_code = 5


class BusyError(ResgraphError):
    """Another process is writing to the same place."""

    exit_code = 4


class RemoteError(ResgraphError):
    """A store elsewhere does not take what it was sent, or does not answer."""


class CountError(ResgraphError):
    """A store elsewhere has another number of statements than was sent to it."""

    exit_code = 4


class SymbolError(ResgraphError):
    """A string is no symbol, or no IRI can be made of it."""


class QueryError(ResgraphError):
    """A stored query, its header, or a parameter given to it is wrong."""


class GraphError(ResgraphError):
    """A graph cannot be opened or read."""
