"""The index of a store, written in one go: what can be found, each resolution as it reads, and who mentions whom."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from resgraph.followup import entries
from resgraph.output import whole_file
from resgraph.serve.search.derived import derived_of
from resgraph.serve.search.graph import Node, by_document, names_of, nodes_in, nodes_of
from resgraph.serve.search.markup import article
from resgraph.serve.search.reading import Reader
from resgraph.serve.search.schema import INDEXES, LEDGER, TABLES
from resgraph.sparql import iris_of
from resgraph.vocab import DCTERMS, RDF, RG, RG_NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Store

    from resgraph.rows import Term
    from resgraph.serve.search.graph import Names, Nodes
    from resgraph.serve.search.reading import Note, Part, Reading
    from resgraph.serve.search.statements import Statement

_FILLING = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
_TOGETHER = 50
"""Documents that are read at once."""
_KINDS = "Resolution Decision Draft Report Treaty Declaration Programme Instrument Body Office State ActorGroup Agent"
_ORDER = {kind: at for at, kind in enumerate(_KINDS.split())}


def write_index(store: Store, path: Path, fingerprint: str = "") -> None:
    """The index of a store as an SQLite file, which appears whole or not at all."""
    with whole_file(path) as file, closing(_filled(store, fingerprint)) as database:
        file.write(database.serialize())


def memory_index(store: Store) -> sqlite3.Connection:
    """The same, not written anywhere."""
    return _filled(store, "")


def _filled(store: Store, fingerprint: str) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.executescript(_FILLING + TABLES)
    _Filler(store, database).fill()
    database.execute("INSERT INTO meta VALUES ('fingerprint', ?)", [fingerprint])
    database.executescript(INDEXES)
    database.commit()
    return database


class _Filler:
    """Fills the tables, a document after the other."""

    def __init__(self, store: Store, database: sqlite3.Connection) -> None:
        self._store = store
        self._iris = iris_of(store)
        self._database = database
        self._names = names_of(store, self._iris)
        self._derived = derived_of(store, self._iris)

    def fill(self) -> None:
        read = self._resolutions()
        for first in range(0, len(read), _TOGETHER):
            some = read[first : first + _TOGETHER]
            parts = by_document(nodes_in(self._store, some))
            for doc, iri in enumerate(some, first + 1):
                nodes = parts[iri.value]
                self._names.nodes[iri.value] = nodes[iri.value]
                self._one(doc, Reader(iri.value, nodes, self._names, self._derived).read(), nodes)
        self._resources()
        self._ledger()

    def _ledger(self) -> None:
        """The requests for reports, as `resgraph followup` has them."""
        rows = ([_said(entry[column]) for column in LEDGER] for entry in entries(self._store))
        self._database.executemany(f"INSERT INTO ledger VALUES ({', '.join('?' * len(LEDGER))})", rows)  # noqa: S608

    def _resolutions(self) -> list[NamedNode]:
        """Those that were read, by date."""
        dates = nodes_of(self._store.quads_for_pattern(None, RG.adoptedOn, None, None))
        read = [
            quad.subject
            for quad in self._store.quads_for_pattern(None, RG.adoptedBy, None, None)
            if quad.subject == quad.graph_name and isinstance(quad.subject, NamedNode)
        ]
        return sorted(read, key=lambda iri: (dates.get(iri.value, Node()).text(RG.adoptedOn), iri.value))

    def _one(self, doc: int, reading: Reading, nodes: Nodes) -> None:
        row = (doc, reading.path, reading.symbol, reading.title, reading.date, reading.body[0], reading.session)
        execute, many = self._database.execute, self._database.executemany
        execute("INSERT INTO resolution VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [*row, *_shown(reading)])
        facets = {(kind, value, doc) for kind, value in _facets(reading) if value}
        many("INSERT INTO facet VALUES (?, ?, ?)", sorted(facets))
        passages = _passages(reading, nodes, self._names.base)
        many("INSERT INTO passage VALUES (?, ?, ?, ?)", ((title, text, doc, place) for title, text, place in passages))
        many("INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?)", (_at(doc, row) for row in _requests(reading)))
        many("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?)", (_at(doc, row) for row in _mentions(nodes, self._names)))

    def _resources(self) -> None:
        """All that has a page: what the authority data name and what was read, but no part of a document."""
        names = self._names
        rows = [
            (unquote(path), path, _kind(node), node.text(DCTERMS.title) or names.label(iri), names.short(iri))
            for iri, node in names.nodes.items()
            if (path := names.path(iri)) and "#" not in path
        ]
        sources = self._store.quads_for_pattern(None, RG.sha256, None, None)
        rows += [
            (names.path(quad.subject.value), names.path(quad.subject.value), "Source", name[:19] + "…", name[:19] + "…")
            for quad in sources
            if isinstance(quad.subject, NamedNode) and (name := names.path(quad.subject.value))
        ]
        self._database.executemany("INSERT OR REPLACE INTO resource VALUES (?, ?, ?, ?, ?)", rows)


def _shown(reading: Reading) -> tuple[str, str]:
    """What stands above the text, as JSON, and the text as HTML."""
    plain = _plain(reading)
    text = article({**plain, "parts": map(_plain_part, reading.parts), "notes": map(_plain, reading.notes)})
    said = (said for part in reading.parts for said in part.says if said.kind == "c")
    head = {name: value for name, value in plain.items() if name not in ("parts", "notes")}
    head["cited"] = sorted({path for statement in said for path, _ in statement.about if path})
    return json.dumps(head, ensure_ascii=False, separators=(",", ":")), text


def _plain_part(part: Part) -> dict[str, Any]:
    return {**_plain(part), "says": [_plain(said) for said in part.says]}


def _plain(value: Reading | Part | Note | Statement) -> dict[str, Any]:
    """The fields of a value; `dataclasses.asdict` copies all that is in it, and is slow."""
    return {name: getattr(value, name) for name in value.__slots__}


def _said(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _kind(node: Node) -> str:
    """The narrowest class of our own, or what else it is."""
    kinds = [kind.value.removeprefix(RG_NAMESPACE) for kind in node.get(RDF.type, ())]
    own = [kind for kind in kinds if "/" not in kind]
    return min(own, key=lambda kind: (_ORDER.get(kind, len(_ORDER)), kind)) if own else "Concept"


def _at(doc: int, row: tuple[object, ...]) -> tuple[object, ...]:
    return row[0], doc, *row[1:]


def _facets(reading: Reading) -> Iterator[tuple[str, str]]:
    yield "body", reading.body[0]
    yield "year", reading.date[:4]
    yield "session", reading.session and f"{reading.body[0]}/session/{reading.session}"
    for part in reading.parts:
        for said in part.says:
            yield "verb", said.verb
            for path, _ in said.about:
                if said.kind == "q":
                    yield "addressee", path
                elif path.startswith("instrument/"):
                    yield "instrument", path


def _passages(reading: Reading, nodes: Nodes, base: str) -> Iterator[tuple[str, str, str]]:
    """Title, words and place: the resolution's title, then each paragraph and point."""
    yield f"{reading.title} {reading.symbol}", "", ""
    for part in reading.parts:
        yield "", nodes[f"{base}{reading.path}#{part.id}"].text(RG.text), part.id


def _requests(reading: Reading) -> Iterator[tuple[object, ...]]:
    for part in reading.parts:
        for said in part.says:
            if said.kind == "q":
                for path, _ in said.about:
                    yield path, said.id, said.words, said.asks, said.due, said.status


def _mentions(nodes: Nodes, names: Names) -> Iterator[tuple[object, ...]]:
    """Every citation and reference that has a target, as they stand in the text."""
    for iri, node in sorted(nodes.items(), key=lambda item: (item[1].number(RG.start), item[0])):
        if RG.target in node and (node.a(RG.Citation) or node.a(RG.Reference)):
            words = " ".join(node.text(RG.exact).split())
            place = iri.partition("#")[2]
            yield names.path(node.text(RG.target)), place, words, node.text(RG.locator), int(node.a(RG.Citation))
