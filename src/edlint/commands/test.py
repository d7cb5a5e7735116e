"""`edlint test`: the examples of rules, run."""

import sys

import click

from edlint.commands import CLEAN, FOUND, a_file, config_option, end_with, house_of, put
from edlint.errors import UsageError


@click.command("test")
@click.argument("named", nargs=-1, metavar="[FOLDER|RULE|FILE]...", shell_complete=a_file)
@click.option("--coverage", is_flag=True, help="Fail where a rule fires in no example.")
@config_option
def command(named: tuple[str, ...], coverage: bool, config: str | None) -> None:
    """Run the examples of rules, and cases in *.test.yml."""
    from edlint.engine import Linter
    from edlint.rule_test import found, run

    house = house_of(config)
    outcome = run(found(named, house), Linter(house))
    if not outcome.count and not outcome.problems:
        told = ", ".join(named) or "this folder and the house's own styles"
        raise UsageError(f"nothing to test in {told}: no rule with examples, no cases in *.test.yml")
    silent = outcome.silent if coverage else ()
    lines = [*map(str, outcome.failures), *(f"{name}: fires in no example" for name in silent)]
    counts = [f"{outcome.passed} passed", f"{len(outcome.failures)} failed"]
    counts += [f"{outcome.not_run} not run"] * bool(outcome.not_run)
    counts += [f"{len(silent)} rule{'s' * (len(silent) != 1)} never fired"] * bool(silent)
    put("\n".join([*lines, f"{outcome.count} example{'s' * (outcome.count != 1)}: {', '.join(counts)}", ""]))
    end_with(outcome.problems)
    sys.exit(FOUND if outcome.failures or silent else CLEAN)
