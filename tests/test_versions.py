"""One resolution from two files: the better form is what the graph says, the other is linked and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

from pyoxigraph import Literal, RdfFormat, Store

from pdfs import Sheet, document
from resgraph.build import build
from resgraph.iris import Iris
from resgraph.vocab import PROV, RG

if TYPE_CHECKING:
    from pathlib import Path

    from resgraph.report import BuildReport

LINES = [
    "57/201. Words of the Assembly",
    "The General Assembly,",
    "Recalling its resolution 48/141 of 20 December 1993,",
    "1. Requests the Secretary-General to report to the Assembly;",
    "2. Decides to remain seized of the matter.",
    "77th plenary meeting, 18 December 2002",
]
NODE = Iris().document("A/RES/57/201")


def text(path: Path, lines: list[str] = LINES) -> Path:
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path


def pdf(path: Path, lines: list[str] = LINES) -> Path:
    sheet = Sheet(y=700)
    for line in lines:
        sheet.paragraph([line])
    path.write_bytes(document([sheet]))
    return path


def built(folder: Path, *sources: Path) -> tuple[BuildReport, Store]:
    report = build(sources, folder / "graph.nq", validate=True)
    store = Store()
    store.load(path=str(folder / "graph.nq"), format=RdfFormat.N_QUADS)
    return report, store


def file_names(store: Store, term: object) -> list[str]:
    names = []
    for quad in store.quads_for_pattern(NODE, term, None, NODE):
        names += [name.object.value for name in store.quads_for_pattern(quad.object, RG.fileName, None, None)]
    return sorted(names)


def test_the_better_form_wins_whatever_the_order(tmp_path: Path):
    worse, better = pdf(tmp_path / "a.pdf"), text(tmp_path / "b.txt")
    for sources in ((worse, better), (better, worse)):
        report, store = built(tmp_path, *sources)
        assert (file_names(store, PROV.wasDerivedFrom), file_names(store, RG.alternateSource)) == (["b.txt"], ["a.pdf"])
        assert [file.path for file in report.files] == [str(path) for path in sources]
        assert (report.exit_code, report.validation and report.validation.conforms) == (0, True)


def test_that_the_second_source_says_the_same_is_reported(tmp_path: Path):
    better = text(tmp_path / "b.txt")
    report, _ = built(tmp_path, pdf(tmp_path / "a.pdf"), better)
    assert report.files[0].problems == (
        f"A/RES/57/201 was read from {better} already; this file is its second source and says the same",
    )


def test_what_differs_in_the_second_source_is_reported(tmp_path: Path):
    changed = [*LINES[:2], LINES[2].replace("141", "142"), LINES[3], LINES[4].replace("seized", "informed"), LINES[5]]
    report, _ = built(tmp_path, pdf(tmp_path / "a.pdf", changed), text(tmp_path / "b.txt"))
    (remark,) = report.files[0].problems
    assert "its second source and differs from it in preambular paragraph 1 (text, citations), operative" in remark
    assert not report.files[1].problems


def test_of_two_in_one_form_the_first_stays(tmp_path: Path):
    one, other = text(tmp_path / "a.txt"), text(tmp_path / "b.txt", [*LINES, "Annex", "Words of an annex."])
    _, store = built(tmp_path, one, other)
    assert (file_names(store, PROV.wasDerivedFrom), file_names(store, RG.alternateSource)) == (["a.txt"], ["b.txt"])


def test_a_member_of_an_archive_waits_for_what_is_better(tmp_path: Path):
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(pdf(tmp_path / "inner.pdf"), "inner.pdf")
    _, store = built(tmp_path, tmp_path / "a.zip", text(tmp_path / "b.txt"))
    assert (file_names(store, PROV.wasDerivedFrom), file_names(store, RG.alternateSource)) == (["b.txt"], ["inner.pdf"])


def test_a_source_of_two_resolutions_may_be_first_for_one_and_second_for_the_other(tmp_path: Path):
    other = [line.replace("57/201", "57/202") for line in LINES]
    both = text(tmp_path / "b.txt", [*LINES, *other])
    _, store = built(tmp_path, text(tmp_path / "a.txt"), both)
    assert (file_names(store, PROV.wasDerivedFrom), file_names(store, RG.alternateSource)) == (["a.txt"], ["b.txt"])
    second = Iris().document("A/RES/57/202")
    assert len(list(store.quads_for_pattern(second, PROV.wasDerivedFrom, None, second))) == 1
    assert not list(store.quads_for_pattern(second, RG.alternateSource, None, None))


def test_a_scanned_page_is_a_problem_of_its_source_first_or_second(tmp_path: Path):
    first, scan, last = Sheet(y=700), Sheet(), Sheet(y=700)
    for sheet, line in zip((first, first, first, first, last, last), LINES, strict=True):
        sheet.paragraph([line])
    scan.picture()
    paper = tmp_path / "a.pdf"
    paper.write_bytes(document([first, scan, last]))
    for sources in ((paper,), (paper, text(tmp_path / "b.txt"))):
        report, store = built(tmp_path, *sources)
        assert "page 2 of 3 is a picture without text" in "\n".join(report.files[0].problems)
        assert (report.exit_code, report.validation and report.validation.conforms) == (0, True)
        (name,) = store.quads_for_pattern(None, RG.fileName, Literal("a.pdf"), None)
        (found,) = store.quads_for_pattern(name.subject, RG.hasProblem, None, None)
        (kind,) = store.quads_for_pattern(found.object, RG.problemKind, None, None)
        assert kind.object.value == "scanned-page"
