"""The command as its users call it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

DRAFT = "It was the the end.\n\nWe met on January 18th.\n"
HOUSE = "extends: existence\nmessage: avoid '%s'\nlevel: error\ntokens: [utilize]\n"


def test_findings_are_grouped_by_file_with_place_severity_message_rule_and_excerpt(edlint, write) -> None:
    write("drafts/a.md", "We utilize it, and they utilize it.\n")
    write("drafts/b.md", "Nothing here.\n")
    write("House/Plain.yml", HOUSE)
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("drafts")
    assert ran.code == 1
    assert ran.out == (
        f"{Path('drafts/a.md')}\n"
        "  1:4   error       avoid 'utilize'  House.Plain\n"
        "        We utilize it, and they utilize it.\n"
        "           ^^^^^^^\n"
        "  1:25  error       avoid 'utilize'  House.Plain\n"
        "        We utilize it, and they utilize it.\n"
        "                                ^^^^^^^\n"
        "\n"
        "2 files checked: 2 errors\n"
    )


def test_related_places_stand_beneath_their_finding(edlint) -> None:
    ran = edlint("--select", "Copy.UnbalancedQuotes", "--stdin-filename", "draft.md", "-",
                 stdin="“We won, Ada Bell said. “We never doubted it.”\n")  # fmt: skip
    lines = ran.out.splitlines()
    assert lines[0] == "draft.md"
    assert lines[1].startswith("  1:1  error")
    assert any(line.startswith("        1:25  ") for line in lines)


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_an_excerpt_of_a_long_line_fits_the_terminal_and_marks_the_span(edlint, columns: int) -> None:
    text = (
        "The harbour board met again and again. " * 20 + "It met on January 18th in the old hall. " + "Rain fell. " * 40
    )
    ran = edlint("--select", "Newswire.DateFormat", "-", stdin=text, env={"COLUMNS": str(columns)})
    line, mark = ran.out.splitlines()[2:4]
    assert len(line) <= max(columns, 48)
    assert line[mark.index("^") : mark.rindex("^") + 1] == "January 18th"
    assert line.strip().startswith("…")
    assert line.endswith("…")


def test_the_mark_stands_right_under_wide_and_combining_characters(edlint) -> None:
    ran = edlint("--select", "Newswire.DateFormat", "-", stdin="東京 cafe\u0301: January 18th\n")
    line, mark = ran.out.splitlines()[2:4]
    assert line.strip() == "東京 cafe\u0301: January 18th"
    assert len(mark) - len(mark.lstrip()) == 8 + len("xxxx cafe: ")


def test_no_excerpt_prints_no_lines_of_the_article(edlint) -> None:
    ran = edlint("--select", "Newswire.DateFormat", "--no-excerpt", "-", stdin=DRAFT)
    assert len(ran.out.splitlines()) == 4


def test_a_clean_article_ends_with_zero(edlint, write) -> None:
    write("draft.md", "It rained all day.\n")
    ran = edlint("draft.md")
    assert (ran.code, ran.out, ran.err) == (0, "1 file checked: nothing found\n", "")


SEVERITIES = [
    pytest.param([], 1, id="warnings fail by default"),
    pytest.param(["--fail-on", "error"], 0, id="only errors"),
    pytest.param(["--fail-on", "never"], 0, id="never"),
    pytest.param(["--fail-on", "suggestion"], 1, id="suggestions too"),
    pytest.param(["--min-severity", "error"], 0, id="what is hidden does not fail"),
]


@pytest.mark.parametrize(("args", "code"), SEVERITIES)
def test_the_fail_level_decides_the_exit_code(edlint, args: list[str], code: int) -> None:
    assert edlint("--select", "Newswire.DateFormat", *args, "-", stdin=DRAFT).code == code


def test_json_is_as_docs_output_says(edlint, write) -> None:
    write("draft.md", "\ufeffé 😀\r\nWe met on January 18th.\n".encode())
    ran = edlint("--select", "Newswire.DateFormat", "--format", "json", "draft.md")
    (file,) = ran.report["files"]
    (finding,) = file["findings"]
    assert ran.report["version"] == 1
    assert ran.report["totals"] == {"files": 1, "error": 0, "warning": 1, "suggestion": 0}
    assert file["path"] == "draft.md"
    assert list(finding) == [
        "rule", "kind", "severity", "message", "line", "column", "end_line", "end_column", "start", "end", "match",
        "related", "fixes", "link", "fingerprint",
    ]  # fmt: skip
    assert (finding["line"], finding["column"], finding["start"], finding["match"]) == (2, 11, 15, "January 18th")
    assert finding["fixes"][0]["message"] == "write 'Jan. 18'"
    assert finding["fixes"][0]["edits"][0] == {"start": 15, "end": 22, "text": "Jan."}


def test_the_fingerprint_outlives_changes_elsewhere_and_tells_equals_apart(edlint) -> None:
    def prints(text: str) -> list[str]:
        ran = edlint("--select", "Newswire.DateFormat", "--format", "json", "-", stdin=text)
        return [finding["fingerprint"] for finding in ran.findings]

    before = prints(DRAFT)
    assert prints("A new first line.\n\n" + DRAFT + "\nAnd a last one.\n") == before
    twice = prints(DRAFT + "\n" + DRAFT)
    assert twice[0] == before[0]
    assert len(set(twice)) == 2


def test_two_runs_print_equal_bytes(edlint, write) -> None:
    for name in ("b.md", "a.md", "sub/c.txt"):
        write(name, DRAFT)
    first, second = (edlint("--format", "json", ".") for _ in range(2))
    assert first == second
    assert [file["path"] for file in first.report["files"]] == ["a.md", "b.md", os.path.join("sub", "c.txt")]


def test_folders_are_walked_without_what_is_ignored_hidden_vendored_or_no_article(edlint, write) -> None:
    for name in ("a.md", "b.markdown", "c.txt", "d.text", "e.py", ".hidden/f.md", ".g.md", "node_modules/h.md",
                 "drafts/i.md", "drafts/old/j.md", "drafts/old/keep.md", "build/k.md", "sub/l.md"):  # fmt: skip
        write(name, "Rain.\n")
    write(".gitignore", "build/\n/sub/\n")
    write("drafts/.gitignore", "old/*\n!old/keep.md\n")
    write(".git/info/exclude", "c.txt\n")
    ran = edlint("--format", "json", ".")
    expected = [
        "a.md",
        "b.markdown",
        "d.text",
        os.path.join("drafts", "i.md"),
        os.path.join("drafts", "old", "keep.md"),
    ]
    assert [file["path"] for file in ran.report["files"]] == expected
    below = edlint("--format", "json", "drafts")
    assert [file["path"] for file in below.report["files"]] == expected[3:]


def test_a_path_named_is_held_to_exclude_alone(edlint, write) -> None:
    write(".gitignore", "a.md\n")
    write(".edlint.yml", "exclude: [archive/**]\n")
    for name in ("a.md", "archive/b.md", "notes.rst"):
        write(name, "Rain.\n")
    ran = edlint("--format", "json", "a.md", "archive/b.md", "notes.rst")
    assert [file["path"] for file in ran.report["files"]] == ["a.md", "notes.rst"]
    assert "archive" in ran.err
    assert ran.code == 0


def test_a_file_named_twice_is_read_once(edlint, write) -> None:
    write("a.md", "Rain.\n")
    ran = edlint("--format", "json", "a.md", "./a.md", ".")
    assert [file["path"] for file in ran.report["files"]] == ["a.md"]


def test_without_paths_this_folder_is_checked(edlint, write) -> None:
    write("a.md", "Rain.\n")
    assert edlint().out == "1 file checked: nothing found\n"


def test_standard_input_is_read_by_the_ending_of_its_name(edlint) -> None:
    text = "# January 18th `January 18th`\n"
    plain = edlint("--select", "Newswire.DateFormat", "--format", "json", "-", stdin=text)
    markdown = edlint(
        "--select", "Newswire.DateFormat", "--format", "json", "--stdin-filename", "x.md", "-", stdin=text
    )
    assert (len(plain.findings), len(markdown.findings)) == (2, 1)
    assert plain.report["files"][0]["path"] == "<stdin>"
    assert markdown.report["files"][0]["path"] == "x.md"


def test_select_reaches_rules_that_the_configuration_has_off(edlint, write) -> None:
    write(".edlint.yml", "styles: [Copy]\nrules: {Copy.*: off}\n")
    by_name = edlint("--select", "Newswire.DateFormat", "--format", "json", "-", stdin=DRAFT)
    by_style = edlint("--select", "Newswire", "--ignore", "Facts", "--format", "json", "-", stdin=DRAFT)
    assert len(by_name.findings) == len(by_style.findings) == 1
    without = edlint("--select", "Newswire", "--ignore", "Newswire.Date*", "--format", "json", "-", stdin=DRAFT)
    assert without.findings == []
    assert edlint("--format", "json", "-", stdin=DRAFT).findings == []


def test_colour_is_for_terminals_and_no_color_is_respected(edlint, write, on_a_terminal) -> None:
    write("draft.md", DRAFT)
    assert "\x1b" not in edlint("draft.md").out
    asked = ("stdout", "--select", "Newswire.DateFormat", "draft.md")
    assert "\x1b[33m" in on_a_terminal(*asked)[0]
    assert "\x1b" not in on_a_terminal(*asked, NO_COLOR="1")[0]


def test_python_m_edlint_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "edlint", "--version"], capture_output=True, text=True)
    assert done.stdout.startswith("edlint ")


def test_help_fits_a_screen_and_imports_nothing_of_the_engine(edlint) -> None:
    help_text = edlint("--help").out
    assert len(help_text.splitlines()) <= 32
    assert max(map(len, help_text.splitlines())) <= 80
    program = "import sys; sys.argv = ['edlint', '--help']\nimport edlint.cli\ntry: edlint.cli.main()\nfinally: print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    for module in ("yaml", "regex", "pyromark", "spacy", "edlint.engine"):
        assert f"'{module}'" not in done.stdout


def test_a_word_that_is_a_command_and_a_file_can_be_either(edlint, write) -> None:
    write("rules/draft.md", "Rain.\n")
    assert "Newswire.DateFormat" in edlint("rules").out
    assert edlint("./rules").out == "1 file checked: nothing found\n"
    assert edlint("check", "rules").out == "1 file checked: nothing found\n"


def test_an_article_in_another_language_gets_no_language_checks(edlint) -> None:
    text = "---\nlang: {}\n---\nWir trafen uns uns January 18th.\n"
    names = ("--select", "Newswire.DateFormat", "--select", "Copy.DoubledWords", "--stdin-filename", "x.md")

    def found(language: str) -> list[str]:
        ran = edlint(*names, "--format", "json", "-", stdin=text.format(language))
        return [finding["rule"] for finding in ran.findings]

    assert found("de") == []
    assert found("en_US") == found("en") == ["Copy.DoubledWords", "Newswire.DateFormat"]
    assert found("en-GB") == ["Copy.DoubledWords"]  # American news style is not for it


def test_words_are_printed_whatever_the_locale(edlint) -> None:
    ran = edlint("--select", "Newswire.DateFormat", "-", stdin="“Café” on January 18th\n",
                 env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})  # fmt: skip
    assert "“Café” on January 18th" in ran.out


DATE = "They met on January 18th.\n"
MENDED = "They met on Jan. 18.\n"


def test_fix_prints_what_it_makes_of_standard_input(edlint) -> None:
    assert edlint("--fix", "-", stdin=DATE).out == MENDED


def test_standard_input_that_cannot_be_fixed_comes_back_as_it_is(edlint, write) -> None:
    write(".edlint.yml", "exclude: [vendor]\n")
    assert edlint("--fix", "-", "--stdin-filename", "vendor/a.md", stdin=DATE).out == DATE
    done = subprocess.run(
        [Path(sys.executable).with_name("edlint"), "--fix", "-"], input=b"caf\xe9\n", capture_output=True
    )
    assert (done.returncode, done.stdout) == (3, b"caf\xe9\n")


def test_fix_says_what_it_has_fixed_and_what_is_left_to_fix(edlint, write) -> None:
    write("a.md", DATE)
    assert edlint("a.md").out.endswith("1 file checked: 1 warning; 1 can be fixed by --fix\n")
    assert (
        edlint("--fix", "a.md").out
        == "a.md\n  1 fixed: Newswire.DateFormat 1\n\n1 file checked: 1 fixed; nothing found\n"
    )


def test_what_is_to_be_fixed_is_fixed_though_nobody_reads_on(edlint, write, tmp_path) -> None:
    paths = [write(f"{number:03}.md", DATE + "\n“We won, Ada Bell said.\n") for number in range(60)]
    command = f"{Path(sys.executable).with_name('edlint')} --no-cache --jobs 1 --fix . | head -1"
    subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=True)
    assert [path.read_text(encoding="utf-8").startswith(MENDED) for path in paths] == [True] * 60


EDLINT = Path(sys.executable).with_name("edlint")


@pytest.mark.parametrize("words", ["rules", "--no-cache --jobs 1 ."])
def test_where_nobody_reads_on_the_exit_code_is_not_that_of_findings(write, tmp_path, words) -> None:
    for number in range(40):
        write(f"{number:03}.md", DATE * 40)
    piped = f"{EDLINT} {words} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", piped], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (3, b"")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
@pytest.mark.parametrize(("words", "code"), [("rules", 0), ("-", 0), ("a.md missing.md", 3)])
def test_a_standard_stream_that_is_closed_does_no_harm(write, tmp_path, words, code, closed) -> None:
    write("a.md", DATE)
    command = f"{EDLINT} {words} {closed}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, stdin=subprocess.DEVNULL)
    assert (done.returncode, b"fault" in done.stderr) == (code, False)


def test_standard_input_comes_back_where_the_configuration_is_wrong(edlint, write) -> None:
    write(".edlint.yml", "styels: [Copy]\n")
    done = edlint("--fix", "-", stdin=DATE)
    assert (done.code, done.out) == (2, DATE)
    assert edlint("--diff", "-", stdin=DATE).out == ""


def test_a_run_that_is_interrupted_is_no_fault(write, tmp_path) -> None:
    write("a.md", DATE)
    program = (
        "import os, signal, sys; sys.argv = ['edlint', 'a.md']\n"
        "import edlint.run, edlint.cli\n"
        "edlint.run.run = lambda *_: signal.raise_signal(signal.SIGINT)\n"
        "edlint.cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stdout, b"fault" in done.stderr) == (130, b"", False)


def test_a_folder_that_cannot_be_read_is_told(write, tmp_path) -> None:
    write("a.md", "It rained.\n")
    write("shut/b.md", DATE)
    program = (
        "import os, sys; sys.argv = ['edlint', '.']\n"
        "import edlint.cli; scandir = os.scandir\n"
        "def refusing(path):\n"
        "    if os.path.basename(path) == 'shut': raise PermissionError(13, 'Permission denied', path)\n"
        "    return scandir(path)\n"
        "os.scandir = refusing  # as root reads everything, a mode would not do\n"
        "edlint.cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (3, "edlint: shut: cannot be read: Permission denied\n")


def test_texts_that_come_with_software_are_checked_where_they_are_named(edlint, write) -> None:
    write("LICENSE.md", DATE)
    assert edlint().err == "edlint: no articles in .\n"
    assert edlint("LICENSE.md").code == 1


def test_a_name_with_control_characters_does_nothing_to_a_terminal(edlint, write) -> None:
    write("a\x1b[31m\nb.md", DATE)
    for form in ("text", "markdown"):
        out = edlint("--format", form).out
        assert ("\x1b" in out, "\nb.md" in out, "b.md" in out) == (False, False, True), form


def test_a_file_with_two_names_is_fixed_once(edlint, write, tmp_path) -> None:
    path = write("a.md", DATE)
    (tmp_path / "b.md").symlink_to(path)
    done = edlint("--fix")
    assert (done.code, done.out.splitlines()[-1]) == (0, "1 file checked: 1 fixed; nothing found")


def test_a_word_that_is_no_file_and_no_command_is_said_to_be_neither(edlint) -> None:
    done = edlint("lint")
    assert (done.code, done.out) == (3, "0 files checked: 1 problem, told on standard error\n")
    assert done.err == "edlint: lint: no such file, and no command: `edlint --help` lists these\n"


def test_a_name_that_is_no_text_does_no_harm_beside_an_exclude(edlint, write, tmp_path) -> None:
    write(".edlint.yml", "exclude: ['old/**', x.md]\n")
    write(".gitignore", "*.tmp\n")
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text(DATE, encoding="utf-8")
    assert edlint("--no-excerpt").code == 1
