"""The command line: what is asked for, and what is printed.

Everything but click is imported by the command that needs it, so that `edlint --help` answers at once.
"""

import errno
import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import click

from edlint import __version__
from edlint.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from collections import Counter

    from edlint.config import Config
    from edlint.rule import Rule
    from edlint.rulebook import RuleFile

LEVELS = ("suggestion", "warning", "error")
CLEAN, FOUND, WRONG_USAGE, INCOMPLETE = 0, 1, 2, 3  # exit codes
_COLUMNS = 22  # of the names in help
_ABOUT = """Check articles for house style, quotation marks, names, figures and dates.
PATHS are files and folders, - is standard input; without any, this folder."""


class _Commands(click.Group):
    """Sub-commands, `check` being the one that is meant where none is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "-h", "--version")):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write("Usage: edlint [OPTIONS] [PATHS]...\n       edlint COMMAND ...\n\n")
        formatter.write(f"{_ABOUT}\n")
        check = self.commands["check"]
        options = [record for p in check.params if p.name != "paths" and (record := p.get_help_record(ctx))]
        options += [("--version, --help", "Print the version or this page.")]
        with formatter.section("Options"):
            formatter.write_dl(options, col_max=_COLUMNS)
        with formatter.section("Commands"):
            shown = [command for command in self.commands.values() if not command.hidden]
            formatter.write_dl([(command.name or "", command.get_short_help_str(60)) for command in shown])


@click.group(cls=_Commands, help=_ABOUT, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="edlint", message="%(prog)s %(version)s")
def commands() -> None:
    """The command and its sub-commands."""


def _formats() -> list[str]:
    """The formats of the report, found by their place without importing any."""
    return sorted(
        name[:-3]
        for name in os.listdir(os.path.join(os.path.dirname(__file__), "output"))
        if name.endswith(".py") and name[0] != "_"
    )


_config = click.option("--config", metavar="FILE", help="Configuration instead of the .edlint.yml found.")


@commands.command(hidden=True)  # the usage line has it
@click.argument("paths", nargs=-1)
@click.option("--format", "output", type=click.Choice(_formats()), metavar="NAME", default="text",
              help=f"One of {', '.join(_formats())}; text is for people.")  # fmt: skip
@click.option("--fail-on", type=click.Choice([*LEVELS, "never"]), metavar="LEVEL",
              help="Exit 1 from this on (default: warning), or never.")  # fmt: skip
@click.option("--min-severity", type=click.Choice(LEVELS), metavar="LEVEL",
              help="Hide what is below this.")  # fmt: skip
@click.option("--select", multiple=True, metavar="RULE", help="Only these rules, also those off: Copy.*, Facts")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules.")
@_config
@click.option("--stdin-filename", metavar="NAME", help="What standard input is called.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", hidden=True)  # docs/commands.md has it
@click.option("--no-cache", is_flag=True, hidden=True)  # as these have
@click.option("--cache-dir", metavar="FOLDER", hidden=True)
@click.option("--profile", is_flag=True, hidden=True)
@click.option("--no-excerpt", is_flag=True, help="Do not show the lines that findings stand in.")
def check(
    paths: tuple[str, ...], output: str, min_severity: str | None, no_excerpt: bool, no_cache: bool, **asked: Any
) -> None:
    """Check articles: what is meant where no command is named."""
    from pathlib import Path

    from edlint.finding import Severity
    from edlint.output import Format
    from edlint.progress import Bar
    from edlint.run import STDIN, Request, run
    from edlint.store import cache_folder

    # What an article needs is freed by counting references; looking for cycles in all rules again and again is a
    # sixth of a run.
    gc.set_threshold(100_000, 50, 100)
    request = Request(
        paths or (".",),
        config=asked["config"],
        select=asked["select"],
        ignore=asked["ignore"],
        min_severity=Severity[min_severity] if min_severity else None,
        fail_on=asked["fail_on"],
        stdin=_standard_input() if STDIN in paths else b"",
        stdin_name=asked["stdin_filename"],
        cache=None if no_cache else Path(asked["cache_dir"]) if asked["cache_dir"] else cache_folder(),
        jobs=asked["jobs"],
        profile=asked["profile"],
    )
    form = Format(output, _style(excerpts=not no_excerpt))
    with Bar() as bar:
        outcome = run(request, form, bar)
        notes = tuple(outcome.notes)
        _tell([*(outcome.hints if output == "text" else ()), *notes])
        for piece in form.text(outcome.report):
            bar.hide()
            _print(piece)
    _tell([*outcome.notes[len(notes) :], *outcome.report.problems])
    for line in _costly(outcome.costs) if asked["profile"] else ():
        click.echo(line, err=True)
    sys.exit(INCOMPLETE if outcome.report.problems else FOUND if outcome.failed else CLEAN)


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


def _standard_input() -> bytes:
    from edlint.sources import LARGEST

    return sys.stdin.buffer.read(LARGEST + 1)


def _print(words: str) -> None:
    """Writes to standard output in UTF-8, whatever the locale."""
    click.echo(words.encode("utf-8", "replace"), nl=False)


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


@commands.command()
@click.option("--slow", is_flag=True, help="Only expressions that are tried everywhere.")
@_config
def rules(slow: bool, config: str | None) -> None:
    """List all rules, with kind and severity."""
    from pathlib import Path

    from edlint.ruleset import Rulebook

    house = _house(config)
    settings = house.settings_for(Path("draft.md").absolute())
    found = Rulebook(house).rules(settings)
    if slow:
        _list_slow(found.rules)
        _end_with(found.problems)
        return
    _list_rules(house, {rule.name: rule for rule in found.rules})


def _list_slow(rules: "Iterable[Rule]") -> None:
    """Lists the expressions of rules of which no literal tells where they may match."""
    from edlint.analysis.scan import finders_of

    for rule in rules:
        for finder in finders_of(rule.options):
            for number in finder.anywhere:
                click.echo(f"{rule.name}  {finder.tokens[number]}")


def _list_rules(house: "Config", on: "Mapping[str, Rule]") -> None:
    """Lists all rules that a house knows, those that are on at their severity."""
    import shutil

    from edlint.rule_keys import make

    rows, problems = [], []
    for file in _known(house):
        rule, wrong = make(file)
        problems += wrong
        if rule:
            severity = on[rule.name].severity.name if rule.name in on else "off"
            rows.append((rule.name, rule.kind, severity, _first_sentence(rule.description) or rule.message))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for name, kind, severity, about in rows:
        line = f"{name:<{widths[0]}}  {kind:<{widths[1]}}  {severity:<{widths[2]}}  {about}"
        click.echo(line if columns is None or len(line) <= columns else f"{line[: columns - 1]}…")
    _end_with(problems)


def _house(config: str | None, folder: str = ".") -> "Config":
    """The configuration named, or the one that holds in a folder."""
    from pathlib import Path

    from edlint import config as configuration

    if config:
        return configuration.load(Path(config), Path.cwd())
    path = configuration.find(Path(folder).absolute())
    return configuration.load(path) if path else configuration.default()


def _known(house: "Config") -> "list[RuleFile]":
    """The files of all rules that a house knows, on or off, by name."""
    from edlint.ruleset import Rulebook

    return sorted(Rulebook(house, select=("*",)).files, key=lambda file: file.name)


def _first_sentence(description: str) -> str:
    import re

    whole = " ".join(description.split()).removeprefix("Why: ")
    return re.split(r"(?<=[a-z]{2})\. (?=[A-Z“])", whole)[0].rstrip(".")


def _end_with(problems: Any) -> None:
    """Ends with what could not be done, where there is any."""
    _tell(problems)
    if problems:
        sys.exit(INCOMPLETE)


def _tell(lines: Iterable[object]) -> None:
    """Says something on standard error, a line each, whatever stands in the names of files.

    GitHub's runner takes `##[` anywhere in a line for a command, and control characters could begin a new line.
    """
    for line in lines:
        printable = "".join(character if character.isprintable() else " " for character in str(line))
        click.echo(f"edlint: {printable.replace('##[', '## [')}", err=True)


@commands.command()
@click.argument("rule", metavar="RULE|FILE:LINE:COLUMN")
@_config
def explain(rule: str, config: str | None) -> None:
    """Say what a rule finds, or what was found in a place, and why."""
    from edlint import passage

    place = passage.asked(rule)
    if place:
        _explain_place(place, config)
    else:
        _explain_rules(rule, config)


def _explain_place(place: Any, config: str | None) -> None:
    from edlint import passage
    from edlint.engine import Linter
    from edlint.finding import Problem

    try:
        told = passage.explained(place, Linter(_house(config, os.path.dirname(place.path))))
    except UnreadableError as error:
        _end_with([Problem(place.path, None, str(error))])
        return
    _print(told.text)
    _end_with(told.problems)


def _explain_rules(rule: str, config: str | None) -> None:
    from edlint.examples import ExampleError
    from edlint.explanation import text
    from edlint.finding import Problem
    from edlint.rule import names_rule
    from edlint.rule_keys import make
    from edlint.settings import did_you_mean

    known = _known(_house(config))
    files = [file for file in known if names_rule(rule, file.name)]
    if not files:
        raise UsageError(f"no rule is named '{rule}'{did_you_mean(rule, [file.name for file in known])}")
    made = [make(file) for file in files]
    problems, told = [problem for _, wrong in made for problem in wrong], []
    for found in (found for found, _ in made if found):
        try:
            told.append(text(found))
        except ExampleError as error:
            problems.append(Problem(found.origin.path, error.line, str(error)))
    _print("\n\n".join(told))
    _end_with(problems)


@commands.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@_config
def names(files: tuple[str, ...], output: str, config: str | None) -> None:
    """List the names of articles, with all forms and places."""
    from functools import cache

    from edlint import name_list, sources
    from edlint.engine import Linter
    from edlint.finding import Problem

    linter = cache(lambda folder: Linter(_house(config, folder)))
    found, problems = [], []
    for path in files:
        try:
            source = sources.read(path)
        except UnreadableError as error:
            problems.append(Problem(path, None, str(error)))
            continue
        article, wrong = linter(os.path.dirname(path)).article(source, path)
        problems += wrong
        found.append((path, source, name_list.names(article)))
    lists = (name_list.text(*one) for one in found)
    _print(name_list.as_json(found) if output == "json" else "\n\n".join(lists))
    _end_with(problems)


@commands.command()
@click.argument("named", nargs=-1, metavar="[FOLDER|RULE|FILE]...")
@click.option("--coverage", is_flag=True, help="Fail where a rule fires in no example.")
@_config
def test(named: tuple[str, ...], coverage: bool, config: str | None) -> None:
    """Run the examples of rules, and cases in *.test.yml."""
    from edlint.engine import Linter
    from edlint.rule_test import found, run

    house = _house(config)
    outcome = run(found(named, house), Linter(house))
    if not outcome.count and not outcome.problems:
        told = ", ".join(named) or "this folder and the house's own styles"
        raise UsageError(f"nothing to test in {told}: no rule with examples, no cases in *.test.yml")
    silent = outcome.silent if coverage else ()
    lines = [*map(str, outcome.failures), *(f"{name}: fires in no example" for name in silent)]
    counts = [f"{outcome.passed} passed", f"{len(outcome.failures)} failed"]
    counts += [f"{outcome.not_run} not run"] * bool(outcome.not_run)
    counts += [f"{len(silent)} rule{'s' * (len(silent) != 1)} never fired"] * bool(silent)
    _print("\n".join([*lines, f"{outcome.count} example{'s' * (outcome.count != 1)}: {', '.join(counts)}", ""]))
    _end_with(outcome.problems)
    sys.exit(FOUND if outcome.failures or silent else CLEAN)


@commands.command()
@click.argument("folder", default=".")
@click.option("--from-vale", is_flag=True, help="Write what is equal to the .vale.ini there.")
def init(folder: str, from_vale: bool) -> None:
    """Write a configuration to begin from."""
    from pathlib import Path

    from edlint import starter

    before = starter.above(Path(folder))
    text, source = starter.from_vale(Path(folder)) if from_vale else (starter.text(), None)
    path = starter.write(Path(folder), text)
    if source:
        click.echo(f"{path} is written, and takes the place of {source}, to which it is equal.")
    else:
        click.echo(f"{path} is written. As it stands, it says what is built in.")
        if before:
            click.echo(f"It takes the place of {before} there; to build on that: extends: {before}")
    click.echo("Next:")
    click.echo(f"  edlint {folder:<13} check the articles there")
    click.echo("  edlint rules         see every rule, and whether it is on")
    click.echo("  edlint config FILE   see what holds for an article, and why")


@commands.command("config")
@click.argument("file", default="draft.md")
@_config
def decided(file: str, config: str | None) -> None:
    """Say what holds for an article, and which line says so."""
    from pathlib import Path

    from edlint import reasons

    path = os.path.abspath(os.path.join(file, "draft.md") if os.path.isdir(file) else file)
    found = reasons.decided(_house(config, os.path.dirname(path)), Path(path))
    _print(reasons.text(found))
    _end_with(found.problems)


@commands.command(hidden=True)  # asked for once, by whoever sets up an editor; docs/configuration.md has it
@click.argument("file", type=click.Choice(["edlint", "rule", "terms"]), metavar="edlint|rule|terms")
def schema(file: str) -> None:
    """Print the JSON Schema of a kind of file, for editors."""
    from edlint.schema import text

    _print(text(file))


def main() -> NoReturn:
    """Runs the command; exits with 0, 1, 2 or 3 as docs/output.md says."""
    try:
        commands.main(standalone_mode=False, prog_name="edlint")
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        _tell([f"{error.format_message()} (edlint --help tells more)"])
        sys.exit(WRONG_USAGE)
    except UsageError as error:
        _tell([error])
        sys.exit(WRONG_USAGE)
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read the output has gone
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(CLEAN)
        _tell([f"stopped: {error}"])
        sys.exit(INCOMPLETE)
    except Exception as error:  # a fault of edlint's own must not look like findings, which end with 1
        from traceback import extract_tb

        last = extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {error}, in {last.name}, line {last.lineno}"
        _tell([f"stopped by a fault of its own ({told}): please report it"])
        sys.exit(INCOMPLETE)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    sys.exit(CLEAN)
