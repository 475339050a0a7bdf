"""Footnotes to what they cite, `Ibid.` resolved to what the note before it cites."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from resgraph.model import Citation, Footnote
from resgraph.recognise import IbidMention, NumberMention, SymbolMention, recognise_note
from resgraph.resolve.links import cite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resgraph.model import Passage, PrintedFootnote, Span
    from resgraph.recognise import Mention
    from resgraph.resolve.antecedents import Antecedents


def footnotes_of(
    printed: tuple[PrintedFootnote, ...], marks: Mapping[str, Span], known: Antecedents
) -> tuple[Footnote, ...]:
    """Every footnote in order; one of which only the mark is left stands where its mark does (`marks`)."""
    notes: list[Footnote] = []
    for note in printed:
        if note.passage is None:
            notes.append(Footnote(marker=note.marker, text=None, span=marks.get(note.marker)))
            continue
        before = next((n for n in reversed(notes) if not n.missing), None)
        citations = _citations(note.passage, known, before)
        notes.append(
            Footnote(marker=note.marker, text=note.passage.text, span=note.passage.span(), citations=citations)
        )
    return tuple(notes)


# "Supplement No. 53A (A/74/53/Add.1), chap. III, resolution 42/12": a resolution inside a report is of the body that
# reports; the annual report of the Human Rights Council is Supplement No. 53 of each session of the Assembly.
_COUNCIL_REPORT = re.compile(r"A/\d+/53(?:/Add\.\d)?")


def _reporting_body(before: tuple[Mention, ...]) -> str | None:
    """Whose resolutions a cited report holds: None without a report, a name no body bears where its body is not
    known.
    """
    report = next(
        (m.symbol for m in reversed(before) if isinstance(m, SymbolMention) and "/RES/" not in m.symbol), None
    )
    if report is None:
        return None
    return "Human Rights Council" if _COUNCIL_REPORT.fullmatch(report) else "the reporting body"


def _citations(passage: Passage, known: Antecedents, before: Footnote | None) -> tuple[Citation, ...]:
    read = recognise_note(passage)
    # "Ibid., Supplement No. 5 (A/75/5)": the series is the same, the document is not.
    other = any(isinstance(m, SymbolMention) for m in read.mentions)
    citations: list[Citation] = []
    for number, mention in enumerate(read.mentions):
        if isinstance(mention, NumberMention) and mention.body is None:
            mention = replace(mention, body=_reporting_body(read.mentions[:number]))
        if not isinstance(mention, IbidMention):
            citations += cite(mention, read, known)
        elif before is not None and not other:
            span = passage.span(mention.start, mention.end)
            targets = dict.fromkeys(c.target for c in before.citations if c.target is not None)
            citations += [Citation(span, target, mention.locator) for target in targets]
    return tuple(citations)
