"""The command line: which command is meant, and how a run ends."""

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from edlint import __version__
from edlint.commands import CLEAN, INCOMPLETE, INTERRUPTED, WRONG_USAGE, Rare, modules, tell
from edlint.errors import UsageError

_COLUMNS = 22  # of the names in help
_COMPLETE = "_EDLINT_COMPLETE"  # the variable by which a shell asks what may follow
_ABOUT = """Check articles for house style, quotation marks, names, figures and dates.
PATHS are files and folders, - is standard input; without any, this folder."""


def _summary(command: click.Command) -> str:
    """Gives the first sentence of a command's help, whole; click would cut it short where there is room."""
    return command.get_short_help_str(limit=100)


class _Commands(click.Group):
    """Sub-commands, each imported when it is asked for, `check` being the one that is meant where none is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click asks it
        return modules("commands")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"edlint.commands.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing and not args:  # a shell asks what the first word may be
            return super().parse_args(ctx, args)
        if not args or (args[0] not in self.list_commands(ctx) and args[0] not in ("--help", "-h", "--version")):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whoever read the output has gone, which click would call 1, as if it were findings
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(INCOMPLETE)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Completes the first word: a command, an option of `check`, or a file."""
        check = self.get_command(ctx, "check")
        if check and incomplete.startswith("-"):
            return check.shell_complete(click.Context(check, parent=ctx), incomplete)
        named = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        commands = [command for name in named if (command := self.get_command(ctx, name)) and not command.hidden]
        items = [CompletionItem(command.name or "", help=_summary(command)) for command in commands]
        return items or [CompletionItem(incomplete, type="file")]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write("Usage: edlint [OPTIONS] [PATHS]...\n       edlint COMMAND ...\n\n")
        formatter.write(f"{_ABOUT}\n")
        commands = [command for name in self.list_commands(ctx) if (command := self.get_command(ctx, name))]
        check = next(command for command in commands if command.name == "check")
        shown = (p for p in check.params if p.name != "paths" and not isinstance(p, Rare))
        options = [record for p in shown if (record := p.get_help_record(ctx))]
        options += [("--version, --help", "Print the version, or this page (check --help: all).")]
        with formatter.section("Options"):
            formatter.write_dl(options, col_max=_COLUMNS)
        with formatter.section("Commands"):
            named = [command for command in commands if not command.hidden]
            formatter.write_dl([(command.name or "", _summary(command)) for command in named])


@click.group(cls=_Commands, help=_ABOUT, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="edlint", message="%(prog)s %(version)s")
def commands() -> None:
    """The command and its sub-commands."""


def main() -> NoReturn:
    """Runs the command; exits as docs/output.md says."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:  # whoever began this has closed it
            setattr(sys, name, open(os.open(os.devnull, os.O_RDWR), "w" if number else "r"))  # noqa: SIM115
    if _COMPLETE in os.environ:
        import_module("edlint.commands.completion").answer_shells()
    try:
        commands.main(standalone_mode=False, prog_name="edlint", complete_var=_COMPLETE)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        tell([f"{error.format_message()} (edlint --help tells more)"])
        sys.exit(WRONG_USAGE)
    except UsageError as error:
        tell([error])
        sys.exit(WRONG_USAGE)
    except OSError as error:
        tell([f"stopped: {error}"])
        sys.exit(INCOMPLETE)
    except Exception as error:  # a fault of edlint's own must not look like findings, which end with 1
        from traceback import extract_tb

        last = extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {error}, in {last.name}, line {last.lineno}"
        tell([f"stopped by a fault of its own ({told}): please report it"])
        sys.exit(INCOMPLETE)
    sys.exit(CLEAN)
