"""Results are kept for the next run: the output is equal to the byte, and nothing out of date is ever told."""

import json
import os
import sqlite3
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from edlint.results import Results

TEXT = "It was the the end. We met on January 18th, said Ada Bell, and we utilize it. Rents rose 31 percent.\n"
FORMATS = ("text", "json", "sarif", "github")


@pytest.fixture
def cache(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


@pytest.fixture
def house(write) -> None:
    write(".edlint.yml", "styles: [Copy, Newswire, House]\nterms: [terms.yml]\nvocab: [vocab]\nmodel: none\n")
    write("House/Plain.yml", "extends: existence\nmessage: avoid '%s'\ntokens: [utilize]\n")
    write("House/Words.yml", "extends: spelling\nmessage: what is '%s'?\nignore: [words.txt]\n")
    write("House/Accepted.yml", "extends: existence\nmessage: no '%s'\ntokens: [Ada]\n")
    write("words.txt", "utilize\n")  # an article, too, for all that edlint knows
    write("terms.yml", "words: [the end]\n")
    write("vocab/accept.txt", "Bell\n")
    write("draft.md", TEXT)
    write("sub/other.md", "---\nlayout: post\n---\n\n" + TEXT)
    write("empty.md", "")


def kept(tmp_path: Path) -> int:
    with sqlite3.connect(tmp_path / "cache" / "edlint" / "results.sqlite") as file:
        return file.execute("SELECT count(*) FROM results").fetchone()[0]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("form", FORMATS)
def test_with_and_without_results_of_earlier_runs_the_output_is_equal_to_the_byte(
    edlint, cache, form, tmp_path
) -> None:
    without = edlint("--format", form, "--no-cache", ".", env=cache)
    assert [edlint("--format", form, ".", env=cache) for _ in range(3)] == [without] * 3
    assert kept(tmp_path) == 4
    assert edlint("--format", form, "--min-severity", "error", ".", env=cache) == edlint(
        "--format", form, "--min-severity", "error", "--no-cache", ".", env=cache
    )


CHANGES = [
    pytest.param("draft.md", TEXT + "And we utilize that.\n", id="the article"),
    pytest.param(".edlint.yml", "styles: [Copy, House]\n", id="the configuration"),
    pytest.param("sub/.edlint.yml", "styles: [House]\n", id="a configuration nearer by"),
    pytest.param("House/Plain.yml", "extends: existence\nmessage: avoid '%s'\ntokens: [met]\n", id="a rule"),
    pytest.param("House/More.yml", "extends: existence\nmessage: avoid '%s'\ntokens: [met]\n", id="one more rule"),
    pytest.param("words.txt", "Ada\n", id="a file that a rule reads"),
    pytest.param("terms.yml", "words: [the the]\n", id="the terms"),
    pytest.param("vocab/accept.txt", "Ada\n", id="the vocabulary"),
]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(("path", "text"), CHANGES)
def test_whatever_changes_is_seen(edlint, write, cache, path: str, text: str) -> None:
    before = edlint("--format", "json", ".", env=cache)
    write(path, text)
    after = edlint("--format", "json", ".", env=cache)
    assert after == edlint("--format", "json", "--no-cache", ".", env=cache)
    assert after.out != before.out


@pytest.mark.usefixtures("house")
def test_what_is_selected_and_the_name_of_a_file_are_seen(edlint, cache, tmp_path) -> None:
    edlint("--format", "json", "draft.md", env=cache)
    selected = edlint("--format", "json", "--select", "House.Plain", "draft.md", env=cache)
    assert {finding["rule"] for finding in selected.findings} == {"House.Plain"}
    (tmp_path / "draft.md").rename(tmp_path / "2024-01-19-draft.md")
    ran = edlint("--format", "json", "2024-01-19-draft.md", env=cache)
    assert [file["path"] for file in ran.report["files"]] == ["2024-01-19-draft.md"]


@pytest.mark.usefixtures("house")
def test_the_folder_that_ci_counts_from_is_seen(edlint, cache, tmp_path) -> None:
    (tmp_path / "sub" / ".git").mkdir()
    before = edlint("--format", "sarif", "other.md", cwd=tmp_path / "sub", env=cache)
    (tmp_path / "sub" / ".git").rmdir()
    (tmp_path / ".git").mkdir()
    after = edlint("--format", "sarif", "other.md", cwd=tmp_path / "sub", env=cache)
    assert '"uri": "other.md"' in before.out
    assert '"uri": "sub/other.md"' in after.out


def test_the_folder_that_globs_count_from_is_seen(edlint, write, cache, tmp_path) -> None:
    write("styles/House/Plain.yml", "extends: existence\nmessage: avoid '%s'\ntokens: [utilize]\n")
    file = write(".vale.ini", "StylesPath = styles\n[docs/*.md]\nHouse.Plain = YES\n")
    write("docs/draft.md", TEXT)
    runs = [
        edlint("--format", "json", *given, "draft.md", cwd=tmp_path / "docs", env=cache)
        for given in ([], ["--config", str(file)])
    ]
    assert [len(run.findings) for run in runs] == [1, 0]


def test_what_rules_read_that_only_the_text_on_standard_input_asks_for_is_seen(edlint, write, cache) -> None:
    write("styles/House/Words.yml", "extends: spelling\nmessage: what is '%s'?\nignore: [words.txt]\n")
    write(".vale.ini", "StylesPath = styles\n[*.md if .Meta.layout == 'post']\nHouse.Words = YES\n")
    write("draft.md", "It rains.\n")
    found = []
    for words in ("nowhere", "qutilize"):
        write("styles/words.txt", f"{words}\n")
        text = "---\nlayout: post\n---\n\nWe qutilize the xyzzying.\n"
        ran = edlint("--format", "json", "--stdin-filename", "draft.md", "-", stdin=text, env=cache)
        found.append([finding["match"] for finding in ran.findings])
    assert found == [["qutilize", "xyzzying"], ["xyzzying"]]


def test_an_article_whose_name_is_no_utf_8_is_kept(edlint, cache, tmp_path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text(TEXT, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("names of files are UTF-8 here")
    without = edlint("--format", "json", "--no-cache", ".", env=cache)
    assert [edlint("--format", "json", ".", env=cache) for _ in range(2)] == [without] * 2
    assert kept(tmp_path) == 1


def test_a_result_with_a_problem_is_not_kept(edlint, write, cache, tmp_path) -> None:
    write("bad.md", "a\0b")
    write("broken.md", "---\ntitle: [\n---\n\nIt rains.\n")
    write("good.md", "It rains.\n")
    runs = [edlint(".", env=cache) for _ in range(2)]
    assert runs[0] == runs[1]
    assert runs[0].code == 3
    assert kept(tmp_path) == 1


def test_the_folder_can_be_chosen(edlint, write, tmp_path) -> None:
    write("draft.md", TEXT)
    runs = [edlint("--cache-dir", "here", "draft.md") for _ in range(2)]
    assert runs[0] == runs[1]
    assert (tmp_path / "here" / "results.sqlite").is_file()


DAMAGE = [
    pytest.param(lambda path: path.write_bytes(b""), id="empty"),
    pytest.param(lambda path: path.write_bytes(b"SQLite format 3\0" + b"x" * 5000), id="no database"),
    pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-3000]), id="cut short"),
    pytest.param(lambda path: _rewrite(path, b"nothing packed"), id="a text that cannot be unpacked"),
    pytest.param(lambda path: path.chmod(0o666), id="others may write it"),
]


def _rewrite(path: Path, value: bytes) -> None:
    with sqlite3.connect(path) as file:
        file.execute("UPDATE results SET value = ?", (value,))


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_counts_as_none(edlint, write, cache, tmp_path, damage) -> None:
    write("draft.md", TEXT)
    before = edlint("--format", "json", "draft.md", env=cache)
    damage(tmp_path / "cache" / "edlint" / "results.sqlite")
    assert [edlint("--format", "json", "draft.md", env=cache) for _ in range(2)] == [before] * 2


def test_results_that_others_could_have_written_are_not_told(edlint, write, cache, tmp_path) -> None:
    write("draft.md", TEXT)
    before = edlint("--format", "json", "draft.md", env=cache)
    file = tmp_path / "cache" / "edlint" / "results.sqlite"
    part = '{"path": "draft.md", "findings": [], "suppressed": []}'
    _rewrite(file, zlib.compress(f"{json.dumps([[len(part)], {}, False, [], 0, 0, 0, 0, 0])}\n{part}".encode()))
    assert edlint("--format", "json", "draft.md", env=cache).findings == []
    file.parent.chmod(0o777)
    assert edlint("--format", "json", "draft.md", env=cache) == before


def test_what_was_used_longest_ago_goes_when_there_is_too_much(tmp_path) -> None:
    results = Results(tmp_path / "cache", most=200_000)
    for number in range(100):
        results.keep({number.to_bytes(16, "big"): os.urandom(5_000).hex()})
    keys = [number.to_bytes(16, "big") for number in range(100)]
    known = results.known(keys)
    assert keys[-1] in known
    assert keys[0] not in known
    assert (tmp_path / "cache" / "results.sqlite").stat().st_size < 400_000


def test_runs_at_once_do_no_harm(tmp_path) -> None:
    def run(number: int) -> None:
        Results(tmp_path / "cache").keep({bytes([number, other]): f"{number} {other}" for other in range(50)})

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(run, range(16)))
    keys = [bytes([number, other]) for number in range(16) for other in range(50)]
    assert Results(tmp_path / "cache").texts(keys) == {key: f"{key[0]} {key[1]}" for key in keys}
