"""The page of the ontology, its other formats, the stubs of other vocabularies, and the table of alignments."""

from __future__ import annotations

import os
from html.parser import HTMLParser
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from rdflib import RDF, RDFS, SKOS
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, ODRL2, ORG, OWL, PROV, TIME

from resgraph.cli import main
from resgraph.data import data_folder
from resgraph.errors import InputError, UsageError
from resgraph.ontology_check.describe import all_alignments, described
from resgraph.ontology_check.files import alignments, core, kinds, local, terms, vocabularies
from resgraph.ontology_check.page import FORMATS, alignments_table, ontology_in, ontology_page
from resgraph.ontology_check.stubs import stub, write_stubs
from resgraph.queries import index

TOP = Path(__file__).parent.parent
STUBS = sorted((data_folder("ontology") / "stubs").glob("*.ttl"))
VOCABULARIES = Path(os.environ.get("RESGRAPH_VOCABULARIES", TOP.parent / "shared" / "vocabularies"))


class Page(HTMLParser):
    """The tags of a page with their attributes, and what stands in each section."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.sections: dict[str, str] = {}
        self._section: str | None = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "section":
            self._section = dict(attrs)["id"]

    def handle_endtag(self, tag):
        if tag == "section":
            self._section = None

    def handle_data(self, data):
        if self._section:
            self.sections[self._section] = self.sections.get(self._section, "") + data

    def all(self, tag: str, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for name, attrs in self.tags if name == tag and attribute in attrs]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(ontology_page())


class TestThePage:
    def test_every_term_has_its_section_definition_and_example(self, page):
        assert set(page.sections) == {local(term) for term in terms(core())}
        for term in terms(core()):
            section = page.sections[local(term)]
            assert str(core().value(term, RDFS.comment)) in section
            assert str(core().value(term, SKOS.example)) in section

    def test_a_term_has_the_questions_that_use_it_and_its_counterparts(self, page):
        assert "reports-due" in page.sections["dueSession"]
        assert "cito:cites" in page.sections["cites"]
        named = {question.name for term in described() for question in term.questions}
        assert named == {name for name, query in index().items() if "rg:" in query.text}

    def test_links_within_the_page_lead_somewhere(self, page):
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids))
        assert {href[1:] for href in page.all("a", "href") if href.startswith("#")} <= set(ids)

    def test_it_asks_for_nothing(self, page):
        assert not {tag for tag, _ in page.tags} & {"script", "img", "iframe", "object", "video", "audio"}
        assert {attrs["rel"] for tag, attrs in page.tags if tag == "link"} == {"alternate"}
        assert "default-src 'none'" in ontology_page()
        assert "url(" not in ontology_page()
        assert "@import" not in ontology_page()

    def test_it_can_be_read_aloud_and_in_the_dark(self, page):
        assert page.all("html", "lang") == ["en"]
        assert [tag for tag, _ in page.tags if tag in ("h1", "main", "header")] == ["header", "h1", "main"]
        labels = set(page.all("section", "aria-labelledby"))
        assert labels <= {attrs.get("id") for tag, attrs in page.tags if tag == "h3"}
        assert "prefers-color-scheme: dark" in ontology_page()

    def test_the_command_writes_it_with_all_that_it_links_to(self, tmp_path, page):
        result = CliRunner().invoke(main, ["ontology", "page", "--out", str(tmp_path / "new")])
        assert result.exit_code == 0, result.output
        written = {path.name for path in (tmp_path / "new").iterdir()}
        files = {
            href for href in page.all("a", "href") + page.all("link", "href") if href[0] != "#" and "//" not in href
        }
        assert files == written - {"index.html"}
        assert (tmp_path / "new" / "index.html").read_text("utf-8") == ontology_page()


class TestFormats:
    @pytest.mark.parametrize("ending", FORMATS)
    def test_all_say_the_same(self, ending):
        name = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}[ending]
        assert isomorphic(rdflib.Graph().parse(data=ontology_in(ending), format=name), core())

    @pytest.mark.parametrize("ending", ["jsonld", "rdf"])
    def test_the_bytes_are_the_same_each_time(self, ending):
        first = ontology_in(ending)
        ontology_in.cache_clear()
        assert ontology_in(ending) == first

    def test_another_is_refused(self):
        with pytest.raises(UsageError, match="use one of ttl jsonld rdf"):
            ontology_in("owl")


class TestAlignmentsAreVerified:
    """Each term that is named stands in the stub, made of the vocabulary's own file, and is known to rdflib."""

    NAMED = sorted(subject for subject in alignments().subjects(RDF.type) if kinds(alignments(), subject))
    STUBBED = rdflib.Graph()
    for path in STUBS:
        STUBBED.parse(path)

    @pytest.mark.parametrize("term", NAMED, ids=str)
    def test_a_term_stands_in_its_stub_as_the_same_kind(self, term):
        assert kinds(alignments(), term) == kinds(self.STUBBED, term)
        assert (term, RDFS.label, None) in self.STUBBED or term == DCTERMS.license

    @pytest.mark.parametrize("namespace", [PROV, ORG, SKOS, TIME, DCTERMS, ODRL2], ids=str)
    def test_rdflib_knows_it(self, namespace):
        named = [term for term in self.NAMED if str(term).startswith(str(namespace._NS))]
        assert named
        assert [term for term in named if term not in namespace] == []

    def test_every_vocabulary_has_a_stub_and_every_target_a_vocabulary(self):
        assert {path.stem for path in STUBS} == {vocabulary.prefix for vocabulary in vocabularies()}
        used = {one.vocabulary for one in all_alignments()}
        assert used | {"skos"} == {vocabulary.prefix for vocabulary in vocabularies()}

    def test_every_line_that_relates_is_in_the_table(self):
        lines = sum(1 for _, p, _ in alignments() if p in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch))
        assert lines == len(all_alignments()) > 60

    def test_the_document_has_the_table(self):
        assert alignments_table() in (TOP / "docs" / "ontology" / "alignments.md").read_text("utf-8")


class TestStubs:
    @pytest.mark.parametrize("vocabulary", vocabularies(), ids=lambda vocabulary: vocabulary.prefix)
    def test_the_stub_of_a_stub_is_that_stub(self, vocabulary):
        path = STUBS[0].parent / f"{vocabulary.prefix}.ttl"
        assert stub(vocabulary, rdflib.Graph().parse(path)) == path.read_text("utf-8")

    @pytest.mark.skipif(not VOCABULARIES.is_dir(), reason="set RESGRAPH_VOCABULARIES to a folder of them")
    def test_the_command_makes_them_from_the_published_files(self, tmp_path):
        result = CliRunner().invoke(main, ["ontology", "stubs", str(VOCABULARIES), "--out", str(tmp_path)])
        assert result.exit_code == 0, result.output
        made = sorted(path.name for path in tmp_path.iterdir())
        assert set(made) >= {"cito.ttl", "fabio.ttl", "undo.ttl"}
        for name in made:
            assert (tmp_path / name).read_bytes() == (STUBS[0].parent / name).read_bytes()

    def test_another_version_is_refused(self, tmp_path):
        (tmp_path / "prov.ttl").write_text("# another\n")
        with pytest.raises(InputError, match="it is not the file that was read for PROV-O"):
            write_stubs(tmp_path, tmp_path)

    def test_a_vocabulary_without_the_term_is_refused(self, tmp_path):
        (tmp_path / "eli.ttl").write_text(f"<urn:x> a <{OWL.Class}> .\n")
        with pytest.raises(InputError, match="has no such term; leave its alignments out"):
            write_stubs(tmp_path, tmp_path)

    def test_a_folder_without_vocabularies_is_refused(self, tmp_path):
        with pytest.raises(InputError, match="it has no file of a vocabulary"):
            write_stubs(tmp_path, tmp_path)
