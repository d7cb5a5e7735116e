"""`edlint baseline`: what was found before and does not fail a run, written, shown and pruned."""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edlint.commands import INCOMPLETE, a_file, a_rule, config_option, put, tell
from edlint.errors import UsageError

if TYPE_CHECKING:
    from edlint.baseline import Baseline, Entry
    from edlint.linters import Linters

_ABOUT = """Keep what is found today from failing a run tomorrow.

write adds what is found in PATHS to .edlint-baseline, prune drops what has gone from it, show counts what it holds."""


@click.command("baseline", help=_ABOUT, short_help="Let what is found today not fail a run tomorrow.")
@click.argument("what", type=click.Choice(["write", "show", "prune"]), metavar="write|show|prune")
@click.argument("paths", nargs=-1, shell_complete=a_file)
@click.option("--select", multiple=True, metavar="RULE", shell_complete=a_rule, help="Only these rules.")
@config_option
def command(what: str, paths: tuple[str, ...], select: tuple[str, ...], config: str | None) -> None:
    from edlint.linters import Linters

    if what == "show" and select:
        raise UsageError("`edlint baseline show` shows all: --select is for write and prune")
    for path in paths:
        if not os.path.exists(path):
            raise UsageError(f"{path}: no such file or folder" if path != "-" else "standard input has no baseline")
    paths, linters = paths or (".",), Linters(config)
    if what == "show":
        _show(paths, linters)
    else:
        _rewrite(paths, config, select, linters, adding=what == "write")


def _rewrite(
    paths: tuple[str, ...], config: str | None, select: tuple[str, ...], linters: "Linters", *, adding: bool
) -> None:
    """Writes the baselines of the articles asked for anew, with what is found now or only without what has gone."""
    from edlint import baseline
    from edlint.asked import Request
    from edlint.finding import Severity
    from edlint.progress import Bar
    from edlint.run import run
    from edlint.store import cache_folder

    # What a house hides today is in the baseline, too: it may be shown tomorrow.
    request = Request(
        paths, config=config, select=select, min_severity=Severity.suggestion, cache=cache_folder(), baseline=False
    )
    with Bar() as bar:
        outcome = run(request, [baseline.Listing()], bar)
        found = {file.path: file.printed for file in outcome.reports[0].files}
    tell([*outcome.notes, *outcome.problems])
    if outcome.problems:  # a rule that did not run would seem to find nothing any more
        tell(["nothing is written: mend or exclude what could not be checked, and try again"])
        sys.exit(INCOMPLETE)
    for known, entries in _by_home(paths, found, linters):

        def is_article(name: str, folder: Path = known.path.parent) -> bool:
            path = folder / name
            return path.exists() and not linters.config(str(path)).excludes(path)

        new = baseline.renewed(known, entries, select, adding=adding, is_article=is_article)
        baseline.write(new)
        put(f"{_become(known, new)}\n")


def _by_home(
    paths: tuple[str, ...], found: Mapping[str, str], linters: "Linters"
) -> "list[tuple[Baseline, dict[str, list[Entry]]]]":
    """What is found in each article, by the baseline that holds for it; baselines of which nothing is found, too."""
    from edlint import baseline

    homes: dict[Path, tuple[Baseline, dict[str, list[Entry]]]]
    homes = {known.path: (known, {}) for known in _homes(paths, linters)}
    for path, listing in found.items():
        known = linters.baseline(path)
        _, entries = homes.setdefault(known.path, (known, {}))
        name = known.name(path)
        entries[name] = list(baseline.listed(listing, name))
    with_any = {path: home for path, home in homes.items() if home[1] or home[0].entries}
    return [home for _, home in sorted((with_any or homes).items())]


def _homes(paths: tuple[str, ...], linters: "Linters") -> "Iterator[Baseline]":
    """The baselines that hold for paths, and those in folders below them."""
    from edlint.baseline import FILE_NAME
    from edlint.files import is_passed_by

    for path in paths:
        if not os.path.isdir(path):
            yield linters.baseline(path)
            continue
        yield linters.baseline(os.path.join(path, "draft.md"))
        for here, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not is_passed_by(name))
            if FILE_NAME in names:
                yield linters.baseline(os.path.join(here, "draft.md"))


def _become(before: "Baseline", after: "Baseline") -> str:
    """What has become of a baseline, in a line."""
    from edlint.output import number

    added, gone = (sum((one.counted - other.counted).values()) for one, other in ((after, before), (before, after)))
    path = os.path.relpath(after.path)
    if not after.entries:
        return f"{path}: {gone} gone, none left, so the file is deleted" if gone else f"{path} is not there"
    findings = number(sum(after.counted.values()), "finding")
    return f"{path}: {findings} in {number(len(after.entries), 'article')}, {added} new, {gone} gone"


def _show(paths: tuple[str, ...], linters: "Linters") -> None:
    """Counts what baselines hold of the paths asked for, by rule and by article, the most first."""
    from edlint.output import number

    asked = [os.path.abspath(path) for path in paths]
    for known in {known.path: known for known in _homes(paths, linters)}.values():
        articles = ((name, os.path.join(known.path.parent, name)) for name in known.entries)
        below = {name for name, path in articles if any(Path(path).is_relative_to(one) for one in asked)}
        counts = Counter({entry: count for entry, count in known.counted.items() if entry.path in below})
        path = os.path.relpath(known.path)
        if not known.entries:
            put(f"{path} is not there: `edlint baseline write` writes what is found today\n")
            continue
        put(f"{path}: {number(counts.total(), 'finding')} in {number(len(below), 'article')}\n")
        for column in ("rule", "path"):
            by = Counter[str]()
            for entry, count in counts.items():
                by[getattr(entry, column)] += count
            put("\n" + "".join(f"{count:7}  {name}\n" for name, count in by.most_common()))
