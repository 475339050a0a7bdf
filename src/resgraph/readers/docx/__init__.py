"""Word documents: the words as they are printed, with what Word adds by itself: numbers, note marks, the masthead."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from resgraph.errors import InputError
from resgraph.readers.docx.blocks import Blocks
from resgraph.readers.docx.numbering import VAL, Numbering, W
from resgraph.readers.docx.package import Package
from resgraph.readers.docx.styles import Styles
from resgraph.readers.docx.words import Notes
from resgraph.readers.emphasis import with_text
from resgraph.readers.raised import lower_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from resgraph.model import Source
    from resgraph.readers.docx.package import Relation

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ORDER = ("first", "default", "even")
_SYMBOL = re.compile(r"\b[A-Z]{1,4}/(?:[\w.]+/)*RES/")
_REISSUED = re.compile(r"(?<=^\d\d-\d{5})\*")
"""The asterisk in the job number of a document that was issued again."""

_OWN_MARK = re.compile(r"^(?:[⁰¹²³⁴-⁹]{1,3}|\*{1,3})\s*|^\d{1,3}/\s+")


def read_docx(data: bytes, source: Source) -> Source:
    """The source with its text: masthead, paragraphs, footnotes, job number. Raises InputError for a damaged file."""
    document = _Document(Package.open(data, source.path))
    found = with_text(source, "\n".join(document.lines()) + "\n")
    if not found.text.strip():
        raise InputError(source.path, "holds no text", "give a document that holds the text of a resolution")
    return found


@dataclass(frozen=True, slots=True)
class _Document:
    package: Package

    def lines(self) -> Iterator[str]:
        main = self.package.main_part()
        root = self.package.part(main)
        body = None if root is None else root.find(f"{W}body")
        if body is None:
            raise InputError(self.package.where, "is a Word document without a text", "save it again with Word")
        relations = self.package.relations(main)
        targets = {relation.kind: relation.target for relation in relations.values()}
        numbering = Numbering(lambda: self._part(targets, "numbering"))
        blocks = Blocks(Styles.read(self._part(targets, "styles")), numbering, Notes())
        yield from self._margin(body, relations, "header", blocks)
        yield from blocks.lines(body)
        yield from self._notes(targets, blocks)
        yield from self._margin(body, relations, "footer", blocks)

    def _part(self, targets: dict[str, str], kind: str) -> etree._Element | None:
        return self.package.part(targets[kind]) if kind in targets else None

    def _margin(self, body: etree._Element, relations: dict[str, Relation], kind: str, blocks: Blocks) -> Iterator[str]:
        """The lines of the first page's header or footer, which have the masthead and the job number; of the others
        only where the first header lacks the symbol.
        """
        found: list[str] = []
        for name in _margins(body, kind):
            if name not in relations or (found and (kind == "footer" or _SYMBOL.search("\n".join(found)))):
                continue
            if (root := self.package.part(relations[name].target)) is not None:
                lines = replace(blocks, notes=Notes(), spread=True).lines(root)
                found += (_REISSUED.sub("", line) for line in lines)
        yield from found

    def _notes(self, targets: dict[str, str], blocks: Blocks) -> Iterator[str]:
        """The notes in the order of their marks, each on a line that begins with its marker."""
        parts: dict[str, dict[str, etree._Element]] = {}
        for kind, name, marker in blocks.notes.found:
            if kind not in parts:
                root = self._part(targets, kind)
                parts[kind] = {} if root is None else {note.get(f"{W}id", ""): note for note in root}
            note = parts[kind].get(name)
            if note is not None:
                words = _OWN_MARK.sub("", " ".join(replace(blocks, notes=Notes(), spread=True).lines(note)))
                yield f"{marker} {lower_digits(words)}"


def _margins(body: etree._Element, kind: str) -> list[str]:
    """The names of the first section's headers or footers, that of the first page before the others."""
    for section in body.iter(f"{W}sectPr"):
        found = {
            entry.get(f"{W}type", "default"): entry.get(_RELATION, "") for entry in section.iter(f"{W}{kind}Reference")
        }
        title = section.find(f"{W}titlePg")
        if title is None or title.get(VAL) in ("0", "false", "off"):
            found.pop("first", None)
        if found:
            return [found[place] for place in _ORDER if place in found]
    return []
