"""The words of a paragraph: runs joined, marks of notes raised, deletions, fields and hidden text left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resgraph.readers.docx.numbering import W
from resgraph.readers.docx.styles import PLAIN
from resgraph.readers.emphasis import CLOSE, OPEN, plain
from resgraph.readers.raised import after_mark, lower_digits, raise_digits, raised

if TYPE_CHECKING:
    from lxml import etree

    from resgraph.readers.docx.styles import Styles

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_RUN, _TEXT, _LOOK = f"{W}r", f"{W}t", f"{W}rPr"
_WITHIN = frozenset(
    f"{W}{name}"
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "bdo", "dir", "customXml")
)
_MATHS = frozenset(f"{_MATH}{name}" for name in ("oMath", "oMathPara"))
_LOST = ("Error: Reference source", "Error! Reference source", "Error! Bookmark")
"""What word processors print for a mark that refers to another one, where they have lost that."""

BREAK = "\x0b"
_SIGNS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": BREAK,
    f"{W}cr": BREAK,
    f"{W}noBreakHyphen": "-",
}
_PRIVATE = {0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF02D: "–", 0xF02B: "+", 0xF0B0: "°"}
"""Signs of the Symbol and Wingdings fonts, as the code points under which they are kept."""

BOX = f"{W}txbxContent"


@dataclass(slots=True)
class Notes:
    """The notes that were marked so far, in the order of their marks: kind, id and marker."""

    found: list[tuple[str, str, str]] = field(default_factory=list)
    count: int = 0

    def mark(self, kind: str, name: str) -> str:
        self.count += 1
        self.found.append((kind, name, raise_digits(self.count)))
        return raise_digits(self.count)


@dataclass(slots=True)
class Words:
    """Reads one paragraph after another; `fields` tells of each open field whether its instruction still runs."""

    styles: Styles
    notes: Notes
    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)
    custom: tuple[str, str] | None = None

    def read(self, paragraph: etree._Element) -> str:
        """The words, with single spaces and BREAK where a line is broken by hand. The text boxes that hang on the
        paragraph are then in `boxes`.
        """
        self.parts, self.boxes, self.fields, self.custom = [], [], [], None
        self._inside(paragraph)
        text = "".join(self.parts)
        if BREAK not in text:
            return " ".join(text.split())
        return BREAK.join(line for part in text.split(BREAK) if (line := " ".join(part.split())))

    def _inside(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child)
            elif tag in _WITHIN:
                self._inside(child)
            elif tag in _MATHS:
                self.parts += [text.text or "" for text in child.iter(f"{_MATH}t")]
            elif tag == f"{_MC}AlternateContent" and (branch := branch_of(child)) is not None:
                self._inside(branch)

    def _run(self, run: etree._Element) -> None:
        look = PLAIN
        begin = len(self.parts)
        marks = len(self.notes.found)
        for child in run:
            if child.tag == _TEXT:
                self._text(child.text or "")
            elif child.tag != _LOOK:
                self._piece(child)
            elif (look := self.styles.of_run(child)).hidden:
                return
        if look.superior and len(self.notes.found) == marks and begin < len(self.parts):
            self._raise(begin)
        elif look.italic and begin < len(self.parts):
            self.parts[begin:] = [OPEN, *self.parts[begin:], CLOSE]

    def _raise(self, begin: int) -> None:
        """Superior digits are the mark of a note, and a comma between two such marks parts them."""
        text = "".join(self.parts[begin:])
        before = plain("".join(self.parts[max(0, begin - 6) : begin]))
        mark = raised(text, before)
        if mark is None and text.strip() in (",", ";") and after_mark(before.rstrip()):
            mark = " "
        if mark is not None:
            self.parts[begin:] = [mark]

    def _piece(self, child: etree._Element) -> None:
        tag = child.tag
        if tag in _SIGNS:
            self.parts.append(_SIGNS[tag])
        elif tag == f"{W}fldChar":
            self._field(child.get(f"{W}fldCharType"))
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            self._note(child)
        elif tag == f"{W}sym":
            self.parts.append(_sign(child.get(f"{W}char", "")))
        elif tag == f"{_MC}AlternateContent":
            if (branch := branch_of(child)) is not None:
                for grandchild in branch:
                    self._piece(grandchild) if grandchild.tag != _TEXT else self._text(grandchild.text or "")
        elif tag == f"{W}ruby":
            self.parts += [text.text or "" for base in child.iter(f"{W}rubyBase") for text in base.iter(_TEXT)]
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self.boxes += _outermost_boxes(child)

    def _text(self, text: str) -> None:
        if (self.fields and self.fields[-1]) or text.startswith(_LOST):
            return
        if self.custom and text.strip():
            kind, name = self.custom
            self.notes.found.append((kind, name, text.strip()[:3]))
            self.custom = None
        self.parts.append(text if text.isascii() else lower_digits(text))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(True)
        elif kind == "separate" and self.fields:
            self.fields[-1] = False
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note(self, reference: etree._Element) -> None:
        """A mark that Word counts; one of the author's own (`*`) follows as text."""
        kind = "footnotes" if reference.tag.endswith("footnoteReference") else "endnotes"
        name = reference.get(f"{W}id", "")
        if reference.get(f"{W}customMarkFollows") in ("1", "true", "on"):
            self.custom = (kind, name)
            return
        before = plain("".join(self.parts[-6:]))
        self.parts.append(after_mark(before.rstrip()) + self.notes.mark(kind, name))


def branch_of(alternate: etree._Element) -> etree._Element | None:
    """The one branch that is read: the first choice, or the fallback where there is none."""
    choice = alternate.find(f"{_MC}Choice")
    return alternate.find(f"{_MC}Fallback") if choice is None else choice


def _outermost_boxes(drawing: etree._Element) -> list[etree._Element]:
    """The text boxes of a drawing, in one branch of each alternative, without those inside another box."""
    found: list[etree._Element] = []
    waiting = list(reversed(drawing))
    while waiting:
        element = waiting.pop()
        if element.tag == BOX:
            found.append(element)
        elif element.tag == f"{_MC}AlternateContent":
            branch = branch_of(element)
            waiting += reversed(branch) if branch is not None else []
        else:
            waiting += reversed(element)
    return found


def _sign(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xE000 <= number <= 0xF8FF:
        return _PRIVATE.get(number, "")
    return chr(number) if 0x20 <= number < 0x110000 and not 0xD800 <= number <= 0xDFFF else ""
