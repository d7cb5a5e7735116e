"""Bad input: one clear line each, the exit code of docs/output.md, and the rest is checked."""

import os

import pytest

GOOD = "We met on January 18th.\n"
UNREADABLE = [
    pytest.param(None, "no such file", id="missing"),
    pytest.param(b"\x89PNG\0\0", "a binary file, not text: exclude it", id="binary"),
    pytest.param("Caf\xe9\nnext".encode("latin-1"), "not UTF-8 in line 1 (byte 0xe9): save it as UTF-8", id="Latin-1"),
    pytest.param("Rain".encode("utf-16"), "UTF-16, not UTF-8: save it as UTF-8", id="UTF-16"),
    pytest.param(
        b"a " * 25_000_000, "50 MB, more than the 20 MB that an article may have: split or exclude it", id="50 MB"
    ),
]


@pytest.mark.parametrize(("data", "told"), UNREADABLE)
def test_a_file_that_cannot_be_read_is_told_and_the_others_are_checked(
    edlint, write, data: bytes | None, told: str
) -> None:
    write("good.md", GOOD)
    if data is not None:
        write("bad.md", data)
    ran = edlint("--select", "Newswire.DateFormat", "--format", "json", "bad.md", "good.md")
    assert ran.code == 3
    assert ran.err == f"edlint: bad.md: {told}\n"
    assert ran.report["problems"] == [{"path": "bad.md", "line": None, "message": told}]
    assert [file["path"] for file in ran.report["files"]] == ["good.md"]
    assert len(ran.findings) == 1


def test_standard_input_that_cannot_be_read_is_told(edlint) -> None:
    ran = edlint("-", stdin=b"\0")
    assert (ran.code, ran.err) == (3, "edlint: <stdin>: a binary file, not text: exclude it\n")


def test_an_empty_file_is_clean_and_told(edlint, write) -> None:
    write("empty.md", "")
    ran = edlint("empty.md")
    assert (ran.code, ran.err) == (0, "edlint: empty.md: empty, nothing to check\n")


def test_a_folder_without_articles_is_clean_and_told(edlint, write) -> None:
    write("code/a.py", "pass\n")
    ran = edlint("code")
    assert (ran.code, ran.err) == (0, "edlint: no articles in code\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_told(edlint, write) -> None:
    write("secret.md", GOOD).chmod(0)
    assert edlint("secret.md").err == "edlint: secret.md: cannot be read: Permission denied\n"


def test_broken_front_matter_is_a_problem_and_the_body_is_checked(edlint, write) -> None:
    write("a.md", "---\ntitle: [\n---\n" + GOOD)
    ran = edlint("--select", "Newswire.DateFormat", "--format", "json", "a.md")
    assert ran.code == 3
    assert ran.err.startswith("edlint: a.md:")
    assert "front matter is not YAML" in ran.err
    assert len(ran.findings) == 1


USAGE = [
    pytest.param(["--select", "Copy.UnbalancedQuote"], "no rule is named 'Copy.UnbalancedQuote': did you mean 'Copy.UnbalancedQuotes'?",
                 id="an unknown rule"),
    pytest.param(["--ignore", "Nothing"], "no rule is named 'Nothing'", id="an unknown style"),
    pytest.param(["--config", "none.yml"], "none.yml: cannot be read: No such file or directory", id="a missing configuration"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "told"), USAGE)
def test_wrong_usage_is_one_line_and_nothing_is_checked(edlint, write, args: list[str], told: str) -> None:
    write("a.md", GOOD)
    ran = edlint(*args, "a.md")
    assert (ran.code, ran.out, ran.err) == (2, "", f"edlint: {told}\n")


CONFIGURATION = [
    pytest.param("styles: [Copyy]\n", ".edlint.yml:1: styles: no style and no folder 'Copyy': did you mean 'Copy'?", id="a style"),
    pytest.param("styles: [style/House]\n",
                 ".edlint.yml:1: styles: no style and no folder 'style/House': built in are British, Copy, ",
                 id="a folder that does not exist"),
    pytest.param("style: [Copy]\n", ".edlint.yml:1: unknown key 'style': did you mean 'styles'?", id="a key"),
    pytest.param("fail-on: errors\n",
                 ".edlint.yml:1: fail-on: expected one of suggestion, warning, error, never, got 'errors'", id="a level"),
    pytest.param("rules:\n  Copy.UnbalancedQuotes: eror\n",
                 ".edlint.yml:2: Copy.UnbalancedQuotes: expected off, on, default, suggestion, warning, error or options, got 'eror': "
                 "did you mean 'error'?", id="a severity"),
    pytest.param("rules:\n  Copy.Unbalanced: off\n",
                 ".edlint.yml:2: Copy.Unbalanced: no rule is named so: did you mean 'Copy.UnbalancedQuotes'?", id="a rule"),
    pytest.param("rules:\n  Newswire.DateFormat:\n    fromat: d MMMM\n",
                 ".edlint.yml:3: unknown key 'fromat': did you mean 'format'?", id="an option"),
    pytest.param("rules: [a]\n", ".edlint.yml:1: rules: expected keys and values, got a list", id="a list"),
    pytest.param("exclude: [a\n", ".edlint.yml:2: not YAML: did not find expected ',' or ']'", id="not YAML"),
    pytest.param("extends: house.yml\n", ".edlint.yml:1: extends: no such file: 'house.yml' (looked for ", id="a missing base"),
    pytest.param("extends: .edlint.yml\n", ".edlint.yml:1: extends: goes in a loop: .edlint.yml extends .edlint.yml", id="a loop"),
]  # fmt: skip


def test_an_unknown_format_is_one_line_that_names_the_known(edlint) -> None:
    ran = edlint("--format", "xml")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("edlint: Invalid value for '--format': 'xml' is not one of")
    assert "'json'" in ran.err


def test_an_unknown_option_is_one_line(edlint) -> None:
    ran = edlint("--fromat", "json")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("edlint: No such option")
    assert "--format" in ran.err


@pytest.mark.parametrize(("text", "told"), CONFIGURATION)
def test_a_wrong_configuration_is_told_with_file_line_and_key(edlint, write, text: str, told: str) -> None:
    write("a.md", GOOD)
    write(".edlint.yml", text)
    ran = edlint("--format", "json", "a.md")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"edlint: {told}")
    assert ran.err.count("\n") == 1


def test_a_model_that_is_not_there_is_told_and_other_rules_run(edlint, write) -> None:
    write(".edlint.yml", "model: en_core_web_none\n")
    text = GOOD + "\nSome 4,200 people, or 37 percent of the town, have left since the mill closed.\n"
    ran = edlint("--format", "json", "-", stdin=text)
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert "en_core_web_none" in ran.err
    assert "Newswire.DateFormat" in {finding["rule"] for finding in ran.findings}
