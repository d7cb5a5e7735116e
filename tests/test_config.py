"""The configuration: one file, one order."""

import os

import pytest

DATE = "We met on January 18th.\n"


def found(ran) -> list[tuple[str, str]]:
    return [(finding["rule"], finding["severity"]) for finding in ran.findings]


def test_the_nearest_file_wins_up_to_the_root_of_the_repository(edlint, write) -> None:
    write(".edlint.yml", "styles: [Newswire]\nrules: {Newswire.DateFormat: error}\n")
    write("news/.edlint.yml", "styles: [Newswire]\nrules: {Newswire.DateFormat: suggestion}\n")
    write("other/.git/HEAD", "")
    for name in ("a.md", "news/deep/b.md", "other/c.md"):
        write(name, DATE)
    ran = edlint("--format", "json", ".")
    severities = {file["path"]: file["findings"][0]["severity"] for file in ran.report["files"]}
    expected = {
        "a.md": "error",
        os.path.join("news", "deep", "b.md"): "suggestion",
        os.path.join("other", "c.md"): "warning",
    }
    assert severities == expected


def test_the_last_match_wins_and_paths_come_after_rules(edlint, write) -> None:
    write(".edlint.yml", "styles: [Newswire]\nrules: {Newswire.*: error, Newswire.DateFormat: suggestion}\n"
                         "paths: {'opinion/**': {Newswire.DateFormat: off}}\n")  # fmt: skip
    for name in ("a.md", "opinion/b.md"):
        write(name, DATE)
    ran = edlint("--format", "json", ".")
    assert [len(file["findings"]) for file in ran.report["files"]] == [1, 0]
    assert found(ran) == [("Newswire.DateFormat", "suggestion")]


def test_a_house_gives_options_without_touching_the_rule(edlint, write) -> None:
    write(
        ".edlint.yml", "styles: [Newswire]\nrules:\n  Newswire.DateFormat: {severity: error, format: 'd MMMM yyyy'}\n"
    )
    ran = edlint("--format", "json", "-", stdin="On 18 January 2020, not on Jan. 18, 2020.\n")
    assert [(f["match"], f["severity"]) for f in ran.findings] == [("Jan. 18, 2020", "error")]


def test_extends_replaces_lists_and_appends_rules(edlint, write) -> None:
    write("base.yml", "styles: [Newswire]\nexclude: [x.md]\nfail-on: never\nrules: {Newswire.DateFormat: error}\n")
    write(".edlint.yml", "extends: base.yml\nexclude: [y.md]\n")
    for name in ("x.md", "y.md"):
        write(name, DATE)
    ran = edlint("--format", "json", ".")
    assert [file["path"] for file in ran.report["files"]] == ["x.md"]
    assert found(ran) == [("Newswire.DateFormat", "error")]
    assert ran.code == 0


def test_paths_are_relative_to_the_file_that_says_them(edlint, write) -> None:
    write("shared/style/House/Plain.yml", "extends: existence\nmessage: avoid '%s'\ntokens: [utilize]\n")
    write("shared/base.yml", "styles: [style/House]\n")
    write("site/.edlint.yml", "extends: ../shared/base.yml\n")
    write("site/a.md", "We utilize it.\n")
    assert found(edlint("--format", "json", "site")) == [("House.Plain", "warning")]


def test_config_names_one_file_for_all(edlint, write) -> None:
    write("x.yml", "styles: [Newswire]\nrules: {Newswire.DateFormat: error}\n")
    write(".edlint.yml", "nonsense: true\n")
    write("a.md", DATE)
    assert found(edlint("--format", "json", "--config", "x.yml", "a.md")) == [("Newswire.DateFormat", "error")]


def test_fail_on_of_the_file_yields_to_the_command_line(edlint, write) -> None:
    write(".edlint.yml", "styles: [Newswire]\nfail-on: error\n")
    write("a.md", DATE)
    assert edlint("a.md").code == 0
    assert edlint("--fail-on", "warning", "a.md").code == 1


def test_a_rule_that_is_off_until_asked_for_is_turned_on(edlint, write) -> None:
    write("House/Plain.yml", "extends: existence\nmessage: avoid '%s'\nenabled: false\ntokens: [utilize]\n")
    write("a.md", "We utilize it.\n")
    for setting, expected in (("{}", []), ("{House.Plain: on}", ["warning"]), ("{House.*: error}", ["error"])):
        write(".edlint.yml", f"styles: [House]\nrules: {setting}\n")
        assert [f["severity"] for f in edlint("--format", "json", "a.md").findings] == expected


def test_a_severity_of_the_house_holds_for_every_fault(edlint, write) -> None:
    write(".edlint.yml", "rules: {Copy.UnbalancedQuotes: suggestion}\n")
    ran = edlint("--select", "Copy.UnbalancedQuotes", "--format", "json", "-", stdin="“It rained, she said.\n")
    assert [f["severity"] for f in ran.findings] == ["suggestion"]


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n"])
def test_an_empty_file_is_the_default(edlint, write, text: str) -> None:
    write(".edlint.yml", text)
    assert "Newswire.DateFormat" in {f["rule"] for f in edlint("--format", "json", "-", stdin=DATE).findings}


def test_default_is_what_a_rule_says_itself(edlint, write) -> None:
    write("House/Plain.yml", "extends: existence\nmessage: avoid '%s'\nlevel: suggestion\ntokens: [utilize]\n")
    write("House/Quiet.yml", "extends: existence\nmessage: avoid '%s'\nenabled: false\ntokens: [utilize]\n")
    write(".edlint.yml", "styles: [House]\nrules: {'*': off, House: error, House.*: default}\n")
    assert found(edlint("--format", "json", "-", stdin="We utilize it.\n")) == [("House.Plain", "suggestion")]


def test_a_list_of_paths_may_name_a_glob_twice_and_take_files_away(edlint, write) -> None:
    write(".edlint.yml", "styles: [Newswire]\npaths:\n"
                         "  - {files: ['*.md', '!old/**'], rules: {Newswire.DateFormat: error}}\n"
                         "  - {files: old/**, rules: {'*': off}}\n"
                         "  - {files: '*.md', rules: {Newswire.TimeOfDay: off}}\n"
                         "  - {files: old/**, rules: {Newswire.DateFormat: suggestion}}\n")  # fmt: skip
    for name in ("a.md", "b.txt", "old/c.md"):
        write(name, DATE)
    assert found(edlint("--format", "json", ".")) == [
        ("Newswire.DateFormat", severity) for severity in ("error", "warning", "suggestion")
    ]


def test_the_least_severity_of_the_file_yields_to_the_command_line(edlint, write) -> None:
    write(".edlint.yml", "styles: [Newswire]\nmin-severity: error\n")
    write("a.md", DATE)
    assert edlint("a.md").code == 0
    assert edlint("--min-severity", "warning", "a.md").code == 1


def test_what_a_file_says_for_all_files_replaces_what_it_builds_on(edlint, write) -> None:
    for name, word in (("One", "utilize"), ("Two", "leverage")):
        write(f"words/{name}/accept.txt", f"{word}\n")
        write(f"House/{name}.yml", f"extends: existence\nmessage: avoid '%s'\ntokens: [{word}]\n")
    write(
        "base.yml", "styles: [House]\nvocab: words/One\nformats: {rst: md}\npaths: [{files: b.*, vocab: words/One}]\n"
    )
    write(".edlint.yml", "extends: base.yml\nvocab: words/Two\n")
    for name in ("a.rst", "b.md"):
        write(name, "We utilize and leverage it, `utilize`.\n")
    ran = edlint("--format", "json", ".")
    assert [(file["path"], [f["rule"] for f in file["findings"]]) for file in ran.report["files"]] == [
        ("a.rst", ["House.One"]), ("b.md", [])
    ]  # fmt: skip


def test_a_folder_without_a_vocabulary_is_told(edlint, write) -> None:
    write("words/readme.md", "Nothing.\n")
    write(".edlint.yml", "vocab: words\n")
    ran = edlint("words/readme.md")
    assert (ran.code, ran.err.startswith("edlint: .edlint.yml:1: vocab: no folder 'words' with accept.txt")) == (
        2,
        True,
    )
