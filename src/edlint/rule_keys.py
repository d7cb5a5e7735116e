"""The keys of a rule's file, checked and made into a Rule; and how the message of a rule is filled."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from edlint import action, kinds
from edlint.action import Action
from edlint.config import Setting
from edlint.errors import UsageError
from edlint.finding import Problem, Severity
from edlint.rule import Fault, Origin, Rule
from edlint.rulebook import RuleFile
from edlint.scope import BLOCKS, VIEWS, Scope
from edlint.settings import Entry, SettingsError, did_you_mean, entries, is_nothing, items, record, shape, shown, value

_VERB = re.compile(r"%(?:\[\d+\])?[sd]|%%")
_WRAP = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Keys:
    """The keys that a rule of any kind may have.

    - `extends`: the kind of rule, or another rule (`Style.Rule`) whose keys this one has, too: a key replaces the
      other's, `key+` adds to it, `key-` takes away from it
    - `message`: what the writer is told; `%s` are the words that the kind gives, in order, `%[2]s` the second of them,
      `%%` a per cent sign
    - `level`: `suggestion`, `warning` or `error`
    - `scope`: where the rule looks; one or a list. Where it does not say, `text`, or what its kind says
    - `description`: why the rule is there
    - `link`: an address to read more
    - `lang`: the language that the rule knows, `en` or `en-US`; it keeps out of articles whose front matter (`lang`)
      names another
    - `enabled`: `false` for a rule that is off until a house turns it on
    - `limit`: how often it speaks in one article at most
    - `action`: what to write instead of the words found: `{name: replace, params: [better words]}`, or `remove`,
      `convert`, `edit`, `suggest`
    - `matchcase`: whether what an action writes gets the capitals of the words found
    - `tests`: cases that `edlint test` runs
    - `faults`: for kinds that tell several faults apart: the message of each, or `{message: …, level: …}`
    """

    extends: str
    message: str
    level: Literal["suggestion", "warning", "error"] = "warning"
    scope: tuple[str, ...] = ()
    link: str | None = None
    description: str = ""
    lang: str | None = None
    enabled: bool = True
    limit: int | None = None
    action: Any = None
    matchcase: bool = False
    tests: Any = None
    faults: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ActionKeys:
    """The keys of a rule's action.

    - `name`: `replace`, `remove`, `edit`, `convert` or `suggest`
    - `params`: better words, or what an edit does
    """

    name: Literal["replace", "remove", "edit", "convert", "suggest"]
    params: Any = None


@dataclass(frozen=True)
class FaultKeys:
    """What a rule may say of a fault, beside the message alone.

    - `message`: what the writer is told of it
    - `level`: `suggestion`, `warning` or `error`, where it is not the rule's
    """

    message: str
    level: Literal["suggestion", "warning", "error"] | None = None


_COMMON = frozenset(Keys.__dataclass_fields__)


def make(file: RuleFile, own: Iterable[Setting] = ()) -> tuple[Rule | None, list[Problem]]:
    """Makes a rule from its file and the settings for it, or says what is wrong with the file.

    Raises UsageError where it is a setting that is wrong.
    """
    own = list(own)
    found = dict(file.entries)
    for setting in own:
        found |= setting.keys
    rule, problems = _rule(file, found)
    settings = {setting.entry.path for setting in own}
    elsewhere = [problem for problem in problems if problem.path in settings]
    if elsewhere:
        raise UsageError(str(elsewhere[0]))
    return rule, problems


def _rule(file: RuleFile, found: Mapping[str, Entry]) -> tuple[Rule | None, list[Problem]]:
    found = {key.lower() if key.lower() in _COMMON else key: entry for key, entry in found.items()}
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
    done, wrong = _action(found.get("action"), matchcase=keys.matchcase)
    problems += wrong
    if problems:
        return None, problems
    severity = Severity[keys.level]
    lines = {key: entry.line for key, entry in found.items()}
    return Rule(
        file.name, keys.extends, keys.message, severity, scope, options, faults, keys.link, keys.description,
        keys.lang, keys.enabled, keys.limit, done, Origin(file.path, lines, file.bases),
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
        if name == "script":
            return None, [found["extends"].error("is a program, and edlint runs none: the rule is left out").problem]
        known = kinds.known()
        hint = did_you_mean(name, known) or f": expected one of {', '.join(known)}"
        return None, [found["extends"].error(f"no kind of rule is named '{name}'{hint}").problem]


def _checked(found: Mapping[str, Entry], keys: Keys, kind: kinds.Kind) -> tuple[Scope, dict[str, Fault], list[Problem]]:
    """The scope and the faults of a rule, and what is wrong with them and its message."""
    problems, scope = [], Scope()
    try:
        scope = Scope.parse(keys.scope or getattr(kind, "SCOPE", ("text",)))
    except ValueError as error:
        selects = str(error).startswith(("doc(", "~doc("))
        hint = ": edlint has no selectors of elements" if selects else did_you_mean(str(error), BLOCKS | VIEWS)
        problems.append(found["scope"].error(f"unknown scope '{error}'{hint}").problem)
    problems += [found["message"].error(wrong).problem for wrong in _message_problems(keys.message)]
    known = getattr(kind, "FAULTS", ())
    faults = {name: Fault(message) for name, message in getattr(kind, "MESSAGES", {}).items()}
    try:
        faults |= _faults(found["faults"], known) if keys.faults else {}
    except SettingsError as error:
        problems.append(error.problem)
    return scope, faults, problems


def _action(entry: Entry | None, *, matchcase: bool) -> tuple[Action | None, list[Problem]]:
    """The action of a rule, None where it has none, and what is wrong with it."""
    if entry is None or is_nothing(entry):
        return None, []
    try:
        keys, problems = record(ActionKeys, entries(entry), entry)
        if problems:
            return None, problems
        params = entries(entry).get("params")
        found = Action(keys.name, _params(params, steps=keys.name == "edit") if params else (), matchcase)
    except SettingsError as error:
        return None, [error.problem]
    wrong = action.wrong(found)
    return (None, [entry.error(wrong).problem]) if wrong else (found, [])


def _params(entry: Entry, *, steps: bool) -> tuple[tuple[str, ...], ...]:
    """The parameters of an action, those of an edit as its steps: a list of words is one step."""
    nested = [item for item in items(entry) if shape(item.node) == "sequence"]
    if steps and not nested:
        return (value(tuple[str, ...], entry),)
    return tuple(value(tuple[str, ...], item) for item in items(entry))


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


def filled(message: str, args: Sequence[str | tuple[str, ...]]) -> str:
    """Fills a rule's message: `%s` and `%d` in order, `%[2]s` by number from 1; what is missing is left empty."""
    rest = iter(args)

    def word(verb: re.Match[str]) -> str:
        if verb[0] == "%%":
            return "%"
        if verb[0].startswith("%["):
            number = int(verb[0][2:-2])
            arg = args[number - 1] if 0 < number <= len(args) else ""
        else:
            arg = next(rest, "")
        return arg if isinstance(arg, str) else _choice(arg, verb)

    return _WRAP.sub(" ", _VERB.sub(word, " ".join(message.split())))


def _choice(words: tuple[str, ...], verb: re.Match[str]) -> str:
    """Words to choose from, each in the quotation marks that the message has around it, `'` where it has none."""
    before, after = verb.string[: verb.start()][-1:], verb.string[verb.end() :][:1]
    mark = before if before and before == after and before in "'\"`" else ""
    inner = mark or "'"
    told = [f"{inner}{word}{inner}" for word in words]
    last = ", or " if len(told) > 2 else " or "
    whole = last.join(filter(None, (", ".join(told[:-1]), told[-1])))
    return whole[1:-1] if mark else whole
