"""Rules made ready: rule files, what the configuration says of them, and what the command selects."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from edlint import kinds, rulebook
from edlint.config import Config, Setting
from edlint.errors import UsageError
from edlint.finding import Problem, Severity
from edlint.pattern import Exceptions, Finder
from edlint.rule import Fault, Origin, Rule, names_rule
from edlint.rulebook import RuleFile
from edlint.scope import BLOCKS, INLINE, Scope
from edlint.settings import Entry, SettingsError, did_you_mean, entries, record, shown, value
from edlint.store import Store, key_of

_VERB = re.compile(r"%(?:\[\d+\])?[sd]|%%")


class Ruleset(NamedTuple):
    """The rules that run, by name, and what was wrong with others."""

    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Keys:
    """The keys that a rule of any kind may have.

    - `extends`: the kind of rule
    - `message`: what the writer is told; `%s` are the words that the kind gives, in order, `%[2]s` the second of them,
      `%%` a per cent sign
    - `level`: `suggestion`, `warning` or `error`
    - `scope`: where the rule looks; one or a list
    - `description`: why the rule is there
    - `link`: an address to read more
    - `lang`: the language that the rule knows, `en` or `en-US`; it keeps out of articles whose front matter (`lang`)
      names another
    - `enabled`: `false` for a rule that is off until a house turns it on
    - `limit`: how often it speaks in one article at most
    - `faults`: for kinds that tell several faults apart: the message of each, or `{message: …, level: …}`
    """

    extends: str
    message: str
    level: Literal["suggestion", "warning", "error"] = "warning"
    scope: tuple[str, ...] = ("text",)
    link: str | None = None
    description: str = ""
    lang: str | None = None
    enabled: bool = True
    limit: int | None = None
    faults: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FaultKeys:
    """What a rule may say of a fault, beside the message alone.

    - `message`: what the writer is told of it
    - `level`: `suggestion`, `warning` or `error`, where it is not the rule's
    """

    message: str
    level: Literal["suggestion", "warning", "error"] | None = None


_OWN_STYLE = "Edlint"  # what edlint says of its own comments, whatever the styles of a house
_COMMON = frozenset(Keys.__dataclass_fields__)


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
        styles = dict.fromkeys([*config.styles, *built_in, rulebook.built_in() / _OWN_STYLE])
        self._paths: dict[str, Path] = {}
        for path in (path for style in styles for path in rulebook.paths(style)):
            self._paths.setdefault(rulebook.name_of(path), path)
        self._check_names(config)
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
            known += [rulebook.name_of(path) for path in rulebook.paths(rulebook.built_in())]
        for setting in settings:
            if not any(names_rule(setting.pattern, name) for name in known):
                hint = did_you_mean(setting.pattern, known)
                raise UsageError(str(setting.entry.error(f"no rule is named so{hint}").problem))

    def _is_asked_for(self, name: str) -> bool:
        if any(names_rule(pattern, name) for pattern in self._ignore):
            return False
        return not self._select or any(names_rule(pattern, name) for pattern in self._select)

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
    def _key(self) -> str:
        texts = (part for path in self._asked.values() for part in (str(path).encode(), path.read_bytes()))
        return key_of(texts)

    @cached_property
    def _alone(self) -> dict[str, tuple[Rule | None, list[Problem]]]:
        """What each file makes by itself, by name."""
        kept = self._store.value(self._key) if self._store else None
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
        if compiled > self._kept and len(rules) == len(self._asked):
            self._store.keep(self._key, {name: _bare(rule) for name, rule in rules.items()})

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
    """The level that settings give a rule; the last one that says any wins."""
    level = None
    for setting in own:
        level = setting.level or level
    return level


def make(file: RuleFile, own: Iterable[Setting] = ()) -> tuple[Rule | None, list[Problem]]:
    """Makes a rule from its file and the settings for it, or says what is wrong with the file.

    Raises UsageError where it is a setting that is wrong.
    """
    own = list(own)
    found = dict(file.entries)
    for setting in own:
        found |= setting.keys
    rule, problems = _rule(file, found)
    elsewhere = [problem for problem in problems if problem.path != file.path]
    if elsewhere:
        raise UsageError(str(elsewhere[0]))
    return rule, problems


def _rule(file: RuleFile, found: Mapping[str, Entry]) -> tuple[Rule | None, list[Problem]]:
    kind, problems = _kind(found)
    common = {key: entry for key, entry in found.items() if key.lower() in _COMMON}
    special = {key: entry for key, entry in found.items() if key.lower() not in _COMMON}
    keys, wrong = record(Keys, common, file.whole)
    problems += wrong
    if kind is None:
        return None, problems
    options, wrong = record(kind.Options, special, file.whole)
    problems += [_hinted(problem, special) for problem in wrong]
    if options is not None and not _is_proved(file, special):
        check = getattr(kind, "problems", lambda _: ())
        problems += [found.get(key, file.whole).error(_led(key, found, told)).problem for key, told in check(options)]
    if keys is None or options is None:
        return None, problems
    scope, faults, wrong = _checked(found, keys, kind)
    problems += wrong
    if problems:
        return None, problems
    severity = Severity[keys.level]
    lines = {key: entry.line for key, entry in found.items()}
    return Rule(
        file.name, keys.extends, keys.message, severity, scope, options, faults, keys.link,
        keys.description, keys.lang, keys.enabled, keys.limit, Origin(file.path, lines),
    ), []  # fmt: skip


def _is_proved(file: RuleFile, special: Mapping[str, Entry]) -> bool:
    """Says whether a rule is one of our own as it stands, whose values our tests have tried: it costs time to."""
    return file.is_built_in and all(entry.path == file.path for entry in special.values())


def _led(key: str, found: Mapping[str, Entry], told: str) -> str:
    return told if key in found else f"{key}: {told}"


def _hinted(problem: Problem, special: Mapping[str, Entry]) -> Problem:
    """An unknown key may be meant for one that every rule has."""
    for key in special:
        hint = did_you_mean(key, _COMMON)
        if hint and problem.message == f"unknown key '{key}'":
            return problem._replace(message=problem.message + hint)
    return problem


def _kind(found: Mapping[str, Entry]) -> tuple[kinds.Kind | None, list[Problem]]:
    if "extends" not in found:
        return None, []  # told with the other common keys
    try:
        name = value(str, found["extends"])
        return kinds.kind(name), []
    except SettingsError as error:
        return None, [error.problem]
    except KeyError:
        known = kinds.known()
        hint = did_you_mean(name, known) or f": expected one of {', '.join(known)}"
        return None, [found["extends"].error(f"no kind of rule is named '{name}'{hint}").problem]


def _checked(found: Mapping[str, Entry], keys: Keys, kind: kinds.Kind) -> tuple[Scope, dict[str, Fault], list[Problem]]:
    """The scope and the faults of a rule, and what is wrong with them and its message."""
    problems, scope, faults = [], Scope(), dict[str, Fault]()
    try:
        scope = Scope.parse(keys.scope)
    except ValueError as error:
        hint = did_you_mean(str(error), BLOCKS | INLINE)
        problems.append(found["scope"].error(f"unknown scope '{error}'{hint}").problem)
    problems += [found["message"].error(wrong).problem for wrong in _message_problems(keys.message)]
    known = getattr(kind, "FAULTS", ())
    try:
        faults = _faults(found["faults"], known) if "faults" in found else {}
    except SettingsError as error:
        problems.append(error.problem)
    return scope, faults, problems


def _faults(entry: Entry, known: tuple[str, ...]) -> dict[str, Fault]:
    faults = {}
    for name, item in entries(entry).items():
        if name not in known:
            hint = did_you_mean(name, known) or f": its kind knows {', '.join(known) or 'none'}"
            raise item.error(f"unknown fault '{name}'{hint}")
        if hasattr(item.node, "value") and isinstance(item.node.value, str):
            faults[name] = Fault(value(str, item))
        elif shown(item.node) == "a list":
            raise item.error("expected a message, or keys such as message and level")
        else:
            keys, problems = record(FaultKeys, entries(item), item)
            if problems:
                raise SettingsError(problems[0])
            faults[name] = Fault(keys.message, Severity[keys.level] if keys.level else None)
        for wrong in _message_problems(faults[name].message):
            raise item.error(wrong)
    return faults


def _message_problems(message: str) -> Iterator[str]:
    if not message.strip():
        yield "expected words"
    if "%" in _VERB.sub("", message):
        yield "expected `%s` or `%[2]s` for words found, `%%` for a per cent sign"


def filled(message: str, args: tuple[str, ...]) -> str:
    """Fills a rule's message: `%s` and `%d` in order, `%[2]s` by number from 1; what is missing is left empty."""
    rest = iter(args)

    def word(verb: re.Match[str]) -> str:
        if verb[0] == "%%":
            return "%"
        if verb[0].startswith("%["):
            number = int(verb[0][2:-2])
            return args[number - 1] if 0 < number <= len(args) else ""
        return next(rest, "")

    return _VERB.sub(word, " ".join(message.split()))
