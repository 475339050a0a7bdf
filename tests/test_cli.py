"""The command line as a user meets it: results to stdout, talk to stderr, one clear line for each thing gone wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from resgraph.cli import main

SEEDS = Path(__file__).parent.parent / "seeds"
SEED = SEEDS / "000_d337d03f1aa31ce2.txt"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def build(*arguments: object) -> Result:
    return run("build", "--no-validate", *arguments)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cli") / "graph"
    assert build(SEEDS, "--out", out).exit_code == 0
    return out


def test_help_needs_nothing_heavy():
    heavy = {"rdflib", "pyoxigraph", "pyshacl", "rich", "jinja2", "asyncio", "resgraph.lexicon", "resgraph.model"}
    program = f"""import sys; from resgraph.cli import main; main(["--help"], standalone_mode=False)
assert not (loaded := {heavy} & set(sys.modules)), loaded"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_help_answers_at_once():
    def seconds() -> float:
        begin = time.perf_counter()
        result = subprocess.run([sys.executable, "-m", "resgraph", "--help"], capture_output=True, text=True)
        assert "build" in result.stdout
        return time.perf_counter() - begin

    assert min(seconds() for _ in range(5)) < 0.4


@pytest.mark.parametrize("command", [(), ("build",), ("validate",), ("query",), ("export",)])
def test_every_command_explains_itself(command: tuple[str, ...]):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


def test_a_build_talks_on_stderr_alone(tmp_path: Path):
    result = build(SEEDS, "--out", tmp_path / "graph")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "resolutions                    5" in result.stderr
    assert f"written: {tmp_path / 'graph'}" in result.stderr


def test_a_quiet_build_says_nothing_when_all_is_well(tmp_path: Path):
    result = build(SEED, "--quiet", "--out", tmp_path / "graph.ttl")
    assert (result.exit_code, result.output) == (0, "")


def test_a_graph_goes_to_standard_output_in_the_format_asked_for():
    result = build(SEED, "--out", "-", "--format", "nq")
    assert result.exit_code == 0
    assert len(list(parse(result.stdout_bytes, RdfFormat.N_QUADS))) > 500


def test_validation_is_part_of_a_build_and_its_result_is_never_hidden(tmp_path: Path):
    result = run("build", SEED, "--quiet", "--out", tmp_path / "graph")
    assert "The graph conforms" in result.stderr
    assert result.exit_code == 0


def test_the_graph_of_the_seeds_conforms(graph: Path):
    result = run("validate", graph)
    assert "NotedReport: op7.1" in result.stdout  # A/RES/54/158 names no symbol of the report
    assert result.stdout.endswith("The graph conforms: 1 remark.\n")
    assert result.exit_code == 0


def test_a_graph_that_breaks_a_shape_gives_exit_code_1(tmp_path: Path):
    build(SEED, "--out", tmp_path / "whole.nt")
    whole = (tmp_path / "whole.nt").read_text(encoding="utf-8")
    broken = tmp_path / "broken.nt"
    kept = [line for line in whole.splitlines(keepends=True) if "#adoptedBy>" not in line]
    broken.write_text("".join(kept), encoding="utf-8")
    text = run("validate", broken)
    assert text.exit_code == 1
    assert "A/RES/57/201" in text.stdout
    assert "The graph does not conform" in text.stdout
    report = json.loads(run("validate", broken, "--format", "json").stdout)
    assert report["conforms"] is False
    turtle = run("validate", broken, "--format", "ttl")
    assert "sh:ValidationReport" in turtle.stdout
    assert turtle.exit_code == 1


@pytest.mark.parametrize("name", ["ttl", "trig", "nt", "nq", "jsonld", "rdf"])
def test_an_export_has_the_same_triples(graph: Path, tmp_path: Path, name: str):
    def triples(path: Path, rdf_format: RdfFormat) -> set[object]:
        return {quad.triple for quad in parse(path=path, format=rdf_format)}

    formats = {"jsonld": RdfFormat.JSON_LD, "rdf": RdfFormat.RDF_XML}
    assert run("export", graph, "--out", tmp_path / f"graph.{name}").exit_code == 0
    run("export", graph, "--format", "nq", "--out", tmp_path / "all.nq")
    read = triples(tmp_path / f"graph.{name}", formats.get(name) or RdfFormat.from_extension(name))  # type: ignore[arg-type]
    assert read == triples(tmp_path / "all.nq", RdfFormat.N_QUADS)


def test_json_ld_can_refer_to_its_context(graph: Path):
    result = run("export", graph, "--format", "jsonld", "--context-iri", "https://example.org/context.jsonld")
    assert json.loads(result.stdout)["@context"] == "https://example.org/context.jsonld"


def test_an_export_to_standard_output_needs_a_format(graph: Path):
    result = run("export", graph)
    assert result.exit_code == 2
    assert "--format" in result.stderr


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 8,
    "letter.txt": b"Dear Sir,\n\nthank you for your letter of 3 May.\n",
    "damaged.txt": SEED.read_bytes() + b"\xe2\x80",
    "guess.txt": "Генеральная Ассамблея".encode("koi8-r"),
    "page.html": b"<!DOCTYPE html><html></html>",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_costs_one_line_and_exit_code_3_and_the_others_are_built(tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(BAD[name])
    result = build(tmp_path / name, SEED, "--quiet", "--out", tmp_path / "graph.nq")
    assert result.exit_code == 3
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"resgraph: {tmp_path / name}:")
    assert "; " in line
    assert (tmp_path / "graph.nq").stat().st_size > 100_000
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "graph.nq"])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
def test_a_file_in_another_certain_encoding_gives_the_same_statements(tmp_path: Path, encoding: str):
    words = (SEEDS / "002_8747b0dc02832cbe.txt").read_text(encoding="utf-8")
    (tmp_path / "same.txt").write_bytes(words.encode(encoding))
    result = build(tmp_path / "same.txt", "--out", tmp_path / "graph.nq")
    assert result.exit_code == 0
    assert "paragraphs                    17" in result.stderr


def test_a_missing_path_costs_one_line_and_the_others_are_built(tmp_path: Path):
    result = build(tmp_path / "missing", SEED, "--quiet", "--out", tmp_path / "graph.nq")
    assert result.exit_code == 3
    assert result.stderr == f"resgraph: {tmp_path / 'missing'}: does not exist; check the path\n"
    assert (tmp_path / "graph.nq").exists()


def test_an_output_that_cannot_be_written_is_one_line_and_exit_code_2(tmp_path: Path):
    result = build(SEED, "--quiet", "--out", tmp_path / "nowhere" / "graph.nq")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"resgraph: {tmp_path / 'nowhere' / 'graph.nq'}: it cannot be written (no such file")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_one_line_and_exit_code_2(tmp_path: Path):
    tmp_path.chmod(0o500)
    result = build(SEED, "--quiet", "--out", tmp_path / "graph.nq")
    assert (result.exit_code, "permission denied" in result.stderr) == (2, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_under_standard_output_is_no_traceback():
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "resgraph", "build", SEED, "--no-validate", "--out", "-", "--format", "nq"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 2
    assert result.stderr == "resgraph: -: it cannot be written (no space left on device); choose another place\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", SEED),
        ("build", SEED, "--out", "-"),
        ("build", SEED, "--out", "graph.xml"),
        ("build", SEED, "--out", "graph", "--base", "no base"),
        ("build", SEED, "--out", "graph", "--format", "csv"),
        ("validate", "missing"),
        ("validate", SEED),
        ("export", "missing", "--format", "ttl"),
        ("frobnicate",),
    ],
    ids=lambda arguments: " ".join(map(str, arguments)).replace(str(SEEDS), "seeds"),
)
def test_a_command_that_makes_no_sense_gives_exit_code_2_and_no_traceback(
    arguments: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert list(tmp_path.iterdir()) == []
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert result.stderr


def test_an_unknown_folder_is_never_overwritten(tmp_path: Path):
    shutil.copytree(SEEDS, tmp_path / "texts")
    result = build(SEED, "--out", tmp_path / "texts")
    assert result.exit_code == 2
    assert len(list((tmp_path / "texts").iterdir())) == 5


def test_no_bar_is_drawn_where_no_terminal_is(tmp_path: Path):
    result = build(SEEDS, "--out", tmp_path / "graph")
    assert "Reading" not in result.stderr
    assert "\x1b" not in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_bar_is_drawn_on_a_terminal(tmp_path: Path):
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "resgraph", "build", "--no-validate", SEEDS, "--out", tmp_path / "graph"]
    environment = os.environ | {"TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower, env=environment) as process:
        os.close(follower)
        seen = b""
        while True:
            try:
                chunk = os.read(leader, 4096)
            except OSError:
                break
            if not chunk:
                break
            seen += chunk
    os.close(leader)
    assert process.returncode == 0
    assert b"Reading" in seen
