"""`edlint check`: articles checked; what is meant where no command is named."""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from edlint.commands import CLEAN, FOUND, INCOMPLETE, LEVELS, Rare, a_file, a_rule, config_option, modules, put, tell

if TYPE_CHECKING:
    from collections import Counter

    from edlint.asked import Request
    from edlint.checks import Mending
    from edlint.finding import Report
    from edlint.output import Format


def _read_outputs(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Reads `FORMAT=FILE` pairs: files by format."""
    outputs = dict[str, str]()
    for value in values:
        name, equals, path = value.partition("=")
        if not equals or not path or name not in modules("output"):
            raise click.BadParameter(
                f"'{value}' is no FORMAT=FILE, where FORMAT is one of {', '.join(modules('output'))}"
            )
        if name in outputs:
            raise click.BadParameter(f"{name} is asked for twice")
        if any(os.path.realpath(path) == os.path.realpath(other) for other in outputs.values()):
            raise click.BadParameter(f"'{path}' is to hold two reports: choose another file for {name}")
        if not os.path.isdir(os.path.dirname(os.path.abspath(path))) or os.path.isdir(path):
            raise click.BadParameter(f"'{path}' cannot be written: its folder must be there, and it must be a file")
        outputs[name] = path
    return outputs


def _an_output(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes a word as `FORMAT=FILE`, up to the file."""
    return [CompletionItem(f"{name}=") for name in modules("output") if name.startswith(incomplete)]


def _a_reference(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes a word as the name of a branch or a tag."""
    from edlint.git import references

    return [CompletionItem(name) for name in references() if name.startswith(incomplete)]


@click.command("check", hidden=True)  # the usage line has it
@click.argument("paths", nargs=-1, shell_complete=a_file)
@click.option("--format", "output", type=click.Choice(modules("output")), metavar="NAME", default="text",
              help=f"One of {', '.join(modules('output'))}; text is for people.")  # fmt: skip
@click.option("--fail-on", type=click.Choice([*LEVELS, "never"]), metavar="LEVEL",
              help="Exit 1 from this on (default: warning), or never.")  # fmt: skip
@click.option("--min-severity", type=click.Choice(LEVELS), metavar="LEVEL",
              help="Hide what is below this.")  # fmt: skip
@click.option("--select", multiple=True, metavar="RULE", shell_complete=a_rule,
              help="Only these rules, also those off: Copy.*, Facts")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="RULE", shell_complete=a_rule, help="Not these rules.")
@config_option
@click.option("--stdin-filename", cls=Rare, metavar="NAME", help="What standard input is called.")
@click.option("--jobs", cls=Rare, type=click.IntRange(min=1), metavar="N", help="Check in so many processes.")
@click.option("--no-cache", cls=Rare, is_flag=True, help="Check everything anew.")
@click.option("--cache-dir", cls=Rare, metavar="FOLDER", help="Where results are kept for the next run.")
@click.option("--profile", cls=Rare, is_flag=True, help="Say what each rule took.")
@click.option("--output", "outputs", multiple=True, metavar="FORMAT=FILE", callback=_read_outputs,
              shell_complete=_an_output,
              help="Write a report to a file as well; several times.")  # fmt: skip
@click.option("--no-excerpt", cls=Rare, is_flag=True, help="Do not show the lines that findings stand in.")
@click.option("--fix", is_flag=True, help="Apply fixes that are always right, then check.")
@click.option("--unsafe", is_flag=True, help="With --fix: the others, too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change.")
@click.option("--changed-since", "since", metavar="REF", shell_complete=_a_reference,
              help="Only lines changed since a Git branch or commit.")  # fmt: skip
@click.option("--staged", is_flag=True, help="Only lines staged for the next commit.")
@click.option("--no-baseline", cls=Rare, is_flag=True, help="Count what stands in the baseline, too.")
def command(paths: tuple[str, ...], output: str, outputs: Mapping[str, str], **asked: Any) -> None:
    """Check articles: what is meant where no command is named."""
    from edlint.output import Format
    from edlint.progress import Bar
    from edlint.run import run

    # What an article needs is freed by counting references; looking for cycles in all rules again and again is a
    # sixth of a run.
    gc.set_threshold(100_000, 50, 100)
    request = _request(paths or (".",), tuple(outputs.values()), asked)
    is_bare = _prints_articles(request)
    if is_bare and (outputs or output != "text"):
        raise click.UsageError("--diff, and what --fix makes of standard input, take the place of a report")
    style = _style(excerpts=not asked["no_excerpt"])
    forms = [Format(name, style) for name in (output, *outputs)]
    with Bar() as bar:
        with _given_back(request):
            outcome = run(request, forms, bar)
        notes = tuple(outcome.notes)
        tell([*(outcome.hints if output == "text" and not is_bare else ()), *notes])
        first, *others = zip(forms, outcome.reports, strict=True)
        pieces = _articles(first[1], request) if is_bare else first[0].text(first[1])
        for piece in pieces:
            bar.hide()
            _put(piece, rest=pieces if request.mending else ())
        for path, (form, report) in zip(outputs.values(), others, strict=True):
            _write(path, form, report)
    tell([*outcome.notes[len(notes) :], *outcome.problems])
    for line in _costly(outcome.costs) if asked["profile"] else ():
        click.echo(line, err=True)
    sys.exit(INCOMPLETE if outcome.problems else FOUND if outcome.failed else CLEAN)


def _request(paths: tuple[str, ...], reports: tuple[str, ...], asked: Mapping[str, Any]) -> "Request":
    """What is asked for; raises click.UsageError where options do not go together."""
    from pathlib import Path

    from edlint.asked import STDIN, Request
    from edlint.finding import Severity
    from edlint.store import cache_folder

    cache = Path(asked["cache_dir"]) if asked["cache_dir"] else cache_folder()
    mending = _mending(asked)
    if asked["since"] is not None and asked["staged"]:
        raise click.UsageError("--changed-since and --staged are two answers to what has changed: choose one")
    if STDIN in paths and (asked["since"] or asked["staged"]):
        raise click.UsageError("Git knows nothing of standard input: name files and folders")
    if mending and not mending.shown and STDIN in paths and len(paths) > 1:
        raise click.UsageError("--fix prints what it makes of standard input: fix that by itself")
    if mending and not mending.shown and asked["staged"]:
        raise click.UsageError("--fix writes files, and what is staged stands in none: --changed-since HEAD, or --diff")
    return Request(
        paths,
        config=asked["config"],
        select=asked["select"],
        ignore=asked["ignore"],
        min_severity=Severity[asked["min_severity"]] if asked["min_severity"] else None,
        fail_on=asked["fail_on"],
        stdin=_standard_input(whole=mending is not None) if STDIN in paths else b"",
        stdin_name=asked["stdin_filename"],
        cache=None if asked["no_cache"] else cache,
        jobs=asked["jobs"],
        profile=asked["profile"],
        since=asked["since"],
        staged=asked["staged"],
        baseline=not asked["no_baseline"],
        mending=mending,
        reports=reports,
    )


def _mending(asked: Mapping[str, Any]) -> "Mending | None":
    if asked["unsafe"] and not (asked["fix"] or asked["diff"]):
        raise click.UsageError("--unsafe says which fixes: with --fix to apply them, with --diff to see them")
    if not (asked["fix"] or asked["diff"]):
        return None
    from edlint.checks import Mending

    return Mending(unsafe=asked["unsafe"], shown=asked["diff"])


def _prints_articles(request: "Request") -> bool:
    """Says whether articles are printed, or what is to change in them, and no report."""
    return _is_filtered(request) or bool(request.mending and request.mending.shown)


def _is_filtered(request: "Request") -> bool:
    """Says whether standard input is to be printed with its fixes."""
    from edlint.asked import STDIN

    return bool(request.mending and not request.mending.shown and STDIN in request.paths)


def _put(piece: str | bytes, rest: Iterable[str | bytes]) -> None:
    """Prints a piece; where whoever reads has gone, what the rest brings about is brought about all the same."""
    try:
        put(piece)
    except OSError:
        for _ in rest:
            pass
        raise


@contextmanager
def _given_back(request: "Request") -> Iterator[None]:
    """Prints standard input as it is where nothing comes of fixing it: an editor puts what comes in its place."""
    try:
        yield
    except Exception:
        if _is_filtered(request):
            put(request.stdin)
        raise


def _articles(report: "Report", request: "Request") -> Iterator[str | bytes]:
    """What is to be printed in place of a report; standard input that could not be fixed comes back as it is."""
    printed = False
    try:
        for file in report.files:
            printed = True
            yield file.printed
    finally:
        if not printed and _is_filtered(request):
            yield request.stdin


def _write(path: str, form: "Format", report: "Report") -> None:
    """Writes a report to a file, or tells what keeps it from that as a problem."""
    from edlint.errors import UnwritableError
    from edlint.finding import Problem
    from edlint.written import write

    try:
        write(path, (piece.encode("utf-8", "replace") for piece in form.text(report)))
    except UnwritableError as error:
        report.problems.append(Problem(path, None, str(error)))


def _costly(costs: "Counter[str]") -> Iterator[str]:
    """What each rule took, the dearest first; those that took next to nothing together."""
    whole = sum(costs.values()) or 1.0
    least = whole / 1000
    yield f"{'seconds':>9} {'share':>7}  rule"
    for name, seconds in costs.most_common():
        if seconds >= least:
            yield f"{seconds:9.3f} {seconds / whole:7.1%}  {name}"
    rest = [seconds for seconds in costs.values() if seconds < least]
    if rest:
        yield f"{sum(rest):9.3f} {sum(rest) / whole:7.1%}  {len(rest)} others"


def _standard_input(*, whole: bool) -> bytes:
    """What comes by standard input: all of it where it is given back, else no more than an article may have."""
    from edlint.sources import LARGEST

    return sys.stdin.buffer.read() if whole else sys.stdin.buffer.read(LARGEST + 1)


def _style(*, excerpts: bool) -> Any:
    import shutil

    from edlint.output import Style

    return Style(shutil.get_terminal_size().columns, excerpts, _paint())


def _paint() -> Callable[[str, str], str]:
    """Colours words on a terminal, unless NO_COLOR says otherwise (https://no-color.org)."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return lambda words, _: words
    ways: dict[str, dict[str, Any]] = {"bold": {"bold": True}, "dim": {"dim": True}}
    return lambda words, way: click.style(words, **ways.get(way, {"fg": way}))
