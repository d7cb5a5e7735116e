"""`edlint config`: what holds for an article."""

import os

import click

from edlint.commands import a_file, config_option, end_with, house_of, put


@click.command("config")
@click.argument("file", default="draft.md", shell_complete=a_file)
@config_option
def command(file: str, config: str | None) -> None:
    """Say what holds for an article, and which line says so."""
    from pathlib import Path

    from edlint import reasons

    path = os.path.abspath(os.path.join(file, "draft.md") if os.path.isdir(file) else file)
    found = reasons.decided(house_of(config, os.path.dirname(path)), Path(path))
    put(reasons.text(found))
    end_with(found.problems)
