"""Rules made ready are kept for the next run, and nobody else can slip something in."""

import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from edlint import store
from edlint.store import Store

TEXT = "It was the the end. We met on January 18th, and we utilize it.\n"


@pytest.fixture
def cache(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


def entries(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache" / "edlint" / "rules").iterdir())


def test_with_and_without_the_store_the_output_is_equal_to_the_byte(edlint, write, cache, tmp_path) -> None:
    write("draft.md", TEXT)
    write("House/Plain.yml", "extends: existence\nmessage: avoid '%s'\ntokens: [utilize]\n")
    write(".edlint.yml", "styles: [Copy, Newswire, House]\nrules: {Newswire.DateFormat: error, House: suggestion}\n")
    runs = [edlint("--format", "json", "draft.md", env=cache) for _ in range(3)]
    without = edlint("--format", "json", "--no-cache", "draft.md", env=cache)
    assert runs == [without] * 3
    assert len(entries(tmp_path)) == 1


def test_a_rule_that_changes_is_made_anew(edlint, write, cache) -> None:
    write(".edlint.yml", "styles: [House]\n")
    for word, found in (("utilize", 1), ("nowhere", 0), ("utilize", 1)):
        write("House/Plain.yml", f"extends: existence\nmessage: avoid '%s'\ntokens: [{word}]\n")
        assert len(edlint("--format", "json", "-", stdin=TEXT, env=cache).findings) == found


def test_the_words_that_edlint_goes_by_tell_it_from_another() -> None:
    told = {line.split()[0] for line in store._code()}  # noqa: SLF001
    assert told >= {"store.py", "english.aff", "english.dic", "given.txt"}


def test_rules_with_a_problem_are_not_kept(edlint, write, cache, tmp_path) -> None:
    write(".edlint.yml", "styles: [House]\n")
    write("House/Bad.yml", "extends: existence\nmessage: no\ntokens: ['(']\n")
    assert [edlint("-", stdin=TEXT, env=cache).code for _ in range(2)] == [3, 3]
    assert not (tmp_path / "cache").exists()


class Trap:
    """A pickle that leaves a trace when it is read."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


DAMAGE = [
    pytest.param(lambda data: b"", id="empty"),
    pytest.param(lambda data: data[: len(data) // 2], id="cut short"),
    pytest.param(lambda data: b"not a pickle", id="no pickle"),
    pytest.param(lambda data: pickle.dumps(["something", "else"]), id="another value"),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_counts_as_none(edlint, cache, tmp_path, damage) -> None:
    before = edlint("--format", "json", "-", stdin=TEXT, env=cache)
    (entry,) = entries(tmp_path)
    entry.write_bytes(damage(entry.read_bytes()))
    (tmp_path / "cache" / "edlint" / "results.sqlite").unlink()
    assert edlint("--format", "json", "-", stdin=TEXT, env=cache) == before


@pytest.mark.parametrize("where", ["folder", "file", "link"])
def test_what_others_could_have_written_is_not_read(tmp_path: Path, where: str) -> None:
    store, trace = Store(tmp_path / "store"), tmp_path / "trace"
    store.keep("key", Trap(str(trace)))
    if where == "link":
        (tmp_path / "store" / "key").rename(tmp_path / "elsewhere")
        (tmp_path / "store" / "key").symlink_to(tmp_path / "elsewhere")
    else:
        (tmp_path / "store" / ("key" if where == "file" else "")).chmod(0o777)
    assert store.value("key") is None
    assert not trace.exists()


def test_a_folder_that_cannot_be_written_is_no_hindrance(edlint, tmp_path) -> None:
    (tmp_path / "blocked").write_text("a file where the folder should be")
    ran = edlint("--select", "Newswire.DateFormat", "-", stdin=TEXT, env={"XDG_CACHE_HOME": str(tmp_path / "blocked")})
    assert (ran.code, ran.err) == (1, "")


def test_entries_are_bounded_and_runs_at_once_do_no_harm(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: store.keep(f"key{number % 50}", "x" * number), range(200)))
    store.keep("last", "value")
    assert store.value("last") == "value"
    assert len(list((tmp_path / "store").iterdir())) <= 31
