"""How many syllables an English word has, by its spelling.

Counted is as scores of readability are used to: by letters, not by sound. A beginning and an ending that are syllables
of their own are taken off (`over-`, `-ness`); in what is left a run of vowels is a syllable, a silent `e` is none, and
some vowels are spoken apart (`me-di-a`). A pronouncing dictionary says otherwise of 3 words in 100 (`session` has three
syllables here, `create` one); but scores can be held against each other only where all count alike, and Vale counts so.
"""

import re
from functools import lru_cache

# Words with a spoken `e` at the end, and some more that the rules get wrong.
_KNOWN = dict.fromkeys("adobe apache coyote karate recipe sesame simile".split(), 3)
_KNOWN |= {"facsimile": 4, "hyperbole": 4, "yosemite": 4, "business": 2, "jesse": 2, "maybe": 2, "people": 2}
_VOWELS = re.compile("[aeiouy]+")
# Syllables of their own: as many as the number of the group says.
_BEGINNING = re.compile(
    r"^(?:(fore|none?|pre|pro|side|un|ware)|(ante|anti|extra|infra|inter|intra|macro|micro|nano|over|ultra|above|afore))"
)
_ENDING = re.compile(
    r"(?:(?<!ful)(ly|less|some|ful|ness|ers?|cians?|ments?|ettes?|villes?|sides?|ships?|tion(?:ed)?)"
    r"|(fully|berry|wom[ae]n)|(olog(?:y|ists?)))$"
)
# The consonants that a silent `e` stands after: before nothing else, before `d` and before `s`.
_AFTER = "[bfklmnprvy]|ch|g[hn]|l[lv]|mm|nn|r[nsv]|s[ckls]|squ|th"
_SILENT = re.compile(
    rf"""
      (?<=[aeiouy])(?:{_AFTER}|[cdgstz]|dg|n[cg]|rc|st)e$            # name; not table, taste is one
    | (?<=[aeiouy])(?:{_AFTER}|[cgz]|dg|lch|n[cg]|nch|rc)ed$         # named, launched; not used, picked
    | (?<=.)(?!sh)[fhjkmnpqrsvwxz]{{2,}}ed$                          # worked, jumped
    | (?<=[aeiouy])(?:{_AFTER}|[dt]|lch|nch|st)es$                   # names; not cases
    | (?<=s)i(?=a$) | (?<=[ao]g)u(?=e$)                              # Asia, dialogue
    """,
    re.VERBOSE,
)
# A vowel that is spoken apart from the one beside it, or a consonant that is a syllable.
_APART = re.compile(
    r"""
      (?<![st])(?!(?<=c)ia(?:l|$))i(?=a)                             # media; not special, initial
    | (?<![aeiouy][^aeiouy])i(?=on) | i(?=o(?!n)|[iu])               # section, radio; not nation
    | (?<=r)i(?=et) | (?<=d)i(?=en) | (?<=[^l]l)i(?=en) | i(?=ell)   # variety, audience, client
    | (?<=[^aeiouy])i(?=e(?:r|st|t)$)                                # easiest
    | e(?=o(?![aeiou])) | (?<=d)e(?=a$) | (?<=r)e(?=al)              # video, idea, reality
    | e(?=ings?$) | (?<=[aeiouy]sh)e(?=s$)                           # seeing, wishes
    | [ou](?=a$) | (?<=^c)o(?=a[dglx].) | (?<=[^gjoq])u(?=a[^aeiou]) | u(?=en|ity$)      # usual, fluent
    | (?<=[aeiou])y(?=[aeiou]) | (?<=[^aeiou])y(?=[ae])              # player, dryad
    | (?<=[aeiou]{2})(?<![aeiou]{3})(?!(?<=io)u|(?<=ea)u|(?<=ua)i|(?<=eo)us$)[aeiou]  # previous; not beauty
    | (?<=[ai])s(?=m$) | (?<=[aeiouym]b)l$ | (?<=^m)c                # journalism, enabler, McNeil
    """,
    re.VERBOSE,
)


@lru_cache(8192)
def syllables(word: str) -> int:
    """Counts the syllables of a word; one at least, whatever stands in it."""
    letters = word.lower()
    if letters in _KNOWN or len(letters) <= 2:
        return _KNOWN.get(letters, 1)
    found, stem = 0, letters
    for affix in (_BEGINNING, _ENDING):
        if taken := affix.search(stem):
            found += taken.lastindex or 0
            stem = affix.sub("", stem)
    found += len(_VOWELS.findall(stem)) + len(_APART.findall(stem)) - len(_SILENT.findall(stem))
    return max(found, 1)
