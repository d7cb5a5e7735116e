"""The wheel carries all that edlint needs, and the checkout works as it stands."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_rule_and_every_data_file(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {f"edlint/rules/{path.relative_to(ROOT / 'rules').as_posix()}" for path in (ROOT / "rules").rglob("*.yml")}
    source = ROOT / "src"
    files = {path.relative_to(source).as_posix() for path in (source / "edlint").rglob("*") if path.is_file()}
    assert rules | {name for name in files if "__pycache__" not in name} <= names


def test_a_wheel_away_from_the_checkout_checks_an_article(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    (tmp_path / "draft.md").write_text("“We met on January 18th, she said.\n", encoding="utf-8")
    program = "import edlint, sys; print(edlint.__file__, file=sys.stderr); from edlint.cli import main; sys.argv[0] = 'edlint'; main()"
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    done = subprocess.run(
        [sys.executable, "-c", program, "draft.md"], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert str(tmp_path / "installed") in done.stderr
    assert "Copy.UnbalancedQuotes" in done.stdout
    assert "Newswire.DateFormat" in done.stdout
    assert done.returncode == 1


def test_an_editable_install_finds_the_rules_of_the_checkout() -> None:
    from edlint import rulebook

    assert rulebook.built_in() == ROOT / "rules"
