"""What follows from the seeds, as a reader would say it, and from invented resolutions where the seeds have no case."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store
from rdflib.plugins.sparql import prepareQuery

from resgraph import vocab
from resgraph.data import data_folder
from resgraph.derive import Derived, derive, rederive, with_derived
from resgraph.derive.answers import answers, symbol_sessions
from resgraph.derive.corpus import read_corpus
from resgraph.derive.mandates import mandate_statements
from resgraph.derive.records import Act, Corpus, Mention, Part, Request, Resolution, Session
from resgraph.derive.restatements import restatements
from resgraph.derive.revisions import aligned, matched, revisions
from resgraph.derive.series import chains, neighbours, series_statements
from resgraph.derive.statements import Statement, merged
from resgraph.derive.wording import changed_figures, plain, subject_words, title_key
from resgraph.errors import UsageError
from resgraph.export import export_to_file
from resgraph.iris import Iris
from resgraph.queries import checks
from resgraph.store import open_store, write_store
from resgraph.validate import validate
from resgraph.vocab import PROV, RDF, RG

IRIS = Iris()
RULES = sorted((data_folder("queries") / "derive").glob("*.rq"))
UNGA, SG, STATES = (IRIS.agent(key) for key in ("UNGA", "secretary-general", "states"))
DERIVED = frozenset(
    f"rg:{name}"
    for name in "adds answeredBy answerStatus contradicts createsMandate drops extendsMandate previousClaim "
    "previousInSeries recalls renamesMandate restates revises welcomesMandate".split()
)


def short(term):
    return term.value.removeprefix(IRIS.base).replace(vocab.RG_NAMESPACE.removeprefix(IRIS.base), "rg:")


@pytest.fixture(scope="module")
def quads(seeds_graph):
    return list(derive(seeds_graph, IRIS))


@pytest.fixture(scope="module")
def said(quads):
    """The derived statements, by property."""
    statements = defaultdict(set)
    for quad in quads:
        if short(quad.predicate) in DERIVED:
            statements[short(quad.predicate)].add((short(quad.subject), short(quad.object)))
    return statements


@pytest.fixture(scope="module")
def grounds(quads):
    """What is said of the derivation of each statement."""
    nodes = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        nodes[quad.subject][short(quad.predicate)].append(short(quad.object))
    kept = [node for node in nodes.values() if "rg:subject" in node]
    return {(node["rg:subject"][0], node["rg:property"][0], node["rg:object"][0]): node for node in kept}


class TestTheSeeds:
    def test_known_answers(self, said):
        assert said["rg:answeredBy"] == {
            ("A/RES/54/158#pp9.2", "A/RES/54/158#op7.1.report"),
            ("A/RES/54/158#op7.2", "A/55/205"),
        }

    def test_the_first_answer_has_lost_its_symbol(self, quads):
        node = NamedNode(IRIS.base + "A/RES/54/158#op7.1.report")
        said = {(quad.predicate, getattr(quad.object, "value", "")) for quad in quads if quad.subject == node}
        assert (vocab.RDFS.label, "report of the Secretary-General") in said
        assert (RDF.type, RG.Report.value) in said

    def test_where_each_request_stands(self, said):
        assert said["rg:answerStatus"] == {
            ("A/RES/54/158#pp9.2", "answer/answered"),
            ("A/RES/54/158#op7.2", "answer/answered"),
            ("A/RES/55/88#op7.2", "answer/none-in-corpus"),
            ("A/RES/57/201#op8.1", "answer/none-in-corpus"),
            ("A/RES/59/262#op12.1", "answer/due-later"),
            ("E/CN.4/RES/2001/53#op9.1", "answer/due-later"),
        }

    @pytest.mark.parametrize("report", ["A/57/291", "A/59/328", "E/CN.4/2001/79"])
    def test_a_report_without_a_request_in_the_corpus_answers_none(self, said, report):
        assert report not in {answer for _, answer in said["rg:answeredBy"]}

    def test_an_answer_rests_on_the_paragraph_and_the_footnote(self, grounds):
        ground = grounds["A/RES/54/158#op7.2", "rg:answeredBy", "A/55/205"]
        assert {"A/RES/55/88#op7", "A/RES/55/88#fn7", "A/RES/54/158#op7.2"} <= set(ground[PROV.wasDerivedFrom.value])
        assert ground["rg:rule"] == ["noted-in-series"]
        assert ground["rg:asOf"] == ["2000-12-04"]

    def test_the_series_says_its_gaps(self, said, grounds):
        assert said["rg:previousInSeries"] == {
            ("A/RES/55/88", "A/RES/54/158"),
            ("A/RES/57/201", "A/RES/55/88"),
            ("A/RES/59/262", "A/RES/57/201"),
        }
        missing = {
            key[0]: ground["rg:missingSession"] for key, ground in grounds.items() if ground["rg:missingSession"]
        }
        assert missing == {
            "A/RES/57/201": ["agent/UNGA/session/56"],
            "A/RES/59/262": ["agent/UNGA/session/58"],
        }

    def test_the_claims_about_the_convention_follow_each_other(self, said):
        assert said["rg:previousClaim"] == {
            ("A/RES/55/88#op3.s1", "A/RES/54/158#op3.s1"),
            ("E/CN.4/RES/2001/53#op5.s1", "A/RES/55/88#op3.s1"),
            ("A/RES/57/201#op3.s1", "E/CN.4/RES/2001/53#op5.s1"),
            ("A/RES/59/262#pp3.s1", "A/RES/57/201#op3.s1"),
        }
        assert not said["rg:contradicts"]

    def test_figures_that_changed(self, quads):
        figures = defaultdict(dict)
        for quad in quads:
            if short(quad.predicate) in ("rg:figureBefore", "rg:figureAfter"):
                figures[short(quad.subject).split("#")[0]][short(quad.predicate)] = int(quad.object.value)
        assert figures == {
            "A/RES/55/88": {"rg:figureBefore": 8, "rg:figureAfter": 6},
            "A/RES/57/201": {"rg:figureBefore": 6, "rg:figureAfter": 1},
        }

    def test_the_career_of_the_special_rapporteur(self, said):
        rapporteur = "agent/special-rapporteur-on-the-human-rights-of-migrants"
        assert said["rg:createsMandate"] == {("E/CN.4/RES/1999/44", rapporteur)}
        welcomed = {resolution for resolution, agent in said["rg:welcomesMandate"] if agent == rapporteur}
        assert welcomed == {"A/RES/55/88", "A/RES/57/201", "A/RES/59/262", "E/CN.4/RES/2001/53"}
        assert ("A/RES/59/262", "agent/cmw") in said["rg:welcomesMandate"]

    def test_the_call_to_states_is_restated_and_hardens(self, grounds):
        changes = [
            grounds["A/RES/55/88#op3.1", "rg:restates", "A/RES/54/158#op3.1"]["rg:change"],
            grounds["A/RES/57/201#op3.1", "rg:restates", "A/RES/55/88#op3.1"]["rg:change"],
        ]
        assert changes == [["change/same"], ["change/hardened"]]

    def test_paragraphs_added_dropped_and_moved(self, said, grounds):
        assert ("A/RES/55/88", "A/RES/55/88#op6") in said["rg:adds"]
        assert ("A/RES/59/262", "A/RES/57/201#op9") in said["rg:drops"]
        concern = grounds["A/RES/59/262#pp7", "rg:revises", "A/RES/57/201#op1"]
        assert sorted(concern["rg:change"]) == ["change/moved", "change/reworded"]

    def test_every_statement_has_a_derivation_with_evidence(self, said, grounds):
        statements = {(subject, kind, value) for kind, pairs in said.items() for subject, value in pairs}
        assert statements == set(grounds)
        assert all(ground[PROV.wasDerivedFrom.value] and ground["rg:rule"] for ground in grounds.values())

    def test_all_stands_in_the_derived_graph_and_in_no_other(self, quads, seeds_graph):
        stated = {quad.triple for quad in seeds_graph if quad.graph_name != IRIS.derived_graph}
        assert {quad.graph_name for quad in quads} == {IRIS.derived_graph}
        assert stated & {quad.triple for quad in quads} == set()

    def test_the_same_graph_gives_the_same_quads_in_the_same_order(self, quads, seeds_graph):
        stated = [quad for quad in seeds_graph if quad.graph_name != IRIS.derived_graph]
        store = Store()
        store.bulk_extend(reversed(stated))
        assert list(derive(store, IRIS)) == quads
        assert list(with_derived(stated, IRIS))[len(stated) :] == quads

    def test_the_shapes_and_the_checks_hold(self, quads, seeds_graph):
        store = Store()
        store.bulk_extend(quad for quad in seeds_graph if quad.graph_name != IRIS.derived_graph)
        store.bulk_extend(quads)
        assert wrong(store) == []
        assert [check.name for check in checks().values() if list(check.run(store, {}))] == []

    def test_another_base_derives_the_same(self, seeds_graph):
        def moved(term):
            inside = isinstance(term, NamedNode) and term.value.startswith(IRIS.base) and "/ontology" not in term.value
            return NamedNode(term.value.replace(IRIS.base, "https://example.org/")) if inside else term

        stated = [quad for quad in seeds_graph if quad.graph_name != IRIS.derived_graph]
        store = Store()
        store.bulk_extend(Quad(*map(moved, quad)) for quad in stated)
        mine = {moved(quad.subject) for quad in derive(seeds_graph, IRIS)}
        assert {quad.subject for quad in derive(store, Iris("https://example.org/"))} == mine


class TestRederiving:
    def test_a_file_keeps_what_was_stated(self, tmp_path, seeds_graph, quads):
        path = tmp_path / "seeds.trig"
        stated = {quad for quad in seeds_graph if quad.graph_name != IRIS.derived_graph}
        junk = Quad(RG.Derivation, RG.rule, vocab.RG.rule, IRIS.derived_graph)
        export_to_file([*stated, junk], path)
        assert rederive(path) == Derived(sum(quad.object == RG.Derivation for quad in quads), changed=True)
        assert without_version(open_store(path)) == stated | set(quads)

    def test_a_file_without_named_graphs_is_refused(self, tmp_path):
        path = tmp_path / "seeds.ttl"
        path.write_text("", encoding="utf-8")
        with pytest.raises(UsageError, match="keeps no named graphs; give a store folder"):
            rederive(path)

    def test_nothing_is_written_where_nothing_has_changed(self, seeds_on_disk):
        written = {part.name: part.stat().st_mtime_ns for part in seeds_on_disk.iterdir()}
        assert not rederive(seeds_on_disk).changed
        assert {part.name: part.stat().st_mtime_ns for part in seeds_on_disk.iterdir()} == written

    def test_the_digest_is_no_matter_of_order_or_format(self, seeds_on_disk, tmp_path):
        path = tmp_path / "seeds.nq"
        export_to_file(reversed(list(open_store(seeds_on_disk))), path)
        assert not rederive(path).changed

    @pytest.mark.parametrize(
        ("predicate", "graph", "changed"),
        [
            (RG.text, "A/RES/57/201", True),
            (RG.asks, "A/RES/57/201", True),
            (RG.statedIn, "A/RES/57/201", True),
            (RG.answeredBy, "graph/derived", True),
            (RG.ratificationsNeeded, "A/RES/57/201", False),
        ],
    )
    def test_after_any_change_it_is_what_a_full_derivation_gives(
        self, seeds_on_disk, tmp_path, predicate, graph, changed
    ):
        path = tmp_path / "changed"
        left = next(quad for quad in open_store(seeds_on_disk).quads_for_pattern(None, predicate, None, node(graph)))
        write_store(path, (quad for quad in open_store(seeds_on_disk) if quad != left))
        assert rederive(path).changed == changed
        store = open_store(path)
        stated = Store()
        stated.bulk_extend(quad for quad in store if quad.graph_name != IRIS.derived_graph)
        assert without_version(store) == {*stated, *derive(stated, IRIS)}
        assert not rederive(path).changed

    def test_what_follows_differs_where_a_document_differs(self, seeds_on_disk, tmp_path, quads):
        path = tmp_path / "changed"
        write_store(path, (quad for quad in open_store(seeds_on_disk) if quad.graph_name != node("A/RES/57/201")))
        rederive(path)
        assert set(quads) - set(open_store(path))

    def test_a_changed_rule_derives_anew(self, seeds_on_disk, monkeypatch):
        monkeypatch.setattr("resgraph.derive.unchanged._rules", lambda: iter(["another rule"]))
        assert rederive(seeds_on_disk).changed

    def test_the_shapes_hold_with_the_digest(self, seeds_on_disk):
        assert wrong(open_store(seeds_on_disk)) == []


@pytest.fixture
def seeds_on_disk(seeds_graph, tmp_path):
    """The seeds as a store whose derived graph has its digest."""
    path = tmp_path / "seeds"
    write_store(path, seeds_graph)
    rederive(path)
    return path


def wrong(store):
    return [result for result in validate(store).results if result.severity != "Info"]


def without_version(store):
    return {quad for quad in store if quad.predicate != vocab.OWL.versionInfo}


class TestRules:
    @pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
    def test_it_parses_in_two_engines_and_uses_only_terms_of_the_vocabulary(self, path):
        text = path.read_text(encoding="utf-8")
        Store().query(text, use_default_graph_as_union=True)
        prepareQuery(text)
        used = {vocab.RG_NAMESPACE + name for name in re.findall(r"\brg:(\w+)", text)}
        assert used <= {term.value for term in vocab.terms(vocab.RG)}
        assert re.match(r"#\+ summary: [A-Z].{10,140}\.\n", text)

    def test_a_recalled_request_is_the_one_that_was_made(self):
        store = recalling_graph()
        assert derived(store, "rg:recalls") == {("A/RES/61/2#pp1.1", "A/RES/60/1#op1.1")}

    def test_it_is_the_request_made_that_is_answered(self):
        store = recalling_graph()
        assert derived(store, "rg:answerStatus") == {("A/RES/60/1#op1.1", "answer/none-in-corpus")}

    def test_one_of_two_like_requests_is_not_guessed(self):
        assert derived(recalling_graph(twice=True), "rg:recalls") == set()

    @pytest.mark.parametrize(
        ("one", "other", "count"),
        [
            ("rg:entryIntoForce '2003-07-01'^^xsd:date", "rg:entryIntoForce '2003-07-02'^^xsd:date", 1),
            ("rg:entryIntoForce '2003-07-01'^^xsd:date", "rg:entryIntoForce '2003-07-01'^^xsd:date", 0),
            ("rg:entryIntoForce '2003-07-01'^^xsd:date", "rg:ratificationsNeeded 2", 1),
            ("rg:ratificationsNeeded 2", "rg:ratificationsNeeded 1", 0),
        ],
    )
    def test_claims_contradict_each_other(self, one, other, count):
        claims = "".join(
            f"<A/RES/{n}/1#op1.s1> a rg:TreatyStatus ; rg:ofInstrument <instrument/ICRMW> ; {claim} ;"
            f" rg:asOf '200{n}-12-01'^^xsd:date ; rg:statedIn <A/RES/{n}/1#op1> ."
            for n, claim in ((4, one), (5, other))
        )
        assert len(derived(turtle(claims), "rg:contradicts")) == count


def turtle(text):
    store = Store()
    head = f"@base <{IRIS.base}> .\n@prefix rg: <{vocab.RG_NAMESPACE}> .\n"
    head += "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    store.load((head + text).encode(), RdfFormat.TURTLE, to_graph=NamedNode(IRIS.base + "x"))
    return store


def derived(store, kind):
    return {(short(q.subject), short(q.object)) for q in derive(store, IRIS) if short(q.predicate) == kind}


def recalling_graph(*, twice=False):
    """A/RES/60/1 asks for a report at the 61st session; A/RES/61/2 recalls that it did."""
    request = (
        "<{0}> rg:hasAction <{0}.1> . <{0}.1> a rg:Request ; rg:asks 'report' ; rg:addressee <agent/sg> ; rg:start 1 ;"
        " rg:dueSession <agent/UNGA/session/61> ; rg:expects <{0}.1.report> . <{0}.1.report> a rg:Report . "
    )
    resolution = (
        "<A/RES/{0}/{1}> rg:symbol 'A/RES/{0}/{1}' ; rg:adoptedBy <agent/UNGA> ; rg:adoptedOn '20{2}-12-01'^^xsd:date ;"
        " rg:adoptedInSession <agent/UNGA/session/{0}> . <agent/UNGA/session/{0}> rg:sessionOf <agent/UNGA> ;"
        " rg:sessionNumber {0} ; rg:sessionLabel '{0}' . "
    )
    text = resolution.format(60, 1, "05") + resolution.format(61, 2, "06")
    for part in ("A/RES/60/1#op1", "A/RES/60/1#op2", "A/RES/61/2#pp1")[:: 1 if twice else 2]:
        text += request.format(part) + f"<{part.split('#')[0]}> rg:hasParagraph <{part}> . "
    return turtle(text + "<A/RES/61/2#pp1.1> rg:madeIn <A/RES/60/1> .")


# ---------------------------------------------------------------- invented resolutions


def session(number):
    return Session(node(f"agent/UNGA/session/{number}"), UNGA, str(number), number)


def node(path):
    return NamedNode(IRIS.base + path)


def part(place, text, *acts, preambular=False, mentions=(), notes=(), names=()):
    return Part(node(place), preambular, text, acts, tuple(mentions), tuple(notes), frozenset(names))


def act(place, verb, words, request=None, start=0):
    return Act(node(place), verb, words.split(maxsplit=1)[0], frozenset(), words, start, start + len(words), request)


def asking(asks, *addressees, due=None):
    made = addressees or (SG,)
    return Request(frozenset(made), asks, node("x.report") if due else None, "report", UNGA, due, None, None)


def resolution(symbol, title, number, *parts, cites=()):
    date = f"{1945 + number}-12-{int(symbol.rpartition('/')[2]) % 28 + 1:02}"
    return Resolution(node(symbol), symbol, title, UNGA, date, session(number), parts, frozenset(cites))


def corpus(*resolutions, symbols=(), notes=None, labels=None, letters=None):
    known = {node(symbol.replace(" ", "")): symbol for symbol in symbols}
    return Corpus(
        resolutions=tuple(sorted(resolutions, key=lambda r: r.age)),
        labels={SG: "Secretary-General"} | (labels or {}),
        symbols=known | {r.node: r.symbol for r in resolutions},
        notations={UNGA: "UNGA"} | (letters or {}),
        offices=frozenset(labels or ()),
        notes=notes or {},
        lost_notes=frozenset(),
        sessions={},
    )


def pairs(found):
    return [(p.after.symbol, p.before.symbol, p.rule) for p in neighbours(found)]


class TestSeries:
    def test_a_title_may_lose_its_hyphens_and_capitals(self):
        assert title_key("Confidence-building Measures") == title_key("Confidencebuilding measures")
        found = corpus(resolution("A/RES/60/1", "Sea-bed", 60), resolution("A/RES/61/1", "Seabed", 61))
        assert pairs(found) == [("A/RES/61/1", "A/RES/60/1", "same-title")]

    def test_resolutions_of_one_session_do_not_follow_each_other(self):
        assert pairs(corpus(resolution("A/RES/60/1", "Seas", 60), resolution("A/RES/60/20", "Seas", 60))) == []

    def test_of_two_under_one_title_each_follows_the_one_it_is_like(self):
        def of(symbol, number, words):
            return resolution(symbol, "Accounts", number, part(f"{symbol}#op1", words))

        one, two = "Accepts the accounts of the Fund for children", "Notes the audit of peacekeeping with deep concern"
        found = corpus(
            of("A/RES/60/1", 60, one), of("A/RES/60/2", 60, two), of("A/RES/61/5", 61, two), of("A/RES/61/6", 61, one)
        )
        assert {pair[:2] for pair in pairs(found)} == {("A/RES/61/5", "A/RES/60/2"), ("A/RES/61/6", "A/RES/60/1")}

    @pytest.mark.parametrize(("recalled", "kept", "linked"), [(True, 4, True), (False, 4, False), (True, 0, False)])
    def test_another_title_takes_a_recall_and_the_words(self, recalled, kept, linked):
        words = [
            f"Urges all States to protect the {thing} of the high seas" for thing in ("fish", "corals", "birds", "beds")
        ]
        other = [f"Decides to meet in {place} for five days next summer" for place in ("Rome", "Lima", "Oslo", "Bonn")]
        before = resolution("A/RES/60/1", "Seas", 60, *(part(f"A/RES/60/1#op{n}", w) for n, w in enumerate(words)))
        texts = words[:kept] + other[kept:]
        after = resolution(
            "A/RES/61/9", "Oceans", 61, *(part(f"A/RES/61/9#op{n}", w) for n, w in enumerate(texts)),
            cites=[before.node] if recalled else (),
        )  # fmt: skip
        assert bool(pairs(corpus(before, after))) == linked

    def test_missing_sessions_are_said(self):
        found = corpus(resolution("A/RES/60/1", "Seas", 60), resolution("A/RES/63/1", "Seas", 63))
        (statement,) = series_statements(found, neighbours(found), IRIS)
        assert [short(missing) for missing in statement.missing] == ["agent/UNGA/session/61", "agent/UNGA/session/62"]


class TestAnswers:
    ASKS = "submit at its sixty-first session a report on the implementation of the present resolution"

    def asked(self, asks=ASKS, title="Seas", deliverable="report"):
        request = replace(asking(asks, due=session(61)), deliverable=deliverable)
        return resolution(
            "A/RES/60/1", title, 60, part("A/RES/60/1#op1", asks, act("A/RES/60/1#op1.1", "request", asks, request))
        )

    def noting(self, words, *documents, verb="take-note", symbol="A/RES/61/1", title="Seas", number=61):
        mentions = [Mention(node(f"{symbol}#op1.r{n}"), node(d), words, 0, None) for n, d in enumerate(documents)]
        noting = part(f"{symbol}#op1", words, act(f"{symbol}#op1.1", verb, words), mentions=mentions)
        return resolution(symbol, title, number, noting)

    def found(self, *resolutions, symbols, notes=None):
        texts = corpus(*resolutions, symbols=symbols, notes=notes)
        return [texts.symbols[answer.noted.document] for answer in answers(texts, chains(neighbours(texts)))]

    def test_a_report_of_the_due_session_answers(self):
        later = self.noting("the report of the Secretary-General", "A/61/9")
        assert self.found(self.asked(), later, symbols=["A/61/9"]) == ["A/61/9"]

    @pytest.mark.parametrize(
        ("words", "document", "verb"),
        [
            ("the report of the Secretary-General", "A/60/9", "take-note"),
            ("the report of the Secretary-General", "A/61/9", "recall"),
            ("the report of the Executive Director", "A/61/9", "take-note"),
            ("the report of the Secretary-General on the status of women", "A/61/9", "take-note"),
        ],
    )
    def test_a_report_of_another_session_author_or_matter_does_not(self, words, document, verb):
        assert self.found(self.asked(), self.noting(words, document, verb=verb), symbols=[document]) == []

    def test_an_oral_report_leaves_no_document(self):
        asks = "present an oral report on the implementation of the present resolution at its sixty-first session"
        asked = self.asked(asks, deliverable="oral report on the implementation")
        later = self.noting("the report of the Secretary-General", "A/61/9")
        assert self.found(asked, later, symbols=["A/61/9"]) == []
        assert self.found(self.asked(asks), later, symbols=["A/61/9"]) == ["A/61/9"]

    def test_a_report_noted_at_another_session_does_not(self):
        later = self.noting("the report of the Secretary-General", "A/61/9", symbol="A/RES/62/1", number=62)
        assert self.found(self.asked(), later, symbols=["A/61/9"]) == []

    def test_two_that_fit_alike_answer_nothing(self):
        later = self.noting("the reports of the Secretary-General", "A/61/9", "A/61/10")
        assert self.found(self.asked(), later, symbols=["A/61/9", "A/61/10"]) == []

    def test_an_addendum_is_of_the_same_report(self):
        later = self.noting("the report of the Secretary-General", "A/61/9", "A/61/9/Add.1")
        assert self.found(self.asked(), later, symbols=["A/61/9", "A/61/9/Add.1"]) == ["A/61/9"]

    def test_a_note_on_what_the_report_is_about_is_the_reports(self):
        words = "Takes note of the report of the Secretary-General on the implementation of resolution 60/1"
        recalled = Mention(node("A/RES/61/1#op1.c1"), node("A/RES/60/1"), "60/1", words.index("60/1"), node("fn2"))
        noting = part(
            "A/RES/61/1#op1",
            words,
            act("A/RES/61/1#op1.1", "take-note", words),
            mentions=[recalled],
            notes=[node("fn2")],
        )
        later = resolution("A/RES/61/1", "Seas", 61, noting, cites=[node("A/RES/60/1")])
        assert self.found(self.asked(), later, symbols=["A/61/9"], notes={node("fn2"): (node("A/61/9"),)}) == ["A/61/9"]

    @pytest.mark.parametrize(
        ("symbol", "sessions"),
        [
            ("A/55/205", {("UNGA", 55)}),
            ("A/HRC/48/62", {("UNHRC", 48)}),
            ("E/CN.4/2001/79", {("CHR", 57)}),
            ("A/76/74-E/2021/54", {("UNGA", 76), ("ECOSOC", 2021)}),
            ("A/48/573-S/26705", {("UNGA", 48)}),
            ("A/CONF.157/23", set()),
        ],
    )
    def test_the_sessions_that_a_symbol_names(self, symbol, sessions):
        assert symbol_sessions(symbol) == sessions


class TestRestatements:
    def change(self, before, after, *, verbs=("request", "request"), addressees=(STATES, STATES)):
        old, new = (
            resolution(s, "Seas", n, part(f"{s}#op1", w, act(f"{s}#op1.1", v, w, asking(w.split(" ", 1)[1], a))))
            for s, n, w, v, a in zip(
                ("A/RES/60/1", "A/RES/61/1"), (60, 61), (before, after), verbs, addressees, strict=True
            )
        )
        return [statement.changes for statement in restatements(new, old, ())]

    def test_the_session_may_change(self):
        before = "Requests a report on the seas at its sixtieth session"
        assert self.change(before, before.replace("sixtieth", "sixty-first")) == [("same",)]

    def test_a_stronger_verb_hardens_and_a_weaker_softens(self):
        words = "Requests all States to protect the seas", "Urges all States to protect the seas"
        assert self.change(*words, verbs=("request", "urge")) == [("hardened",)]
        assert self.change(*reversed(words), verbs=("urge", "request")) == [("softened",)]

    def test_another_addressee_or_matter_is_no_restatement(self):
        words = "Requests all States to protect the seas"
        assert self.change(words, words, addressees=(STATES, SG)) == []
        assert self.change(words, "Requests the earliest possible payment of arrears") == []


class TestRevisions:
    def test_equal_texts_first_then_like_ones(self):
        assert aligned(["abcdef", "xyz", "new"], ["xyz", "abcdeg"]) == [(0, 1, 0.833), (1, 0, 1.0)]

    def test_no_text_is_taken_twice(self):
        assert aligned(["same", "same"], ["same"]) == [(0, 0, 1.0)]

    def test_what_is_moved_is_said_of_as_few_as_possible(self):
        words = ["protect the fish of the sea", "build ships of steel and wood", "meet in Rome next summer again"]
        old = resolution("A/RES/60/1", "Seas", 60, *(part(f"A/RES/60/1#op{n}", w) for n, w in enumerate(words)))
        new = resolution("A/RES/61/1", "Seas", 61, *(part(f"A/RES/61/1#op{n}", words[n]) for n in (2, 0, 1)))
        moved = [s for s in revisions(new, old, matched(new, old)) if "moved" in s.changes]
        assert [short(s.subject) for s in moved] == ["A/RES/61/1#op2"]

    @pytest.mark.parametrize(
        ("before", "after", "figures"),
        [
            ("only eight ratifications are needed", "only six ratifications are needed", ((8, 6),)),
            ("pays 1,200 dollars by 31 May 2001", "pays 1,300 dollars by 30 June 2002", ((1200, 1300),)),
            ("recalls resolution 55 and article 7", "recalls resolution 57 and article 8", ()),
            ("at its fifty-fifth session", "at its fifty-sixth session", ()),
        ],
    )
    def test_figures_are_told_from_dates_and_numbers_of_documents(self, before, after, figures):
        assert changed_figures(before, after) == figures


class TestMandates:
    AGENT = IRIS.agent("special-rapporteur-on-torture")

    def statements(
        self, words, verb, *, cites=None, label="Special Rapporteur on torture", letters="", preambular=False
    ):
        place = "A/RES/60/1#op1"
        at = words.find(cites or "\0")
        mentions = [Mention(node(f"{place}.c1"), node("A/HRC/RES/16/2"), cites, at, None)] if cites else []
        text = part(
            place, words, act(f"{place}.1", verb, words), mentions=mentions, names=[self.AGENT], preambular=preambular
        )
        found = corpus(
            resolution("A/RES/60/1", "Torture", 60, text), labels={self.AGENT: label}, letters={self.AGENT: letters}
        )
        return [(short(s.subject), short(s.predicate)) for s in mandate_statements(found)]

    @pytest.mark.parametrize(
        ("words", "verb", "cites", "statement"),
        [
            ("Decides to appoint a Special Rapporteur on torture", "decide", None, ("A/RES/60/1", "rg:createsMandate")),
            (
                "Recalling resolution 16/2, by which it established the Special Rapporteur on torture",
                "recall", "16/2", ("A/HRC/RES/16/2", "rg:createsMandate"),
            ),
            (
                "Decides to extend the mandate of the Special Rapporteur on torture for three years",
                "decide", None, ("A/RES/60/1", "rg:extendsMandate"),
            ),
            (
                "Recalls the decision, in resolution 16/2, to extend the mandate of the Special Rapporteur on torture",
                "recall", "16/2", ("A/HRC/RES/16/2", "rg:extendsMandate"),
            ),
            (
                "Decides to rename the office as Special Rapporteur on torture",
                "decide", None, ("A/RES/60/1", "rg:renamesMandate"),
            ),
            (
                "Welcomes the work of the Special Rapporteur on torture",
                "welcome", None, ("A/RES/60/1", "rg:welcomesMandate"),
            ),
        ],
    )  # fmt: skip
    def test_what_a_resolution_does_to_a_mandate(self, words, verb, cites, statement):
        assert self.statements(words, verb, cites=cites) == [statement]

    @pytest.mark.parametrize(
        "words",
        [
            "Decides to extend the mandate of UNMISS until 15 March 2021",
            "Decides to extend until 15 March 2021 UNMISS’s mandate as set out in resolution 1996 (2011)",
            "Decides to renew, for one year, the mandate of the United Nations Mission in the South of Sudan (UNMISS)",
        ],
    )
    def test_a_mission_goes_by_its_letters(self, words):
        label = "United Nations Mission in South Sudan"
        assert self.statements(words, "decide", label=label, letters="unmiss") == [("A/RES/60/1", "rg:extendsMandate")]

    def test_a_mandate_renewed_under_another_name(self):
        words = (
            "Decides to renew the mandate of the Special Rapporteur as Special Rapporteur on torture for three years"
        )
        assert self.statements(words, "decide") == [
            ("A/RES/60/1", "rg:extendsMandate"),
            ("A/RES/60/1", "rg:renamesMandate"),
        ]

    @pytest.mark.parametrize(
        ("words", "verb", "label"),
        [
            ("Decides to extend UNMISS’s mandate modification set forth in resolution 2024", "decide", "A Mission"),
            ("Decides to appoint a Prosecutor of the Mechanism", "decide", "Prosecutor of the Mechanism"),
            ("Decides to extend the mandate of the Panel of Experts", "decide", "Panel of Experts"),
            ("Urges States to receive the Special Rapporteur on torture", "urge", "Special Rapporteur on torture"),
            ("Welcomes the cooperation, in this regard, with the Special Rapporteur on torture", "welcome",
             "Special Rapporteur on torture"),
            ("Welcomes the work of the Third Committee", "welcome", "Third Committee"),
        ],
    )  # fmt: skip
    def test_what_does_nothing_to_it(self, words, verb, label):
        assert self.statements(words, verb, label=label) == []


def test_a_statement_of_two_passages_stands_once_with_all_its_evidence():
    one = Statement(subject=SG, predicate=RG.revises, object=UNGA, rule="first", evidence=(SG,))
    (both,) = merged([one, replace(one, rule="second", evidence=(UNGA,))])
    assert (both.rule, both.evidence) == ("first", (SG, SG, UNGA))


def test_words_that_tell_what_a_text_is_about():
    assert subject_words("submit an updated report on the status of the Convention at its fifty-fifth session") == {
        "statu",
        "convention",
    }
    assert plain("“Seas”,  and\nOceans") == "seas and oceans"


def test_a_derivation_is_named_after_its_statement():
    one = IRIS.derivation(node("A/RES/55/88"), RG.previousInSeries, node("A/RES/54/158"))
    assert re.fullmatch(r"A/RES/55/88#previousInSeries\.[0-9a-f]{12}", short(one))
    other = Iris("https://example.org/").derivation(
        NamedNode("https://example.org/A/RES/55/88"), RG.previousInSeries, NamedNode("https://example.org/A/RES/54/158")
    )
    assert other.value.rpartition("/")[2] == one.value.rpartition("/")[2]


def test_what_was_derived_is_not_read_again(seeds_graph):
    store = Store()
    store.bulk_extend(seeds_graph)
    before = read_corpus(store, IRIS)
    store.bulk_extend([Quad(node("A/RES/1/1"), RG.hasParagraph, node("A/RES/1/1#op1"), IRIS.derived_graph)])
    assert len(read_corpus(store, IRIS).resolutions) == len(before.resolutions) == 5
