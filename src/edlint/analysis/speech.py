"""Who speaks: the words beside quotations that say so, read from their form alone.

The marks of a quotation are read before anything is parsed, and where one is missing the words around it tell: `, she
said` is no longer speech, a paragraph that begins `His lawyer, Ann Bell, said` never was, and who goes on speaking is
not introduced by name. Offsets are code points of a block's text.
"""

import re
from functools import cache

from edlint.text import Span

# Verbs that tell who speaks, as news uses them.
_SAYING = (
    "said says told tells added adds asked asks explained explains noted notes wrote writes continued "
    "continues recalled recalls replied replies remarked remarks argued argues concluded concludes "
    "insisted insists warned warns joked jokes admitted admits announced announces claimed claims "
    "commented comments declared declares testified testifies tweeted tweets shared shares stated states "
    "suggested suggests observed observes quipped quips"
).split()
INTRODUCING = frozenset(("that", "say", "tell", "ask", "write", *_SAYING))

_VERB = rf"(?:{'|'.join(_SAYING)})"
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
_NAME = rf"{_CAPITAL}[\w.’'-]*(?:\s(?:[a-z]{{2,3}}\s)?{_CAPITAL}[\w.’'-]*)*"
_FULL_NAME = rf"{_CAPITAL}[\w.’'-]*(?:\s(?:[a-z]{{2,3}}\s)?{_CAPITAL}[\w.’'-]*)+"
_CAPITALIZED = re.compile(rf"(?<![\w.’'-]){_CAPITAL}[\w.’'-]*")
_WHO_IS = r"(?:,\s[^,\"“”]{2,80},)"  # Ann Bell, the director, said
# What is counted with the numeral, so that its I is nobody: World War I.
_COUNTED = "War Part Phase Type Class Title Act Division Chapter Book Volume Stage Tier Charles Elizabeth James".split()
_FIRST_PERSON = re.compile(
    rf"\b(?:{''.join(rf'(?<!{word}.)' for word in _COUNTED)}I(?!-)|me|my|My|we|We|us|"
    r"[Oo]ur(?!\s(?:reporter|correspondent)))\b"
)


def attribution(text: str, start: int, end: int) -> Span | None:
    """Gives the first words between two offsets that say who speaks, and so are not spoken."""
    found = _attributes().search(text, start, end)
    return Span(*found.span("who")) if found else None


@cache
def _attributes() -> re.Pattern[str]:
    """Matches words that attribute, as `who`: `, she said` and `, Ann Bell told the`, or `, said the mayor`.

    In speech the same words may stand (`and then, he says, we left`), so only where they end a sentence, or go on as
    reporters go on: with a name, a preposition, an adverb, or who the speaker is.
    """
    words = r"(?:the|an?|one|another|his|her|their)\s(?:[\w’'-]+\s){0,3}[\w’'-]+"
    name = rf"(?:(?:[\w’'-]+\s){{0,4}}{_CAPITAL}[\w.’'-]*|{words})"
    hearer = r"(?:told|tells|asked|asks)\s(?:(?:the|an?|his|her|their)(?:\s[\w’'-]+){1,3}?|me|us|[a-z]+(?<!s)s)"
    rest = (
        r"(?=\s*(?:\.|\Z)|,\s(?:who|whose|which|an?|the|\w+ing)\b|\s(?:to\s)?"
        r"(?:reporters|in|at|on|of|during|after|before|through|by|via|as|with|[A-Z]\w+|the\s[A-Z]\w+|\w+ly)\b)"
    )
    subject = rf"(?:he|she|they|{name}|{_FULL_NAME}{_WHO_IS})"
    before = rf"(?!I\b){subject}\s(?:\w+ly\s|later\s|also\s)?(?:{hearer}|{_VERB}){rest}"
    behind = rf"{_VERB}\s(?!(?:to|for|that|in|of|it|no|yes|hello)\b){name}"
    return re.compile(rf"(?<=[\w)])(?:[,?!][’']?|[’'],)\s+(?P<who>{before}|{behind})")


def is_narrated(text: str, end: int) -> bool:
    """Says whether a text begins as reporters do, with a speaker's full name and a verb: `His aide, Ann Bell, said`."""
    found = _narrates().match(text, 0, end)
    return found is not None and not _FIRST_PERSON.search(text, 0, end)


@cache
def _narrates() -> re.Pattern[str]:
    return re.compile(
        rf"[^.!?\"“”]{{0,60}}?{_FULL_NAME}(?:{_WHO_IS}|,)?\s(?:later\s|also\s)?{_VERB}\b(?!\s(?:me|us)\b)"
    )


def speaker_before(text: str, end: int) -> str | None:
    """Gives the name of the speaker last named before an offset, or the pronoun that stands for it."""
    named = [found["before"] or found["behind"] for found in _names_speaker().finditer(text, 0, end)]
    return named[-1] if named else None


def speaker_after(text: str, start: int) -> str | None:
    """Gives the name of the speaker named right behind a quotation that ends at an offset."""
    found = _names_speaker().match(text, start + 1) if text[start : start + 1] == " " else None
    return found and (found["before"] or found["behind"])


@cache
def _names_speaker() -> re.Pattern[str]:
    who = rf"(?:he|she|they)\b|(?:[a-z]+,?\s){{0,4}}?{_NAME}"
    return re.compile(rf"\b(?:{_VERB}\s(?P<behind>{who})|(?P<before>{who}){_WHO_IS}?\s(?:later\s|also\s)?{_VERB}\b)")


def surname(speaker: str) -> str | None:
    """Gives the last name of a speaker, without its possessive; None for a pronoun."""
    last = _bare(speaker.split()[-1])
    return last if not last.islower() else None


def capitalized(text: str) -> set[str]:
    """Gives the words of a text that begin with a capital, as surnames stand in it, without their possessives."""
    return {_bare(found.group()) for found in _CAPITALIZED.finditer(text)}


def _bare(word: str) -> str:
    return re.sub(r"[’']s?\Z|\.\Z", "", word)


def speech_begins(text: str, start: int, end: int) -> int | None:
    """Gives the offset at which the speech before its closing mark must have been opened, where the words tell.

    That is behind the words that say who speaks (`said Ann Bell. Nobody came.”`); where the sentence begins, if they
    stand behind it (`Nobody came,” said Ann Bell`); or where the paragraph begins, if nothing in it says so.
    """
    if start and (sentence := speech_goes_on(text, start, end)):
        return sentence
    if speaker_after(text, end + 1):
        return max((found.end() for found in _sentence_ends().finditer(text, start, end)), default=start)
    if found := _leads_in().search(text, start, end):
        return found.end()
    return None if start or _says().search(text, start, end) else start


def speech_goes_on(text: str, start: int, end: int) -> int | None:
    """Gives the offset of the sentence after the one that says who spoke what ends at `start`."""
    found = _sentence_ends().search(text, start, end)
    return found.end() if found and _says().search(text, start, found.start()) else None


def is_first_person(text: str, start: int, end: int) -> bool:
    """Says whether somebody speaks of himself between two offsets."""
    return _FIRST_PERSON.search(text, start, end) is not None


@cache
def _sentence_ends() -> re.Pattern[str]:
    no_title = r"(?<!\bMr|\bMs|\bDr|\bJr|\bSr|\bSt|\bLt)(?<!\bMrs|\bRev|\bGen|\bSen|\bRep|\bGov|\bSgt|\bCol)"
    return re.compile(rf"(?:(?<=[a-z]{{2}})|(?<=\d\d\d\d)){no_title}(?<!\bCapt|\bProf)[.:?!]\s+(?=[‘']?{_CAPITAL})")


@cache
def _leads_in() -> re.Pattern[str]:
    return re.compile(rf"\b{_VERB}(?:\s[^.,:]{{1,60}}|\s{_NAME}(?:,\s[^.:]{{2,90}})?)?[.,:]\s+(?=\S)")


@cache
def _says() -> re.Pattern[str]:
    return re.compile(rf"\b{_VERB}\b")
