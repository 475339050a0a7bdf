"""HTML pages: the words of the document, without the site around it; note marks raised, list numbers written out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resgraph.errors import InputError
from resgraph.readers.emphasis import plain, with_text
from resgraph.readers.html.lines import Lines
from resgraph.readers.html.page import main_part, parse_page, title_of

if TYPE_CHECKING:
    from resgraph.model import Source

_SYMBOL = re.compile(r"\b[A-Z]{1,4}/(?:[\w.]+/)*RES/\w")


def read_html(data: bytes, source: Source) -> Source:
    """The source with its text. Raises InputError for a page that the parser gave up, or one without words."""
    root = parse_page(data, source.path)
    lines = Lines().read(main_part(root))
    title = title_of(root)
    if _SYMBOL.search(title) and not any(_SYMBOL.search(plain(line)) for line in lines):
        lines = [title, "", *lines]
    while lines and not lines[0]:
        lines.pop(0)
    found = with_text(source, "\n".join(lines) + "\n")
    if not found.text.strip():
        raise InputError(
            source.path, "is an HTML page without words", "give the page that holds the text of a resolution"
        )
    return found
