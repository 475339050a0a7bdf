"""XML of strangers: no entity, no document type, no network, no file."""

from __future__ import annotations

import re

from lxml import etree

from resgraph.errors import InputError

_NO_MEMORY = 2
_DOCTYPE = re.compile(rb"<!(?i:DOCTYPE|ENTITY)")
_PROLOG = 65_536


def parse_xml(data: bytes, where: str, label: str = "an XML document") -> etree._Element:
    """The root of a document. Raises InputError for what is no well-formed XML, or declares a type or an entity."""
    _refuse_doctype(data, where)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == _NO_MEMORY:
            raise MemoryError from error
        what = f"is no sound {label.split(' ', 1)[1]} ({_first_words(error)})"
        raise InputError(where, what, "save it again with the program that made it") from error
    except ValueError as error:
        raise InputError(where, f"is no sound {label.split(' ', 1)[1]} ({error})", "save it again") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(where)
    return root


def _refuse_doctype(data: bytes, where: str) -> None:
    """Before the parser sees it, in whatever encoding the declaration may be written."""
    head = data[:_PROLOG].replace(b"\x00", b"")
    if b"<!" in head and _DOCTYPE.search(head):
        raise _doctype(where)


def _doctype(where: str) -> InputError:
    return InputError(where, "declares a document type or entities", "remove the declaration; nothing of it is read")


def _first_words(error: etree.XMLSyntaxError) -> str:
    return " ".join(str(error.msg).split())[:120]
