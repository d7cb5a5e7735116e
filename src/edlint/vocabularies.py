"""Vocabularies: folders with `accept.txt`, `reject.txt` and `vocab.yml`, words that a house wants and does not want.

The text files have a regular expression a line; a line that begins with `# ` is a comment. What a newcomer would take
for an expression is mostly a word: where nothing but a period, or `++` at the end, could mean anything else, it stands
for itself. In `vocab.yml` all words stand for themselves, unless it says otherwise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from edlint.finding import Problem
from edlint.pattern import faulty
from edlint.rulebook import shown, text_of
from edlint.settings import Entry, SettingsError, compose, entries, is_nothing, items, record, shape, value
from edlint.terms import Vocabulary, literal

ACCEPT, REJECT, LISTED = "accept.txt", "reject.txt", "vocab.yml"
_PLAIN = re.compile(r"[^\\\[\](){}*+?|^$]*(?:\+\+)?\Z")


class _Word(NamedTuple):
    """A word: the expression for it, what its file writes, and whether it is right in any case."""

    expression: str
    written: str
    any_case: bool = False


@dataclass(frozen=True)
class WordKeys:
    """What `vocab.yml` may say of a word.

    - `ignorecase`: whether it is right in any case
    - `regex`: whether it is a regular expression
    - `flags`: its forms, as flags of the affixes
    - `affix`: the affixes, `NAME` for `dictionaries/NAME.aff` beside the folder of vocabularies; else those of English
    """

    ignorecase: bool = False
    regex: bool = False
    flags: str = ""
    affix: str = ""


def is_one(folder: Path) -> bool:
    """Says whether a folder holds a vocabulary."""
    return any(_files(folder))


def read(folder: Path) -> Vocabulary:
    """Reads a vocabulary; raises SettingsError with file and line."""
    accept, reject = list[_Word](), list[_Word]()
    for path in _files(folder):
        if path.name == LISTED:
            for found, key in ((accept, "accept"), (reject, "reject")):
                found += _listed(path, key)
        else:
            (accept if path.name == ACCEPT else reject).extend(_lines(path))
    every = [*accept, *reject]
    return Vocabulary(
        tuple(dict.fromkeys(word.expression for word in accept)),
        tuple(dict.fromkeys(word.expression for word in reject)),
        {word.expression: word.written for word in every if word.expression != word.written},
        frozenset(word.expression for word in every if word.any_case),
    )


def files(folder: Path) -> Iterator[Path]:
    """Gives the files that a vocabulary is read from, with those of the affixes that it may name."""
    for path in _files(folder):
        yield path
        yield from (found for near in _affix_folders(path) for found in sorted(near.glob("*.aff")))


def _affix_folders(path: Path) -> list[Path]:
    return [folder / "dictionaries" for folder in path.parents[1:4]]


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.name in (ACCEPT, REJECT, LISTED) and path.is_file())


def _lines(path: Path) -> Iterator[_Word]:
    for number, line in enumerate(text_of(path).splitlines(), 1):
        term = line.strip()
        if not term or term.startswith("# "):
            continue
        yield _word(term, path, number)


def _word(term: str, path: Path, line: int) -> _Word:
    if _PLAIN.match(term):
        return _Word(literal(term), term)
    for wrong in faulty([term]):
        raise SettingsError(Problem(shown(path), line, wrong))
    return _Word(term, term)


def _listed(path: Path, key: str) -> Iterator[_Word]:
    node = compose(text_of(path), shown(path))
    whole = entries(Entry(shown(path), "", node)) if node is not None else {}
    for item in items(whole[key]) if key in whole and not is_nothing(whole[key]) else ():
        if shape(item.node) == "scalar":
            term = value(str, item)
            yield _Word(literal(term), term)
            continue
        for term, about in entries(item).items():
            yield from _described(term, about, path)


def _described(term: str, about: Entry, path: Path) -> Iterator[_Word]:
    keys, problems = record(WordKeys, {} if is_nothing(about) else entries(about), about)
    if problems:
        raise SettingsError(problems[0])
    if keys.regex:
        yield _word(term, path, about.line)._replace(expression=term, any_case=keys.ignorecase)
        return
    forms = _forms(term, keys, about, path) if keys.flags else [term]
    yield from (_Word(literal(form), form, keys.ignorecase) for form in forms)


def _forms(term: str, keys: WordKeys, about: Entry, path: Path) -> list[str]:
    from edlint import dictionaries, inflections  # which few vocabularies need

    known = dictionaries.affixes_named(keys.affix or dictionaries.NAMES[0], _affix_folders(path))
    if known is None:
        raise about.error(f"no affixes '{keys.affix}' in dictionaries/ beside the folder of vocabularies")
    try:
        return inflections.forms(term, keys.flags, known)
    except ValueError as error:
        raise about.error(str(error)) from error
