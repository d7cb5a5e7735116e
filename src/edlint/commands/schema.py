"""`edlint schema`: for editors, what may stand in files of ours."""

import click

from edlint.commands import put


@click.command("schema", hidden=True)  # asked for once, by whoever sets up an editor; docs/configuration.md has it
@click.argument("file", type=click.Choice(["edlint", "rule", "terms"]), metavar="edlint|rule|terms")
def command(file: str) -> None:
    """Print the JSON Schema of a kind of file, for editors."""
    from edlint.schema import text

    put(text(file))
