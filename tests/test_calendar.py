"""The calendar decides what day a date was; where the year must be guessed, the doubt favors the writer."""

import datetime

import pytest

from edlint import Linter
from edlint.analysis.dates import WEEKDAYS
from edlint.finding import FileReport, Severity

WEEKDAY, IMPOSSIBLE = "Facts.WeekdayMismatch", "Facts.ImpossibleDate"
DATED = "---\ndate: 2019-12-20\ntitle: A hearing\n---\n"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=[WEEKDAY, IMPOSSIBLE])


def found(text: str, report: FileReport) -> list[str]:
    return [text[finding.span.start : finding.span.end] for finding in report.findings]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It met on Saturday, Jan. 18, 2020.", id="right"),
        pytest.param("It met on Sat., Jan. 18, 2020, and Wed 22 January 2020.", id="right and cut short"),
        pytest.param("It met on Monday, Jan. 18.", id="no year anywhere"),
        pytest.param("It met Monday-Friday, Jan. 20-24, 2020.", id="range of weekdays"),
        pytest.param("It met Monday through Friday, Jan. 20, 2020.", id="weekdays that do not pair with days"),
        pytest.param("It met on Monday, Jan. 18, 1700.", id="Julian calendar"),
        pytest.param("The Sun, Jan. 18, 2020, said so.", id="newspaper"),
        pytest.param("“Stormy Monday.” Jan. 18, 2020, was its premiere.", id="sentence between"),
        pytest.param("On Saturday, 1/2/2020, it met.", id="numeric, day first"),
        pytest.param("On Tuesday, Jan. 18, 2000 people came.", id="a round number of people"),
        pytest.param(DATED + "It meets on Saturday, Jan. 18.", id="next year is nearer"),
        pytest.param(DATED + "It met on Tuesday, July 2, or Thursday, July 2.", id="either year may be meant"),
        pytest.param(DATED + "In 1996 it met on Tuesday, Nov. 5.", id="the sentence names its year"),
        pytest.param(DATED + "It was 1996.\n\nIt met on Tuesday, Nov. 5.", id="the paragraph before names the year"),
        pytest.param("In 2026 a ballot may follow.\n\nIt meets on Saturday, Jan. 13.", id="a year of something else"),
        pytest.param("It meets on Friday, Jan. 19, and Saturday, Jan. 20.", id="dates that agree"),
        pytest.param(
            "It shut on Monday, Feb. 28, 2022.\n\nThe fair is Saturday, Oct. 7, the sale Monday, Oct. 16.",
            id="dates that agree, and not with the history",
        ),
        pytest.param("In 1996 it met on Tuesday, Nov. 5; it meets on Saturday, Jan. 13.", id="each of its own year"),
        pytest.param(DATED.replace("2019", "2021") + "It met on Thursday, Feb. 29.", id="leap day without a near year"),
    ],
)
def test_what_may_be_right_is_left_alone(text: str, linter: Linter) -> None:
    assert found(text, linter.check_text(text)) == []


@pytest.mark.parametrize(
    ("text", "expected", "message"),
    [
        (
            "It met on Friday, Jan. 18, 2020, late.",
            "Friday, Jan. 18, 2020",
            "Jan. 18, 2020, was a Saturday, not a Friday",
        ),
        ("It met on Monday 5 April 2020.", "Monday 5 April 2020", "5 April 2020 was a Sunday, not a Monday"),
        (
            "It met on Fri., January 18th, 2020.",
            "Fri., January 18th, 2020",
            "January 18th, 2020, was a Saturday, not a Friday",
        ),
        (
            "It met on Monday\nthe 18th of January 2020.",
            "Monday\nthe 18th of January 2020",
            "18th of January 2020 was a Saturday, not a Monday",
        ),
        ("It met on Jan. 18, 2020 (Sunday).", "Jan. 18, 2020 (Sunday)", "Jan. 18, 2020, was a Saturday, not a Sunday"),
        (
            "It met on Jan. 18, 2020, a Sunday.",
            "Jan. 18, 2020, a Sunday",
            "Jan. 18, 2020, was a Saturday, not a Sunday",
        ),
        ("It met on Monday, 1/18/2020.", "Monday, 1/18/2020", "1/18/2020 was a Saturday, not a Monday"),
        ("It met on Monday, 2020-01-18.", "Monday, 2020-01-18", "2020-01-18 was a Saturday, not a Monday"),
        (
            "It met Monday to Tuesday, Jan. 20-22, 2020.",
            "Tuesday, Jan. 20-22, 2020",
            "January 22, 2020, was a Wednesday, not a Tuesday",
        ),
    ],
)
def test_a_wrong_weekday_of_a_full_date_is_an_error(text: str, expected: str, message: str, linter: Linter) -> None:
    report = linter.check_text(text)
    assert found(text, report) == [expected]
    assert [(f.rule, f.severity, f.message) for f in report.findings] == [(WEEKDAY, Severity.error, message)]
    assert not any(fix.safe for finding in report.findings for fix in finding.fixes)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param(DATED + "It meets on Monday, Jan. 18.", "draft.md", id="front matter"),
        pytest.param("---\ndate: Dec. 20, 2019\n---\nIt meets on Monday, Jan. 18.", "draft.md", id="date in words"),
        pytest.param("It meets on Monday, Jan. 18.", "posts/2019-12-20-hearing.md", id="file name"),
        pytest.param("SPRINGFIELD, Jan. 10, 2020 — It meets on Monday, Jan. 18.", "draft.txt", id="dateline"),
        pytest.param(
            "By Ann Lund\n\nPublished Jan. 10, 2020\n\nIt meets on Monday, Jan. 18.", "draft.md", id="own line"
        ),
    ],
)
def test_without_a_year_the_date_of_the_article_decides(text: str, path: str, linter: Linter) -> None:
    report = linter.check_text(text, path=path)
    assert found(text, report) == ["Monday, Jan. 18"]
    (finding,) = report.findings
    assert finding.severity is Severity.warning
    assert finding.message == "Jan. 18 may be wrong: in 2020 it was a Saturday, not a Monday"
    assert [edit.text for fix in finding.fixes for edit in fix.edits] == ["Saturday"]


@pytest.mark.parametrize(
    ("text", "expected", "message"),
    [
        pytest.param(
            "It meets Saturday, Oct. 7, Tuesday, Oct. 16, and Thursday, Nov. 30.",
            "Tuesday, Oct. 16",
            "Oct. 16 may be wrong: by 'Saturday, Oct. 7' it is a Monday, not a Tuesday",
            id="two agree",
        ),
        pytest.param(
            "It meets Friday, Jan. 19, and Sunday, Jan. 20.",
            "Sunday, Jan. 20",
            "Jan. 20 may be wrong: by 'Friday, Jan. 19' it is a Saturday, not a Sunday",
            id="two that cannot both be right",
        ),
        pytest.param(
            "The 2024 fair meets.\n\nIt is on Sunday, Jan. 20.\n\nIt ends.\n\nIt rests on Friday, Jan. 26.",
            "Sunday, Jan. 20",
            "Jan. 20 may be wrong: by 'Friday, Jan. 26' it is a Saturday, not a Sunday",
            id="a year named tells which",
        ),
    ],
)
def test_dates_without_a_year_are_held_against_each_other(
    text: str, expected: str, message: str, linter: Linter
) -> None:
    report = linter.check_text(text)
    assert found(text, report) == [expected]
    assert [(f.severity, f.message, len(f.related)) for f in report.findings] == [(Severity.warning, message, 1)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It opened on Friday 1 November 2024.\n\nIt plays on Wednesday 5 November.", id="right"),
        pytest.param("It was Saturday, Jan. 13, 2024, and its funeral is on Friday, Jan. 18.", id="beside it"),
    ],
)
def test_a_full_date_with_its_weekday_tells_the_year_of_one_without(text: str, linter: Linter) -> None:
    (finding,) = linter.check_text(text).findings
    assert "may be wrong: in 2024 it was" in finding.message


def test_every_weekday_of_two_years_is_right_or_wrong_as_the_calendar_has_it(linter: Linter) -> None:
    days = [datetime.date(2019, 12, 25) + datetime.timedelta(days=7 * week + week % 7) for week in range(100)]
    text = "\n\n".join(f"It met on {WEEKDAYS[day.weekday()]}, {day:%B} {day.day}, {day.year}." for day in days)
    wrong = "\n\n".join(f"It met on {WEEKDAYS[day.weekday() - 1]}, {day:%B} {day.day}, {day.year}." for day in days)
    assert linter.check_text(text).findings == ()
    assert len(linter.check_text(wrong).findings) == len(days)


@pytest.mark.parametrize(
    "text",
    [
        "It met on Feb. 29, 2020, and on Feb. 29.",
        "It met on Sept. 30, Oct. 31, June 30 and Dec. 31.",
        "By September 31 people had come, in February 30 more.",
        "It met on February 28-29.",
        "Part 2/30 of 2.30.2019, item 2019-02-30-x, 2/30/19.",
    ],
)
def test_a_day_that_exists_or_a_number_that_is_no_day_is_left_alone(text: str, linter: Linter) -> None:
    assert found(text, linter.check_text(text)) == []


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("Sept. 31", "'Sept. 31' does not exist: September has 30 days"),
        ("Feb. 30, 2017", "'Feb. 30, 2017' does not exist: February 2017 has 28 days"),
        ("Feb. 29, 2019", "'Feb. 29, 2019' does not exist: February 2019 has 28 days"),
        ("31 April 2020", "'31 April 2020' does not exist: April has 30 days"),
        ("November 31st", "'November 31st' does not exist: November has 30 days"),
        ("January 32, 2020", "'January 32, 2020' does not exist: January has 31 days"),
        ("April 28-31", "'April 28-31' does not exist: April has 30 days"),
        ("2/30/2020", "'2/30/2020' does not exist: February 2020 has 29 days"),
        ("2019-02-29", "'2019-02-29' does not exist: February 2019 has 28 days"),
    ],
)
def test_a_day_that_does_not_exist_is_an_error(written: str, message: str, linter: Linter) -> None:
    text = f"It met on {written}, and adjourned."
    report = linter.check_text(text)
    assert found(text, report) == [written]
    assert [(f.rule, f.severity, f.message) for f in report.findings] == [(IMPOSSIBLE, Severity.error, message)]
