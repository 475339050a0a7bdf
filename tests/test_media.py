"""A file is what it holds, whatever it is called; formats come in as files, in archives and on standard input."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner
from lxml import etree
from pyoxigraph import RdfFormat, parse

from making import docx, zipped
from resgraph.build import build
from resgraph.cli import main
from resgraph.cli.build import READABLE
from resgraph.errors import InputError
from resgraph.export import FORMATS
from resgraph.readers import doc, read_all, read_source
from resgraph.readers.media import AKN, BY_NAME, DOC, DOCX, HTML, PDF, TEXT, ZIP, Media, media_type

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))
CORPUS = Path(os.environ.get("RESGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus")) / "docx"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE = {"[Content_Types].xml": "<Types/>"}


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"", TEXT),
        (b"The General Assembly,", TEXT),
        (b"<!-- page 1 -->\nThe General Assembly,", TEXT),
        (b"<<ODS JOB NO>>N0255021E<<ODS JOB NO>>", TEXT),
        (b"< 5 per cent", TEXT),
        (b"%PDF-1.7\n", PDF),
        (b"\n\n%PDF-1.4", PDF),
        (docx(), DOCX),
        (docx()[:400], DOCX),
        (zipped({"a.txt": "words"}), ZIP),
        (zipped({}), ZIP),
        (zipped({"inner.docx": docx()}), ZIP),
        (OLE + "WordDocument".encode("utf-16-le"), DOC),
        (b"<!DOCTYPE html><html>", HTML),
        (b"\xef\xbb\xbf <!-- x --> <HTML lang=en>", HTML),
        ("\ufeff<html>".encode("utf-16-le"), HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html xmlns='x'>", HTML),
        (b"<div class=x>words", HTML),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<akomaNtoso xmlns='x'>", AKN),
        (b"<an:akomaNtoso xmlns:an='x'>", AKN),
        ("<?xml version='1.0' encoding='UTF-16'?><akomaNtoso>".encode("utf-16"), AKN),
        (b"<?xml version='1.0'?><!DOCTYPE akomaNtoso [<!ENTITY x 'y'>]><akomaNtoso>", AKN),
    ],
)
def test_a_format_is_known_by_content(data: bytes, media: Media):
    assert media_type(data) is media


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (zipped({**OFFICE, "xl/workbook.xml": ""}), "a spreadsheet"),
        (zipped({**OFFICE, "ppt/presentation.xml": ""}), "a slide show"),
        (
            zipped({"mimetype": ""}).replace(b"mimetype", b"mimetypeapplication/vnd.oasis.opendocument.text"),
            "an OpenDocument",
        ),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "an encrypted document"),
        (OLE + "Workbook".encode("utf-16-le"), "a spreadsheet"),
        (b"<?xml version='1.0'?><rdf:RDF>", "an XML document"),
        (b"{\\rtf1", "a Rich Text"),
        (b"\xffWPC", "a WordPerfect"),
        (b"\x1f\x8b", "a gzip"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip"),
        (b"\x89PNG", "a picture"),
    ],
)
def test_what_is_not_read_is_named_with_a_remedy(tmp_path: Path, data: bytes, label: str):
    (tmp_path / "d").write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_source(tmp_path / "d")
    assert str(caught.value).startswith(f"{tmp_path / 'd'}: is {label}")
    assert "which resgraph does not read" in caught.value.what
    assert caught.value.todo


def test_a_name_tells_nothing(tmp_path: Path):
    (tmp_path / "page.DOC").write_text("<html><p>words</p>")
    (tmp_path / "word.html").write_bytes(docx("<w:p><w:r><w:t>words</w:t></w:r></w:p>"))
    shutil.copy(SEED, tmp_path / "text.pdf")
    kinds = [read_source(tmp_path / name).media_type for name in ("page.DOC", "word.html", "text.pdf")]
    assert kinds == ["text/html", DOCX.media_type, "text/plain"]


def test_any_damage_to_any_kind_of_file_is_a_typed_refusal_or_read(tmp_path: Path):
    chance = random.Random(3)
    wholes = {
        "docx": docx("<w:p><w:r><w:t>words</w:t></w:r></w:p>"),
        "html": b"<html><p>words</p></html>",
        "zip": zipped({"a.txt": SEED.read_bytes()}),
        "doc": OLE + bytes(chance.randbytes(3000)),
        "text": SEED.read_bytes(),
    }
    for kind, whole in wholes.items():
        for n in range(4 if kind == "doc" else 12):
            cut = whole[: chance.randrange(len(whole))] if n % 2 else bytearray(whole)
            for _ in range(0 if n % 2 else 5):
                cut[chance.randrange(len(cut))] = chance.randrange(256)
            (tmp_path / f"{kind}-{n}").write_bytes(cut)
        (tmp_path / f"{kind}-noise").write_bytes(whole[:8] + chance.randbytes(4000))
    for reading in read_all(sorted(tmp_path.iterdir())):
        assert reading.where.startswith(str(tmp_path))
        with suppress(InputError):
            assert reading.value()


# ---------------------------------------------------------------- characters


def test_no_character_of_a_document_breaks_an_iri_or_an_export(tmp_path: Path):
    text = SEED.read_text(encoding="utf-8").replace("migrant workers", "mig\u202erant wor\u200bkers\ufffe", 3)
    text = text.replace("57/201", "57/2\u202e01", 1)
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines())
    page = "<html>" + "".join(f"<p>{escape(line)}\x00&#0;\x07</p>" for line in text.splitlines())
    made = {"a.txt": text.encode(), "b.docx": docx(body.replace("\ufffe", "")), "c.html": page.encode()}
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
        for format_name in FORMATS:
            out = tmp_path / f"graph.{format_name}"
            assert build([tmp_path / name], out, validate=False).written
            written = out.read_text(encoding="utf-8")
            assert not set(written) & set("\x00\x07\u202e\u200b\ufffe")
            if format_name == "rdf":
                etree.fromstring(out.read_bytes())
            kinds = {
                "nq": RdfFormat.N_QUADS,
                "ttl": RdfFormat.TURTLE,
                "rdf": RdfFormat.RDF_XML,
                "nt": RdfFormat.N_TRIPLES,
            }
            kinds |= {"trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
            assert list(parse(out.read_bytes(), kinds[format_name]))


# ---------------------------------------------------------------- standard input


def run(arguments: list[str], data: bytes):
    return CliRunner().invoke(main, ["build", *arguments, "--no-validate", "--quiet"], input=data)


def test_standard_input_is_read_as_what_it_is_or_as_what_one_says(tmp_path: Path):
    words = [f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in SEED.read_text().splitlines()]
    for arguments, data in (
        (["-"], SEED.read_bytes()),
        (["-", "--from", "text"], SEED.read_bytes()),
        (["-", "--from", "docx"], docx("".join(words))),
        (["-", "--from", "zip"], zipped({"a.txt": SEED.read_bytes()})),
    ):
        out = tmp_path / "graph.nq"
        out.unlink(missing_ok=True)
        result = run([*arguments, "--out", str(out)], data)
        assert (result.exit_code, result.output) == (0, "")
        assert "A/RES/" in out.read_text()


def test_what_is_not_what_one_says_is_refused(tmp_path: Path):
    for form in ("docx", "zip", "html"):
        result = run(["-", "--from", form, "--out", str(tmp_path / "graph.nq")], b"")
        assert result.exit_code == 3
        assert "-: " in result.output
    result = run(["-", "--from", "docx", "--out", str(tmp_path / "graph.nq")], SEED.read_bytes())
    assert "-: is a damaged Word document" in result.output
    assert not (tmp_path / "graph.nq").exists()


def test_standard_input_has_the_cap_of_a_document(tmp_path: Path):
    result = run(["-", "--out", str(tmp_path / "graph.nq")], b"x" * (20 * 1024 * 1024 + 1))
    assert result.exit_code == 3
    assert "more than the 20,971,520 that one document may hold" in result.output


def test_the_command_offers_what_is_read():
    assert set(READABLE) == set(BY_NAME)


# ---------------------------------------------------------------- old Word documents


def old(folder: Path, data: bytes = OLE + "WordDocument".encode("utf-16-le")) -> Path:
    path = folder / "old.doc"
    path.write_bytes(data)
    return path


def test_without_libreoffice_the_message_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        InputError, match="read through LibreOffice, and that is not installed here; install LibreOffice"
    ):
        read_source(old(tmp_path))


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Puts a program of that name at the head of the path."""
    (folder / "bin").mkdir()
    script = folder / "bin" / "soffice"
    script.write_text(
        f"#!{sys.executable}\nimport os, sys, time\nout = sys.argv[sys.argv.index('--outdir') + 1]\n{words}\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder / "bin"))


@pytest.mark.skipif(os.name != "posix", reason="needs a program in a script")
def test_a_libreoffice_that_hangs_or_fails_costs_the_document_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    program(tmp_path, monkeypatch, "time.sleep(60)")
    monkeypatch.setattr(doc, "WALL", 0.5)
    with pytest.raises(InputError, match=r"is over the cap on time: LibreOffice had not read it within 0\.5 s"):
        read_source(old(tmp_path))
    (tmp_path / "bin" / "soffice").write_text(f"#!{sys.executable}\nraise SystemExit(1)\n")
    monkeypatch.setattr(doc, "WALL", 20)
    with pytest.raises(InputError, match="is an old Word document that LibreOffice cannot read"):
        read_source(old(tmp_path))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"there is no corpus at {CORPUS}")
def test_an_old_word_document_is_read_as_its_new_form_is(tmp_path: Path):
    shutil.copy(CORPUS / "N1741663.DOC", tmp_path / "new.docx")
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
    ]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "new.docx"], check=True, capture_output=True)
    assert (tmp_path / "new.doc").read_bytes().startswith(OLE)
    found, wanted = read_source(tmp_path / "new.doc"), read_source(tmp_path / "new.docx")
    assert found.media_type == "application/msword"
    assert found.text == wanted.text


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_old_word_document_of_noise_is_refused(tmp_path: Path):
    data = OLE + "WordDocument".encode("utf-16-le") + random.Random(5).randbytes(20_000)
    with pytest.raises(InputError, match="LibreOffice cannot read"):
        read_source(old(tmp_path, data))
