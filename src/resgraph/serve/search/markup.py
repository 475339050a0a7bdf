"""The text of a resolution with its marks, and beside each paragraph the list of what it says, as HTML.

It is written once, when the index is. A long resolution has a thousand pieces, which a template writes too slowly.
Every value goes through `_safe`.
"""

from __future__ import annotations

from html import escape as _safe
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DEEPEST = 4
_ENDS = {"v": "</i>", "c": "</a>", "r": "</a>"}


def article(reading: dict[str, Any]) -> str:
    """Paragraphs, headings, annexes and notes of a `reading.Reading` in plain values; links begin at `/`."""
    parts = (_SHAPES.get(part["kind"], _provision)(part) for part in reading["parts"])
    notes = "\n".join(map(_note, reading["notes"]))
    end = (
        f'<section class="notes" aria-labelledby="notes">\n<h2 id="notes">Notes</h2>\n<ul>\n{notes}\n</ul>\n</section>'
    )
    return "\n".join([*parts, *([end] if notes else [])])


def _heading(part: dict[str, Any]) -> str:
    return f'<h2 class="heading" id="{_safe(part["id"])}">{_safe(part["tokens"][0])}</h2>'


def _annex(part: dict[str, Any]) -> str:
    title, *lines = part["tokens"][0].split("\n")
    text = "".join(f"<p>{_safe(line)}</p>" for line in lines)
    return f'<section class="annex" id="{_safe(part["id"])}"><h2>{_safe(title)}</h2>{text}</section>'


def _note(note: dict[str, Any]) -> str:
    words = "<em>The source has only the mark of this note.</em>" if note["missing"] else _marked(note["tokens"])
    return f'<li id="{_safe(note["id"])}"><span class="n">{_safe(note["marker"])}</span> {words}</li>'


def _marked(tokens: Iterable[Any]) -> str:
    """Tokens of `search.marks` as HTML. A link within a link, or to nowhere, is a span."""
    out: list[str] = []
    ends: list[str] = []
    for token in tokens:
        if isinstance(token, str):
            out.append(_safe(token))
        elif not token:
            out.append(ends.pop())
        elif token[0] == "n":
            out.append(
                f'<sup><a href="#{_safe(token[1])}" aria-label="note {_safe(token[2])}">{_safe(token[2])}</a></sup>'
            )
        else:
            kind, node, target = token
            linked = kind in "cr" and target and "</a>" not in ends
            ends.append(_ENDS[kind] if linked or kind == "v" else "</span>")
            out.append(_opened(kind, node, f"/{target}" if linked else ""))
    return "".join(out)


def _opened(kind: str, node: str, address: str) -> str:
    if kind == "v":
        return "<i>"
    if address:
        return f'<a class="{kind}" id="{_safe(node)}" href="{_safe(address)}">'
    return f'<span class="{kind}" id="{_safe(node)}">'


def _provision(part: dict[str, Any]) -> str:
    """A paragraph or point with its number, its marked text, and what it says beside it."""
    depth, number = min(part["depth"], _DEEPEST), part["number"]
    printed = f"({number})" if depth else f"{number}."
    shown = f'<span class="n">{_safe(printed)}</span> ' if number else ""
    return (
        f'<div class="part {part["kind"]} d{depth}" id="{_safe(part["id"])}">\n'
        f'<p class="text">{shown}{_marked(part["tokens"])}</p>\n{_statements(part)}</div>'
    )


def _statements(part: dict[str, Any]) -> str:
    """What a part says, a list; nothing where it says nothing."""
    items = [*_requests(part["says"]), *_claims(part["says"])]
    acts = [_lighting(said, said.get("words", "")) for said in part["says"] if said["kind"] == "a"]
    items += [" · ".join(acts)] if acts else []
    for kind, verb in (("c", "cites"), ("r", "means")):
        mentions = [_mention(said) for said in part["says"] if said["kind"] == kind]
        items += [f"{verb} {' · '.join(mentions)}"] if mentions else []
    items += [f"like {_links(part['earlier'])}"] if part["earlier"] else []
    items += [f"taken up in {_links(part['later'])}"] if part["later"] else []
    if not items:
        return ""
    lines = "\n".join(item if item.startswith("<li") else f"<li>{item}</li>" for item in items)
    return f'<ul class="says" aria-label="What {_safe(part["id"])} says">\n{lines}\n</ul>\n'


def _requests(says: Iterable[dict[str, Any]]) -> Iterator[str]:
    for said in says:
        if said["kind"] == "q":
            yield f'<li class="request">{_lighting(said, said.get("words", ""))} {_asked(said)}</li>'


def _asked(said: dict[str, Any]) -> str:
    """Of whom, by when, and what came of it."""
    told = [_links(said.get("about", ()))]
    if said.get("due"):
        told.append(f"due <b>{_safe(said['due'])}</b>")
    for answer, noted in said.get("answers", ()):
        told.append(f"answered by {_link(answer)}" + (f", see {_link(noted)}" if noted[0] else ""))
    if said.get("status") and not said.get("answers"):
        told.append(_safe(said["status"]))
    if said.get("earlier"):
        told.append(f"asked before in {_links(said['earlier'])}")
    if said.get("later"):
        told.append(f"asked again in {_links(said['later'])}")
    return "; ".join(filter(None, told))


def _claims(says: Iterable[dict[str, Any]]) -> Iterator[str]:
    for said in says:
        if said["kind"] == "s":
            yield f"{_lighting(said, said.get('words', ''))} {_links(said.get('about', ()))}"


def _mention(said: dict[str, Any]) -> str:
    """What is cited or meant, with its locator; the words in the text lead there."""
    names = ", ".join(name for _, name in said.get("about", ())) or "what could not be resolved"
    return _lighting(said, f"{names} {said.get('words', '')}".strip())


def _lighting(said: dict[str, Any], words: str) -> str:
    """A link that lights the words of a statement."""
    return f'<a href="#{_safe(said["id"])}">{_safe(words)}</a>'


def _links(links: Sequence[Sequence[str]]) -> str:
    return ", ".join(_link(link) for link in links)


def _link(link: Sequence[str]) -> str:
    path, label = link
    return f'<a href="{_safe(f"/{path}")}">{_safe(label)}</a>' if path else _safe(label)


_SHAPES = {"heading": _heading, "annex": _annex}
