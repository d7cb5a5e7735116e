"""American rules speak in American articles, British rules in British ones; no single sign tells which is which."""

from pathlib import Path

import pytest

from edlint import Linter, config
from edlint.text import Source

BRITISH = "The coroner met on 18 January 2024 and on 5 April. Mr Hartley travelled to the town centre at 2.30pm. "
AMERICAN = "The coroner met on Jan. 18, 2024, and on April 5. Mr. Hartley traveled downtown at 2:30 p.m. "


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


def of_style(text: str, linter: Linter, path: str = "draft.md") -> set[str]:
    rules = {finding.rule for finding in linter.check_text(text, path=path).findings}
    return {rule for rule in rules if rule.startswith(("British.", "Newswire."))}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BRITISH + "It rose by 5 per cent.", id="British"),
        pytest.param(AMERICAN + "It rose by 5 percent.", id="American"),
        pytest.param("---\nlang: en-GB\n---\nIt met on 18 January 2024.", id="British by its front matter"),
        pytest.param("---\nlang: en\n---\n" + BRITISH, id="no country in the front matter"),
        pytest.param("---\nlang: de\n---\n" + "It met on January 18th.", id="another language"),
    ],
)
def test_an_article_in_the_forms_of_its_own_country_is_left_alone(text: str, linter: Linter) -> None:
    assert of_style(text, linter) == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param(BRITISH + "It meets on May 3.", "British.DateFormat", id="an American date"),
        pytest.param(BRITISH + "Its color is red.", "British.Spellings", id="an American spelling"),
        pytest.param(BRITISH + "It rose by 5 percent.", "British.PerCent", id="an American per cent"),
        pytest.param(BRITISH + "Then Mrs. Sandhu left.", "British.TitlePoints", id="an American title"),
        pytest.param(AMERICAN + "It meets on 3 May.", "Newswire.DateFormat", id="a British date"),
        pytest.param(AMERICAN + "Its colour is red.", "Newswire.BritishSpellings", id="a British spelling"),
        pytest.param("It met on 18 January 2024.", "Newswire.DateFormat", id="one sign is no proof"),
        pytest.param("---\nlang: en-US\n---\n" + BRITISH, "Newswire.DateFormat", id="the front matter decides"),
        pytest.param("---\nlang: en-GB\n---\n" + AMERICAN, "British.DateFormat", id="the front matter decides"),
    ],
)
def test_what_is_out_of_the_forms_of_its_country_is_found(text: str, rule: str, linter: Linter) -> None:
    assert rule in of_style(text, linter)
    assert {found.split(".")[0] for found in of_style(text, linter)} == {rule.split(".")[0]}


@pytest.mark.parametrize(("style", "text"), [("Newswire", BRITISH), ("British", AMERICAN)])
def test_a_house_that_has_the_rules_of_one_country_has_chosen(style: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / ".edlint.yml"
    file.write_text(f"styles: [{style}]\n", encoding="utf-8")
    found = of_style(text, Linter(config.load(file)), str(tmp_path / "draft.md"))
    assert f"{style}.DateFormat" in found


@pytest.mark.parametrize(
    ("house", "text"),
    [
        pytest.param({"ignore": ["Newswire.*"]}, AMERICAN, id="the American rules are ignored"),
        pytest.param({"ignore": ["British"]}, BRITISH, id="the British rules are ignored"),
        pytest.param({"select": ["British"]}, AMERICAN, id="the British rules alone are selected"),
        pytest.param({"select": ["Newswire.DateFormat"]}, BRITISH, id="one American rule is selected"),
    ],
)
def test_what_is_left_out_of_a_run_does_not_change_the_country_of_an_article(
    house: dict[str, list[str]], text: str
) -> None:
    assert of_style(text, Linter(**house)) == set()


@pytest.mark.parametrize(("off", "text"), [("Newswire", AMERICAN), ("British.*", BRITISH)])
def test_to_switch_the_rules_of_one_country_off_is_not_to_choose_the_other(off: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / ".edlint.yml"
    file.write_text(f"rules: {{'{off}': off}}\n", encoding="utf-8")
    assert of_style(text, Linter(config.load(file)), str(tmp_path / "draft.md")) == set()


def test_rules_selected_from_a_style_that_the_house_does_not_list_speak_where_they_hold(tmp_path: Path) -> None:
    file = tmp_path / ".edlint.yml"
    file.write_text("styles: [Newswire]\n", encoding="utf-8")
    linter, path = Linter(config.load(file), select=["British"]), str(tmp_path / "draft.md")
    assert of_style(AMERICAN, linter, path) == set()
    assert of_style(BRITISH + "It meets on May 3.", linter, path) == {"British.DateFormat"}


def test_some_rules_asked_alone_speak_where_they_would_among_all(linter: Linter) -> None:
    check = linter.begin(Source(AMERICAN), "draft.md", only={"British.DateFormat"})
    assert check.report().findings == ()


def test_a_folder_chooses_a_country_by_the_language_of_rules(tmp_path: Path) -> None:
    file = tmp_path / ".edlint.yml"
    file.write_text("paths: {'london/**': {Newswire: off, British: {lang: en}}}\n", encoding="utf-8")
    linter = Linter(config.load(file))
    assert "British.DateFormat" in of_style(AMERICAN, linter, str(tmp_path / "london" / "draft.md"))
    assert of_style(AMERICAN, linter, str(tmp_path / "draft.md")) == set()


def test_an_article_that_keeps_to_months_first_without_a_comma_is_held_to_that(linter: Linter) -> None:
    text = BRITISH.split(". ", 1)[1] + "The coroner met on March 3 1931, on June 30 1958, on April 9 and on May 17. "
    assert of_style(text, linter) == set()
    assert of_style(text + "It meets on 9 June.", linter) == {"British.DateFormat"}
