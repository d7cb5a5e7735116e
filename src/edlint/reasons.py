"""Why a rule is on or off for an article, for `edlint config`: which line of which file decided.

A newcomer would repeat the loader's reasoning here. Whether a rule runs, and how severe it is, is asked of the
rulebook; only the place where that is said is looked for.
"""

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from edlint import rule_keys, rulebook
from edlint.config import FILE_NAME, Config, Setting
from edlint.finding import Problem
from edlint.rule import names_rule
from edlint.rulebook import RuleFile, built_in, shown
from edlint.ruleset import Rulebook


class Reason(NamedTuple):
    """What holds for a rule: `off`, a severity or `broken`; where that is said; and where its keys are replaced."""

    rule: str
    state: str
    place: str
    words: str
    keys: str = ""


class Decided(NamedTuple):
    """Everything that a configuration decides for an article: what holds for all rules, and for each."""

    whole: tuple[tuple[str, str, str], ...]
    reasons: tuple[Reason, ...]
    problems: tuple[Problem, ...]


def decided(config: Config, path: Path) -> Decided:
    """Gives what holds for an article, named by its absolute path; raises UsageError for wrong settings."""
    book = Rulebook(config)
    found = book.rules(config.settings_for(path))
    running = {rule.name: rule.severity.name for rule in found.rules}
    listed = {file.name for style in book.styles for file in rulebook.paths(style)}
    said = list(_said(config, path))
    reasons = []
    for file in Rulebook(config, select=("*",)).files:
        own = [(setting, words) for setting, words in said if names_rule(setting.pattern, file.name)]
        state = running.get(file.name, "off")
        reasons.append(_reason(config, file, state, own, is_listed=file.name in listed))
    return Decided(tuple(_whole(config, path)), tuple(reasons), found.problems)


def _said(config: Config, path: Path) -> Iterator[tuple[Setting, str]]:
    """The settings that hold for an article, in their order, each with the words that led to it."""
    for setting in config.settings:
        is_short = setting.entry.key != setting.pattern  # such as require-reasons
        yield setting, setting.entry.key if is_short else f"rules: {setting.pattern}"
    for glob, settings in config.path_settings:
        if glob.matches(path):
            yield from ((setting, f"{glob.said} {setting.entry.key}") for setting in settings)


def _reason(config: Config, file: RuleFile, state: str, own: list[tuple[Setting, str]], *, is_listed: bool) -> Reason:
    if not is_listed:
        return Reason(file.name, "off", config.said.get("styles", ""), "its style is not among the styles")
    keys = ", ".join(f"{key}: {setting.keys[key].place}" for setting, _ in own for key in setting.keys)
    rule, problems = rule_keys.make(file, [setting for setting, _ in own])
    if rule is None:
        where = f"{problems[0].path}:{problems[0].line}" if problems[0].line else problems[0].path
        return Reason(file.name, "broken", where, problems[0].message, keys)
    for setting, words in reversed(own):
        if setting.level:
            return Reason(file.name, state, setting.entry.place, words, keys)
    entries = {key.lower(): entry for key, entry in file.entries.items()}
    for setting, _ in own:
        entries |= {key.lower(): entry for key, entry in setting.keys.items()}
    key = "level" if rule.enabled else "enabled"
    words = "the rule's own level" if rule.enabled else "off until a house turns it on"
    is_elsewhere = key in entries and not (file.is_built_in and entries[key].path == file.path)
    return Reason(file.name, state, entries[key].place if is_elsewhere else "", words, keys)


def _whole(config: Config, path: Path) -> Iterator[tuple[str, str, str]]:
    """What holds for the article whatever the rule: a name, what holds, and where that is said."""
    styles = [style.name if style.parent == built_in() else shown(style) for style in config.styles]
    excluding = [glob.lines[0] for glob in config.exclude if glob.matches(path)]
    read_as = config.read_as(path.name)
    rows = {
        "styles": ", ".join(styles) or "none",
        "terms": ", ".join(config.terms.paths) if config.terms else "none",
        "vocab": ", ".join(shown(words.folder) for words in config.words_for(path)) or "none",
        "masks": ", ".join(config.masks_for(path)) or "none",
        "formats": "none for its ending" if read_as == path.name else f"read as {PurePath(read_as).suffix[1:]}",
        "exclude": f"left out by {', '.join(excluding)}" if excluding else "none matches, so it is checked",
        "fail-on": config.fail_on,
        "min-severity": config.min_severity,
        "model": config.model,
    }
    yield "configuration", config.path or f"no {FILE_NAME} in its folder or above", ""
    yield "builds on", ", ".join(config.bases) or "nothing", config.said.get("extends", "")
    for key, told in rows.items():
        yield key, told, config.said.get(key, "by default")
    for note in config.notes_for(path):
        yield "note", note.message, f"{note.path}:{note.line}"


def text(found: Decided) -> str:
    """Gives what was decided as two tables."""
    whole = _table([(f"{name}:", told, place) for name, told, place in found.whole])
    rules = _table([(one.rule, one.state, why(one)) for one in found.reasons])
    return f"{whole}\n\n{rules}\n"


def why(one: Reason) -> str:
    """Gives where it is said what holds for a rule, and in which words."""
    told = f"{one.place} {one.words}".strip()
    return f"{told}; {one.keys}" if one.keys else told


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
