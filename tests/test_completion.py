"""`edlint completion`: what shells complete."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


def completed(shell: str, words: str, cwd: Path) -> list[str]:
    """What a shell offers for a line; the shell itself is asked."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    scripts = {
        "bash": 'source <(edlint completion bash); read -ra COMP_WORDS <<< "$1"; [[ $1 == *" " ]] && COMP_WORDS+=("");'
        " COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )); _edlint_completion edlint 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"",
        "fish": 'edlint completion fish | source; complete --do-complete "$argv[1]"',
    }
    rest = [words] if shell == "fish" else ["bash", words]
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "HOME": str(cwd)}
    done = subprocess.run([shell, "-c", scripts[shell], *rest], cwd=cwd, env=env, capture_output=True, text=True)
    return [line.partition("\t")[0] for line in done.stdout.splitlines() if line]


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
