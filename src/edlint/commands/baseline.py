"""`edlint baseline`: what was found before and does not fail a run, written, shown and pruned."""

import os
import sys
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from edlint.commands import INCOMPLETE, a_file, a_rule, config_option, put, tell
from edlint.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from edlint.baseline import Baseline, Entry
    from edlint.run import Request

_ABOUT = """Keep what is found today from failing a run tomorrow.

write adds what is found in PATHS to .edlint-baseline, prune drops what has gone from it, show counts what it holds."""


@click.command("baseline", help=_ABOUT, short_help="Let what is found today not fail a run tomorrow.")
@click.argument("what", type=click.Choice(["write", "show", "prune"]), metavar="write|show|prune")
@click.argument("paths", nargs=-1, shell_complete=a_file)
@click.option("--select", multiple=True, metavar="RULE", shell_complete=a_rule, help="Only these rules.")
@config_option
def command(what: str, paths: tuple[str, ...], select: tuple[str, ...], config: str | None) -> None:
    from edlint.run import Request
    from edlint.store import cache_folder

    if what == "show" and select:
        raise UsageError("`edlint baseline show` shows all: --select is for write and prune")
    request = Request(paths or (".",), config=config, select=select, cache=cache_folder())
    if what == "show":
        _show(request)
    else:
        _rewrite(request, adding=what == "write")


def _rewrite(request: "Request", *, adding: bool) -> None:
    """Writes the baselines of the articles asked for anew, with what is found now or only without what has gone."""
    from edlint import baseline
    from edlint.progress import Bar
    from edlint.run import run

    with Bar() as bar:
        outcome = run(request, [baseline.Listing()], bar)
        found = {file.path: file.printed for file in outcome.reports[0].files}
    tell([*outcome.notes, *outcome.problems])
    if outcome.problems:  # a rule that did not run would seem to find nothing any more
        tell(["nothing is written: mend or exclude what could not be checked, and try again"])
        sys.exit(INCOMPLETE)
    for known, entries in _by_home(request, found):
        new = baseline.renewed(known, entries, request.select, adding=adding)
        baseline.write(new)
        put(f"{_told(known, new)}\n")


def _by_home(request: "Request", found: Mapping[str, str]) -> "list[tuple[Baseline, dict[str, list[Entry]]]]":
    """What is found in each article, by the baseline that holds for it; also where nothing was checked, its own."""
    from edlint import baseline
    from edlint.linters import Linters

    linters = Linters(request.config)
    homes: dict[Path, tuple[Baseline, dict[str, list[Entry]]]] = {}
    for path in found or request.paths:
        known = linters.baseline(os.path.join(path, "draft.md") if os.path.isdir(path) else path)
        _, entries = homes.setdefault(known.path, (known, {}))
        if path in found:
            name = known.name(path)
            entries[name] = list(baseline.listed(found[path], name))
    return [homes[path] for path in sorted(homes)]


def _told(before: "Baseline", after: "Baseline") -> str:
    """What has become of a baseline, in a line."""
    from edlint.output import number

    added, gone = (sum((one.counted - other.counted).values()) for one, other in ((after, before), (before, after)))
    path = os.path.relpath(after.path)
    if not after.entries:
        return f"{path}: {gone} gone, none left, so the file is" + (" deleted" if before.entries else " not there")
    findings = number(sum(after.counted.values()), "finding")
    return f"{path}: {findings} in {number(len(after.entries), 'article')}, {added} new, {gone} gone"


def _show(request: "Request") -> None:
    """Counts what the baselines of the paths asked for hold, by rule and by article, the most first."""
    from edlint.linters import Linters
    from edlint.output import number

    linters = Linters(request.config)
    for known in dict.fromkeys(linters.baseline(os.path.join(path, "draft.md")) for path in request.paths):
        counts = known.counted
        if not counts:
            put(f"{os.path.relpath(known.path)} is not there: `edlint baseline write` writes what is found today\n")
            continue
        total = sum(counts.values())
        put(f"{os.path.relpath(known.path)}: {number(total, 'finding')} in {number(len(known.entries), 'article')}\n")
        for column in ("rule", "path"):
            by = Counter[str]()
            for entry, count in counts.items():
                by[getattr(entry, column)] += count
            put("\n" + "".join(f"{count:7}  {name}\n" for name, count in by.most_common()))
