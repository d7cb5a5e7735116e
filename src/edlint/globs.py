"""Globs as Vale has them, as lines of .gitignore.

`*` stands for anything, folders included, unless the glob has `**` in it: then that does, and `*` stays within a
folder. `{a,b}` is a choice and `!` before the whole glob turns it around. A newcomer would rewrite `*` as `**`, which
.gitignore reads so only where it stands for whole folders; within a name it takes two lines.
"""

import re
from collections.abc import Iterator
from itertools import product

_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]|\*+|.")


def lines(glob: str) -> tuple[str, ...]:
    """Gives the lines for a glob, of which the last one that matches a path decides; raises ValueError."""
    plain = glob.removeprefix("!").removeprefix("./")
    if not plain:
        raise ValueError("names no files")
    deep = "**" in plain
    found = dict.fromkeys(line for choice in _choices(plain) for line in _lines(choice, deep=deep))
    return ("*", *(f"!{line}" for line in found)) if is_turned(glob) else tuple(found)


def is_turned(glob: str) -> bool:
    """Says whether a glob stands for the files that it does not name."""
    return glob.startswith("!")


def _choices(glob: str) -> Iterator[str]:
    """The globs without braces that one with braces stands for."""
    tokens = _TOKEN.findall(glob)
    if "[" in tokens:
        raise ValueError("has a '[' without its ']'")
    if "{" not in tokens:
        if "}" in tokens:
            raise ValueError("has a '}' without its '{'")
        yield glob
        return
    start = tokens.index("{")
    choices, depth = [""], 0
    for end, token in enumerate(tokens[start:], start):
        depth += (token == "{") - (token == "}")
        if depth == 0:
            break
        if token == "," and depth == 1:
            choices.append("")
        elif end > start:
            choices[-1] += token
    else:
        raise ValueError("has a '{' without its '}'")
    before, after = "".join(tokens[:start]), "".join(tokens[end + 1 :])
    for choice in choices:
        yield from _choices(before + choice + after)


def _lines(glob: str, *, deep: bool) -> Iterator[str]:
    """The lines for a glob without braces; `deep` ones have a sign of their own for folders."""
    tokens = _TOKEN.findall(glob.strip("/") if deep else glob.lstrip("/"))
    if deep:
        yield _anchored("".join(tokens))
        return
    around = zip(["/", *tokens], tokens, [*tokens[1:], ""], strict=False)
    parts = [_star(before, after) if token[0] == "*" else (token,) for before, token, after in around]
    yield from (_anchored("".join(choice)) for choice in product(*parts))


def _star(before: str, after: str) -> tuple[str, ...]:
    """What stands for anything between two neighbours, of which `/` is the edge of a folder's name, none the end."""
    if after == "/":
        return ("*/**",)
    if not after:
        return ("**" if before == "/" else "*",)
    return ("**/*",) if before == "/" else ("*", "*/**/*")


def _anchored(line: str) -> str:
    if line in ("**", "*"):
        return line[:1]
    bare = line.removeprefix("**/")
    if bare != line:
        return line if "/" in bare else re.sub(r"\A[!#]", r"\\\g<0>", bare)
    return f"/{line}"
