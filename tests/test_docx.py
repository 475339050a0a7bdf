"""Word documents: the words with what Word prints by itself, nothing deleted or hidden, and no trust in sizes."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from making import W, canary, docx, part, with_size, zipped
from resgraph.errors import InputError
from resgraph.model import Source
from resgraph.pipeline import Document, document_of
from resgraph.readers import read_all
from resgraph.readers.docx import read_docx

if TYPE_CHECKING:
    from collections.abc import Iterable

CORPUS = Path(os.environ.get("RESGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus")) / "docx"
NEEDS_CORPUS = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"there is no corpus at {CORPUS}")


def read(data: bytes) -> list[str]:
    return read_docx(data, Source("d.docx", "0", "docx", "", "in/d.docx")).text.splitlines()


def lines(body: str = "", **parts: str) -> list[str]:
    return read(docx(body, **parts))


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.where == "in/d.docx"
    assert caught.value.todo
    return caught.value.what


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def superior(text: str) -> str:
    return r(text, '<w:vertAlign w:val="superscript"/>')


def mark(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def note(number: int, text: str) -> str:
    return f'<w:footnote w:id="{number}">{p("<w:r><w:footnoteRef/></w:r>", r(f" {text}"))}</w:footnote>'


# ---------------------------------------------------------------- words


def test_a_paragraph_is_a_line_with_single_spaces():
    tab, hyphen = "<w:r><w:tab/></w:r>", "<w:r><w:noBreakHyphen/></w:r>"
    body = p(tab, r("1."), tab, r("Requests  the Secretary"), hyphen, r("General\u00a0to")) + p() + p(r("stop\u00ad;"))
    assert lines(body) == ["1. Requests the Secretary-General to", "stop;"]


def test_what_is_deleted_hidden_or_an_instruction_is_left_out_and_what_is_inserted_stays():
    body = p(
        r("Recalls "),
        "<w:del><w:r><w:delText>all</w:delText></w:r></w:del>",
        f"<w:ins>{r('its ')}</w:ins>",
        f"<w:moveFrom>{r('gone')}</w:moveFrom><w:moveTo>{r('resolution ')}</w:moveTo>",
        r("hidden", "<w:vanish/>"),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK x</w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        r("57/201"),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        f"<w:fldSimple>{r(' of')}</w:fldSimple><w:hyperlink>{r(' 2002')}</w:hyperlink>",
        f"<w:sdt><w:sdtContent>{r(',')}</w:sdtContent></w:sdt>",
    )
    assert lines(body) == ["Recalls its resolution 57/201 of 2002,"]


def test_a_field_that_never_ends_costs_no_other_paragraph():
    assert lines(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("x")) + p(r("Recalls"))) == ["Recalls"]


def test_a_paragraph_whose_end_was_deleted_runs_on():
    assert lines(p(r("Recalls its"), properties="<w:rPr><w:del/></w:rPr>") + p(r("resolution"))) == [
        "Recalls its resolution"
    ]


def test_headings_broken_by_hand_stay_broken_and_sentences_are_joined():
    br = "<w:r><w:br/></w:r>"
    assert lines(p(r("B"), br, r("Public information"))) == ["B", "Public information"]
    assert lines(p(r("81st plenary meeting ", ITALIC), br, r("20 December 2004"))) == [
        "81st plenary meeting",
        "20 December 2004",
    ]
    assert lines(p(r("Resolution adopted"), br, r("on 20 December"))) == ["Resolution adopted on 20 December"]
    long = "Recalls that the Committee on the Elimination of Discrimination " * 5 + "and the Committee on"
    assert lines(p(r(long), br, r("Torture"))) == [f"{long} Torture"]


def test_of_alternatives_one_is_read_and_a_text_box_has_lines_of_its_own():
    box = f"<w:txbxContent>{p(r('Distr.: General'))}</w:txbxContent>"
    choice = (
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>'
    )
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    assert lines(p(r("General "), both, r("Assembly"))) == ["General Assembly", "Distr.: General"]
    assert lines(p(f"<w:r><mc:AlternateContent>{fallback}</mc:AlternateContent></w:r>")) == ["Distr.: General"]


def test_a_row_is_a_line_unless_it_lays_out_a_page():
    def table(*cells: str) -> str:
        return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"

    assert lines(table(p(r("Staff")), p(), p(r("1 200")) + p(r("(net)")))) == ["Staff\t1 200 (net)"]
    assert lines(table("".join(p(r(word)) for word in "abcde"), p(r("z")))) == ["a", "b", "c", "d", "e", "z"]
    nested = table(table(p(r("a")), p(r("b"))), p(r("c")))
    assert lines(nested) == ["a\tb\tc"]


def test_the_strict_form_is_read_too():
    data = docx(p(r("Recalls")))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(
        W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert read(zipped(members)) == ["Recalls"]


ITALIC = "<w:i/>"


@pytest.mark.parametrize(
    ("runs", "line", "italics"),
    [
        (
            [r("Recalling", ITALIC), r(" also ", ITALIC), r("its resolution")],
            "Recalling also its resolution",
            ["Recalling also"],
        ),
        ([r("1.  "), r(" Calls", ITALIC), r(" upon ")], "1. Calls upon", ["Calls"]),
        ([r("("), r("a", ITALIC), r(")  "), r("To ask", ITALIC), r(" States")], "(a) To ask States", ["a", "To ask"]),
        ([r("Noting,", ITALIC), mark(1), r(" it", ITALIC)], "Noting,¹ it", ["Noting,", "it"]),
        ([r("Further decides t", ITALIC), r("o be")], "Further decides to be", ["Further decides"]),
        ([r("Recalls", '<w:i w:val="0"/>'), r(" ", ITALIC), r("it \ue000 \ue001")], "Recalls it", []),
        ([r("Recalls", '<w:rStyle w:val="Slanted"/>'), r(" it")], "Recalls it", ["Recalls"]),
    ],
)
def test_italics_are_spans_beside_the_text(runs: list[str], line: str, italics: list[str]):
    styles = '<w:style w:styleId="Slanted"><w:rPr><w:i/></w:rPr></w:style>'
    found = read_docx(docx(p(r("above")) + p(*runs), styles=styles), Source("d.docx", "0", "docx", "", "in/d.docx"))
    assert found.text == f"above\n{line}\n"
    assert [found.text[span.start : span.end] for span in found.italics] == italics


# ---------------------------------------------------------------- notes


def test_notes_are_counted_and_stand_at_the_end():
    body = p(r("the Covenants"), mark(7), r(" and the Convention,"), mark(3), mark(9))
    notes = note(3, "Resolution 44/25, annex.") + note(7, "Resolution 2200 A (XXI), annex.") + note(9, "Ibid.")
    assert lines(body, footnotes=notes) == [
        "the Covenants¹ and the Convention,² ³",
        "¹ Resolution 2200 A (XXI), annex.",
        "² Resolution 44/25, annex.",
        "³ Ibid.",
    ]


def test_a_note_marked_again_keeps_its_number_and_commas_between_marks_are_spaces():
    body = p(r("the Covenants"), superior("3"), superior(","), superior(" 4"), r(" and"), superior("1, 2"))
    assert lines(body) == ["the Covenants³ ⁴ and¹ ²"]


def test_superior_letters_powers_and_units_are_no_marks():
    body = p(r("the 1"), superior("st"), r(" of 10 km"), superior("2"), r(" and x"), superior("n"))
    assert lines(body) == ["the 1st of 10 km2 and xn"]
    assert lines(p(r("⁵ printed"))) == ["5 printed"]


def test_a_mark_that_was_lost_leaves_no_words():
    for lost in (superior("Error: Reference source not found"), r("Error: Reference source not found")):
        assert lines(p(r("Platform for Action"), lost, r(" and"))) == ["Platform for Action and"]


def test_deleted_marks_do_not_count_and_authors_have_marks_of_their_own():
    custom = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="5"/><w:t>*</w:t></w:r>'
    body = p(r("Title"), custom) + p(f"<w:del>{mark(1)}</w:del>", r("Recalls"), mark(2))
    notes = f'<w:footnote w:id="5">{p(r("* Reissued."))}</w:footnote>' + note(1, "No.") + note(2, "Yes.")
    assert lines(body, footnotes=notes) == ["Title*", "Recalls¹", "* Reissued.", "¹ Yes."]


def test_endnotes_are_notes():
    body = p(r("Recalls"), '<w:r><w:endnoteReference w:id="2"/></w:r>')
    assert lines(body, endnotes=f'<w:endnote w:id="2">{p(r("See A/1."))}</w:endnote>') == ["Recalls¹", "¹ See A/1."]


# ---------------------------------------------------------------- numbers

LEVELS = """<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%4"/><w:lvlRestart w:val="0"/></w:lvl>"""


def series(number: int, kind: int, levels: str = "", more: str = "") -> str:
    """A list of a kind, with the kind's levels where they are given."""
    abstract = f'<w:abstractNum w:abstractNumId="{kind}">{levels}</w:abstractNum>' if levels else ""
    return f'{abstract}<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>'


SEVENTH = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
BULLET = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>'
NUMBERING = series(1, 8, LEVELS) + series(2, 8, more=SEVENTH) + series(3, 9, BULLET)


def listed(text: str, level: int = 0, number: int = 1) -> str:
    return p(r(text), properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def labels(*paragraphs: str, styles: str = "") -> list[str]:
    return [line.split()[0] for line in lines("".join(paragraphs), numbering=NUMBERING, styles=styles)]


def test_automatic_numbers_are_written_out_and_start_again_below_a_new_one():
    body = [
        listed("Calls"),
        listed("a", 1),
        listed("b", 1),
        listed("i", 2),
        listed("ii", 2),
        listed("c", 1),
        listed("Asks"),
    ]
    assert labels(*body, listed("a", 1)) == ["1.", "(a)", "(b)", "(i)", "(ii)", "(c)", "2.", "(a)"]


def test_a_list_may_start_elsewhere_and_lists_of_one_kind_share_their_count():
    assert labels(listed("x"), listed("x", 0, 2), listed("x", 0, 2), listed("x")) == ["1.", "7.", "8.", "9."]


def test_a_level_may_never_start_again_and_name_the_levels_above():
    assert labels(listed("x"), listed("x", 3), listed("x"), listed("x", 3)) == ["1.", "1.1", "2.", "2.2"]


def test_bullets_empty_paragraphs_unknown_lists_and_no_list():
    assert labels(
        listed("x", 0, 3), listed("x"), listed(""), listed("x"), listed("none", 0, 4), listed("none", 0, 0)
    ) == [
        "•",
        "1.",
        "3.",
        "none",
        "none",
    ]


def test_a_style_numbers_its_paragraphs_and_those_of_styles_based_on_it():
    styles = (
        '<w:style w:styleId="Op"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Op2"><w:basedOn w:val="Op"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = [p(r("x"), properties=f'<w:pStyle w:val="{name}"/>') for name in ("Op", "Op2", "Loop")]
    assert labels(*body, styles=styles) == ["(a)", "(b)", "x"]


@pytest.mark.parametrize(
    ("form", "number", "label"),
    [
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 52, "zz"),
        ("decimalZero", 4, "04"),
        ("ordinal", 112, "112th"),
        ("ordinal", 23, "23rd"),
        ("none", 3, "x"),
        ("thaiLetters", 3, "3"),
    ],
)
def test_formats_of_numbers(form: str, number: int, label: str):
    level = f'<w:lvl w:ilvl="0"><w:start w:val="{number}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1"/></w:lvl>'
    numbering = series(1, 1, level)
    assert lines(listed("x"), numbering=numbering)[0].split()[0] == label


# ---------------------------------------------------------------- margins

MARGINS = '<w:headerReference w:type="{}" r:id="header1"/><w:footerReference w:type="{}" r:id="footer1"/>'
SECTION = f"<w:sectPr>{MARGINS}{{}}</w:sectPr>"


def test_the_masthead_stands_above_and_the_job_number_below():
    cells = f"<w:tc>{p(r('United Nations'))}</w:tc><w:tc>{p(r('A'), r('/RES/57/201'))}</w:tc>"
    header = (
        f"<w:tbl><w:tr>{cells}</w:tr><w:tr><w:tc>{p(r('Distr.: General')) + p(r('1 May 2003'))}</w:tc></w:tr></w:tbl>"
    )
    body = p(r("Recalls")) + SECTION.format("first", "first", "<w:titlePg/>")
    assert lines(body, header1=header, footer1=p(r("03-12345* (E)"))) == [
        "United Nations",
        "A/RES/57/201",
        "Distr.: General",
        "1 May 2003",
        "Recalls",
        "03-12345 (E)",
    ]


def test_the_header_of_a_first_page_counts_only_where_it_is_printed():
    body = p(r("Recalls")) + SECTION.format("first", "default", "")
    assert lines(body, header1=p(r("A/RES/57/201")), footer1=p(r("03-12345 (E)"))) == ["Recalls", "03-12345 (E)"]


# ---------------------------------------------------------------- hostile files


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory a process had")
def test_a_small_file_that_unpacks_to_600_mb_is_refused_at_once():
    data = docx(p(r("words")), extra={f"word/{n}.xml": b" " * 60_000_000 for n in range(10)})
    assert len(data) < 1_000_000
    program = (
        "import sys; from resgraph.readers.docx import read_docx; from resgraph.model import Source\n"
        "try: read_docx(sys.stdin.buffer.read(), Source('d', '', '', '', 'd'))\n"
        "except Exception as error: print(type(error).__name__, error.what)\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    begin = time.perf_counter()
    result = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)
    assert time.perf_counter() - begin < 5
    first, peak = result.stdout.decode().splitlines()
    assert first == "InputError unpacks to more than the 100 MB that one Word document may have"
    assert int(peak) < 100 * 1024


def test_a_member_above_its_cap_a_ratio_above_its_cap_and_too_many_members_are_refused():
    assert "a member of more than the 50 MB" in refusal(docx(f"<w:p>{' ' * 53_000_000}</w:p>"))
    assert "more than the 100 times its size" in refusal(docx(f"<w:p>{' ' * 3_000_000}</w:p>"))
    assert "holds 10,004 members, more than the 2,000" in refusal(docx(extra={f"word/{n}": "" for n in range(10_000)}))
    assert "lists more than the 2,000 members" in refusal(docx(extra={f"word/{n:0150}": "" for n in range(22_000)}))


@pytest.mark.parametrize("size", [10, 5_000_000, 0xFFFFFFFF])
def test_a_size_that_lies_is_not_believed(size: int):
    data = with_size(docx(p(r("words " * 10_000))), "word/document.xml", size)
    begin = time.perf_counter()
    what = refusal(data)
    assert "damaged Word document" in what or "more than the" in what
    assert time.perf_counter() - begin < 1


def test_an_archive_inside_is_never_opened():
    inner = zipped({"bomb": b" " * 40_000_000})
    assert read(docx(p(r("Recalls")), extra={"word/embeddings/inner.zip": inner})) == ["Recalls"]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:{port}/x.dtd">',
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x">]>',
        '<!DOCTYPE w:document [<!ENTITY a "lol"><!ENTITY x "&a;&a;&a;&a;">]>',
        '<!DOCTYPE w:document [<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/x"> %p;]>',
        "<!DOCTYPE w:document>",
        " " * 70_000 + "<!DOCTYPE w:document>",
    ],
)
def test_a_document_type_is_refused_and_nothing_is_fetched(declaration: str):
    whole = part("document", f"<w:body>{p(r('words &x;' if 'ENTITY x' in declaration else 'words'))}</w:body>")
    with canary() as (port, hits):
        head, rest = whole.split("?>", 1)
        data = docx(extra={"word/document.xml": f"{head}?>{declaration.replace('{port}', str(port))}{rest}"})
        assert "declares a document type or entities" in refusal(data)
        utf16 = f"{head.replace('UTF-8', 'UTF-16')}?>{declaration.replace('{port}', str(port))}{rest}".encode("utf-16")
        assert "declares a document type or entities" in refusal(docx(extra={"word/document.xml": utf16}))
        assert hits == []


def test_billion_laughs_are_refused_at_once():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    whole = f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><w:document xmlns:w="{W}"><w:body>&l10;</w:body></w:document>'
    begin = time.perf_counter()
    assert "declares a document type" in refusal(docx(extra={"word/document.xml": whole}))
    assert time.perf_counter() - begin < 1


def test_deep_nesting_is_refused():
    deep = "<w:sdt><w:sdtContent>" * 200 + p(r("x")) + "</w:sdtContent></w:sdt>" * 200
    assert "is no sound Word document" in refusal(docx(deep))


def test_truncated_encrypted_and_partless_files_are_refused_with_a_reason():
    whole = docx(p(r("words " * 1000)), footnotes=note(1, "x"))
    for size in range(0, len(whole), 97):
        refusal(whole[:size])
    flagged = bytearray(whole)
    at = flagged.find(b"PK\x01\x02")
    while at >= 0:
        flagged[at + 8] |= 1
        at = flagged.find(b"PK\x01\x02", at + 4)
    assert "is an encrypted Word document" in refusal(bytes(flagged))
    assert "without a text" in refusal(zipped({"[Content_Types].xml": "<Types/>"}))
    assert "holds no text" in refusal(docx(p(r(" "))))


def test_control_and_invisible_characters_do_not_reach_the_text():
    assert lines(p(r("A/RES/57/\u202e102\u200b of\u0085 2002"))) == ["A/RES/57/102 of 2002"]


PIECES = st.recursive(
    st.sampled_from(
        [
            r("Recalls"),
            superior("1"),
            superior(","),
            mark(1),
            mark(2),
            "<w:r><w:tab/><w:br/><w:cr/></w:r>",
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            '<w:r><w:sym w:char="F0B7"/><w:sym w:char="zz"/><w:sym w:char="D800"/></w:r>',
            '<w:r><w:footnoteReference w:customMarkFollows="1"/></w:r>',
            listed("x"),
            listed("x", 8),
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="-1"/><w:numId/></w:numPr><w:pStyle/></w:pPr></w:p>',
            "<w:sectPr><w:headerReference/></w:sectPr>",
        ]
    ),
    lambda inner: st.builds(
        lambda tag, children: f"<{tag}>{''.join(children)}</{tag}>",
        st.sampled_from(
            "w:p w:r w:tbl w:tr w:tc w:sdt w:sdtContent w:ins w:del w:hyperlink w:txbxContent w:drawing"
            " mc:AlternateContent mc:Choice mc:Fallback w:pPr w:rPr w:numPr w:ruby".split()
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=6), PIECES, PIECES)
def test_any_arrangement_of_parts_is_text_or_a_typed_refusal(body: list[str], notes: str, numbering: str):
    try:
        found = lines("".join(body), footnotes=note(1, "x") + notes, numbering=NUMBERING + numbering, styles=numbering)
    except InputError as error:
        found = [error.what]
    assert "".join(found).strip()


def test_a_file_with_any_bytes_changed_is_text_or_a_typed_refusal():
    whole = docx(p(r("words " * 50), mark(1)) + listed("x"), footnotes=note(1, "x"), numbering=NUMBERING)
    chance = random.Random(2017)
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(InputError):
            assert read(bytes(data))


# ---------------------------------------------------------------- documents as the United Nations issued them


@cache
def corpus() -> dict[str, Document]:
    paths = sorted(CORPUS.glob("*.DOC"))
    documents = (document_of(reading) for reading in read_all(paths))
    return {path.stem: document for path, document in zip(paths, documents, strict=True)}


def words_of(elements: Iterable[etree._Element]) -> str:
    wanted = (f"{{{W}}}t", f"{{{W}}}tab", f"{{{W}}}noBreakHyphen", f"{{{W}}}br")
    signs = {f"{{{W}}}tab": "\t", f"{{{W}}}noBreakHyphen": "-", f"{{{W}}}br": " "}
    return "".join(signs.get(e.tag, e.text or "") for element in elements for e in element.iter(*wanted))


def counted(path: Path) -> tuple[list[str], int]:
    """The numbered paragraphs of the file itself, as number and first words, and how many footnotes are marked."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    texts = (words_of([paragraph]).replace("\u00a0", " ").strip() for paragraph in root.iter(f"{{{W}}}p"))
    numbered = (text.partition("\t") for text in texts)
    found = [(head, rest.split()) for head, _, rest in numbered if head.rstrip(".").isdigit() and rest.strip()]
    return [f"{head.rstrip('.')} {' '.join(rest[:3])}" for head, rest in found], len(
        list(root.iter(f"{{{W}}}footnoteReference"))
    )


def printed_symbol(path: Path) -> str:
    """The symbol in the header of the first page."""
    with zipfile.ZipFile(path) as archive:
        roots = [etree.fromstring(archive.read(name)) for name in archive.namelist() if name.startswith("word/header")]
    return next(match[0] for root in roots if (match := re.search(r"[AE]/RES/[\d/]+", words_of([root]))))


def beginnings(document: Document) -> list[str]:
    """The same of what was read: operative paragraphs, and the paragraphs of annexes that print a number."""
    out = []
    for resolution in document.resolutions:
        out += [f"{o.number} {' '.join(o.text.split()[:3])}" for o in resolution.operative]
        for annex in resolution.annexes:
            texts = (passage.text.split() for passage in annex.paragraphs)
            out += [f"{text[0].rstrip('.')} {' '.join(text[1:4])}" for text in texts if text]
    return out


@NEEDS_CORPUS
@pytest.mark.parametrize("name", [path.stem for path in sorted(CORPUS.glob("*.DOC"))])
def test_every_document_gives_its_symbol_title_date_paragraphs_and_footnotes(name: str):
    document = corpus()[name]
    first = document.resolutions[0]
    assert first.symbol.startswith(printed_symbol(CORPUS / f"{name}.DOC"))
    assert first.masthead.title
    assert first.masthead.adopted_on
    assert document.unread == ()
    numbered, footnotes = counted(CORPUS / f"{name}.DOC")
    found = beginnings(document)
    assert [start for start in numbered if start not in found] == []
    notes = [note for resolution in document.resolutions for note in resolution.footnotes]
    assert len(notes) == footnotes
    assert not any(note.missing for note in notes)


@NEEDS_CORPUS
@pytest.mark.parametrize(
    ("name", "symbol", "adopted", "counts", "leads", "marks"),
    [
        (
            "N1739299",
            "A/RES/72/10",
            "2017-11-21",
            (11, 61, 15, 9),
            {
                1: "Pledges its continued support",
                43: "Commends the Government of Afghanistan",
                61: "Decides to include",
            },
            {43: ("9",)},
        ),
        (
            "N1821438",
            "E/RES/2018/8",
            "2018-06-12",
            (3, 5, 3, 2),
            {
                1: "Decides that at its sixty-fourth",
                4: "Requests the Commission at",
                5: "Requests the Secretary-General to",
            },
            {1: ("1", "3", "2"), 4: ()},
        ),
        (
            "N1824484",
            "E/RES/2018/20",
            "2018-07-24",
            (42, 22, 9, 0),
            {1: "Calls for the full", 4: "Demands that Israel comply", 22: "Decides to include"},
            {4: ("9",), 7: ("2",), 20: ("5", "6")},
        ),
        (
            "N1747013",
            "A/RES/72/261",
            "2017-12-24",
            (6, 214, 13, 78),
            {86: "Further decides to reduce", 87: "Recalls paragraphs II.41,", 119: "Also decides to re-establish"},
            {88: ("11",)},
        ),
    ],
)
def test_documents_read_by_hand(name: str, symbol: str, adopted: str, counts: tuple[int, ...], leads, marks):
    (resolution,) = corpus()[name].resolutions
    assert (resolution.symbol, str(resolution.masthead.adopted_on)) == (symbol, adopted)
    parts = (resolution.preamble, resolution.operative, resolution.footnotes, resolution.headings)
    assert tuple(map(len, parts)) == counts
    operative = {int(paragraph.number): paragraph for paragraph in resolution.operative}
    for number, lead in leads.items():
        assert operative[number].text.startswith(lead)
    for number, notes in marks.items():
        assert operative[number].notes == notes


@NEEDS_CORPUS
def test_two_parts_in_one_file_are_two_resolutions():
    first, second = corpus()["N1743001"].resolutions
    assert (first.symbol, second.symbol) == ("A/RES/72/90A", "A/RES/72/90B")
    assert (len(first.operative), len(second.operative), len(second.headings)) == (1, 107, 15)
    assert [point.number for point in first.operative[0].points] == list("abcdef")
    assert [point.number for point in first.operative[0].points[4].points] == ["i", "ii", "iii", "iv"]
