"""The hook in a repository of articles, run by pre-commit itself as a writer's `git commit` runs it.

The hook is the one of `.pre-commit-hooks.yaml`, from a repository as pre-commit wants it. Only `language` is another,
so that pre-commit takes the edlint that is installed here and does not install spaCy anew for each test.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
FAULT = "“We won, Ada Bell said.\n"
CLEAN = "“We won,” Ada Bell said.\n"


class Desk(NamedTuple):
    """A repository of articles with the hook installed."""

    folder: Path
    env: dict[str, str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, *names: str) -> tuple[bool, str]:
        """Commits files; says whether git did, and what was printed."""
        assert self.run("git", "add", "--", *names).returncode == 0
        done = self.run("git", "commit", "--quiet", "--message", "Articles")
        return done.returncode == 0, done.stdout + done.stderr

    def checked(self) -> set[str]:
        """The files in which the hook finds the fault, when it runs over all that git knows."""
        done = self.run(str(BIN / "pre-commit"), "run", "--all-files", "edlint")
        return set(re.findall(r"^(\S.*)\n  \d+:\d+  error ", done.stdout, re.MULTILINE))


def repository(folder: Path, env: dict[str, str]) -> Path:
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main"], cwd=folder, env=env, check=True)
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A repository of articles that takes the hook from a repository with this checkout's `.pre-commit-hooks.yaml`."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))}
    env |= {"HOME": str(tmp_path), "PRE_COMMIT_HOME": str(tmp_path / "cache"), "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_COLOR": "never",
            "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada",
            "GIT_COMMITTER_EMAIL": "ada@example.org", "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}  # fmt: skip
    hooks = Desk(repository(tmp_path / "edlint", env), env)
    hooks.write(".pre-commit-hooks.yaml", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hooks.commit(".pre-commit-hooks.yaml")[0]
    revision = hooks.run("git", "rev-parse", "HEAD").stdout.strip()
    desk = Desk(repository(tmp_path / "articles", env), env)
    desk.write(".pre-commit-config.yaml", f"repos:\n  - repo: {hooks.folder}\n    rev: {revision}\n"
               "    hooks:\n      - id: edlint\n        language: system\n")  # fmt: skip
    assert desk.run("pre-commit", "install").returncode == 0
    assert desk.commit(".pre-commit-config.yaml")[0]
    return desk


def test_a_clean_article_is_committed_and_one_with_a_fault_is_refused_and_shown(desk: Desk) -> None:
    desk.write("a.md", CLEAN)
    done, printed = desk.commit("a.md")
    assert done
    assert "Passed" in printed
    desk.write("wire/b.txt", FAULT)
    done, printed = desk.commit("wire/b.txt")
    assert not done
    assert "wire/b.txt" in printed
    assert "1:1  error" in printed
    assert "Copy.UnbalancedQuotes" in printed
    assert desk.run("git", "ls-tree", "-r", "--name-only", "HEAD").stdout.split() == [".pre-commit-config.yaml", "a.md"]


def test_what_the_configuration_excludes_is_committed_as_it_is(desk: Desk) -> None:
    desk.write(".edlint.yml", "exclude: [archive/**]\n")
    desk.write("archive/a.md", FAULT)
    done, printed = desk.commit(".edlint.yml", "archive/a.md")
    assert done
    assert "Passed" in printed


def test_a_file_that_cannot_be_checked_is_refused(desk: Desk) -> None:
    (desk.folder / "latin.md").write_bytes("café\n".encode("latin-1"))
    done, printed = desk.commit("latin.md")
    assert not done
    assert "not UTF-8" in printed


def test_a_text_file_that_is_no_article_is_committed_unread(desk: Desk) -> None:
    desk.write("requirements.txt", FAULT)
    done, printed = desk.commit("requirements.txt")
    assert done
    assert "no files to check" in printed


ARTICLES = [
    "a.md", "B.MD", "c.markdown", "d.txt", "visa requirements.md", "tests-of-strength.txt", "robots/uprising.txt",
    "licence-fees-rise.md", "security.md", "the-notice.txt", "CHANGELOG.md", "README.md", "manifest.md", "my.notes.txt",
    "school-requirements.txt", "license-to-kill.txt",
]  # fmt: skip
OTHERS = [
    "requirements.txt", "requirements-dev.txt", "dev-requirements.txt", "tools/requirements/docs.txt", "constraints.txt",
    "LICENSE.txt", "LICENSE.md", "LICENCE.txt", "LICENSE-MIT.txt", "sub/License-Apache-2.0.txt", "UNLICENSE.txt", "NOTICE.txt",
    "COPYING.txt", "COPYING.LESSER.txt", "AUTHORS.txt", "static/robots.txt", "humans.txt", "ads.txt", "app-ads.txt",
    "static/.well-known/security.txt", "llms.txt", "llms-full.txt", "CMakeLists.txt", "src/CMakeLists.txt", "runtime.txt",
    "version.txt", "x.egg-info/SOURCES.txt", ".github/PULL_REQUEST_TEMPLATE.md", ".vale/accept.txt", "node_modules/x/README.md",
    "vendor/x/a.md", "LICENSE", "README", "page.rst", "script.py", "data.json",
]  # fmt: skip


def test_articles_are_read_and_the_other_text_files_of_a_repository_are_not(desk: Desk) -> None:
    for name in (*ARTICLES, *OTHERS):
        desk.write(name, FAULT)
    assert desk.run("git", "add", "--all", "--force").returncode == 0
    assert desk.checked() == set(ARTICLES)
    walked = json.loads(desk.run(str(BIN / "edlint"), "--format", "json").stdout)["files"]
    assert {file["path"] for file in walked} == set(ARTICLES)


def test_an_exclude_of_one_s_own_leaves_the_list_of_others_as_it_is(desk: Desk) -> None:
    config = desk.folder / ".pre-commit-config.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "        exclude: ^archive/\n", encoding="utf-8")
    for name in ("archive/a.md", "b.md", "requirements.txt"):
        desk.write(name, FAULT)
    assert desk.run("git", "add", "--all").returncode == 0
    assert desk.checked() == {"b.md"}


def test_many_articles_are_read_by_one_process(desk: Desk) -> None:
    for number in range(200):
        desk.write(f"{number}.md", FAULT)
    assert desk.run("git", "add", "--all").returncode == 0
    done = desk.run(str(BIN / "pre-commit"), "run", "--all-files", "edlint")
    assert re.findall(r"^\d+ files? checked", done.stdout, re.MULTILINE) == ["200 files checked"]


DATE = "They met on January 18th.\n"
MENDED = "They met on Jan. 18.\n"


def fixing(desk: Desk) -> None:
    """Has the desk use the hook that fixes."""
    config = desk.folder / ".pre-commit-config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("id: edlint\n", "id: edlint-fix\n"), encoding="utf-8")
    assert desk.commit(".pre-commit-config.yaml")[0]


def test_the_hook_that_fixes_leaves_what_is_in_order_alone(desk: Desk) -> None:
    fixing(desk)
    desk.write("a.md", MENDED)
    assert desk.commit("a.md")[0]


def test_the_hook_that_fixes_mends_an_article_and_lets_its_writer_look(desk: Desk) -> None:
    fixing(desk)
    desk.write("a.md", DATE)
    desk.write("requirements.txt", DATE)
    done, printed = desk.commit("a.md", "requirements.txt")
    assert not done
    assert "files were modified by this hook" in printed
    assert "1 file checked: 1 fixed; nothing found" in printed
    assert (desk.folder / "a.md").read_text(encoding="utf-8") == MENDED
    assert (desk.folder / "requirements.txt").read_text(encoding="utf-8") == DATE
    assert desk.commit("a.md")[0]


def test_the_hook_that_fixes_refuses_what_only_a_writer_can_mend(desk: Desk) -> None:
    fixing(desk)
    desk.write("a.md", FAULT + "\n" + DATE)
    assert not desk.commit("a.md")[0]
    done, printed = desk.commit("a.md")
    assert not done
    assert "Copy.UnbalancedQuotes" in printed
    assert (desk.folder / "a.md").read_text(encoding="utf-8") == FAULT + "\n" + MENDED


def test_the_hook_that_fixes_does_not_touch_what_is_not_staged(desk: Desk) -> None:
    fixing(desk)
    desk.write("a.md", DATE)
    assert desk.run("git", "add", "a.md").returncode == 0
    desk.write("a.md", f"{DATE}\nSnow fell.\n")
    assert desk.run("git", "commit", "--quiet", "--message", "Articles").returncode != 0
    left = (desk.folder / "a.md").read_text(encoding="utf-8")
    assert left in (f"{DATE}\nSnow fell.\n", f"{MENDED}\nSnow fell.\n"), "pre-commit gives the rest back"


def test_the_hook_can_check_staged_lines_alone(desk: Desk) -> None:
    desk.write("a.md", DATE)
    assert desk.run("git", "add", "a.md").returncode == 0
    assert desk.run("git", "commit", "--quiet", "--no-verify", "--message", "Old").returncode == 0
    config = desk.folder / ".pre-commit-config.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "        args: [--staged]\n", encoding="utf-8")
    assert desk.commit(".pre-commit-config.yaml")[0]
    desk.write("a.md", f"{DATE}\nSnow fell.\n")
    assert desk.commit("a.md")[0]
    desk.write("a.md", f"{DATE}\nSnow fell on January 19th.\n")
    done, printed = desk.commit("a.md")
    assert not done
    assert re.findall("'January .*?'", printed) == ["'January 19th'"]


def test_the_page_on_the_hook_shows_a_configuration_that_pre_commit_takes(tmp_path: Path) -> None:
    page = (ROOT / "docs/pre-commit.md").read_text(encoding="utf-8")
    lines = re.search(r"(?:^    .+\n)+", page, re.MULTILINE)[0].splitlines()
    assert len(lines) == 5
    config = tmp_path / ".pre-commit-config.yaml"
    config.write_text("\n".join(line[4:] for line in lines) + "\n", encoding="utf-8")
    subprocess.run([BIN / "pre-commit", "validate-config", config], check=True)


def test_the_hooks_for_work_on_edlint_are_ones_that_pre_commit_takes() -> None:
    subprocess.run([BIN / "pre-commit", "validate-config", ROOT / ".pre-commit-config.yaml"], check=True)
