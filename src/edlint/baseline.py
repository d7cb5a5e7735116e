"""The baseline: findings that were there when a house began to use edlint, and that do not fail a run.

A line each, `path⇥rule⇥words`, sorted, in a file beside the configuration, so that two branches that change it can be
merged. What is found is known again by its article, its rule and its words, and not by its line; where an article has
the same twice, two lines say so. A newcomer would go by the fingerprint: it changes with the words beside it, and so
whoever mends one sentence would be told of the next.
"""

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from edlint import written
from edlint.config import Config
from edlint.errors import UnwritableError, UsageError
from edlint.finding import FileReport, Finding
from edlint.rule import names_rule
from edlint.text import Source

FILE_NAME = ".edlint-baseline"
_HEAD = "# Found before: article, rule, words, parted by tabs. `edlint baseline prune` drops what has gone.\n"
_LONGEST = 80  # code points of words that are written out
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_PLAIN = {"t": "\t", "n": "\n", "r": "\r"}
_ESCAPED = re.compile(r"\\(.)")


class Entry(NamedTuple):
    """A finding as a baseline has it: its article as named from the baseline's folder, its rule, its words."""

    path: str
    rule: str
    words: str

    def __str__(self) -> str:
        return f"{_escaped(self.path)}\t{self.rule}\t{self.words}"


class Known(NamedTuple):
    """What of an article's findings stands in a baseline, what does not, and the entries that have gone."""

    new: tuple[Finding, ...]
    old: tuple[Finding, ...]
    gone: tuple[Entry, ...]


@dataclass(frozen=True, eq=False)
class Baseline:
    """The entries of a file, by article."""

    path: Path
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    @cached_property
    def counted(self) -> Counter[Entry]:
        """How often each entry stands in it."""
        return Counter(entry for found in self.entries.values() for entry in found)

    @property
    def without_articles(self) -> list[Entry]:
        """The entries of articles that are not there any more."""
        gone = (name for name in self.entries if not os.path.exists(self.path.parent / name))
        return [entry for name in gone for entry in self.entries[name]]

    def of(self, path: str) -> tuple[Entry, ...]:
        """Gives the entries of an article, which may be named from anywhere."""
        return self.entries.get(self.name(path), ()) if self.entries else ()

    def name(self, path: str) -> str:
        """Gives an article's name as seen from the baseline's folder."""
        return Path(os.path.relpath(os.path.abspath(path), self.path.parent)).as_posix()


def of_house(config: Config, path: str) -> Path:
    """Gives where the baseline for an article stands: beside its configuration, else in the root of its repository."""
    if config.path:
        return config.root / FILE_NAME
    above = Path(os.path.abspath(path)).parents
    return next((folder for folder in above if (folder / ".git").exists()), Path.cwd()) / FILE_NAME


def read(path: Path) -> Baseline:
    """Reads a baseline, an empty one where there is no file; raises UsageError with file and line."""
    try:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return Baseline(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    entries = defaultdict[str, list[Entry]](list)
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            entry = _entry(line.rstrip("\r"), f"{path}:{number}")
            entries[entry.path].append(entry)
    return Baseline(path, {name: tuple(found) for name, found in entries.items()})


class Listing:
    """What is found in a form that a baseline is written from."""

    key = "baseline"

    def part(self, file: FileReport) -> str:
        """Gives the findings of one article as JSON."""
        return json.dumps([(one.rule, _words(one, file.source)) for one in file.findings])


def listed(part: str, name: str) -> Iterator[Entry]:
    """Gives entries for an article of some name, from what `Listing` has made of it."""
    yield from (Entry(name, rule, words) for rule, words in json.loads(part))


def _entry(line: str, place: str) -> Entry:
    parts = line.split("\t")
    if len(parts) != 3 or not all(parts):
        if line.startswith(_CONFLICT):
            raise UsageError(f"{place}: two versions that are not merged: keep the lines of both, without these marks")
        expected = "expected article, rule and words, parted by tabs: `edlint baseline write` writes them"
        raise UsageError(f"{place}: {expected}")
    path, rule, words = parts
    return Entry(_unescaped(path), rule, words)


def renewed(
    known: Baseline,
    found: Mapping[str, Iterable[Entry]],
    rules: Collection[str] = (),
    *,
    adding: bool,
    is_article: Callable[[str], bool],
) -> Baseline:
    """Gives a baseline with what is found in some articles now, or, unless `adding`, without what has gone of them.

    `rules` are patterns of the rules that ran, none for all; what others have found stays. So does what is known of
    other articles, as long as `is_article` says of their names that they are some.
    """
    entries = dict[str, tuple[Entry, ...]]()
    for name in sorted({*known.entries, *found}):
        old, new = known.entries.get(name, ()), tuple(found.get(name, ()))
        if name not in found:
            entries[name] = old if is_article(name) else ()
            continue
        others = tuple(entry for entry in old if rules and not any(names_rule(rule, entry.rule) for rule in rules))
        left = new if adding else tuple((Counter(new) & Counter(old)).elements())
        entries[name] = tuple(sorted((*others, *left)))
    return Baseline(known.path, {name: held for name, held in entries.items() if held})


def write(baseline: Baseline) -> None:
    """Writes a baseline where it stands; an empty one is no file. Raises UsageError where it cannot be written."""
    path = baseline.path.resolve()  # of a link, the file that it leads to
    try:
        if not baseline.entries:
            path.unlink(missing_ok=True)
            return
    except OSError as error:
        raise UsageError(f"{path}: cannot be deleted: {error.strerror or error}") from error
    lines = (f"{entry}\n" for entry in sorted(baseline.counted.elements()))
    try:
        written.write(str(path), ((_HEAD + "".join(lines)).encode("utf-8", "surrogateescape"),))
    except UnwritableError as error:
        raise UsageError(f"{baseline.path}: {error}") from error


def parted(
    report: FileReport, entries: Iterable[Entry], ran: Container[str], is_new: Callable[[Finding], bool] | None = None
) -> Known:
    """Parts the findings of an article into those that some entries know and those that they do not.

    Of several that an entry may mean, those that `is_new` says are new come last. An entry has gone where its rule is
    among those that ran and found nothing that it means.
    """
    left = Counter((entry.rule, entry.words) for entry in entries)
    if not left:
        return Known(report.findings, (), ())
    old = set[int]()
    numbered = list(enumerate(report.findings))
    for number, finding in sorted(numbered, key=lambda one: is_new(one[1])) if is_new else numbered:
        key = (finding.rule, _words(finding, report.source))
        if left[key] > 0:
            left[key] -= 1
            old.add(number)
    gone = (entry for entry in entries if entry.rule in ran and left[entry.rule, entry.words] > 0)
    return Known(
        tuple(finding for number, finding in numbered if number not in old),
        tuple(finding for number, finding in numbered if number in old),
        tuple(gone),
    )


def _words(finding: Finding, source: Source) -> str:
    """The words of a finding on one line; a mark alone says nothing, so it takes the word that it stands at along."""
    text, (start, end) = source.text, finding.span
    if not any(character.isalnum() for character in text[start:end]):
        while start > 0 and not text[start - 1].isspace() and finding.span.start - start < _LONGEST:
            start -= 1
        while end < len(text) and not text[end].isspace() and end - finding.span.end < _LONGEST:
            end += 1
    words = " ".join("".join(c if c.isprintable() else " " for c in text[start:end]).split()) or "nothing"
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST]}… {blake2b(words.encode('utf-8', 'surrogatepass'), digest_size=4).hexdigest()}"


def _escaped(path: str) -> str:
    escaped = "".join(_ESCAPES.get(character, character) for character in path)
    return f"\\{escaped}" if escaped.startswith("#") else escaped


def _unescaped(path: str) -> str:
    return _ESCAPED.sub(lambda match: _PLAIN.get(match[1], match[1]), path)
