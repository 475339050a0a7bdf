"""What a site puts around a document: menus, banners, forms, links to share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_TAGS = frozenset(
    "nav aside script style noscript template button select option input textarea iframe object embed svg math canvas"
    " audio video map head link meta dialog datalist".split()
)
_ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar toolbar dialog alert tablist".split()
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|cookies?|share|sharing|social|skip(?:link|-?to-?content|-?nav)?"
    r"|pagination|pager|masthead-?nav|site-?(?:header|footer)|page-?footer|global-?(?:header|footer)|lang(?:uage)?-?(?:switch\w*|selector|menu|links)"
    r"|search-?(?:box|form|block)|printfriendly|mw-editsection|mw-cite-backlink|mw-jump-link|noprint|catlinks|newsletter|related-?links)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FRAME = frozenset(("header", "footer"))
_SYMBOL = re.compile(r"\b[A-Z]{1,4}/(?:[\w.]+/)*RES/|Distr\.|^\s*[\[(]?\d{1,3}[\])/]?\s", re.MULTILINE)
_NEVER = frozenset("html body main article".split())
_WITHIN = ("article", "main", "section")
_MANY_WORDS = 3_000
_LINKED = 0.95


def is_furniture(element: etree._Element, tag: str) -> bool:
    """Whether an element is no part of the document. A header or footer of the page is one where it has the symbol or
    notes; what a site calls a menu is one where it is long and hardly linked.
    """
    if tag in _NEVER:
        return False
    if tag in _TAGS or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if (element.get("role") or "").lower() in _ROLES or _HIDDEN.search(element.get("style") or ""):
        return True
    if tag in _FRAME:
        return next(element.iterancestors(*_WITHIN), None) is None and not _SYMBOL.search(_words(element))
    if _NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return len(_words(element)) < _MANY_WORDS or is_menu(element)
    return False


def is_menu(element: etree._Element) -> bool:
    """Whether an element has three links or more, and hardly a word that is not linked."""
    linked = [words for link in element.iter("a") if len(words := "".join(_words(link).split())) > 3]
    if len(linked) < 3:
        return False
    return sum(map(len, linked)) >= _LINKED * len("".join(_words(element).split()))


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))
