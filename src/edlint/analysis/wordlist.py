"""What English dictionaries know: ordinary words, proper names as far as they list them, short forms of given names.

The words are sorted files in `data/`, read when first asked and searched as they are: to ask of a few words costs less
than to parse a table of seventy thousand. `data/README.md` says where they come from.
"""

from functools import cache, lru_cache
from importlib import resources


@lru_cache(4096)
def is_word(word: str) -> bool:
    """Says whether an ordinary word of four letters or more, in lower case, is in the dictionary, as it stands."""
    return _holds("words.txt", word)


@lru_cache(4096)
def is_name(name: str) -> bool:
    """Says whether a name of four letters or more, with its capital, is in the dictionary."""
    return _holds("proper.txt", name)


def is_given_word(name: str) -> bool:
    """Says whether a folded word, ordinary or a place, is well known as a given name too: dale, grace, mark."""
    return name in _given_words()


@cache
def _given_words() -> frozenset[str]:
    return frozenset(resources.files("edlint.analysis").joinpath("data", "given.txt").read_text("utf-8").split())


def nicknames(name: str) -> frozenset[int]:
    """Gives the families of given names (`david dave`) that a folded name belongs to: one in common, one person."""
    return _nicknames().get(name, frozenset())


@cache
def _nicknames() -> dict[str, frozenset[int]]:
    families = resources.files("edlint.analysis").joinpath("data", "nicknames.txt").read_text("utf-8").splitlines()
    found: dict[str, frozenset[int]] = {}
    for number, family in enumerate(families):
        for name in family.split():
            found[name] = found.get(name, frozenset()) | {number}
    return found


@cache
def _lines(file: str) -> bytes:
    return b"\n" + resources.files("edlint.analysis").joinpath("data", file).read_bytes()


def _holds(file: str, word: str) -> bool:
    """Bisects the file's lines, which stand in the order of their bytes."""
    lines, line = _lines(file), word.encode()
    low, high = 0, len(lines) - 1
    while low < high:
        start = lines.rfind(b"\n", 0, (low + high) // 2 + 1)
        end = lines.find(b"\n", start + 1)
        found = lines[start + 1 : end]
        if found == line:
            return True
        if found < line:
            low = end
        else:
            high = start
    return False
