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


def test_a_wheel_installed_away_from_the_checkout_checks_an_article(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", installed, wheel]
    subprocess.run(pip, check=True, capture_output=True)
    (tmp_path / "draft.md").write_text("“We met on January 18th, she said.\n", encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    where = [sys.executable, "-c", "import edlint; print(edlint.__file__)"]
    assert subprocess.run(where, env=env, capture_output=True, text=True, cwd=tmp_path).stdout.startswith(
        str(installed)
    )
    command = [sys.executable, installed / "bin" / "edlint", "draft.md"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert "Copy.UnbalancedQuotes" in done.stdout
    assert "Newswire.DateFormat" in done.stdout
    assert done.returncode == 1


def test_an_editable_install_finds_the_rules_of_the_checkout() -> None:
    from edlint import rulebook

    assert rulebook.built_in() == ROOT / "rules"
