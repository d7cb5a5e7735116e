"""What proselint finds is placed exactly, kept out of other people's words, and never believed blindly."""

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from edlint import Linter
from edlint.article import Article
from edlint.finding import FileReport, Severity
from edlint.kinds import provider
from edlint.kinds.provider import Options
from edlint.providers import proselint
from edlint.readers import reader
from edlint.rule import Rule
from edlint.scope import Scope
from edlint.text import Source

SCOPE = "prose & ~blockquote & ~quote & ~link"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=["Proselint"])


def rule(*checks: str, scope: str = SCOPE, **keys: object) -> Rule:
    return Rule(
        "House.Taken", "provider", "%s|%[2]s|%[3]s", scope=Scope.parse((scope,)), options=Options(checks, **keys)
    )


def found(text: str, report: FileReport) -> list[str]:
    assert report.problems == ()
    return [text[finding.span.start : finding.span.end] for finding in report.findings]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“At the end of the day, we utilize it,” she said.", id="a quotation"),
        pytest.param('He called it "the tip of the iceberg" twice.', id="straight marks"),
        pytest.param("The ’90s ended. “At the end of the day, no,” she said.", id="a mark that opens nothing before"),
        pytest.param("“We’ll stay.\n\n“At the end of the day, we utilize it,” she said.", id="a second paragraph"),
        pytest.param("Run `utilize` and read `at the end of the day`.", id="code"),
        pytest.param("```\nutilize\n```\n\n    utilize\n", id="fenced and indented code"),
        pytest.param(
            "Read [how to utilize it](https://example.org/utilize) at https://example.org/utilize.", id="links"
        ),
        pytest.param("At the [end of the day](https://example.org) we rest.", id="half in a link"),
        pytest.param("> We utilize it at the end of the day.", id="a block quote"),
        pytest.param("They utilized it; reutilize and utilize-all are commands.", id="longer words"),
        pytest.param("See utilize.py, @utilize, #utilize, a/utilize and utilize@example.org.", id="addresses"),
        pytest.param("A rest at the end of\n\nthe day.", id="over two paragraphs"),
        pytest.param("- at the end of\n- the day\n", id="over two items"),
        pytest.param("---\nlayout: utilize\nslug: at the end of the day\n---\nA rest.\n", id="fields nobody reads"),
        pytest.param("---\nlang: de\n---\nWir haben no brainer und cutting edge gesagt.\n", id="another language"),
        pytest.param("", id="nothing"),
    ],
)
def test_it_leaves_alone(text: str, linter: Linter) -> None:
    assert found(text, linter.check_text(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We utilize it.", ["utilize"], id="plain"),
        pytest.param("🎉🎉 We utilize it, naïve as we are 🎉; a win-win.", ["utilize", "win-win"], id="emoji"),
        pytest.param("One line.\r\nAt the end of\r\nthe day we rest.\r\n", ["At the end of\r\nthe day"], id="CRLF"),
        pytest.param("At the *end* of\nthe **day** we rest.", ["At the *end* of\nthe **day"], id="markup"),
        pytest.param("Fish &amp; chips are the lion&rsquo;s share.", ["lion&rsquo;s share"], id="entities"),
        pytest.param(
            "- One\n- We utilize it\n\n| a |\n| --- |\n| utilize |\n", ["utilize", "utilize"], id="list and table"
        ),
        pytest.param("---\ntitle: We utilize it\n---\nWe utilize it.\n", ["utilize", "utilize"], id="front matter"),
        pytest.param("“Never closed.\n\nWe utilize it.", ["utilize"], id="after a mark that is never closed"),
        pytest.param("The lion’s share, the cat's.", ["lion’s share"], id="curly apostrophe"),
        pytest.param("He said “no” and utilize’s end.", ["utilize"], id="before an apostrophe and s"),
        pytest.param("utilize", ["utilize"], id="the whole text"),
    ],
)
def test_its_places_are_exact(text: str, expected: list[str], linter: Linter) -> None:
    assert found(text, linter.check_text(text)) == expected


def test_its_places_are_exact_wherever_words_stand(linter: Linter) -> None:
    for before in ("", "a ", "é 🎉 ", "a\n\n", "# a\n\n", "*b* ", "\r\n\r\n", "`c` ", "&lt; "):
        for after in ("", ".", " 🎉", "\n\nb", "\r\n", "’s"):
            text = f"{before}win-win{after}"
            assert found(text, linter.check_text(text)) == ["win-win"], text


def test_words_are_found_whole_though_proselint_searches_within_words(linter: Linter) -> None:
    text = "The decor was new, the room decorated, the cafe by the cafeteria."
    report = linter.check_with([rule("typography.diacritical_marks")], text)
    assert found(text, report) == ["decor", "cafe"]
    assert [fix.edits[0].text for finding in report.findings for fix in finding.fixes] == ["décor", "café"]


def test_words_that_several_checks_find_are_told_once(linter: Linter) -> None:
    text = "It is crystal clear, as in the 1990's, and very unique; both of the last two came."
    taken = [rule("cliches"), rule("dates_times"), rule("uncomparables"), rule("misc.preferred_forms")]
    for one in taken:
        report = linter.check_with([one], text)
        assert len(report.findings) == 1, one.options.checks


def test_better_words_are_offered_and_never_written_unseen(linter: Linter) -> None:
    text = "Owing to the fact that it rained, we fell off of it."
    report = linter.check_text(text)
    offered = [[edit.text for fix in finding.fixes for edit in fix.edits] for finding in report.findings]
    assert offered == [["Because", "Since"], ["off"]]
    assert [finding.message for finding in report.findings] == [
        "'Owing to the fact that': write 'Because' or 'Since'",
        "'off of': write 'off'",
    ]
    assert not any(fix.safe for finding in report.findings for fix in finding.fixes)
    assert {finding.severity for finding in report.findings} == {Severity.suggestion}


def test_an_expression_is_never_offered_as_words(linter: Linter) -> None:
    text = "At 9 a.m. in the morning.  It rained. So j.j. reddick is the sharpest marble in the shed. 3 x 4."
    report = linter.check_with([rule("*")], text)
    assert len(report.findings) > 3
    texts = [edit.text for finding in report.findings for fix in finding.fixes for edit in fix.edits]
    assert not any(set(text) & set("\\[]?*|()") for text in texts)
    assert not any(fix.safe for finding in report.findings for fix in finding.fixes)


def test_without_better_words_a_rule_may_say_something_else(linter: Linter) -> None:
    text = "They came from whence they went, in close proximity."
    report = linter.check_text(text)
    assert [finding.message for finding in report.findings] == [
        "'from whence' says one thing twice",
        "'close proximity' says one thing twice: 'close' is enough",
    ]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("text", ["win-win", "win-win", "win-win"]),
        ("text & ~strong", ["win-win", "win-win"]),
        ("strong", ["win-win"]),
        ("list", ["win-win"]),
        ("heading", []),
    ],
)
def test_a_rule_sees_what_its_scope_says(scope: str, expected: list[str], linter: Linter) -> None:
    text = "A win-win and a **win-win** here.\n\n- A win-win.\n"
    report = linter.check_with([rule("industrial_language", scope=scope)], text)
    assert found(text, report) == expected


def test_only_and_exceptions_choose_among_what_a_check_finds(linter: Linter) -> None:
    text = "A win-win, a no brainer and synergy; he is well off of it, it fell off of him."
    assert found(text, linter.check_with([rule("industrial_language", only=("win-win",))], text)) == ["win-win"]
    kept = linter.check_with([rule("industrial_language", exceptions=("WIN-win", "n.*r"), ignorecase=True)], text)
    assert found(text, kept) == ["synergy"]
    looked_back = linter.check_with([rule("misc.preferred_forms", only=("(?<!well )off of",))], text)
    assert [finding.span.start for finding in looked_back.findings] == [text.rindex("off of")]


def test_a_check_runs_once_for_all_rules_of_an_article() -> None:
    source = Source("A win-win, and a no brainer at the end of the day.")
    article = Article(reader("draft.md").read(source))
    first = list(provider.hits(article, rule("industrial_language")))
    page = article.once(proselint.page)
    (check,) = proselint.checks("industrial_language.corporate_speak")
    assert page.found(check) is page.found(check)
    assert [hit.place for hit in provider.hits(article, rule("industrial_language"))] == [hit.place for hit in first]
    assert {one.place for one in page.found(check)} == {hit.place for hit in first}


def test_several_linters_and_threads_find_the_same_and_fill_no_registry() -> None:
    from proselint.registry import CheckRegistry

    text = "At the end of the day we utilize it, in close proximity.\n\n" * 5
    linters = [Linter(select=["Proselint"]), Linter(select=["Proselint"])]
    alone = linters[0].check_text(text).findings
    assert len(alone) == 15
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda number: linters[number % 2].check_text(text), range(40)))
    assert all(report.findings == alone for report in reports)
    assert CheckRegistry().checks == []
    assert logging.getLoggerClass() is logging.Logger


def test_its_configuration_files_are_not_read(edlint, write) -> None:
    write(".proselintrc.json", '{"checks": {"cliches": false, "misc": false}, "max_errors": 0}')
    write("proselint/config.json", '{"max_errors": 0}')
    ran = edlint("--format", "json", "--select", "Proselint.Utilize", "-", stdin="We utilize it.")
    assert [finding["match"] for finding in ran.findings] == ["utilize"]
    assert ran.err == ""


def test_it_is_imported_by_a_rule_that_wants_it_and_no_other() -> None:
    told = (
        "import sys; from edlint import Linter\n"
        "Linter(select=['Copy.DoubledWords', 'Proselint']).check_text('A plain text.')\n"
        "Linter(select=['Copy.DoubledWords', 'Proselint.Utilize']).check_text('We use it.')\n"
    )
    lazily = told.splitlines()[0] + "\n" + told.splitlines()[2]
    for program, loaded in ((lazily, False), (told, True)):
        done = subprocess.run(
            [sys.executable, "-c", program + "\nprint('proselint' in sys.modules)"], capture_output=True, text=True
        )
        assert done.stdout.split() == [str(loaded)], done.stderr


def test_where_it_cannot_be_imported_one_problem_says_so_and_other_rules_run(edlint, write, tmp_path) -> None:
    write("elsewhere/re2.py", "raise ImportError('no wheel for this platform')\n")
    text = "At the end of the day the the clerk left.\n\nAt the end of the day it rained.\n"
    write("one.md", text)
    write("two.md", text)
    select = ("--select", "Proselint", "--select", "Copy.DoubledWords")
    ran = edlint("--format", "json", *select, "one.md", "two.md", env={"PYTHONPATH": str(tmp_path / "elsewhere")})
    assert ran.code == 3
    assert [finding["rule"] for finding in ran.findings] == ["Copy.DoubledWords", "Copy.DoubledWords"]
    (problem,) = ran.report["problems"]
    assert "proselint cannot be imported (no wheel for this platform)" in problem["message"]
    assert "`Proselint: off`" in problem["message"]


def test_a_check_that_does_not_exist_is_told_with_the_one_that_may_be_meant(edlint, write) -> None:
    write("House/Worn.yml", "extends: provider\nmessage: '%s'\nchecks: [cliche.hell]\n")
    write("House/Good.yml", "extends: provider\nmessage: '%s'\nchecks: [cliches.hell]\n")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("--format", "json", "-", stdin="Then all hell broke loose.")
    assert ran.code == 3
    assert [finding["rule"] for finding in ran.findings] == ["House.Good"]
    assert "proselint has no check 'cliche.hell': did you mean 'cliches.hell'?" in ran.err


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("checks: []", "checks: expected the path of at least one check"),
        ("message: again", "checks: missing"),
        ("checks: [cliches]\nprovider: alex", "provider: expected one of proselint, got 'alex'"),
        ("checks: [cliches]\nonly: ['(a']", "only: not a regular expression: '(a'"),
        ("checks: [cliches]\nexceptions: ['[']", "exceptions: not a regular expression: '['"),
    ],
)
def test_a_broken_rule_is_told(edlint, write, keys: str, told: str) -> None:
    message = "" if keys.startswith("message") else "message: '%s'\n"
    write("House/Worn.yml", f"extends: provider\n{message}{keys}\n")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("--format", "json", "-", stdin="Then all hell broke loose.")
    assert ran.code == 3
    assert told in ran.err


def test_every_rule_names_checks_that_exist_and_words_that_they_find(linter: Linter) -> None:
    rules = [one for one in linter.ruleset("draft.md").rules if one.kind == "provider"]
    assert len(rules) > 20
    for one in rules:
        assert all(proselint.checks(path) for path in one.options.checks)
        plain = [token for token in one.options.only if not set(token) & set("\\^$.|?*+()[]{}")]
        for words in plain:
            text = f"Then {words} came."
            report = linter.check_with([one], text)
            assert found(text, report) == [words], (one.name, words)
