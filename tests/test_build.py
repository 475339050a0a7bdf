"""Many files become one graph: a bad file costs itself alone, and the graph appears whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from resgraph.build import build, making, target_format
from resgraph.cli.build import DEFAULT_BASE as BASE_OF_THE_COMMAND
from resgraph.cli.build import FORMATS as FORMATS_OF_THE_COMMAND
from resgraph.cli.export import RDF as RDF_OF_EXPORT
from resgraph.dataset import description
from resgraph.derive import with_derived
from resgraph.errors import OutputError, UsageError
from resgraph.export import FORMATS
from resgraph.iris import DEFAULT_BASE, Iris
from resgraph.pipeline import quads
from resgraph.readers.sandbox.outcomes import Finish
from resgraph.store import open_store

SEEDS = Path(__file__).parent.parent / "seeds"
SEED = SEEDS / "000_d337d03f1aa31ce2.txt"


def built(*sources: Path, out: Path, **options: object):
    return build(sources, out, validate=False, **options)  # type: ignore[arg-type]


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_seeds_become_the_graph_that_the_pipeline_gives(tmp_path: Path):
    report = built(SEEDS, out=tmp_path / "seeds.nq")
    assert (report.exit_code, report.failures, report.written) == (0, (), True)
    written = set(parse(path=tmp_path / "seeds.nq", format=RdfFormat.N_QUADS))
    told = with_derived(quads([SEEDS], Iris()), Iris())
    assert written == {*told, *description(told, Iris())}
    assert left(tmp_path) == ["seeds.nq"]


def test_the_counts_are_those_of_the_documents(tmp_path: Path):
    report = built(SEEDS, out=tmp_path / "seeds.nq")
    assert [file.tally.paragraphs for file in report.files] == [18, 16, 17, 20, 17]
    lines = report.render().splitlines()
    assert lines[0].split() == ["documents", "5", "read", "0", "not", "read"]
    assert lines[2].split()[:2] == ["paragraphs", "88"]


@pytest.mark.parametrize("name", ["nq", "trig", "ttl", "nt", "jsonld", "rdf"])
def test_two_builds_are_the_same_bytes_whatever_the_order(tmp_path: Path, name: str):
    seeds = sorted(SEEDS.iterdir())
    built(*seeds[:2], out=tmp_path / f"one.{name}")
    built(*reversed(seeds[:2]), out=tmp_path / f"two.{name}")
    assert (tmp_path / f"one.{name}").read_bytes() == (tmp_path / f"two.{name}").read_bytes()


def test_a_store_has_what_a_file_has(tmp_path: Path):
    built(SEED, out=tmp_path / "graph")
    built(SEED, out=tmp_path / "graph.nq")
    assert set(open_store(tmp_path / "graph")) == set(open_store(tmp_path / "graph.nq"))


def test_a_store_is_replaced_by_a_complete_new_one(tmp_path: Path):
    built(SEEDS, out=tmp_path / "graph")
    built(SEED, out=tmp_path / "graph")
    built(SEED, out=tmp_path / "graph.nq")
    assert set(open_store(tmp_path / "graph")) == set(open_store(tmp_path / "graph.nq"))
    assert left(tmp_path) == [".graph.parts", "graph", "graph.nq"]


def test_data_live_under_the_base_that_is_asked_for(tmp_path: Path):
    built(SEED, out=tmp_path / "graph.nt", base="https://example.org/un/")
    words = (tmp_path / "graph.nt").read_text(encoding="utf-8")
    assert "<https://example.org/un/A/RES/57/201>" in words
    assert "<https://w3id.org/resgraph/A/" not in words


def test_the_bytes_are_the_same_however_many_work(tmp_path: Path):
    for n, seed in enumerate(sorted(SEEDS.iterdir())):
        shutil.copy(seed, tmp_path / f"{n}.txt")
    (tmp_path / "5.txt").write_bytes(b"")
    outs = [tmp_path / f".{workers}.nq" for workers in (1, 2, 16)]
    reports = [built(tmp_path, out=out, workers=int(out.stem[1:])) for out in outs]
    assert len({out.read_bytes() for out in outs}) == 1
    assert len({report.render().replace(report.output, "") for report in reports}) == 1


def test_bad_files_are_reported_and_the_others_built(tmp_path: Path):
    (tmp_path / "in").mkdir()
    shutil.copy(SEED, tmp_path / "in" / "b.txt")
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    (tmp_path / "in" / "c.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "in" / "d.txt").write_text("Dear Sir,\n\nthank you for your letter.\n")
    report = built(tmp_path / "in", tmp_path / "missing.txt", out=tmp_path / "graph.nq")
    assert report.exit_code == 3
    assert [Path(failure.where).name for failure in report.failures] == ["a.txt", "c.pdf", "d.txt", "missing.txt"]
    alone = tmp_path / "alone.nq"
    built(tmp_path / "in" / "b.txt", out=alone)
    assert alone.read_bytes() == (tmp_path / "graph.nq").read_bytes()


def test_where_nothing_could_be_read_nothing_is_written(tmp_path: Path):
    report = built(tmp_path / "missing.txt", out=tmp_path / "graph.nq")
    assert (report.exit_code, report.written) == (3, False)
    assert "nothing was written" in report.render(quiet=True)
    assert left(tmp_path) == []


def test_a_fault_of_our_own_costs_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(f"{name[0]} words")
    shutil.copy(SEED, tmp_path / "in" / "c.txt")
    monkeypatch.setattr(making.Makings, "finish", Finish("misunderstanding", DEFAULT_BASE.encode()))
    report = built(tmp_path / "in", out=tmp_path / "graph.nq")
    first, second = map(str, report.failures)
    assert "a.txt: made resgraph fail (RecursionError: too deep; misunderstanding.py, line" in first
    assert "b.txt: made resgraph fail (IndexError: tuple index out of range; misunderstanding.py, line" in second
    assert report.written


def test_a_part_that_speaks_of_others_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "in").mkdir()
    for name in ("forged", "torn", "mute"):
        (tmp_path / "in" / f"{name}.txt").write_text(f"{name} words")
    shutil.copy(SEED, tmp_path / "in" / "z.txt")
    monkeypatch.setattr(making.Makings, "finish", Finish("misunderstanding", DEFAULT_BASE.encode()))
    report = built(tmp_path / "in", out=tmp_path / "graph.nq")
    assert [Path(failure.where).name for failure in report.failures] == ["forged.txt", "mute.txt", "torn.txt"]
    assert all("its answer makes no sense" in failure.what for failure in report.failures)
    built(SEED, out=tmp_path / "alone.nq")
    written = (tmp_path / "graph.nq").read_bytes()
    assert written == (tmp_path / "alone.nq").read_bytes().replace(SEED.name.encode(), b"z.txt")


def test_the_same_file_twice_counts_once(tmp_path: Path):
    shutil.copy(SEED, tmp_path / "copy.txt")
    report = built(SEED, tmp_path / "copy.txt", out=tmp_path / "twice.nq")
    assert report.files[1].problems == (f"A/RES/57/201 was read from {SEED} already; it is left out here",)
    assert report.exit_code == 0
    built(SEED, out=tmp_path / "once.nq")
    assert (tmp_path / "twice.nq").read_bytes() == (tmp_path / "once.nq").read_bytes()


def test_an_output_that_cannot_be_written_leaves_nothing(tmp_path: Path):
    (tmp_path / "file").write_text("words")
    for out in (tmp_path / "nowhere" / "graph.nq", tmp_path / "file" / "graph", tmp_path / "nowhere" / "graph"):
        with pytest.raises(OutputError, match="graph"):
            built(SEED, out=out)
    assert left(tmp_path) == ["file"]


def test_a_folder_that_is_no_store_is_never_replaced(tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("words")
    with pytest.raises(OutputError, match="it exists and is no store"):
        built(SEED, out=tmp_path / "mine")
    assert left(tmp_path / "mine") == ["thesis.txt"]


def test_an_interrupted_build_leaves_the_old_graph(tmp_path: Path):
    out = tmp_path / "graph"
    built(SEED, out=out)
    before = set(open_store(out))

    def watch(files):
        yield from files[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(SEEDS, out=out, watch=watch)
    assert set(open_store(out)) == before
    assert left(tmp_path) == [".graph.parts", "graph"]


@pytest.mark.parametrize(
    ("out", "given", "target"),
    [
        ("g.nq", None, "nq"),
        ("g.TTL", None, "ttl"),
        ("g", None, "store"),
        ("g.2024", None, "store"),
        ("g.nq", "ttl", "ttl"),
        ("-", "trig", "trig"),
    ],
)
def test_the_format_is_that_of_the_ending_unless_given(out: str, given: str | None, target: str):
    assert target_format(Path(out), given) == target


@pytest.mark.parametrize(
    ("out", "given"), [("g.xml", None), ("g.json", None), ("-", None), ("-", "store"), ("g", "csv")]
)
def test_an_output_without_a_sensible_format_is_refused(out: str, given: str | None):
    with pytest.raises(UsageError):
        target_format(Path(out), given)


def test_what_the_commands_offer_is_what_there_is():
    assert set(FORMATS_OF_THE_COMMAND) == {"store", *FORMATS}
    assert set(RDF_OF_EXPORT) == {"undo", *FORMATS}
    assert BASE_OF_THE_COMMAND == DEFAULT_BASE
