"""`edlint init`: a configuration to begin from."""

import os
from shlex import quote

import click

from edlint.errors import UsageError


@click.command("init")
@click.argument("folder", default=".")
@click.option("--from-vale", is_flag=True, help="Write what is equal to the .vale.ini there.")
def command(folder: str, from_vale: bool) -> None:
    """Write a configuration to begin from."""
    from pathlib import Path

    from edlint import starter

    if not os.path.exists(folder):
        raise UsageError(f"no such folder: {folder} (mkdir -p {quote(folder)} makes it)")
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
    for line in _next(folder):
        click.echo(line)


def _next(folder: str) -> list[str]:
    """The commands that come next, with what each is for."""
    named = quote(folder)
    commands = {
        f"edlint {named}": "check the articles there",
        f"edlint baseline write {named}": "let what is found today in old articles be",
        "edlint rules": "see every rule, and whether it is on",
        "edlint config FILE": "see what holds for an article, and why",
    }
    width = max(map(len, commands))
    return [f"  {command:<{width}}   {purpose}" for command, purpose in commands.items()]
