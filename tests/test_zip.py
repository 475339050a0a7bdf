"""Zip archives of documents: members are read one by one, never put on disk, and none spoils the others."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from making import docx, with_size, zipped
from resgraph import read as read_resolutions
from resgraph.build import build
from resgraph.errors import InputError
from resgraph.readers import Reading, read_all, read_source

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt")).read_bytes()
PARAGRAPH = "<w:p><w:r><w:t>Recalls</w:t></w:r></w:p>"


def archive(folder: Path, members: dict[str, bytes | str], name: str = "a.zip") -> Path:
    path = folder / name
    path.write_bytes(zipped(members))
    return path


def told(reading: Reading) -> str:
    try:
        reading.value()
    except InputError as error:
        return str(error)
    return "read"


def test_members_are_told_apart_by_content_and_named_after_their_archive(tmp_path: Path):
    path = archive(
        tmp_path,
        {
            "b/one.DOC": docx(PARAGRAPH),
            "a.dat": SEED,
            "page": "<html><p>words</p>",
            "b/": "",
            "__MACOSX/x.txt": "resource",
            "b/.hidden": "words",
        },
    )
    readings = list(read_all([path]))
    assert [reading.where for reading in readings] == [f"{path}!b/one.DOC", f"{path}!a.dat", f"{path}!page"]
    source = readings[0].value()
    assert (source.name, source.path, source.text) == ("one.DOC", f"{path}!b/one.DOC", "Recalls\n")
    assert [reading.value().text for reading in readings[1:]] == [SEED.decode(), "words\n"]


def test_an_archive_is_built_like_a_folder(tmp_path: Path):
    path = archive(tmp_path, {"x.txt": SEED, "noise.docx": b"PK\x03\x04" + os.urandom(500), "empty.txt": b""})
    report = build([path], tmp_path / "graph.nq", validate=False)
    assert report.exit_code == 3
    assert report.written
    assert sorted(failure.where for failure in report.failures) == [f"{path}!empty.txt", f"{path}!noise.docx"]
    assert len(read_resolutions(archive(tmp_path, {"x.txt": SEED}, "b.zip"))) == 1


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/tmp/evil.txt", "C:\\evil.txt", "a/../../evil.txt", "evil\x1b[2J.txt"]
)
def test_names_never_touch_the_disk(tmp_path: Path, name: str):
    inner = tmp_path / "in" / "deep"
    inner.mkdir(parents=True)
    path = archive(inner, {name: SEED})
    before = sorted(tmp_path.rglob("*"))
    (reading,) = read_all([path])
    assert told(reading) == "read"
    assert reading.where.isprintable()
    assert sorted(tmp_path.rglob("*")) == before
    assert not Path("/tmp/evil.txt").exists()


def test_hostile_members_cost_themselves_alone(tmp_path: Path):
    path = archive(
        tmp_path,
        {
            "bomb.txt": b"x" * 60_000_000,
            "dense.txt": b"x" * 5_000_000,
            "inner.zip": zipped({"x.txt": SEED}),
            "bomb.docx": docx(f"<w:p>{' ' * 60_000_000}</w:p>"),
            "picture.png": b"\x89PNG\r\n\x1a\n",
            "good.txt": SEED,
        },
    )
    bomb, dense, inner, document, picture, good = map(told, read_all([path]))
    assert "a member of more than the 50 MB" in bomb
    assert "unpacks to more than the 100 times its size" in dense
    assert "is an archive within an archive" in inner
    assert "more than the 50 MB" in document or "100 times" in document
    assert "is a picture, which resgraph does not read" in picture
    assert good == "read"


@pytest.mark.parametrize("size", [7, 3_000_000])
def test_a_size_that_lies_is_not_believed(tmp_path: Path, size: int):
    path = tmp_path / "a.zip"
    path.write_bytes(with_size(zipped({"x.txt": SEED, "y.txt": SEED}), "x.txt", size))
    first, second = map(told, read_all([path]))
    assert "is a damaged zip archive" in first or "more than the 100 times its size" in first
    assert second == "read"


def test_archives_that_cannot_be_opened_are_refused_as_a_whole(tmp_path: Path):
    cases = {
        "empty": (zipped({}), "is an archive without documents"),
        "many": (zipped({f"{n}.txt": "" for n in range(2_001)}), "holds 2,001 members, more than the 2,000"),
        "vast": (zipped({f"{n}.txt": b" " * 49_000_000 for n in range(23)}), "unpacks to more than the 1,024 MB"),
        "cut": (zipped({"x.txt": SEED})[:-30], "is a damaged zip archive"),
        "noise": (b"PK\x03\x04" + os.urandom(3_000), "is a damaged zip archive"),
    }
    for name, (data, what) in cases.items():
        (tmp_path / name).write_bytes(data)
        (reading,) = read_all([tmp_path / name])
        assert what in told(reading)
        assert reading.where == str(tmp_path / name)


def test_encrypted_and_oddly_packed_members_are_refused(tmp_path: Path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("bz.txt", SEED, zipfile.ZIP_BZIP2)
        made.writestr("good.txt", SEED)
    (tmp_path / "odd.zip").write_bytes(file.getvalue())
    odd, good = map(told, read_all([tmp_path / "odd.zip"]))
    assert "packed in an unusual way" in odd
    assert good == "read"
    data = bytearray(zipped({"x.txt": SEED}))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    (locked,) = map(told, read_all([tmp_path / "locked.zip"]))
    assert "is an encrypted zip archive" in locked


def test_one_document_is_read_out_of_an_archive_and_several_are_refused(tmp_path: Path):
    assert read_source(archive(tmp_path, {"x.txt": "words"})).text == "words"
    with pytest.raises(InputError, match="is an archive of 2 documents"):
        read_source(archive(tmp_path, {"x.txt": "words", "y.txt": "words"}))
