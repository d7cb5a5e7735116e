"""`edlint init`: a configuration to begin from."""

import click


@click.command("init")
@click.argument("folder", default=".")
@click.option("--from-vale", is_flag=True, help="Write what is equal to the .vale.ini there.")
def command(folder: str, from_vale: bool) -> None:
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
