"""edlint: an editorial style and fact-check linter.

    from edlint import Linter

    for finding in Linter().check_text("She said “no.").findings:
        print(finding.rule, finding.message, finding.span)

`Config`, from `edlint.config.load(path)`, is what a house has decided; `Linter(config)` checks texts and files by it
and gives a `FileReport`; `edlint.finding` has its parts.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from edlint.config import Config
    from edlint.engine import Linter
    from edlint.errors import EdlintError, UnreadableError, UsageError
    from edlint.finding import FileReport, Finding, Severity

__version__ = "0.1.0"
__all__ = ["Config", "EdlintError", "FileReport", "Finding", "Linter", "Severity", "UnreadableError", "UsageError"]

_HOMES = {
    "Config": "config",
    "EdlintError": "errors",
    "FileReport": "finding",
    "Finding": "finding",
    "Linter": "engine",
    "Severity": "finding",
    "UnreadableError": "errors",
    "UsageError": "errors",
}


def __getattr__(name: str) -> Any:
    """Imports what is asked for when it is asked for, so that `edlint --help` pays for none of it."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'edlint' has no attribute '{name}'")
    return getattr(import_module(f"edlint.{_HOMES[name]}"), name)
