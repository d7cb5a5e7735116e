"""The bar of a long run: on a terminal only, and gone at the end."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

SLOW = "extends: existence\nmessage: no\nnonword: true\ntokens: ['(?:a|a)+(?:a|b|ab)+(?:aa?)+x(?=y)']\n"  # stopped after two seconds


@pytest.fixture
def on_a_terminal(write):
    """Runs the command with a terminal for standard error; gives what it showed there, and standard output."""
    write("House/Slow.yml", SLOW)
    folder = write(".edlint.yml", "styles: [House]\n").parent

    def run(*args: str, **env: str) -> tuple[str, str]:
        parent, child = pty.openpty()
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | env
        command = [str(Path(sys.executable).with_name("edlint")), *args]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=child, cwd=folder, env=environment)
        os.close(child)
        shown = b""
        try:
            while part := os.read(parent, 4096):
                shown += part
        except OSError:  # the terminal is closed
            pass
        os.close(parent)
        return shown.decode(), done.stdout.decode()

    return run


def test_a_long_run_shows_how_far_it_is_and_takes_that_away(on_a_terminal, write) -> None:
    write("a.md", "a" * 5000 + " x.\n")
    write("b.md", "Rain.\n")
    shown, out = on_a_terminal("a.md", "b.md", NO_COLOR="1")
    bar, _, rest = shown.rpartition("\r\x1b[K")
    assert bar == "\r\x1b[K[############------------] 1 of 2 articles"
    assert rest.startswith("edlint: House/Slow.yml: House.Slow took too long on a.md")
    assert "articles" not in out


def test_a_dumb_terminal_shows_none(on_a_terminal, write) -> None:
    write("a.md", "a" * 5000 + " x.\n")
    write("b.md", "Rain.\n")
    shown, _ = on_a_terminal("a.md", "b.md", TERM="dumb")
    assert shown.startswith("edlint: House/Slow.yml: House.Slow took too long")


def test_a_quick_run_shows_none(on_a_terminal, write) -> None:
    write("a.md", "Rain.\n")
    write("b.md", "Rain.\n")
    assert on_a_terminal("a.md", "b.md") == ("", "2 files checked: nothing found\n")


def test_what_is_no_terminal_gets_none(edlint, write) -> None:
    write("House/Slow.yml", SLOW)
    write(".edlint.yml", "styles: [House]\n")
    write("a.md", "a" * 5000 + " x.\n")
    write("b.md", "Rain.\n")
    ran = edlint("a.md", "b.md")
    assert ran.err.startswith("edlint: House/Slow.yml: House.Slow took too long")
    assert "\r" not in ran.err
