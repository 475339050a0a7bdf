"""Resolutions as Akoma Ntoso in the United Nations' profile (AKN4UN), whatever they were read from.

The form is that of the files which the United Nations publish of today's resolutions; `readers.akn` reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from resgraph.export.akn.body import Body
from resgraph.export.akn.front import Front
from resgraph.export.akn.meta import AKN4UN, Meta
from resgraph.export.akn.words import NAMESPACE, Inline, add
from resgraph.export.order import iri_key
from resgraph.lexicon import load
from resgraph.output import whole_folder
from resgraph.vocab import RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element
    from pyoxigraph import NamedNode

    from resgraph.properties import Properties

__all__ = ["akn_documents", "write_akn"]

_PREFIXES: dict[Any, str] = {None: NAMESPACE, "akn4un": AKN4UN}


def akn_documents(graph: Properties) -> Iterator[tuple[str, bytes]]:
    """A file name and the markup for each resolution that was read, in the order of their symbols."""
    for node in sorted(graph.subjects(RG.hasParagraph), key=lambda node: iri_key(node.value)):
        name = graph.text(node, RG.symbol).replace("/", "_").replace(" ", "")
        root = _document(graph, node)
        yield f"{name}.xml", etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def write_akn(graph: Properties, folder: Path) -> None:
    """A file for each resolution in a folder, whole or not at all. Raises OutputError."""
    with whole_folder(folder, _is_ours, "folder of markup alone") as target:
        for name, data in akn_documents(graph):
            (target / name).write_bytes(data)


def _is_ours(folder: Path) -> bool:
    return all(part.suffix == ".xml" and part.is_file() for part in folder.iterdir())


def _document(graph: Properties, node: NamedNode) -> _Element:
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap=_PREFIXES)
    statement = add(root, "statement", name="resolution")
    adopter = graph.node(node, RG.adoptedBy)
    name = graph.text(adopter, SKOS.prefLabel) if adopter else ""
    key = adopter.value.rpartition("/")[2] if adopter else ""
    number = _number(graph.text(node, RG.symbol), key)
    inline = Inline(graph, every_act=key == "UNSC")
    meta, front = _meta(graph, node, key), Front(graph, node, name, number)
    body = Body(graph, node, inline, name)
    meta.write(statement)
    front.cover(statement)
    title = front.preface(statement)
    body.preamble(statement)
    body.main(statement)
    front.conclusions(statement)
    _annexes(statement, body, meta)
    for note in sorted(graph.nodes(node, RG.hasFootnote), key=lambda note: iri_key(note.value)):
        if note not in inline.placed:
            inline.note(note, title)
    return root


def _meta(graph: Properties, node: NamedNode, key: str) -> Meta:
    """The work has the name that the graph gives it, else one of its symbol, since its date is not known."""
    symbol = graph.text(node, RG.symbol)
    pieces = "".join(c if c.isascii() and c.isalnum() else " " for c in symbol).split()
    work = graph.text(node, RG.aknAlias) or f"/akn/un/statement/deliberation/un/{'-'.join(pieces)}"
    return Meta(graph, node, work, key.lower() or "un")


def _number(symbol: str, key: str) -> str:
    """`57/201` of `A/RES/57/201`."""
    prefixes = (body.resolution_prefix for body in load().bodies if body.key == key)
    prefix = next((prefix for prefix in prefixes if prefix and symbol.startswith(prefix)), "")
    return symbol.removeprefix(prefix)


def _annexes(statement: _Element, body: Body, meta: Meta) -> None:
    """Annexes are attachments; drafts that are recommended to another body are components."""
    annexes, drafts = body.annexes(drafts=False), body.annexes(drafts=True)
    holder = add(statement, "attachments") if annexes else statement
    for count, annex in enumerate(annexes, 1):
        doc = add(add(holder, "attachment"), "doc", name="annex")
        meta.identification(add(doc, "meta"), f"annex_{count}")
        body.annex(annex, doc)
    holder = add(statement, "components") if drafts else statement
    for count, annex in enumerate(drafts, 1):
        draft = add(add(holder, "component", eId=f"draft_{count}"), "statement", name="draftResolution")
        meta.identification(add(draft, "meta"), f"draft_{count}")
        body.draft(annex, draft)
