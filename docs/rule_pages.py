"""Writes the pages of the built-in rules and kinds from what these say themselves: `make pages`.

A test holds the pages to what this would write, so that they cannot fall behind.
"""

import dataclasses
import inspect
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from edlint import examples, kinds, rulebook
from edlint.rule import Rule
from edlint.rule_keys import make
from edlint.settings import keys_of

DOCS = Path(__file__).parent
NOTE = "<!-- Written by docs/rule_pages.py from the rule files: change those, then run `make pages`. -->"
ABOUT = {
    "British": "British newspaper style, for articles that are British: by their front matter, or by what they spell.",
    "Copy": "What is wrong in any house.",
    "Edlint": "What edlint says of comments that allow findings; it runs whatever the styles of a house.",
    "Facts": "What a fact-checker marks.",
    "Newswire": "American news style.",
    "Proselint": "What [proselint](https://github.com/amperser/proselint) finds, filtered.",
    "Vale": "What a `.vale.ini` knows as the style Vale: spelling, and the house's vocabulary. Off by default.",
}


def pages() -> dict[Path, str]:
    """Gives every page, by the path that it belongs to."""
    files, problems = rulebook.read(rulebook.paths_below(rulebook.built_in()))
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    rules = sorted((rule for file in files if (rule := make(file)[0])), key=lambda rule: rule.name)
    styles = {style: list(of_it) for style, of_it in groupby(rules, key=lambda rule: rule.name.partition(".")[0])}
    found = {DOCS / "rules" / f"{style}.md": "\n".join(_style(style, of_it)) for style, of_it in styles.items()}
    found[DOCS / "rules" / "README.md"] = "\n".join(_index(styles))
    found[DOCS / "kinds.md"] = "\n".join(_kinds())
    return found


def _index(styles: dict[str, list[Rule]]) -> Iterator[str]:
    yield from (NOTE, "", "# Built-in rules", "")
    for style, rules in styles.items():
        yield from (f"## [{style}]({style}.md)", "", ABOUT[style], "", "| rule | kind | level |", "| --- | --- | --- |")
        for rule in rules:
            name = rule.name.partition(".")[2]
            level = rule.severity.name if rule.enabled else f"off (then {rule.severity.name})"
            yield f"| [{name}]({style}.md#{name.lower()}) | {rule.kind} | {level} |"
        yield ""


def _style(style: str, rules: list[Rule]) -> Iterator[str]:
    yield from (NOTE, "", f"# {style}", "", ABOUT[style], "")
    for rule in rules:
        yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    off = "" if rule.enabled else "; off until a house turns it on"
    yield from (
        f"## {rule.name.partition('.')[2]}",
        "",
        f"`{rule.name}`, {rule.severity.name}{off}; kind `{rule.kind}`.",
        "",
    )
    yield from (rule.description.strip(), "")
    if rule.link:
        yield from (f"See <{rule.link}>.", "")
    text = rulebook.text_of(Path(rule.origin.path))
    found = examples.read(text)
    for heading, silent in (("Finds", False), ("Leaves alone", True)):
        yield from (f"{heading}:", "", "```text")
        yield "\n\n".join(_example(example) for example in found if example.is_silent is silent)
        yield from ("```", "")


def _example(example: examples.Example) -> str:
    words, end = "", 0
    for span in example.expected:
        words += f"{example.text[end : span.start]}⟦{example.text[span.start : span.end]}⟧"
        end = span.end
    words += example.text[end:]
    return words if example.fixed is None else f"{words}\n→ {example.fixed}"


def _kinds() -> Iterator[str]:
    yield from (
        NOTE,
        "",
        "# Kinds of rules",
        "",
        "What every rule may have besides stands in [Writing a rule](rules.md).",
        "",
    )
    for name in kinds.known():
        kind = kinds.kind(name)
        heading, _, rest = inspect.cleandoc(kind.__doc__ or "").partition("\n")
        yield from (f"## {name}", "", heading.removeprefix(f"{name}: ").capitalize(), rest.rstrip(), "")
        yield from ("| key | type | default |", "| --- | --- | --- |")
        types = inspect.get_annotations(kind.Options)
        defaults = {field.name: field for field in dataclasses.fields(kind.Options)}
        for key, field in keys_of(kind.Options).items():
            yield f"| `{key}` | {_type(types[field])} | {_default(defaults[field])} |"
        yield ""
        faults = getattr(kind, "FAULTS", ())
        if faults:
            yield from (f"Faults: {', '.join(f'`{fault}`' for fault in faults)}.", "")


def _type(annotation: object) -> str:
    told = re.sub(r"collections\.abc\.|typing\.|edlint\.kinds\.\w+\.", "", inspect.formatannotation(annotation))
    return f"`{told}`".replace("|", "\\|")


def _default(field: "dataclasses.Field[object]") -> str:
    if field.default is dataclasses.MISSING:
        return "required" if field.default_factory is dataclasses.MISSING else "empty"
    if field.default in ((), "", None):
        return "none"
    shown = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
    return f"`{shown}`".replace("|", "\\|") if len(shown) < 60 else "see the rule"


if __name__ == "__main__":
    wanted = pages()
    for path in DOCS.joinpath("rules").glob("*.md"):
        if path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
