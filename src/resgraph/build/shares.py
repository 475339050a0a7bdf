"""What the graph takes of each document, now that all are known; and the report of it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from resgraph.build.parts import Opened, nquads
from resgraph.report import FileReport, report_of
from resgraph.versions import Home, Sifted, Versions
from resgraph.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resgraph.build.making import Entry
    from resgraph.build.shelf import Shelf
    from resgraph.iris import Iris


@dataclass(frozen=True, slots=True)
class Share:
    """What the graph takes of a document: by position, resolutions that it is the source of, and a second source of.

    `size` is that of the N-Quads for graphs of its own, in bytes.
    """

    entry: Entry
    symbols: tuple[str, ...]
    sifted: Sifted
    size: int

    def own(self, opened: Opened, iris: Iris) -> bytes:
        """What goes into graphs of its own, as N-Quads."""
        kept, seconds = self.sifted.kept, self.sifted.seconds
        said = [opened.source, *(opened.own[n] for n in kept)] if kept or seconds else []
        nodes = [iris.document(self.symbols[n]) for n in seconds]
        source = iris.source(self.entry.sha256)
        return b"".join((*said, nquads(Quad(node, RG.alternateSource, source, node) for node in nodes)))

    def shared(self, opened: Opened) -> bytes:
        """What it says of what documents share."""
        return b"".join(opened.shared[n] for n in self.sifted.kept)


def sift(entries: Iterable[Entry], shelf: Shelf) -> Iterator[tuple[Share, FileReport]]:
    """The shares of the documents that were read, the best forms first."""
    versions = Versions(shelf.marks)
    for entry in entries:
        known = shelf.about(entry.key)
        if known is None:
            continue
        about = known[1]
        sifted = versions.sift(Home(entry.where, entry.sha256, entry.key, about.symbols))
        findings = [about.pieces[n].findings for n in sifted.kept]
        report = report_of(entry.where, (*sifted.remarks, *about.problems), about.unread, findings)
        size = about.source + sum(about.pieces[n].own for n in sifted.kept)
        yield Share(entry, about.symbols, sifted, size), report


def documents_of(shares: Iterable[Share], iris: Iris) -> set[bytes]:
    """The resolutions that have graphs of their own, as N-Quads write them."""
    return {str(iris.document(share.symbols[n])).encode() for share in shares for n in share.sifted.kept}


def digest_of(shares: Iterable[Share]) -> str:
    """The same for all builds that take the same of the same documents."""
    digest = sha256()
    for share in shares:
        sifted = share.sifted
        digest.update(repr((share.entry.key, share.entry.told, sifted.kept, sifted.seconds)).encode())
    return digest.hexdigest()
