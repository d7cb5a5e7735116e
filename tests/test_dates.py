"""Dates are written as the house writes them; whoever counts, measures or names something is left alone."""

from pathlib import Path

import pytest

from edlint import Linter, config
from edlint.analysis.dates import dates_in
from edlint.article import Article
from edlint.errors import UsageError
from edlint.finding import FileReport
from edlint.readers import plain
from edlint.text import Source

RULE = "Newswire.DateFormat"
SILENT = [
    pytest.param("The jury met on Jan. 18, 2020, and adjourned.", id="house form"),
    pytest.param(
        "It met on April 5, on May 1, 2019, and on Sept. 30.", id="months that are never cut, and one that is"
    ),
    pytest.param("It met in January 2020 and in May.", id="months without a day"),
    pytest.param("It met Oct. 28-31, 2021, and July 4 and 5.", id="ranges"),
    pytest.param("It met on Jan. 18,\n2020, and on Feb.\n3.", id="broken over lines"),
    pytest.param("It met on Jan.\u00a018, 2020.", id="no-break space"),
    pytest.param("Since 9/11 the desk is staffed 24/7, two thirds (2/3) by night.", id="names and fractions"),
    pytest.param("In January 18 people came, in June 31 percent of them.", id="numbers after a month"),
    pytest.param("They came in the last week of October. 18 stayed.", id="the month ends the sentence"),
    pytest.param("In August, 2000 people came; in May, 1900 workers left.", id="a number like a year"),
    pytest.param("May 5 people enter? March 4 miles, then rest.", id="no months at all"),
    pytest.param("May 18 of its judges hear it in room 18 on the 18th floor?", id="counts and places"),
    pytest.param("The Fourth of July, or July Fourth, is a holiday.", id="holidays"),
    pytest.param("Release 1.18.2020, file 2020-01-18-notes.md, tag 18/01.", id="versions and files"),
    pytest.param("See https://example.org/1/18/2020/january-18th.", id="address"),
    pytest.param("It is dated 2020-01-18 and 2020-01-18T10:00.", id="ISO"),
    pytest.param("COURT MET JANUARY 18, 2020", id="capitals"),
    pytest.param("A mid-January 18-month lease, january 18th.", id="compounds and small letters"),
    pytest.param("At June 1st Avenue was closed, as were May 5th graders.", id="ordinals of something else"),
    pytest.param("On page 18 April 3 is called a Friday.", id="a number before the date"),
    pytest.param("Sunday, 7/8 of them came; on 9/11, by 2/3 and after 3/4 it rained.", id="fractions after on and by"),
    pytest.param("Tuesday, 9/11, was clear; the ratio on 11/30 of them rose.", id="an event and a ratio"),
    pytest.param("They closed until last May. 2 left. It began before May. 18 came.", id="a sentence after a month"),
    pytest.param("By the 18 of its doors stood 4 of March Hill's men.", id="counts after the"),
    pytest.param("", id="nothing"),
]


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=[RULE])


def fixed(text: str, report: FileReport) -> str:
    """The text after all safe fixes."""
    edits = [edit for finding in report.findings for fix in finding.fixes if fix.safe for edit in fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def found(text: str, report: FileReport) -> list[str]:
    return [text[finding.span.start : finding.span.end] for finding in report.findings]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_in_the_house_form_or_no_date_is_left_alone(text: str, linter: Linter) -> None:
    assert found(text, linter.check_text(text, path="draft.txt")) == []


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("January 18th", "Jan. 18"),
        ("April 5th, 2019", "April 5, 2019"),
        ("the 18th of January", "Jan. 18"),
        ("the 18th day of January, 2020", "Jan. 18, 2020"),
        ("18th January 2020", "Jan. 18, 2020"),
        ("18 January 2020", "Jan. 18, 2020"),
        ("18 January", "Jan. 18"),
        ("18-20 January 2020", "Jan. 18-20, 2020"),
        ("January 18, 2020", "Jan. 18, 2020"),
        ("January 18 2020", "Jan. 18, 2020"),
        ("Jan. 18 2020", "Jan. 18, 2020"),
        ("Jan 18, 2020", "Jan. 18, 2020"),
        ("January 05", "Jan. 5"),
        ("Apr. 5", "April 5"),
        ("Sep. 5, 2019", "Sept. 5, 2019"),
        ("Mar 3", "March 3"),
        ("August 28th-31st", "Aug. 28-31"),
        ("May 4th, 5th and 6th", "May 4, 5 and 6"),
        ("September\n5th, 2019", "Sept.\n5, 2019"),
        ("18 January\n2020", "Jan.\n18, 2020"),
        ("1/18/2020", "Jan. 18, 2020"),
        ("18/1/2020", "Jan. 18, 2020"),
        ("March. 4", "March 4"),
        ("July. 22, 1951", "July 22, 1951"),
        ("the 1 of October", "Oct. 1"),
        ("Thursday, 11/30", "Thursday, Nov. 30"),
        ("11/30", "Nov. 30"),
        ("Sept. 2019", "September 2019"),
        ("September, 2019", "September 2019"),
    ],
    ids=lambda text: text.replace("\n", "~"),
)
def test_a_date_out_of_form_is_found_where_it_stands_and_mended(written: str, better: str, linter: Linter) -> None:
    text = f"The jury met on {written}, and adjourned."
    report = linter.check_text(text)
    assert found(text, report) == [written.removeprefix("Thursday, ")]
    mended = fixed(text, report)
    assert mended == f"The jury met on {better}, and adjourned."
    assert found(mended, linter.check_text(mended)) == []


@pytest.mark.parametrize(
    "written",
    ["3/4/2020", "1/18/20", "04/05/06", "Friday, 3/4"],
)
def test_a_date_with_two_readings_is_found_but_not_mended(written: str, linter: Linter) -> None:
    report = linter.check_text(f"The jury met on {written}.")
    assert found(f"The jury met on {written}.", report) == [written.removeprefix("Friday, ")]
    assert report.findings[0].fixes == ()


FULL = "It opened on January 18, 2020, on October 2, 2019, on April 3, 2019, and on December 4, 2021. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(FULL, [], id="months in full, each with its year"),
        pytest.param("# Open January 18\n\n" + FULL, [], id="a heading without a year"),
        pytest.param(FULL + "It closes on Feb. 4, 2021.", ["Feb. 4, 2021"], id="one that is cut short"),
        pytest.param(FULL + "It closes on February 4th, 2021.", ["February 4th, 2021"], id="an ordinal"),
        pytest.param(FULL + "It closes on 4 February 2021.", ["4 February 2021"], id="the day first"),
        pytest.param(FULL + "It closes on February 4 2021.", ["February 4 2021"], id="no comma"),
        pytest.param(
            "It opened on January 18, on October 2, and on August 3.",
            ["January 18", "October 2", "August 3"],
            id="months in full without a year",
        ),
        pytest.param(
            "It opened on January 18, 2020, and on October 2, 2019.",
            ["January 18, 2020", "October 2, 2019"],
            id="too few to tell",
        ),
        pytest.param(
            FULL + "It met on Jan. 1, 2020, and on Feb. 2, 2020.",
            ["January 18, 2020", "October 2, 2019", "December 4, 2021"],
            id="now so, now so",
        ),
    ],
)
def test_an_article_that_keeps_to_another_good_form_is_held_to_that_one(
    text: str, expected: list[str], linter: Linter
) -> None:
    assert found(text, linter.check_text(text)) == expected


def test_a_date_out_of_the_form_that_an_article_keeps_to_is_mended_to_that_form(linter: Linter) -> None:
    text = FULL + "It closes on Feb. 4, 2021, a February 4th."
    assert fixed(text, linter.check_text(text)) == FULL + "It closes on February 4, 2021, a February 4."


def test_a_holiday_or_every_such_day_is_mended_only_by_hand(linter: Linter) -> None:
    text = "Happy 4th of July, and every 18th of May, and the 4th of July."
    report = linter.check_text(text)
    assert found(text, report) == ["4th of July", "18th of May", "the 4th of July"]
    assert fixed(text, report) == text


def test_a_weekday_before_the_day_keeps_its_comma(linter: Linter) -> None:
    text = "It met on Saturday 18 January 2020."
    assert fixed(text, linter.check_text(text)) == "It met on Saturday, Jan. 18, 2020."


def test_a_date_broken_within_a_block_quote_is_mended_around_the_wrap(linter: Linter) -> None:
    text = "> It met on January\n> 18th 2020, it said.\n"
    assert fixed(text, linter.check_text(text)) == "> It met on Jan.\n> 18, 2020, it said.\n"


def test_a_date_split_by_markup_is_found_whole(linter: Linter) -> None:
    text = "It met on **January** 18th."
    report = linter.check_text(text)
    assert found(text, report) == ["January** 18th"]
    assert fixed(text, report) == "It met on **Jan.** 18."


def test_a_quotation_has_house_style_and_code_has_not(linter: Linter) -> None:
    text = "“I came on January 18th,” she said of `January 18th`.\n\n    January 18th\n"
    assert found(text, linter.check_text(text)) == ["January 18th"]


def house(folder: Path, keys: str) -> Linter:
    file = folder / ".edlint.yml"
    file.write_text(f"styles: [Newswire]\nrules:\n  {RULE}: {{{keys}}}\n", encoding="utf-8")
    return Linter(config.load(file), select=[RULE])


@pytest.mark.parametrize(
    ("keys", "silent", "written", "better"),
    [
        ('format: "d MMMM yyyy"', "It met on 18 January 2020 and 5 April.", "Jan. 18, 2020", "18 January 2020"),
        ('format: "do MMMM yyyy"', "It met on 18th January 2020 and 2nd May.", "January 22", "22nd January"),
        ('format: "MMMM d, yyyy"', "It met on January 18, 2020.", "Jan. 18th", "January 18"),
        ('format: "d MMM yyyy"', "It met on 18 Jan 2020 and 5 July 2019.", "18 January 2020", "18 Jan 2020"),
        ('format: "MMMM do, yyyy"', "It met on January 18th.", "January 11, 2020", "January 11th, 2020"),
        (
            'format: "yyyy-MM-dd", also: ["MMMM d"]',
            "It met on 2020-01-18, then January 20.",
            "1 May 2020",
            "2020-05-01",
        ),
        ('month-format: "MMM. yyyy"', "It met in Jan. 2020 and June 2020.", "January 2020", "Jan. 2020"),
    ],
)
def test_a_house_writes_dates_by_its_own_pattern(
    keys: str, silent: str, written: str, better: str, tmp_path: Path
) -> None:
    linter = house(tmp_path, keys)
    path = str(tmp_path / "draft.md")
    assert found(silent, linter.check_text(silent, path=path)) == []
    text = f"It met on {written} again."
    assert fixed(text, linter.check_text(text, path=path)) == f"It met on {better} again."


@pytest.mark.parametrize(
    ("keys", "written", "told"),
    [
        ('format: "d MMMM yyyy"', "June 19, 2025", "'June 19, 2025': write '19 June 2025', the day first"),
        ('format: "d MMMM yyyy"', "June 19", "'June 19': write '19 June', the day first"),
        ('format: "yyyy-MM-dd"', "June 19, 2025", "'June 19, 2025': write '2025-06-19', the year first"),
        ('format: "MMMM d, yyyy"', "19 June 2025", "'19 June 2025': write 'June 19, 2025', the month first"),
        ('format: "MMMM d, yyyy"', "6/19/2025", "'6/19/2025': write 'June 19, 2025', with the month as a word"),
        ('format: "M/d/yyyy"', "19/6/2025", "'19/6/2025': write '6/19/2025'"),
        ('month-format: "MMM. yyyy"', "January 2025", "'January 2025': write 'Jan. 2025'"),
    ],
)
def test_the_reason_is_of_the_pattern_that_the_house_writes(keys: str, written: str, told: str, tmp_path: Path) -> None:
    report = house(tmp_path, keys).check_text(f"It met on {written} again.", path=str(tmp_path / "draft.md"))
    assert [finding.message for finding in report.findings] == [told]


@pytest.mark.parametrize(
    "written", ["November 31, 1999", "31 November 1999", "April 28th-31st", "February 29, 2019", "Nov 31"]
)
def test_a_day_that_its_month_does_not_have_is_mended_only_by_hand(written: str, linter: Linter) -> None:
    text = f"It met on {written}, and adjourned."
    report = linter.check_text(text)
    assert [fix.safe for finding in report.findings for fix in finding.fixes] == [False]


def test_a_leap_day_is_mended(linter: Linter) -> None:
    text = "It met on February 29, 2020, and on February 29."
    assert fixed(text, linter.check_text(text)) == "It met on Feb. 29, 2020, and on Feb. 29."


def test_a_house_may_want_a_comma_after_the_year(tmp_path: Path) -> None:
    linter = house(tmp_path, "comma-after-year: true")
    text = "On Jan. 18, 2020 it met; on Jan. 19, 2020, it did not (Jan. 20, 2020)."
    assert found(text, linter.check_text(text, path=str(tmp_path / "draft.md"))) == ["Jan. 18, 2020"]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('format: "MMMM x"', "format: 'x' in 'MMMM x' is no part of a date"),
        ('format: "d yyyy"', "format: no month in 'd yyyy'"),
        ("abbreviations: {Janaury: Jan}", "abbreviations: 'Janaury' is no month"),
    ],
)
def test_a_pattern_that_is_none_is_told(keys: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=told):
        house(tmp_path, keys).check_text("x", path=str(tmp_path / "draft.md"))


def test_a_date_is_taken_apart_as_it_is_written() -> None:
    article = Article(plain.read(Source("The fair opens on Monday and Tuesday, Jan. 20 and 21, 2020.")))
    (block,) = article.document.blocks
    (date,) = dates_in(article, block)
    assert (date.form, date.month, date.days, date.year, date.ordinal) == ("month-day", 1, (20, 21), 2020, False)
    assert [weekday.number for weekday in date.weekdays] == [0, 1]
    spans = (date.month_span, date.days_span, date.year_span)
    assert [block.text[slice(*span)] for span in spans if span] == ["Jan.", "20 and 21", "2020"]
