"""`edlint completion`: what a shell reads so that it completes commands, options, rules and branches."""

import click

from edlint.commands import put


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script with which a shell completes edlint."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made:
        put(made(ctx.find_root().command, {}, "edlint", "_EDLINT_COMPLETE").source() + "\n")
