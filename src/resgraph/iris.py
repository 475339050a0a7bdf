"""The only place that mints or takes apart an IRI of the graph. Every part is checked against an allow-list first.

Parts of documents are fragments: `A/RES/55/88#op4.a` is point (a) of operative paragraph 4, `A/RES/55/88#op7.2` the
second act of paragraph 7. A printed label that cannot stand in a fragment gives way to the position of what it labels.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from string import ascii_letters, ascii_uppercase, digits, hexdigits
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from resgraph.errors import SymbolError, UsageError
from resgraph.vocab import RG_NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resgraph.model import AgendaItem, Session

DEFAULT_BASE = "https://w3id.org/resgraph/"

_ALPHANUMERIC = frozenset(ascii_letters + digits)
_SYMBOL = _ALPHANUMERIC | frozenset(".-()_&,+")
_FIRST = _ALPHANUMERIC | frozenset("(")
_KEY = _ALPHANUMERIC | frozenset(".-_+")
_MARKER = _ALPHANUMERIC | frozenset("*")
_BASE = _ALPHANUMERIC | frozenset(".-_~/:")
_THESAURI = frozenset(("metadata.un.org", "eurovoc.europa.eu"))
_LONGEST = 200
_DIGITS = 12
_VOCABULARIES = {
    "rg": RG_NAMESPACE,
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints the IRIs of one graph, whose data live under `base`."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.base)
            NamedNode(self.base)
        except ValueError as error:
            raise _bad_base(self.base) from error
        absolute = parts.scheme in ("http", "https") and parts.netloc and self.base.endswith("/")
        if not absolute or not _BASE.issuperset(self.base):
            raise _bad_base(self.base)

    @property
    def prefixes(self) -> dict[str, str]:
        """Short names for the vocabularies and for our own families, for those who read Turtle."""
        families = "agent instrument verb force adoption choice change answer scheme source".split()
        return _VOCABULARIES | {family: f"{self.base}{family}/" for family in families}

    # ------------------------------------------------------------ documents, sources, graphs

    def document(self, symbol: str) -> NamedNode:
        """A UN document, and the named graph of what it says."""
        return NamedNode(self.base + _symbol_path(symbol))

    def source(self, sha256: str) -> NamedNode:
        """The file that was read, and the named graph that holds its text."""
        if len(sha256) != 64 or not frozenset(hexdigits.lower()).issuperset(sha256):
            raise SymbolError(_shown(sha256), "is no SHA-256 sum", "give 64 lower-case hexadecimal digits")
        return NamedNode(f"{self.base}source/{sha256}")

    @property
    def derived_graph(self) -> NamedNode:
        return NamedNode(self.base + "graph/derived")

    @property
    def inferred_graph(self) -> NamedNode:
        return NamedNode(self.base + "graph/inferred")

    @property
    def dataset_graph(self) -> NamedNode:
        return NamedNode(self.base + "graph/dataset")

    @property
    def authority_graph(self) -> NamedNode:
        return NamedNode(self.base + "graph/authority")

    def resource(self, path: str) -> NamedNode:
        """What stands at a path below the base, for those who found the path in the graph or made it of plain words."""
        return NamedNode(self.base + path)

    # ------------------------------------------------------------ authority data

    def agent(self, key: str) -> NamedNode:
        return self._under("agent", key)

    def instrument(self, short: str) -> NamedNode:
        return self._under("instrument", short)

    def verb(self, slug: str) -> NamedNode:
        return self._under("verb", slug)

    def force(self, slug: str) -> NamedNode:
        return self._under("force", slug)

    def adoption(self, method: str) -> NamedNode:
        return self._under("adoption", method)

    def choice(self, slug: str) -> NamedNode:
        return self._under("choice", slug)

    def change(self, slug: str) -> NamedNode:
        return self._under("change", slug)

    def answer(self, slug: str) -> NamedNode:
        return self._under("answer", slug)

    def scheme(self, slug: str) -> NamedNode:
        return self._under("scheme", slug)

    def session(self, session: Session) -> NamedNode:
        return NamedNode(f"{self.agent(session.body).value}/session/{_key(session.label)}")

    def meeting(self, body: str, session: Session | None, number: int) -> NamedNode:
        """A meeting of a session, or of the body where its meetings run through or the session is not known."""
        holder = self.session(session) if session else self.agent(body)
        return NamedNode(f"{holder.value}/meeting/{number:d}")

    def item(self, resolution: NamedNode, session: Session | None, item: AgendaItem) -> NamedNode:
        """An item of a session's agenda; where the session is not known, the item is the resolution's own."""
        number = _segment(item.number)
        if session is None:
            return NamedNode(f"{resolution.value}#item.{number}")
        return NamedNode(f"{self.session(session).value}/item/{number}")

    def _under(self, family: str, key: str) -> NamedNode:
        return NamedNode(f"{self.base}{family}/{_key(key)}")

    # ------------------------------------------------------------ parts of a document

    def preambular(self, resolution: NamedNode, position: int) -> NamedNode:
        return NamedNode(f"{resolution.value}#pp{position:d}")

    def operative(self, resolution: NamedNode, number: str, position: int, *, by_position: bool = False) -> NamedNode:
        """`by_position` where the numbers of the resolution repeat, as in sections that each start from 1."""
        local = f"op-at{position:d}" if by_position or not _alphanumeric(number) else f"op{number}"
        return NamedNode(f"{resolution.value}#{local}")

    def point(self, parent: NamedNode, label: str, position: int, *, by_position: bool = False) -> NamedNode:
        """A label of letters stands as it is, another in brackets: acts, citations and the like are `.2`, `.c1`."""
        if by_position or not _alphanumeric(label):
            local = f"at{position:d}"
        else:
            local = label if label.isalpha() else f"({label})"
        return NamedNode(f"{parent.value}.{local}")

    def footnote(self, resolution: NamedNode, marker: str, position: int, *, by_position: bool = False) -> NamedNode:
        printable = bool(marker) and _MARKER.issuperset(marker) and len(marker) <= _LONGEST
        local = f"fn-at{position:d}" if by_position or not printable else f"fn{marker}"
        return NamedNode(f"{resolution.value}#{local}")

    def action(self, provision: NamedNode, position: int) -> NamedNode:
        return NamedNode(f"{provision.value}.{position:d}")

    def report(self, action: NamedNode) -> NamedNode:
        """What a request expects, before it has a symbol."""
        return NamedNode(f"{action.value}.report")

    def citation(self, parent: NamedNode, count: int) -> NamedNode:
        return NamedNode(f"{parent.value}.c{count:d}")

    def reference(self, parent: NamedNode, count: int) -> NamedNode:
        return NamedNode(f"{parent.value}.r{count:d}")

    def status(self, parent: NamedNode, count: int) -> NamedNode:
        return NamedNode(f"{parent.value}.s{count:d}")

    def heading(self, resolution: NamedNode, count: int) -> NamedNode:
        return NamedNode(f"{resolution.value}#h{count:d}")

    def annex(self, resolution: NamedNode, count: int) -> NamedNode:
        return NamedNode(f"{resolution.value}#annex{count:d}")

    def vote(self, resolution: NamedNode, state: str) -> NamedNode:
        return NamedNode(f"{resolution.value}#vote.{_key(state)}")

    def problem(self, owner: NamedNode, count: int) -> NamedNode:
        return NamedNode(f"{owner.value}#problem{count:d}")

    # ------------------------------------------------------------ derived statements

    def derivation(self, subject: NamedNode, predicate: NamedNode, value: NamedNode) -> NamedNode:
        """The node of one derived statement, a part of its subject; the digits tell apart the objects."""
        joint = "." if "#" in subject.value else "#"
        return NamedNode(f"{subject.value}{joint}{predicate.value.rpartition('#')[2]}.{self._told(value)}")

    def relation(self, action: NamedNode, receiver: NamedNode) -> NamedNode:
        """What an act does to one of those that receive it; the digits tell apart the receivers."""
        return NamedNode(f"{action.value}.relation.{self._told(receiver)}")

    def annotation(self, part: NamedNode) -> NamedNode:
        return NamedNode(part.value + ".annotation")

    def english(self, document: NamedNode) -> NamedNode:
        """The English text of a document, apart from the work."""
        return NamedNode(document.value + "#eng")

    def _told(self, value: NamedNode) -> str:
        from hashlib import sha256

        return sha256(value.value.removeprefix(self.base).encode()).hexdigest()[:_DIGITS]

    def figure_change(self, derivation: NamedNode, count: int) -> NamedNode:
        return NamedNode(f"{derivation.value}.f{count:d}")

    # ------------------------------------------------------------ elsewhere

    def see_also(self, symbol: str) -> NamedNode:
        """The address under which the United Nations serve a document."""
        return NamedNode("https://undocs.org/" + _symbol_path(symbol))

    def subject(self, address: str) -> NamedNode:
        """A heading of a thesaurus, by the address under which its owner describes it."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or parts.netloc not in _THESAURI or parts.query or parts.fragment:
            raise SymbolError(_shown(address), "is no heading of a known thesaurus", "check the spelling in the source")
        path = "/".join(_key(segment) for segment in parts.path.split("/")[1:])
        return NamedNode(f"{parts.scheme}://{parts.netloc}/{path}")

    def wikidata(self, entity: str) -> NamedNode:
        return NamedNode("http://www.wikidata.org/entity/" + _key(entity))


def foreign(address: str) -> NamedNode:
    """An IRI that somebody gives, such as the name of a graph to ask; none of ours is made in this way."""
    try:
        return NamedNode(address)
    except ValueError as error:
        raise UsageError(_shown(address), "is no absolute IRI", "give one such as https://example.org/") from error


def whole_and_part(iri: str) -> tuple[str, str]:
    """The document's IRI and the fragment (without `#`, empty for the document itself)."""
    whole, _, part = iri.partition("#")
    return whole, part


def repeated(labels: Iterable[str]) -> frozenset[str]:
    """The labels that stand more than once, so that they cannot tell apart what they label."""
    return frozenset(label for label, count in Counter(labels).items() if count > 1)


def _bad_base(base: str) -> UsageError:
    return UsageError(_shown(base), "cannot be the base of IRIs", "give an http(s) address that ends with '/'")


def _shown(text: str) -> str:
    return ascii(text if len(text) <= 60 else text[:57] + "...")


@lru_cache(maxsize=65536)
def _symbol_path(symbol: str) -> str:
    """`A/CONF.157/24 (Part I)` -> `A/CONF.157/24(PartI)`; upper case keeps clear of `agent/` and the like."""
    segments = symbol.split("/")
    if len(segments) < 2 or not symbol.startswith(tuple(ascii_uppercase)):
        raise SymbolError(_shown(symbol), "is no symbol of a document", "write it as in A/RES/55/88")
    return "/".join(_segment(segment) for segment in segments)


def _segment(text: str) -> str:
    words = [word for word in text.split(" ") if word]
    joined = "".join(words)
    glued = any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(words))
    if glued or not joined or len(joined) > _LONGEST or joined[0] not in _FIRST:
        raise SymbolError(_shown(text), "cannot be part of an IRI", "check the spelling in the source")
    if not _SYMBOL.issuperset(joined):
        raise SymbolError(_shown(text), "has characters that no symbol has", "check the spelling in the source")
    return quote(joined, safe=".-()+")


def _key(text: str) -> str:
    if not text or text[0] not in _ALPHANUMERIC or not _KEY.issuperset(text) or len(text) > _LONGEST:
        raise SymbolError(_shown(text), "is no key", "use letters, digits and .-_+")
    return text


def _alphanumeric(label: str) -> bool:
    return bool(label) and len(label) <= _LONGEST and _ALPHANUMERIC.issuperset(label)
