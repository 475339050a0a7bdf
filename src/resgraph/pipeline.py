"""The whole program: files are read, cut into their parts, understood, and said as quads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from resgraph.errors import InputError
from resgraph.model import Segmented, Source
from resgraph.readers import find_sources, read_all, read_source
from resgraph.readers.metadata import NO_METADATA, Metadata, set_apart
from resgraph.resolve import resolve
from resgraph.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad

    from resgraph.iris import Iris
    from resgraph.model import Problem, Read, Resolution, Span
    from resgraph.readers import Reading


@dataclass(frozen=True, slots=True)
class Document:
    """What one file holds; `unread` is text outside every resolution, `problems` are those of the file as a whole."""

    source: Source
    resolutions: tuple[Resolution, ...]
    unread: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()


def quads(paths: Iterable[Path], iris: Iris) -> Iterator[Quad]:
    """All that the files say, and all that the lexicon says of whom and what they mention."""
    from resgraph.authority import authority_quads
    from resgraph.rdf import settle

    metadata, files, faults = set_apart(find_sources(paths))
    for fault in faults:
        raise fault
    documents = (document_of(reading, metadata) for reading in read_all(files))
    said = (document_quads(document, iris) for document in documents)
    return settle(chain(chain.from_iterable(said), authority_quads(iris)), iris)


def read_document(path: Path) -> Document:
    """Read, segment, recognise and resolve one file. Raises InputError if it is unreadable or holds no resolution."""
    return understood(read_source(path), str(path))


def document_of(reading: Reading, metadata: Metadata = NO_METADATA) -> Document:
    """The same, for a document whose file has been read already, with what metadata tell of its resolutions."""
    return understood(reading.value(), reading.where, metadata)


def understood(read: Read, where: str, metadata: Metadata = NO_METADATA) -> Document:
    match read:
        case Segmented() as segmented:
            pass
        case Source() as source:
            segmented = segment(source)
    if not segmented.resolutions:
        remedy = "give the English text of a resolution, from its title or 'The General Assembly,' on"
        raise InputError(where, "holds no resolution that can be recognised", remedy)
    segmented = metadata.added_to(segmented)
    return Document(segmented.source, resolve(segmented), segmented.unread, segmented.problems)


def document_quads(document: Document, iris: Iris) -> Iterator[Quad]:
    """What one document says; nothing where it holds no resolution."""
    from resgraph.rdf import resolution_quads, source_quads

    if document.resolutions:
        yield from source_quads(document.source, iris, document.problems)
    for resolution in document.resolutions:
        yield from resolution_quads(resolution, iris)
