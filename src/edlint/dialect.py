r"""Expressions as published rules write them, which is .NET's way, in the notation of the `regex` package.

Where both mean the same, nothing changes. What is written anew: `(?'n'…)`, `\k<n>`, `(?n)`, `\cA`, `\e`, `\z`, `\Z`,
`\x{2014}`, `\Q…\E`, a class taken from a class (`[a-z-[aeiou]]`), and what `regex` alone takes for more than text: `[`
or a doubled sign in a class, `{` that counts nothing.
"""

import re

_SOUND = re.compile(
    r"(?P<one>[\w \-',’&/@%!:;\"“”—–.<>=~#\n]+|\\[dDwWsS]|\\[^\w\s]"
    r"|\[\^?-?(?:\\[dDwWsS]|\\[^\w\s]|(?:a-z|A-Z|0-9)(?!-[^\]])|[\w ,.;:!?'\"’‘“”—–/%$@#*+()\n](?!-[^\]]))+-?\])"
    r"|(?P<open>\((?:\?(?::|<?[=!]))?(?!\?))|(?P<close>\))|\||\^|\$|\\[bB]|\(\?[im]{1,2}\)",
)
_REPEATED = re.compile(r"(?:[*+?]|\{(?P<least>\d{1,3})(?:,(?P<most>\d{0,3}))?\})[+?]?")
_SIGNS = re.compile(r"[\\\[{]|\(\?")
_ATOM = re.compile(
    r"\\Q(?P<quoted>.*?)(?:\\E|\Z)"
    r"|\\k(?:<(?P<back>\w+)>|'(?P<back_>\w+)'|\{(?P<back__>\w+)\})"
    r"|\\c(?P<control>[A-Za-z])"
    r"|\\x\{(?P<hex>[0-9a-fA-F]{1,6})\}"
    r"|\\[pP]\{[^}]*\}|\\."
    r"|\(\?'(?P<name>\w+)'"
    r"|\(\?(?P<flags>[a-zA-Z]*-?[a-zA-Z]*)(?P<flags_end>[:)])"
    r"|\(\?#[^)]*\)"
    r"|\((?P<plain>(?!\?))"
    r"|\{\d+(?:,\d*)?\}|(?P<brace>\{)"
    r"|(?P<class>\[)"
    r"|.",
    re.DOTALL,
)
_IN_CLASS = re.compile(
    r"\\c(?P<control>[A-Za-z])|\\x\{(?P<hex>[0-9a-fA-F]{1,6})\}|\\[pP]\{[^}]*\}|\\."
    r"|(?P<posix>\[:\^?\w+:\])|(?P<subtracted>-\[)|(?P<open>\[)|(?P<close>\])|(?P<doubled>--|&&|\|\||~~)|.",
    re.DOTALL,
)
_ESCAPES = {r"\z": r"\Z", r"\Z": r"(?=\n?\Z)", r"\e": r"\x1b"}


def is_sound(expression: str) -> bool:
    """Says whether an expression is made of nothing but what is surely right, in any notation.

    One that is not need not be wrong: that shows when it is compiled, which takes a hundred times as long.
    """
    around = list[bool]()  # the open groups, and whether they look around, which cannot be repeated
    at = 0
    while match := _SOUND.match(expression, at):
        at = match.end()
        if match["open"]:
            around.append(match["open"] not in ("(", "(?:"))
        elif match["close"] and (not around or (around.pop() and _REPEATED.match(expression, at))):
            return False
        if (match["close"] or match["one"]) and (repeated := _REPEATED.match(expression, at)):
            at = repeated.end()
            if repeated["most"] and int(repeated["most"]) < int(repeated["least"]):
                return False
    return at == len(expression) and not around


def translated(expression: str) -> str:
    """Gives an expression in the notation of `regex`; one that is wrong comes out wrong in the same way."""
    if not _SIGNS.search(expression):
        return expression
    found, at, named_only = [], 0, False
    while match := _ATOM.match(expression, at):
        if match["class"]:
            written, at = _class(expression, match.end())
            found.append(written)
            continue
        if match["flags_end"] and "n" in match["flags"].partition("-")[0]:
            named_only = True
        if match["plain"] is not None and named_only:
            found.append("(?:")
        else:
            found.append(_written(match))
        at = match.end()
    return "".join(found)


def _written(match: re.Match[str]) -> str:
    atom, groups = match[0], match.groupdict()
    if groups["quoted"] is not None:
        return re.escape(groups["quoted"])
    if name := groups["back"] or groups["back_"] or groups["back__"]:
        return rf"(?:\{name})" if name.isdigit() else f"(?P={name})"
    if groups["name"]:
        return f"(?P<{groups['name']}>"
    if groups["brace"]:
        return r"\{"
    if groups["flags_end"]:
        flags = groups["flags"].replace("n", "")
        return "" if flags in ("", "-") and groups["flags_end"] == ")" else f"(?{flags}{groups['flags_end']}"
    return _character(match) or _ESCAPES.get(atom, atom)


def _character(match: re.Match[str]) -> str | None:
    """A character written by its code, None where the match is something else."""
    if match["control"]:
        return rf"\x{ord(match['control'].upper()) - 64:02x}"
    return rf"\U{int(match['hex'], 16):08x}" if match["hex"] else None


def _class(expression: str, at: int) -> tuple[str, int]:
    """The class that opens before a place, and where it ends."""
    negated = expression.startswith("^", at)
    at += negated
    found = list[str]()
    if expression.startswith("]", at):
        found, at = [r"\]"], at + 1
    without = ""
    while match := _IN_CLASS.match(expression, at):
        at = match.end()
        if match["close"]:
            break
        if match["subtracted"]:
            without, at = _class(expression, at)
        elif match["open"]:
            found.append(r"\[")
        elif match["doubled"]:
            found.append(f"{match[0][0]}\\{match[0][1]}")
        else:
            found.append(_character(match) or (r"\x1b" if match[0] == r"\e" else match[0]))
    else:
        return "[" + "^" * negated + "".join(found), len(expression)
    inner = f"[{'^' * negated}{''.join(found)}]"
    return (f"[{inner}--{without}]" if without else inner), at
