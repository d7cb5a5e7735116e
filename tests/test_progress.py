"""The bar of a long run: on a terminal only, and gone at the end."""

import pytest

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
    bar, _, rest = there.rpartition("\r\x1b[K")
    assert bar == "\r\x1b[K[############------------] 1 of 2 articles"
    assert rest.startswith("edlint: House/Slow.yml: House.Slow took too long on a.md")
    assert "articles" not in out


def test_a_dumb_terminal_shows_none(shown, write) -> None:
    write("a.md", "a" * 5000 + " ax.\n")
    write("b.md", "Rain.\n")
    there, _ = shown("a.md", "b.md", TERM="dumb")
    assert there.startswith("edlint: House/Slow.yml: House.Slow took too long")


def test_a_quick_run_shows_none(shown, write) -> None:
    write("a.md", "Rain.\n")
    write("b.md", "Rain.\n")
    assert shown("a.md", "b.md") == ("", "2 files checked: nothing found\n")


def test_what_is_no_terminal_gets_none(edlint, write) -> None:
    write("House/Slow.yml", SLOW)
    write(".edlint.yml", "styles: [House]\n")
    write("a.md", "a" * 5000 + " ax.\n")
    write("b.md", "Rain.\n")
    ran = edlint("a.md", "b.md")
    assert ran.err.startswith("edlint: House/Slow.yml: House.Slow took too long")
    assert "\r" not in ran.err
