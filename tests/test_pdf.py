"""PDF documents: the words in reading order, one paragraph a line, notes at the end; and what a bad one may cost."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from pdfs import Sheet, assembled, document
from resgraph.errors import InputError
from resgraph.model import Source
from resgraph.readers import ocr, read_source
from resgraph.readers.ocr import NO_TEXT_LAYER
from resgraph.readers.pdf import document as opening
from resgraph.readers.pdf import pages, read_pdf
from resgraph.segment import segment

if TYPE_CHECKING:
    from pathlib import Path


def text_of(data: bytes) -> str:
    return read_pdf(data, Source("x.pdf", sha256(data).hexdigest(), "application/pdf", "", "in/x.pdf")).text


def lines_of(*sheets: Sheet) -> list[str]:
    return text_of(document(list(sheets))).split("\n")


def assembly() -> list[Sheet]:
    """Two pages as the General Assembly's are set since the 1990s, with heads and feet that change sides."""
    cover = Sheet()
    cover.put(123, 734, "United Nations", 14, "bold")
    cover.put(493, 735, "A", 20)
    cover.put(508, 735, "/RES/57/201", 10)
    cover.put(123, 706, "General Assembly", 20, "bold")
    cover.put(397, 705, "Distr.: General")
    cover.put(397, 693, "21 January 2003")
    cover.put(65, 44, "02-55012 (E) 230103")
    cover.put(65, 30, "*0255012*", 12)
    cover.lines(60, 570, ["Fifty-seventh session", "Agenda item 109 (a)"])
    cover.lines(123, 510, ["Resolution adopted by the General Assembly", "on 18 December 2002"], 14, 15)
    cover.put(123, 470, "[on the report of the Third Committee (A/57/556/Add.1)]")
    cover.put(72, 445, "57/201. Effective implementation of inter-", 12, "bold")
    cover.put(123, 431.5, "national instruments on human rights", 12, "bold")
    cover.put(147, 410, "The General Assembly,", font="italic")
    cover.marked(147, 392, "Recalling its resolution 217 A (III)", "1", "of 10 December 1948 and the", 305)
    cover.put(123, 380, "international instruments on human rights,")
    cover.paragraph(["Noting the report of the Secretary-General, and bearing in mind"])
    cover.put(99, 91, "__________________", 8)
    cover.note(77, "1", "See resolution 217 A (III), which is known as the Universal Declaration of")
    second = Sheet()
    second.put(60, 733, "A/RES/57/201", 8.5)
    second.put(309, 743, "Effective implementation of international", 8.5)
    second.put(309, 733, "instruments on human rights", 8.5)
    second.put(60, 37, "2/2", 8.5)
    second.put(524, 37, "02-55012", 7)
    second.lines(123, 710, ["also the work of the treaty bodies,"])
    second.paragraph(["1.  Takes note of the report of the Secretary-General;"])
    second.paragraph(["2.  Requests States:"])
    second.paragraph(["(a)  To submit their reports in time;"])
    second.paragraph(["(b)  To nominate experts of high standing, and to keep", "to what they promised."])
    second.put(397, second.y - 24, "77th plenary meeting")
    second.put(405, second.y - 12, "18 December 2002")
    second.put(99, 91, "__________________", 8)
    second.put(123, 77, "Human Rights.", 8.5)
    return [cover, second]


def test_a_document_of_the_assembly_becomes_one_paragraph_a_line():
    assert lines_of(*assembly()) == [
        "02-55012 (E)",
        "United Nations A/RES/57/201",
        "General Assembly Distr.: General",
        "21 January 2003",
        "Fifty-seventh session",
        "Agenda item 109 (a)",
        "Resolution adopted by the General Assembly on 18 December 2002",
        "[on the report of the Third Committee (A/57/556/Add.1)]",
        "57/201. Effective implementation of international instruments on human rights",
        "The General Assembly,",
        "Recalling its resolution 217 A (III)¹ of 10 December 1948 and the international instruments on human rights,",
        "Noting the report of the Secretary-General, and bearing in mind also the work of the treaty bodies,",
        "1. Takes note of the report of the Secretary-General;",
        "2. Requests States:",
        "(a) To submit their reports in time;",
        "(b) To nominate experts of high standing, and to keep to what they promised.",
        "77th plenary meeting",
        "18 December 2002",
        "¹ See resolution 217 A (III), which is known as the Universal Declaration of Human Rights.",
    ]


def test_the_segmenter_reads_it_whole():
    data = document(assembly())
    found = segment(read_pdf(data, Source("x.pdf", sha256(data).hexdigest(), "application/pdf", "", "x.pdf")))
    (resolution,) = found.resolutions
    masthead = resolution.masthead
    assert (masthead.symbol, masthead.meeting, masthead.job_numbers) == ("A/RES/57/201", 77, ("02-55012",))
    assert (len(resolution.preamble), len(resolution.operative)) == (2, 2)
    assert [point.label for point in resolution.operative[1].points] == ["a", "b"]
    assert [mark.marker for mark in resolution.preamble[0].passage.marks] == ["1"]
    assert (found.unread, found.problems, resolution.problems) == ((), (), ())


def test_a_document_of_the_human_rights_council_on_a4():
    cover = Sheet(595, 842)
    cover.put(56.7, 780, "United Nations", 14)
    cover.put(440, 780, "A", 20)
    cover.put(455, 780, "/HRC/RES/50/1")
    cover.put(142, 740, "General Assembly", 20, "bold")
    cover.lines(400, 742, ["Distr.: General", "13 July 2022", "", "Original: English"][:2])
    cover.put(400, 706, "Original: English")
    cover.put(56.7, 680, "Human Rights Council", 12, "bold")
    cover.lines(56.7, 666, ["Fiftieth session", "13 June–8 July 2022", "Agenda item 3"])
    cover.put(113, 600, "Resolution adopted by the Human Rights Council", 14, "bold")
    cover.put(113, 585, "on 7 July 2022", 14, "bold")
    cover.put(76, 560, "50/1.", 12, "bold")
    cover.put(113, 560, "Elimination of female genital mutilation", 12, "bold")
    cover.put(136, 540, "The Human Rights Council,", font="italic")
    cover.paragraph(["Guided by the Charter of the United Nations,"], indent=136)
    cover.paragraph(["1.  Calls upon States to act;"], indent=136)
    cover.put(56.7, 60, "GE.22-11111(E)")
    cover.put(56.7, 45, "*2211111*", 12)
    cover.put(400, 45, "Please recycle", 8)
    second = Sheet(595, 842)
    second.put(56.7, 800, "A/HRC/RES/50/1", 9, "bold")
    second.y = 778
    second.paragraph(["2.  Decides to remain seized of the matter."], indent=136)
    second.put(400, second.y - 24, "39th meeting", font="italic")
    second.put(408, second.y - 12, "7 July 2022", font="italic")
    second.put(136, second.y - 18, "[Adopted without a vote.]")
    second.put(56.7, 40, "2", 9, "bold")
    assert lines_of(cover, second) == [
        "GE.22-11111(E)",
        "United Nations A/HRC/RES/50/1",
        "General Assembly Distr.: General",
        "13 July 2022",
        "Original: English",
        "Human Rights Council",
        "Fiftieth session",
        "13 June–8 July 2022",
        "Agenda item 3",
        "Resolution adopted by the Human Rights Council on 7 July 2022",
        "50/1. Elimination of female genital mutilation",
        "The Human Rights Council,",
        "Guided by the Charter of the United Nations,",
        "1. Calls upon States to act;",
        "2. Decides to remain seized of the matter.",
        "39th meeting",
        "7 July 2022",
        "[Adopted without a vote.]",
    ]


def test_a_document_of_the_security_council():
    sheet = Sheet()
    sheet.put(123, 734, "United Nations", 14)
    sheet.put(480, 735, "S", 20)
    sheet.put(492, 735, "/RES/2664 (2022)")
    sheet.put(123, 706, "Security Council", 20, "bold")
    sheet.lines(397, 705, ["Distr.: General", "9 December 2022"])
    sheet.put(123, 600, "Resolution 2664 (2022)", 14, "bold")
    sheet.put(123, 576, "Adopted by the Security Council at its 9214th meeting, on", 12, "bold")
    sheet.put(123, 562, "9 December 2022", 12, "bold")
    sheet.put(147, 538, "The Security Council,", font="italic")
    sheet.paragraph(["Recalling its previous resolutions,"])
    sheet.paragraph(["1.  Decides to remain seized of the matter."])
    sheet.put(65, 44, "22-28068 (E)")
    lines = lines_of(sheet)
    assert lines[:4] == [
        "22-28068 (E)",
        "United Nations S/RES/2664 (2022)",
        "Security Council Distr.: General",
        "9 December 2022",
    ]
    assert lines[4:6] == [
        "Resolution 2664 (2022)",
        "Adopted by the Security Council at its 9214th meeting, on 9 December 2022",
    ]


def body(*paragraphs: list[str]) -> Sheet:
    sheet = Sheet(y=700)
    for paragraph in paragraphs:
        sheet.paragraph(paragraph)
    return sheet


def test_a_hyphen_at_a_line_end_is_read_as_the_document_has_the_word_elsewhere():
    sheet = body(
        ["Stressing inter-governmental and intergovernmental work, policymaking and decision-making,"],
        [
            "Reaffirming that the follow-up is a matter of policy-",
            "making, of decision-",
            "making and of cost-",
            "sharing,",
        ],
    )
    assert (
        lines_of(sheet)[1]
        == "Reaffirming that the follow-up is a matter of policymaking, of decision-making and of cost-sharing,"
    )


def test_volumes_break_words_and_word_processors_do_not():
    broken = body(
        [
            "Noting the government of the territory and the govern-",
            "ment of the coun-",
            "try, as well as its terri-",
            "tory,",
        ]
    )
    assert lines_of(broken) == [
        "Noting the government of the territory and the government of the country, as well as its territory,"
    ]


def test_both_halves_of_a_suspended_compound_stay():
    assert lines_of(body(["Noting the short-", "and long-term effects, and resolution A/RES/S-", "24/2,"])) == [
        "Noting the short- and long-term effects, and resolution A/RES/S-24/2,"
    ]


def test_marks_are_told_from_figures_by_size_and_place():
    sheet = body(["Noting the words of the resolution, in full,"])
    sheet.put(147, 640, "Noting the emission of CO")
    sheet.put(255, 638.5, "2", 6.5)
    sheet.put(270, 640, "over 20 km")
    sheet.put(316, 643.5, "2", 6.5)
    sheet.put(325, 640, "and the Convention,")
    sheet.put(410, 643.5, "12", 6.5)
    sheet.put(420, 640, "in 2030,")
    assert lines_of(sheet)[1] == "Noting the emission of CO2 over 20 km2 and the Convention,¹² in 2030,"


def test_notes_stand_under_a_drawn_rule_too_and_run_on_over_a_page():
    first = body(["Recalling the Convention,"])
    first.put(237, first.y + 3.5, "1", 6.5)
    first.draw_rule(90)
    first.note(77, "1", "United Nations, Treaty Series, vol. 1577,")
    second = body(["Noting the words of the parties to it, with the words that were said,"])
    second.draw_rule(90)
    second.put(123, 77, "No. 27531.", 8.5)
    second.note(66, "2", "Resolution 2200 A (XXI), annex.")
    assert lines_of(first, second)[-2:] == [
        "¹ United Nations, Treaty Series, vol. 1577, No. 27531.",
        "² Resolution 2200 A (XXI), annex.",
    ]


def test_columns_are_read_one_after_the_other():
    sheet = Sheet(y=700)
    for x, words in ((60, "left"), (320, "right")):
        sheet.lines(x, 700, [f"Noting the {words} column, which has a first line", "and a second line,"])
        sheet.lines(x, 670, [f"Noting also the {words} column,"])
    assert lines_of(sheet) == [
        "Noting the left column, which has a first line and a second line,",
        "Noting also the left column,",
        "Noting the right column, which has a first line and a second line,",
        "Noting also the right column,",
    ]


def test_running_heads_that_recur_are_no_words():
    sheets = []
    for n in (1, 2, 3):
        sheet = body([f"Noting part {'abc'[n - 1]} of the words, which is a sentence of its own, to its end;"])
        sheet.put(123, 760, f"{n} General Assembly - Fifty-seventh Session" if n % 2 else f"Third Committee {n}", 8)
        sheets.append(sheet)
    sheets.append(body(["Noting the last of the words."]))
    sheets[-1].put(123, 760, "Third Committee 4", 8)
    assert all("Committee" not in line and "Session" not in line for line in lines_of(*sheets))


# ---------------------------------------------------------------- what cannot be read


def refusal(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        text_of(data)
    assert str(caught.value).startswith("in/x.pdf")
    return caught.value


def test_a_scan_is_refused_with_the_remedy():
    sheet = Sheet()
    sheet.picture()
    error = refusal(document([sheet, sheet]))
    assert error.what == NO_TEXT_LAYER
    assert "ocrmypdf" in error.todo


def test_a_scan_under_page_numbers_is_a_scan():
    sheet = Sheet()
    sheet.picture()
    sheet.put(300, 30, "12")
    assert refusal(document([sheet])).what == NO_TEXT_LAYER


def test_a_scan_among_pages_of_text_is_told_and_the_rest_is_read():
    scan, blank, words = Sheet(), Sheet(), body(["1.  Takes note of the words of a page;"])
    scan.picture()
    scan.put(300, 30, "3")
    data = document([words, blank, scan, body(["2.  Decides to read the last of the words."])])
    source = read_pdf(data, Source("x.pdf", sha256(data).hexdigest(), "application/pdf", "", "in/x.pdf"))
    lines = ["1. Takes note of the words of a page;", "2. Decides to read the last of the words."]
    assert source.text.split("\n") == lines
    assert [problem.kind for problem in source.problems] == ["scanned-page"]
    assert "page 3 of 4 " in source.problems[0].message


def test_a_small_picture_makes_no_scan():
    stamped = Sheet()
    stamped.parts.append(b"q 60 0 0 60 400 60 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q")
    data = document([body(["Noting the words of a page,"]), stamped, body(["Recalling the last of the words,"])])
    assert read_pdf(data, Source("x.pdf", sha256(data).hexdigest(), "application/pdf", "", "x.pdf")).problems == ()


def test_a_blank_page_is_none():
    assert lines_of(body(["Noting the words of a page,"]), Sheet()) == ["Noting the words of a page,"]


def test_an_encrypted_document_is_refused():
    data = document(
        [body(["Noting the words,"])],
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%b> /U <%b> >> /ID [<00> <00>]"
        % (b"41" * 32, b"42" * 32),
    )
    error = refusal(data)
    assert (error.what, error.todo) == ("is an encrypted PDF document", "remove its password and give it again")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_document_that_is_cut_off_is_refused(share: float):
    data = document(assembly())
    assert refusal(data[: int(share * len(data))]).what == "is a PDF document whose end is missing"


def test_a_document_for_the_web_that_is_cut_off_is_refused():
    data = document([body(["Noting the words,"])]).replace(
        b"%PDF-1.4\n", b"%PDF-1.4\n% << /Linearized 1 /L 999999 >>\n"
    )
    assert refusal(data).what == "is a PDF document whose end is missing"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n" + b"\x00\xff" * 5000 + b"%%EOF"])
def test_rubbish_is_refused(data: bytes):
    refusal(data)


def test_random_bytes_in_a_document_cost_no_more_than_an_error():
    whole = document(assembly())
    for seed in range(40):
        noise = zlib.crc32(seed.to_bytes(4, "big"))
        at = 20 + noise % (len(whole) - 200)
        data = whole[:at] + noise.to_bytes(4, "big") * 3 + whole[at + 12 :]
        with suppress(InputError):
            text_of(data)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(opening, "MAX_PAGES", 3)
    sheets = [body(["Noting the words of this page,"])] * 4
    assert "has 4 pages, more than the 3" in refusal(document(sheets)).what


def test_too_many_characters_on_a_page_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pages, "MAX_CHARACTERS", 20)
    error = refusal(document([body(["Noting the words of this page,"])]))
    assert (error.where, "more than the 20" in error.what) == ("in/x.pdf, page 1", True)


def bomb(operators: int) -> bytes:
    """Millions of text operators, in a few hundred thousand bytes."""
    content = zlib.compress(b"BT /roman 1 Tf 1 0 0 1 9 9 Tm " + b"(xxxx) Tj " * operators + b"ET", 9)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
    frame = b"/MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /roman %b >> >>" % font
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R %b >>" % frame,
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        ]
    )


@pytest.mark.skipif(os.name != "posix", reason="this system cannot cap memory")
def test_a_small_document_that_needs_gigabytes_costs_itself_alone(tmp_path: Path):
    data = bomb(6_000_000)
    assert len(data) < 500_000
    (tmp_path / "bomb.pdf").write_bytes(data)
    (tmp_path / "good.pdf").write_bytes(document(assembly()))
    with pytest.raises(InputError, match=r"bomb\.pdf.*is over the cap on (memory|processor time|time)"):
        read_source(tmp_path / "bomb.pdf")
    found = read_source(tmp_path / "good.pdf")
    assert isinstance(found, Source)
    assert found.text.startswith("02-55012 (E)\n")


def test_what_is_read_in_its_own_process_is_what_is_read_here(tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_bytes(document(assembly()))
    found = read_source(path)
    assert isinstance(found, Source)
    assert found.text == text_of(path.read_bytes())
    assert (found.name, found.media_type, found.path) == ("a.pdf", "application/pdf", str(path))


# ---------------------------------------------------------------- recognition of text in scans


def program(folder: Path, name: str, lines: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    found = {name: str(path)}
    monkeypatch.setattr(ocr.shutil, "which", found.get)


def scan(folder: Path) -> Path:
    sheet = Sheet()
    sheet.picture()
    path = folder / "scan.pdf"
    path.write_bytes(document([sheet, sheet]))
    return path


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ocrmypdf", 'for last; do :; done; cp "$(dirname "$0")/read.pdf" "$last"'),
        (
            "tesseract",
            (
                'test "$(wc -l < "$1")" = 2 && head -c 2 "$(head -n 1 "$1")" | grep -q P5'
                ' && cp "$(dirname "$0")/read.pdf" "$2.pdf"'
            ),
        ),
    ],
)
def test_a_scan_is_read_where_a_program_recognises_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, lines: str
):
    path = scan(tmp_path)
    (tmp_path / "read.pdf").write_bytes(document(assembly()))
    program(tmp_path, name, lines, monkeypatch)
    found = read_source(path)
    assert isinstance(found, Source)
    assert found.text.startswith("02-55012 (E)\nUnited Nations A/RES/57/201")
    assert found.sha256 == sha256(path.read_bytes()).hexdigest()


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_a_program_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = scan(tmp_path)
    program(tmp_path, "ocrmypdf", "echo no such language >&2; exit 3", monkeypatch)
    with pytest.raises(InputError, match=r"cannot be read by ocrmypdf .*no such language"):
        read_source(path)


def test_without_a_program_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)
    with pytest.raises(InputError, match=NO_TEXT_LAYER):
        read_source(scan(tmp_path))
