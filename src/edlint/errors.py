"""What can go wrong, and how far it reaches.

EdlintError
├── UsageError     the command or the configuration is wrong: nothing is checked
├── UnreadableError one file cannot be read: the others are checked
├── UnwritableError one file cannot be written: it is as it was, and the others are written
└── ModelError     a library or a language model is missing: rules that need none still run
"""


class EdlintError(Exception):
    """The base of all errors whose text is meant for the user, in one line."""


class UsageError(EdlintError):
    """The command or the configuration is wrong."""


class UnreadableError(EdlintError):
    """A file cannot be read as an article."""


class UnwritableError(EdlintError):
    """A file cannot be written, and is as it was."""


class ModelError(EdlintError):
    """A library or a language model that a rule needs is missing or does not fit."""
