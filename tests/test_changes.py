"""`--changed-since` and `--staged`: only what a writer has changed is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

OLD = "The council met on January 18th.\n"
NEW = "It meets again on January 20th.\n"
CLEAN = "Nobody else came.\n"


@pytest.fixture
def git(tmp_path: Path, monkeypatch):
    """Runs Git in the folder that edlint runs in, which is a repository with one commit on `main`."""
    for key in [key for key in os.environ if key.startswith("GIT_")]:
        monkeypatch.delenv(key)
    for key, value in {"HOME": tmp_path, "GIT_CONFIG_NOSYSTEM": 1, "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
                       "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org"}.items():  # fmt: skip
        monkeypatch.setenv(key, str(value))

    def run(*words: str, cwd: Path = tmp_path) -> str:
        done = subprocess.run(["git", *words], cwd=cwd, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("init", "--quiet", "--initial-branch", "main")
    run("commit", "--quiet", "--allow-empty", "--message", "Nothing")
    return run


@pytest.fixture
def commit(git, write):
    """Commits files: `commit({"a.md": "…"})`."""

    def put(files: dict[str, str]) -> None:
        for name, text in files.items():
            write(name, text)
        git("add", "--all")
        git("commit", "--quiet", "--message", "Articles")

    return put


@pytest.fixture
def found(edlint):
    """Gives what is found, as (path, words), with some options."""

    def run(*args: str, **kwargs) -> list[tuple[str, str]]:
        done = edlint("--format", "json", *args, **kwargs)
        return [(file["path"], finding["match"]) for file in done.report["files"] for finding in file["findings"]]

    return run


def test_what_is_as_it_was_is_not_even_read(edlint, commit) -> None:
    commit({"a.md": OLD, "b.md": OLD})
    done = edlint("--changed-since", "HEAD", "--format", "json")
    assert (done.code, done.report["files"]) == (0, [])
    assert done.err == "edlint: no changed articles in .\n"


def test_only_changed_lines_are_told(found, commit, write) -> None:
    commit({"a.md": OLD})
    write("a.md", f"{OLD}\n{NEW}")
    assert found() == [("a.md", "January 18th"), ("a.md", "January 20th")]
    assert found("--changed-since", "HEAD") == [("a.md", "January 20th")]


def test_an_article_that_git_does_not_know_yet_is_new_as_a_whole_unless_it_is_ignored(found, commit, write) -> None:
    commit({"a.md": OLD, ".gitignore": "drafts/\n"})
    write("b ü.md", OLD)
    write("drafts/c.md", OLD)
    assert found("--changed-since", "HEAD") == [("b ü.md", "January 18th")]


def test_a_renamed_article_is_not_new(found, commit, git, write) -> None:
    commit({"a.md": f"{OLD}\n{CLEAN * 5}"})
    git("mv", "a.md", 'new "name"\t.md')
    assert found("--changed-since", "HEAD") == []
    write('new "name"\t.md', f"{OLD}\n{CLEAN * 5}\n{NEW}")
    assert found("--changed-since", "HEAD") == [('new "name"\t.md', "January 20th")]


def test_what_others_wrote_since_the_branch_began_is_not_a_change(found, commit, git, write) -> None:
    commit({"a.md": CLEAN, "b.md": CLEAN})
    git("switch", "--quiet", "--create", "mine")
    commit({"a.md": f"{CLEAN}\n{NEW}"})
    git("switch", "--quiet", "main")
    commit({"b.md": f"{CLEAN}\n{OLD}"})
    git("switch", "--quiet", "mine")
    assert found("--changed-since", "main") == [("a.md", "January 20th")]
    assert found("--changed-since", "HEAD~1", "b.md") == []


def test_a_rule_of_the_whole_article_speaks_where_a_changed_line_takes_part(found, edlint, commit, write) -> None:
    begin = "Odile Castellane won the vote on Tuesday. Odile Castellane is a judge.\n\nThe hall was full.\n"
    commit({"a.md": begin})
    write("a.md", f"{begin}\nLater Odile Castellene thanked the voters.\n")
    assert found("--changed-since", "HEAD") == [("a.md", "Castellene")]
    commit({"a.md": f"{begin}\nLater Odile Castellene thanked the voters.\n"})
    write("a.md", f"{begin}\nLater Odile Castellene thanked the voters.\n\nSnow fell in the evening.\n")
    assert found("--changed-since", "HEAD") == []
    write("a.md", begin.replace("on Tuesday", "on Monday") + "\nLater Odile Castellene thanked the voters.\n")
    assert found("--changed-since", "HEAD") == [("a.md", "Castellene")], "the line that it is held against has changed"


def test_the_last_line_of_before_is_not_changed_by_the_line_end_that_it_lacked(found, commit, write) -> None:
    commit({name: CLEAN + OLD.rstrip() for name in ("a.md", "b.md", "c.md")})
    write("a.md", CLEAN + OLD + NEW)
    write("b.md", CLEAN + OLD)
    write("c.md", CLEAN + OLD.rstrip() + " So it goes.\n")
    assert found("--changed-since", "HEAD") == [("a.md", "January 20th"), ("c.md", "January 18th")]


def test_files_that_are_no_articles_by_their_ending_have_changed_lines_too(found, commit, write) -> None:
    write(".edlint.yml", "formats: {rst: md}\n")
    commit({"a.rst": OLD, "notes": OLD})
    write("a.rst", OLD + NEW)
    write("notes", OLD + NEW)
    assert found("--changed-since", "HEAD", ".", "notes") == [("a.rst", "January 20th"), ("notes", "January 20th")]


def test_a_line_that_looks_like_a_header_of_a_patch_is_a_line(found, commit, write) -> None:
    commit({"a.md": f"{CLEAN}\n-- b/x.md\n"})
    write("a.md", f"{CLEAN}\n++ b/other.md\n@@ -1 +1 @@\n\n{NEW.rstrip()}")
    assert found("--changed-since", "HEAD") == [("a.md", "January 20th")]


def test_carriage_returns_are_counted_as_git_counts_lines(found, commit, write) -> None:
    commit({"a.md": f"{CLEAN}\n{OLD}".replace("\n", "\r\n")})
    write("a.md", f"{CLEAN}\n{OLD}\n{NEW}".replace("\n", "\r\n"))
    assert found("--changed-since", "HEAD") == [("a.md", "January 20th")]


def test_paths_are_as_ever_also_in_a_folder_below(found, commit, write, tmp_path) -> None:
    commit({"news/a.md": CLEAN, "b.md": CLEAN})
    write("news/a.md", NEW)
    write("b.md", NEW)
    assert found("--changed-since", "HEAD", cwd=tmp_path / "news") == [("a.md", "January 20th")]
    assert found("--changed-since", "HEAD", "news") == [("news/a.md", "January 20th")]


def test_settings_of_git_that_change_patches_do_no_harm(found, commit, git, write) -> None:
    for setting in (
        "diff.noprefix=true",
        "diff.mnemonicPrefix=true",
        "color.ui=always",
        "diff.external=false",
        "diff.context=9",
        "diff.interHunkContext=20",
        "diff.relative=true",
    ):
        git("config", *setting.split("="))
    commit({"a.md": OLD})
    write("a.md", f"{OLD}\n{NEW}")
    assert found("--changed-since", "HEAD") == [("a.md", "January 20th")]


def test_hunks_near_each_other_do_not_hide_the_file_that_follows(found, commit, git, write) -> None:
    git("config", "diff.interHunkContext", "20")
    commit({"a.md": CLEAN * 20, "b.md": CLEAN})
    write("a.md", f"Snow fell.\n{CLEAN * 18}Snow fell.\n")
    write("b.md", f"{CLEAN}\n{NEW}")
    assert found("--changed-since", "HEAD") == [("b.md", "January 20th")]


def test_options_of_git_in_the_environment_do_not_widen_what_counts(found, commit, write) -> None:
    commit({"a.md": f"{OLD}\n"})
    write("a.md", f"{OLD}\n{NEW}")
    assert found("--changed-since", "HEAD", env={"GIT_DIFF_OPTS": "-u3"}) == [("a.md", "January 20th")]


def test_articles_that_git_is_told_not_to_compare_have_changed_lines_all_the_same(found, commit, git, write) -> None:
    commit({"a ü.md": OLD, "b.md": f"{CLEAN * 9}{OLD}", "c.md": CLEAN, ".gitattributes": "*.md -diff\n"})
    write("a ü.md", f"{OLD}\n{NEW}")
    git("mv", "b.md", "d.md")
    assert found("--changed-since", "HEAD") == [("a ü.md", "January 20th")]
    write("d.md", f"{CLEAN * 9}{OLD}{NEW}")
    git("add", "--all")
    assert ("a ü.md", "January 20th") in found("--staged")
    assert ("d.md", "January 20th") in found("--staged")


def test_what_is_taken_out_counts_by_the_lines_around_it(found, commit, write) -> None:
    begin = f"{CLEAN}\n{OLD}\nThe hall was full.\n\n{CLEAN}\n{NEW}"
    commit({"a.md": begin})
    write("a.md", begin.replace("\nThe hall was full.\n", ""))
    assert found("--changed-since", "HEAD") == [("a.md", "January 18th")]
    write("a.md", begin.replace(f"\n{NEW}", ""))
    assert found("--changed-since", "HEAD") == []
    write("a.md", begin.removeprefix(f"{CLEAN}\n"))
    assert found("--changed-since", "HEAD") == [("a.md", "January 18th")]
    write("a.md", "")
    assert found("--changed-since", "HEAD") == []


def test_taking_out_what_closes_a_quotation_is_told(found, commit, write) -> None:
    closing = '"It was a long evening," she added.\n\n'
    begin = f'"The hall was full, and nobody wanted to leave, the mayor said.\n\n{closing}Then it ended.\n'
    commit({"a.md": begin})
    write("a.md", begin.replace(closing, ""))
    assert found("--changed-since", "HEAD") == [("a.md", '"')]


def test_what_is_taken_out_near_what_is_new_hides_nothing(found, commit, write) -> None:
    """The places of both overlap, as the lines around reach over empty ones."""
    commit({"a.md": f"{OLD}\n\n{CLEAN}\n{NEW}"})
    write("a.md", f"{OLD}\t\n\n\n{NEW}")
    assert found("--changed-since", "HEAD") == [("a.md", "January 18th"), ("a.md", "January 20th")]


def test_staged_reads_what_is_staged_and_not_what_is_on_disk(found, commit, git, write) -> None:
    commit({"a.md": OLD})
    write("a.md", f"{OLD}\n{NEW}")
    assert found("--staged") == []
    git("add", "a.md")
    write("a.md", f"{CLEAN}\n{OLD}\n{NEW}\nAnd on January 21st.\n")
    assert found("--staged") == [("a.md", "January 20th")]
    write("a.md", CLEAN)
    assert found("--staged") == [("a.md", "January 20th")]


def test_what_is_staged_and_gone_from_the_disk_is_met_on_a_walk(found, commit, git, write, tmp_path) -> None:
    names = ["news/a.md", "b.md", ".drafts/c.md", "node_modules/d.md", "e.bin", "f ü.md"]
    for name in names:
        write(name, NEW)
    git("add", "--all")
    for name in names:
        (tmp_path / name).unlink()
    assert [name for name, _ in found("--staged")] == ["b.md", "f ü.md", "news/a.md"]
    assert [name for name, _ in found("--staged", "news")] == ["news/a.md"]
    assert [name for name, _ in found("--staged", cwd=tmp_path / "news")] == ["a.md"]


def test_a_link_is_no_article_of_its_own_change(found, commit, git, write, tmp_path) -> None:
    commit({"a.md": NEW})
    (tmp_path / "b.md").symlink_to("a.md")
    assert found("--changed-since", "HEAD") == []
    git("add", "b.md")
    assert found("--changed-since", "HEAD") == []
    assert found("--staged") == []
    write("a.md", f"{OLD}\n{NEW}")
    assert found("--changed-since", "HEAD") == [("a.md", "January 18th")]
    assert found("--changed-since", "HEAD", "b.md") == [("b.md", "January 18th")], "who names it means the article"


def test_git_is_not_asked_for_each_article(edlint, git, write, tmp_path) -> None:
    for number in range(30):
        write(f"{number}.md", f"{NEW}\n{number}")
    git("add", "--all")
    trace = tmp_path / "trace"
    assert len(edlint("--staged", "--format", "json", env={"GIT_TRACE": str(trace)}).findings) == 30
    assert trace.read_text().count("trace: built-in: git") < 10


def test_the_first_commit_of_a_repository_can_be_checked(found, git, write, tmp_path) -> None:
    (tmp_path / "new").mkdir()
    git("init", "--quiet", cwd=tmp_path / "new")
    write("new/a.md", NEW)
    git("add", "a.md", cwd=tmp_path / "new")
    assert found("--staged", cwd=tmp_path / "new") == [("a.md", "January 20th")]


def test_fix_touches_changed_lines_only(edlint, commit, write) -> None:
    commit({"a.md": OLD})
    path = write("a.md", f"{OLD}\n{NEW}")
    assert edlint("--fix", "--changed-since", "HEAD").code == 0
    assert path.read_text(encoding="utf-8") == f"{OLD}\n{NEW.replace('January 20th', 'Jan. 20')}"


def test_the_baseline_is_for_the_lines_that_have_not_changed(found, edlint, commit, write) -> None:
    commit({"a.md": f"{CLEAN}\n{NEW}"})
    edlint("baseline", "write")
    write("a.md", f"{NEW}\n{CLEAN}\n{NEW}")
    assert found("--changed-since", "HEAD") == [("a.md", "January 20th")]


def test_results_of_an_earlier_run_know_which_lines_counted(found, commit, write) -> None:
    commit({"a.md": OLD})
    write("a.md", f"{OLD}\n{NEW}")
    for _ in range(2):
        assert found("--changed-since", "HEAD") == [("a.md", "January 20th")]
        assert len(found("--changed-since", "HEAD~1")) == 2


def told(done) -> str:
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    return done.err


@pytest.mark.parametrize("option", [("--changed-since", "main"), ("--staged",)])
def test_outside_of_a_repository_that_is_said(edlint, write, tmp_path, option) -> None:
    write("a.md", OLD)
    env = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    assert f"{option[0]} needs a Git repository" in told(edlint(*option, env=env))


def test_a_reference_that_git_does_not_know_is_said(edlint, commit) -> None:
    commit({"a.md": OLD})
    for name in ("mian", "--help", "main~99"):
        assert f"Git knows no commit '{name}'" in told(edlint(f"--changed-since={name}"))


def test_a_shallow_clone_says_how_to_get_the_rest(edlint, commit, git, tmp_path) -> None:
    commit({"a.md": OLD})
    commit({"b.md": OLD})
    git("clone", "--quiet", "--depth", "1", f"file://{tmp_path}", "shallow")
    message = told(edlint("--changed-since", "HEAD~1", cwd=tmp_path / "shallow"))
    assert "this clone is shallow: git fetch --unshallow" in message
    assert "fetch-depth: 0" in message


def test_branches_without_a_common_commit_are_said(edlint, commit, git) -> None:
    commit({"a.md": OLD})
    git("checkout", "--quiet", "--orphan", "other")
    git("commit", "--quiet", "--message", "Alone")
    assert "has no commit in common" in told(edlint("--changed-since", "main"))


def test_an_ignored_article_is_new_as_a_whole_where_it_is_named(found, commit, write) -> None:
    commit({"a.md": OLD, ".gitignore": "drafts/\n"})
    write("drafts/b.md", OLD)
    assert found("--changed-since", "HEAD", "a.md", "drafts/b.md") == [("drafts/b.md", "January 18th")]
    assert found("--changed-since", "HEAD") == []
    assert found("--staged", "drafts/b.md") == []


def test_a_repository_within_this_one_is_not_passed_by_in_silence(edlint, commit, git, write, tmp_path) -> None:
    commit({"a.md": OLD})
    write("inner/news/b.md", NEW)
    git("init", "--quiet", cwd=tmp_path / "inner")
    for options in (("--changed-since", "HEAD"), ("--staged",)):
        done = edlint(*options)
        assert done.code == 0
        assert done.err.startswith("edlint: articles in inner, which is a repository of its own: ")
        assert done.err.count("\n") == 1
        assert "inner/news/b.md is in inner, which is a repository of its own" in told(
            edlint(*options, "inner/news/b.md")
        )


def test_a_file_of_another_repository_is_said(edlint, commit, write, tmp_path_factory) -> None:
    commit({"a.md": OLD})
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "b.md"
    elsewhere.write_text(OLD, encoding="utf-8")
    assert "outside of the repository" in told(edlint("--changed-since", "HEAD", str(elsewhere)))


def test_a_repository_of_somebody_else_comes_with_the_remedy(edlint, commit) -> None:
    commit({"a.md": OLD})
    message = told(edlint("--staged", env={"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}))
    assert "does not trust this repository" in message
    assert "git config --global --add safe.directory " in message
    assert "needs a Git repository" not in message


def test_an_empty_reference_is_said(edlint, commit) -> None:
    commit({"a.md": OLD})
    assert "--changed-since needs the name of a branch, tag or commit" in told(edlint("--changed-since", ""))


@pytest.fixture
def hook(git, tmp_path):
    """Makes a script a pre-commit hook, in which `edlint` is the installed command."""

    def put(script: str) -> None:
        path = tmp_path / ".git" / "hooks" / "pre-commit"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'#!/bin/sh\nPATH="{Path(sys.executable).parent}:$PATH"\n{script}\n', encoding="utf-8")
        path.chmod(0o755)

    return put


def committed(folder: Path, *words: str) -> tuple[bool, str]:
    """Says whether a commit went through, and what its hook printed."""
    done = subprocess.run(["git", "commit", "--message", "New", *words], cwd=folder, capture_output=True, text=True)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("is_linked", [False, True])
@pytest.mark.parametrize("words", [(), ("--all",), ("news/a.md",)])
def test_a_hook_sees_what_is_committed_wherever_it_goes(commit, git, hook, tmp_path, is_linked, words) -> None:
    commit({"news/a.md": CLEAN, "news/b.md": CLEAN})
    top = tmp_path
    if is_linked:
        top = tmp_path / "linked"
        git("worktree", "add", "--quiet", str(top))
    hook("cd news && edlint --staged --format json")
    (top / "news" / "a.md").write_text(NEW, encoding="utf-8")
    if not words:
        git("add", "--all", ".", cwd=top / "news")
    went, printed = committed(top, *words)
    assert not went
    assert "January 20th" in printed


def test_a_git_folder_from_elsewhere_needs_to_know_its_files(edlint, commit, git, write, tmp_path) -> None:
    commit({"news/a.md": OLD})
    git("init", "--quiet", "other")
    message = told(edlint("--staged", cwd=tmp_path / "news", env={"GIT_DIR": str(tmp_path / "other" / ".git")}))
    assert "set GIT_WORK_TREE" in message
    write("news/a.md", f"{OLD}\n{NEW}")
    git("add", "news")
    env = {"GIT_DIR": str(tmp_path / ".git"), "GIT_WORK_TREE": str(tmp_path)}
    assert "January 20th" in edlint("--staged", cwd=tmp_path / "news", env=env).out
    env["GIT_WORK_TREE"] = "."
    assert "January 20th" in edlint("--staged", cwd=tmp_path / "news", env=env).out


def test_no_git_at_all_is_said(edlint, write, tmp_path) -> None:
    write("a.md", OLD)
    (tmp_path / "empty").mkdir()
    assert "there is no `git` here" in told(edlint("--staged", env={"PATH": str(tmp_path / "empty")}))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--staged", "--changed-since", "main"), "choose one"),
        (("--staged", "-"), "Git knows nothing of standard input"),
        (("--staged", "--fix"), "what is staged stands in none"),
        (("--unsafe",), "with --fix to apply them"),
        (("--fix", "-", "a.md"), "fix that by itself"),
        (("--diff", "--output", "json=x.json"), "take the place of a report"),
    ],
)
def test_options_that_do_not_go_together_are_said(edlint, commit, options, message) -> None:
    commit({"a.md": OLD})
    assert message in told(edlint(*options))
