"""Affixes: what a Hunspell `.aff` file says of the forms that words take and of how words join.

A flag is a name for a group of affixes, or for a property of words; its writing (one letter, two, a number) is the
file's own. A newcomer would expect forms to be listed: a form is taken apart instead, into the stems that it may have
and the flags that such a stem needs, because a stem can have thousands of forms. Conditions on a stem are nearly
regular expressions, in which `-` means itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

Flags = frozenset[str]

_NO_FLAGS: Flags = frozenset()
_COMMENT = re.compile(r"(?:^|\s)#.*")
# The properties of words, as the file's keys for their flags.
_PROPERTIES = frozenset(
    "NEEDAFFIX PSEUDOROOT FORBIDDENWORD ONLYINCOMPOUND KEEPCASE NOSUGGEST CIRCUMFIX COMPOUNDFLAG COMPOUNDBEGIN "
    "COMPOUNDMIDDLE COMPOUNDEND COMPOUNDLAST COMPOUNDPERMITFLAG".split()
)
_SAME = {"PSEUDOROOT": "NEEDAFFIX", "COMPOUNDLAST": "COMPOUNDEND"}
_DEFAULT_BREAKS = ("-", "^-", "-$")


@dataclass(frozen=True)
class Affix:
    """One way to make a form: what is taken from a stem's end (or beginning), what is put there, and on what condition.

    `crosses` says whether prefix and suffix of one word may meet, `more` are the flags that the form itself has.
    """

    flag: str
    strips: str
    adds: str
    condition: str = "."
    crosses: bool = False
    is_prefix: bool = False
    more: Flags = _NO_FLAGS

    @cached_property
    def _fits(self) -> "re.Pattern[str] | None":
        if self.condition == ".":
            return None
        written = "".join(_atom(found) for found in re.findall(r"\[[^\]]*\]|.", self.condition))
        return re.compile(written if self.is_prefix else rf"(?:{written})\Z")

    def fits(self, stem: str) -> bool:
        """Says whether a stem can take the affix."""
        if not (stem.startswith(self.strips) if self.is_prefix else stem.endswith(self.strips)):
            return False
        return self._fits is None or bool(self._fits.match(stem) if self.is_prefix else self._fits.search(stem))

    def put(self, stem: str) -> str:
        """Gives the form of a stem."""
        bare = stem[len(self.strips) :] if self.is_prefix else stem[: len(stem) - len(self.strips)]
        return self.adds + bare if self.is_prefix else bare + self.adds

    def stem(self, form: str) -> str | None:
        """Gives the stem of a form, None where it cannot have come about so."""
        bare = form[len(self.adds) :] if self.is_prefix else form[: len(form) - len(self.adds)]
        stem = self.strips + bare if self.is_prefix else bare + self.strips
        return stem if bare and self.fits(stem) else None


def _atom(written: str) -> str:
    if written == "." or not written.startswith("["):
        return written if written == "." else re.escape(written)
    denied = "^" if written[1:2] == "^" else ""
    return f"[{denied}{re.escape(written[1 + len(denied) : -1])}]"


class Reading(NamedTuple):
    """What a form may be: a stem, the flags that the stem must have for it, and the flags that the form has then."""

    stem: str
    needs: Flags
    more: Flags = _NO_FLAGS


class Member(NamedTuple):
    """One place of a compound rule: the flag of the words that may stand there, whether one must, whether many may."""

    flag: str
    must: bool
    many: bool


@dataclass(frozen=True, eq=False)
class Affixes:
    """An affix file, read; equal to itself alone. `flag_of` gives the flags of properties by key (`NEEDAFFIX`)."""

    encoding: str = "utf-8"
    flag_type: str = ""
    aliases: tuple[Flags, ...] = ()
    affixes: tuple[Affix, ...] = ()
    breaks: tuple[str, ...] = _DEFAULT_BREAKS
    conversions: tuple[tuple[str, str], ...] = ()
    replacements: tuple[tuple[str, str], ...] = ()
    compound_rules: tuple[tuple[Member, ...], ...] = ()
    compound_least: int = 3
    ignored: str = ""
    flag_of: Mapping[str, str] = field(default_factory=dict)

    def flags(self, written: str) -> Flags:
        """Gives the flags that stand after a word."""
        if self.aliases and written.isdigit():
            return self.aliases[int(written) - 1] if 0 < int(written) <= len(self.aliases) else _NO_FLAGS
        return frozenset(_flags(written, self.flag_type))

    @cached_property
    def _by_flag(self) -> Mapping[str, list[Affix]]:
        return _grouped((affix.flag, affix) for affix in self.affixes)

    @cached_property
    def _prefixes(self) -> "_Index":
        return _Index(self.affixes, prefixes=True)

    @cached_property
    def _suffixes(self) -> "_Index":
        return _Index(self.affixes, prefixes=False)

    def knows(self, flag: str) -> bool:
        """Says whether a flag stands for affixes."""
        return flag in self._by_flag

    def forms(self, stem: str, flags: Iterable[str]) -> Iterator[str]:
        """Gives the forms that a stem with some flags takes, itself first; some may come twice."""
        yield stem
        found = [affix for flag in sorted(flags) for affix in self._by_flag.get(flag, ()) if affix.fits(stem)]
        for affix in found:
            form = affix.put(stem)
            yield from self.forms(form, affix.more) if affix.more else (form,)
        prefixes = [affix for affix in found if affix.is_prefix and affix.crosses]
        for suffix in found:
            if not suffix.is_prefix and suffix.crosses:
                yield from (prefix.put(suffix.put(stem)) for prefix in prefixes)

    def suffixes(self, form: str) -> Iterator[tuple[Affix, str]]:
        """Gives the suffixes that a form may have, with the stem before each."""
        return self._suffixes.taken_from(form)

    def readings(self, form: str) -> Iterator[Reading]:
        """Gives what a form may be, if not a stem itself."""
        for suffix, stem in self._suffixes.taken_from(form):
            yield from self._read((suffix,), stem)
            if suffix.flag in self._continued:
                for inner, root in self._suffixes.taken_from(stem):
                    if suffix.flag in inner.more:
                        yield from self._read((inner, suffix), root)
        for prefix, rest in self._prefixes.taken_from(form):
            yield from self._read((prefix,), rest)
            for suffix, stem in self._suffixes.taken_from(rest) if prefix.crosses else ():
                if suffix.crosses:
                    yield from self._read((suffix, prefix), stem)

    @cached_property
    def _continued(self) -> Flags:
        """The flags that forms have."""
        return _NO_FLAGS.union(*(affix.more for affix in self.affixes))

    def _read(self, put: tuple[Affix, ...], stem: str) -> Iterator[Reading]:
        """The reading of a form that some affixes made of a stem, one after the other, if it is complete."""
        circumfix, needing = self.flag_of.get("CIRCUMFIX"), self.flag_of.get("NEEDAFFIX")
        halves = [circumfix in affix.more for affix in put]
        if any(halves) and (len(put) == 1 or not all(halves)):
            return
        if needing in put[-1].more and not (len(put) == 2 and put[-1].is_prefix and needing not in put[0].more):
            return
        given = put[0].more if len(put) == 2 else _NO_FLAGS
        needs = frozenset(affix.flag for affix in put if affix is put[0] or affix.flag not in given)
        yield Reading(stem, needs, _NO_FLAGS.union(*(affix.more for affix in put)))


class _Index:
    """Prefixes, or suffixes, by what they add."""

    def __init__(self, affixes: Iterable[Affix], *, prefixes: bool) -> None:
        self._prefixes = prefixes
        self._by_added = _grouped((affix.adds, affix) for affix in affixes if affix.is_prefix == prefixes)
        self._lengths = sorted({len(adds) for adds in self._by_added})

    def taken_from(self, form: str) -> Iterator[tuple[Affix, str]]:
        """Gives the affixes that a form may have, each with the form without it."""
        for length in self._lengths:
            if length >= len(form):
                return
            added = form[:length] if self._prefixes else form[len(form) - length :]
            for affix in self._by_added.get(added, ()):
                stem = affix.stem(form)
                if stem is not None:
                    yield affix, stem


def _grouped(pairs: Iterable[tuple[str, Affix]]) -> dict[str, list[Affix]]:
    found: dict[str, list[Affix]] = {}
    for key, affix in pairs:
        found.setdefault(key, []).append(affix)
    return found


def _flags(written: str, kind: str) -> list[str]:
    if kind == "long":
        return [written[start : start + 2] for start in range(0, len(written), 2)]
    if kind == "num":
        return [flag.strip() for flag in written.split(",") if flag.strip()]
    return list(written)


def read(content: bytes) -> Affixes:
    """Reads an affix file; what it says of suggestions and of rare tongues is passed over."""
    encoding = _encoding(content)
    rows = [row for line in content.decode(encoding, "replace").splitlines() if (row := _row(line))]
    named = _grouped_rows(rows)
    kind = named.get("FLAG", [[""]])[0][0].lower()
    aliases = tuple(frozenset(_flags(row[0], kind)) for row in named.get("AF", ())[1:])
    base = Affixes(encoding, kind, aliases)
    return Affixes(
        encoding,
        kind,
        aliases,
        tuple(_affixes(rows, base)),
        tuple(row[0] for row in named["BREAK"][1:]) if "BREAK" in named else _DEFAULT_BREAKS,
        tuple((row[0].replace("_", " "), row[1].replace("_", " ")) for row in named.get("ICONV", ()) if len(row) > 1),
        tuple((row[0], row[1].replace("_", " ")) for row in named.get("REP", ()) if len(row) > 1),
        tuple(tuple(_members(row[0], kind)) for row in named.get("COMPOUNDRULE", ())[1:]),
        _number(named.get("COMPOUNDMIN"), 3),
        named.get("IGNORE", [[""]])[0][0],
        {_SAME.get(key, key): _flags(named[key][0][0], kind)[0] for key in sorted(_PROPERTIES & named.keys())},
    )


def _encoding(content: bytes) -> str:
    """The encoding that a file names, in Python's words; UTF-8 where it names none that is known."""
    found = re.search(rb"^\s*SET\s+(\S+)", content.removeprefix(b"\xef\xbb\xbf"), re.MULTILINE)
    name = found[1].decode("ascii", "replace") if found else "utf-8"
    name = "utf-8-sig" if name.lower() in ("utf-8", "utf8") else name.replace("ISO8859-", "iso-8859-")
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


def _row(line: str) -> list[str]:
    return [] if line.startswith("#") else line.split()


def _grouped_rows(rows: Iterable[list[str]]) -> dict[str, list[list[str]]]:
    """The rows by key, those with a value."""
    named: dict[str, list[list[str]]] = {}
    for key, *values in rows:
        if values:
            named.setdefault(key, []).append(values)
    return named


def _number(rows: list[list[str]] | None, default: int) -> int:
    return max(int(rows[0][0]), 1) if rows and rows[0][0].isdigit() else default


def _affixes(rows: Iterable[list[str]], base: Affixes) -> Iterator[Affix]:
    """The affixes: each group has a head, which says whether prefix and suffix may meet, and how many rows follow."""
    crosses: dict[tuple[str, str], bool] = {}
    for key, *values in rows:
        if key not in ("PFX", "SFX") or len(values) < 3:
            continue
        flag = values[0]
        if (key, flag) not in crosses:
            crosses[key, flag] = values[1] == "Y"
            continue
        added, _, more = values[2].partition("/")
        yield Affix(
            flag,
            "" if values[1] == "0" else values[1],
            "" if added == "0" else added,
            values[3] if len(values) > 3 and not values[3].startswith("#") else ".",
            crosses[key, flag],
            key == "PFX",
            base.flags(more) if more else _NO_FLAGS,
        )


def _members(written: str, kind: str) -> Iterator[Member]:
    """The places of a compound rule: flags, in brackets where they are longer than a letter, with `*` or `?`."""
    for group, letter, quantity in re.findall(r"(?:\(([^)]*)\)|([^()*?]))([*?]?)", written):
        for flag in _flags(group, kind) if group else [letter]:
            yield Member(flag, not quantity, quantity == "*")
