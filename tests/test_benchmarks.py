"""The benchmarks: a task that became slower is caught, a busy machine is not blamed, copies are new symbols."""

import multiprocessing
import re
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import copies  # noqa: E402
import guard  # noqa: E402
import rows  # noqa: E402
import run  # noqa: E402


def _work():
    return sum(len(re.findall(r"\w+", "Recalling its resolution 57/201 of 2002, ")) for _ in range(900))


def _spin(until):
    while time.time() < until:
        _work()


@contextmanager
def load(processes):
    """A machine with more to do than it has cores."""
    context = multiprocessing.get_context("spawn")
    busy = [context.Process(target=_spin, args=(time.time() + 60,)) for _ in range(processes)]
    for one in busy:
        one.start()
    try:
        yield
    finally:
        for one in busy:
            one.terminate()
            one.join()


TASK = guard.Task("task", _work, guard.pythons)


def _twice():
    _work()
    _work()


def _four_times():
    _twice()
    _twice()


@pytest.fixture(scope="module")
def recorded():
    return guard.ratios([TASK])


def test_a_task_twice_as_slow_is_caught(recorded):
    assert guard.slower([guard.Task("task", _twice, guard.pythons)], recorded)["task"] > guard.SLOWER


def test_a_busy_machine_is_not_blamed(recorded):
    with load(3):
        assert guard.slower([TASK], recorded)["task"] <= guard.SLOWER


def test_a_task_much_slower_is_caught_on_a_busy_machine(recorded):
    with load(3):
        assert guard.slower([guard.Task("task", _four_times, guard.pythons)], recorded)["task"] > guard.SLOWER


def test_every_task_is_on_record():
    record = guard.json.loads(guard.RECORD.read_text(encoding="utf-8"))["ratios"]
    assert set(record) == {task.name for task in guard.tasks()}
    assert all(ratio > 0 for ratio in record.values())


def test_the_check_fails_where_the_record_is_of_a_faster_program(tmp_path, monkeypatch, capsys):
    record = tmp_path / "recorded.json"
    record.write_text('{"ratios": {"task": 0.001}}', encoding="utf-8")
    monkeypatch.setattr(guard, "RECORD", record)
    monkeypatch.setattr(guard, "tasks", lambda: (TASK,))
    assert not guard.check()
    assert "SLOWER" in capsys.readouterr().out
    assert guard.check(accept=True)


MARKUP = """<docNumber>A/RES/75/1</docNumber><docNumber>75/1.</docNumber>
<docTitle refersTo="#resolutionTitle">Oceans</docTitle>
Recalling its resolution 76/12 and resolution 60/1, document A/75/414 and 2020/75/1
<a href="https://undocs.org/A/RES/76/12">76/12</a> /unga/75-1/ of 75/1234"""


def test_a_copy_has_symbols_and_a_title_of_its_own_and_cites_copies():
    copy = copies.copy_of(MARKUP, 3)
    assert copy.count("75/3001") == 2
    assert copy.count("76/3012") == 3
    assert all(kept in copy for kept in ("60/1,", "A/75/414", "2020/75/1\n", "of 75/1234"))
    assert ">3. Oceans<" in copy
    assert copies.copy_of(MARKUP, 0) == MARKUP


def test_as_many_of_each_session_are_copied(tmp_path):
    for name in ("75_2_E", "75_1_E", "75_10_E", "76_1_E", "76_3A_E", "76_4_E"):
        (tmp_path / f"{name}.xml").write_text(MARKUP, encoding="utf-8")
    chosen = copies.originals(tmp_path, 4)
    assert [path.stem for path in chosen] == ["75_1_E", "75_2_E", "76_1_E", "76_4_E"]
    assert copies.write_copies(chosen, tmp_path / "out", 3) == len(list((tmp_path / "out").iterdir())) == 12


def test_a_row_takes_the_middle_of_its_rounds():
    row = rows.build_row(BENCHMARKS, Path("nowhere"))
    row = rows.Row(row.what, "≤ 20 s", 20, row.turn, row.figure)
    rounds = [{"seconds": seconds, "cpu": 3.0, "megabytes": 90.0} for seconds in (99.0, 18.0, 17.0)]
    assert "| ≤ 20 s | 18.0 s, 3.0 s of processors, 90 MB | 0.90 | held |" in row.line(rounds)
    assert row.line(rounds[:2]).endswith("| missed |")
    assert row.line(rounds, judged=False).endswith("| sample |")


def test_a_program_that_takes_too_long_is_ended():
    took = rows.spent("-c", "import time; time.sleep(60)", longest=0.5)
    assert took.seconds == 0.5
    assert took.answer == {}


def test_the_figures_have_their_place_in_the_document():
    text = run.DOCUMENT.read_text(encoding="utf-8")
    new = run.written(text, "the figures")
    assert f"{run.BEGIN}the figures\n{run.END}" in new
    assert new.partition(run.BEGIN)[0] == text.partition(run.BEGIN)[0]
    assert new.partition(run.END)[2] == text.partition(run.END)[2]


def test_the_machine_is_named():
    assert re.search(r".+, \d+ cores, load average [\d.]+, .*Python 3\.\d+", run.machine())
