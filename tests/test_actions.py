"""Actions: what a rule writes instead of the words that it finds."""

import pytest

CASES = [
    pytest.param("{name: replace, params: [a, b]}", "Hall", "found 'Hall', write 'a' or 'b'", ["a", "b"], id="replace"),
    pytest.param("{name: replace, params: [a, b, c]}", "Hall", "found 'Hall', write 'a', 'b', or 'c'", ["a", "b", "c"], id="several"),
    pytest.param("{name: replace, params: ['$2 $1']}", "Ann Lee (x)", "found 'Ann Lee (x)', write 'Lee Ann'", ["Lee Ann"], id="groups"),
    pytest.param("{name: remove}", "Hall", "found 'Hall', write ''", [""], id="remove"),
    pytest.param("{name: convert, params: [simple]}", "Hall", "found 'Hall', write 'hall'", ["hall"], id="convert"),
    pytest.param("{name: edit, params: [trim_right, l]}", "Hall", "found 'Hall', write 'Ha'", ["Ha"], id="a step"),
    pytest.param("{name: edit, params: [[regex, 'l+', 'r'], [wrap, '*']]}", "Hall", "found 'Hall', write '*Har*'", ["*Har*"], id="steps"),
    pytest.param("{name: edit, params: [regex, '(H)all', '$1ut']}", "Hall", "found 'Hall', write 'Hut'", ["Hut"], id="groups of a step"),
    pytest.param("{name: edit, params: [split, ' ', '1']}", "Ann Lee (x)", "found 'Ann Lee (x)', write 'Lee'", ["Lee"], id="split"),
    pytest.param("{name: edit, params: [truncate, ' ']}", "Ann Lee (x)", "found 'Ann Lee (x)', write 'Ann'", ["Ann"], id="truncate"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "text", "message", "fixes"), CASES)
def test_an_action_says_what_to_write(edlint, write, action: str, text: str, message: str, fixes: list[str]) -> None:
    rule = "extends: existence\nmessage: \"found '%s', write '%s'\"\nnonword: true\n"
    write("House/Rule.yml", rule + f"tokens: ['Hall', '(Ann) (Lee) \\(x\\)']\naction: {action}\n")
    write(".edlint.yml", "styles: [House]\n")
    (finding,) = edlint("--format", "json", "-", stdin=f"The {text}.").findings
    assert finding["message"] == message
    assert [fix["edits"][0]["text"] for fix in finding["fixes"]] == fixes
    assert not any(fix["safe"] for fix in finding["fixes"])


@pytest.mark.parametrize(("found", "better"), [("utilize", "use"), ("Utilize", "Use"), ("UTILIZE", "USE")])
def test_what_replaces_takes_on_the_capitals(edlint, write, found: str, better: str) -> None:
    rule = "extends: substitution\nmessage: \"'%s'\"\nignorecase: true\nmatchcase: true\naction: {name: replace}\n"
    write("House/Rule.yml", rule + "swap: {utilize: use}\n")
    write(".edlint.yml", "styles: [House]\n")
    (finding,) = edlint("--format", "json", "-", stdin=f"They {found} it.").findings
    assert finding["message"] == f"'{better}'"


@pytest.mark.parametrize(("action", "told"), [("action: {name: replace}\n", [["halls", "hall(s)"]]), ("", [])])
def test_what_an_action_writes_is_no_pattern(edlint, write, action: str, told: list[list[str]]) -> None:
    write("House/Rule.yml", f"extends: substitution\nmessage: \"%s\"\n{action}swap: {{'halls?': hall(s)}}\n")
    write(".edlint.yml", "styles: [House]\n")
    found = edlint("--format", "json", "-", stdin="The halls.").findings
    assert [[finding["match"], finding["fixes"][0]["edits"][0]["text"]] for finding in found] == told


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("use '%s'", "use 'a' or 'b'"),
        ('use "%s"', 'use "a" or "b"'),
        ("use %s", "use 'a' or 'b'"),
        ("use `%s` for '%s'", "use `a` or `b` for 'hall'"),
        ("'%[2]s': use %[1]s", "'hall': use 'a' or 'b'"),
    ],
)
def test_a_choice_stands_in_the_marks_of_the_message(edlint, write, message: str, told: str) -> None:
    quoted = message.replace("'", "''")
    write("House/Rule.yml", f"extends: substitution\nmessage: '{quoted}'\nswap: {{hall: a|b}}\n")
    write(".edlint.yml", "styles: [House]\n")
    (finding,) = edlint("--format", "json", "-", stdin="The hall.").findings
    assert finding["message"] == told


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("{name: relpace}", "action: expected one of replace"),
        ("{params: [a]}", "name: missing"),
        ("{name: edit}", "edit takes steps"),
        ("{name: edit, params: [shrink, a]}", "no step of an edit is named 'shrink'"),
        ("{name: edit, params: [regex, '(', a]}", "not a regular expression"),
        ("{name: edit, params: [split, ' ', one]}", "'split' takes a number"),
        ("{name: edit, params: [split, '']}", "'split' takes words to part at"),
        ("{name: suggest, params: [script.tengo]}", "scripts are not run"),
        ("replace", "expected keys and values"),
    ],
)
def test_a_wrong_action_is_told_with_its_line(edlint, write, action: str, told: str) -> None:
    write("House/Rule.yml", f"extends: existence\nmessage: found\ntokens: [hall]\naction: {action}\n")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("-", stdin="The hall.")
    assert ran.code == 3
    assert "House/Rule.yml:4: " in ran.err
    assert told.removeprefix("action: ") in ran.err
