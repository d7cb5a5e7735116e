"""`edlint init`: a configuration to begin from."""

import os
import re
from pathlib import Path

import pytest

from edlint import config


def test_the_file_written_changes_nothing(edlint, tmp_path: Path) -> None:
    assert edlint("init").code == 0
    written, default = config.load(tmp_path / ".edlint.yml"), config.default()
    for decision in ("styles", "settings", "path_settings", "exclude", "terms", "fail_on", "model"):
        assert getattr(written, decision) == getattr(default, decision), decision


def test_every_example_in_it_can_be_uncommented(edlint, write, tmp_path: Path) -> None:
    edlint("init")
    write("style/terms.yml", "words: [Fermilab]\n")
    text = (tmp_path / ".edlint.yml").read_text(encoding="utf-8")
    live = re.sub(r"^( *)# (?=[\"A-Za-z-]+[\w.]*(?:/\*\*\")?: |- )", r"\1", text, flags=re.MULTILINE)
    assert live.count("\n  #") == 0
    write(".edlint.yml", live)
    write("draft.md", "We met on January 18th.\n")
    ran = edlint("--format", "json", "draft.md")
    assert (ran.code, ran.err) == (1, "")
    assert [finding["message"] for finding in ran.findings] == [
        "'January 18th': write '18 January', without an ordinal ending"
    ]


def test_it_says_what_to_do_next(edlint) -> None:
    out = edlint("init").out
    assert out.startswith(".edlint.yml is written")
    for command in ("edlint .", "edlint baseline write .", "edlint rules", "edlint config FILE"):
        assert f"\n  {command}  " in out


def test_what_it_names_next_can_be_run(edlint, write) -> None:
    write("old pieces/draft.md", "We met on January 18th.\n")
    ran = edlint("init", "old pieces")
    assert "edlint baseline write 'old pieces'   let what is found today in old articles be\n" in ran.out
    assert edlint("old pieces").code == 1
    assert edlint("baseline", "write", "old pieces").code == 0
    assert edlint("old pieces").code == 0


def test_it_says_which_configuration_has_held_so_far(edlint, write) -> None:
    write(".edlint.yml", "styles: [Newswire]\n")
    write("opinion/draft.md", "Rain.\n")
    out = edlint("init", "opinion").out
    assert "It takes the place of ../.edlint.yml there; to build on that: extends: ../.edlint.yml" in out


def test_it_never_overwrites(edlint, write, tmp_path: Path) -> None:
    path = write(".edlint.yml", "styles: [Copy]\n")
    ran = edlint("init")
    assert (ran.code, ran.out, ran.err) == (2, "", "edlint: .edlint.yml is there already, and is left as it is\n")
    assert path.read_text(encoding="utf-8") == "styles: [Copy]\n"
    assert os.listdir(tmp_path) == [".edlint.yml"]


def test_a_link_to_nowhere_is_not_written_through(edlint, tmp_path: Path) -> None:
    (tmp_path / ".edlint.yml").symlink_to(tmp_path / "elsewhere.yml")
    assert edlint("init").code == 2
    assert not (tmp_path / "elsewhere.yml").exists()


@pytest.mark.parametrize("options", [[], ["--from-vale"]])
def test_a_folder_that_does_not_exist_is_told_with_what_makes_it(edlint, options: list[str]) -> None:
    ran = edlint("init", *options, "no where")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "edlint: no such folder: no where (mkdir -p 'no where' makes it)\n"


def test_a_file_is_no_folder(edlint, write) -> None:
    write("draft.md", "Rain.\n")
    ran = edlint("init", "draft.md")
    assert (ran.code, ran.err) == (2, "edlint: no such folder: draft.md\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_told(edlint, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    ran = edlint("init", "closed")
    assert (ran.code, ran.err) == (2, "edlint: closed/.edlint.yml cannot be written: Permission denied\n")
