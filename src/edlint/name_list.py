"""The people, organisations and things of an article, with every form of their names, for `edlint names`.

What an editor checks by hand: is everybody introduced in full, and named alike after that? Capitalised words that
follow one another are a full form; its parts alone are later forms, or lone ones where nobody has been introduced yet.
Headings, in which every word has a capital, name nobody new. Kinds are told by what stands around a name in the whole
article, not by a model: a title or a verb of saying makes a person, a word such as `Council` an organisation.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from textwrap import fill
from typing import Any, Literal, NamedTuple

from edlint.analysis.dates import CALENDAR
from edlint.analysis.names import PARTICLES, TITLES, Mention, folded, mentions
from edlint.analysis.views import seen
from edlint.analysis.wordlist import is_name, is_word, nicknames
from edlint.article import Article
from edlint.scope import Scope
from edlint.text import Block, Source, Span

Kind = Literal["person", "organisation", "other"]
Role = Literal["full", "later", "lone"]

_PROSE = Scope.parse(("prose",))
_HEADINGS = {"person": "People", "organisation": "Organisations", "other": "Other names"}
_TOLD = {"full": "in full", "later": "later", "lone": "alone"}
_WIDTH = 88
_DATELINE = 40  # how far into a block the place may stand that a report comes from
_DATE = re.compile(r"[A-Z][a-z]{2,3}\.? \d")
_OF_A_PERSON = re.compile(r",? (?:who|whose)\b|, \d\d?[,.]")
_SMALL = re.compile(r"(?<![\w’'])[a-z]{2,}(?!\w)")
# Where a nickname stands within a name, before it and behind it.
_NICKNAME_OPENS, _NICKNAME_CLOSES = re.compile(r"\s+[“\"'‘(]"), re.compile(r"[”\"'’)]\s+(?=[^\W\d_a-z])")
_SMALL_WORDS = frozenset(
    "a an and as at but by for from he her his how i if in is it its me my no not of on one or our she so some that "
    "the their then there they this to two us we what when where who why with yes you your".split()
)
# Offices that are no titles elsewhere, but stand before a name as these do.
_OFFICES = TITLES | frozenset(
    "alderman assistant associate chairperson clerk constable councillor councilor councilman councilwoman dean deputy "
    "editor executive inspector manager principal spokesman spokesperson spokeswoman supervisor treasurer trooper "
    "trustee".split()
)
# Words that make an organisation of the name that they stand in.
_BODIES = frozenset(
    "academy administration agency alliance assembly association authority bank board brigade bureau cabinet centre "
    "center church club college commission committee company congress corp corporation council court department "
    "directorate district federation force forces forum foundation front fund government group guild hospital house "
    "inc initiative institute institution laboratory league library limited llc ltd ministry museum network office "
    "organisation organization panel parliament partnership party police post press project school senate service "
    "services society studio tribunal trust union university".split()
)
# Words that make a place of it.
_PLACES = frozenset(
    "avenue bay beach bridge canyon castle city county creek falls field forest hall harbor harbour heights hill hills "
    "island lake lane mountain park pier plaza point port river road sea square stadium station street terrace tower "
    "town valley village".split()
)
# What joins such a word to the rest of its name: Department of Public Works, Council for the Arts.
_JOINTS = frozenset((" of ", " of the ", " for ", " for the ", " and ", " on ", " & "))


class Form(NamedTuple):
    """One way in which a name is written: `full`, a `later` part of it, or `lone`, before or without a full one."""

    text: str
    role: Role
    places: tuple[Span, ...]


class Name(NamedTuple):
    """Somebody or something, with all forms, first places first; `may_be` are those that a lone form may belong to."""

    kind: Kind
    name: str
    forms: tuple[Form, ...]
    may_be: tuple[str, ...] = ()

    @property
    def times(self) -> int:
        """How often it is named."""
        return sum(len(form.places) for form in self.forms)


class _Run(NamedTuple):
    """Capitalised words that follow one another as one name does."""

    block: Block
    mentions: tuple[Mention, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words, folded."""
        return tuple(folded(mention.text) for mention in self.mentions)

    @property
    def span(self) -> Span:
        """Where it stands in its block, with a particle that it begins with."""
        first, last = self.mentions[0], self.mentions[-1]
        return Span(first.place.span.start - len(first.joint), last.place.span.end)

    @property
    def text(self) -> str:
        """The name as it is written."""
        return " ".join(self.block.text[self.span.start : self.span.end].split())

    @property
    def is_of_a_person(self) -> bool:
        """Whether a title stands before it, a verb of speech beside it, or an age or `who` behind it."""
        speaks = any(mention.speaks for mention in self.mentions)
        return self.mentions[0].titled or speaks or _OF_A_PERSON.match(self.block.text, self.span.end) is not None

    @property
    def is_body(self) -> bool:
        """Whether one of its words makes an organisation of it, and none after that a member: `Council President`."""
        bodies = [at for at, word in enumerate(self.words) if word in _BODIES]
        return bool(bodies) and len(self.words) > 1 and _OFFICES.isdisjoint(self.words[bodies[-1] :])

    @property
    def is_short_form(self) -> bool:
        """Whether it is the initials of an organisation: `the GSA`."""
        return self.text.isupper() and self.block.text[: self.span.start].lower().endswith("the ")


@dataclass(eq=False)
class _Bearer:
    """Whoever or whatever bears a name, as far as the article has been read."""

    words: tuple[str, ...]
    runs: list[tuple[Role, _Run]] = field(default_factory=list)
    may_be: tuple[str, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether the article ever names it in full."""
        return len(self.words) > 1

    @cached_property
    def name(self) -> str:
        """What it is called first, in full where it is."""
        return next((run.text for role, run in self.runs if role == "full"), self.runs[0][1].text)

    @cached_property
    def kind(self) -> Kind:
        """What the whole article lets it be."""
        runs = [run for _, run in self.runs]
        if any(run.is_body or run.is_short_form for run in runs):
            return "organisation"
        if self.is_full and self.words[-1] in _PLACES:
            return "other"
        by_last = any(role != "full" and run.words == self.words[-1:] for role, run in self.runs)
        is_person = self.is_full and len(self.words) < 5 and (by_last or _is_like_a_person(self.words))
        return "person" if is_person or any(run.is_of_a_person for run in runs) else "other"


def _is_like_a_person(words: tuple[str, ...]) -> bool:
    """Says whether a given name seems to stand first, and a name that no dictionary has last."""
    if nicknames(words[0]):
        return True
    last = words[-1]
    return is_name(words[0].capitalize()) and len(last) > 3 and not (is_name(last.capitalize()) or is_word(last))


class _Known(NamedTuple):
    """What an article shows of its words: small ones, capitals within sentences, and pairs that stand in one name."""

    small: frozenset[str]
    inner: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def names(article: Article) -> list[Name]:
    """Gives the names of an article, people first, each kind in the order of first places."""
    blocks = [(block, list(mentions(block))) for block in seen(article, _PROSE) if block.pieces]
    running = [(block, [one for one in found if not _tells_nothing(block, one)]) for block, found in blocks]
    known = _known(running)
    runs = [_trimmed(run, known) for block, found in running for run in _runs(block, found, known.pairs)]
    bearers = _bearers([run for run in runs if run.mentions])
    for block, found in blocks:
        _find_again(block, [one for one in found if _tells_nothing(block, one)], bearers)
    order = list(_HEADINGS)
    return sorted(map(_name, bearers), key=lambda one: (order.index(one.kind), one.forms[0].places[0]))


def _tells_nothing(block: Block, mention: Mention) -> bool:
    """Says whether the capitals of a word are those of a heading, or of the place that a report begins with."""
    if block.kind.startswith(("heading", "table.header", "frontmatter.title")):
        return True
    return mention.text.isupper() and len(mention.text) > 3 and mention.place.span.start < _DATELINE


def _known(running: list[tuple[Block, list[Mention]]]) -> _Known:
    small = frozenset(word for block, _ in running for word in _SMALL.findall(block.text))
    runs = [run for block, found in running for run in _runs(block, found, frozenset())]
    inner = frozenset(folded(one.text) for _, found in running for one in found if not one.opens)
    inner |= {word for run in runs if len(run.words) > 1 for word in run.words}
    return _Known(small, inner, frozenset(pair for run in runs for pair in pairwise(run.words)))


def _runs(block: Block, found: Iterable[Mention], pairs: Set[tuple[str, str]]) -> Iterator[_Run]:
    """The words of a block that follow one another as a name does; `pairs` are known to."""
    run: list[Mention] = []
    for mention in found:
        if run and not _goes_on(block.text, run, mention, pairs):
            yield _Run(block, tuple(run))
            run = []
        run.append(mention)
    if run:
        yield _Run(block, tuple(run))


def _goes_on(text: str, run: list[Mention], mention: Mention, pairs: Set[tuple[str, str]]) -> bool:
    """Says whether a word is of the same name as those before it."""
    last = run[-1]
    gap = text[last.place.span.end : mention.place.span.start]
    if mention.given == last.text or mention.joint == f"{last.text}-" or mention.titled:
        return True
    if _NICKNAME_OPENS.fullmatch(gap):
        return not mention.text.isupper() and _NICKNAME_CLOSES.match(text, mention.place.span.end) is not None
    closed = _NICKNAME_CLOSES.match(text, last.place.span.end)
    if closed and len(run) > 1:
        return closed.end() == mention.place.span.start and text[last.place.span.start - 1] in "“\"'‘("
    if last.text == "St" and gap == ". " and folded(mention.text) not in _SMALL_WORDS:
        return True
    if gap in _JOINTS and any(folded(one.text) in _BODIES for one in run):
        return True
    return gap.isspace() and (folded(last.text), folded(mention.text)) in pairs


def _trimmed(run: _Run, known: _Known) -> _Run:
    """A run without titles, and without the words at its head that are no name; without any where none is."""
    rest = list(run.mentions)
    titles = [at for at, word in enumerate(run.words) if word in _OFFICES]
    if titles and not run.is_body:
        rest = rest[titles[-1] + 1 :]
    while rest and _is_no_name(rest[0], known, is_alone=len(rest) == 1):
        rest.pop(0)
    while len(rest) > 2 and folded(rest[0].text) in known.small and not run.is_body:  # Executive Ada Bell
        rest.pop(0)
    return _Run(run.block, tuple(rest))


def _is_no_name(mention: Mention, known: _Known, *, is_alone: bool) -> bool:
    """Says whether a word has its capital for another reason, where it stands alone or at the head of a name."""
    word = folded(mention.text)
    if word in CALENDAR | _SMALL_WORDS | PARTICLES or _DATE.match(mention.place.block.text, mention.place.span.start):
        return True
    if mention.titled or mention.speaks:
        return False
    if is_alone:
        return word in known.small or (mention.opens and word not in known.inner)
    return mention.opens and word in known.small and not nicknames(word)


# Who bears a name


def _bearers(runs: list[_Run]) -> list[_Bearer]:
    """Gives those who are named in running text, each with all its runs in order."""
    full = _in_full(runs)
    by_part = _by_part(runs, full)
    found: dict[tuple[str, ...], _Bearer] = {}
    for run in runs:
        named = full.get((run.words[0], run.words[-1])) if len(run.words) > 1 else None
        if named and (run.words[0], run.words[-1]) == (named.words[0], named.words[-1]):
            named.runs.append(("full", run))
            continue
        those = by_part.get(run.words, [])
        introduced = [one for one in those if one.runs]
        if len(those) == 1 or len(introduced) == 1:
            bearer = (introduced or those)[0]
            bearer.runs.append(("later" if introduced else "lone", run))
        else:
            may_be = tuple(one.name for one in introduced)
            found.setdefault(run.words, _Bearer(run.words, may_be=may_be)).runs.append(("lone", run))
    return [*dict.fromkeys(full.values()), *found.values()]


def _in_full(runs: list[_Run]) -> dict[tuple[str, str], _Bearer]:
    """Those who are named in full, by the first and the last word of their names."""
    full: dict[tuple[str, str], _Bearer] = {}
    for run in runs:
        if len(run.words) > 1:
            full.setdefault((run.words[0], run.words[-1]), _Bearer(run.words))
    _merge_parts(full)
    return full


def _by_part(runs: list[_Run], full: dict[tuple[str, str], _Bearer]) -> dict[tuple[str, ...], list[_Bearer]]:
    """Those who are named in full, by what else they may be called."""
    by_part: dict[tuple[str, ...], list[_Bearer]] = defaultdict(list)
    for bearer in dict.fromkeys(full.values()):
        for part in _parts(bearer.words):
            by_part[part].append(bearer)
    for run, after in pairwise(runs):
        if _is_initials(run, after) and (run.words[0], run.words[-1]) in full:
            by_part[after.words].append(full[run.words[0], run.words[-1]])
    return by_part


def _is_initials(run: _Run, after: _Run) -> bool:
    """Says whether a name in brackets is the short form of the one before it: `Harbor Services Board (HSB)`."""
    is_near = run.block is after.block and run.block.text[run.span.end : after.span.start] == " ("
    return is_near and after.text.isupper() and after.text[0].lower() == run.words[0][0]


def _merge_parts(full: dict[tuple[str, str], _Bearer]) -> None:
    """Counts a full form that ends a longer one (`Wexford Hale`, `Kim Wexford Hale`) as that one's, or begins it."""
    for ends, bearer in list(full.items()):
        longer = [one for one in full.values() if one is not bearer and _is_longer(one.words, bearer.words)]
        if len(longer) == 1:
            full[ends] = longer[0]


def _is_longer(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Says whether a name is another with words before it, or with `Inc.` and the like behind it."""
    rest = words[len(part) :]
    return bool(rest) and (words[-len(part) :] == part or (words[: len(part)] == part and _BODIES.issuperset(rest)))


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The forms that a full name may have later: any of its words but those of every organisation, or the last ones."""
    yield from {(word,) for word in words if word not in _BODIES}
    yield from (words[-length:] for length in range(2, len(words)))
    yield from (words[:length] for length in range(2, len(words)) if _BODIES.issuperset(words[length:]))


def _find_again(block: Block, found: list[Mention], bearers: list[_Bearer]) -> None:
    """Adds the places of a heading at which somebody stands who is named in running text."""
    by_words = {run.words: (bearer, role) for bearer in bearers for role, run in reversed(bearer.runs)}
    longest = max(map(len, by_words), default=0)
    at = 0
    while at < len(found):
        for length in range(longest, 0, -1):
            run = _Run(block, tuple(found[at : at + length]))
            if len(run.mentions) == length and run.words in by_words:
                bearer, role = by_words[run.words]
                bearer.runs.append((role, run))
                at += length - 1
                break
        at += 1


def _name(bearer: _Bearer) -> Name:
    """What is printed of a bearer: forms in the order of first places, full ones first."""
    places: Mapping[tuple[Role, str], list[Span]] = defaultdict(list)
    for role, run in bearer.runs:
        places[role, run.text].append(run.block.in_source(run.span))
    rank = {"full": 0, "later": 1, "lone": 2}
    forms = [Form(text, role, tuple(sorted(spans))) for (role, text), spans in places.items()]
    forms.sort(key=lambda form: (rank[form.role], form.places[0]))
    return Name(bearer.kind, bearer.name, tuple(forms), bearer.may_be)


# What is printed


def text(path: str, source: Source, found: list[Name]) -> str:
    """Gives the list for people: each name with its forms, and the line and column of each place."""
    lines = [path]
    for kind, heading in _HEADINGS.items():
        those = [one for one in found if one.kind == kind]
        if those:
            lines += ["", heading]
            lines += [line for one in those for line in _lines(source, one)]
    return "\n".join([*lines, *([] if found else ["", "no names found"]), ""])


def _lines(source: Source, one: Name) -> Iterator[str]:
    yield f"  {one.name}  ({one.times})"
    for form in one.forms:
        places = ", ".join(str(source.position(start)) for start, _ in form.places)
        head = f"    {_TOLD[form.role]:<8}{form.text}: "
        yield fill(places, _WIDTH, initial_indent=head, subsequent_indent=" " * 12)
    if one.may_be:
        yield f"    may be  {' or '.join(one.may_be)}"
    elif not any(form.role == "full" for form in one.forms) and one.kind == "person":
        yield "    never named in full"


def as_json(files: Iterable[tuple[str, Source, list[Name]]]) -> str:
    """Gives the lists of several articles for programs."""
    told = [{"path": path, "names": [_as_values(source, one) for one in found]} for path, source, found in files]
    return json.dumps({"version": 1, "files": told}, ensure_ascii=False, indent=1) + "\n"


def _as_values(source: Source, one: Name) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "name": one.name,
        "count": one.times,
        "forms": [
            {
                "text": form.text,
                "role": form.role,
                "count": len(form.places),
                "places": [_place(source, span) for span in form.places],
            }
            for form in one.forms
        ],
        "may_be": list(one.may_be),
    }


def _place(source: Source, span: Span) -> dict[str, int]:
    line, column = source.position(span.start)
    return {"line": line, "column": column, "start": span.start, "end": span.end}
