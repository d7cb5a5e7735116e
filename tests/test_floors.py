"""The plan of the house: imports go down only, and some libraries have one door each."""

import ast
from collections.abc import Iterator
from pathlib import Path

import edlint

HOUSE = Path(edlint.__file__).parent
# From the ground up; docs/design.md says what lives where. A room may import from lower floors only. In the analysis,
# whose rooms ask one another, a later room may import an earlier one.
FLOORS: list[set[str]] = [
    {"text", "errors"},
    {"finding", "article"},
    {"scope", "revision", "written", "git", "patch"},
    {"settings", "markup", "html_tokens"},
    {"literals", "dialect", "store", "affixes", "ini", "globs"},
    {"effort"},
    {"pattern", "formula", "hypertext", "front_matter", "examples", "dictionaries"},
    {"action", "condition", "inflections", "scanner"},
    {"rule"},
    {"readers", "rulebook", "sources", "terms"},
    {"house", "vocabularies", "masks", "companions"},
    {"edlint_yml", "vale_ini"},
    {"config", "notation"},
    {"starter"},
    {
        "analysis.suppressions",
        "analysis.language",
        "analysis.casing",
        "analysis.sentences",
        "analysis.syllables",
        "analysis.wordlist",
        "analysis.edits",
        "analysis.speech",
    },
    {"analysis.marks", "analysis.terms", "analysis.tagged", "analysis.suggestions"},
    {"analysis.pairing"},
    {"analysis.quotations", "analysis.dates", "analysis.numbers", "analysis.names"},
    {"analysis.bearers", "analysis.years", "analysis.variety", "analysis.titles"},
    {"analysis.compounds", "analysis.attribution", "analysis.views", "analysis.measures"},
    {"analysis.scan"},
    {"providers"},
    {"kinds"},
    {"rule_keys", "remedies"},
    {"ruleset", "findings"},
    {"engine"},
    {"layout", "marked"},
    {"proof"},
    {
        "files",
        "workers",
        "output",
        "explanation",
        "name_list",
        "reasons",
        "schema",
        "progress",
        "basis",
        "results",
        "baseline",
        "changes",
        "fixing",
    },
    {"linters", "rule_test", "passage", "checks"},
    {"asked"},
    {"run"},
    {"lsp"},
    {"commands"},
    {"cli"},
]
DOORS = {"spacy": "analysis.language", "pyromark": "readers", "yaml": "settings front_matter", "regex": "pattern kinds",
         "click": "cli commands", "pathspec": "house files", "platformdirs": "store", "proselint": "providers",
         "ahocorasick_rs": "scanner", "rapidfuzz": "analysis.suggestions analysis.edits", "pygls": "lsp", "lsprotocol": "lsp"}  # fmt: skip


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(HOUSE.rglob("*.py")):
        name = ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")
        if name not in ("__init__", "__main__"):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def room(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "analysis" and len(parts) > 1 else parts[0]


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_module(target: str) -> bool:
    return HOUSE.joinpath(*target.split(".")[1:]).with_suffix(".py").is_file()


def test_every_room_stands_on_a_floor() -> None:
    rooms = {room(name) for name, _ in modules()} - {"analysis"}
    assert rooms == set().union(*FLOORS)


def test_imports_go_down_only() -> None:
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    wrong = [
        f"{name} imports {target}"
        for name, tree in modules()
        for target in imported(tree)
        if target.startswith("edlint.")
        and (there := room(target.removeprefix("edlint."))) in floor
        and there != room(name)
        and room(name) in floor
        and floor[there] >= floor[room(name)]
    ]
    assert wrong == []


def test_kinds_formats_and_commands_do_not_import_each_other() -> None:
    folders = ("edlint.commands.", "edlint.kinds.", "edlint.output.")
    wrong = [
        f"{name} imports {target}"
        for name, tree in modules()
        for target in imported(tree)
        if target.startswith(folders) and name.partition(".")[0] == target.split(".")[1] and _is_module(target)
    ]
    assert wrong == []


def test_a_library_has_its_doors() -> None:
    wrong = [
        f"{name} imports {target}"
        for name, tree in modules()
        for target in imported(tree)
        if (library := target.partition(".")[0]) in DOORS and room(name) not in DOORS[library].split()
    ]
    assert wrong == []
