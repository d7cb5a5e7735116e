"""The notation of `.edlint.yml`.

`extends` names another file or the built-in `default`; lists replace those of the file extended, `rules` and `paths`
are appended. Paths and globs are relative to the file that says them. There is no other cascade.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from edlint import vocabularies
from edlint.errors import UsageError
from edlint.house import LEVELS, Config, PathGlob, Setting, Words, default
from edlint.pattern import compiled, faulty
from edlint.rulebook import built_in, built_in_styles, shown, text_of
from edlint.settings import (
    Entry,
    SettingsError,
    compose,
    did_you_mean,
    entries,
    is_nothing,
    items,
    keys_of,
    record,
    shape,
    value,
)
from edlint.terms import Terms

READING = {"masked": "inline_masked", "skipped": "skipped", "skipped-classes": "skipped_classes"}

T = TypeVar("T")


@dataclass(frozen=True)
class Keys:
    """The keys of a configuration file.

    - `extends`: The file that this one builds on. Lists (`styles`, `exclude`, `terms`, `vocab`, `masks`) and single
      values replace those of that file; `rules` and `paths` are appended to them
    - `styles`: Built-in styles by name, and folders of rules. A folder's rules are named `Folder.Rule`
    - `styles-path`: The folder of styles that is not itself one: in its `config`, rules look for dictionaries and lists
    - `rules`: For a rule, or a pattern of rules (`Copy.*`, or `Copy` for the style): `off`, `on`, `default` (as the
      rule itself says), a severity, or keys that replace the rule's own, with `severity` among them. A severity holds
      for all that the rule finds
    - `paths`: The same, for files that match a glob only; after `rules`. As a list, each entry has `files`, a glob or
      several, and for these `rules`, `vocab` and `masks`
    - `exclude`: Files that are never checked, also when they are named on the command line, as a hook names them
    - `fail-on`: The severity from which a run fails: `suggestion`, `warning`, `error`, or `never`
    - `min-severity`: The severity below which nothing is shown
    - `require-reasons`: `true`: a comment that allows a finding must say why
    - `terms`: Files of words and names that are right as they stand, see [Terms](terms.md)
    - `vocab`: Folders with `accept.txt` and `reject.txt`, see [Terms](terms.md#vocabularies)
    - `masks`: Regular expressions for what no rule is to see, such as the tags of a template; where one has groups, the
      first is what is masked
    - `template-tags`: `false`: the tags of site generators (`{{ … }}`, `{% … %}`) are read as text
    - `elements`: What the readers do with elements: `masked`, inline elements whose words no rule sees; `skipped`,
      blocks that are left out; `skipped-classes`, classes of either. The first two replace the built-in lists
    - `formats`: For the ending or the name of files, the ending that they are read by: `mdx: md`
    - `model`: The spaCy pipeline to parse with; `en_core_web_sm` comes along
    """

    extends: str | None = None
    styles: tuple[str, ...] | None = None
    styles_path: str | None = None
    rules: Any = None
    paths: Any = None
    exclude: tuple[str, ...] | None = None
    fail_on: Literal["suggestion", "warning", "error", "never"] | None = None
    min_severity: Literal["suggestion", "warning", "error"] | None = None
    require_reasons: bool | None = None
    terms: tuple[str, ...] | None = None
    vocab: tuple[str, ...] | None = None
    masks: tuple[str, ...] | None = None
    template_tags: bool | None = None
    elements: Any = None
    formats: Mapping[str, str] | None = None
    model: str | None = None


@dataclass(frozen=True)
class PathKeys:
    """The keys of an entry of `paths`, where that is a list.

    - `files`: Which files: globs, of which the last one that matches decides; `!` before one takes files away again
    - `rules`: What holds for rules there
    - `vocab`: Folders of vocabularies, beside those for all files
    - `masks`: Expressions for what no rule is to see, beside those for all files
    """

    files: tuple[str, ...]
    rules: Any = None
    vocab: tuple[str, ...] | None = None
    masks: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ElementKeys:
    """The keys of `elements`.

    - `masked`: Inline elements whose words no rule sees
    - `skipped`: Blocks that are left out
    - `skipped-classes`: Classes of elements that are left out
    """

    masked: tuple[str, ...] | None = None
    skipped: tuple[str, ...] | None = None
    skipped_classes: tuple[str, ...] | None = None


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
    keys, found = _checked(Keys, whole)
    base = _base(keys, found, path, (*extended, path.resolve()))
    root = path.resolve().parent
    parts = list(_parts(found.get("paths"), root))
    own = _Part(PathGlob(root, anywhere=True), found)
    every = (own, *parts)
    words = (*_kept(base.words, keys.vocab), *(pair for part in every for pair in _words(part, root)))
    return Config(
        path=shown(path),
        styles=base.styles if keys.styles is None else tuple(_styles(found["styles"], root)),
        styles_path=base.styles_path if keys.styles_path is None else _folder(found["styles-path"], root),
        settings=(*base.settings, *_settings(found.get("rules")), *_reasons(keys, found)),
        path_settings=(*base.path_settings, *((part.glob, tuple(_settings(part.keys.get("rules")))) for part in parts)),
        exclude=base.exclude if keys.exclude is None else tuple(PathGlob(root, (glob,)) for glob in keys.exclude),
        fail_on=keys.fail_on or base.fail_on,
        min_severity=keys.min_severity or base.min_severity,
        model=keys.model or base.model,
        root=root,
        terms=base.terms if keys.terms is None else _terms(found["terms"], root),
        words=words,
        masks=(*_kept(base.masks, keys.masks), *(pair for part in every for pair in _masks(part))),
        template_tags=base.template_tags if keys.template_tags is None else keys.template_tags,
        elements=base.elements if keys.elements is None else dict(_elements(found["elements"])),
        formats=base.formats if keys.formats is None else _formats(keys.formats),
        apart=tuple(held.folder for _, held in words if not root.is_relative_to(held.folder)),
        bases=(base.path, *base.bases) if base.path else base.bases,
        said={**base.said, **{key: item.place for key, item in found.items()}},
    )


def _checked(cls: type[T], whole: Entry) -> tuple[T, dict[str, Entry]]:
    """The keys of a mapping as a dataclass has them, and the entries of those that say something, by key."""
    given = {key.lower(): item for key, item in entries(whole).items()}
    found = {key: item for key, item in given.items() if not is_nothing(item) or key not in keys_of(cls)}
    keys, problems = record(cls, found, whole)
    if problems:
        raise SettingsError(problems[0])
    return cast(T, keys), found


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


def _folder(entry: Entry, root: Path) -> Path:
    name: str = value(str, entry)
    if not (root / name).is_dir():
        raise entry.error(f"no such folder: '{name}' (looked for {root / name})")
    return root / name


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


@dataclass(frozen=True)
class _Part:
    """What a file says of some files, by its keys."""

    glob: PathGlob
    keys: Mapping[str, Entry]


def _parts(entry: Entry | None, root: Path) -> Iterator[_Part]:
    """What `paths` says: by glob, or as a list."""
    if entry is None or is_nothing(entry):
        return
    if shape(entry.node) != "sequence":
        for glob, item in entries(entry).items():
            yield _Part(PathGlob(root, (glob,), f"paths: {glob}:"), {"rules": item})
        return
    for item in items(entry):
        keys, found = _checked(PathKeys, item)
        if not keys.files:
            raise item.error("files: expected a glob, or several")
        yield _Part(PathGlob(root, keys.files, f"paths: {', '.join(keys.files)}:"), found)


def _kept(base: tuple[tuple[PathGlob, T], ...], own: Any) -> Iterator[tuple[PathGlob, T]]:
    """What holds of a file that this one builds on: a list replaces what that file says of all files."""
    yield from (pair for pair in base if own is None or pair[0].said)


def _words(part: _Part, root: Path) -> Iterator[tuple[PathGlob, Words]]:
    for item in items(part.keys["vocab"]) if "vocab" in part.keys else ():
        folder = root / value(str, item)
        if not folder.is_dir() or not vocabularies.is_one(folder):
            wanted = f"{vocabularies.ACCEPT}, {vocabularies.REJECT} or {vocabularies.LISTED}"
            raise item.error(f"no folder '{value(str, item)}' with {wanted} in it (looked for {folder})")
        yield part.glob, Words(Path(os.path.normpath(folder)), vocabularies.read(folder))


def _masks(part: _Part) -> Iterator[tuple[PathGlob, tuple[str, ...]]]:
    masks = []
    for item in items(part.keys["masks"]) if "masks" in part.keys else ():
        masks.append(value(str, item))
        for wrong in faulty(masks[-1:]):
            raise item.error(wrong)
    if masks:
        yield part.glob, tuple(masks)


def _elements(entry: Entry) -> Iterator[tuple[str, frozenset[str]]]:
    keys, _ = _checked(ElementKeys, entry)
    for key, name in READING.items():
        names = getattr(keys, key.replace("-", "_"))
        if names is not None:
            yield name, frozenset(names)


def _formats(written: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix("."): ending.removeprefix(".") for name, ending in written.items()}


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
    keys, found = _checked(TermsKeys, whole)
    for key in ("words", "patterns"):
        for item in items(found[key]) if key in found else ():
            for wrong in _term_problems(key, value(str, item)):
                raise item.error(wrong)
    return keys


def _term_problems(key: str, term: str) -> Iterator[str]:
    if not term.strip():
        yield "expected a word or phrase"
    elif key == "patterns":
        wrong = list(faulty([term]))
        yield from wrong
        if not wrong and compiled(term).fullmatch(""):
            yield f"'{term}' matches no words at all, and so everywhere"
