"""Writing: a file replaced whole or not at all, whatever happens meanwhile."""

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from edlint import written
from edlint.written import UnwritableError, encoded, replace

NUMBER, KILLS = 200, 50
OLD = "# Notes from the hall\n\n" + "".join(
    f"They utilize the hall on day {day} of the fair, and nobody minds it.\n\n" for day in range(9)
)
NEW = OLD.replace("utilize", "use")
RULE = 'extends: substitution\nmessage: "%s"\nsafe: true\nswap: {utilize: use}\n'
as_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_has_changed_meanwhile_is_left_alone(write, tmp_path: Path) -> None:
    path = write("draft.md", "someone else's words")
    with pytest.raises(UnwritableError, match="has changed since it was read"):
        replace(str(path), b"new", b"old")
    assert path.read_text() == "someone else's words"
    assert names(tmp_path) == ["draft.md"]


def test_a_file_that_is_gone_stays_so(tmp_path: Path) -> None:
    with pytest.raises(UnwritableError, match="cannot be written, and is as it was: No such file"):
        replace(str(tmp_path / "draft.md"), b"new", b"old")
    assert names(tmp_path) == []


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "draft.md")
    with pytest.raises(UnwritableError, match="no ordinary file"):
        replace(str(tmp_path / "draft.md"), b"new", b"old")


@as_root
@pytest.mark.parametrize(
    ("what", "mode", "told"), [("draft.md", 0o444, "is read-only"), (".", 0o555, "Permission denied")]
)
def test_what_may_not_be_written_is_not(write, tmp_path: Path, what: str, mode: int, told: str) -> None:
    path = write("draft.md", "old")
    (tmp_path / what).chmod(mode)
    try:
        with pytest.raises(UnwritableError, match=told):
            replace(str(path), b"new", b"old")
    finally:
        (tmp_path / what).chmod(0o755)
    assert path.read_text() == "old"
    assert names(tmp_path) == ["draft.md"]


def test_a_full_disk_leaves_the_old_text_and_nothing_beside_it(write, tmp_path: Path) -> None:
    pytest.importorskip("resource")
    path = write("draft.md", "old")
    script = (
        "import resource, signal, sys; from edlint.written import replace, UnwritableError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try: replace(sys.argv[1], b'n' * 100_000, b'old')\n"
        "except UnwritableError as error: print(error)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True)
    assert ran.stdout == "cannot be written, and is as it was: File too large\n"
    assert path.read_text() == "old"
    assert names(tmp_path) == ["draft.md"]


def test_mode_owner_attributes_and_what_a_link_is_stay(write, tmp_path: Path) -> None:
    path = write("articles/draft.md", "old")
    path.chmod(0o640)
    if attributes := hasattr(os, "setxattr"):
        try:
            os.setxattr(path, "user.desk", b"metro")
        except OSError:
            attributes = False  # the file system knows none
    (tmp_path / "today.md").symlink_to("articles/draft.md")
    before = path.stat()
    replace(str(tmp_path / "today.md"), b"new", b"old")
    after = path.stat()
    assert path.read_bytes() == b"new"
    assert os.readlink(tmp_path / "today.md") == "articles/draft.md"
    assert stat.S_IMODE(after.st_mode) == 0o640
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert after.st_mtime_ns >= before.st_mtime_ns
    assert not attributes or os.getxattr(path, "user.desk") == b"metro"
    assert names(tmp_path / "articles") == ["draft.md"]


def test_another_name_of_a_file_keeps_the_old_text(write, tmp_path: Path) -> None:
    path = write("draft.md", "old")
    os.link(path, tmp_path / "backup.md")
    replace(str(path), b"new", b"old")
    assert [(tmp_path / name).read_text() for name in names(tmp_path)] == ["old", "new"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_stays(mark: bytes) -> None:
    assert encoded("né", mark + b"old") == mark + "né".encode()


def test_what_an_interrupted_run_has_left_is_deleted_by_the_next(write, tmp_path: Path) -> None:
    path = write("draft.md", "old")
    write(".edlint-draft.md.tmp", "half of anoth")
    replace(str(path), b"new", b"old")
    assert (path.read_text(), names(tmp_path)) == ("new", ["draft.md"])


def test_what_another_run_writes_is_not_taken_from_it(write, tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    path = write("draft.md", "old")
    with write(".edlint-draft.md.tmp", "half of anoth").open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(UnwritableError, match="another run is writing it"):
            replace(str(path), b"new", b"old")
    assert (path.read_text(), names(tmp_path)) == ("old", [".edlint-draft.md.tmp", "draft.md"])


def test_no_link_is_followed_from_where_the_new_text_is_written(write, tmp_path: Path) -> None:
    path = write("draft.md", "old")
    (tmp_path / ".edlint-draft.md.tmp").symlink_to(write("notes.md", "mine"))
    with pytest.raises(UnwritableError):
        replace(str(path), b"new", b"old")
    assert (path.read_text(), (tmp_path / "notes.md").read_text()) == ("old", "mine")


def test_a_long_name_is_no_hindrance(write, tmp_path: Path) -> None:
    path = write("é" * 120 + ".md", "old")
    replace(str(path), b"new", b"old")
    assert (path.read_text(), len(names(tmp_path))) == ("new", 1)


def test_long_names_that_begin_alike_do_not_get_in_each_others_way(write, tmp_path: Path) -> None:
    names_of_two = [f"{'a' * 210}{number}.md" for number in (1, 2)]
    seen = []

    def pieces() -> Iterator[bytes]:
        written.write(str(tmp_path / names_of_two[1]), [b"two"])
        seen.append(names(tmp_path))
        yield b"one"

    written.write(str(tmp_path / names_of_two[0]), pieces())
    assert names(tmp_path) == names_of_two
    assert len(seen[0]) == 2


@pytest.mark.parametrize("where", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_a_report_goes_into_a_pipe_by_any_of_its_names(write, tmp_path: Path, where: str) -> None:
    if not os.path.exists(where):
        pytest.skip(f"there is no {where}")
    write("draft.md", "A plain sentence.\n")
    script = "import sys; from edlint.written import write; write(sys.argv[1], [b'a', b'b'])"
    ran = subprocess.run([sys.executable, "-c", script, where], capture_output=True, cwd=tmp_path)
    assert (ran.stdout, ran.stderr) == (b"ab", b"")


def test_two_runs_that_write_one_report_are_told_of_each_other(write, tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    with write(".edlint-report.json.tmp", "half of anoth").open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(UnwritableError, match=r"^cannot be written: another run is writing it$"):
            written.write(str(tmp_path / "report.json"), [b"new"])


def test_once_a_file_has_its_name_what_another_run_begins_is_left_to_it(write, tmp_path: Path) -> None:
    path, begun = tmp_path / "report.json", tmp_path / ".edlint-report.json.tmp"
    script = (
        "import os, sys; from edlint import written; os_replace = os.replace\n"
        "def replaced(*names): os_replace(*names); open(names[0], 'x').close()\n"
        "os.replace = replaced; written.write(sys.argv[1], [b'new'])\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    assert (path.read_text(), begun.exists()) == ("new", True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no kill -9 here")
def test_kill_9_at_any_moment_leaves_each_file_old_or_new(edlint, quick: Path) -> None:
    (quick / "articles").mkdir()
    (quick / "House").mkdir()
    paths = [quick / "articles" / f"draft-{number:03}.md" for number in range(NUMBER)]
    for path in paths:
        path.write_text(OLD)
    (quick / "House" / "Plain.yml").write_text(RULE)
    (quick / ".edlint.yml").write_text("styles: [House]\n")
    script = Path(__file__).with_name("killing.py")
    ran = subprocess.run([sys.executable, script, quick, str(KILLS)], capture_output=True, text=True, check=True)
    counts = [tuple(map(int, line.split())) for line in ran.stdout.splitlines()]
    assert [broken for _, _, broken, _ in counts if broken] == []
    assert sum(0 < new < NUMBER for _, new, _, _ in counts) == KILLS
    assert any(left for *_, left in counts)
    assert edlint("--fix", "--no-cache", "articles", cwd=quick).code == 0
    assert {path.read_text() for path in paths} == {NEW}
    assert names(quick / "articles") == [path.name for path in paths]


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder in memory, where there is one, so that a run spends its time on writing rather than on waiting."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)
