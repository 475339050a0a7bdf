from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Store

from resgraph import vocab
from resgraph.authority import authority_quads
from resgraph.errors import SymbolError
from resgraph.iris import DEFAULT_BASE, Iris
from resgraph.lexicon import load
from resgraph.literals import legible, literal, month_or_year
from resgraph.model import (
    AgendaItem,
    Agent,
    Citation,
    DocumentTarget,
    Footnote,
    Masthead,
    Point,
    Problem,
    Session,
    Source,
    Span,
)
from resgraph.rdf import graph_quads, settle, source_quads
from resgraph.rdf.agents import slug
from resgraph.vocab import DCTERMS, RDF, RG, SKOS, XSD
from sample import OPERATIVE, PREAMBLE, RESOLUTION, SOURCE, TEXT

IRIS = Iris()
QUADS = list(settle(graph_quads([RESOLUTION])))
NODE = IRIS.document("A/RES/57/201")
PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in IRIS.prefixes.items())


def query(text, quads=QUADS):
    """Rows of short values: the part of a data IRI after the base, of a term after the stroke or hash."""
    store = Store()
    store.extend(quads)
    rows = store.query(PREFIXES + f"BASE <{DEFAULT_BASE}>\n" + text, use_default_graph_as_union=True)
    return {tuple(term and short(term) for term in row) for row in rows}


def short(term):
    return term.value.removeprefix(DEFAULT_BASE).removeprefix("ontology#").removeprefix("A/RES/57/201#")


def values(node, predicate, quads=QUADS):
    return {q.object for q in quads if q.subject == NamedNode(DEFAULT_BASE + node) and q.predicate == predicate}


def shorts(node, predicate, quads=QUADS):
    return {short(value) for value in values(node, predicate, quads)}


def variant(**changes):
    return list(settle(graph_quads([replace(RESOLUTION, **changes)])))


def masthead(**changes):
    return variant(masthead=replace(RESOLUTION.masthead, **changes))


# ---------------------------------------------------------------- the graph as a whole


def test_there_is_no_blank_node_and_every_iri_is_ours_or_a_known_one():
    roots = (DEFAULT_BASE, "https://undocs.org/", "http://www.w3.org/", "http://purl.org/dc/terms/")
    for quad in QUADS:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            assert not isinstance(term, BlankNode)
            assert not isinstance(term, NamedNode) or term.value.startswith(roots)


def test_every_term_is_of_the_vocabulary():
    known = set().union(
        *(vocab.terms(v) for v in (vocab.RG, vocab.DCTERMS, vocab.SKOS, vocab.PROV, vocab.RDF, vocab.RDFS))
    )
    quads = [*QUADS, *authority_quads()]
    assert {q.predicate for q in quads} <= known
    assert {q.object for q in quads if q.predicate == RDF.type} <= known


def test_no_triple_stands_in_two_graphs():
    quads = list(settle([*graph_quads([RESOLUTION, cited_resolution()]), *authority_quads()]))
    graphs = defaultdict(set)
    for quad in quads:
        graphs[quad.triple].add(quad.graph_name)
    assert {len(found) for found in graphs.values()} == {1}
    assert len(quads) == len(set(quads))


def test_a_document_that_was_read_is_described_in_its_own_graph_only():
    quads = list(settle([*graph_quads([RESOLUTION, cited_resolution()]), *authority_quads()]))
    cited = IRIS.document("A/RES/53/137")
    assert {q.graph_name for q in quads if q.subject == cited} == {cited}
    assert {q.graph_name for q in QUADS if q.subject == cited} == {IRIS.authority_graph}


def cited_resolution():
    return replace(RESOLUTION, masthead=replace(RESOLUTION.masthead, symbol="A/RES/53/137"))


def test_a_source_of_several_resolutions_stands_once():
    quads = list(graph_quads([RESOLUTION, cited_resolution()]))
    assert sum(q.predicate == RG.sha256 for q in quads) == 1


def test_the_statements_are_canonical_to_oxigraph():
    store = Store()
    store.extend(QUADS)
    assert set(store) == set(QUADS)


def test_the_same_resolution_gives_the_same_quads_in_the_same_order():
    assert list(graph_quads([RESOLUTION])) == list(graph_quads([RESOLUTION]))


def test_every_place_gives_back_its_words():
    rows = query("SELECT ?n ?s ?e ?x WHERE { ?n rg:start ?s ; rg:end ?e ; rg:exact ?x }")
    assert all(TEXT[int(start) : int(end)] == exact != "" for _, start, end, exact in rows)
    placed = {node for node, *_ in rows}
    assert {"pp1", "op2", "op2.a", "op2.a.1", "pp1.c1", "pp2.r1", "op1.s1", "fn1", "fn1.c1"} <= placed


@given(st.data())
def test_any_span_of_any_text_gives_back_its_words(data):
    text = "".join(map(legible, data.draw(st.text(min_size=1))))
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    source = Source("any.txt", "0" * 64, "text/plain", text)
    paragraph = replace(PREAMBLE[0], span=span, text=text, citations=(), acts=())
    bare = replace(RESOLUTION, source=source, preamble=(paragraph,), operative=(), footnotes=(), problems=())
    quads = list(graph_quads([bare]))
    stored = next(iter(values("source/" + "0" * 64, RG.text, quads))).value
    (exact,) = values("A/RES/57/201#pp1", RG.exact, quads)
    assert stored[span.start : span.end] == exact.value


def test_the_base_moves_all_data_and_no_term():
    iris = Iris("http://localhost/x/")
    quads = list(graph_quads([RESOLUTION], iris))
    assert not [q for q in quads if q.subject.value.startswith(DEFAULT_BASE)]
    assert {q.predicate for q in quads} == {q.predicate for q in QUADS}


# ---------------------------------------------------------------- the masthead


def test_the_masthead_is_stated():
    node = "A/RES/57/201"
    assert shorts(node, RDF.type) == {"Resolution", "Document"}
    assert values(node, RG.symbol) == {Literal("A/RES/57/201")}
    assert values(node, DCTERMS.title) == {Literal("Migrant workers")}
    assert values(node, DCTERMS.language) == {Literal("en")}
    assert values(node, RG.adoptedOn) == {Literal("2002-12-18", datatype=XSD.date)}
    assert values(node, RG.publishedOn) == {Literal("2003-01-16", datatype=XSD.date)}
    assert values(node, RG.jobNumber) == {Literal("N0254990E")}
    assert values(node, vocab.RDFS.seeAlso) == {NamedNode("https://undocs.org/A/RES/57/201")}
    assert shorts(node, RG.adoptedBy) == {"agent/UNGA"}
    assert shorts(node, vocab.PROV.wasDerivedFrom) == {f"source/{SOURCE.sha256}"}


def test_the_session_meeting_and_item_are_nodes():
    assert query(
        """SELECT ?session ?number ?label ?of ?meeting ?n ?item ?as ?title WHERE {
        <A/RES/57/201> rg:adoptedInSession ?session ; rg:adoptedAtMeeting ?meeting ; rg:agendaItem ?item .
        ?session a rg:Session ; rg:sessionNumber ?number ; rg:sessionLabel ?label ; rg:sessionOf ?of .
        ?meeting a rg:Meeting ; rg:meetingNumber ?n ; rg:meetingOf ?of .
        ?item a rg:AgendaItem ; rg:itemNumber ?as ; dcterms:title ?title }"""
    ) == {
        (
            "agent/UNGA/session/57",
            "57",
            "57",
            "agent/UNGA",
            "agent/UNGA/session/57/meeting/77",
            "77",
            "agent/UNGA/session/57/item/109(a)",
            "109 (a)",
            "Human rights questions",
        )
    }


def test_a_special_session_keeps_its_label():
    quads = masthead(session=Session("UNGA", "ES-10"))
    assert values("agent/UNGA/session/ES-10", RG.sessionLabel, quads) == {Literal("ES-10")}
    assert values("agent/UNGA/session/ES-10", RG.sessionNumber, quads) == {Literal(10)}


def test_without_a_session_the_meeting_is_the_bodys_and_the_item_the_resolutions_own():
    quads = masthead(session=None)
    assert shorts("A/RES/57/201", RG.adoptedAtMeeting, quads) == {"agent/UNGA/meeting/77"}
    (item,) = values("A/RES/57/201", RG.agendaItem, quads)
    assert item.value == NODE.value + "#item.109(a)"
    assert {q.graph_name for q in quads if q.subject == item} == {NODE}


def test_what_it_was_adopted_on_is_a_report_or_a_draft():
    assert shorts("A/57/556/Add.1", RDF.type) == {"Document", "Report"}
    assert shorts("A/57/L.3", RDF.type, masthead(on_report=("A/57/L.3",))) == {"Document", "Draft"}


def test_a_committee_unknown_to_the_lexicon_is_described_and_a_known_one_is_left_to_it():
    assert shorts("A/RES/57/201", RG.recommendedBy) == {"agent/committee-of-friends"}
    assert shorts("agent/committee-of-friends", RDF.type) == {"Body", "Agent"}
    assert values("agent/committee-of-friends", SKOS.prefLabel) == {Literal("Committee of Friends")}
    quads = masthead(committee="General Assembly")
    assert shorts("A/RES/57/201", RG.recommendedBy, quads) == {"agent/UNGA"}
    assert not values("agent/UNGA", SKOS.prefLabel, quads)


def test_the_votes_are_counted_and_cast():
    node = "A/RES/57/201"
    assert shorts(node, RG.adoptionMethod) == {"adoption/recorded-vote"}
    figures = [values(node, p) for p in (RG.votesFor, RG.votesAgainst, RG.abstentions)]
    assert figures == [{Literal(2)}, {Literal(1)}, {Literal(0)}]
    assert query(
        "SELECT ?s ?c WHERE { <A/RES/57/201> rg:hasVote ?v . ?v a rg:Vote ; rg:castBy ?s ; rg:choice ?c }"
    ) == {
        ("agent/cote-divoire", "choice/for"),
        ("agent/france", "choice/against"),
    }


def test_what_was_inferred_is_marked_with_its_property():
    assert values("A/RES/57/201", RG.inferred) == {Literal(value=True)}
    assert shorts("A/RES/57/201", RG.inferredProperty) == {"symbol", "adoptedInSession"}
    assert not values("A/RES/57/201", RG.inferred, masthead(inferred=()))


def test_every_field_of_the_masthead_can_be_inferred():
    fields = [name for name in Masthead.__dataclass_fields__ if name != "inferred"]
    assert len(shorts("A/RES/57/201", RG.inferredProperty, masthead(inferred=tuple(fields)))) == len(fields)


def test_what_the_masthead_lacks_is_not_in_the_graph():
    quads = variant(masthead=Masthead(symbol="A/RES/57/201", body="UNGA"))
    said = {q.predicate for q in quads if q.subject == NODE}
    missing = {RG.adoptedOn, DCTERMS.title, RG.adoptedInSession, RG.adoptedAtMeeting, RG.adoptionMethod, RG.inferred}
    assert not said & missing


def test_a_symbol_that_cannot_be_an_iri_is_refused():
    with pytest.raises(SymbolError):
        masthead(symbol="A/RES/57/201> <x>")


# ---------------------------------------------------------------- the parts


def test_paragraphs_are_typed_placed_and_numbered():
    assert query(
        "SELECT ?p ?type ?position ?number WHERE { <A/RES/57/201> rg:hasParagraph ?p . "
        "?p rg:paragraphOf <A/RES/57/201> ; "
        "a rg:Paragraph , ?type ; rg:position ?position ; rg:text ?text . FILTER(?type != rg:Paragraph) "
        "OPTIONAL { ?p rg:number ?number } }"
    ) == {
        ("pp1", "PreambularParagraph", "1", None),
        ("pp2", "PreambularParagraph", "2", None),
        ("op1", "OperativeParagraph", "1", "1"),
        ("op2", "OperativeParagraph", "2", "2"),
        ("op3", "OperativeParagraph", "3", "3"),
    }


def test_points_hang_on_their_paragraph():
    assert query(
        "SELECT ?p ?n ?i WHERE { <A/RES/57/201#op2> rg:hasPoint ?p . ?p a rg:Point ; rg:number ?n ; rg:position ?i }"
    ) == {
        ("op2.a", "a", "1"),
        ("op2.(1)", "1", "2"),
    }


def test_points_nest():
    inner = Point(position=1, number="i", text="To inform", span=OPERATIVE[1].points[1].span)
    outer = replace(OPERATIVE[1].points[0], points=(inner,))
    quads = variant(operative=(replace(OPERATIVE[1], points=(outer,)),))
    assert shorts("A/RES/57/201#op2.a", RG.hasPoint, quads) == {"op2.a.i"}


def test_repeated_numbers_give_way_to_positions():
    again = tuple(replace(paragraph, number="1") for paragraph in OPERATIVE)
    quads = variant(operative=again)
    assert {"op-at1", "op-at2", "op-at3"} <= shorts("A/RES/57/201", RG.hasParagraph, quads)
    twice = tuple(replace(point, number="a") for point in OPERATIVE[1].points)
    quads = variant(operative=(replace(OPERATIVE[1], points=twice),))
    assert shorts("A/RES/57/201#op2", RG.hasPoint, quads) == {"op2.at1", "op2.at2"}


def test_footnotes_have_their_marks_and_a_lost_one_is_missing():
    assert query(
        "SELECT ?f ?m ?t ?x WHERE { <A/RES/57/201> rg:hasFootnote ?f . ?f a rg:Footnote ; rg:marker ?m . "
        "OPTIONAL { ?f rg:text ?t } OPTIONAL { ?f rg:missing ?x } }"
    ) == {("fn1", "1", "Resolution 45/158, annex.", None), ("fn2", "2", None, "true")}
    assert shorts("A/RES/57/201#pp1", RG.hasNote) == {"fn1"}
    assert shorts("A/RES/57/201#pp2", RG.hasNote) == {"fn2"}


def test_a_second_note_of_the_same_mark_does_not_melt_into_the_first():
    notes = tuple(Footnote(marker="1", text=text, span=None) for text in ("one", "two"))
    quads = variant(footnotes=notes)
    assert values("A/RES/57/201#fn1", RG.text, quads) == {Literal("one")}
    assert values("A/RES/57/201#fn-at2", RG.text, quads) == {Literal("two")}
    assert shorts("A/RES/57/201#pp1", RG.hasNote, quads) == {"fn1"}


def test_headings_annexes_and_problems_are_kept():
    node = "A/RES/57/201"
    assert shorts(node, RG.hasHeading) == {"h1"}
    assert (shorts(node + "#h1", RG.text), shorts(node + "#h1", RG.position)) == ({"I. Ratification"}, {"1"})
    assert shorts(node, RG.hasAnnex) == {"annex1"}
    assert (shorts(node + "#annex1", DCTERMS.title), shorts(node + "#annex1", RG.text)) == (
        {"Annex"},
        {"All shall be well."},
    )
    assert shorts(node, RG.hasProblem) == {"problem1"}
    assert shorts(node + "#problem1", RG.problemKind) == {"missing-footnote"}
    assert values(node + "#problem1", RG.start) == {Literal(TEXT.index("2\nI. Rat"))}


# ---------------------------------------------------------------- acts and requests


def test_acts_stand_in_printed_order():
    assert query(
        "SELECT ?p ?a ?n ?text ?verb WHERE { ?p rg:hasAction ?a . ?a a rg:Action ; rg:position ?n ; rg:verbText ?text "
        "OPTIONAL { ?a rg:verb ?verb } }"
    ) == {
        ("pp1", "pp1.1", "1", "Recalling", "verb/recall"),
        ("pp2", "pp2.1", "1", "Welcoming", None),
        ("op1", "op1.1", "1", "Calls upon", "verb/call-upon"),
        ("op2.a", "op2.a.1", "1", "Requests", "verb/request"),
        ("op2.(1)", "op2.(1).1", "1", "Requests", "verb/request"),
        ("op3", "op3.1", "1", "Decides", "verb/decide"),
    }
    assert shorts("A/RES/57/201#op3.1", RG.adverb) == {"also", "again"}


def test_a_request_says_who_what_when_and_for_whom():
    node = "A/RES/57/201#op2.a.1"
    assert shorts(node, RDF.type) == {"Action", "Request"}
    assert shorts(node, RG.requestedBy) == {"agent/UNGA"}
    assert shorts(node, RG.addressee) == {"agent/secretary-general"}
    assert shorts(node, RG.addresseeText) == {"the Secretary-General"}
    assert shorts(node, RG.condition) == {"as soon as the Convention enters into force"}
    assert shorts(node, RG.submitTo) == {"agent/UNGA"}
    assert shorts(node, RG.dueSession) == {"agent/UNGA/session/58"}
    assert values("agent/UNGA/session/58", RG.sessionNumber) == {Literal(58)}
    assert shorts(node, RG.frequency) == {"once"}
    (report,) = values(node, RG.expects)
    assert short(report) == "op2.a.1.report"
    assert shorts("A/RES/57/201#op2.a.1.report", RDF.type) == {"Document", "Report"}
    assert shorts("A/RES/57/201#op2.a.1.report", vocab.RDFS.label) == {"a report on its status"}


def test_a_request_made_in_another_document_and_what_is_no_report():
    node = "A/RES/57/201#op2.(1).1"
    assert shorts(node, RG.madeIn) == {"A/RES/53/137"}
    assert shorts("A/RES/53/137", RG.symbol) == {"A/RES/53/137"}
    assert shorts("A/RES/57/201#op2.(1).1.report", RDF.type) == {"Document"}
    assert values(node, RG.dueDate) == {Literal("2003", datatype=XSD.gYear)}


def test_an_agent_that_the_lexicon_lacks_is_described():
    assert shorts("agent/friends-of-the-convention", RDF.type) == {"ActorGroup", "Agent"}
    assert values("agent/friends-of-the-convention", SKOS.prefLabel) == {Literal("Friends of the Convention")}
    assert not values("agent/secretary-general", SKOS.prefLabel)


def test_an_agent_of_the_lexicon_keeps_its_label_however_it_is_printed():
    printed = Agent("secretary-general", "the secretary-general", "office", known=False)
    quads = variant(preamble=(replace(PREAMBLE[0], named=(printed,)),))
    assert not values("agent/secretary-general", SKOS.prefLabel, quads)


def test_a_name_that_documents_spell_differently_has_one_spelling():
    def named(label):
        agent = Agent("friends", label, "group", known=False)
        item = AgendaItem(label.replace("friends", "109(a)").replace("Friends", "109 (a)"), label)
        head = replace(RESOLUTION.masthead, agenda_items=(item,))
        return replace(RESOLUTION, masthead=head, preamble=(replace(PREAMBLE[0], named=(agent,)),))

    for spellings in (("friends", "Friends"), ("Friends", "friends")):
        quads = list(settle(graph_quads([named(label) for label in spellings])))
        assert values("agent/friends", SKOS.prefLabel, quads) == {Literal("Friends")}
        assert values("agent/UNGA/session/57/item/109(a)", RG.itemNumber, quads) == {Literal("109 (a)")}
        assert values("agent/UNGA/session/57/item/109(a)", DCTERMS.title, quads) == {Literal("Friends")}


def test_agents_named_in_a_paragraph():
    assert query("SELECT ?p ?a WHERE { ?p rg:names ?a }") == {
        ("pp1", "agent/UNGA"),
        ("pp2", "agent/secretary-general"),
    }


# ---------------------------------------------------------------- citations, references, status


def test_a_resolution_cites_all_that_its_parts_cite():
    assert shorts("A/RES/57/201#pp1", RG.cites) == {"instrument/ICRMW"}
    assert shorts("A/RES/57/201#fn1", RG.cites) == {"A/RES/45/158"}
    assert shorts("A/RES/57/201#op3", RG.cites) == {"A/RES/53/137"}
    assert shorts("A/RES/57/201", RG.cites) == {"instrument/ICRMW", "A/RES/45/158", "A/RES/53/137"}


def test_a_citation_has_its_target_locator_and_note():
    assert query(
        "SELECT ?p ?c ?t ?l ?f ?u WHERE { ?p rg:hasCitation ?c . ?c a rg:Citation . OPTIONAL { ?c rg:target ?t } "
        "OPTIONAL { ?c rg:locator ?l } OPTIONAL { ?c rg:viaFootnote ?f } OPTIONAL { ?c rg:unresolved ?u } }"
    ) == {
        ("pp1", "pp1.c1", "instrument/ICRMW", None, "fn1", None),
        ("fn1", "fn1.c1", "A/RES/45/158", "annex", None, None),
        ("op3", "op3.c1", "A/RES/53/137", None, None, None),
        ("op3", "op3.c2", None, None, None, "true"),
    }
    assert shorts("A/RES/57/201#op3.c1", RG.inferredProperty) == {"target"}


def test_what_is_meant_but_not_named_is_referred_to_and_not_cited():
    assert query(
        "SELECT ?p ?r ?t WHERE { ?p rg:hasReference ?r ; rg:refersTo ?t . ?r a rg:Reference ; rg:target ?t }"
    ) == {
        ("pp2", "pp2.r1", "A/57/291"),
        ("op1", "op1.r1", "instrument/ICRMW"),
    }
    assert not shorts("A/RES/57/201#pp2", RG.cites)
    assert shorts("A/RES/57/201#pp2.r1", RG.viaFootnote) == {"fn2"}


def test_a_mentioned_document_is_what_its_symbol_and_the_words_say():
    assert shorts("A/57/291", RDF.type) == {"Document", "Report"}
    assert shorts("A/RES/45/158", RDF.type) == {"Document", "Resolution"}
    assert values("A/RES/45/158", vocab.RDFS.seeAlso) == {NamedNode("https://undocs.org/A/RES/45/158")}
    plain = Citation(OPERATIVE[2].citations[1].span, DocumentTarget("E/1999/23"))
    quads = variant(operative=(replace(OPERATIVE[2], citations=(plain,)),))
    assert shorts("E/1999/23", RDF.type, quads) == {"Document"}


def test_a_status_is_a_dated_claim_of_its_paragraph():
    assert query(
        "SELECT ?p ?s ?i ?n ?l ?d WHERE { ?p rg:hasStatus ?s . ?s a rg:TreatyStatus ; rg:statedIn ?p ; "
        "rg:ofInstrument ?i ; rg:ratificationsNeeded ?n ; rg:locator ?l ; rg:asOf ?d }"
    ) == {("op1", "op1.s1", "instrument/ICRMW", "1", "article 87", "2002-12-18")}


# ---------------------------------------------------------------- sources, literals, names


def test_a_source_keeps_its_text_and_its_problems():
    problem = Problem("unread-text", "nobody knows what this is", Span(0, 3))
    quads = list(source_quads(SOURCE, IRIS, [problem]))
    node = f"source/{SOURCE.sha256}"
    assert values(node, RG.text, quads) == {Literal(TEXT)}
    assert values(node, RG.fileName, quads) == {Literal("57-201.txt")}
    assert values(node, DCTERMS.format, quads) == {Literal("text/plain")}
    assert shorts(node, RG.hasProblem, quads) == {f"source/{SOURCE.sha256}#problem1"}
    assert {q.graph_name.value for q in quads} == {DEFAULT_BASE + node}


def test_where_a_file_lies_on_the_machine_is_nobodys_business():
    source = replace(SOURCE, path="/home/somebody/57-201.txt")
    assert not [q for q in source_quads(source, IRIS) if "somebody" in q.object.value]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, Literal("7", datatype=XSD.integer)),
        (True, Literal("true", datatype=XSD.boolean)),
        (date(2001, 2, 3), Literal("2001-02-03", datatype=XSD.date)),
        ("a\tb\nc", Literal("a\tb\nc")),
        ("a\0b\r\u000b\ufffe\ud800\x7f", Literal("a\ufffdb\ufffd\ufffd\ufffd\ufffd\ufffd")),
    ],
)
def test_literals_are_canonical_and_legible(value, expected):
    assert literal(value) == expected


def test_a_value_of_no_datatype_is_refused():
    with pytest.raises(TypeError):
        literal(1.5)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2001, 2, 3), Literal("2001-02-03", datatype=XSD.date)),
        ("2001-02", Literal("2001-02", datatype=XSD.gYearMonth)),
        ("2001", Literal("2001", datatype=XSD.gYear)),
    ],
)
def test_dates_can_be_cut_short(value, expected):
    assert month_or_year(value) == expected


@given(st.text())
def test_what_is_legible_keeps_its_length_and_xml_can_hold_it(text):
    kept = legible(text)
    assert len(kept) == len(text)
    assert all(c in "\t\n" or c >= " " for c in kept)
    assert kept.encode().decode() == kept


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Côte d’Ivoire", "cote-divoire"),
        ("Committee on  the Rights (CRC)", "committee-on-the-rights-crc"),
        ("Türkiye", "turkiye"),
    ],
)
def test_slugs_are_plain(name, expected):
    assert slug(name) == expected


# ---------------------------------------------------------------- the authority graph

AUTHORITY = list(authority_quads())


def test_the_authority_graph_holds_the_whole_lexicon():
    lexicon = load()
    assert {q.graph_name for q in AUTHORITY} == {IRIS.authority_graph}
    described = {q.subject.value.removeprefix(DEFAULT_BASE) for q in AUTHORITY if q.predicate == SKOS.prefLabel}
    wanted = {f"verb/{verb.slug}" for verb in lexicon.verbs} | {f"instrument/{i.short}" for i in lexicon.instruments}
    wanted |= {f"agent/{entry.key}" for entry in (*lexicon.bodies, *lexicon.agents, *lexicon.states)}
    wanted |= {"force/directive", "scheme/verbs", "adoption/without-vote", "choice/abstained"}
    assert wanted <= described


def test_everything_has_one_label():
    labels = defaultdict(set)
    for quad in AUTHORITY:
        if quad.predicate == SKOS.prefLabel:
            labels[quad.subject].add(quad.object)
    assert {len(found) for found in labels.values()} == {1}


def test_an_instrument_has_its_names_and_the_document_that_adopted_it():
    node = "instrument/ICRMW"
    assert shorts(node, RDF.type, AUTHORITY) == {"Treaty", "Instrument"}
    assert shorts(node, SKOS.notation, AUTHORITY) == {"ICRMW"}
    assert shorts(node, RG.adoptedAs, AUTHORITY) == {"A/RES/45/158"}
    assert shorts(node, RG.locator, AUTHORITY) == {"annex"}
    assert shorts("A/RES/45/158", RG.symbol, AUTHORITY) == {"A/RES/45/158"}


def test_a_verb_is_a_concept_under_its_force():
    assert shorts("verb/request", SKOS.broader, AUTHORITY) == {"force/directive"}
    assert shorts("verb/request", SKOS.inScheme, AUTHORITY) == {"scheme/verbs"}
    assert shorts("verb/request", RDF.type, AUTHORITY) == {SKOS.Concept.value}
    assert "requests" in shorts("verb/request", SKOS.prefLabel, AUTHORITY)


def test_a_body_has_its_short_name_as_notation():
    assert shorts("agent/UNGA", SKOS.notation, AUTHORITY) == {"UNGA"}
    assert shorts("agent/UNGA", RDF.type, AUTHORITY) == {"Body", "Agent"}
    assert shorts("agent/france", RDF.type, AUTHORITY) == {"State", "Agent"}


def test_the_schemes_hold_methods_and_choices():
    assert shorts("adoption/without-vote", SKOS.notation, AUTHORITY) == {"without-vote"}
    assert shorts("scheme/choices", SKOS.hasTopConcept, AUTHORITY) == {
        f"choice/{slug}" for slug in ("for", "against", "abstained", "absent")
    }
