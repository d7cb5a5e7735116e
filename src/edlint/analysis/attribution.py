"""Who says so: verbs of saying, and what a sentence hangs on them.

A verb of saying in a sentence is no source for all that stands in it. `Ms. Orr, who has raised $2 million, said that
rents rose 9 percent`: the rents are hers, the money is not. The parse tells: what is said depends on the verb, what
describes the speaker depends on the verb's subject. A verb of saying after a comma at the end of the sentence (`, she
said`) covers the whole, however the parser attached it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from edlint.text import Span

# Verbs whose subject answers for what is said: speech, writing, thought, findings. Base forms.
SAYING = (
    "say tell add note figure report state claim argue announce declare assert maintain contend insist acknowledge "
    "admit concede disclose reveal explain warn caution predict project forecast estimate expect believe think write "
    "tweet testify allege accuse boast brag joke complain lament observe remark comment mention cite stress emphasize "
    "emphasise underscore highlight reiterate repeat recall recount describe deny dispute respond reply answer ask "
    "suggest indicate imply hint show find conclude determine discover calculate confirm verify certify inform advise "
    "notify hear learn assume doubt fear hope speculate tout blame criticize criticise slam question document detail "
    "outline identify anticipate reckon guess tally rank list quote point talk speak discuss"
).split()
# Verbs by which somebody takes the figure on himself: promises, demands, decisions. Base forms.
COMMITTING = (
    "promise pledge vow propose recommend urge advocate support endorse oppose favor favour demand request seek push "
    "lobby want plan intend aim agree approve order require mandate vote authorize authorise allocate award impose "
    "sentence fine sue set call commit threaten need prefer allow let consider embrace back mull weigh "
    "appropriate earmark bar limit cap reserve entitle"
).split()
# The verbs that close a sentence after a comma: `rents rose 9 percent, she said`.
_CLOSING_VERBS = (
    "say tell add note report write explain argue claim estimate announce warn testify acknowledge show find suggest "
    "indicate tweet project predict"
).split()
# What opens a clause of its own after a comma, so that a verb of saying in it closes nothing.
_NEW_CLAUSE = (
    "although|though|while|whereas|but|and|or|who|whose|which|where|when|because|that|if|so|since|after|before"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_LONGEST_CLOSE = 300
_IRREGULAR = {
    "say": "said", "tell": "told", "think": "thought", "write": "wrote written", "find": "found", "show": "shown",
    "hear": "heard", "speak": "spoke spoken", "seek": "sought", "set": "setting", "bar": "barred barring",
    "forecast": "forecast", "cap": "capped capping", "let": "letting", "read": "read", "plan": "planned planning",
    "brag": "bragged bragging", "commit": "committed committing", "admit": "admitted admitting", "learn": "learnt",
    "slam": "slammed slamming",
}  # fmt: skip
QUOTED = re.compile(r"[\"“”„«»]|''")
_VOWELS = "aeiou"
# Conjunctions that set a clause against the one that holds the figure: a source in it speaks of something else.
_AGAINST = frozenset("although though while whereas even but despite".split())
_SUPPOSING = frozenset("should must could might may would need".split())
_FORESEEING = frozenset("could would should might".split())
_CONDITIONS = frozenset("if unless whether".split())
# Verbs whose object is the one who hears, and prepositions that bring in hearers or the occasion, not what is said.
_HEARD = frozenset(
    "tell tells told ask asks asked inform informs informed notify notified warn warned advise advised".split()
)
_OCCASION = frozenset("after before during at amid since despite to with alongside".split())
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "agent"))
_BESIDE = frozenset(("advcl", "npadvmod", "advmod", "mark", "cc", "punct", "dep"))
_NAMING = frozenset("acl ccomp prep appos xcomp amod nummod compound nmod poss".split())


def forms(verbs: Iterable[str]) -> Iterator[str]:
    """Gives the forms of English verbs: base, third person, past, participles."""
    for verb in verbs:
        yield verb
        yield from _IRREGULAR.get(verb, "").split()
        if verb.endswith("y") and verb[-2] not in _VOWELS:
            yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
            continue
        yield verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
        stem = verb.removesuffix("e")
        yield from (stem + "ed", stem + "ing")


@cache
def saying_forms() -> frozenset[str]:
    """All forms of the verbs whose subject answers for what they govern."""
    return frozenset(forms((*SAYING, *COMMITTING)))


@cache
def committing_forms() -> frozenset[str]:
    """All forms of the verbs of promise, demand and decision."""
    return frozenset(forms(COMMITTING))


@cache
def _closing() -> re.Pattern[str]:
    finite = (form for form in forms(_CLOSING_VERBS) if form not in _CLOSING_VERBS and not form.endswith("ing"))
    verbs = "|".join(sorted({"say", *finite}, key=len, reverse=True))
    before = rf"(?!(?:{_NEW_CLAUSE})\b)(?:[\w.’'-]+\s+){{1,8}}?(?:{verbs})\b"
    behind = rf"(?:{verbs})\s+(?:the|an?|(?!{_DAY})[A-Z][\w.’'-]*)\s"
    return re.compile(rf",[\"”’']*\s+(?:{before}|{behind})[^;]*\Z")


def closes_with_speaker(text: str) -> bool:
    """Says whether the rest of a sentence ends with an attribution, as `, she said Monday` or `, said Ms. Orr`."""
    return _closing().search(text[-_LONGEST_CLOSE:]) is not None


def head_token(doc: Any, span: Span) -> Any | None:
    """The token of a parsed block on which the words of a span depend."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return tokens.root if tokens is not None and len(tokens) else None


def is_said(token: Any, nouns: frozenset[str]) -> bool:
    """Says whether a token is part of what somebody says or undertakes, by a verb above it or a noun of saying.

    `nouns` are words such as `claim`, `plan` and `estimate`, whose complement is what is claimed, planned, estimated.
    """
    verbs = saying_forms()
    child = token
    for parent in token.ancestors:
        word = parent.lower_
        if word in verbs and parent.pos_ in ("VERB", "AUX") and _is_content(child, parent):
            return word in committing_forms() or not _is_faceless(parent)
        if word in nouns and parent.pos_ in ("NOUN", "PROPN") and child.dep_ in _NAMING and child.i > parent.i:
            return True
        if _has_parenthesis(parent, token, verbs):
            return True
        if _is_aside(child):
            return False
        child = parent
    return False


def _is_content(child: Any, verb: Any) -> bool:
    """Says whether what depends on a verb of saying is said, rather than who says it, when, or beside what."""
    if child.dep_ == "advcl" and child.tag_ == "VB" and any(word.tag_ == "TO" for word in child.children):
        return True  # `voted on Tuesday to sell`
    if child.dep_ in _SUBJECTS or child.dep_ in _BESIDE:
        return False
    if child.dep_ == "conj":
        return False
    if child.dep_ in ("dobj", "dative", "obj", "iobj") and verb.lower_ in _HEARD:
        return False
    if child.dep_ == "prep":
        return bool(child.i > verb.i and child.lower_ not in _OCCASION)
    return True


def _is_aside(clause: Any) -> bool:
    """Says whether a clause is a relative one set off by a comma, by which the writer speaks, whoever said the rest."""
    before = clause.left_edge.i - 1
    return bool(clause.dep_ == "relcl" and before >= 0 and clause.doc[before].is_punct)


def _is_faceless(verb: Any) -> bool:
    """Says whether a verb is passive and nobody does it: `losses are estimated at`, `lead was found in`."""
    roles = {child.dep_ for child in verb.children}
    return not roles.isdisjoint(("nsubjpass", "auxpass")) and "agent" not in roles


def _has_parenthesis(clause: Any, token: Any, verbs: frozenset[str]) -> bool:
    """Says whether a verb of saying is put into the clause: `as the mayor reported`, `, she said,`."""
    for child in clause.children:
        if child.lower_ not in verbs or child is token:
            continue
        if child.dep_ == "parataxis":
            return True
        if child.dep_ == "advcl" and any(word.lower_ == "as" and word.dep_ == "mark" for word in child.children):
            return True
    return False


def is_supposed(token: Any, forecasts: re.Pattern[str]) -> bool:
    """Says whether the clause of a token states no fact, but what should, could or would be, or a condition.

    What will be done to something (`pupils will be split`) is a plan, but not by whom. What a thing would cost, or a
    crop should fall to, is a forecast, and somebody made it: `forecasts` matches the verbs of these.
    """
    part = token
    for clause in token.ancestors:
        if clause.pos_ not in ("VERB", "AUX"):
            part = clause
            continue
        modal = next((child.lower_ for child in clause.children if child.tag_ == "MD"), "")
        if any(child.dep_ == "mark" and child.lower_ in _CONDITIONS for child in clause.children):
            return True
        if modal in _SUPPOSING and not (modal in _FORESEEING and forecasts.fullmatch(clause.text)):
            return True
        if modal == "will" and part.dep_ != "agent" and any(child.dep_ == "auxpass" for child in clause.children):
            return True
        part = clause
        if clause.dep_ in ("ROOT", "relcl", "conj", "parataxis"):
            return False
    return False


def is_told_to_do(token: Any) -> bool:
    """Says whether a token stands in an instruction: its main verb is bare and has no subject."""
    root = token.sent.root
    subject = any(
        child.dep_ in _SUBJECTS or child.tag_ in ("MD", "TO") or child.dep_ == "aux" for child in root.children
    )
    return bool(root.tag_ == "VB" and not subject)


def is_fragment(doc: Any, span: Span) -> bool:
    """Says whether the words of a span have no finite verb, as an item of a list often has none."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand") or ()
    return not any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in tokens)


def subjects_above(token: Any) -> Iterator[Any]:
    """The subjects of the verbs that a token depends on, from the nearest out."""
    for verb in token.ancestors:
        if verb.pos_ in ("VERB", "AUX"):
            for child in verb.children:
                if child.dep_ in ("nsubj", "nsubjpass") and not child.is_ancestor(token) and child is not token:
                    yield child


def compound(noun: Any) -> Iterator[Any]:
    """A noun and the nouns that make a compound with it: `state law`."""
    yield noun
    yield from (word for word in noun.lefts if word.dep_ == "compound")


def stands_against(token: Any, cue: Any) -> bool:
    """Says whether a cue stands in a clause set against the one with the token: `…, although a poll found …`."""
    for clause in (cue, *cue.ancestors):
        if clause.is_ancestor(token) or clause is token:
            return False
        if clause.dep_ in ("advcl", "conj") and any(word.lower_ in _AGAINST for word in clause.children):
            return True
    return False
