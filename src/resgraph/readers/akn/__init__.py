"""Akoma Ntoso in the United Nations' profile (AKN4UN): the parts of a resolution as its markup names them.

The files of the organs are not all of one form: several statements in a file, drafts embedded in a paragraph, sections
with a preamble of their own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from resgraph.model import PrintedResolution, Problem, Segmented, Source
from resgraph.readers.akn.annexes import read_annexes
from resgraph.readers.akn.body import Body
from resgraph.readers.akn.masthead import Front, read_masthead
from resgraph.readers.akn.sheet import Sheet
from resgraph.readers.akn.words import NS, words_of
from resgraph.readers.states import state_named
from resgraph.readers.xml import parse_xml
from resgraph.segment.words import speaker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from resgraph.model import Passage

_SMALLEST = (
    b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement><preamble><container><p>Noting</p>'
    b"</container></preamble><mainBody><paragraph><content><p>Decides.</p></content></paragraph></mainBody></statement>"
    b"</akomaNtoso>"
)
_STATEMENT, _COLLECTION = f"{NS}statement", f"{NS}documentCollection"


def read_akn(data: bytes, source: Source) -> Segmented:
    """The resolutions of a file of markup. Raises InputError where it is no sound XML."""
    root = parse_xml(data, source.path or source.name, "an Akoma Ntoso document")
    collection = root.find(_COLLECTION)
    sheet = Sheet()
    printed: list[PrintedResolution] = []
    problems: list[Problem] = []
    if collection is not None:
        _print_front(collection, sheet)
    for statement in _statements(root):
        front = Front(statement, statement if collection is None else collection, source.name)
        read = _resolution(front, sheet)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            printed.append(read)
    if not printed and not problems:
        problems.append(Problem("no-statement", "the markup holds no statement, which is what resolutions are"))
    return Segmented(replace(source, text=sheet.text), tuple(printed), problems=tuple(problems))


def prepare() -> None:
    """Reads the words that this reader knows, for a process that will open no file any more."""
    read_akn(_SMALLEST, Source("", "", "application/akn+xml", ""))
    state_named("")


def _statements(element: _Element) -> Iterator[_Element]:
    """The outermost statements, in order."""
    for child in element:
        if child.tag == _STATEMENT:
            yield child
        elif child.tag != f"{NS}meta":
            yield from _statements(child)


def _resolution(front: Front, sheet: Sheet) -> PrintedResolution | Problem:
    _print_front(front.statement, sheet)
    body = Body(sheet)
    formula: Passage | None = None
    for preamble in front.statement.iterchildren(f"{NS}preamble"):
        formula = body.read_preamble(preamble) or formula
    for main in front.statement.iterchildren(f"{NS}mainBody"):
        body.read_main(main)
    annexes = read_annexes(front.statement, sheet)
    _print_lines(front.statement, "conclusions", sheet)
    notes = sheet.print_notes()
    masthead = read_masthead(front, (formula and speaker(formula.text)) or "")
    operative = body.printed_operative()
    if masthead is None or not operative:
        name = words_of(*front.all("docNumber")).text or "the statement"
        return Problem("not-a-resolution", f"{name} has no number or no operative paragraph of a resolution")
    if formula is None:
        sheet.problems.append(Problem("no-formula", f"{masthead.symbol} has no enacting formula in its markup"))
    return PrintedResolution(
        masthead=masthead,
        formula=formula or (body.preamble or body.operative)[0].passages[0],
        preamble=body.printed_preamble(),
        operative=operative,
        footnotes=notes,
        headings=tuple(body.headings),
        annexes=annexes,
        problems=(*sheet.take_problems(), *_language(front.statement)),
    )


def _language(statement: _Element) -> Iterator[Problem]:
    for element in statement.iterfind(f"{NS}meta/{NS}identification/{NS}FRBRExpression/{NS}FRBRlanguage"):
        if (language := element.get("language") or "eng") not in ("eng", "en"):
            yield Problem("other-language", f"the markup calls its language {language!r}; resgraph reads English")


def _print_front(holder: _Element, sheet: Sheet) -> None:
    _print_lines(holder, "coverPage", sheet)
    _print_lines(holder, "preface", sheet)


def _print_lines(holder: _Element, part: str, sheet: Sheet) -> None:
    """Cover page, preface or conclusions, one line a paragraph."""
    for block in holder.iterchildren(NS + part):
        for line in block:
            if (words := words_of(line)).text:
                sheet.write(words)
