"""`edlint names`: who and what is named in articles."""

import os

import click

from edlint.commands import a_file, config_option, end_with, house_of, put
from edlint.errors import UnreadableError


@click.command("names")
@click.argument("files", nargs=-1, required=True, shell_complete=a_file)
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@config_option
def command(files: tuple[str, ...], output: str, config: str | None) -> None:
    """List the names of articles, with all forms and places."""
    from functools import cache

    from edlint import name_list, sources
    from edlint.engine import Linter
    from edlint.finding import Problem

    linter = cache(lambda folder: Linter(house_of(config, folder)))
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
    put(name_list.as_json(found) if output == "json" else "\n\n".join(lists))
    end_with(problems)
