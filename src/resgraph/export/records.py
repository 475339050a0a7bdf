"""A record for each resolution, for Zotero and the like: BibTeX, RIS and CSL-JSON.

A resolution is a report in all three: styles print a report's body, number and title, while legislation, the other type
that would fit, is printed as an act of a parliament. What the graph does not say is left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.export.order import iri_key
from resgraph.vocab import DCTERMS, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from pyoxigraph import NamedNode

    from resgraph.properties import Properties

_PUBLISHER = "United Nations"
_KIND = "Resolution"
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_IN_BIBTEX = str.maketrans(_ESCAPES)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True, slots=True)
class Record:
    """What is said of a resolution as a publication; `date` is `YYYY-MM-DD`. Empty where the graph says nothing."""

    symbol: str
    title: str
    body: str
    date: str
    session: str
    meeting: str
    url: str

    @property
    def key(self) -> str:
        """A name that every reader of BibTeX takes: `A/RES/2625(XXV)` -> `A-RES-2625-XXV`."""
        return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in self.symbol).split())

    @property
    def event(self) -> str:
        parts = (self.session and f"session {self.session}", self.meeting and f"meeting {self.meeting}")
        return ", ".join(part for part in parts if part)


def records(graph: Properties) -> Iterator[Record]:
    """A record for each resolution that was read, in the order of their symbols."""
    for node in sorted(graph.subjects(RG.hasParagraph), key=lambda node: iri_key(node.value)):
        body = graph.node(node, RG.adoptedBy)
        session = graph.node(node, RG.adoptedInSession)
        meeting = graph.node(node, RG.adoptedAtMeeting)
        address = graph.node(node, RDFS.seeAlso)
        yield Record(
            symbol=graph.text(node, RG.symbol),
            title=_line(graph.text(node, DCTERMS.title)),
            body=_of(graph, body, SKOS.prefLabel),
            date=graph.text(node, RG.adoptedOn),
            session=_of(graph, session, RG.sessionLabel),
            meeting=_of(graph, meeting, RG.meetingNumber),
            url=address.value if address else "",
        )


def _of(graph: Properties, node: NamedNode | None, predicate: NamedNode) -> str:
    return _line(graph.text(node, predicate)) if node else ""


def _line(text: str) -> str:
    """On one line, since a line break ends a field of RIS."""
    return " ".join(text.split())


def write_bibtex(found: Iterable[Record], out: BinaryIO) -> None:
    """`@techreport`, which Zotero and biblatex read as a report; accents stand as they are, in UTF-8."""
    for record in found:
        body = ",\n".join(f"  {name} = {value}" for name, value in _bibtex(record))
        out.write(f"@techreport{{{record.key},\n{body},\n}}\n\n".encode())


def _bibtex(record: Record) -> Iterator[tuple[str, str]]:
    """Bodies and titles stand in two pairs of braces: the former are no persons, and both keep their capitals."""
    year, _, rest = record.date.partition("-")
    whole = {"author": record.body, "title": record.title or record.symbol}
    plain = {"institution": _PUBLISHER, "type": _KIND, "number": record.symbol, "year": year, "note": record.event}
    yield from ((name, f"{{{{{value.translate(_IN_BIBTEX)}}}}}") for name, value in whole.items() if value)
    yield from ((name, f"{{{value.translate(_IN_BIBTEX)}}}") for name, value in plain.items() if value)
    if rest:
        yield "month", _MONTHS[int(rest[:2]) - 1]
        yield "date", f"{{{record.date}}}"
    if record.url:
        yield "url", f"{{{record.url}}}"
    yield "langid", "{english}"


def write_ris(found: Iterable[Record], out: BinaryIO) -> None:
    """RIS; the tags of a report are those that Zotero reads (SN its number, PB its institution, M3 its kind)."""
    for record in found:
        fields = (
            ("TY", "RPRT"),
            ("TI", record.title or record.symbol),
            ("AU", record.body),
            ("DA", f"{record.date.replace('-', '/')}/" if record.date else ""),
            ("PY", record.date[:4]),
            ("LA", "en"),
            ("M3", _KIND),
            ("PB", _PUBLISHER),
            ("SN", record.symbol),
            ("UR", record.url),
            ("N1", record.event),
        )
        lines = (f"{tag}  - {value}\r\n" for tag, value in fields if value)
        out.write(f"{''.join(lines)}ER  - \r\n\r\n".encode())


def write_csl_json(found: Iterable[Record], out: BinaryIO) -> None:
    """CSL-JSON, as citeproc, pandoc and Zotero read it."""
    items = [dict(_csl(record)) for record in found]
    out.write(json.dumps(items, ensure_ascii=False, indent=1).encode() + b"\n")


def _csl(record: Record) -> Iterator[tuple[str, object]]:
    yield "id", record.symbol
    yield "type", "report"
    yield "title", record.title or record.symbol
    if record.body:
        yield "author", [{"literal": record.body}]
        yield "authority", record.body
    yield "genre", _KIND
    yield "number", record.symbol
    yield "publisher", _PUBLISHER
    if record.date:
        yield "issued", {"date-parts": [[int(part) for part in record.date.split("-")]]}
    if record.event:
        yield "note", record.event
    if record.url:
        yield "URL", record.url
    yield "language", "en"


RECORDS: dict[str, Callable[[Iterable[Record], BinaryIO], None]] = {
    "bibtex": write_bibtex,
    "ris": write_ris,
    "csl-json": write_csl_json,
}
