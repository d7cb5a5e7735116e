"""The sub-commands, one module each, found by their place; and what several of them say or ask.

A module is named for its command and holds it as `command`. Everything but click is imported within the functions that
need it, so that `edlint --help` answers at once and no command pays for another.
"""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from edlint.config import Config
    from edlint.rulebook import RuleFile

LEVELS = ("suggestion", "warning", "error")
CLEAN, FOUND, WRONG_USAGE, INCOMPLETE, INTERRUPTED = 0, 1, 2, 3, 130  # exit codes


class Rare(click.Option):
    """An option that the page on all of edlint leaves out, so that it fits a screen; docs/commands.md has it."""


def a_file(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes a word as the name of a file."""
    return [CompletionItem(incomplete, type="file")]


def a_rule(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes a word as the name of a style or of a rule that the house knows; as none where its files are wrong."""
    from edlint.errors import UsageError

    try:
        names = [file.name for file in rule_files(house_of(ctx.params.get("config")))]
    except UsageError:  # which has no place in a line that somebody is writing
        return []
    styles = sorted({name.partition(".")[0] for name in names})
    chosen = names if "." in incomplete else styles
    return [CompletionItem(name) for name in chosen if name.lower().startswith(incomplete.lower())]


config_option = click.option(
    "--config", metavar="FILE", shell_complete=a_file, help="Configuration instead of the .edlint.yml found."
)


def modules(folder: str) -> list[str]:
    """Gives the names of the modules in a folder of edlint, which are found by their place, without importing any."""
    here = os.path.join(os.path.dirname(os.path.dirname(__file__)), folder)
    return sorted(name[:-3] for name in os.listdir(here) if name.endswith(".py") and name[0] != "_")


def put(words: str | bytes) -> None:
    """Writes to standard output in UTF-8, whatever the locale."""
    click.echo(words if isinstance(words, bytes) else words.encode("utf-8", "replace"), nl=False)


def end_with(problems: Any) -> None:
    """Ends with what could not be done, where there is any."""
    tell(problems)
    if problems:
        sys.exit(INCOMPLETE)


def tell(lines: Iterable[object]) -> None:
    """Says something on standard error, a line each, whatever stands in the names of files.

    GitHub's runner takes `##[` anywhere in a line for a command, and control characters could begin a new line.
    """
    for line in lines:
        from edlint.output import printable

        click.echo(f"edlint: {printable(str(line)).replace('##[', '## [')}", err=True)


def house_of(config: str | None, folder: str = ".") -> "Config":
    """The configuration named, or the one that holds in a folder."""
    from pathlib import Path

    from edlint import config as configuration

    if config:
        return configuration.load(Path(config), Path.cwd())
    path = configuration.find(Path(folder).absolute())
    return configuration.load(path) if path else configuration.default()


def rule_files(house: "Config") -> "list[RuleFile]":
    """The files of all rules that a house knows, on or off, by name."""
    from edlint.ruleset import Rulebook

    return sorted(Rulebook(house, select=("*",)).files, key=lambda file: file.name)
