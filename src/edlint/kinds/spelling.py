"""spelling: words that no dictionary knows.

The message's `%s` is the word. Words are parted by white space and dashes; a word with a capital may stand without it,
one in capitals in any form. What holds code or an address is no word, and neither is a number. Without `custom`, left
alone are also words that end with a capital letter (abbreviations), words such as `JavaScript` with capitals after
small letters, and words with anything but the letters a to z and apostrophes in them.

Paths are looked for in the folder of styles, in its `config/ignore`, and in the folders from the rule's file upward.

Keys:
- `custom`: whether only the rule's own filters count, and nothing is left alone without being asked.
- `dictionaries`: dictionaries to look into, by name: `NAME` stands for `NAME.dic` and `NAME.aff` in `dicpath`, `*` for
  all that stand there. English comes along: it is what `en_US` and `en_US-web` mean where they do not stand there, and
  what is looked into without any.
- `dicpath`: the folder of the dictionaries, `config/dictionaries` where it is not given.
- `append`: whether the English that comes along is looked into, too, where the rule has dictionaries of its own.
- `aff`: a single dictionary's file of affixes.
- `dic`: a single dictionary's file of words.
- `ignore`: files of words that are right, one a line, in small letters for any case; a folder stands for all `.txt`
  files in it. Files that are not there are passed over.
- `filters`: regular expressions for words to leave alone, wherever in the word they match.
- `exceptions`: what may stand, words or regular expressions.
- `vocab`: whether words that the house's vocabulary accepts may stand, too, in any case.
- `split`: whether the parts of a name such as `flushInterval` or `created_at` are looked up instead of the whole.
- `code`: whether code is checked, which it is not: `false` may say so.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path, PurePath
from typing import NamedTuple

from edlint import companions, dictionaries, pattern
from edlint.analysis.scan import matched
from edlint.analysis.suggestions import suggestions
from edlint.analysis.terms import excepted
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.dictionaries import Dictionary
from edlint.errors import ModelError
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit
from edlint.rule import Rule
from edlint.terms import bounded
from edlint.text import Block, Span

FAULTS = ("miscased", "code")
MESSAGES = {"miscased": "Use '%s' instead of '%s'.", "code": "'%s' looks like code; format it as code."}

_MOST_HELPED = 50  # distinct words of an article to which suggestions are offered
_MOST_KEPT = 1 << 17  # tokens
_TOKEN = r"(?:(?!--)[^\s—–…])+"
_EDGES = "\"'“”‘’„‚«»‹›()[]{}<>.,;:!?¡¿_"
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_JOINTS = re.compile(r"[^\w'’-]+")
_NUMBER = re.compile(r"[\W\d_]*(?:\d(?:s|st|nd|rd|th))?\Z|0x[0-9a-fA-F]+\Z|(?=.*\d)(?=.*[a-f])[0-9a-f]{7,40}\Z")
_LEFT_ALONE = re.compile(r"[A-Z][a-z]+[A-Z]+\w|[A-Z]\Z|[^a-zA-Z_']")
_CODE = re.compile(r"[a-z][a-z0-9]+(?:[A-Z][a-z0-9]+)+\Z|_*[A-Za-z0-9]+(?:_+[A-Za-z0-9]+)+_*\Z")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_CODE_MARKS = {".md": "`", ".markdown": "`", ".mdx": "`", ".html": "<code>", ".htm": "<code>"}


@dataclass(frozen=True)
class Options:
    custom: bool = False
    dictionaries: tuple[str, ...] = ()
    dicpath: str = ""
    append: bool = False
    aff: str = ""
    dic: str = ""
    ignore: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    vocab: bool = True
    split: bool = False
    code: bool = False

    @cached_property
    def sieve(self) -> "tuple[pattern.Pattern[str], ...]":
        """The compiled filters."""
        return tuple(pattern.compiled(written) for written in self.filters)

    @cached_property
    def allowed(self) -> pattern.Exceptions:
        """The exceptions."""
        return pattern.Exceptions(self.exceptions)

    @cached_property
    def spellers(self) -> "dict[tuple[Path, ...], Speller]":
        """What was read for the rule, by the folders that paths were looked for in."""
        return {}

    def leaves_alone(self, word: str) -> bool:
        """Says whether a word is none to look at."""
        if _NUMBER.match(word) or (not self.custom and _LEFT_ALONE.search(word)):
            return True
        return any(pattern.search(one, word) for one in self.sieve)


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    yield from (("filters", wrong) for wrong in pattern.faulty(options.filters))
    yield from (("exceptions", wrong) for wrong in pattern.faulty(options.exceptions))
    if options.aff and not options.dic:
        yield "aff", "expected the dictionary's words with it, in dic"
    if options.code:
        yield "code", "code is not checked"


@dataclass(frozen=True)
class Speller:
    """The dictionaries that a rule asks, words that are right beside, and what was found to hold no unknown word."""

    dictionaries: tuple[Dictionary, ...]
    ignored: frozenset[str]
    right: set[str] = field(default_factory=set, compare=False)

    def knows(self, word: str) -> bool:
        """Says whether a word is right, or all of its parts between joints other than hyphens are."""
        if self._knows(word):
            return True
        parts = [part for part in _JOINTS.split(word) if part]
        return len(parts) > 1 and all(self._knows(part) or _NUMBER.match(part) for part in parts)

    def _knows(self, word: str) -> bool:
        if any(dictionary.knows(word) for dictionary in self.dictionaries):
            return True
        return any(form in self.ignored or form.lower() in self.ignored for form in (word, word.removesuffix("'s")))

    def cased(self, word: str) -> str | None:
        """Gives a word in the capitals that a dictionary has it in, where these are more than its first letter."""
        return next((form for dictionary in self.dictionaries if (form := dictionary.cased(word))), None)

    def near(self, word: str) -> tuple[str, ...]:
        """Gives the words nearest to a misspelt one."""
        found = (near for dictionary in self.dictionaries for near in suggestions(dictionary).near(word))
        return tuple(dict.fromkeys(found))[:5]


class Word(NamedTuple):
    """A word with its span in a block, apostrophes straight, and whether one stands before it, as in `'tis`."""

    text: str
    span: Span
    is_after_apostrophe: bool = False


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each word, wherever it stands, that is not known; raises ModelError for want of a dictionary."""
    options: Options = rule.options
    speller = _speller(article, rule)
    helped = dict[str, tuple[str, ...]]()
    for block in seen(article, rule.scope):
        doubtful = _doubtful(article, block.text, speller, options)
        phrases = _phrases(article, options, block.text) if doubtful else []
        for word in _words(block.text, doubtful) if doubtful else ():
            if word.is_after_apostrophe and speller.knows("'" + word.text):
                continue
            if any(span.start <= word.span.start and word.span.end <= span.end for span in phrases):
                continue
            for part in _parts(word, speller, options) if options.split else (word,):
                if not _is_let_stand(article, options, part, block.text):
                    yield _hit(article, block, part, speller, helped)


def _doubtful(article: Article, text: str, speller: Speller, options: Options) -> set[str]:
    """What stands between white space or dashes in a text and holds an unknown word."""
    new = set(matched(article, _tokens(), text)) - speller.right
    doubtful = {token for token in new if (bare := _bare(token)) and not _is_right(bare, speller, options)}
    if len(speller.right) > _MOST_KEPT:
        speller.right.clear()
    speller.right.update(new - doubtful)
    return doubtful


def _is_right(word: str, speller: Speller, options: Options) -> bool:
    return speller.knows(word) or options.leaves_alone(word)


def _bare(token: str) -> str:
    """The word in a token; what touches masked code or an address is none, and neither is a single character."""
    bare = token.strip(_EDGES).translate(_APOSTROPHES)
    return bare if len(bare) > 1 and "*" not in token else ""


@cache
def _tokens() -> "pattern.Pattern[str]":
    return pattern.compiled(_TOKEN)


def _words(text: str, doubtful: Set[str]) -> Iterator[Word]:
    """Gives the words of a text that stand in some of its tokens."""
    for match in pattern.matches(_tokens(), text):
        token, start = match.group(), match.start()
        if token in doubtful:
            bare = _bare(token)
            start += len(token) - len(token.lstrip(_EDGES))
            before = text[start - 1 : start].translate(_APOSTROPHES)
            yield Word(bare, Span(start, start + len(bare)), before == "'")


def _parts(word: Word, speller: Speller, options: Options) -> Iterator[Word]:
    """Gives the unknown parts of a name as code has them, or the word itself if it is none."""
    if not _CODE.match(word.text):
        yield word
        return
    for match in _PART.finditer(word.text):
        part = match.group()
        if len(part) > 2 and not speller.knows(part) and not options.leaves_alone(part):
            yield Word(part, Span(word.span.start + match.start(), word.span.start + match.end()))


def _is_let_stand(article: Article, options: Options, word: Word, text: str) -> bool:
    if excepted(article, options, word.text, word.span, text):
        return True
    if not options.vocab or article.vocabulary is None:
        return False
    accepted = _in_any_case(tuple(article.vocabulary.accept))
    return bool(accepted and pattern.search(accepted, word.text))


def _phrases(article: Article, options: Options, text: str) -> list[Span]:
    """Where phrases stand that the house accepts, in any case."""
    accepted = article.vocabulary.accept if options.vocab and article.vocabulary else ()
    found = _in_any_case(tuple(term for term in accepted if re.search(r"[ \t]|\\s", term)))
    return [Span(*match.span()) for match in pattern.matches(found, text)] if found else []


@lru_cache(64)
def _in_any_case(terms: tuple[str, ...]) -> "pattern.Pattern[str] | None":
    joined = "|".join(f"(?:{bounded(term)})" for term in sorted(terms, key=len, reverse=True))
    return pattern.compiled(f"(?i){joined}") if joined else None


def _hit(article: Article, block: Block, word: Word, speller: Speller, helped: dict[str, tuple[str, ...]]) -> Hit:
    """A hit for a word that is not known; `helped` are the words of the article that suggestions were offered to."""
    place = Place(block, word.span)
    if cased := speller.cased(word.text):
        return Hit(place, "miscased", (cased, word.text), fixes=tuple(_written(place, (cased,))))
    marks = "" if block.kind.startswith(("frontmatter", "alt", "meta")) else _marks(article)
    if marks and _CODE.match(word.text):
        written = block.text[word.span.start : word.span.end]
        code = marks + written + marks.replace("<", "</")
        return Hit(place, "code", (word.text,), fixes=(OfferedFix(f"write {code}", False, (PlacedEdit(place, code),)),))
    if word.text not in helped:
        helped[word.text] = speller.near(word.text) if len(helped) < _MOST_HELPED else ()
    return Hit(place, args=(word.text,), fixes=tuple(_written(place, helped[word.text])))


def _marks(article: Article) -> str:
    """What marks code in the article's format, empty where nothing does."""
    return _CODE_MARKS.get(PurePath(article.path).suffix.lower(), "")


def _written(place: Place, choices: Sequence[str]) -> Iterator[OfferedFix]:
    """A fix for each choice, with curly apostrophes where the article has one."""
    is_curly = "’" in place.block.text[place.span.start : place.span.end]
    for choice in choices:
        written = choice.replace("'", "’") if is_curly else choice
        yield OfferedFix(f"write '{written}'", False, (PlacedEdit(place, written),))


def _speller(article: Article, rule: Rule) -> Speller:
    """What the rule looks words up in; raises ModelError where a dictionary is missing."""
    options: Options = rule.options
    roots = companions.roots(article.styles_path, rule)
    if roots not in options.spellers:
        options.spellers[roots] = _read(options, roots)
    return options.spellers[roots]


def _read(options: Options, roots: Sequence[Path]) -> Speller:
    try:
        own = dict.fromkeys(_own(options, roots))
        found = [dictionaries.load(_beside(dic, options, roots), dic) for dic in own if dic]
        if options.append or not found or None in own:
            found.insert(0, dictionaries.default())
        lists = [path for name in options.ignore for path in _lists(name, roots)]
        return Speller(tuple(found), dictionaries.words(lists))
    except OSError as error:
        raise ModelError(f"cannot read {error.filename}: {error.strerror}") from error


def _own(options: Options, roots: Sequence[Path]) -> Iterator[Path | None]:
    """The lists of words of a rule's dictionaries, None for the one that comes along."""
    if options.dic:
        yield _named(options.dic, roots, "dic")
    folders = companions.folders(options.dicpath or companions.DICTIONARIES, roots)
    for name in options.dictionaries:
        if name == "*":
            yield from sorted(dic for folder in folders[:1] for dic in folder.rglob("*.dic"))
        elif name in dictionaries.NAMES:
            yield companions.file(f"{name}.dic", folders)
        else:
            yield _named(f"{name}.dic", folders, "dictionaries")


def files(options: Options, roots: Sequence[Path]) -> Iterator[Path]:
    """Gives the files that a rule's words are looked up in; raises ModelError where a dictionary is missing."""
    for dic in filter(None, _own(options, roots)):
        yield from filter(None, (dic, _beside(dic, options, roots)))
    for name in options.ignore:
        yield from _lists(name, roots)


def _beside(dic: Path, options: Options, roots: Sequence[Path]) -> Path | None:
    """The affixes of a list of words."""
    if options.aff and dic == companions.file(options.dic, roots):
        return _named(options.aff, roots, "aff")
    aff = dic.with_suffix(".aff")
    return aff if aff.is_file() else None


def _named(name: str, roots: Sequence[Path], key: str) -> Path:
    found = companions.file(name, roots)
    if found is None:
        raise ModelError(f"{key}: no dictionary '{name}'{companions.looked_for(roots)}")
    return found


def _lists(name: str, roots: Sequence[Path]) -> list[Path]:
    """The files of words under a name, none where it is not there."""
    for root in roots:
        for folder in (root, root / "config" / "ignore"):
            found = companions.below(folder, name)
            if found:
                return sorted(found.rglob("*.txt")) if found.is_dir() else [found]
    return []
