"""`.vale.ini` as a configuration of edlint."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from edlint import globs, ini
from edlint.config import find, load
from edlint.house import PathGlob
from edlint.terms import bounded, literal

WORD = "extends: existence\nmessage: \"avoid '%s'\"\nlevel: {level}\ntokens: [{word}]\n"
TEXT = "We utilize it, and leverage it.\n"


@pytest.fixture
def vale(write) -> Callable[..., None]:
    """Writes two styles of two rules each, a configuration below `StylesPath = styles`, and articles."""

    def put(text: str, **articles: str) -> None:
        for name, word, level in (
            ("House/Utilize", "utilize", "error"),
            ("House/Leverage", "leverage", "warning"),
            ("Other/It", "it", "suggestion"),
            ("Other/And", "and", "error"),
        ):
            write(f"styles/{name}.yml", WORD.format(word=word, level=level))
        write(".vale.ini", f"StylesPath = styles\n{text}")
        for name, content in (articles or {"a.md": TEXT}).items():
            write(name, content)

    return put


def found(ran) -> dict[str, set[tuple[str, str]]]:
    """The rules that found something, and how severe, by file."""
    assert ran.code != 2, ran.err
    files = ran.report["files"]
    return {f["path"].replace(os.sep, "/"): {(x["rule"], x["severity"]) for x in f["findings"]} for f in files}


def rules(ran) -> dict[str, set[str]]:
    return {path: {rule for rule, _ in of_it} for path, of_it in found(ran).items()}


def test_no_rule_is_on_that_no_section_turns_on(edlint, vale) -> None:
    vale("[*.txt]\nBasedOnStyles = House\n", **{"a.md": TEXT, "b.txt": TEXT})
    assert rules(edlint("--format", "json", ".")) == {"a.md": set(), "b.txt": {"House.Utilize", "House.Leverage"}}


SECTIONS = [
    pytest.param("[*]\nBasedOnStyles = House\n[*.md]\nBasedOnStyles = Other\n", {"Other.It", "Other.And"},
                 id="the last BasedOnStyles replaces"),
    pytest.param("[*.md]\nBasedOnStyles = Other\n[*]\nBasedOnStyles = House\n", {"Other.It", "Other.And"},
                 id="the section for all comes first"),
    pytest.param("[*]\nHouse.Utilize = YES\n[*.md]\nBasedOnStyles = Other\n", {"House.Utilize", "Other.It", "Other.And"},
                 id="what is said of rules adds up"),
    pytest.param("[*]\nBasedOnStyles = House\nHouse.Utilize = NO\n[a.md]\nHouse.Utilize = YES\n",
                 {"House.Utilize", "House.Leverage"}, id="what is said later of a rule counts"),
    pytest.param("[*]\nBasedOnStyles = House\nOther.It = YES\n[*.md]\nBasedOnStyles = NONE\nOther.And = YES\n",
                 {"Other.And"}, id="none clears styles and rules said before"),
    pytest.param("[*]\nBasedOnStyles = House\n[*.md]\nBasedOnStyles =\n[a.*]\nBasedOnStyles = Other\n",
                 {"Other.It", "Other.And"}, id="a style after nothing"),
    pytest.param("[*]\nBasedOnStyles = House\n[*.md]\nHouse.Utilize = NO\n[a.md]\nHouse.Utilize = UNSET\n",
                 {"House.Utilize", "House.Leverage"}, id="unset takes a setting back"),
    pytest.param("[*]\nBasedOnStyles = House\nHouse.Utilize = NO\n[*.md]\nHouse = NO\n[a.*]\nHouse = UNSET\n",
                 {"House.Leverage"}, id="unset of a style leaves its rules' settings"),
    pytest.param("[*]\nHouse.Leverage = YES\n[*.md]\nBasedOnStyles = House\nHouse = NO\n", {"House.Leverage"},
                 id="a rule is stronger than its style"),
    pytest.param("[*.md]\nBasedOnStyles = House\nBasedOnStyles = Other\n",
                 {"House.Utilize", "House.Leverage", "Other.It", "Other.And"}, id="a key twice is a longer list"),
    pytest.param("[!*.md]\nBasedOnStyles = House\n[*.txt]\nBasedOnStyles = House\n", set(), id="all but some files"),
    pytest.param("[*.{txt,md}]\nBasedOnStyles = Other ; and # no other\n", {"Other.It", "Other.And"}, id="a comment"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SECTIONS)
def test_sections_hold_as_in_vale(edlint, vale, text: str, expected: set[str]) -> None:
    vale(text)
    assert rules(edlint("--format", "json", "a.md")) == {"a.md": expected}


def test_a_severity_belongs_to_its_section_and_a_rule_s_own_is_stronger(edlint, vale) -> None:
    vale("[*]\nBasedOnStyles = House\n[*.md]\nHouse.Utilize = suggestion\nHouse = error\n",
         **{"a.md": TEXT, "b.txt": TEXT})  # fmt: skip
    assert found(edlint("--format", "json", ".")) == {
        "a.md": {("House.Utilize", "suggestion"), ("House.Leverage", "error")},
        "b.txt": {("House.Utilize", "error"), ("House.Leverage", "warning")},
    }


META = """---
title: Q1 results
published: false
tags: [internal, draft]
number: 3
author: {name: Ann}
date: 2024-05-06
---

We utilize it.
"""


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (".Meta.published == false", True),
        ("not .Meta.published && .Meta.number >= 3", True),
        (".Meta.missing == false or .Meta.missing.deeper", False),
        (".Meta.missing ?? 'so' == \"so\"", True),
        ("'internal' in .Meta.tags and `x` not in .Meta.tags", True),
        (".Meta.tags contains 'draft' and len(.Meta.tags) == 2", True),
        (".Meta.author?.name in ['Ann', 'Bob'] and .Meta[\"number\"] in [3]", True),
        (".Name startsWith '_' || .Path startsWith \"sub/\"", True),
        ("!(.Name matches '^A')", False),
        ("lower(.Name) endsWith '.md' and .Meta.title contains 'result'", True),
        (".Meta.date < '2024-06' and .Meta.number != '3'", True),
        (".Meta.number startsWith '3' or .Meta.title > 3", False),
    ],
)
def test_a_section_may_ask_for_what_is_true_of_an_article(edlint, vale, condition: str, holds: bool) -> None:
    vale(f"[*.md]\nBasedOnStyles = House\n[*.md if {condition}]\nBasedOnStyles = Other\n", **{"sub/A.md": META})
    assert rules(edlint("--format", "json", ".")) == {"sub/A.md": {"Other.It"} if holds else {"House.Utilize"}}


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (".Meta.published ==", "is no condition such as .Meta.draft == true"),
        (".meta.draft", "knows nothing of '.meta': did you mean 'Meta'?"),
        ("draft", "has an unexpected 'draft'"),
        ('.Name matches "("', "has what is not a regular expression: '(' (missing ) at position 1)"),
        ('.Name matches "a" "b"', "has an unexpected '\"'"),
        ("1 < .Meta.number < 4", "is no condition such as .Meta.draft == true"),
        ("(" * 300, "is no condition such as .Meta.draft == true"),
    ],
)
def test_a_condition_that_cannot_be_read_is_told(edlint, vale, condition: str, told: str) -> None:
    vale(f"[*.md if {condition}]\nBasedOnStyles = House\n")
    ran = edlint("a.md")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"edlint: .vale.ini:2: [*.md if {condition}]: what follows if {told}\n"


def test_some_files_can_take_back_what_is_said_of_rules(edlint, vale, tmp_path: Path) -> None:
    vale("[*]\nHouse.Utilize = YES\nHouse.Leverage = YES\n[*.md if .Meta.draft]\nHouse.Utilize = UNSET\n"
         "[!a.*]\nBasedOnStyles = NONE\n",
         **{"a.md": TEXT, "b.md": TEXT, "a.draft.md": f"---\ndraft: true\n---\n{TEXT}"})  # fmt: skip
    found = {"a.md": {"House.Utilize", "House.Leverage"}, "b.md": set(), "a.draft.md": {"House.Leverage"}}
    assert rules(edlint("--format", "json", ".")) == found
    edlint("init", "--from-vale")
    written = (tmp_path / ".edlint.yml").read_text(encoding="utf-8")
    assert "# Not in here: that [*.md if .Meta.draft] takes back what was said before\n" in written


def test_only_errors_fail_and_what_is_below_the_least_level_is_hidden(edlint, vale) -> None:
    vale("MinAlertLevel = warning\n[*.md]\nBasedOnStyles = House, Other\nHouse.Utilize = NO\nOther.And = NO\n")
    ran = edlint("--format", "json", "a.md")
    assert (rules(ran), ran.code) == ({"a.md": {"House.Leverage"}}, 0)
    assert edlint("--fail-on", "warning", "a.md").code == 1
    assert "Other.It" in rules(edlint("--format", "json", "--min-severity", "suggestion", "a.md"))["a.md"]


def test_a_key_of_a_rule_can_be_set(edlint, vale) -> None:
    vale("[*.md]\nBasedOnStyles = House\nHouse.Utilize[ignorecase] = YES\n", **{"a.md": "Utilize it.\n"})
    assert rules(edlint("--format", "json", "a.md")) == {"a.md": {"House.Utilize"}}
    vale("[*.md]\nBasedOnStyles = House\n[*.txt]\nHouse.Utilize[limit] = 1\n", **{"a.md": "We utilize, utilize it.\n"})
    assert len(edlint("--format", "json", "a.md").findings) == 1
    vale("[*.md]\nHouse.Utilize = YES\nHouse.Utilize[ignorcase] = YES\n")
    ran = edlint("a.md")
    assert ran.code == 2
    assert ran.err.startswith("edlint: .vale.ini:4: unknown key 'ignorcase': did you mean 'ignorecase'?")


def test_edlint_s_own_styles_stand_among_others(edlint, vale) -> None:
    vale("[*.md]\nBasedOnStyles = House, Newswire\nNewswire.DateFormat = error\n",
         **{"a.md": "We utilize January 18th.\n"})  # fmt: skip
    assert found(edlint("--format", "json", "a.md")) == {
        "a.md": {("House.Utilize", "error"), ("Newswire.DateFormat", "error")}
    }


def test_a_broken_rule_of_a_style_that_nobody_names_is_no_matter(edlint, vale, write) -> None:
    vale("[*.md]\nHouse.Utilize = YES\n")
    write("styles/House/Broken.yml", "extends: [\n")
    write("styles/Broken/Rule.yml", "extends: nonsense\n")
    ran = edlint("--format", "json", "a.md")
    assert (rules(ran), ran.code, ran.err) == ({"a.md": {"House.Utilize"}}, 1, "")


WRONG = [
    pytest.param("# Nope\n[*.md]\nBasedOnStyles = House, Nope\n", "4: BasedOnStyles: no style 'Nope'", id="style"),
    pytest.param("[*.md]\nBasedOnStyles = Huose\n", "3: BasedOnStyles: no style 'Huose' below the StylesPath: did you "
                 "mean 'House'?", id="a style's name"),
    pytest.param("Packages = Google\n[*.md]\nBasedOnStyles = Google\n",
                 "4: BasedOnStyles: no style 'Google': edlint downloads no packages, so run vale sync", id="a package"),
    pytest.param("[*.md]\nNope.Rule = YES\n", "3: Nope.Rule: no style 'Nope'", id="a rule's style"),
    pytest.param("[*.md]\nHouse.Utilise = YES\n", "3: House.Utilise: no rule is named so: did you mean 'House.Utilize'",
                 id="a rule"),
    pytest.param("[*.md]\nHouse.Utilize[tokens] = it\n",
                 "3: House.Utilize[tokens]: what a rule looks for is said in a rule", id="what a rule looks for"),
    pytest.param("MinAlertLevel = warnings\n", "2: MinAlertLevel: expected suggestion, warning, error, got 'warnings'",
                 id="a level"),
    pytest.param("Vocab = Base\n", "2: Vocab: no vocabulary 'Base'", id="a vocabulary"),
    pytest.param("[*.{md]\nBasedOnStyles = House\n", "2: [*.{md]: the glob has a '{' without its '}'", id="a glob"),
    pytest.param("[*.md]\nTokenIgnores = (a\n", "3: TokenIgnores: not a regular expression: '(a'", id="an expression"),
    pytest.param("BlockIgnores = a\n", "2: BlockIgnores: belongs in a section", id="a section's key at the top"),
    pytest.param("[*.md]\nMinAlertLevel = error\n", "3: MinAlertLevel: belongs at the top", id="a top key"),
    pytest.param("[*.md]\nnonsense\n", "3: expected a [section] or a key and a value", id="a line"),
    pytest.param("StylesPath = nowhere\n", "2: StylesPath: no such folder: 'nowhere'", id="a folder"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_is_wrong_is_one_line_with_its_place(edlint, vale, text: str, told: str) -> None:
    vale(text)
    ran = edlint("a.md")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(f"edlint: .vale.ini:{told}")


def test_what_is_not_read_is_said_once_and_changes_nothing(edlint, vale) -> None:
    vale("Packages = House, Hub\nWordTemplate = x\n[*.md]\nBasedOnStyles = House\nBasedOnStyle = Other\n"
         "House.Leverage = maybe\n[*.xml]\nTransform = x.xsl\n[b.md]\nLang = de\n",
         **{"a.md": TEXT, "b.md": TEXT})  # fmt: skip
    ran = edlint("--format", "json", ".")
    assert rules(ran) == {"a.md": {"House.Utilize"}, "b.md": {"House.Utilize"}}
    assert ran.err.splitlines() == [
        "edlint: .vale.ini:2: Packages: edlint downloads no packages, so run vale sync before it, for Hub",
        "edlint: .vale.ini:3: WordTemplate: edlint keeps its own word edges",
        "edlint: .vale.ini:6: BasedOnStyle: not read: no key of a section and no style is named so: "
        "did you mean 'BasedOnStyles'?",
        "edlint: .vale.ini:7: House.Leverage: expected YES, NO, suggestion, warning, error, UNSET, got 'maybe'; "
        "it is taken for NO",
        "edlint: .vale.ini:11: Lang: an article says its language in its front matter (lang)",
    ]


def test_people_are_told_that_it_is_used_and_programs_are_not(edlint, vale) -> None:
    vale("[*.md]\nBasedOnStyles = Other\nOther.And = NO\n")
    assert edlint("a.md").err.startswith("edlint: .vale.ini: read as it stands")
    for name in ("json", "sarif", "github"):
        assert edlint("--format", name, "a.md").err == ""


def test_a_configuration_of_edlint_s_own_comes_first_wherever_it_stands(edlint, vale, write, tmp_path: Path) -> None:
    vale("[*.md]\nBasedOnStyles = House\n", **{"deep/a.md": TEXT})
    write("deep/.vale.ini", "StylesPath = ../styles\n[*]\nBasedOnStyles = Other\n")
    assert find(tmp_path / "deep") == tmp_path / "deep" / ".vale.ini"
    write(".edlint.yml", "styles: [styles/House]\n")
    assert find(tmp_path / "deep") == tmp_path / ".edlint.yml"
    assert rules(edlint("--format", "json", "deep"))["deep/a.md"] == {"House.Utilize", "House.Leverage"}


@pytest.mark.parametrize("name", ["_vale", ".vale", "vale.ini", "_vale.ini", ".config/vale.ini"])
def test_it_has_other_names(edlint, vale, write, tmp_path: Path, name: str) -> None:
    vale("")
    (tmp_path / ".vale.ini").unlink()
    root = "../styles" if "/" in name else "styles"
    write(name, f"StylesPath = {root}\n[deep/*.md]\nBasedOnStyles = House\n")
    write("deep/er/a.md", TEXT)
    assert rules(edlint("--format", "json", "deep")) == {"deep/er/a.md": {"House.Utilize", "House.Leverage"}}


def test_named_on_the_command_line_its_globs_count_from_here(edlint, vale, write, tmp_path: Path) -> None:
    vale("", **{"docs/a.md": TEXT, "b.md": TEXT})
    (tmp_path / ".vale.ini").unlink()
    write("ci/my.ini", "StylesPath = ../styles\n[docs/*]\nBasedOnStyles = House\n")
    ran = edlint("--format", "json", "--config", "ci/my.ini", ".")
    assert rules(ran) == {"b.md": set(), "docs/a.md": {"House.Utilize", "House.Leverage"}}


def test_packages_bring_settings_which_the_house_overrules(edlint, vale, write) -> None:
    vale("[*.md]\nHouse.Leverage = error\nOther.It = YES\n[*.txt]\nBasedOnStyles = Other\n",
         **{"a.md": TEXT, "b.txt": TEXT})  # fmt: skip
    write("styles/.vale-config/0-Base.ini", "[*]\nBasedOnStyles = House\nHouse.Utilize = NO\n")
    write("styles/.vale-config/1-More.ini", "[*.md]\nHouse.Leverage = suggestion\n")
    assert found(edlint("--format", "json", ".")) == {
        "a.md": {("House.Leverage", "error"), ("Other.It", "suggestion")},
        "b.txt": {("Other.It", "suggestion"), ("Other.And", "error")},
    }


def test_styles_are_not_walked_and_a_file_among_them_can_be_named(edlint, vale, write) -> None:
    vale("[*.md]\nBasedOnStyles = House\n")
    write("styles/House/README.md", TEXT)
    write("styles/House/.vale.ini", "BasedOnStyles = wrong\n")
    assert list(rules(edlint("--format", "json", "."))) == ["a.md"]
    assert edlint("--format", "json", "--config", ".vale.ini", "styles/House/README.md").code == 1


def test_other_endings_and_names_are_read_as_a_format_and_found_in_folders(edlint, vale) -> None:
    text = "Some `utilize` and *utilize*.\n"
    vale("[formats]\nmdx = md\nCOMMIT_EDITMSG = md\n[*]\nBasedOnStyles = House\n",
         **{"a.mdx": text, "COMMIT_EDITMSG": text, "b.rst": text})  # fmt: skip
    files = edlint("--format", "json", ".").report["files"]
    assert {(file["path"], len(file["findings"])) for file in files} == {("a.mdx", 1), ("COMMIT_EDITMSG", 1)}


VOCABULARY = {
    "styles/config/vocabularies/Base/accept.txt": "# a comment\nutilize\nNode.js\n",
    "styles/config/vocabularies/Base/reject.txt": "end user\n",
    "styles/config/vocabularies/Api/vocab.yml": "accept:\n  - C++\n  - leverage: {ignorecase: true}\n",
}


def test_vocabularies_hold_for_their_sections(edlint, vale, write) -> None:
    vale(
        "Vocab = Base\n[*]\nBasedOnStyles = House, Vale\nVale.Spelling = NO\n[api/*]\nVocab = Api\n[raw/*]\nVocab = NONE\n"
    )
    for name, words in VOCABULARY.items():
        write(name, words)
    for folder in ("api", "docs", "raw"):
        write(f"{folder}/a.md", "We utilize node.js and leverage c++, dear end\nuser.\n")
    assert rules(edlint("--format", "json", "api", "docs", "raw")) == {
        "api/a.md": {"Vale.Terms", "Vale.Avoid"},
        "docs/a.md": {"House.Leverage", "Vale.Terms", "Vale.Avoid"},
        "raw/a.md": {"House.Utilize", "House.Leverage"},
    }
    messages = [f["message"] for f in edlint("--format", "json", "api").findings]
    assert messages == ["Use 'Node.js' instead of 'node.js'.", "Use 'C++' instead of 'c++'.", "Avoid using 'end user'."]


@pytest.mark.parametrize(
    ("word", "text", "stands"),
    [
        pytest.param(".NET", "We use .NET.", True, id="a sign first"),
        pytest.param(".NET", "a.NET", False, id="a sign within a name"),
        pytest.param("C++", "C++ it is", True, id="signs last"),
        pytest.param("C++", "C++x", False, id="signs within a name"),
        pytest.param("Node.js", "Nodexjs", False, id="a period is one"),
    ],
)
def test_a_word_with_signs_has_edges_of_its_own(word: str, text: str, stands: bool) -> None:
    import regex

    assert bool(regex.search(bounded(literal(word)), text)) is stands


COMMENTS = """\
We utilize it.

<!-- vale off -->

We utilize it.

<!-- vale on -->

Here we <!-- vale House.Utilize = NO -->utilize it, <!-- vale House.Utilize = YES -->utilize it, and leverage it.

<!-- vale House.Utilize["utilize","other"] = NO -->

We utilize it and leverage it.

<!-- vale House.Utilize["utilize"] = YES -->
<!-- vale House = NO -->

We utilize it.

<!-- vale House = YES -->
<!-- vale styles = Other -->

We utilize it and leverage it.

<!-- vale styles = House, Other -->

We utilize it.
"""


def test_comments_of_vale_s_are_heeded_where_they_stand(edlint, vale) -> None:
    vale("[*]\nBasedOnStyles = House, Edlint\n", **{"a.md": COMMENTS})
    told = [(finding["line"], finding["match"]) for finding in edlint("--format", "json", "a.md").findings]
    assert told == [(1, "utilize"), (9, "utilize"), (9, "leverage"), (13, "leverage"), (27, "utilize")]


def test_why_a_rule_is_on_is_told(edlint, vale) -> None:
    vale("MinAlertLevel = warning\n[*]\nBasedOnStyles = House\n[*.md]\nHouse.Leverage = error\nView = x\n")
    lines = [" ".join(line.split()) for line in edlint("config", "a.md").out.splitlines()]
    assert "configuration: .vale.ini" in lines
    assert "min-severity: warning .vale.ini:2" in lines
    assert "note: View: edlint reads no data files .vale.ini:7" in lines
    assert "House.Utilize error .vale.ini:4 [*] BasedOnStyles" in lines
    assert "House.Leverage error .vale.ini:6 [*.md] House.Leverage" in lines


UNREAD = """\
We utilize it, **utilize** and `utilize` it, \\utilize{it} {{ utilize }}.

> We utilize it.

START We utilize it.

We utilize it. END We utilize it.

<p>We <q class="odd">utilize</q> it.</p>
"""


def test_what_is_to_stay_unread_is(edlint, vale) -> None:
    vale("IgnoredScopes = strong\nSkippedScopes = blockquote\nIgnoredClasses = odd\n"
         "[*]\nBasedOnStyles = House\nTokenIgnores = (\\\\\\w+{.+?}), x{2\\,}\n[*.md]\nBlockIgnores = (?s)START(.*?)END\n",
         **{"a.md": UNREAD, "b.txt": "START utilize END, \\utilize{it}.\n"})  # fmt: skip
    files = edlint("--format", "json", ".").report["files"]
    told = {file["path"]: [(f["line"], f["column"]) for f in file["findings"]] for file in files}
    assert told == {"a.md": [(1, 4), (1, 33), (1, 62), (7, 23)], "b.txt": [(1, 7)]}


EQUAL = """\
MinAlertLevel = warning
Vocab = Base
IgnoredScopes = strong
SkippedScopes = blockquote
IgnoredClasses = odd
WordTemplate = x
[formats]
mdx = md
[*]
BasedOnStyles = House, Vale
Vale.Spelling = NO
House.Utilize[ignorecase] = YES
TokenIgnores = (a\\,b), {{.*?}}
[*.{txt,mdx}]
BasedOnStyles = Other
House.Leverage = error
[drafts/*]
BasedOnStyles = NONE
Other.It = warning
[api/**]
Vocab = Api
House.Leverage = UNSET
[*.txt]
Vocab = NONE
TokenIgnores = and
"""


def test_the_equal_configuration_is_equal(edlint, vale, write, tmp_path: Path) -> None:
    vale(EQUAL)
    for name, words in VOCABULARY.items():
        write(name, words)
    for name in ("a.md", "a.txt", "a.mdx", "drafts/b.md", "drafts/b.txt", "api/c.mdx", "api/c.txt"):
        write(name, "Utilize node.js, leverage c++ and it, dear end user. a,b {{ utilize }} {% leverage %}\n" + UNREAD)
    before = edlint("--format", "json", ".")
    made = edlint("init", "--from-vale")
    assert (made.code, made.out.splitlines()[0]) == (
        0, ".edlint.yml is written, and takes the place of .vale.ini, to which it is equal."
    )  # fmt: skip
    assert "# Not in here: WordTemplate: edlint keeps its own word edges" in (tmp_path / ".edlint.yml").read_text()
    after = edlint("--format", "json", ".")
    assert len({file["path"] for file in before.report["files"] if file["findings"]}) == 6
    assert (after.out, after.code, after.err) == (before.out, before.code, "")
    assert edlint("init", "--from-vale").code == 2


def test_without_one_there_is_nothing_to_write_from(edlint, tmp_path: Path) -> None:
    ran = edlint("init", "--from-vale")
    assert (ran.code, ran.err) == (2, "edlint: no .vale.ini in .\n")
    assert os.listdir(tmp_path) == []


GLOBS = [
    ("*", ["a.md", "x/a.md"], []),
    ("*.md", ["a.md", "x/y/a.md"], ["a.txt"]),
    ("*.{md,txt}", ["a.md", "x/a.txt"], ["a.html"]),
    ("docs/*.md", ["docs/a.md", "docs/x/a.md"], ["a.md", "x/docs/a.md"]),
    ("docs/**/*.md", ["docs/a.md", "docs/x/y/a.md"], ["a.md"]),
    ("a*b.md", ["ab.md", "axb.md", "ax/yb.md", "a/x/b.md"], ["b.md", "x/ab.md"]),
    ("*/drafts/*", ["x/drafts/a.md", "x/y/drafts/z/a.md"], ["drafts/a.md"]),
    ("!docs/*", ["a.md", "x/docs/a.md"], ["docs/a.md", "docs/x/a.md"]),
    ("{docs,blog/{en,de}}/*.md", ["docs/a.md", "blog/de/a.md"], ["blog/fr/a.md"]),
    ("*.[mM][dD]", ["a.MD", "x/a.md"], ["a.m"]),
    ("README.md", ["README.md"], ["x/README.md"]),
]


@pytest.mark.parametrize(("glob", "inside", "outside"), GLOBS, ids=[glob for glob, _, _ in GLOBS])
def test_a_glob_matches_as_in_vale(glob: str, inside: list[str], outside: list[str]) -> None:
    root = Path("/house")
    made = PathGlob(root, globs.lines(glob), anywhere=True)
    assert [name for name in (*inside, *outside) if made.matches(root / name)] == inside


INI = """\
\ufeffkey = value # comment
; comment
other: 'quoted # value'
long = one, \\
  two, \\
  three
raw = \"\"\"`a` # b
c\"\"\"
named = %(key)s and %(nothing)s

[a.[mM]d]  # [comment]
x = "a\\,b", c
x = `raw \\`
[b]
[a.[mM]d]
y = 1
"""


def test_the_notation_is_that_of_go(tmp_path: Path) -> None:
    top, first, second = ini.sections(INI, "x.ini")
    assert {entry.key: ini.text(entry) for entry in top.entries} == {
        "key": "value", "other": "quoted # value", "long": "one, two, three", "raw": "`a` # b\nc",
        "named": "value and %(nothing)s",
    }  # fmt: skip
    assert [(entry.key, ini.text(entry), entry.place) for entry in first.entries] == [
        ("x", '"a\\,b", c', "x.ini:12"), ("x", "raw \\", "x.ini:13"), ("y", "1", "x.ini:16")
    ]  # fmt: skip
    assert (first.name, second.name, second.entries) == ("a.[mM]d", "b", ())
    assert ini.parts(first.entries[0]) == ['"a,b"', "c"]


def test_it_loads_from_python(vale, tmp_path: Path) -> None:
    vale("[*.md]\nBasedOnStyles = House\n")
    config = load(tmp_path / ".vale.ini")
    assert config.fail_on == "error"
    assert [style.name for style in config.styles] == ["House"]
