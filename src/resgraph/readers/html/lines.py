"""The tree of a page as lines: one paragraph a line, one row a line, blank lines where the page parts blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resgraph.readers.emphasis import CLOSE, OPEN, plain, tidy
from resgraph.readers.html.furniture import is_furniture, is_menu
from resgraph.readers.html.lists import label_of
from resgraph.readers.raised import after_mark, lower_digits, raise_digits, raised

if TYPE_CHECKING:
    from lxml import etree

_BLOCKS = frozenset(
    "address article blockquote body center dd details dir div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr html legend li main menu ol p section summary table tbody td tfoot th thead title"
    " tr ul".split()
)
_ITALICS = frozenset(("i", "em", "cite", "dfn", "var"))
_MENUS = frozenset("ul ol menu dir p".split())
_NOTE_ID = re.compile(
    r"(?:^|[-_:])_?(?:end|foot)?(?:ftn|edn|fn|note|cite_note|footnote|endnote)s?[-_:.]?[\w-]*?(?<!\d)(\d{1,3})$",
    re.IGNORECASE,
)
_BACK = re.compile(r"^[\s↑↩⤴⬑^↵️︎]*$")
_LINK_MARK = re.compile(r"^\s*[\[(]?(\d{1,3})[\])]?/?\s*$")
_LABELLED = re.compile(r"^(?:\(?[a-zA-Z0-9]{1,5}[.)]|[–—•-])\s")


@dataclass(slots=True)
class Lines:
    """Walks a tree in the order of print. A line is made of `parts` until a block or a break ends it."""

    lines: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    label: str = ""
    note: str = ""
    kept: int = 0

    def read(self, root: etree._Element) -> list[str]:
        self._children(root)
        self._end()
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        return self.lines

    # ------------------------------------------------------------ walking

    def _children(self, element: etree._Element) -> None:
        self._words(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child)
            self._words(child.tail)

    def _element(self, element: etree._Element) -> None:
        tag = element.tag.rsplit("}", 1)[-1].lower()
        if is_furniture(element, tag) or (tag in _MENUS and is_menu(element)):
            return
        if tag == "br":
            self._break()
        elif tag == "sup":
            self._superior(element)
        elif tag == "a":
            self._link(element)
        elif tag in _ITALICS:
            self._italic(element)
        elif tag == "tr":
            self._row(element)
        elif tag == "pre":
            self._preformatted(element)
        elif tag in ("ul", "ol", "menu", "dir"):
            self._list(element, tag)
        elif tag in _BLOCKS:
            self._block(element)
        else:
            self._inline(element)

    def _italic(self, element: etree._Element) -> None:
        """Words in italics, as long as they stay within a line."""
        self.parts.append(OPEN)
        self._children(element)
        self.parts.append(CLOSE)

    def _inline(self, element: etree._Element) -> None:
        if "list" in (element.get("role") or ""):
            self._block(element)
        else:
            self._children(element)

    def _block(self, element: etree._Element) -> None:
        self._end(blank=True)
        if match := _NOTE_ID.search(element.get("id") or ""):
            self.note = match[1]
        self._children(element)
        self._end(blank=True)
        self.note = ""

    def _preformatted(self, element: etree._Element) -> None:
        """Lines as the page has them."""
        self._end(blank=True)
        inner = Lines(kept=1)
        inner._children(element)
        inner._end()
        self.lines += [line.rstrip() for line in inner.lines]
        self._end(blank=True)

    def _row(self, row: etree._Element) -> None:
        """A row is a line, unless its cells hold several paragraphs, as they do where a table lays out a page."""
        self._end()
        cells = [lines for cell in row if isinstance(cell.tag, str) and (lines := self._apart(cell))]
        if len(cells) > 1 and max(map(len, cells)) == 1:
            self.lines.append("\t".join(lines[0] for lines in cells))
            return
        for lines in cells:
            self.lines += ["", *lines, ""] if len(cells) == 1 else [*lines, ""]

    def _apart(self, cell: etree._Element) -> list[str]:
        if is_furniture(cell, cell.tag) or is_menu(cell):
            return []
        lines = Lines().read(cell)
        while lines and not lines[0]:
            lines.pop(0)
        return lines

    def _list(self, element: etree._Element, tag: str) -> None:
        self._end(blank=True)
        for number, item in enumerate(item for item in element if isinstance(item.tag, str)):
            if is_furniture(item, item.tag):
                continue
            note = _NOTE_ID.search(item.get("id") or "")
            self.note = note[1] if note else ""
            self.label = "" if note else label_of(element, item, number, tag)
            self._children(item)
            self._end(blank=True)
            self.label = self.note = ""

    # ------------------------------------------------------------ marks of notes

    def _superior(self, element: etree._Element) -> None:
        text = "".join(map(str, element.itertext()))
        before = self._before()
        mark = raised(text, before) if before.strip() else None
        if mark is not None:
            self.parts.append(mark)
        elif not before.strip() and (match := _LINK_MARK.match(text)):
            self._note_number(match[1])
        else:
            self._children(element)

    def _link(self, element: etree._Element) -> None:
        """A link within the page whose text is a number is the mark of a note, and at the head of a line its number."""
        text = "".join(map(str, element.itertext()))
        target = element.get("href") or ""
        match = _LINK_MARK.match(text)
        own = element.get("id") or element.get("name") or ""
        if _BACK.match(text) and (target.startswith("#") or not target):
            return
        if match and "#" in target:
            if self._before().strip():
                self.parts.append(after_mark(self._before()) + raise_digits(int(match[1])))
            else:
                self._note_number(match[1])
        elif match and _NOTE_ID.search(own) and not self._before().strip():
            self._note_number(match[1])
        else:
            self._children(element)

    def _note_number(self, digits: str) -> None:
        self.note = ""
        self.label = ""
        self.parts = [f"{raise_digits(int(digits))} "]

    # ------------------------------------------------------------ lines

    def _before(self) -> str:
        return plain("".join(self.parts[-6:]))

    def _words(self, text: str | None) -> None:
        if text:
            if self.note and text.strip() and not plain("".join(self.parts)).strip():
                self._own_number()
            self.parts.append(text if text.isascii() else lower_digits(text))

    def _own_number(self) -> None:
        """The number that the page's own list gives to a note."""
        self.parts = [f"{raise_digits(int(self.note))} "]
        self.note = self.label = ""

    def _break(self) -> None:
        """One break ends a line, a second one leaves a blank line."""
        self._end(blank=not plain("".join(self.parts)).strip())

    def _end(self, *, blank: bool = False) -> None:
        text = "".join(self.parts)
        self.parts = []
        if self.kept:
            self.lines += plain(text).split("\n") if text else []
            return
        line = tidy(" ".join(text.split()))
        line = line if plain(line) else ""
        if line and self.label:
            line = line if _LABELLED.match(plain(line)) else f"{self.label} {line}"
            self.label = ""
        if line:
            self.lines.append(line)
        if blank and self.lines and self.lines[-1]:
            self.lines.append("")
