"""What the index is asked: where a path leads, what matches some words, who mentions whom."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from resgraph.serve.search.schema import LEDGER
from resgraph.serve.search.words import fts_query, symbol_like

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

FACETS = ("body", "year", "session", "verb", "addressee", "instrument")
PAGE = 20
_CHOICES = 12
_BEST = """
(SELECT doc, best, hit FROM (
  SELECT doc, best, hit, ROW_NUMBER() OVER (PARTITION BY doc ORDER BY best, hit) AS nth FROM (
    SELECT doc, rank AS best, rowid AS hit FROM passage WHERE passage MATCH ? AND rank MATCH 'bm25(8.0, 1.0)')
) WHERE nth = 1) JOIN resolution USING (doc)"""
"""Each resolution with its best passage."""


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that has a page; `short` is a symbol or short name, `kind` a class of the ontology or `Concept`."""

    path: str
    kind: str
    label: str
    short: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for: words, and a value for each of some facets; `page` counts from 1."""

    words: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    page: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A resolution that matches; `pieces` are its best words, every second one a match; `place` is a fragment."""

    path: str
    symbol: str
    title: str
    date: str
    place: str = ""
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits; `choices` are the commonest values of each facet: path, label, count."""

    total: int
    hits: tuple[Hit, ...]
    named: tuple[Resource, ...]
    choices: tuple[tuple[str, tuple[tuple[str, str, int], ...]], ...]


class Finder:
    """An index opened to be asked, from any thread."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._local = threading.local()
        self._all_choices: tuple[tuple[str, tuple[tuple[str, str, int], ...]], ...] | None = None

    def ask(self, question: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        database = getattr(self._local, "database", None)
        if database is None:
            database = self._local.database = self._connect()
        return list(database.execute(question, values))

    @property
    def fingerprint(self) -> str:
        found = self.ask("SELECT value FROM meta WHERE key = 'fingerprint'")
        return str(found[0][0]) if found else ""

    # ------------------------------------------------------------ one thing

    def resource(self, path: str) -> Resource | None:
        """What stands at a path, written with or without percent signs."""
        found = self.ask("SELECT path, kind, label, short FROM resource WHERE key = ?", [unquote(path)])
        return Resource(*found[0]) if found else None

    def reading(self, path: str) -> tuple[dict[str, Any], str] | None:
        """What stands above a resolution, in plain values, and its text as HTML; None for what was not read."""
        found = self.ask("SELECT reading, article FROM resolution WHERE path = ?", [path])
        return (json.loads(found[0][0]), found[0][1]) if found else None

    def mentions(self, path: str, page: int) -> tuple[int, list[dict[str, Any]]]:
        """How many resolutions mention it, and a page of them with the places where they do, latest first."""
        (total,) = self.ask("SELECT COUNT(DISTINCT doc) FROM mention WHERE target = ?", [path])[0]
        question = """
            SELECT path, symbol, title, date, json_group_array(json_array(place, locator, words))
            FROM mention JOIN resolution USING (doc) WHERE target = ?
            GROUP BY doc ORDER BY date DESC, symbol LIMIT ? OFFSET ?"""
        rows = self.ask(question, [path, PAGE, (page - 1) * PAGE])
        names = ("path", "symbol", "title", "date")
        return total, [dict(zip(names, row, strict=False)) | {"places": json.loads(row[4])} for row in rows]

    def requests(self, addressee: str, page: int) -> tuple[int, list[dict[str, Any]]]:
        """What an agent was asked, latest first."""
        (total,) = self.ask("SELECT COUNT(*) FROM request WHERE addressee = ?", [addressee])[0]
        question = """
            SELECT path, symbol, date, place, verb, asks, due, status FROM request JOIN resolution USING (doc)
            WHERE addressee = ? ORDER BY date DESC, symbol, request.rowid LIMIT ? OFFSET ?"""
        rows = self.ask(question, [addressee, PAGE, (page - 1) * PAGE])
        names = ("path", "symbol", "date", "place", "verb", "asks", "due", "status")
        return total, [dict(zip(names, row, strict=True)) for row in rows]

    def ledger(self, wanted: Mapping[str, str], page: int, size: int) -> tuple[int, list[dict[str, str]]]:
        """The requests for reports by date; `wanted` may have a `body`, an `addressee`, what is `due`, a `status`."""
        tests = {
            "body": "body = :body",
            "addressee": "INSTR(' ' || agent || ' ', ' ' || :addressee || ' ')",
            "due": "(due = :due OR session = :due)",
            "status": "status = :status",
        }
        where = " AND ".join(["TRUE", *(tests[name] for name in wanted)])
        (total,) = self.ask(f"SELECT COUNT(*) FROM ledger WHERE {where}", wanted)[0]  # noqa: S608
        question = f"SELECT * FROM ledger WHERE {where} ORDER BY rowid LIMIT :size OFFSET :skip"  # noqa: S608
        rows = self.ask(question, {**wanted, "size": size, "skip": (page - 1) * size})
        return total, [dict(zip(LEDGER, row, strict=True)) for row in rows]

    def counts(self) -> dict[str, int]:
        """How much the graph holds."""
        tables = {"resolutions": "resolution", "requests": "request", "citations and references": "mention"}
        return {name: self.ask(f"SELECT COUNT(*) FROM {table}")[0][0] for name, table in tables.items()}  # noqa: S608

    # ------------------------------------------------------------ many

    def find(self, wanted: Wanted) -> Found:
        """The resolutions that match, best first, or latest first where no words are given."""
        where, values = _restriction(wanted.facets)
        query = fts_query(wanted.words)
        if wanted.words.strip() and not query:
            return Found(0, (), (), ())
        if query:
            source, order, values = _BEST, "best, date DESC, symbol", [query, *values]
        else:
            source, order = "(SELECT *, 0 AS hit FROM resolution)", "date DESC, symbol"
        (total,) = self.ask(f"SELECT COUNT(*) FROM {source} {where}", values)[0]  # noqa: S608
        rows = self.ask(
            f"SELECT hit, path, symbol, title, date FROM {source} {where} ORDER BY {order} LIMIT ? OFFSET ?",  # noqa: S608
            [*values, PAGE, (wanted.page - 1) * PAGE],
        )
        hits = tuple(self._hit(row, query) for row in rows)
        return Found(total, hits, self._named(wanted), self._choices(source, where, values, everything=not values))

    def _hit(self, row: tuple[Any, ...], query: str) -> Hit:
        passage, path, symbol, title, date = row
        place, pieces = self._snippet(passage, query)
        return Hit(path, symbol, title, date, place, pieces)

    def _snippet(self, passage: int, query: str) -> tuple[str, tuple[str, ...]]:
        """The place of a passage, and its words around the matches, which stand between U+0002 and U+0003."""
        question = """
            SELECT place, snippet(passage, 1, char(2), char(3), ' … ', 36) FROM passage
            WHERE passage MATCH ? AND rowid = ?"""
        found = self.ask(question, [query, passage]) if query else []
        if not found or not found[0][0]:
            return "", ()
        place, text = found[0]
        return place, tuple(text.replace("\3", "\2").split("\2"))

    def _named(self, wanted: Wanted) -> tuple[Resource, ...]:
        """What bears the very symbol or name that was typed, or a symbol that ends with it."""
        if wanted.page > 1 or not wanted.words.strip():
            return ()
        question = """
            SELECT path, kind, label, short FROM resource
            WHERE short = :words COLLATE NOCASE OR label = :words COLLATE NOCASE OR short LIKE :symbol
            ORDER BY short = :words COLLATE NOCASE DESC, LENGTH(short), short LIMIT 5"""
        words = " ".join(wanted.words.split())
        found = self.ask(question, {"words": words, "symbol": symbol_like(words)})
        return tuple(Resource(*row) for row in found)

    def _choices(
        self, source: str, where: str, values: Sequence[object], *, everything: bool
    ) -> tuple[tuple[str, tuple[tuple[str, str, int], ...]], ...]:
        if everything and self._all_choices is not None:
            return self._all_choices
        question = f"""
            SELECT facet.kind, value, COUNT(*), COALESCE(label, value) FROM facet
            LEFT JOIN resource ON resource.key = facet.value
            WHERE doc IN (SELECT doc FROM {source} {where}) GROUP BY facet.kind, value ORDER BY COUNT(*) DESC, value"""  # noqa: S608
        found: dict[str, list[tuple[str, str, int]]] = {facet: [] for facet in FACETS}
        for kind, value, count, label in self.ask(question, values):
            if len(found[kind]) < _CHOICES:
                found[kind].append((value, label, count))
        choices = tuple((kind, tuple(rows)) for kind, rows in found.items() if rows)
        if everything:
            self._all_choices = choices
        return choices

    def label(self, path: str) -> str:
        """The name of what stands at a path, or the path."""
        found = self.resource(path)
        return found.label if found else path

    def short(self, path: str) -> str:
        """Its symbol or short name, or the path."""
        found = self.resource(path)
        return found.short if found else path


def _restriction(facets: Sequence[tuple[str, str]]) -> tuple[str, list[object]]:
    """The WHERE clause for some facets, and its values."""
    clause = "doc IN (SELECT doc FROM facet WHERE kind = ? AND value = ?)"
    where = "WHERE " + " AND ".join([clause] * len(facets)) if facets else ""
    return where, [part for facet in facets for part in facet]
