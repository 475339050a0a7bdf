"""A short resolution, cut by hand, with one of everything that a resolution can say."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from resgraph.model import (
    Act,
    Adoption,
    AgendaItem,
    Agent,
    Annex,
    Ballot,
    Citation,
    Deliverable,
    DocumentTarget,
    Footnote,
    Heading,
    InstrumentTarget,
    Masthead,
    OperativeParagraph,
    Passage,
    Point,
    PreambularParagraph,
    Problem,
    Reference,
    Request,
    Resolution,
    Run,
    Session,
    Source,
    Span,
    TreatyStatus,
)

TEXT = """The General Assembly,
Recalling the International Convention on the Protection of the Rights of All Migrant Workers and Members of Their \
Families,1 and the practice of the Assembly at its tenth meeting,
Welcoming the report of the Secretary-General,2
I. Ratification
1. Calls upon all Member States to consider ratifying the Convention, since, under article 87, only one instrument of \
ratification is still needed;
2. Requests the Secretary-General:
(a) To submit, as soon as the Convention enters into force, a report on its status to the General Assembly at its \
fifty-eighth session;
(1) To inform the Friends of the Convention by 2003;
3. Decides to recall its resolution 53/137 and document XYZ.
1 Resolution 45/158, annex.
Annex
All shall be well.
"""
SOURCE = Source("57-201.txt", sha256(TEXT.encode()).hexdigest(), "text/plain", TEXT)
ASSEMBLY = Agent("UNGA", "General Assembly", "body")
SECRETARY_GENERAL = Agent("secretary-general", "Secretary-General", "office")
FRIENDS = Agent("friends-of-the-convention", "Friends of the Convention", "group", known=False)
ICRMW = InstrumentTarget("ICRMW")


def at(words: str, last: str | None = None) -> Span:
    """The place of the first occurrence of some words, or from there to the end of the last ones."""
    start = TEXT.index(words)
    end = TEXT.index(last, start) + len(last) if last else start + len(words)
    return Span(start, end)


def passage(words: str) -> Passage:
    return Passage(words, (Run(0, TEXT.index(words), len(words)),))


PREAMBLE = (
    PreambularParagraph(
        position=1,
        text="Recalling the International Convention on the Protection of the Rights of All Migrant Workers and "
        "Members of Their Families, and the practice of the Assembly at its tenth meeting,",
        span=at("Recalling", "tenth meeting,"),
        notes=("1",),
        acts=(Act(position=1, verb="recall", verb_text="Recalling", span=at("Recalling", "tenth meeting")),),
        citations=(Citation(at("International Convention", "Families"), ICRMW, via_footnote="1"),),
        named=(ASSEMBLY,),
    ),
    PreambularParagraph(
        position=2,
        text="Welcoming the report of the Secretary-General,",
        span=at("Welcoming", "Secretary-General,"),
        notes=("2",),
        acts=(Act(position=1, verb=None, verb_text="Welcoming", span=at("Welcoming", "Secretary-General")),),
        references=(
            Reference(at("the report of the Secretary-General"), DocumentTarget("A/57/291"), via_footnote="2"),
        ),
        named=(SECRETARY_GENERAL,),
    ),
)
SUBMIT = Request(
    position=1,
    verb="request",
    verb_text="Requests",
    span=at("To submit", "fifty-eighth session"),
    requested_by=ASSEMBLY,
    addressees=(SECRETARY_GENERAL,),
    addressee_text="the Secretary-General",
    asks="To submit, as soon as the Convention enters into force, a report on its status to the General Assembly at "
    "its fifty-eighth session",
    condition="as soon as the Convention enters into force",
    deliverable=Deliverable("report", "a report on its status"),
    submit_to=ASSEMBLY,
    due_session=Session("UNGA", "58"),
    frequency="once",
)
INFORM = Request(
    position=1,
    verb="request",
    verb_text="Requests",
    span=at("To inform", "by 2003"),
    requested_by=ASSEMBLY,
    addressees=(SECRETARY_GENERAL, FRIENDS),
    asks="To inform the Friends of the Convention by 2003",
    deliverable=Deliverable("other", "information"),
    due_date="2003",
    made_in="A/RES/53/137",
)
OPERATIVE = (
    OperativeParagraph(
        position=1,
        number="1",
        text="Calls upon all Member States to consider ratifying the Convention, since, under article 87, only one "
        "instrument of ratification is still needed;",
        span=at("Calls upon", "needed;"),
        acts=(
            Request(
                position=1,
                verb="call-upon",
                verb_text="Calls upon",
                span=at("Calls upon", "needed"),
                requested_by=ASSEMBLY,
                addressees=(Agent("member-states", "Member States", "group"),),
                addressee_text="all Member States",
                asks="to consider ratifying the Convention",
            ),
        ),
        references=(Reference(at("the Convention, since"), ICRMW),),
        statuses=(
            TreatyStatus(
                instrument="ICRMW",
                span=at("only one", "still needed"),
                ratifications_needed=1,
                locator="article 87",
            ),
        ),
    ),
    OperativeParagraph(
        position=2,
        number="2",
        text="Requests the Secretary-General:",
        span=at("Requests the", "Secretary-General:"),
        points=(
            Point(position=1, number="a", text=SUBMIT.asks + ";", span=at("To submit", "session;"), acts=(SUBMIT,)),
            Point(position=2, number="1", text=INFORM.asks + ";", span=at("To inform", "2003;"), acts=(INFORM,)),
        ),
    ),
    OperativeParagraph(
        position=3,
        number="3",
        text="Decides to recall its resolution 53/137 and document XYZ.",
        span=at("Decides", "XYZ."),
        acts=(
            Act(position=1, verb="decide", verb_text="Decides", span=at("Decides", "XYZ"), adverbs=("also", "again")),
        ),
        citations=(
            Citation(at("resolution 53/137"), DocumentTarget("A/RES/53/137"), inferred=True),
            Citation(at("document XYZ"), None),
        ),
    ),
)
RESOLUTION = Resolution(
    masthead=Masthead(
        symbol="A/RES/57/201",
        body="UNGA",
        title="Migrant workers",
        adopted_on=date(2002, 12, 18),
        published_on=date(2003, 1, 16),
        session=Session("UNGA", "57"),
        meeting=77,
        agenda_items=(AgendaItem("109 (a)", "Human rights questions"),),
        on_report=("A/57/556/Add.1",),
        committee="Committee of Friends",
        adoption=Adoption("recorded-vote", 2, 1, 0, (Ballot("Côte d’Ivoire", "for"), Ballot("France", "against"))),
        job_numbers=("N0254990E",),
        inferred=("symbol", "session"),
    ),
    source=SOURCE,
    preamble=PREAMBLE,
    operative=OPERATIVE,
    footnotes=(
        Footnote(
            marker="1",
            text="Resolution 45/158, annex.",
            span=at("Resolution 45/158", "annex."),
            citations=(Citation(at("Resolution 45/158"), DocumentTarget("A/RES/45/158"), locator="annex"),),
        ),
        Footnote(marker="2", text=None, span=None),
    ),
    headings=(Heading(passage("I. Ratification"), 1),),
    annexes=(Annex("Annex", (passage("All shall be well."),)),),
    problems=(Problem("missing-footnote", "note 2 has no text", at("2\nI. Rat")),),
)
