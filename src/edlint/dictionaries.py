"""Dictionaries: Hunspell's, a list of stems with flags (`.dic`) and what the flags mean (`.aff`).

The one that comes along is English, American and British; `data/README.md` says whence. Rules call it `en_US-web` or
`en_US`, since that is what they find elsewhere. A dictionary is read whole when it is first asked, in a few hundredths
of a second, and what it says of a word is kept.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from edlint import affixes
from edlint.affixes import Affix, Affixes, Flags, Member

NAMES = ("en_US-web", "en_US")  # of the one that comes along
_DATA = Path(__file__).with_name("data")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_LONGEST = 100  # letters; what is longer nobody put together on purpose


class Dictionary:
    """The words of a language."""

    def __init__(self, rules: Affixes, text: str) -> None:
        """Takes what the flags mean and the text of the list of stems."""
        self.affixes = rules
        self.stems = _stems(text)
        self._read = lru_cache(None)(self._flag_sets)
        self._known = lru_cache(1 << 16)(self._find)

    def knows(self, word: str) -> bool:
        """Says whether a word is in the dictionary, as it stands or, where it has its capital, without it."""
        return self._known(self._plain(word))

    def cased(self, word: str) -> str | None:
        """Gives a word in the capitals that it has in the dictionary, where these are more than its first letter."""
        plain = self._plain(word)
        folded = plain.lower()
        for suffix, bare in ((None, folded), *self.affixes.suffixes(folded)):
            for stem in self._capitalized.get(bare, ()):
                form = self._form(stem, suffix)
                # A name such as Gu is no abbreviation that lacks its capitals.
                is_name = form is not None and form.isupper() and plain.istitle()
                if form is not None and form != plain and not is_name and self.knows(form):
                    return form
        return None

    @cached_property
    def _capitalized(self) -> Mapping[str, list[str]]:
        """The stems with capitals within them, without capitals."""
        found: dict[str, list[str]] = {}
        for stem in self.stems:
            if not stem[1:].islower() and stem[1:] != (folded := stem.lower())[1:]:
                found.setdefault(folded, []).append(stem)
        return found

    def _form(self, stem: str, suffix: Affix | None) -> str | None:
        if suffix is None:
            return stem
        return suffix.put(stem) if suffix.fits(stem) else None

    def _plain(self, word: str) -> str:
        """A word as the dictionary would write it."""
        word = word.translate(_APOSTROPHES)
        for written, meant in self.affixes.conversions:
            word = word.replace(written, meant)
        return word.translate(self._ignored) if self._ignored else word

    @cached_property
    def _ignored(self) -> Mapping[int, None]:
        return dict.fromkeys(map(ord, self.affixes.ignored))

    def _find(self, word: str) -> bool:
        if any(self._is_word(form, word) for form in _cases(word)):
            return True
        return len(word) <= _LONGEST and self._is_broken(word)

    def _is_broken(self, word: str) -> bool:
        """Says whether a word is several known ones with something between them, by default a hyphen."""
        for mark in self.affixes.breaks:
            if mark.strip("^$") not in word:
                continue
            is_inner = not mark.startswith("^") and not mark.endswith("$")
            for match in re.finditer(_break(mark), word):
                parts = [part for part in (word[: match.start()], word[match.end() :]) if part]
                if match.group() and len(parts) == 1 + is_inner and all(map(self._known, parts)):
                    return True
        return False

    def _flag_sets(self, written: str) -> tuple[Flags, ...]:
        return tuple(self.affixes.flags(flags) for flags in written.split("\n"))

    def flags(self, stem: str) -> tuple[Flags, ...]:
        """Gives the flags of a stem, once for each time that it is listed; nothing where it is not."""
        written = self.stems.get(stem)
        return self._read(written) if written is not None else ()

    def _is_word(self, form: str, word: str) -> bool:
        """Says whether a form is listed or made of what is listed; `word` is how it was written."""
        own = self.flags(form)
        flag_of = self.affixes.flag_of
        if any(flag_of.get("FORBIDDENWORD") in flags for flags in own):
            return False
        hidden = {flag_of.get("ONLYINCOMPOUND"), *([flag_of.get("KEEPCASE")] if form != word else [])} - {None}
        if any(hidden.isdisjoint(flags) and flag_of.get("NEEDAFFIX") not in flags for flags in own):
            return True
        if any(hidden.isdisjoint(flags) for flags in self._made(form)):
            return True
        return len(form) <= _LONGEST and self._is_compound(form)

    def _made(self, form: str) -> Iterator[Flags]:
        """The flags of a form by each way that it may be made of a stem."""
        for reading in self.affixes.readings(form):
            for flags in self.flags(reading.stem):
                if reading.needs <= flags | reading.more:
                    yield flags | reading.more

    @cached_property
    def _letters_of_rules(self) -> frozenset[str]:
        """The letters of stems that compound rules speak of, mostly digits."""
        flags = {member.flag for rule in self.affixes.compound_rules for member in rule}
        return frozenset(letter for flag in flags for stem in self.stems_with(flag) for letter in stem)

    @cached_property
    def _by_flags(self) -> Mapping[str, list[str]]:
        """The stems by their flags as written, of which there are far fewer than stems."""
        found = defaultdict(list)
        for stem, written in self.stems.items():
            found[written].append(stem)
        return found

    def stems_with(self, flag: str) -> Iterator[str]:
        """Gives the stems that have a flag."""
        for written, stems in self._by_flags.items():
            if any(flag in flags for flags in self._read(written)):
                yield from stems

    def _is_compound(self, form: str) -> bool:
        rules = self.affixes.compound_rules
        if rules and self._letters_of_rules.issuperset(form) and any(self._follows(rule, form) for rule in rules):
            return True
        return any(key in self.affixes.flag_of for key in ("COMPOUNDFLAG", "COMPOUNDBEGIN")) and self._is_joined(form)

    def _follows(self, rule: tuple[Member, ...], form: str, *, is_begun: bool = False) -> bool:
        """Says whether a form is made of stems, at least two, as a compound rule has them."""
        if not rule or not form:
            return not form and not any(member.must for member in rule)
        member, rest = rule[0], rule[1:]
        if not member.must and self._follows(rest, form, is_begun=is_begun):
            return True
        return any(
            self._follows(rule if member.many else rest, form[end:], is_begun=True)
            for end in range(1, len(form) + is_begun)
            if any(member.flag in flags for flags in self.flags(form[:end]))
        )

    def _is_joined(self, form: str) -> bool:
        """Says whether a form is words joined that may be joined, each in its place."""
        flag_of, least = self.affixes.flag_of, self.affixes.compound_least
        anywhere = flag_of.get("COMPOUNDFLAG")
        inner = {anywhere, flag_of.get("COMPOUNDMIDDLE")} - {None}
        reached = {0: {anywhere, flag_of.get("COMPOUNDBEGIN")} - {None}}
        for start in range(len(form)):
            for end in range(start + least, len(form) - least + 1) if start in reached else ():
                if end not in reached and self._is_part(form[start:end], reached[start]):
                    reached[end] = inner
        last = {anywhere, flag_of.get("COMPOUNDEND")} - {None}
        return any(self._is_part(form[start:], last, is_last=True) for start in reached if start)

    def _is_part(self, form: str, wanted: set[str | None], *, is_last: bool = False) -> bool:
        permits = self.affixes.flag_of.get("COMPOUNDPERMITFLAG")
        needing = self.affixes.flag_of.get("NEEDAFFIX")
        if any(not wanted.isdisjoint(flags) and needing not in flags for flags in self.flags(form)):
            return True
        return any(not wanted.isdisjoint(flags) and (is_last or permits in flags) for flags in self._made(form))


def _break(mark: str) -> str:
    """The expression for a mark at which words are broken, which may be bound to a word's beginning or end."""
    start, end = mark.startswith("^"), mark.endswith("$") and len(mark) > 1
    return r"\A" * start + re.escape(mark[start : len(mark) - end]) + r"\Z" * end


def _cases(word: str) -> Iterator[str]:
    """A word as it stands, and without capitals that its place may have given it."""
    yield word
    rest = word.lstrip("'")[1:]
    if rest == rest.lower():
        if word != word.lower():
            yield word.lower()
    elif word.isupper():
        yield word.capitalize()
        yield word.lower()


def _stems(text: str) -> dict[str, str]:
    """The stems of a list with their flags as written; those of a stem that is listed again stand on a further line."""
    found: dict[str, str] = {}
    lines = text.split("\n")
    plain = not _MARKED.search(text)  # one look at all lines is faster than one at each
    for line in lines[1:] if lines[0].strip().isdigit() else lines:
        stem, _, flags = line.partition("/") if plain else _parted(line)
        if stem:
            found[stem] = found[stem] + "\n" + flags if stem in found else flags
    return found


_MARKED = re.compile(r"[\\\t\r ]")
_FLAGGED = re.compile(r"(?P<stem>(?:\\/|[^/\t])+?)(?:/(?P<flags>\S*))?(?:\s+\w\w:.*|\t.*|\s*)\Z")


def _parted(line: str) -> tuple[str, str, str]:
    """A line with more than a stem and flags: an escaped slash, notes on the word."""
    found = _FLAGGED.match(line)
    return (found["stem"].replace("\\/", "/"), "/", found["flags"] or "") if found else ("", "", "")


def default() -> Dictionary:
    """Gives the dictionary that comes along, with the words that it is too old for."""
    return load(_DATA / "english.aff", _DATA / "english.dic", _DATA / "newer.dic")


def load(aff: Path | None, *dics: Path) -> Dictionary:
    """Reads a dictionary, without affixes where there is no file of them; raises OSError."""
    return _loaded(aff, dics, *(path.stat().st_mtime_ns for path in (aff, *dics) if path))


@lru_cache(16)
def _loaded(aff: Path | None, dics: tuple[Path, ...], *_: int) -> Dictionary:
    rules = affixes_of(aff) if aff else Affixes()
    return Dictionary(rules, "\n".join(dic.read_bytes().decode(rules.encoding, "replace") for dic in dics))


def affixes_of(aff: Path | None = None) -> Affixes:
    """Reads an affix file, by default that of the dictionary that comes along; raises OSError."""
    path = aff or _DATA / "english.aff"
    return _affixes(path, path.stat().st_mtime_ns)


@lru_cache(16)
def _affixes(path: Path, _: int) -> Affixes:
    return affixes.read(path.read_bytes())


def affixes_named(name: str, folders: Iterable[Path]) -> Affixes | None:
    """Gives the affixes of a name: a file in one of some folders, or those that come along; raises OSError."""
    own = next((file for folder in folders if (file := folder / f"{name}.aff").is_file()), None)
    return affixes_of(own) if own or name in NAMES else None


def words(paths: Iterable[Path]) -> frozenset[str]:
    """Gives the words of lists, one a line, `#` at the beginning of a line for a comment; raises OSError."""
    lines = (line.strip() for path in paths for line in path.read_text("utf-8-sig", "replace").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("# "))
