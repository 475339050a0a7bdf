"""What the markup says of a resolution as a document: its names, subjects, how it came about, how each State voted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from resgraph.export.akn.words import add
from resgraph.vocab import DCTERMS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element
    from pyoxigraph import NamedNode

    from resgraph.properties import Properties

AKN4UN = "http://un.org/akn4un"
UNKNOWN = "0001-01-01"
"""The day that the United Nations' own files write where none is known."""

_COUNTS = (
    ("for", "inFavour", RG.votesFor),
    ("against", "against", RG.votesAgainst),
    ("abstained", "abstaining", RG.abstentions),
    ("absent", "absent", None),
)
_OUTCOMES = {
    "without-vote": "adoptedWithoutVote",
    "consensus": "adoptedByConsensus",
    "recorded-vote": "adoptedRecordedVote",
    "non-recorded-vote": "adoptedNonRecordedVote",
}
_DICTIONARIES = (("/sdg/", "SDGO"), ("eurovoc", "EuroVoc"), ("/thesaurus/", "UNBIS Thesaurus"))


@dataclass(frozen=True, slots=True)
class Meta:
    """The metadata of one resolution; `author` is the name of its body in the names of works."""

    graph: Properties
    node: NamedNode
    work: str
    author: str

    def write(self, statement: _Element) -> None:
        meta = add(statement, "meta")
        self.identification(meta)
        self._subjects(meta)
        self._steps(meta)
        self._voting(meta)
        self._job_numbers(meta)

    def identification(self, meta: _Element, component: str = "main") -> None:
        """Work, English expression and this manifestation, each with its name and date."""
        holder = add(meta, "identification", source="#resgraph")
        adopted = self._text(RG.adoptedOn) or UNKNOWN
        published = self._text(RG.publishedOn) or UNKNOWN
        self._level(holder, "FRBRWork", ("", f"/!{component}"), (adopted, "adoption"), "author")
        expression = holder[-1]
        add(expression, "FRBRcountry", value="un")
        self._level(holder, "FRBRExpression", ("/eng@", f"/!{component}"), (published, "publication"), "issuer")
        add(holder[-1], "FRBRlanguage", language="eng")
        names = ("/eng@.xml", f"/eng@/!{component}.xml")
        self._level(holder, "FRBRManifestation", names, (UNKNOWN, "markup"), "editor")

    def _level(self, holder: _Element, tag: str, names: tuple[str, str], date: tuple[str, str], role: str) -> None:
        whole, part = names
        of_part = f"{self.work}{part}" if whole.endswith(".xml") else f"{self.work}{whole}{part}"
        level = add(holder, tag)
        add(level, "FRBRthis", value=of_part)
        add(level, "FRBRuri", value=f"{self.work}{whole}")
        add(level, "FRBRdate", date=date[0], name=date[1])
        add(level, "FRBRauthor", href="#resgraph" if role == "editor" else f"#{self.author}", as_=role)

    def _subjects(self, meta: _Element) -> None:
        found = [
            *((self.graph.text(s, SKOS.prefLabel), s.value) for s in self.graph.nodes(self.node, DCTERMS.subject)),
            *((value.value, "") for value in self.graph.values(self.node, RG.subjectHeading)),
        ]
        if not found:
            return
        holder = add(meta, "classification", source="#un")
        for label, address in found:
            dictionary = next((name for part, name in _DICTIONARIES if part in address), "UN")
            words = label or address
            link = {"href": address} if address else {}
            add(holder, "keyword", value=words.replace(" ", "_"), showAs=words, dictionary=dictionary, **link)

    def _steps(self, meta: _Element) -> None:
        steps = list(self._found_steps())
        if steps:
            holder = add(meta, "workflow", source="#un")
            for outcome, document, by in steps:
                date = (self._text(RG.adoptedOn) if outcome == "adopted" else "") or UNKNOWN
                add(holder, "step", date=date, outcome=outcome, as_=document, by=by)

    def _found_steps(self) -> Iterator[tuple[str, str, str]]:
        """Draft, sponsors, those who joined them, and the record of the meeting."""
        drafts, sponsors = self._symbols(RG.draft), self._states(RG.sponsor)
        if drafts or sponsors:
            yield "draftResolution", drafts[0] if drafts else "", sponsors
        yield from (("draftResolution", draft, "") for draft in drafts[1:])
        if words := self._text(RG.submittedBy):
            yield "draftResolution", "", words
        if joined := self._states(RG.additionalSponsor):
            yield "draftResolutionAdditionalSponsors", "", joined
        if records := self._symbols(RG.meetingRecord):
            yield "adopted", records[0], ""

    def _voting(self, meta: _Element) -> None:
        method = self.graph.node(self.node, RG.adoptionMethod)
        if method is None:
            return
        outcome = _OUTCOMES[method.value.rpartition("/")[2]]
        if not (self._text(RG.votesAgainst) and self._text(RG.abstentions)):
            outcome = outcome.replace("adoptedRecorded", "recorded")  # that word has no vote against stand for none
        parliamentary = add(add(meta, "analysis", source="#un"), "parliamentary")
        voting = add(parliamentary, "voting", outcome=outcome)
        for choice, name, total in _COUNTS:
            states = self._voters(choice)
            number = self._text(total) if total is not None else ""
            if number or states:
                count = add(voting, "count", value=number or str(len(states)), refersTo=f"#{name}")
                self._organizations(count, states)
        if not len(voting):
            add(voting, "quorum", value="")

    def _organizations(self, count: _Element, states: Sequence[str]) -> None:
        if states:
            voters = etree.SubElement(count, f"{{{AKN4UN}}}voters")
            for state in states:
                add(voters, "organization", state, refersTo="#memberState")

    def _voters(self, choice: str) -> list[str]:
        votes = self.graph.nodes(self.node, RG.hasVote)
        states = [
            self.graph.node(vote, RG.castBy)
            for vote in votes
            if any(node.value.endswith(f"/{choice}") for node in self.graph.nodes(vote, RG.choice))
        ]
        return [self.graph.text(state, SKOS.prefLabel) for state in states if state]

    def _job_numbers(self, meta: _Element) -> None:
        numbers = [value.value for value in self.graph.values(self.node, RG.jobNumber)]
        if numbers:
            holder = etree.SubElement(add(meta, "presentation", source="#un"), f"{{{AKN4UN}}}footerFirstPage")
            for number in numbers:
                add(holder, "docketNumber", number, refersTo="#publicationJobNumber")

    def _text(self, term: NamedNode) -> str:
        return self.graph.text(self.node, term)

    def _symbols(self, term: NamedNode) -> list[str]:
        return [self.graph.text(node, RG.symbol) for node in self.graph.nodes(self.node, term)]

    def _states(self, term: NamedNode) -> str:
        return ", ".join(self.graph.text(node, SKOS.prefLabel) for node in self.graph.nodes(self.node, term))
