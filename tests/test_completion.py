"""`edlint completion`: what shells complete."""

import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


def environment(cwd: Path) -> dict[str, str]:
    """Where the installed command is found, and no start-up files of whoever runs the tests are."""
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "HOME": str(cwd), "ZDOTDIR": str(cwd), "TERM": "xterm"}


def completed(shell: str, words: str, cwd: Path) -> list[str]:
    """What a shell offers for a line; the shell itself is asked."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    scripts = {
        # Where a line is completed, bash takes a `=` for a word.
        "bash": 'source <(edlint completion bash); read -ra COMP_WORDS <<< "${1//=/ = }"; [[ $1 == *" " ]] && COMP_WORDS+=("");'
        " COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )); _edlint_completion edlint 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"",
        "fish": 'edlint completion fish | source; complete --do-complete "$argv[1]"',
    }
    rest = [words] if shell == "fish" else ["bash", words]
    done = subprocess.run(
        [shell, "-c", scripts[shell], *rest], cwd=cwd, env=environment(cwd), capture_output=True, text=True
    )
    return [line.partition("\t")[0] for line in done.stdout.splitlines() if line]


ZSHRC = """\
autoload -Uz compinit; compinit -u -D
source <(edlint completion zsh)
told() { print -r -- "$BUFFER" > line; exit }
zle -N told; bindkey '^X' told
"""


def typed_in_zsh(words: str, cwd: Path) -> str:
    """What a line of zsh has become once Tab was pressed, as it stands on a terminal."""
    import pty  # not on every platform

    if not shutil.which("zsh"):
        pytest.skip("zsh is not installed")
    (cwd / ".zshrc").write_text(ZSHRC, encoding="utf-8")
    parent, child = pty.openpty()
    os.write(parent, f"{words}\t\x18".encode())
    zsh = subprocess.Popen(
        ["zsh", "-d", "-i"],
        cwd=cwd,
        env=environment(cwd),
        stdin=child,
        stdout=child,
        stderr=child,
        start_new_session=True,
    )
    os.close(child)
    ending = threading.Timer(60, zsh.kill)
    ending.start()
    with suppress(OSError):  # the terminal is closed
        while os.read(parent, 4096):
            pass
    zsh.wait()
    ending.cancel()
    os.close(parent)
    return (cwd / "line").read_text(encoding="utf-8").removesuffix("\n")


@pytest.mark.parametrize("shell", ["bash", "fish"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("edlint ex", ["explain"]),
        ("edlint --changed", ["--changed-since"]),
        ("edlint draft.md --no-b", ["--no-baseline"]),
        ("edlint --format gitl", ["gitlab"]),
        ("edlint --format json --fail-on su", ["suggestion"]),
        ("edlint --select Cop", ["Copy"]),
        ("edlint explain Copy.UnbalancedQ", ["Copy.UnbalancedQuotes"]),
        ("edlint baseline ", ["write", "show", "prune"]),
        ("edlint --output sar", ["sarif="]),
    ],
)
def test_a_word_is_completed(tmp_path, shell: str, words: str, expected: list[str]) -> None:
    assert sorted(completed(shell, words, tmp_path)) == sorted(expected)


def test_a_file_is_completed_where_no_command_begins_so(tmp_path, write) -> None:
    write("draft.md", "")
    assert "draft.md" in completed("fish", "edlint dr", tmp_path)


@pytest.mark.parametrize(
    ("words", "value"), [("edlint --format=gitl", "gitlab"), ("edlint draft.md --fail-on=su", "suggestion")]
)
def test_the_value_of_an_option_is_completed_after_its_sign(tmp_path, words: str, value: str) -> None:
    option = words.split()[-1].partition("=")[0]
    assert completed("bash", words, tmp_path) == [value]
    assert completed("fish", words, tmp_path) == [f"{option}={value}"]


def test_fish_completes_the_file_that_a_report_is_written_to(tmp_path, write) -> None:
    write("article.html", "")
    assert completed("fish", "edlint --output html=art", tmp_path) == ["html=article.html"]
    assert completed("fish", "edlint --config=art", tmp_path) == ["--config=article.html"]
    assert completed("fish", "edlint --select Nothing", tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("edlint --fail-on=", "edlint --fail-on=", id="several values"),
        pytest.param("edlint --format=gitl", "edlint --format=gitlab ", id="one value"),
        pytest.param("edlint --select=cop", "edlint --select=Copy ", id="a value of other case"),
        pytest.param("edlint --output sar", "edlint --output sarif=", id="a format, and its file is due"),
        pytest.param("edlint --output html=art", "edlint --output html=article.html ", id="the file of a report"),
        pytest.param("edlint --config=art", "edlint --config=article.html ", id="a file"),
        pytest.param("edlint ex", "edlint explain ", id="a command"),
        pytest.param("edlint explain art", "edlint explain article.html ", id="the file of a place"),
    ],
)
def test_zsh_completes_a_word_and_keeps_what_stands_before_the_sign(tmp_path, write, before: str, after: str) -> None:
    write("article.html", "")
    assert typed_in_zsh(before, tmp_path) == after


def test_a_place_is_completed_as_a_rule_or_else_as_a_file(tmp_path, write) -> None:
    write("copied.md", "")
    assert completed("fish", "edlint explain cop", tmp_path) == ["Copy"]
    assert completed("fish", "edlint explain copi", tmp_path) == ["copied.md"]


def test_a_broken_configuration_says_nothing_into_a_line_that_is_being_written(edlint, write) -> None:
    write(".edlint.yml", "styles: [Nowhere]\n")
    asked = {"_EDLINT_COMPLETE": "fish_complete", "COMP_WORDS": "edlint explain art", "COMP_CWORD": "art"}
    assert edlint(env=asked) == (0, "file,art\n", "")


def test_what_a_command_does_is_told_whole(edlint) -> None:
    shown = edlint(env={"_EDLINT_COMPLETE": "fish_complete", "COMP_WORDS": "edlint ex", "COMP_CWORD": "ex"}).out
    assert shown == "plain,explain\tSay what a rule finds, or what was found in a place, and why.\n"
    commands = edlint("--help").out.partition("Commands:\n")[2].splitlines()
    assert [line for line in commands if not line.endswith(".") or line.endswith("...")] == []


def test_branches_are_completed(tmp_path) -> None:
    for words in (
        ["init", "-q", "-b", "trunk"],
        ["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "x", "--allow-empty"],
    ):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    assert completed("bash", "edlint --changed-since tr", tmp_path) == ["trunk"]


def test_the_script_for_zsh_is_one(edlint, tmp_path, write) -> None:
    script = edlint("completion", "zsh").out
    assert "compdef _edlint_completion edlint" in script
    if not shutil.which("zsh"):
        pytest.skip("zsh is not installed")
    assert subprocess.run(["zsh", "-n", write("completion.zsh", script)], capture_output=True).returncode == 0


def test_another_shell_is_refused(edlint) -> None:
    assert edlint("completion", "tcsh").code == 2
