"""The tables of the index, and how to know whether an index belongs to a store."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = "date symbol place agent addressee report due session status answer noted_in body".split()
VERSION = "3"

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE resource (
  key TEXT PRIMARY KEY, path TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, short TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE resolution (
  doc INTEGER PRIMARY KEY, path TEXT NOT NULL, symbol TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL,
  body TEXT NOT NULL, session TEXT NOT NULL, reading TEXT NOT NULL, article TEXT NOT NULL);
CREATE TABLE facet (kind TEXT, value TEXT, doc INTEGER, PRIMARY KEY (kind, value, doc)) WITHOUT ROWID;
CREATE TABLE mention (target TEXT, doc INTEGER, place TEXT, words TEXT, locator TEXT, named INTEGER);
CREATE TABLE request (addressee TEXT, doc INTEGER, place TEXT, verb TEXT, asks TEXT, due TEXT, status TEXT);
CREATE TABLE ledger (
  date TEXT, symbol TEXT, place TEXT, agent TEXT, addressee TEXT, report TEXT, due TEXT, session TEXT, status TEXT,
  answer TEXT, noted_in TEXT, body TEXT);
CREATE VIRTUAL TABLE passage USING fts5(
  title, text, doc UNINDEXED, place UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2');
"""
INDEXES = """
CREATE UNIQUE INDEX resolution_path ON resolution (path);
CREATE INDEX resolution_date ON resolution (date, symbol);
CREATE INDEX resource_short ON resource (short COLLATE NOCASE);
CREATE INDEX facet_doc ON facet (doc);
CREATE INDEX mention_target ON mention (target, doc);
CREATE INDEX request_addressee ON request (addressee, doc);
INSERT INTO passage (passage) VALUES ('optimize');
ANALYZE;
"""


def fingerprint(store: Path) -> str:
    """What changes when a store is built anew: the names and sizes of its files, but not where or when they lie.

    An index without it, or with another one, is not read.
    """
    told = [VERSION]
    if store.is_file():
        told.append(str(store.stat().st_size))
    else:
        tables = sorted((part.name, part.stat().st_size) for part in store.glob("*.sst"))
        identity = store / "IDENTITY"
        told += [repr(tables), identity.read_text() if identity.is_file() else ""]
    return sha256("\n".join(told).encode()).hexdigest()
