"""Files become sources: certain encodings are read, everything else is refused with a reason and a remedy."""

from __future__ import annotations

import hashlib
import os
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resgraph.errors import InputError
from resgraph.readers import MAX_BYTES, find_sources, read_source
from resgraph.readers.text import decode, normalise

SEEDS = Path(__file__).parent.parent / "seeds"
WORDS = "The General Assembly,\nRecalling the “Convention” – café,\n1.\tRequests him;\n"


def read(folder: Path, data: bytes) -> str:
    path = folder / "document.txt"
    path.write_bytes(data)
    return read_source(path).text


def test_the_seeds_are_read_unchanged():
    for path in SEEDS.glob("*.txt"):
        source = read_source(path)
        assert source.text == path.read_text(encoding="utf-8")
        assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert (source.name, source.media_type, source.path) == (path.name, "text/plain", str(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_an_encoding_that_is_certain_is_recognised(tmp_path: Path, encoding: str):
    assert read(tmp_path, WORDS.encode(encoding)) == WORDS


def test_utf16_with_a_big_endian_mark_is_recognised(tmp_path: Path):
    assert read(tmp_path, b"\xfe\xff" + WORDS.encode("utf-16-be")) == WORDS


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t\f", "holds no text"),
        (b"\xef\xbb\xbf", "holds no text"),
        (os.urandom(64) + bytes(range(256)) * 20, "is binary"),
        (b"PK\x03\x04" + b"\0" * 40, "is a damaged zip archive"),
        (b"<?xml version='1.0'?><rdf/>", "is an XML document"),
        ("<?xml version='1.0'?><rdf/>".encode("utf-16"), "is an XML document"),
        (b"\n <!DOCTYPE html><html>", "is an HTML page without words"),
        (b"\x1f\x8b\x08\x00", "is a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (WORDS.encode("utf-32"), "is in UTF-32"),
        ("Генеральная Ассамблея, принимая во внимание".encode("koi8-r"), "an encoding that cannot be told"),
        ("総会は、".encode("shift-jis") * 4, "encoding"),
        (b"The General Assembly \x81 recalls", "is in no known encoding (byte 0x81"),
        (WORDS.encode() + b"\n\xe2\x80 damaged", "is damaged UTF-8"),
        ("lone \ud800 surrogate".encode("utf-8", "surrogatepass"), "is damaged UTF-8"),
        ("\ufeffThe \ud800 Assembly".encode("utf-16-le", "surrogatepass"), "is damaged UTF-16"),
        (b"The General Assembly \x00 recalls its resolution", "is binary"),
    ],
)
def test_what_is_no_certain_text_is_refused_with_path_reason_and_remedy(tmp_path: Path, data: bytes, reason: str):
    with pytest.raises(InputError) as caught:
        read(tmp_path, data)
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "document.txt"))
    assert reason in message
    assert caught.value.todo
    assert "\n" not in message


def test_a_damaged_byte_is_told_with_its_line(tmp_path: Path):
    with pytest.raises(InputError, match=r"document\.txt:5: is damaged UTF-8 \(byte 0xe2\)"):
        read(tmp_path, (WORDS + "\n").encode() + b"\xe2\x80 damaged")


def test_a_missing_path_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="does not exist; check the path"):
        read_source(tmp_path / "missing.txt")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str):
    with pytest.raises(InputError, match="cannot be read"):
        read_source(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_a_device_is_refused_without_waiting(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(InputError, match="is no ordinary file"):
            read_source(path)


def test_a_file_above_the_cap_is_refused_before_it_is_read(tmp_path: Path):
    path = tmp_path / "sparse.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    begin = time.perf_counter()
    with pytest.raises(InputError, match=f"more than the {MAX_BYTES:,}"):
        read_source(path)
    assert time.perf_counter() - begin < 1


def test_line_ends_controls_and_invisible_characters_are_normalised():
    raw = "a\r\nb\rc\fd\x0be\x85f\u2028g\x00\x07\ufeff\u200b\u202eh\u00adi\ufffe co-\u00ad\noperation\tj"
    assert normalise(raw, "") == "a\nb\nc\nd\ne\nf\nghi co--\noperation\tj"


def test_letters_are_composed_but_superscripts_stay():
    assert normalise("cafe\u200b\u0301 rights¹ ½", "") == "café rights¹ ½"


def test_endless_combining_marks_are_refused_at_once():
    begin = time.perf_counter()
    with pytest.raises(InputError, match="piles combining marks"):
        normalise("a" + "\u0301\u0323" * 500_000, "document.txt")
    assert time.perf_counter() - begin < 2


@given(st.text())
def test_normalising_twice_changes_nothing(text: str):
    try:
        once = normalise(text, "")
    except InputError:
        return
    assert normalise(once, "") == once
    assert not set(once) & set("\r\f\x00\x1b\u202e\ufeff")
    assert unicodedata.is_normalized("NFC", once)


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_typed_refusal(data: bytes):
    try:
        text = decode(data, "document.txt")
    except InputError as error:
        text = str(error)
    assert text.strip()


def test_folders_are_searched_in_order_and_hidden_files_skipped(tmp_path: Path):
    for name in ("b.txt", "a/z.txt", "a/.hidden", ".git/config", "A.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")
    found = [path.relative_to(tmp_path).as_posix() for path in find_sources([tmp_path, tmp_path / "b.txt"])]
    assert found == ["A.txt", "b.txt", "a/z.txt"]


def test_a_folder_without_files_is_refused_when_read(tmp_path: Path):
    (only,) = find_sources([tmp_path])
    with pytest.raises(InputError, match="is a folder without files"):
        read_source(only)
