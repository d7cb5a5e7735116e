"""`edlint rules`: all rules that a house knows."""

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

from edlint.commands import config_option, end_with, house_of, rule_files

if TYPE_CHECKING:
    from edlint.config import Config
    from edlint.rule import Rule


@click.command("rules")
@click.option("--slow", is_flag=True, help="Only expressions that are tried everywhere.")
@config_option
def command(slow: bool, config: str | None) -> None:
    """List all rules, with kind and severity."""
    from pathlib import Path

    from edlint.ruleset import Rulebook

    house = house_of(config)
    settings = house.settings_for(Path("draft.md").absolute())
    found = Rulebook(house).rules(settings)
    if slow:
        _list_slow(found.rules)
        end_with(found.problems)
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
    for file in rule_files(house):
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
    end_with(problems)


def _first_sentence(description: str) -> str:
    import re

    whole = " ".join(description.split()).removeprefix("Why: ")
    return re.split(r"(?<=[a-z]{2})\. (?=[A-Z“])", whole)[0].rstrip(".")
