"""Rules that extend other rules."""

import pytest

BASE = "extends: existence\nmessage: avoid '%s'\nlevel: error\ntokens: [hall, pier]\n"
CASES = [
    pytest.param("extends: Other.Base\n", ["error: avoid 'hall'", "error: avoid 'pier'"], id="as it is"),
    pytest.param("extends: Other.Base\nlevel: warning\nmessage: no '%s'\n", ["warning: no 'hall'", "warning: no 'pier'"], id="other keys"),
    pytest.param("extends: Other.Base\ntokens: [mill]\n", ["error: avoid 'mill'"], id="another list"),
    pytest.param("extends: Other.Base\ntokens+: [mill]\n", ["error: avoid 'hall'", "error: avoid 'pier'", "error: avoid 'mill'"], id="more"),
    pytest.param("extends: Other.Base\ntokens-: [pier]\n", ["error: avoid 'hall'"], id="less"),
    pytest.param("extends: Other.Base\ntokens+: [mill]\ntokens-: [hall, pier]\n", ["error: avoid 'mill'"], id="more and less"),
    pytest.param("extends: Other.Middle\ntokens+: [mill]\n", ["error: avoid 'pier'", "error: avoid 'mill'"], id="of the third generation"),
    pytest.param("extends: Other.Swap\nswap+: {mill: works, pier: quay}\nswap-: [hall]\n", ["warning: quay", "warning: works"], id="keys of a mapping"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "told"), CASES)
def test_a_rule_has_the_keys_of_the_one_that_it_extends(edlint, write, rule: str, told: list[str]) -> None:
    write("style/Other/Base.yml", BASE)
    write("style/Other/Middle.yml", "extends: Other.Base\ntokens-: hall\n")
    write("style/Other/Swap.yml", "extends: substitution\nmessage: '%s'\nswap: {hall: room, pier: jetty}\n")
    write("style/House/Rule.yml", rule)
    write(".edlint.yml", "styles: [style/House]\n")
    for cache in ([], [], ["--no-cache"]):
        ran = edlint("--format", "json", *cache, "-", stdin="The hall, the pier, the mill.")
        assert [f"{finding['severity']}: {finding['message']}" for finding in ran.findings] == told


def test_a_change_of_the_other_rule_is_seen_in_the_next_run(edlint, write) -> None:
    write("style/Other/Base.yml", BASE)
    write("style/House/Rule.yml", "extends: Other.Base\n")
    write(".edlint.yml", "styles: [style/House]\n")
    assert len(edlint("--format", "json", "-", stdin="The hall.").findings) == 1
    write("style/Other/Base.yml", BASE.replace("hall", "mill"))
    assert edlint("--format", "json", "-", stdin="The hall.").findings == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("extends: Other.None\n", "1: extends: no rule is named 'Other.None'"),
        ("extends: Other.Base\nswap+: {a: b}\n", "2: swap+: the rule that is extended has no 'swap'"),
        (
            "extends: Other.Base\ntokens-: [peir]\n",
            "2: tokens-: 'peir' is not there to be taken away: did you mean 'pier'?",
        ),
        ("extends: Other.Base\ntokens+: {a: b}\n", "2: tokens+: expected a list"),
        ("extends: Other.Base\ntoken: a\n", "2: unknown key 'token': did you mean 'tokens'?"),
        ("extends: House.Rule\n", "1: extends: rules extend rules too deeply, or in a loop"),
    ],
)
def test_what_cannot_be_extended_is_told(edlint, write, rule: str, told: str) -> None:
    write("style/Other/Base.yml", BASE)
    write("style/House/Rule.yml", rule)
    write(".edlint.yml", "styles: [style/House]\n")
    ran = edlint("-", stdin="The hall.")
    assert (ran.code, f"style/House/Rule.yml:{told}" in ran.err) == (3, True), ran.err
