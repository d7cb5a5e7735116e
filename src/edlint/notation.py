"""A configuration written out as `.edlint.yml`, whatever notation it came from.

Order counts among `paths`, where one glob may come twice: so they are a list.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from edlint.edlint_yml import READING
from edlint.house import EVERYTHING, Config, PathGlob, Setting
from edlint.rulebook import built_in
from edlint.settings import Entry, plain

_SIMPLE = re.compile(r"[A-Za-z][\w./-]*\Z")
_NO_TEXT = frozenset({"true", "false", "null"})


def text(config: Config, folder: Path) -> str:
    """Gives the text of a file in a folder that says what a configuration says."""
    return "\n".join(_lines(config, folder)) + "\n"


def _lines(config: Config, folder: Path) -> Iterator[str]:
    yield f"# Equal to {Path(config.path or '').name}: the same rules, for the same files."
    for note in dict.fromkeys(note for _, note in config.notes):
        yield f"# Not in here: {note.message}"
    for told in dict.fromkeys(told for glob in _globs(config) for told in _unsaid(glob)):
        yield f"# Not in here: {told}"
    yield f"styles: {_list(_style(style, folder) for style in config.styles)}"
    if config.styles_path:
        yield f"styles-path: {_word(_relative(config.styles_path, folder))}"
    yield from (f"fail-on: {config.fail_on}", f"min-severity: {config.min_severity}")
    apart = [path for path in config.apart if path.is_relative_to(folder)]
    if apart:
        yield f"exclude: {_list(f'/{_relative(path, folder)}/**' for path in apart)}"
    if not config.template_tags:
        yield "template-tags: false"
    yield from _mapping("elements", {key: _list(sorted(config.elements[name])) for key, name in READING.items()
                                     if name in config.elements})  # fmt: skip
    yield from _mapping("formats", {_word(name): _word(ending) for name, ending in config.formats.items()})
    vocab = [(glob, _relative(words.folder, folder)) for glob, words in config.words if not glob.condition]
    masks = [(glob, mask) for glob, found in config.masks if not glob.condition for mask in found]
    for key, held in (("vocab", vocab), ("masks", masks)):
        everywhere = [one for glob, one in held if glob.lines == EVERYTHING]
        if everywhere:
            yield f"{key}: {_list(everywhere)}"
    yield from _mapping("rules", dict(_rules(config.settings)))
    settings = [(glob, found) for glob, found in config.path_settings if not glob.condition]
    yield from _paths(settings, {"vocab": vocab, "masks": masks})


def _globs(config: Config) -> Iterator[PathGlob]:
    yield from (glob for held in (config.path_settings, config.words, config.masks) for glob, _ in held)


def _unsaid(glob: PathGlob) -> Iterator[str]:
    """What of a glob cannot be written as lines."""
    if glob.condition:
        yield f"{glob.said}, a section with a condition"
    yield from (f"that {other.said} takes back what was said before" for other in glob.others)


def _paths(
    settings: Iterable[tuple[PathGlob, tuple[Setting, ...]]], others: Mapping[str, list[tuple[PathGlob, str]]]
) -> Iterator[str]:
    parts = [(glob.lines, list(_mapping("rules", dict(_rules(found)), "    "))) for glob, found in _joined(settings)]
    for key, held in others.items():
        for lines in dict.fromkeys(glob.lines for glob, _ in held if glob.lines != EVERYTHING):
            parts.append((lines, [f"    {key}: {_list(one for glob, one in held if glob.lines == lines)}"]))
    if parts:
        yield "paths:"
    for lines, told in parts:
        yield f"  - files: {_list(lines)}"
        yield from told


def _joined(
    settings: Iterable[tuple[PathGlob, tuple[Setting, ...]]],
) -> Iterator[tuple[PathGlob, tuple[Setting, ...]]]:
    """Settings for the same files that follow each other, as one where none speaks of what another speaks of."""
    held: tuple[PathGlob, tuple[Setting, ...]] | None = None
    for glob, found in settings:
        if held and held[0].lines == glob.lines and not _names(held[1]) & _names(found):
            held = (glob, (*held[1], *found))
            continue
        if held:
            yield held
        held = (glob, found)
    if held:
        yield held


def _names(settings: Iterable[Setting]) -> set[str]:
    return {setting.pattern for setting in settings}


def _rules(settings: Iterable[Setting]) -> Iterator[tuple[str, str]]:
    """What is said of rules, by pattern: a level, or keys."""
    levels, keys = dict[str, str](), dict[str, dict[str, Entry]]()
    for setting in settings:
        keys.setdefault(setting.pattern, {}).update(setting.keys)
        if setting.level:
            levels[setting.pattern] = setting.level
    for pattern, own in keys.items():
        told = {
            **({"severity": levels[pattern]} if pattern in levels else {}),
            **{k: _value(v) for k, v in own.items()},
        }
        flow = ", ".join(f"{_word(key)}: {written}" for key, written in told.items())
        yield _word(pattern), f"{{{flow}}}" if own else levels[pattern]


def _value(entry: Entry) -> str:
    return json.dumps(plain(entry.node), ensure_ascii=False)


def _mapping(key: str, told: Mapping[str, str], indent: str = "") -> Iterator[str]:
    if told:
        yield f"{indent}{key}:"
        yield from (f"{indent}  {name}: {written}" for name, written in told.items())


def _style(style: Path, folder: Path) -> str:
    return style.name if style.parent == built_in() else _relative(style, folder)


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_word, words))}]"


def _word(word: str) -> str:
    return word if _SIMPLE.match(word) and word.lower() not in _NO_TEXT else json.dumps(word, ensure_ascii=False)
