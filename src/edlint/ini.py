r"""Ini files in the dialect of Go's tools: sections, keys with `=` or `:`, and every value with its file and line.

A comment begins with `#` or `;`, at the start of a line or after a space; a line that ends with `\` goes on in the
next; quotation marks around a value are none of it; a value between backticks, or three quotation marks, is taken as
it is, over lines, too; `%(name)s` stands for another value of the section or of the file's top. A newcomer would
expect a key once: one that is given again adds a value, and a section that is opened again goes on.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from edlint.settings import Entry, SettingsError

_HEADER = re.compile(r"\[(?P<name>.*?)\]\s*(?:[#;].*)?\Z")
_KEY = re.compile(r"(?P<key>[^=:]*?)\s*[=:]\s*(?P<value>.*)\Z")
_COMMENT = re.compile(r"[ \t][#;].*")
_NAME = re.compile(r"%\((\w+)\)s")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_RAW = ('"""', "`")
_TEXT = "tag:yaml.org,2002:str"


class _Mark(NamedTuple):
    line: int


@dataclass(frozen=True)
class _Scalar:
    """A value as YAML's nodes are, so that settings take one for the other."""

    value: str
    start_mark: _Mark
    tag: str = _TEXT
    id: str = "scalar"


class Section(NamedTuple):
    """A section: its header, whose key is the section's name, and its keys in order, as often as they are given."""

    header: Entry
    entries: tuple[Entry, ...] = ()

    @property
    def name(self) -> str:
        """The section's name, empty for the top of the file."""
        return self.header.key

    def all(self, key: str) -> list[Entry]:
        """Gives what is said under a key, in order."""
        return [entry for entry in self.entries if entry.key == key]


def entry(path: str, line: int, key: str, value: str, tag: str = _TEXT) -> Entry:
    """Makes an entry for a value in a line (from 1) of a file; the tag is YAML's for the type of the value."""
    return Entry(path, key, cast(Any, _Scalar(value, _Mark(line - 1), tag)))


def text(entry: Entry) -> str:
    """Gives the text of a value."""
    return str(entry.node.value)


def parts(entry: Entry) -> list[str]:
    """Gives the values of a list: parted by commas, but for those after a backslash; empty ones are dropped."""
    found = (part.replace("\\,", ",").strip() for part in re.split(r"(?<!\\),", text(entry)))
    return [part for part in found if part]


def sections(source: str, path: str) -> list[Section]:
    """Reads a file's text into sections, the top of the file first; raises SettingsError with file and line."""
    reading = _Reading(source, path)
    reading.all()
    found = [Section(one.header, tuple(one.entries)) for one in reading.sections.values()]
    top = {one.key: text(one) for one in found[0].entries}
    return [_filled(section, top) for section in found]


@dataclass
class _Open:
    header: Entry
    entries: list[Entry] = field(default_factory=list)


class _Reading:
    """Goes through the lines of a file."""

    def __init__(self, source: str, path: str) -> None:
        self._lines = re.split(r"\r\n?|\n", source.removeprefix("\ufeff"))
        self._path = path
        self._at = 0
        self.sections = {"": _Open(entry(path, 1, "", ""))}

    def all(self) -> None:
        here = self.sections[""]
        while self._at < len(self._lines):
            line, number = self._next(), self._at
            if not line or line[0] in "#;":
                continue
            if line[0] == "[":
                here = self._section(line, number)
                continue
            match = _KEY.match(line)
            if not match or not match["key"]:
                raise self._error(number, f"expected a [section] or a key and a value, such as name = value: '{line}'")
            here.entries.append(entry(self._path, number, match["key"], self._value(match["value"], number)))

    def _next(self) -> str:
        self._at += 1
        return self._lines[self._at - 1].strip()

    def _section(self, line: str, number: int) -> _Open:
        match = _HEADER.match(line)
        if not match or not match["name"].strip():
            raise self._error(number, f"expected a section's name between [ and ]: '{line}'")
        name = match["name"].strip()
        return self.sections.setdefault(name, _Open(entry(self._path, number, name, name)))

    def _value(self, written: str, number: int) -> str:
        for mark in _RAW:
            if written.startswith(mark):
                return self._raw(written[len(mark) :], mark, number)
        if _QUOTED.fullmatch(written):
            return written[1:-1]
        whole = "".join(self._continued(written)).strip()
        return whole[1:-1] if _QUOTED.fullmatch(whole) else whole

    def _continued(self, line: str) -> Iterator[str]:
        while line.endswith("\\") and self._at < len(self._lines):
            yield line[:-1]
            line = self._next()
        yield _COMMENT.sub("", line)

    def _raw(self, line: str, mark: str, number: int) -> str:
        found = []
        while mark not in line:
            if self._at == len(self._lines):
                raise self._error(number, f"a value that begins with {mark} has no end")
            found.append(line)
            self._at += 1
            line = self._lines[self._at - 1]
        return "\n".join([*found, line[: line.rindex(mark)]])

    def _error(self, number: int, message: str) -> SettingsError:
        return entry(self._path, number, "", "").error(message)


def _filled(section: Section, top: Mapping[str, str]) -> Section:
    """A section with the values that others name."""
    known = {**top, **{one.key: text(one) for one in section.entries}}
    return Section(section.header, tuple(_named(one, known) for one in section.entries))


def _named(one: Entry, known: Mapping[str, str]) -> Entry:
    if "%(" not in text(one):
        return one
    filled = _NAME.sub(lambda match: known.get(match[1], match[0]), text(one))
    return entry(one.path, one.line, one.key, filled)
