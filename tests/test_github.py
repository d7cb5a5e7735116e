"""`--format github`, read as the runner of GitHub Actions reads the lines of a log; and the action and page for CI."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parent.parent
DATE = ("--select", "Newswire.DateFormat", "--format", "github")
OBEYED = ("error", "warning", "notice", "debug", "add-mask", "add-matcher", "echo", "group", "endgroup", "set-env",
          "set-output", "save-state", "add-path", "stop-commands")  # fmt: skip


class Said(NamedTuple):
    """A command as the runner understood it."""

    command: str
    properties: dict[str, str]
    message: str


def unescaped(words: str, codes: str) -> str:
    for code in codes.split():
        words = words.replace(code, chr(int(code[1:], 16)))
    return words


def obeyed(line: str) -> Said | None:
    """The command in a line: `::name key=value,key=value::message` at its start, or `##[name …]…` anywhere."""
    found = re.match(r"\s*::(?P<name>[^ :]*)(?: (?P<keys>.*?))?::(?P<message>.*)", line)
    if found and found["name"].lower() in OBEYED:
        pairs = [pair.split("=", 1) for pair in (found["keys"] or "").split(",") if pair]
        properties = {key: unescaped(value, "%0D %0A %3A %2C %25") for key, value in pairs}
        return Said(found["name"], properties, unescaped(found["message"], "%0D %0A %25"))
    found = re.search(r"##\[(?P<name>[^ \]]*)[^\]]*\](?P<message>.*)", line)
    return Said(found["name"], {}, found["message"]) if found and found["name"].lower() in OBEYED else None


def read(output: str) -> tuple[list[Said], list[str]]:
    """What the runner obeys of an output, and the lines that it prints as they are."""
    lines = [line for line in re.split(r"\r\n|\r|\n", output) if line]
    return [said for line in lines if (said := obeyed(line))], [line for line in lines if not obeyed(line)]


def test_a_clean_run_annotates_nothing_and_counts(edlint, write) -> None:
    write("draft.md", "It rained all day.\n")
    ran = edlint("--format", "github", "draft.md")
    assert (ran.code, ran.out) == (0, "1 file checked: nothing found\n")


def test_a_finding_is_an_annotation_at_its_place(edlint, write) -> None:
    write("drafts/a.md", "\ufeff\r\nWe met, 😀, on January 18th.\n")
    ran = edlint(*DATE, "drafts")
    (said,), rest = read(ran.out)
    assert said.command == "warning"
    assert said.properties == {"file": "drafts/a.md", "line": "2", "endLine": "2", "col": "15", "endColumn": "27",
                               "title": "Newswire.DateFormat"}  # fmt: skip
    assert said.message.startswith("drafts/a.md:2:15: 'January 18th'")
    assert rest == ["1 file checked: 1 warning"]


def test_severities_are_error_warning_and_notice_worst_first(edlint, write) -> None:
    for number, level in enumerate(("suggestion", "warning", "error")):
        write(
            f"House/Word{number}.yml", f"extends: existence\nmessage: avoid\nlevel: {level}\ntokens: [word{number}]\n"
        )
    write(".edlint.yml", "styles: [House]\n")
    write("draft.md", "word0 word1 word2\n")
    said, rest = read(edlint("--format", "github", "draft.md").out)
    assert [one.command for one in said] == ["error", "warning", "notice"]
    assert rest == ["1 file checked: 1 error, 1 warning, 1 suggestion"]


def test_other_places_stand_in_the_message(edlint, write) -> None:
    write("draft.md", "“We won, Ada Bell said. “We never doubted it.”\n")
    (said,), _ = read(edlint("--select", "Copy.UnbalancedQuotes", "--format", "github", "draft.md").out)
    first, *others = said.message.splitlines()
    assert first.startswith("draft.md:1:1: ")
    assert others
    assert all(re.match(r"1:\d+: \w", other) for other in others)


def test_a_finding_over_two_lines_has_no_columns_which_the_runner_refuses(edlint, write) -> None:
    write("draft.md", "We met on January\n18th.\n")
    (said,), _ = read(edlint(*DATE, "draft.md").out)
    assert (said.properties["line"], said.properties["endLine"]) == ("1", "2")
    assert not {"col", "endColumn"} & set(said.properties)


def test_paths_count_from_the_folder_of_the_repository(edlint, write) -> None:
    draft = write("content/drafts/a.md", "We met on January 18th.\n")
    (draft.parents[2] / ".git").mkdir()
    (said,), _ = read(edlint(*DATE, "a.md", cwd=draft.parent).out)
    assert said.properties["file"] == "content/drafts/a.md"


def test_what_could_not_be_checked_is_an_error_and_comes_first(edlint, write) -> None:
    write("draft.md", "“We won, she said.\n")
    write("latin.md", b"caf\xe9\n")
    ran = edlint("--format", "github", "draft.md", "latin.md")
    said, rest = read(ran.out)
    assert ran.code == 3
    assert [one.command for one in said][:2] == ["error", "error"]
    assert said[0].properties == {"file": "latin.md", "title": "edlint could not check this"}
    assert "not UTF-8 in line 1" in said[0].message
    assert rest[-1].endswith("1 problem")


def test_of_200_findings_github_gets_ten_and_the_log_all_others(edlint, write) -> None:
    write("draft.md", "".join(f"We met on January {day}th.\n\n" for day in range(4, 21)) * 12)
    ran = edlint(*DATE, "draft.md")
    said, rest = read(ran.out)
    total = len(edlint("--select", "Newswire.DateFormat", "--format", "json", "draft.md").findings)
    assert total > 200
    assert len(said) == 10
    assert len(rest) == total - 10 + 1
    lines = [int(re.search(r"draft\.md:(\d+):", text)[1]) for text in [one.message for one in said] + rest[:-1]]
    assert lines == sorted(lines)
    assert len(set(lines)) == total
    assert (
        rest[-1] == f"1 file checked: {total} warnings; GitHub shows 10 of a severity, {total - 10} others listed above"
    )


def test_many_warnings_do_not_crowd_out_an_error(edlint, write) -> None:
    write("draft.md", "We met on January 18th.\n\n" * 30 + "“We won, she said.\n")
    said, _ = read(edlint("--select", "Newswire.DateFormat", "--select", "Copy.UnbalancedQuotes", "--format", "github",
                          "draft.md").out)  # fmt: skip
    assert [one.command for one in said] == ["error"] + ["warning"] * 10


def test_a_message_stays_below_what_the_runner_keeps(edlint, write) -> None:
    write("House/Long.yml", "extends: existence\nmessage: \"found '%s'\"\nnonword: true\ntokens: ['a😀+']\n")
    write(".edlint.yml", "styles: [House]\n")
    write("draft.md", "a" + "😀" * 9000 + "\n")
    (said,), _ = read(edlint("--format", "github", "draft.md").out)
    assert 3000 < len(said.message.encode("utf-16-le")) / 2 <= 4096
    assert said.message.endswith("…")


HOSTILE = [
    pytest.param("::error::pwned", id="a command"),
    pytest.param("::stop-commands::x", id="a command that stops commands"),
    pytest.param("##[add-mask]the", id="a command of the old form"),
    pytest.param("x\n::add-mask::the", id="a command in a new line"),
    pytest.param("x\n##[stop-commands]x", id="an old command in a new line"),
    pytest.param("100%0A::error::pwned", id="an escape spelt out"),
    pytest.param("%25%0D%3A%2C", id="escapes"),
    pytest.param("a,file=b,line=1::c", id="properties"),
    pytest.param("x\x1b[31m\x08", id="controls"),
]


@pytest.mark.parametrize("words", HOSTILE)
def test_the_words_of_an_article_are_never_a_command(edlint, write, words: str) -> None:
    write("House/All.yml", "extends: existence\nmessage: \"found '%s'\"\nraw: ['(?s)START(.+?)END']\nnonword: true\n")
    write(".edlint.yml", "styles: [House]\n")
    write("draft.txt", f"START{words}END\n" * 15)
    said, rest = read(edlint("--format", "github", "draft.txt").out)
    found = edlint("--format", "json", "draft.txt").findings
    assert len(found) == 15
    assert [one.command for one in said] == ["warning"] * 10
    assert [one.message.partition(": ")[2] for one in said] == [finding["message"] for finding in found[:10]]
    assert all(" ".join(words.split()) in one.message for one in said)
    assert len(rest) == 5 + 1
    assert all(line.startswith("warning ") for line in rest[:-1])


NAMES = ["::error::x.md", "##[add-mask]x.md", "a,b:c%0A=d.md", "new\nline.md", "new\n::error::x.md"]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_is_never_a_command(edlint, write, name: str) -> None:
    write(name, "We met on January 18th.\n\n" * 12)
    said, rest = read(edlint(*DATE, ".").out)
    assert [one.command for one in said] == ["warning"] * 10
    assert {one.properties["file"] for one in said} == {name}
    assert len(rest) == 2 + 1


def test_two_runs_print_equal_bytes(edlint, write) -> None:
    for name in ("b.md", "a.md"):
        write(name, "We met on January 18th.\n\n“We won, she said.\n")
    assert edlint("--format", "github", ".") == edlint("--format", "github", ".")


def valid(path: Path, schema: str) -> None:
    """Checks a file against a schema of GitHub's or GitLab's that comes with check-jsonschema."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def steps() -> list[dict[str, str]]:
    return yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]


def check_step(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Runs the action's last step as the runner does, with the edlint that is installed here."""
    temp = folder / "temp"
    (temp / "edlint").mkdir(parents=True)
    (temp / "edlint/bin").symlink_to(Path(sys.executable).parent)
    script = temp / "script.sh"
    script.write_text(steps()[-1]["run"], encoding="utf-8")
    env = {
        **os.environ,
        "RUNNER_TEMP": str(temp),
        "EDLINT_PATHS": ".",
        "EDLINT_FAIL_ON": "",
        "EDLINT_SINCE": "",
        "EDLINT_ARGS": "",
    } | inputs
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", script]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)


def test_the_action_is_one_that_github_takes() -> None:
    valid(ROOT / "action.yml", "vendor.github-actions")


def test_no_input_of_the_action_is_text_of_a_script() -> None:
    assert all("${{" not in step.get("run", "") for step in steps())


def test_the_action_gates_changed_lines_with_a_baseline(tmp_path: Path, write, edlint, monkeypatch) -> None:
    for key in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{key}_NAME", "Ada")
        monkeypatch.setenv(f"{key}_EMAIL", "ada@example.org")
    old = "We met on January 18th.\n\nAnd on January 19th.\n"
    write("a.md", old)
    edlint("baseline", "write")
    (tmp_path / ".edlint-baseline").write_text("a.md\tNewswire.DateFormat\tJanuary 18th\n", encoding="utf-8")
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "a.md", ".edlint-baseline"],
        ["commit", "-qm", "Old"],
        ["switch", "-qc", "mine"],
    ):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    write("a.md", old.replace("We met", "They met") + "\nAnd on January 20th.\n")
    done = check_step(tmp_path, EDLINT_SINCE="main", EDLINT_PATHS="a.md")
    assert done.returncode == 1
    assert re.findall("'January .*?'", done.stdout) == ["'January 20th'"], "18 is in the baseline, 19 is not touched"


def test_the_action_checks_paths_line_by_line(tmp_path: Path, write) -> None:
    write("my drafts/a.md", "We met on January 18th.\n")
    write("b.md", "We met on January 18th.\n")
    write("c.md", "We met on January 18th.\n")
    done = check_step(tmp_path, EDLINT_PATHS="my drafts\nb.md\n", EDLINT_ARGS="--select\nNewswire.Date*\n")
    said, _ = read(done.stdout)
    assert done.returncode == 1
    assert [one.properties["file"] for one in said] == ["b.md", "my drafts/a.md"]


def test_the_action_fails_from_the_level_asked_for(tmp_path: Path, write) -> None:
    write("a.md", "We met on January 18th.\n")
    args = "--select\nNewswire.DateFormat"
    assert check_step(tmp_path / "1", EDLINT_PATHS="../a.md", EDLINT_ARGS=args).returncode == 1
    assert check_step(tmp_path / "2", EDLINT_PATHS="../a.md", EDLINT_ARGS=args, EDLINT_FAIL_ON="error").returncode == 0


@pytest.mark.parametrize("words", ["$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "--help", "*"])
def test_an_input_of_the_action_is_a_path_and_nothing_else(tmp_path: Path, words: str) -> None:
    done = check_step(tmp_path, EDLINT_PATHS=words)
    assert done.returncode == 3
    assert f"{words}: no such file" in done.stderr
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", [*NAMES, "cr\r::error::x.md", "new\n  ::error::x.md"])
def test_nothing_that_the_action_prints_of_a_file_that_cannot_be_read_is_a_command(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"caf\xe9\n")
    done = check_step(tmp_path)
    (said,), _ = read(done.stdout)
    assert done.returncode == 3
    assert said.properties == {"file": name, "title": "edlint could not check this"}
    assert "not UTF-8" in done.stderr
    assert read(done.stderr)[0] == []


def pages() -> dict[str, str]:
    """The first example under each heading of docs/ci.md."""
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    found = {}
    for part in re.split(r"\n###? ", page)[1:]:
        if "\n    " not in part:
            continue
        example = re.search(r"(?:^(?:    .*)?\n)+", part[part.index("\n    ") + 1 :], re.MULTILINE)[0]
        found[part.partition("\n")[0]] = re.sub(r"^    ", "", example, flags=re.MULTILINE).strip() + "\n"
    return found


@pytest.mark.parametrize(("heading", "schema"), [("GitHub", "vendor.github-workflows"), ("GitLab", "vendor.gitlab-ci")])
def test_the_page_on_ci_shows_ten_lines_that_the_forge_takes(tmp_path: Path, heading: str, schema: str) -> None:
    example = pages()[heading]
    assert len(example.splitlines()) <= 10
    (tmp_path / "ci.yml").write_text(example, encoding="utf-8")
    valid(tmp_path / "ci.yml", schema)


def test_the_page_on_ci_shows_a_code_quality_job_that_gitlab_takes(tmp_path: Path) -> None:
    example = pages()["Findings in the merge request"]
    (tmp_path / "ci.yml").write_text(example, encoding="utf-8")
    valid(tmp_path / "ci.yml", "vendor.gitlab-ci")
    job = yaml.safe_load(example)["edlint"]
    assert job["artifacts"]["reports"]["codequality"] in job["script"][0]


@pytest.mark.parametrize("heading", ["A comment on the pull request", "reviewdog"])
def test_the_page_on_ci_shows_steps_that_github_takes(tmp_path: Path, heading: str) -> None:
    steps = yaml.safe_load(pages()[heading])
    job = {"runs-on": "ubuntu-latest", "steps": steps}
    (tmp_path / "ci.yml").write_text(yaml.safe_dump({"on": "pull_request", "jobs": {"edlint": job}}), encoding="utf-8")
    valid(tmp_path / "ci.yml", "vendor.github-workflows")
    assert len(steps) == 2


def test_the_page_on_ci_names_every_input_of_the_action() -> None:
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE) == list(inputs)
