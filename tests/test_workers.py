"""Several processes say what one says."""

import multiprocessing
import os
import signal
import time

import pytest

from edlint import workers
from edlint.errors import UnreadableError

TEXTS = [f"They utilize hall {number}. She said “no.\n" for number in range(40)]


def test_the_report_is_the_same_with_any_number_of_processes(edlint, write) -> None:
    for number, text in enumerate(TEXTS):
        write(f"{number}.md", text)
    write("bad.md", "a\0b")
    alone = edlint("--format", "json", "--jobs", "1", ".")
    assert alone.code == 3
    assert len(alone.findings) >= len(TEXTS)
    for jobs in (["--jobs", "3"], []):
        assert edlint("--format", "json", *jobs, ".") == alone


def _squared(number: int) -> int:
    if number == 7:
        raise UnreadableError("seven")
    return number * number


def test_results_come_in_order_with_what_was_raised() -> None:
    found = list(workers.results(_squared, range(20), 3))
    assert [one for one in found if isinstance(one, int)] == [n * n for n in range(20) if n != 7]
    assert str(found[7]) == "seven"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL") or workers.count(1000) == 1, reason="no processes are forked here")
def test_what_a_dead_worker_leaves_undone_is_done_here() -> None:
    here = os.getpid()

    def done(number: int) -> int:
        if os.getpid() != here and number > 9:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert list(workers.results(done, range(30), 2)) == list(range(30))


def test_where_a_platform_does_not_fork_all_is_done_here(monkeypatch) -> None:
    monkeypatch.delitem(multiprocessing.context._concrete_contexts, "fork", raising=False)  # noqa: SLF001
    assert list(workers.results(str, range(4), 2)) == ["0", "1", "2", "3"]


def test_few_results_are_held_where_one_takes_its_time(tmp_path) -> None:
    def done(number: int) -> tuple[int, str]:
        if number == 0:
            time.sleep(0.5)
        (tmp_path / str(number)).touch()
        return number, "x" * 10_000  # of which few wait in a pipe

    found = workers.results(done, range(2000), 2)
    assert next(found)[0] == 0
    assert len(list(tmp_path.iterdir())) < 500
    assert [number for number, _ in found] == list(range(1, 2000))
