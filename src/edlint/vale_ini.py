"""The notation of `.vale.ini`, the configuration of Vale (https://vale.sh), and of its older names.

A section holds for the files that its name, a glob, matches, and no rule is on that no section turns on. Three things
a newcomer would not expect: of several sections the last one's `BasedOnStyles` replaces those before, whereas what they
say of single rules adds up; what is said of a rule is stronger than what is said of its style, wherever it stands; and
`BasedOnStyles = NONE` forgets what sections before have said of rules, too. So styles come first among the settings
that this makes, then what is said of whole styles, then of rules, and a section's files are less those of a later one
that takes its word back.

Packages bring configurations of their own, in `.vale-config` among the styles, which count as if they stood before.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from edlint import globs, ini, rulebook, vocabularies
from edlint.condition import condition
from edlint.errors import UsageError
from edlint.finding import Problem
from edlint.house import SEVERITIES, Config, PathGlob, Setting, Words
from edlint.ini import Section
from edlint.pattern import faulty
from edlint.rulebook import built_in, built_in_styles, shown, text_of
from edlint.settings import Entry, SettingsError, did_you_mean

OWN = "Vale"  # the style that comes with Vale, and whose rules edlint has in its own style of that name
HINT = "read as it stands, as Vale's configuration; BasedOnStyles takes edlint's own styles, too: Copy, Facts, Newswire"

_STYLES, _VOCAB, _PACKAGES = "BasedOnStyles", "Vocab", "Packages"
_IGNORES = ("BlockIgnores", "IgnorePatterns", "TokenIgnores")
_ELEMENTS = {"IgnoredScopes": "inline_masked", "SkippedScopes": "skipped", "IgnoredClasses": "skipped_classes"}
_LEFT = {  # what edlint has no counterpart for, and what happens instead
    "WordTemplate": "edlint keeps its own word edges",
    "NLPEndpoint": "edlint asks no server; it parses with its own model",
    "CommentDelimiters": "comments are what stands between <!-- and -->",
    "Transform": "edlint does not transform XML",
    "Lang": "an article says its language in its front matter (lang)",
    "View": "edlint reads no data files",
}
_AT_TOP = ("StylesPath", "MinAlertLevel", *_ELEMENTS, "WordTemplate", "NLPEndpoint")
_TOP_KEYS = (*_AT_TOP, _VOCAB, _PACKAGES)
_SECTION_KEYS = (_STYLES, _VOCAB, *_IGNORES, "CommentDelimiters", "Transform", "Lang", "View")
_OFF = "rules are off until a section turns them on"
_NOTHING, _UNSET = "NONE", "UNSET"
_ASCIIDOCTOR = "asciidoctor"
_LEVELS = {"YES": "on", "NO": "off", **{severity: severity for severity in SEVERITIES}}
_CONDITION = re.compile(r"(?P<glob>.*?)\s+if\s+(?P<condition>.*)")
_PARAMETER = re.compile(r"(?P<rule>[^\[\]]+)\[(?P<key>[^\[\]]+)\]\Z")
_AUTHORED = frozenset("extends message link description scope tokens token raw swap exceptions action tests".split())
_TYPES = (("bool", r"true|false"), ("int", r"[-+]?\d+"), ("float", r"[-+]?\d*\.\d+"))
_WORDS_OF_TRUTH = {"YES": "true", "NO": "false"}


def load(path: Path, root: Path | None = None) -> Config:
    """Reads a configuration; raises UsageError with file and line.

    `root` is the folder that globs count from; by default the file's own, or the one around `.config`.
    """
    try:
        return _load(path, root)
    except SettingsError as error:
        raise UsageError(str(error.problem)) from error


def _load(path: Path, root: Path | None) -> Config:
    folder = path.resolve().parent
    root = root or (folder.parent if folder.name == ".config" else folder)
    own = ini.sections(text_of(path), shown(path))
    searched = list(_styles_paths(own[0], folder))
    layers = sorted((layer for found in searched for layer in (found / ".vale-config").glob("*.ini")), key=_order)
    brought = [ini.sections(text_of(layer), shown(layer)) for layer in layers]
    top, formats, sections = _merged([*([_without_styles_path(one[0]), *one[1:]] for one in brought), own])
    read = _Reading(path, root, top, list(_parts(sections, root)), _Shelf(searched, own[0]))
    return Config(
        path=shown(path),
        styles=read.styles,
        styles_path=searched[-1] if searched else None,
        settings=(Setting("*", "off", {}, ini.entry(shown(path), 1, _OFF, "")), *read.parameters),
        path_settings=tuple(read.path_settings),
        fail_on="error",
        min_severity=read.min_severity,
        root=root,
        words=tuple(read.words),
        masks=tuple(read.masks),
        elements=read.elements,
        template_tags=False,  # the file says itself, in TokenIgnores and BlockIgnores, what is no text
        formats={entry.key.removeprefix("."): ini.text(entry).removeprefix(".") for entry in formats},
        apart=tuple(styles for styles in searched if not root.is_relative_to(styles)),
        bases=tuple(map(shown, layers)),
        said={**read.said, "fail-on": "as Vale does"},
        notes=tuple(read.notes),
        hint=f"{shown(path)}: {HINT}",
    )


# The files, put together


def _styles_paths(top: Section, folder: Path) -> Iterator[Path]:
    """The folders of styles, the last one being the one that counts most."""
    for entry in top.all("StylesPath"):
        path = folder / Path(ini.text(entry)).expanduser()
        if not path.is_dir():
            remedy = "; vale sync, which brings the packages, makes it" if top.all(_PACKAGES) else ""
            raise entry.error(f"no such folder: '{ini.text(entry)}' (looked for {path}){remedy}")
        yield Path(os.path.normpath(path))


def _order(layer: Path) -> tuple[int, str]:
    """The place of a package's file among others, by the number that its name begins with."""
    number = layer.name.partition("-")[0]
    return int(number) if number.isdecimal() else 0, layer.name


def _without_styles_path(top: Section) -> Section:
    """The top of a package's file, whose styles stand with the others by now."""
    return top._replace(entries=tuple(entry for entry in top.entries if entry.key != "StylesPath"))


def _merged(files: Iterable[Sequence[Section]]) -> tuple[Section, tuple[Entry, ...], list[Section]]:
    """The top, the formats and the other sections of several files; what they say under one name adds up."""
    found: dict[str, Section] = {}
    for section in (section for file in files for section in file):
        before = found.get(section.name)
        entries = (*before.entries, *section.entries) if before else section.entries
        found[section.name] = Section(section.header if section.name == "" else (before or section).header, entries)
    top, formats = found.pop(""), found.pop("formats", None)
    first = [found.pop("*")] if "*" in found else []
    return top, formats.entries if formats else (), [*first, *found.values()]


@dataclass(frozen=True)
class _Part:
    """A section with the files that it holds for; `is_turned` where these are the ones that its glob does not name."""

    section: Section
    glob: PathGlob
    is_turned: bool = False

    @property
    def is_left(self) -> bool:
        """Says whether edlint does without the section."""
        return self.section.name == _ASCIIDOCTOR

    @cached_property
    def based_on(self) -> tuple[tuple[str, Entry], ...] | None:
        """The names under BasedOnStyles, none where it clears them, None where the section does not say."""
        said = self.section.all(_STYLES)
        names = {name: entry for entry in said for name in ini.parts(entry)}
        return tuple((name, entry) for name, entry in names.items() if name != _NOTHING) if said else None

    @property
    def keys(self) -> Mapping[str, Entry]:
        """What the section says of styles and rules; what is said last counts."""
        return {entry.key: entry for entry in self.section.entries if entry.key not in (*_TOP_KEYS, *_SECTION_KEYS)}

    def takes_back(self, key: str) -> bool:
        """Says whether the section takes back what earlier ones have said under a key."""
        return self.based_on == () or (key in self.keys and ini.text(self.keys[key]) == _UNSET)


def _parts(sections: Iterable[Section], root: Path) -> Iterator[_Part]:
    for section in sections:
        match = _CONDITION.match(section.name)
        glob = match["glob"] if match else section.name
        if section.name == _ASCIIDOCTOR:
            glob = "*.{adoc,asciidoc,asc}"
        said = f"[{section.name}]"
        try:
            lines = globs.lines(glob)
        except ValueError as error:
            raise section.header._replace(key="").error(f"{said}: the glob {error}") from error
        try:
            condition_ = condition(match["condition"]) if match else None
        except ValueError as error:
            raise section.header._replace(key="").error(f"{said}: what follows if {error}") from error
        yield _Part(section, PathGlob(root, lines, said, anywhere=True, condition=condition_), globs.is_turned(glob))


# The styles


@dataclass
class _Shelf:
    """The styles that can be named, and their rules."""

    paths: Sequence[Path]
    top: Section
    _rules: dict[str, frozenset[str]] = field(default_factory=dict)

    def folder(self, style: str) -> Path | None:
        """Gives the folder of a style, None where there is none."""
        searched = [path / style for path in reversed(self.paths)] if style != OWN and _is_name(style) else []
        own = [built_in() / style] if style in built_in_styles() else []
        return next((folder for folder in (*searched, *own) if folder.is_dir()), None)

    def rules(self, style: str) -> frozenset[str]:
        """Gives the names of a style's rules, none where there is no such style."""
        if style not in self._rules:
            folder = self.folder(style)
            self._rules[style] = frozenset(found.name for found in rulebook.paths(folder)) if folder else frozenset()
        return self._rules[style]

    @property
    def names(self) -> list[str]:
        """The names of all styles, also those that nobody asks for."""
        found = (path.name for folder in self.paths for path in folder.iterdir() if path.is_dir())
        return [*built_in_styles(), *(name for name in found if name != "config" and not name.startswith("."))]

    def missing(self, style: str, entry: Entry) -> SettingsError:
        """Makes an error about a style that is not there."""
        packages = [_package(name) for said in self.top.all(_PACKAGES) for name in ini.parts(said)]
        if style in packages:
            return entry.error(f"no style '{style}': edlint downloads no packages, so run vale sync before it")
        where = "below the StylesPath" if self.paths else "without a StylesPath"
        return entry.error(f"no style '{style}' {where}{did_you_mean(style, self.names)}")


def _is_name(style: str) -> bool:
    return style not in (".", "..") and not os.path.isabs(style)


def _package(name: str) -> str:
    """The name of a package that is given by its address."""
    return name.rstrip("/").rpartition("/")[2].removesuffix(".zip")


# What they say


@dataclass(frozen=True)
class _Reading:
    """What a configuration comes to."""

    path: Path
    root: Path
    top: Section
    all_parts: list[_Part]
    shelf: _Shelf

    @cached_property
    def parts(self) -> list[_Part]:
        """The sections that are read; raises SettingsError for a key that stands in the wrong place."""
        for entry in self.top.entries:
            if entry.key in _SECTION_KEYS and entry.key != _VOCAB:
                raise entry.error("belongs in a section, such as [*.md]")
        parts = [part for part in self.all_parts if not part.is_left]
        for entry in (entry for part in parts for entry in part.section.entries):
            if entry.key in _AT_TOP:
                raise entry.error("belongs at the top of the file, above all sections")
        return parts

    @property
    def everywhere(self) -> PathGlob:
        """The glob of what holds for all files."""
        return PathGlob(self.root, anywhere=True)

    @cached_property
    def based_on(self) -> Mapping[str, Entry]:
        """All styles named under BasedOnStyles; raises SettingsError for one that is not there."""
        named = [pair for part in self.parts for pair in part.based_on or ()]
        for name, entry in named:
            if self.shelf.folder(name) is None:
                raise self.shelf.missing(name, entry)
        return dict(reversed(named))

    @cached_property
    def settings(self) -> list[list[Setting]]:
        """For each section, the levels that it gives to styles and rules that there are."""
        return [[setting for entry in part.keys.values() if (setting := self._setting(entry))] for part in self.parts]

    def _setting(self, entry: Entry) -> Setting | None:
        if _PARAMETER.match(entry.key) or not self._is_known(entry.key, entry) or ini.text(entry) == _UNSET:
            return None
        level = _LEVELS.get(ini.text(entry), "off")
        return Setting(entry.key, "default" if level == "on" and "." not in entry.key else level, {}, entry)

    @property
    def parameters(self) -> Iterator[Setting]:
        """What sections say of single keys of rules, which holds wherever the rule runs; raises SettingsError."""
        for entry in (entry for part in self.parts for entry in part.keys.values()):
            match = _PARAMETER.match(entry.key)
            if not match or not self._is_known(match["rule"], entry):
                continue
            if match["key"].lower() in _AUTHORED:
                raise entry.error(f"what a rule looks for is said in a rule, one with extends: {match['rule']} maybe")
            yield Setting(match["rule"], None, {match["key"]: _typed(entry, match["key"])}, entry)

    def _is_known(self, name: str, entry: Entry) -> bool:
        """Says whether there is such a rule, or style with rules; raises SettingsError where it was to be turned on."""
        style, _, rest = name.partition(".")
        if name in self.shelf.rules(style) or (not rest and self.shelf.rules(style)):
            return True
        if rest and style not in self.based_on and ini.text(entry) in ("YES", *SEVERITIES):
            if self.shelf.folder(style) is None:
                raise self.shelf.missing(style, entry)
            raise entry.error(f"no rule is named so{did_you_mean(name, self.shelf.rules(style))}")
        return False

    @property
    def styles(self) -> tuple[Path, ...]:
        """The folders of all styles that are named."""
        keyed = (setting for settings in (*self.settings, self.parameters) for setting in settings)
        named = dict.fromkeys((*self.based_on, *(setting.pattern.partition(".")[0] for setting in keyed)))
        return tuple(folder for name in named if (folder := self.shelf.folder(name)))

    @property
    def path_settings(self) -> Iterator[tuple[PathGlob, tuple[Setting, ...]]]:
        """Styles first, then what is said of whole styles, then of rules."""
        for part in self.parts:
            if part.based_on is not None:
                said = part.section.all(_STYLES)[0]
                turned_on = ((style, entry) for style, entry in part.based_on if self.shelf.rules(style))
                on = (Setting(style, "default", {}, entry) for style, entry in turned_on)
                yield part.glob, (Setting("*", "off", {}, said), *on)
        for of_rules in (False, True):
            for number, settings in enumerate(self.settings):
                kept = [setting for setting in settings if ("." in setting.pattern) is of_rules]
                yield from self._grouped(number, kept)

    def _grouped(self, number: int, settings: Iterable[Setting]) -> Iterator[tuple[PathGlob, tuple[Setting, ...]]]:
        """A section's settings by the files that they hold for, less those of sections that take one back."""
        found: dict[PathGlob, list[Setting]] = {}
        part = self.parts[number]
        for setting in settings:
            later = [other for other in self.parts[number + 1 :] if other.takes_back(setting.entry.key)]
            found.setdefault(_less(part.glob, later), []).append(setting)
        yield from ((glob, tuple(kept)) for glob, kept in found.items())

    @property
    def min_severity(self) -> str:
        """The severity below which nothing is shown; raises SettingsError."""
        level = SEVERITIES[0]
        for entry in self.top.all("MinAlertLevel"):
            level = ini.text(entry)
            if level not in SEVERITIES:
                raise entry.error(f"expected {', '.join(SEVERITIES)}, got '{level}'{did_you_mean(level, SEVERITIES)}")
        return level

    @property
    def elements(self) -> dict[str, frozenset[str]]:
        """What the readers are told of elements."""
        said = {name: self.top.all(key) for key, name in _ELEMENTS.items()}
        return {name: frozenset(part for e in found for part in ini.parts(e)) for name, found in said.items() if found}

    @property
    def words(self) -> Iterator[tuple[PathGlob, Words]]:
        """The vocabularies; a section's add to those before, NONE clears them."""
        read: dict[str, Words] = {}
        places = [(self.everywhere, self.top), *((part.glob, part.section) for part in self.parts)]
        for number, (glob, section) in enumerate(places):
            names = {name: entry for entry in section.all(_VOCAB) for name in ini.parts(entry)}
            later = [p for p in self.parts[number:] if any(_NOTHING in ini.parts(e) for e in p.section.all(_VOCAB))]
            for name, entry in names.items():
                if name != _NOTHING:
                    read[name] = read.get(name) or self._vocabulary(name, entry)
                    yield _less(glob, later), read[name]

    def _vocabulary(self, name: str, entry: Entry) -> Words:
        for path in reversed(self.shelf.paths):
            folder = path / "config" / "vocabularies" / name
            if folder.is_dir():
                return Words(folder, vocabularies.read(folder))
        raise entry.error(f"no vocabulary '{name}': expected a folder config/vocabularies/{name} in the StylesPath")

    @property
    def masks(self) -> Iterator[tuple[PathGlob, tuple[str, ...]]]:
        """What is to stay unread; raises SettingsError for what is no expression."""
        for part in self.parts:
            said = [entry for key in _IGNORES for entry in part.section.all(key)]
            for entry in said:
                for wrong in faulty(ini.parts(entry)):
                    raise entry.error(wrong)
            if said:
                yield part.glob, tuple(dict.fromkeys(mask for entry in said for mask in ini.parts(entry)))

    @property
    def said(self) -> dict[str, str]:
        """Where the keys stand that hold for all files, by the names that these have in edlint."""
        keys = {"styles": "StylesPath", "min-severity": "MinAlertLevel", "vocab": _VOCAB}
        return {name: found[-1].place for name, key in keys.items() if (found := self.top.all(key))}

    # What they say in vain

    @property
    def notes(self) -> Iterator[tuple[PathGlob, Problem]]:
        """What is left unread, each with the files that it bears on."""
        for entry in self.top.entries:
            if told := self._note_at_top(entry):
                yield self.everywhere, entry.error(told).problem
        for part in self.all_parts:
            if part.is_left:
                told = f"[{_ASCIIDOCTOR}]: not read: edlint does not read AsciiDoc"
                yield part.glob, part.section.header._replace(key="").error(told).problem
                continue
            for entry in part.section.entries:
                if told := self._note(entry):
                    yield part.glob, entry.error(told).problem

    def _note_at_top(self, entry: Entry) -> str | None:
        if entry.key == _PACKAGES:
            gone = [name for name in map(_package, ini.parts(entry)) if not self._has_package(name)]
            told = f"edlint downloads no packages, so run vale sync before it, for {', '.join(gone)}"
            return told if gone else None
        if entry.key in _TOP_KEYS:
            return _LEFT.get(entry.key)
        return f"not read: the top of the file knows no such key{did_you_mean(entry.key, (*_TOP_KEYS, *_SECTION_KEYS))}"

    def _has_package(self, name: str) -> bool:
        if self.shelf.folder(name) is not None:
            return True
        return any(list((path / ".vale-config").glob(f"*-{name}.ini")) for path in self.shelf.paths)

    def _note(self, entry: Entry) -> str | None:
        """What there is to say of a key of a section."""
        if entry.key in _SECTION_KEYS:
            return _LEFT.get(entry.key)
        parameter = _PARAMETER.match(entry.key)
        name, said = parameter["rule"] if parameter else entry.key, ini.text(entry)
        if not self._is_known(name, entry):
            return self._note_on_unknown(name, said)
        if parameter or said in _LEVELS or said == _UNSET:
            return None
        known = (*_LEVELS, _UNSET)
        return f"expected {', '.join(known)}, got '{said}'{did_you_mean(said, known)}; it is taken for NO"

    def _note_on_unknown(self, name: str, said: str) -> str | None:
        if "." not in name:
            known = (*_SECTION_KEYS, *_TOP_KEYS, *self.shelf.names)
            return f"not read: no key of a section and no style is named so{did_you_mean(name, known)}"
        if said in ("NO", _UNSET):
            return None  # what is not there is off
        known_rules = self.shelf.rules(name.partition(".")[0])
        return f"not read: no rule is named so{did_you_mean(name, known_rules)}"


def _less(glob: PathGlob, later: Iterable[_Part]) -> PathGlob:
    """A glob without the files of some sections."""
    lines, others = list(glob.lines), list[PathGlob]()
    for part in later:
        if part.is_turned or part.glob.condition:
            others.append(part.glob)
        else:
            lines += [f"!{line}" for line in part.glob.lines]
    return replace(glob, lines=tuple(lines), others=tuple(others))


def _typed(entry: Entry, key: str) -> Entry:
    """A value of a rule's key, as a truth value or a number where it looks like one."""
    written = _WORDS_OF_TRUTH.get(ini.text(entry), ini.text(entry))
    tag = next((name for name, form in _TYPES if re.fullmatch(form, written)), "str")
    return ini.entry(entry.path, entry.line, key, written, f"tag:yaml.org,2002:{tag}")
