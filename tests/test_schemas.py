"""The JSON Schemas for editors: as published, and of one mind with the loaders."""

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import ROOT
from edlint import config, edlint_yml, kinds, rule_keys, rulebook, ruleset, schema
from edlint.errors import UsageError
from edlint.settings import compose, keys_of, plain

NAMES = sorted(schema.SCHEMAS)
VALIDATORS = {name: jsonschema.Draft7Validator(schema.SCHEMAS[name]()) for name in NAMES}
RULES = [*rulebook.paths_below(rulebook.built_in()), *rulebook.paths_below(ROOT / "examples" / "style")]


def values(text: str) -> Any:
    return plain(compose(text, "file.yml"))


def fits(name: str, text: str) -> bool:
    return VALIDATORS[name].is_valid(values(text))


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schema_is_what_edlint_prints(edlint, name: str) -> None:
    published = (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert published == edlint("schema", name).out, f"run: edlint schema {name} > schemas/{name}.schema.json"


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(schema.SCHEMAS[name]())


@pytest.mark.parametrize("path", [rule.path for rule in RULES], ids=[rule.name for rule in RULES])
def test_every_rule_fits(path: Path) -> None:
    assert [error.message for error in VALIDATORS["rule"].iter_errors(values(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize("path", ["examples/.edlint.yml", "src/edlint/starter.yml"])
def test_every_configuration_fits(path: str) -> None:
    assert fits("edlint", (ROOT / path).read_text(encoding="utf-8"))


def test_the_configuration_on_the_page_fits() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    shown = re.search(r"(?:^    .*\n)*^    extends: .*\n(?:^    .*\n)+", page, re.MULTILINE)
    assert shown
    assert fits("edlint", re.sub("^    ", "", shown[0], flags=re.MULTILINE))


@pytest.mark.parametrize("name", kinds.known())
def test_a_kind_says_what_each_of_its_keys_is_for(name: str) -> None:
    kind = kinds.kind(name)
    assert schema.descriptions(kind.__doc__).keys() == keys_of(kind.Options).keys()


PAGES = [
    pytest.param("configuration.md", edlint_yml.Keys, id="configuration"),
    pytest.param("rules.md", rule_keys.Keys, id="rules"),
    pytest.param("terms.md", edlint_yml.TermsKeys, id="terms"),
]


@pytest.mark.parametrize(("page", "keys"), PAGES)
def test_a_page_says_of_a_key_what_the_editor_says(page: str, keys: type) -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| ([^|]+) \|", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
    told = schema.descriptions(keys.__doc__)
    assert told.keys() == keys_of(keys).keys()
    on_page = {key: about.removesuffix(", see below") for key, about in rows}
    assert {key: about.replace(", see below;", ";") for key, about in on_page.items() if key in told} == told


# Files, and whether they are right: loader and schema must say the same. A single error each.

CONFIGURATIONS = [
    pytest.param("", True, id="nothing"),
    pytest.param("rules:\npaths:\nexclude:\nterms:\nstyles:\nfail-on:\n", True, id="keys without a value"),
    pytest.param("styles: [Copy]\nrules: {Copy.*: error, Copy: on}\n", True, id="levels"),
    pytest.param("styles: Copy\n", True, id="a single style"),
    pytest.param("rules: {Newswire.DateFormat: {severity: off, format: d MMMM}}\n", True, id="a key of a rule"),
    pytest.param("rules: {Newswire.DateFormat: {level: error, faults: {ordinal: no}}}\n", True, id="keys of every rule"),
    pytest.param("paths: {'a/**': {Copy.*: off}}\n", True, id="paths"),
    pytest.param("paths: {'a/**':}\n", True, id="a path with nothing to say"),
    pytest.param("require-reasons: true\nmodel: en_core_web_sm\nfail-on: never\n", True, id="single values"),
    pytest.param("extends: default\nexclude: 'a/**'\n", True, id="the default"),
    pytest.param("paths: [{files: ['a/**', '!*.txt'], rules: {Copy: default}, masks: 'x+'}]\n", True, id="a list of paths"),
    pytest.param("elements: {masked: code, skipped: []}\nformats: {mdx: md}\nmasks: [a]\n", True, id="what is read"),
    pytest.param("min-severity: warning\n", True, id="what is shown"),
    pytest.param("style: [Copy]\n", False, id="an unknown key"),
    pytest.param("paths: [{rules: {Copy: off}}]\n", False, id="paths without files"),
    pytest.param("paths: [{files: a, rule: {Copy: off}}]\n", False, id="an unknown key for paths"),
    pytest.param("elements: {mask: code}\n", False, id="an unknown key for elements"),
    pytest.param("min-severity: never\n", False, id="an unknown severity to show"),
    pytest.param("fail-on: errors\n", False, id="an unknown level"),
    pytest.param("require-reasons: maybe\n", False, id="no truth"),
    pytest.param("require-reasons: no\n", False, id="a word for no"),
    pytest.param("styles: {Copy: on}\n", False, id="keys for a list"),
    pytest.param("styles: [[Copy]]\n", False, id="a list in a list"),
    pytest.param("rules: [Copy.*]\n", False, id="a list for keys"),
    pytest.param("rules: {Copy.*: eror}\n", False, id="an unknown severity"),
    pytest.param("rules: {Copy.*: no}\n", False, id="no for off"),
    pytest.param("rules: {Copy.*: [error]}\n", False, id="a list of severities"),
    pytest.param("rules: {Copy.*: {severity: eror}}\n", False, id="an unknown severity among keys"),
    pytest.param("rules: {Newswire.DateFormat: {extends: names}}\n", False, id="another kind"),
    pytest.param("rules: {Newswire.DateFormat: {fromat: d MMMM}}\n", False, id="an unknown key of a rule"),
    pytest.param("rules: {Newswire.DateFormat: {format: {a: b}}}\n", False, id="a wrong type of a rule's key"),
    pytest.param("rules: {Newswire.DateFormat: {faults: {ordinall: no}}}\n", False, id="an unknown fault"),
    pytest.param("paths: {'a/**': off}\n", False, id="a level for a path"),
    pytest.param("paths: {'a/**': {Copy.*: loud}}\n", False, id="an unknown severity for a path"),
    pytest.param("- Copy\n", False, id="a list"),
    pytest.param("Copy\n", False, id="a word"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), CONFIGURATIONS)
def test_loader_and_schema_agree_on_a_configuration(tmp_path: Path, text: str, right: bool) -> None:
    path = tmp_path / ".edlint.yml"
    path.write_text(text, encoding="utf-8")

    def loads() -> bool:
        try:
            house = config.load(path)
            ruleset.Rulebook(house).rules(house.settings_for(tmp_path / "a" / "b.md"))
        except UsageError:
            return False
        return True

    assert (loads(), fits("edlint", text)) == (right, right)


EXISTENCE = "extends: existence\nmessage: '%s'\n"
RULE_FILES = [
    pytest.param(EXISTENCE + "tokens: [a, 5, no]\n", True, id="a list"),
    pytest.param(EXISTENCE + "tokens: a\n", True, id="a single token"),
    pytest.param(EXISTENCE + "tokens: [a]\nexceptions:\n", True, id="a list of nothing"),
    pytest.param(EXISTENCE + "tokens: [a]\nlevel: error\nlink:\nlang: en\nlimit: 3\nenabled: false\n", True, id="keys of every rule"),
    pytest.param(EXISTENCE + "tokens: [a]\nscope: [heading.h2 & ~link, 'frontmatter.by line']\n", True, id="scopes"),
    pytest.param("extends: substitution\nmessage: 50%%, %[2]s %d\nswap: {a: b, c: 5}\n", True, id="a mapping"),
    pytest.param("extends: calendar\nmessage: no\nfind: weekday\nfaults: {wrong-weekday: {message: no, level: error}, no-such-day: no}\n",
                 True, id="faults"),
    pytest.param("extends: occurrence\nmessage: no\ntoken: a\nmax: 3\n", True, id="a number"),
    pytest.param("extends: sequence\nmessage: no\ntokens: [{pattern: 5, skip: 2, target: true}, {tag: NN}]\n", True, id="a list of keys"),
    pytest.param("extends: sequence\nmessage: no\ntokens: {pattern: a}\n", True, id="keys for a list of them"),
    pytest.param("extends: sequence\nmessage: no\ntokens: [{pattern: a, skips: 2}]\n", False, id="an unknown key in a list"),
    pytest.param("extends: sequence\nmessage: no\ntokens: [{pattern: a, skip: few}]\n", False, id="a wrong type in a list"),
    pytest.param("extends: sequence\nmessage: no\ntokens: [a]\n", False, id="a word for keys in a list"),
    pytest.param("message: no\n", False, id="no kind"),
    pytest.param("extends: existense\nmessage: no\n", False, id="an unknown kind"),
    pytest.param("extends: existence\ntokens: [a]\n", False, id="no message"),
    pytest.param("extends: existence\nmessage: ' '\ntokens: [a]\n", False, id="a blank message"),
    pytest.param("extends: existence\nmessage: 5% of\ntokens: [a]\n", False, id="a bare per cent sign"),
    pytest.param("extends: existence\nmessage: [a]\ntokens: [a]\n", False, id="a list for text"),
    pytest.param("extends: existence\nmessage:\ntokens: [a]\n", False, id="nothing for text"),
    pytest.param("extends: occurrence\nmessage: no\nmax: 3\n", False, id="no token"),
    pytest.param("extends: occurrence\nmessage: no\ntoken: a\nmax: many\n", False, id="no number"),
    pytest.param("extends: occurrence\nmessage: no\ntoken: a\nmax: 1.5\n", False, id="no whole number"),
    pytest.param("extends: calendar\nmessage: no\nfind: month\n", False, id="no such choice"),
    pytest.param("extends: calendar\nmessage: no\nfind: weekday\ntokens: [a]\n", False, id="a key of another kind"),
    pytest.param("extends: calendar\nmessage: no\nfind: weekday\nfaults: {wrong-day: no}\n", False, id="an unknown fault"),
    pytest.param("extends: calendar\nmessage: no\nfind: weekday\nfaults: {no-such-day: [no]}\n", False, id="a list for a fault"),
    pytest.param("extends: calendar\nmessage: no\nfind: weekday\nfaults: {no-such-day: {level: error}}\n", False, id="a fault without message"),
    pytest.param("extends: calendar\nmessage: no\nfind: weekday\nfaults:\n", True, id="faults of nothing"),
    pytest.param(EXISTENCE + "tokens: [a]\nfaults: {other: no}\n", False, id="faults where the kind has none"),
    pytest.param(EXISTENCE + "token: [a]\ntokens: [a]\n", False, id="an unknown key"),
    pytest.param(EXISTENCE + "tokens: {a: b}\n", False, id="keys for a list"),
    pytest.param(EXISTENCE + "tokens: [a]\nignorecase: maybe\n", False, id="no truth"),
    pytest.param(EXISTENCE + "tokens: [a]\nignorecase:\nlevel:\naction:\n", True, id="nothing for what may be missing"),
    pytest.param("extends: substitution\nmessage: no\nswap: [{a: b}, {c: , d: e}]\n", True, id="a list of mappings"),
    pytest.param(EXISTENCE + "tokens: [a]\nscope: headings\n", False, id="an unknown scope"),
    pytest.param(EXISTENCE + "tokens: [a]\nscope: heading & ~links\n", False, id="an unknown scope among others"),
    pytest.param(EXISTENCE + "tokens: [a]\nlevel: fatal\n", False, id="an unknown level"),
    pytest.param("extends: substitution\nmessage: no\nswap: [a]\n", False, id="a list for a mapping"),
    pytest.param("extends: substitution\nmessage: no\nswap: {a: [b]}\n", False, id="a list in a mapping"),
    pytest.param("- a\n", False, id="not a mapping"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), RULE_FILES)
def test_loader_and_schema_agree_on_a_rule(tmp_path: Path, text: str, right: bool) -> None:
    path = tmp_path / "House" / "Rule.yml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    files, problems = rulebook.read([rulebook.RulePath("House.Rule", path)])
    loads = not problems and rule_keys.make(files[0])[0] is not None
    assert (loads, fits("rule", text)) == (right, right)


TERMS_FILES = [
    pytest.param("words: [a, 5, no]\npatterns: b\nnames: {Kyiv: [Kiev], Lviv: Lvov, Odesa: []}\n", True, id="all"),
    pytest.param("words:\npatterns:\nnames:\n", True, id="keys without a value"),
    pytest.param("names:\n  Kyiv:\n", True, id="a name without other forms"),
    pytest.param("", True, id="nothing"),
    pytest.param("word: [a]\n", False, id="an unknown key"),
    pytest.param("words: {a: b}\n", False, id="keys for a list"),
    pytest.param("words: [a, [b]]\n", False, id="a list in a list"),
    pytest.param("words: [a, ]\npatterns: [{a: b}]\n", False, id="keys in a list"),
    pytest.param("names: [a]\n", False, id="a list for keys"),
    pytest.param("names: {Kyiv: {a: b}}\n", False, id="keys for forms"),
    pytest.param("words: ['  ']\n", False, id="a blank word"),
    pytest.param("- a\n", False, id="a list"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), TERMS_FILES)
def test_loader_and_schema_agree_on_terms(tmp_path: Path, text: str, right: bool) -> None:
    (tmp_path / "terms.yml").write_text(text, encoding="utf-8")
    path = tmp_path / ".edlint.yml"
    path.write_text("terms: terms.yml\n", encoding="utf-8")

    def loads() -> bool:
        try:
            config.load(path)
        except UsageError:
            return False
        return True

    assert (loads(), fits("terms", text)) == (right, right)


def test_an_unknown_schema_is_one_line(edlint) -> None:
    ran = edlint("schema", "rules")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
