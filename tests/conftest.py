"""What several tests need: the installed command, and articles to read."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


class Ran(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> Any:
        """The JSON that it printed."""
        return json.loads(self.out)

    @property
    def findings(self) -> list[Any]:
        """All findings of the JSON report."""
        return [finding for file in self.report["files"] for finding in file["findings"]]


Command = Callable[..., Ran]


@pytest.fixture
def edlint(tmp_path: Path) -> Command:
    """Runs the installed command in an empty folder: `edlint("--format", "json", "draft.md", stdin="…")`."""

    def run(*args: str, stdin: str | bytes = "", cwd: Path = tmp_path, env: dict[str, str] | None = None) -> Ran:
        done = subprocess.run(
            [Path(sys.executable).with_name("edlint"), *args],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=cwd,
            env={**os.environ, "COLUMNS": "80", **(env or {})},
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def on_a_terminal(tmp_path: Path) -> Callable[..., tuple[str, str]]:
    """Runs the command with one of its streams on a terminal; gives what that showed, and what went to the other."""

    def run(stream: str, *args: str, **env: str) -> tuple[str, str]:
        import pty  # not on every platform

        parent, child = pty.openpty()
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: child}
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | env
        command = [str(Path(sys.executable).with_name("edlint")), *args]
        done = subprocess.run(command, cwd=tmp_path, env=environment, **streams)
        os.close(child)
        shown = b""
        try:
            while part := os.read(parent, 4096):
                shown += part
        except OSError:  # the terminal is closed
            pass
        os.close(parent)
        return shown.decode(), (done.stdout or done.stderr or b"").decode()

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file below the folder that the command runs in."""

    def put(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return put


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published articles beside the checkout, which not everybody has."""
    if not SHARED.is_dir():
        pytest.skip("the published articles are not beside this checkout")
    return SHARED
