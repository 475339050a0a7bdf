"""The parts of a Word document: a zip archive of XML, opened without trust in what it says of its sizes."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resgraph.readers.xml import parse_xml
from resgraph.readers.zip import open_archive, read_member

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml import etree

LABEL = "a Word document"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""The namespaces of the strict form of the format, each with the one that nearly all documents use."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to; `kind` is the last word of the type's IRI (`footnotes`, `header`)."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Package:
    """An opened archive; parts are read when asked for."""

    archive: ZipFile
    where: str

    @classmethod
    def open(cls, data: bytes, where: str) -> Package:
        return cls(open_archive(data, where, LABEL), where)

    def part(self, name: str) -> etree._Element | None:
        """The root of a part; None where the package has no such part."""
        data = read_member(self.archive, name, self.where, LABEL)
        if data is None:
            return None
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return parse_xml(data, self.where, LABEL)

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part refers to within the package, by the names that it uses for them."""
        folder, file = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        if root is None:
            return {}
        return {
            entry.get("Id", ""): Relation(
                entry.get("Type", "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, entry.get("Target", ""))).lstrip("/"),
            )
            for entry in root
            if entry.get("TargetMode") != "External"
        }

    def main_part(self) -> str:
        """The name of the part that holds the text."""
        kinds = (relation.target for relation in self.relations("").values() if relation.kind == "officeDocument")
        return next(kinds, "word/document.xml")
