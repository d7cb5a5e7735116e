"""`edlint lsp`: edlint in an editor."""

import sys

import click

from edlint.commands import config_option


@click.command("lsp")
@config_option
@click.option("--no-cache", is_flag=True, hidden=True)  # docs/commands.md has it
@click.option("--stdio", is_flag=True, hidden=True, expose_value=False)  # which some clients add of their own accord
def command(config: str | None, no_cache: bool) -> None:
    """Serve an editor, which starts this by itself."""
    from edlint.lsp import serve

    sys.exit(serve(config, cache=not no_cache))
