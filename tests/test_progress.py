"""The bar of a long run: on a terminal only, and gone at the end."""

import io
import sys

import pytest

from edlint import progress

SLOW = "extends: existence\nmessage: no\nnonword: true\ntokens: ['(?:a|a)+(?:a|b|ab)+(?:aa?)+x(?=y)']\n"  # stopped after two seconds


@pytest.fixture
def shown(write, on_a_terminal):
    """Runs the command with a terminal for standard error; gives what it showed there, and standard output."""
    write("House/Slow.yml", SLOW)
    write(".edlint.yml", "styles: [House]\n")
    return lambda *args, **env: on_a_terminal("stderr", *args, **env)


def test_a_long_run_shows_how_far_it_is_and_takes_that_away(shown, write) -> None:
    write("a.md", "a" * 5000 + " ax.\n")
    write("b.md", "Rain.\n")
    there, out = shown("a.md", "b.md", NO_COLOR="1")
    bars, _, rest = there.rpartition("\r\x1b[K")
    assert bars.startswith("\r\x1b[K[############------------] 1 of 2 articles")
    assert rest.startswith("edlint: House/Slow.yml: House.Slow took too long on a.md")
    assert "articles" not in out


def test_a_dumb_terminal_shows_none(shown, write) -> None:
    write("a.md", "a" * 5000 + " ax.\n")
    write("b.md", "Rain.\n")
    there, _ = shown("a.md", "b.md", TERM="dumb")
    assert there.startswith("edlint: House/Slow.yml: House.Slow took too long")


def test_a_bar_comes_after_a_second_and_then_ten_times_a_second(monkeypatch) -> None:
    terminal, seconds = io.StringIO(), iter([0.0, 0.9, 1.0, 1.05, 1.11, 1.2])
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(seconds))
    monkeypatch.setenv("TERM", "xterm")
    with progress.Bar() as bar:
        for done in range(1, 6):
            bar(done, 5)
    shown = [part.rpartition("] ")[2] for part in terminal.getvalue().split("\r\x1b[K")]
    assert shown == ["", "2 of 5 articles", "4 of 5 articles", ""]


def test_what_is_no_terminal_gets_none(edlint, write) -> None:
    write("House/Slow.yml", SLOW)
    write(".edlint.yml", "styles: [House]\n")
    write("a.md", "a" * 5000 + " ax.\n")
    write("b.md", "Rain.\n")
    ran = edlint("a.md", "b.md")
    assert ran.err.startswith("edlint: House/Slow.yml: House.Slow took too long")
    assert "\r" not in ran.err
