"""Companions: the files that a rule names, such as dictionaries, and the folders in which they are looked for.

A rule names them by their way from the folder of styles. A newcomer would look there alone: a house need not have said
which folder that is, so the folders from the rule's own file upward count, too.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from edlint import rulebook
from edlint.article import Article
from edlint.errors import ModelError
from edlint.rule import Rule

if TYPE_CHECKING:
    from edlint.affixes import Affixes

DICTIONARIES = "config/dictionaries"
_NEAR = 4  # folders from a rule's file upward


def roots(styles: Path | None, rule: Rule) -> tuple[Path, ...]:
    """Gives the folders: that of the styles, as far as known, then from the rule's file and those it extends upward."""
    return tuple(dict.fromkeys(_roots(styles, rule)))


def _roots(styles: Path | None, rule: Rule) -> Iterator[Path]:
    if styles is not None:
        yield styles
    for path in (Path(rule.origin.path), *rule.origin.bases):
        if rule.origin.path and not path.resolve().is_relative_to(rulebook.built_in()):
            yield from (path.parent.parent, path.parent, *path.resolve().parents[2:_NEAR])


def folders(name: str, roots: Sequence[Path]) -> list[Path]:
    """Gives the folders of a name below any of the roots."""
    return [folder for root in roots if (folder := below(root, name)) and folder.is_dir()]


def file(name: str, roots: Sequence[Path]) -> Path | None:
    """Gives the first file of a name below the roots, None where there is none."""
    return next((path for root in roots if (path := below(root, name)) and path.is_file()), None)


def below(root: Path, name: str) -> Path | None:
    """Gives the path below a folder, also where the case of its parts is another, as many file systems have it."""
    path = root
    for part in PurePath(name).parts:
        if not (path / part).exists() and path.is_dir():
            part = next((one.name for one in sorted(path.iterdir()) if one.name.lower() == part.lower()), part)
        path /= part
    return path if path.exists() else None


def looked_for(roots: Sequence[Path]) -> str:
    """Says where files were looked for."""
    return f" (looked for in {roots[0]})" if roots else ""


def affixes_of(styles: Path | None, rule: Rule) -> list[Path]:
    """Gives the files of the affixes that a rule may name; some kinds let it."""
    name = getattr(rule.options, "affix", "")
    looked_in = folders(DICTIONARIES, roots(styles, rule)) if name else []
    return [found for folder in looked_in if (found := folder / f"{name}.aff").is_file()]


def options_of(article: Article, rule: Rule) -> Any:
    """Gives the options of a rule that may name affixes, its words with flags written out by them.

    Raises ModelError where there are no such affixes, or a flag is none of theirs.
    """
    if not rule.options.affix:
        return rule.options
    try:
        return rule.options.without_flags(_affixes(rule.options.affix, roots(article.styles_path, rule)))
    except ValueError as error:
        raise ModelError(f"affix: {error}") from error
    except OSError as error:
        raise ModelError(f"cannot read {error.filename}: {error.strerror}") from error


def _affixes(name: str, roots: Sequence[Path]) -> "Affixes":
    from edlint import dictionaries  # which few rules need

    found = dictionaries.affixes_named(name, folders(DICTIONARIES, roots))
    if found is None:
        raise ModelError(f"affix: no '{name}.aff' in {DICTIONARIES}{looked_for(roots)}")
    return found
