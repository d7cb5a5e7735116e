"""`edlint baseline` and `.edlint-baseline`: what was found before does not fail a run."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint.baseline import Baseline, Entry, read
from edlint.baseline import write as written

CLEAN = "The council met on Jan. 18 and went home early.\n"
OLD = "The council met on January 18th.\n\nIt met again on January 19th.\n"
HEAD = "# Found before: article, rule, words, parted by tabs. `edlint baseline prune` drops what has gone.\n"


def lines(folder: Path) -> list[str]:
    return (folder / ".edlint-baseline").read_text(encoding="utf-8").removeprefix(HEAD).splitlines()


def test_a_baseline_that_knows_nothing_changes_nothing(edlint, write) -> None:
    write("a.md", OLD)
    before = edlint("--format", "json", "a.md")
    write(".edlint-baseline", HEAD)
    after = edlint("--format", "json", "a.md")
    assert (after.code, after.out, after.err) == (1, before.out, "")


def test_what_is_written_into_the_baseline_fails_no_run_and_is_counted(edlint, write, tmp_path) -> None:
    write("old/a.md", OLD)
    done = edlint("baseline", "write")
    assert (done.code, done.out) == (0, ".edlint-baseline: 2 findings in 1 article, 2 new, 0 gone\n")
    assert lines(tmp_path) == [
        "old/a.md\tNewswire.DateFormat\tJanuary 18th",
        "old/a.md\tNewswire.DateFormat\tJanuary 19th",
    ]
    done = edlint(".")
    assert (done.code, done.out, done.err) == (0, "1 file checked: nothing found, 2 in the baseline\n", "")


def test_json_has_what_stands_in_the_baseline_apart(edlint, write) -> None:
    write("a.md", OLD)
    found = edlint("--format", "json", "a.md").findings
    edlint("baseline", "write")
    report = edlint("--format", "json", "a.md").report
    assert report["files"][0]["findings"] == []
    assert report["files"][0]["baselined"] == found
    assert report["totals"] == {"files": 1, "error": 0, "warning": 0, "suggestion": 0}


def test_it_goes_by_words_and_not_by_lines(edlint, write) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    write("a.md", f"# Two meetings\n\n{CLEAN}\nAnd then: {OLD}")
    assert edlint("a.md").code == 0


def test_the_same_words_once_more_are_new(edlint, write) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    write("a.md", f"{OLD}\nThe last one was on January 19th.\n")
    (finding,) = edlint("--format", "json", "a.md").findings
    assert (finding["match"], finding["line"]) == ("January 19th", 5)


def test_the_same_words_in_another_article_are_new(edlint, write) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    write("b.md", OLD)
    assert [file["findings"] == [] for file in edlint("--format", "json").report["files"]] == [True, False]


def test_a_mark_is_known_by_the_word_beside_it(edlint, write, tmp_path) -> None:
    write("a.md", "“We won, Ada Bell said. “We never doubted it.”\n")
    edlint("baseline", "write")
    assert lines(tmp_path) == ["a.md\tCopy.UnbalancedQuotes\t“We"]
    write("a.md", "“They lost, Ada Bell said. “We never doubted it.”\n")
    assert edlint("a.md").code == 1


def test_a_mark_is_known_whatever_block_follows(edlint, write) -> None:
    first, second = "He said it was right.”", "“They lost, Ada Bell said."
    write("a.md", f"{first}\n\n## Snow\n\n{second}\n")
    edlint("baseline", "write")
    for text in (f"{first}\n\n{second}\n", f"{first}\r\n\r\nMore.\r\n\r\n{second}\r\n", f"# A\n\n{second}\n\n{first}"):
        write("a.md", text)
        assert edlint("a.md").code == 0, text


def test_what_has_gone_is_told_until_it_is_pruned(edlint, write, tmp_path) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    write("a.md", OLD.replace("January 18th", "Jan. 18"))
    told = "edlint: .edlint-baseline: 1 finding has gone: `edlint baseline prune` drops what has gone\n"
    assert edlint("a.md").err == told
    assert edlint("a.md").err == told  # also where the result of the run before is taken over
    assert edlint("baseline", "prune").out == ".edlint-baseline: 1 finding in 1 article, 0 new, 1 gone\n"
    assert lines(tmp_path) == ["a.md\tNewswire.DateFormat\tJanuary 19th"]
    assert edlint("a.md").err == ""


def test_prune_adds_nothing(edlint, write, tmp_path) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    write("a.md", OLD + "\nThe next is on January 20th.\n")
    assert edlint("baseline", "prune").out == ".edlint-baseline: 2 findings in 1 article, 0 new, 0 gone\n"
    assert edlint("a.md").code == 1


def test_an_article_that_is_gone_is_pruned_and_an_empty_baseline_is_no_file(edlint, write, tmp_path) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    (tmp_path / "a.md").unlink()
    write("b.md", CLEAN)
    assert edlint("baseline", "prune").out == ".edlint-baseline: 2 gone, none left, so the file is deleted\n"
    assert not (tmp_path / ".edlint-baseline").exists()


def test_what_is_not_asked_for_stays(edlint, write, tmp_path) -> None:
    write("a.md", OLD)
    write("b.md", OLD + "\n“We won, Ada Bell said.\n")
    edlint("baseline", "write")
    before = lines(tmp_path)
    write("a.md", CLEAN)
    write("b.md", CLEAN)
    edlint("baseline", "prune", "b.md", "--select", "Newswire")
    assert lines(tmp_path) == [line for line in before if not line.startswith("b.md\tNewswire")]


def test_a_rule_that_did_not_run_has_not_gone(edlint, write) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    assert edlint("a.md", "--select", "Copy").err == ""
    write(".edlint.yml", "rules: {Newswire.DateFormat: off}\n")
    assert edlint("a.md").err == ""


def test_nothing_is_written_where_something_could_not_be_checked(edlint, write, tmp_path) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    before = lines(tmp_path)
    write("a.md", b"caf\xe9\n")
    for verb in ("write", "prune"):
        done = edlint("baseline", verb)
        assert done.code == 3
        assert "not UTF-8" in done.err
        assert "nothing is written" in done.err
    assert lines(tmp_path) == before


def test_each_configuration_has_its_own_baseline_beside_it(edlint, write, tmp_path) -> None:
    write("news/.edlint.yml", "styles: [Newswire]\n")
    write("news/a.md", OLD)
    write("blog/.edlint.yml", "styles: [Newswire]\n")
    write("blog/sub/b.md", OLD)
    edlint("baseline", "write", "news", "blog")
    assert lines(tmp_path / "news")[0].startswith("a.md\t")
    assert lines(tmp_path / "blog")[0].startswith("sub/b.md\t")
    assert edlint(".", cwd=tmp_path / "blog" / "sub").code == 0


def test_no_baseline_shows_all(edlint, write) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    assert len(edlint("--no-baseline", "--format", "json", "a.md").findings) == 2


def test_show_counts_by_rule_and_by_article(edlint, write) -> None:
    write("a.md", OLD)
    write("b.md", "“We won, Ada Bell said.\n")
    edlint("baseline", "write")
    assert edlint("baseline", "show").out == (
        ".edlint-baseline: 3 findings in 2 articles\n\n"
        "      2  Newswire.DateFormat\n      1  Copy.UnbalancedQuotes\n\n      2  a.md\n      1  b.md\n"
    )


def test_show_counts_what_is_below_the_paths_asked_for(edlint, write) -> None:
    write("news/a.md", OLD)
    write("blog/.edlint.yml", "styles: [Newswire]\n")
    write("blog/b.md", OLD)
    edlint("baseline", "write")
    assert edlint("baseline", "show", "news").out.startswith(".edlint-baseline: 2 findings in 1 article\n")
    assert "blog/.edlint-baseline: 2 findings in 1 article\n" in edlint("baseline", "show").out
    assert edlint("baseline", "show", "none").code == 2


def test_what_a_house_hides_is_kept_all_the_same(edlint, write, tmp_path) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    before = lines(tmp_path)
    write(".edlint.yml", "min-severity: error\n")
    for verb in ("prune", "write"):
        edlint("baseline", verb)
        assert lines(tmp_path) == before


def test_an_article_that_is_excluded_now_is_pruned(edlint, write, tmp_path) -> None:
    write("a.md", OLD)
    write("b.md", OLD)
    edlint("baseline", "write")
    write(".edlint.yml", "exclude: [b.md]\n")
    edlint("baseline", "prune")
    assert [line.partition("\t")[0] for line in lines(tmp_path)] == ["a.md", "a.md"]


def test_standard_input_has_none(edlint) -> None:
    done = edlint("baseline", "write", "-")
    assert (done.code, done.err) == (2, "edlint: standard input has no baseline\n")


def test_a_name_that_no_file_can_have_is_one_that_is_gone(edlint, write) -> None:
    write("a.md", CLEAN)
    write(".edlint-baseline", f"{'n' * 300}.md\tCopy.DoubledWords\tthe the\n")
    assert (edlint().code, edlint().err[:42]) == (0, "edlint: .edlint-baseline: 1 finding has go")


def test_pruning_does_not_say_what_it_does_as_if_it_were_to_be_done(edlint, write) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    write("a.md", CLEAN)
    assert edlint("baseline", "prune").err == ""


def test_an_article_that_is_gone_is_told(edlint, write, tmp_path) -> None:
    write("a.md", OLD)
    write("b.md", CLEAN)
    edlint("baseline", "write")
    (tmp_path / "a.md").unlink()
    assert (
        edlint().err == "edlint: .edlint-baseline: 2 findings have gone: `edlint baseline prune` drops what has gone\n"
    )


def test_where_there_is_none_show_says_how_to_get_one(edlint) -> None:
    assert (
        edlint("baseline", "show").out
        == ".edlint-baseline is not there: `edlint baseline write` writes what is found today\n"
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a.md Newswire.DateFormat January 18th", "expected article, rule and words, parted by tabs"),
        ("<<<<<<< HEAD", "two versions that are not merged: keep the lines of both"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_place(edlint, write, line: str, told: str) -> None:
    write("a.md", OLD)
    path = write(".edlint-baseline", f"{HEAD}{line}\n")
    done = edlint("a.md")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"edlint: {path}:2: {told}")


def test_a_finding_in_the_baseline_is_not_fixed(edlint, write) -> None:
    path = write("a.md", OLD)
    edlint("baseline", "write")
    write("a.md", OLD + "\nThe next is on January 20th.\n")
    assert edlint("--fix", "a.md").out.endswith("\n1 file checked: 1 fixed; nothing found, 2 in the baseline\n")
    assert path.read_text(encoding="utf-8") == OLD + "\nThe next is on Jan. 20.\n"


def test_two_branches_that_add_to_it_can_be_merged_by_keeping_both(edlint, write, tmp_path) -> None:
    write("a.md", OLD)
    edlint("baseline", "write")
    ours = set(lines(tmp_path))
    write("b.md", OLD)
    edlint("baseline", "write")
    theirs = set(lines(tmp_path))
    assert ours < theirs
    assert lines(tmp_path) == sorted(theirs)


ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(st.lists(st.tuples(ANY, ANY.filter(str.isprintable).filter(str.strip)), max_size=5))
def test_a_baseline_is_read_as_it_was_written(tmp_path_factory, found: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("house") / ".edlint-baseline"
    entries = [Entry(name, "House.Rule", words) for name, words in found]
    by_name = {name: tuple(sorted(one for one in entries if one.path == name)) for name, _ in found}
    written(Baseline(path, by_name))
    assert read(path).counted == Baseline(path, by_name).counted


def test_long_words_are_cut_and_still_told_apart(edlint, write, tmp_path) -> None:
    write("style/House/Long.yml", "extends: existence\nmessage: long\nscope: paragraph\nraw: ['The .*end\\.']\n")
    write(".edlint.yml", "styles: [style/House]\n")
    write("a.md", f"The {'very ' * 40}same end.\n")
    edlint("baseline", "write")
    (line,) = lines(tmp_path)
    assert len(line) < 150
    assert edlint("a.md").code == 0
    write("a.md", f"The {'very ' * 40}other end.\n")
    assert edlint("a.md").code == 1


def test_results_of_an_earlier_run_know_the_baseline(edlint, write) -> None:
    write("a.md", OLD)
    assert edlint("a.md").code == 1
    edlint("baseline", "write")
    assert edlint("a.md").code == 0
    (Path(write("x.md", CLEAN)).parent / ".edlint-baseline").unlink()
    assert json.loads(edlint("--format", "json", "a.md").out)["totals"]["warning"] == 2
