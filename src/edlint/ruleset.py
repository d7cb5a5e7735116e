"""Rules made ready: rule files, what the configuration says of them, and what the command selects."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from edlint import rulebook
from edlint.config import Config, Setting
from edlint.errors import UsageError
from edlint.finding import Problem, Severity
from edlint.pattern import Exceptions, Finder
from edlint.rule import Rule, names_rule
from edlint.rule_keys import make
from edlint.rulebook import RuleFile, RulePath
from edlint.settings import did_you_mean
from edlint.store import Store, key_of


class Ruleset(NamedTuple):
    """The rules that run, by name, and what was wrong with others."""

    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...] = ()


_OWN_STYLE = "Edlint"  # what edlint says of its own comments, whatever the styles of a house


class Rulebook:
    """The rule files that a configuration names, made into rules for each set of settings.

    What a file says by itself is made once, and kept in the store for the next run, together with the expressions that
    were compiled; a file is read again only where settings replace keys of its rule, or where something is wrong.
    """

    def __init__(
        self,
        config: Config,
        *,
        select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        store: Store | None = None,
    ) -> None:
        """Finds the rule files; raises UsageError where a pattern names no rule."""
        self._select, self._ignore, self._store = select, ignore, store
        # Whatever is known can be selected, also what the configuration leaves out.
        built_in = [rulebook.built_in() / style for style in rulebook.built_in_styles()] if select else []
        self.styles = (*config.styles, rulebook.built_in() / _OWN_STYLE)
        self._paths: dict[str, RulePath] = {}
        styles = dict.fromkeys([*self.styles, *built_in])
        for found in (found for style in styles for found in rulebook.paths(style)):
            self._paths.setdefault(found.name, found)
        self._check_names(config)
        self._settings = (config.settings, *(found for _, found in config.path_settings))
        self._asked = {name: path for name, path in self._paths.items() if self._is_asked_for(name)}
        self._made: dict[tuple[int, ...], Ruleset] = {}
        self._kept = 0  # how many expressions the store already holds

    def _check_names(self, config: Config) -> None:
        known = list(self._paths)
        for pattern in (*self._select, *self._ignore):
            if not any(names_rule(pattern, name) for name in known):
                raise UsageError(f"no rule is named '{pattern}'{did_you_mean(pattern, known)}")
        settings = [*config.settings, *(setting for _, found in config.path_settings for setting in found)]
        if settings:
            known += [found.name for found in rulebook.paths_below(rulebook.built_in())]
        named = {*known, "*"}
        for setting in settings:
            if setting.pattern not in named and not any(names_rule(setting.pattern, name) for name in known):
                hint = did_you_mean(setting.pattern, known)
                raise UsageError(str(setting.entry.error(f"no rule is named so{hint}").problem))

    def _is_asked_for(self, name: str) -> bool:
        if any(names_rule(pattern, name) for pattern in self._ignore):
            return False
        if self._select:
            return any(names_rule(pattern, name) for pattern in self._select)
        return self._may_be_on(name)

    def _may_be_on(self, name: str) -> bool:
        """Says whether a rule is on for any file at all; what is off everywhere is never read."""
        everywhere, *somewhere = self._settings
        level = _level(setting for setting in everywhere if names_rule(setting.pattern, name))
        return level != "off" or any(
            setting.level not in (None, "off") and names_rule(setting.pattern, name)
            for settings in somewhere
            for setting in settings
        )

    @cached_property
    def files(self) -> list[RuleFile]:
        """The rule files asked for that can be read, sorted by name."""
        return sorted(self._read[0], key=lambda file: file.name)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What kept other files from being read."""
        return tuple(self._read[1])

    @cached_property
    def _read(self) -> tuple[list[RuleFile], list[Problem]]:
        return rulebook.read(self._asked.values())

    @cached_property
    def key(self) -> str:
        """What the rule files say, in one word, with what tells this edlint from another."""
        texts = (
            part
            for name, path in self._asked.values()
            for part in (name.encode(), str(path).encode(), path.read_bytes())
        )
        return key_of(texts)

    @cached_property
    def has_several_countries(self) -> bool:
        """Whether the rules that a house lists, and those that are selected, are for several countries.

        What is off or ignored counts as well: whoever does without American rules has not said that articles are
        British. So files are read for this that are not asked for, as few of them as tell.
        """
        found = _countries(rule for rule, _ in self._alone.values() if rule)
        others = (path for style in self.styles for path in rulebook.paths(style) if path.name not in self._asked)
        for path in others:
            if len(found) > 1:
                break
            files, _ = rulebook.read([path])
            written = (str(file.entries["lang"].node.value) for file in files if "lang" in file.entries)
            found.update(country for language in written if (country := _country(language)))
        return len(found) > 1

    @cached_property
    def _alone(self) -> dict[str, tuple[Rule | None, list[Problem]]]:
        """What each file makes by itself, by name."""
        kept = self._store.value(self.key) if self._store else None
        if isinstance(kept, dict):
            self._kept = _compiled(kept.values())
            return {name: (rule, []) for name, rule in kept.items()}
        return {file.name: make(file) for file in self.files}

    def remember(self) -> None:
        """Keeps what was made for the next run, unless something is wrong with it or nothing has been added."""
        if not self._store or "_alone" not in self.__dict__:
            return
        rules = {name: rule for name, (rule, _) in self._alone.items() if rule}
        compiled = _compiled(rules.values())
        known = {found.path for found in self._asked.values()}
        # What a rule extends has to be among the files that the key knows of.
        complete = len(rules) == len(self._asked) and all(
            known.issuperset(rule.origin.bases) for rule in rules.values()
        )
        if compiled > self._kept and complete:
            self._store.keep(self.key, {name: _bare(rule) for name, rule in rules.items()})

    def rules(self, settings: tuple[Setting, ...]) -> Ruleset:
        """Gives the rules that run under some settings, sorted by name; raises UsageError for wrong settings."""
        key = tuple(map(id, settings))  # the configuration keeps its settings, so the same ones are the same objects
        if key not in self._made:
            self._made[key] = self._make(settings)
        return self._made[key]

    def _make(self, settings: tuple[Setting, ...]) -> Ruleset:
        rules, problems = [], list[Problem]()
        if len(self._alone) < len(self._asked):
            problems += self.problems
        for name in sorted(self._alone):
            own = [setting for setting in settings if names_rule(setting.pattern, name)]
            level = _level(own)
            if not self._select and level == "off":
                continue
            rule, wrong = self._with_keys(name, own) if any(setting.keys for setting in own) else self._alone[name]
            problems += wrong
            if rule and (rule.enabled or self._select or level):
                rules.append(_leveled(rule, level))
        return Ruleset(tuple(rules), tuple(problems))

    def _with_keys(self, name: str, own: list[Setting]) -> tuple[Rule | None, list[Problem]]:
        files, _ = rulebook.read([self._asked[name]])
        return make(files[0], own)


def leaves_country_open(rules: Iterable[Rule], book: Rulebook | None) -> bool:
    """Says whether articles must show which of some rules speak in them: their house has rules for several countries.

    Rules that are of no house have no `book`. Where none is for a country, no file is read to find out.
    """
    own = _countries(rules)
    return len(own) > 1 or (bool(own) and book is not None and book.has_several_countries)


def _countries(rules: Iterable[Rule]) -> set[str]:
    return {country for rule in rules if (country := _country(rule.language))}


def _country(language: str | None) -> str | None:
    """The language of a rule in small letters with a hyphen, where it is that of a country; None for others."""
    written = (language or "").lower().replace("_", "-")
    return written if "-" in written else None


def _compiled(rules: Iterable[Rule]) -> int:
    """How much of the rules has been compiled; 1 more than that where there are rules at all."""
    found = (part for rule in rules for part in vars(rule.options).values() if isinstance(part, Finder))
    return 1 + sum(finder.compiled_count for finder in found)


def _bare(rule: Rule) -> Rule:
    """A rule without what its options have worked out, but for expressions, which are dear to compile."""
    options = replace(rule.options)
    vars(options).update({k: v for k, v in vars(rule.options).items() if isinstance(v, Finder | Exceptions)})
    return replace(rule, options=options)


def _leveled(rule: Rule, level: str | None) -> Rule:
    """A rule at the level of the house, whose word holds for every fault."""
    if not level or level not in Severity.__members__:
        return rule
    faults = {name: fault._replace(severity=None) for name, fault in rule.faults.items()}
    return replace(rule, severity=Severity[level], faults=faults)


def _level(own: Iterable[Setting]) -> str | None:
    """The level that settings give a rule; the last one that says any wins. None is what the rule itself says."""
    level = None
    for setting in own:
        level = setting.level or level
    return None if level == "default" else level
