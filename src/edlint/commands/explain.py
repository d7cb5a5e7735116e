"""`edlint explain`: what a rule finds, or what was found in a place, and why."""

import os
from typing import Any

import click
from click.shell_completion import CompletionItem

from edlint.commands import a_file, a_rule, config_option, end_with, house_of, put, rule_files
from edlint.errors import UnreadableError, UsageError


def _a_rule_or_file(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes a word as the name of a rule, or of a file where no rule begins so."""
    return a_rule(ctx, parameter, incomplete) or a_file(ctx, parameter, incomplete)


@click.command("explain")
@click.argument("rule", metavar="RULE|FILE:LINE:COLUMN", shell_complete=_a_rule_or_file)
@config_option
def command(rule: str, config: str | None) -> None:
    """Say what a rule finds, or what was found in a place, and why."""
    from edlint import passage

    place = passage.where(rule)
    if place:
        _explain_place(place, config)
    else:
        _explain_rules(rule, config)


def _explain_place(place: Any, config: str | None) -> None:
    from edlint import passage
    from edlint.engine import Linter
    from edlint.finding import Problem

    try:
        told = passage.explained(place, Linter(house_of(config, os.path.dirname(place.path))))
    except UnreadableError as error:
        end_with([Problem(place.path, None, str(error))])
        return
    put(told.text)
    end_with(told.problems)


def _explain_rules(rule: str, config: str | None) -> None:
    from edlint.examples import ExampleError
    from edlint.explanation import text
    from edlint.finding import Problem
    from edlint.rule import names_rule
    from edlint.rule_keys import make
    from edlint.settings import did_you_mean

    known = rule_files(house_of(config))
    files = [file for file in known if names_rule(rule, file.name)]
    if not files and os.path.isfile(rule):
        raise UsageError(f"{rule} is an article: name a place in it, {rule}:3")
    if not files:
        hint = did_you_mean(rule, [file.name for file in known]) or ": `edlint rules` lists them"
        raise UsageError(f"no rule is named '{rule}'{hint}")
    made = [make(file) for file in files]
    problems, told = [problem for _, wrong in made for problem in wrong], []
    for found in (found for found, _ in made if found):
        try:
            told.append(text(found))
        except ExampleError as error:
            problems.append(Problem(found.origin.path, error.line, str(error)))
    put("\n\n".join(told))
    end_with(problems)
