r"""vocabulary: what a house's vocabulary says of words: forms in the wrong case, and words to avoid.

The message's `%s` are the accepted form and the words found, or, of words to avoid, the words found alone. A term is a
whole word or phrase, which may run over a line wrap, or a regular expression; one that begins with `(?i)` is right in
any case. Of two terms that differ in case alone, the later counts.

Keys:
- `find`: `miscased` for terms with other capitals than the accepted ones, `rejected` for words to avoid.
- `terms`: the words to look for, instead of those in the house's vocabulary.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from edlint import pattern
from edlint.analysis.scan import words_in
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit
from edlint.rule import Rule
from edlint.terms import bounded

FAULTS = ()
_ANY_CASE = "(?i)"
_MOST = 64  # forms of a term that are looked at
# A part of an expression that stands for a few texts: an escaped sign, a choice of words, a letter; maybe left out.
_PART = re.compile(
    r"(?:\\(?P<sign>\W)|\(\?:(?P<words>[\w '’-]+(?:\|[\w '’-]+)*)\)|(?P<letter>[\w '’,&/@#%!:;-]))(?P<maybe>\?)?"
)


@dataclass(frozen=True)
class Options:
    find: Literal["miscased", "rejected"]
    terms: tuple[str, ...] = ()


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    yield from (("terms", wrong) for wrong in pattern.faulty(options.terms))


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each term in the wrong case, or each word to avoid."""
    options: Options = rule.options
    house = article.vocabulary
    miscased = options.find == "miscased"
    listed = options.terms or ((house.accept if miscased else house.reject) if house else ())
    in_any_case = house.any_case if house and not options.terms else frozenset[str]()
    terms = tuple(_cased(listed, in_any_case) if miscased else _marked(listed, in_any_case))
    finder = _finder(terms, ignorecase=miscased)
    able = finder.able(words_in(article, rule.scope))
    tokens = [finder.tokens[number] for number in able]
    for block in seen(article, rule.scope) if able else ():
        for _, (start, _), groups in finder.found(block.text, pattern.Candidates(able)):
            span = pattern.trimmed(groups[0], start)
            found = block.text[span.start : span.end]
            if not miscased:
                yield Hit(Place(block, span), args=(_on_one_line(found),))
            elif term := _violated(tokens, found):
                written = house.as_written(term) if house else term
                yield _miscased(Place(block, span), _forms(term), written, found)


@lru_cache(64)
def _finder(terms: tuple[str, ...], *, ignorecase: bool) -> pattern.Finder:
    """What to look for, the longest first, so that a phrase wins over a word in it."""
    longest_first = sorted((term for term in terms if term.strip()), key=lambda term: (-len(term), term))

    def expression(tokens: Sequence[str]) -> str:
        return _ANY_CASE * ignorecase + "(?m)" + "|".join(f"(?:{_bounded(token)})" for token in tokens)

    return pattern.Finder(longest_first, expression, bounded=True, ignorecase=ignorecase)


def _bounded(term: str) -> str:
    """A term with word edges, which come after what it says of case."""
    rest = term.removeprefix(_ANY_CASE)
    return _ANY_CASE * (rest != term) + bounded(rest)


def _cased(terms: Iterable[str], in_any_case: Set[str]) -> Iterable[str]:
    """The terms of which the case matters."""
    cased = (term for term in terms if term not in in_any_case and not term.startswith(_ANY_CASE))
    return {term.lower(): term for term in cased}.values()


def _marked(terms: Iterable[str], in_any_case: Set[str]) -> Iterator[str]:
    """The terms, those that mean any case saying so."""
    yield from (_ANY_CASE + term if term in in_any_case else term for term in terms)


def _violated(terms: Sequence[str], found: str) -> str | None:
    """The term that words would be in some other case, None where they are one as they stand."""
    written = {term: pattern.spaced(term) for term in terms}
    meant = [term for term in terms if pattern.compiled(_ANY_CASE + written[term]).fullmatch(found)]
    if not meant or any(pattern.compiled(written[term]).fullmatch(found) for term in meant):
        return None
    return meant[0]


def _miscased(place: Place, forms: Sequence[str], written: str, found: str) -> Hit:
    """A hit for words that are some term but for their case; `written` is how its file writes the term."""
    flat = _on_one_line(found)
    better = sorted({form for form in forms if form.lower() == flat.lower()})
    if len(better) != 1:  # an expression for forms of which none can be chosen
        return Hit(place, args=(written, flat))
    fix = OfferedFix(f"write '{better[0]}'", False, (PlacedEdit(place, _wrapped_as(found, better[0])),))
    return Hit(place, args=(better[0], flat), fixes=(fix,))


def _forms(term: str) -> list[str]:
    """The texts that a term stands for, none where they cannot be listed."""
    forms, end = [""], 0
    for part in _PART.finditer(term):
        if part.start() != end or len(forms) > _MOST:
            return []
        end = part.end()
        choices = part["words"].split("|") if part["words"] else [part["sign"] or part["letter"]]
        forms = [form + choice for form in forms for choice in (*choices, *[""] * bool(part["maybe"]))]
    return forms if end == len(term) else []


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def _wrapped_as(found: str, form: str) -> str:
    """A form with the white space of the words found, so that a line wrap stays."""
    spaces = re.findall(r"\s+", found)
    words = form.split(" ")
    if len(spaces) != len(words) - 1:
        return form
    return "".join(word + space for word, space in zip(words, [*spaces, ""], strict=True))
